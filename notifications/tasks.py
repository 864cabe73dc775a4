"""The doorbell of the sender: what is due, the database says."""

from __future__ import annotations

from celery import shared_task

from notifications.services import verzend
from notifications.services.opruimen import berichten_opruimen
from ooievaar.platform import audit, clock


@shared_task(name="notifications.verzend")
def verzend_berichten() -> None:
    """Send everything that is due."""
    with audit.namens(via="verzender"):
        verzend(nu=clock.nu(), spoed=True)
        verzend(nu=clock.nu())


@shared_task(name="notifications.opruimen")
def opruimen() -> None:
    """Delete what is kept no longer."""
    with audit.namens(via="opruimen"):
        berichten_opruimen(nu=clock.nu())

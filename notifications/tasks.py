"""The doorbell of the sender: what is due, the database says."""

from __future__ import annotations

from celery import shared_task

from notifications.services import verzend
from ooievaar.platform import audit, clock


@shared_task(name="notifications.verzend")
def verzend_berichten() -> None:
    """Send everything that is due."""
    with audit.namens(via="verzender"):
        verzend(nu=clock.nu(), spoed=True)
        verzend(nu=clock.nu())

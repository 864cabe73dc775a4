"""The doorbell of the sweep: what is due, the database says."""

from __future__ import annotations

from celery import shared_task

from bezoeken.herinneren.services import herinneringen_plannen
from ooievaar.platform import audit, clock


@shared_task(name="bezoeken.herinneringen")
def herinneringen() -> None:
    """Plan the reminders that are due."""
    with audit.namens(via="herinneringen"):
        herinneringen_plannen(nu=clock.nu())

"""The doorbell of the guard over the stock."""

from __future__ import annotations

from celery import shared_task

from bezoeken.dozen.services import voorraad_bewaken
from ooievaar.platform import audit, clock


@shared_task(name="bezoeken.voorraad_bewaken")
def voorraad() -> None:
    """Look ahead, and tell once what runs short."""
    with audit.namens(via="voorraad"):
        voorraad_bewaken(nu=clock.nu())

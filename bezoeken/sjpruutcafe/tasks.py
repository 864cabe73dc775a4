"""The doorbells of the sweeps: what is due, the database says."""

from __future__ import annotations

from celery import shared_task

from bezoeken.sjpruutcafe.services.bewaken import cafes_bewaken
from bezoeken.sjpruutcafe.services.uitnodigen import uitnodigingen_plannen
from ooievaar.platform import audit, clock


@shared_task(name="bezoeken.cafes_bewaken")
def cafes() -> None:
    """Let offers expire, offer what is free, remind of tomorrow."""
    with audit.namens(via="sjpruutcafe"):
        cafes_bewaken(nu=clock.nu())


@shared_task(name="bezoeken.cafe_uitnodigingen")
def cafe_uitnodigingen() -> None:
    """Invite the families whose turn it is."""
    with audit.namens(via="sjpruutcafe"):
        uitnodigingen_plannen(nu=clock.nu())

"""What the ground floor does by the clock."""

from celery import shared_task

from ooievaar.platform import clock
from ooievaar.platform.idempotency import opruimen


@shared_task(name="ooievaar.antwoorden_opruimen")
def antwoorden_opruimen() -> int:
    """Delete the answers kept for repeated requests once they are older than 7 days; they may hold personal data."""
    return opruimen(nu=clock.nu())

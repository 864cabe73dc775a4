"""Closing months by the clock."""

from celery import shared_task

from bezoeken.dekking.bevriezen import maanden_bevriezen
from ooievaar.platform import clock


@shared_task(name="bezoeken.bevries_maanden")
def bevries_maanden() -> int:
    """Freeze the months that have closed; safe to run as often as one likes."""
    return maanden_bevriezen(nu=clock.nu())

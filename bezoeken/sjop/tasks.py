"""The doorbell of the Sjop's sweep."""

from __future__ import annotations

from celery import shared_task

from bezoeken.sjop.services import sjop_bijhouden
from ooievaar.platform import audit, clock


@shared_task(name="bezoeken.sjop_bijhouden")
def sjop() -> None:
    """Promise what is free, let go of what waited too long, remind of loans."""
    with audit.namens(via="sjop"):
        sjop_bijhouden(nu=clock.nu())

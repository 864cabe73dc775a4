"""The second way to find overdue check-ins; the first is `manage.py bewaak_veiligheid`, which needs no broker."""

from __future__ import annotations

from celery import shared_task

from bezoeken.veiligheid.services import bewaken
from notifications.services import verzend
from ooievaar.platform import audit, clock


@shared_task(name="bezoeken.veiligheid")
def veiligheid() -> None:
    """Look who is overdue, and send what that asks for at once."""
    with audit.namens(via="veiligheid"):
        bewaken(nu=clock.nu())
        verzend(nu=clock.nu(), spoed=True)

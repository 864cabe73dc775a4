"""A new version for a row whose related rows changed: its ETag covers what is shown with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F

from ooievaar.platform.rijen import VersieRij

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def raak_aan(rij: VersieRij, *, door: Gebruiker | None, nu: datetime) -> None:
    """Count a change in what hangs on this row (a family's contacts, a volunteer's wijken) as a change of the row."""
    type(rij)._default_manager.filter(pk=rij.pk).update(
        versie=F("versie") + 1, gewijzigd_op=nu, gewijzigd_door=door.pk if door else None
    )

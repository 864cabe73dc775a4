"""When a visit is welcome (domain.md, "Contact hours"): outside these hours the product warns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ooievaar.kalender import feestdag
from ooievaar.platform.clock import AMSTERDAM

if TYPE_CHECKING:
    from ooievaar.models import Gebied

ZATERDAG = 5


def binnen_bezoekuren(*, begin: datetime, duur_minuten: int, gebied: Gebied) -> bool:
    """Whether a visit lies wholly within the Gebied's visiting hours, on Monday to Saturday and not on a holiday."""
    van = begin.astimezone(AMSTERDAM)
    tot = (begin + timedelta(minutes=duur_minuten)).astimezone(AMSTERDAM)
    if van.date() != tot.date() or van.weekday() > ZATERDAG or feestdag(van.date()):
        return False
    if van.weekday() == ZATERDAG:
        return gebied.bezoek_zaterdag_van <= van.time() and tot.time() <= gebied.bezoek_zaterdag_tot
    return gebied.bezoek_van <= van.time() and tot.time() <= gebied.bezoek_tot

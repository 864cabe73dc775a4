"""The list of work: what every source has, the most urgent first and among equals the oldest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bezoeken.vandaag.bronnen import BRONNEN, SOORTEN
from bezoeken.werk import Werkregel, werkregel

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# Nobody reads further; the list then says that there is more.
MEESTE = 2000


@dataclass(frozen=True)
class Werklijst:
    """All lines, how many there are of each kind, and whether there are more than could be read (`vol`)."""

    regels: list[Werkregel]
    per_soort: dict[str, int]
    vol: bool

    def van_soort(self, soort: str) -> list[Werkregel]:
        return [regel for regel in self.regels if regel.soort == soort] if soort else self.regels


def werklijst(gebruiker: Gebruiker, *, nu: datetime) -> Werklijst:
    """What waits for this user: one query for all sources that the database answers, and those that need rules."""
    delen = [rijen for bron in BRONNEN if bron.rijen for rijen in bron.rijen(gebruiker, nu)]
    regels = [regel for bron in BRONNEN if bron.regels for regel in bron.regels(gebruiker, nu)]
    eerste, *rest = delen
    gelezen = list((eerste.union(*rest, all=True) if rest else eerste).order_by("werk_sinds")[: MEESTE + 1])
    regels += [werkregel(rij) for rij in gelezen]
    regels.sort(key=lambda regel: (SOORTEN[regel.soort].orde, regel.sinds, str(regel.onderwerp)))
    aantallen = Counter(regel.soort for regel in regels)
    return Werklijst(regels, {code: aantallen[code] for code in SOORTEN if aantallen[code]}, len(gelezen) > MEESTE)

"""Closed months: their figures are kept as they were, and a later recount that differs is restated visibly."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from bezoeken.dekking import perioden
from bezoeken.dekking.selectors import tel, uitloop
from bezoeken.dekking.services import maandcijfers
from bezoeken.models import BevrorenMaand
from ooievaar.platform.clock import dag_van
from ooievaar.selectors.gebieden import alle_gebieden

if TYPE_CHECKING:
    from ooievaar.models import Gebied

# A month is closed once the last child in it has passed D+84 (27 days after D+57): from then on nothing is "still
# running" by itself, and only late logs can change it.
_EERSTE = date(2024, 1, 1)


def maanden_bevriezen(*, nu: datetime) -> int:
    """Keep the figures of every month that has closed and was not kept yet; returns how many months."""
    aantal = 0
    for gebied in alle_gebieden():
        bekend = set(BevrorenMaand.objects.filter(gebied=gebied).values_list("maand", flat=True))
        nieuw = [m for m in _gesloten(gebied, dag_van(nu)) if m not in bekend]
        if not nieuw:
            continue
        tot = perioden.verder(nieuw[-1], 1)
        tellingen = tel(gebied, nieuw[0], tot, vandaag=dag_van(nu), per_wijk=False).tellingen
        rijen = [
            BevrorenMaand(gebied=gebied, maand=m, bevroren_op=nu, cijfers=maandcijfers(tellingen.get((m, None), {})))
            for m in nieuw
        ]
        aantal += len(BevrorenMaand.objects.bulk_create(rijen, ignore_conflicts=True))
    return aantal


def _gesloten(gebied: Gebied, vandaag: date) -> list[date]:
    maanden = []
    maand = _EERSTE
    while perioden.is_gesloten(maand, vandaag, uitloop(gebied)):
        maanden.append(maand)
        maand = perioden.verder(maand, 1)
    return maanden

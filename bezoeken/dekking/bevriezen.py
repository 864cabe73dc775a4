"""Closed months: their figures are kept as they were, and a later recount that differs is restated visibly."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from bezoeken.dekking import perioden
from bezoeken.dekking.selectors import APART, DELEN, maandtellingen
from bezoeken.dekking.services import optellen
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
        tellingen = maandtellingen(gebied, nieuw[0], perioden.verder(nieuw[-1], 1), vandaag=dag_van(nu))
        rijen = [
            BevrorenMaand(
                gebied=gebied, maand=m, bevroren_op=nu, cijfers=_cijfers(optellen(tellingen, [m]).per_uitkomst)
            )
            for m in nieuw
        ]
        aantal += len(BevrorenMaand.objects.bulk_create(rijen, ignore_conflicts=True))
    return aantal


def herziene_maanden(gebied: Gebied, van: date, tot: date, *, vandaag: date) -> list[date]:
    """The frozen months in [van, tot) whose recount differs from what was kept: late logs restate them."""
    tellingen = maandtellingen(gebied, van, tot, vandaag=vandaag)
    bevroren = BevrorenMaand.objects.filter(gebied=gebied, maand__gte=van, maand__lt=tot).order_by("maand")
    return [rij.maand for rij in bevroren if rij.cijfers != _cijfers(optellen(tellingen, [rij.maand]).per_uitkomst)]


def _gesloten(gebied: Gebied, vandaag: date) -> list[date]:
    uitloop = gebied.verlopen_dag - gebied.venster_eind_dag - 1
    maanden = []
    maand = _EERSTE
    while perioden.verder(maand, 1).toordinal() - 1 + uitloop < vandaag.toordinal():
        maanden.append(maand)
        maand = perioden.verder(maand, 1)
    return maanden


def _cijfers(per_uitkomst: dict[str, int]) -> dict[str, int]:
    return {deel: per_uitkomst.get(deel, 0) for deel in (*DELEN, *APART)}

"""Counting children: one set-based query over `Bezoekkind` (docs/adr/0005)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.db.models.functions import TruncMonth

from bezoeken.dekking.perioden import Periode
from bezoeken.models import Bezoekkind

if TYPE_CHECKING:
    from ooievaar.models import Gebied

DELEN = ("inVenster", "teLaat", "geweigerd", "nietBereikt", "geenCapaciteit", "nogBezig", "ontbrekend")
APART = ("verhuisd", "lateMelding")


@dataclass
class Telling:
    """Counts of children by what became of them, with what is told beside."""

    per_uitkomst: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    aan_de_deur: int = 0
    dozen: int = 0
    vouchers: int = 0
    pogingen: int = 0

    def erbij(self, ander: Telling) -> None:
        for uitkomst, aantal in ander.per_uitkomst.items():
            self.per_uitkomst[uitkomst] += aantal
        self.aan_de_deur += ander.aan_de_deur
        self.dozen += ander.dozen
        self.vouchers += ander.vouchers
        self.pogingen += ander.pogingen

    @property
    def in_aanmerking(self) -> int:
        return sum(self.per_uitkomst[deel] for deel in DELEN)

    @property
    def bereikt(self) -> int:
        return self.per_uitkomst["inVenster"] + self.per_uitkomst["teLaat"]


Maandtelling = dict[tuple[date, UUID | None], Telling]


def maandtellingen(gebied: Gebied, van: date, tot: date, *, vandaag: date) -> Maandtelling:
    """Per month and wijk what became of the children whose D+57 fell in it and has passed; one query.

    A visit that still runs is `nogBezig` until D+84 has passed and `ontbrekend` after: nobody knows what became of it.
    """
    uitloop = timedelta(days=gebied.verlopen_dag - gebied.venster_eind_dag - 1)
    rijen = (
        Bezoekkind.objects.filter(gebied=gebied, peildatum__gte=van, peildatum__lt=min(tot, vandaag))
        .exclude(uitkomst="")
        .annotate(
            maand=TruncMonth("peildatum"),
            werd=Case(
                When(uitkomst="lopend", peildatum__gte=vandaag - uitloop, then=Value("nogBezig")),
                When(uitkomst="lopend", then=Value("ontbrekend")),
                default=F("uitkomst"),
            ),
        )
        .values_list("maand", "wijk_id", "werd")
        .annotate(
            aantal=Count("pk"),
            deur=Count("pk", filter=Q(vorm="aanDeDeur")),
            dozen=Count("pk", filter=Q(doos_gegeven=True)),
            vouchers=Count("pk", filter=Q(voucher_gegeven=True)),
            alle_pogingen=Sum("pogingen"),
        )
        .order_by()
    )
    telling: Maandtelling = defaultdict(Telling)
    for maand, wijk, werd, aantal, deur, dozen, vouchers, pogingen in rijen:
        rij = telling[(maand, wijk)]
        rij.per_uitkomst[werd] += aantal
        if werd in DELEN:
            rij.aan_de_deur += deur
            rij.dozen += dozen
            rij.vouchers += vouchers
            rij.pogingen += pogingen
    return telling


def mediaan_dagen(gebied: Gebied, periode: Periode, *, vandaag: date) -> float | None:
    """The median age in days at the visit, of the children reached; from a histogram, so nothing is sorted."""
    histogram = (
        Bezoekkind.objects.filter(
            gebied=gebied,
            peildatum__gte=periode.van,
            peildatum__lt=min(periode.tot, vandaag),
            uitkomst__in=["inVenster", "teLaat"],
        )
        .values_list("dagen")
        .annotate(aantal=Count("pk"))
        .order_by("dagen")
    )
    dagen = [(int(dag), int(aantal)) for dag, aantal in histogram]
    totaal = sum(aantal for _, aantal in dagen)
    if not totaal:
        return None
    return (_op_plek(dagen, (totaal - 1) // 2) + _op_plek(dagen, totaal // 2)) / 2


def _op_plek(histogram: list[tuple[int, int]], plek: int) -> int:
    for dag, aantal in histogram:
        if plek < aantal:
            return dag
        plek -= aantal
    raise AssertionError("the place lies within the histogram")

"""Counting children: one set-based query over `Bezoekkind` (docs/adr/0005)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from bezoeken.models import BevrorenMaand, Bezoekkind, Contactstap

if TYPE_CHECKING:
    from ooievaar.models import Gebied

DELEN = ("inVenster", "teLaat", "geweigerd", "nietBereikt", "geenCapaciteit", "nogBezig", "ontbrekend")
APART = ("verhuisd", "lateMelding")
BEREIKT = ("inVenster", "teLaat")
Maandtelling = dict[tuple[date, UUID | None], Counter[str]]


@dataclass
class Geteld:
    """The true counts per (month, wijk), and per month how many reached children had which age in days."""

    tellingen: Maandtelling = field(default_factory=dict)
    leeftijden: dict[date, Counter[int]] = field(default_factory=dict)


def uitloop(gebied: Gebied) -> timedelta:
    """From D+57, which places a child in a month, to D+84, until which its visit may still be running."""
    return timedelta(days=gebied.verlopen_dag - gebied.venster_eind_dag - 1)


def groepen(
    gebied_id: UUID, van: date, tot: date, *, vandaag: date, lopend_vanaf: date, groep: str
) -> QuerySet[Bezoekkind, Any]:
    """The query: children whose D+57 has passed, by month, `groep` (wijk_id or dagen) and what became of them."""
    return (
        Bezoekkind.objects.filter(
            gebied_id=gebied_id, peilmaand__gte=van, peilmaand__lt=tot, peildatum__lt=vandaag, uitkomst__gt=""
        )
        .values_list("peilmaand", groep, "uitkomst")
        .annotate(
            aantal=Count("*"),
            nog_bezig=Count("peildatum", filter=Q(peildatum__gte=lopend_vanaf)),
            deur=Count("peildatum", filter=Q(vorm="aanDeDeur")),
            dozen=Count("peildatum", filter=Q(doos_gegeven=True)),
            vouchers=Count("peildatum", filter=Q(voucher_gegeven=True)),
            cafes=Count("peildatum", filter=Q(naar_cafe=True)),
            alle_pogingen=Sum(F("pogingen")),
            nooit_toegewezen=Count("peildatum", filter=Q(contact_stap=Contactstap.GEEN)),
            nooit_gesproken=Count("peildatum", filter=Q(contact_stap=Contactstap.TOEGEWEZEN)),
        )
        .order_by()
    )


def tel(gebied: Gebied, van: date, tot: date, *, vandaag: date, per_wijk: bool) -> Geteld:
    """Everything a publication needs, in one query: by wijk, or for the whole Gebied with the ages.

    A visit that still runs is `nogBezig` until D+84 has passed and `ontbrekend` after: nobody knows what became of it.
    Box, voucher, door and first café are counted for the children who were reached; how near anybody came, for the
    others.
    """
    geteld = Geteld()
    rijen = groepen(
        gebied.pk,
        van,
        tot,
        vandaag=vandaag,
        lopend_vanaf=vandaag - uitloop(gebied),
        groep="wijk_id" if per_wijk else "dagen",
    )
    for maand, groep, uitkomst, aantal, nog_bezig, deur, dozen, vouchers, cafes, pogingen, zonder, stil in rijen:
        som = geteld.tellingen.setdefault((maand, groep if per_wijk else None), Counter())
        if uitkomst in APART:
            som[uitkomst] += aantal
            continue
        som["pogingen"] += pogingen
        if uitkomst not in BEREIKT and uitkomst != "inVerplaatstVenster":
            som.update({"nooitToegewezen": zonder, "nooitGesproken": stil})
        if uitkomst == "lopend":
            som["nogBezig"] += nog_bezig
            som["ontbrekend"] += aantal - nog_bezig
            continue
        if uitkomst == "inVerplaatstVenster":
            som["inVerplaatstVenster"] += aantal
            uitkomst = "teLaat"
        som[uitkomst] += aantal
        if uitkomst in BEREIKT:
            som.update({"aanDeDeur": deur, "doos": dozen, "voucher": vouchers, "eersteCafe": cafes})
            if not per_wijk:
                geteld.leeftijden.setdefault(maand, Counter())[groep] += aantal
    return geteld


def mediaan(histogram: Counter[int]) -> float | None:
    """The median of a histogram; None without any."""
    totaal = sum(histogram.values())
    if not totaal:
        return None
    return (_op_plek(histogram, (totaal - 1) // 2) + _op_plek(histogram, totaal // 2)) / 2


def _op_plek(histogram: Counter[int], plek: int) -> int:
    for waarde in sorted(histogram):
        if plek < histogram[waarde]:
            return waarde
        plek -= histogram[waarde]
    raise AssertionError("the place lies within the histogram")


def bevroren_cijfers(gebied: Gebied, van: date, tot: date) -> dict[date, dict[str, int]]:
    """The figures of the frozen months in [van, tot) as they were kept."""
    rijen = BevrorenMaand.objects.filter(gebied=gebied, maand__gte=van, maand__lt=tot)
    return dict(rijen.values_list("maand", "cijfers"))

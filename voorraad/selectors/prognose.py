"""The forecast: stock, orders and dates against a demand for boxes that the caller passes in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet, Sum

from voorraad.models import BINNEN, DOOS_CODE, Artikel, Artikelsoort, Bestelling, Partij, Stand, Voorraadalarm
from voorraad.prognose import Levering, Lot, Weekstand, Weekvraag, eerste_tekort, verloop
from voorraad.selectors.samenstelling import huidige_samenstelling

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker


@dataclass(frozen=True)
class Artikelprognose:
    """One article week by week, for what is expected and for the upper side of the band.

    `per_doos` is None for the box itself; a part is needed for boxes that must still be packed.
    """

    artikel: Artikel
    per_doos: int | None
    voorraad: int
    bruikbaar: int
    besteld: int
    weken: list[Weekstand]
    hoog: list[Weekstand]

    @property
    def tekort_vanaf(self) -> date | None:
        return eerste_tekort(self.weken)

    @property
    def tekort_vanaf_hoog(self) -> date | None:
        return eerste_tekort(self.hoog)


def bestellingen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Bestelling]:
    """The orders of the areas of which this user is coordinator."""
    return Bestelling.objects.filter(artikel__gebied__in=gebruiker.bevoegdheid.gebied_ids("coordinator"))


def open_alarmen(gebied_id: UUID) -> list[Voorraadalarm]:
    """The articles about which an alarm is open."""
    alarmen = Voorraadalarm.objects.filter(artikel__gebied=gebied_id, voorbij_op__isnull=True)
    return list(alarmen.select_related("artikel").order_by("tekort_vanaf", "artikel__code"))


def prognose(*, gebied: Gebied, vraag: Sequence[Weekvraag], vandaag: date) -> list[Artikelprognose]:
    """The box first, then the parts of its newest recipe; five queries, whatever the number of articles.

    A box can be used until `houdbaar_dagen` before its date, a part for as long as a box made of it could be. What is
    short in boxes must be packed, so that is what the parts are needed for.
    """
    doos = Artikel.objects.filter(gebied=gebied, code=DOOS_CODE).first()
    if doos is None:
        return []
    recept = huidige_samenstelling(doos.pk)
    delen = {regel.artikel_id: regel for regel in recept.regels.all()} if recept else {}
    artikelen = {doos.pk: doos} | {pk: regel.artikel for pk, regel in delen.items()}
    lots = _lots(artikelen, gebied.houdbaar_dagen)
    besteld = _leveringen(artikelen)
    weken = [(week.begin, week.eind) for week in vraag]

    def loop(pk: UUID, nodig: Sequence[float]) -> list[Weekstand]:
        bruikbaar = [] if artikelen[pk].geblokkeerd else lots[pk]
        return verloop(lots=bruikbaar, leveringen=besteld[pk], weken=weken, vraag=nodig)

    def rij(pk: UUID, per_doos: int | None, verwacht: Sequence[float], hoog: Sequence[float]) -> Artikelprognose:
        vandaag_bruikbaar = [lot for lot in lots[pk] if (lot.bruikbaar_tot or date.max) >= vandaag]
        return Artikelprognose(
            artikelen[pk],
            per_doos,
            sum(lot.aantal for lot in lots[pk]),
            0 if artikelen[pk].geblokkeerd else sum(lot.aantal for lot in vandaag_bruikbaar),
            sum(levering.aantal for levering in besteld[pk]),
            loop(pk, verwacht),
            loop(pk, hoog),
        )

    dozen = rij(doos.pk, None, [week.verwacht for week in vraag], [float(week.hoog) for week in vraag])
    onderdelen = [
        rij(
            pk,
            regel.aantal,
            [stand.tekort * regel.aantal for stand in dozen.weken],
            [stand.tekort * regel.aantal for stand in dozen.hoog],
        )
        for pk, regel in sorted(delen.items(), key=lambda paar: paar[1].artikel.code)
    ]
    return [dozen, *onderdelen]


def _lots(artikelen: dict[UUID, Artikel], marge_dagen: int) -> defaultdict[UUID, list[Lot]]:
    """What lies inside our walls and was not recalled, per article and lot."""
    rijen = (
        Stand.objects.filter(artikel__in=artikelen, locatie__soort__in=BINNEN, aantal__gt=0)
        .filter(partij__teruggeroepen_op__isnull=True)
        .values_list("artikel_id", "partij__houdbaar_tot")
        .annotate(samen=Sum("aantal"))
        .order_by("artikel_id", "partij__houdbaar_tot")
    )
    lots: defaultdict[UUID, list[Lot]] = defaultdict(list)
    for artikel, tot, samen in rijen:
        lots[artikel].append(Lot(samen, tot and tot - timedelta(days=marge_dagen)))
    return lots


def _leveringen(artikelen: dict[UUID, Artikel]) -> defaultdict[UUID, list[Levering]]:
    rijen = Bestelling.objects.filter(artikel__in=artikelen, status=Bestelling.Status.OPEN)
    leveringen: defaultdict[UUID, list[Levering]] = defaultdict(list)
    for artikel, dag, aantal in rijen.values_list("artikel_id", "verwacht_op", "aantal"):
        leveringen[artikel].append(Levering(dag, aantal))
    return leveringen


def verlopende_partijen(gebruiker: Gebruiker, *, tot: date) -> QuerySet[Partij]:
    """Lots of which something lies here and whose date comes before this day, soonest first."""
    hier = Stand.objects.filter(aantal__gt=0, locatie__soort__in=BINNEN).values("partij")
    gebieden = gebruiker.bevoegdheid.gebied_ids("coordinator")
    return (
        Partij.objects.filter(pk__in=hier, artikel__gebied__in=gebieden, houdbaar_tot__lt=tot)
        .exclude(artikel__soort=Artikelsoort.SJOP)
        .select_related("artikel")
        .annotate(ligt=Sum("standen__aantal"))
        .order_by("houdbaar_tot", "code")
    )

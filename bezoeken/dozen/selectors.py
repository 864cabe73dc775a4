"""What the stock and the visits have to do with each other: demand, work to do, families of a recall.

The stock speaks of occasions ("bezoek:<id>"); here they become visits, for who may see them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from bezoeken.dozen.vraag import Verleden, vraag_per_week
from bezoeken.instellingen import vensterregels
from bezoeken.kraambezoek.selectors import LOPEND, bezoeken_zichtbaar_voor
from bezoeken.models import Bezoek, Bezoekkind
from bezoeken.toestand import Status
from ooievaar.platform.clock import dag_van
from voorraad.prognose import Weekvraag
from voorraad.selectors import Artikelprognose, doos_is_geboekt, dozen_buiten, prognose, terugroeping

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker

# How far back the past is read: a complete year, and the visits to its last births.
_TERUG = timedelta(days=500)
_AANLEIDING = "bezoek:"


@dataclass(frozen=True)
class Prognose:
    """What is needed per week, and how the box and each of its parts run against it."""

    gebied: Gebied
    vandaag: date
    vraag: list[Weekvraag]
    artikelen: list[Artikelprognose]


def prognose_voor(*, gebied: Gebied, vandaag: date, weken: int) -> Prognose:
    """The forecast of one Gebied; seven queries, whatever the number of births and articles."""
    kinderen = Bezoekkind.objects.filter(gebied=gebied, bezoek_status__in=LOPEND, doos_gegeven=False)
    vraag = vraag_per_week(
        vandaag=vandaag,
        weken=weken,
        vensters=list(kinderen.order_by().values_list("bezoek__venster_begin", flat=True)),
        verleden=_verleden(gebied, vandaag),
        regels=vensterregels(gebied),
    )
    return Prognose(gebied, vandaag, vraag, prognose(gebied=gebied, vraag=vraag, vandaag=vandaag))


def _verleden(gebied: Gebied, vandaag: date) -> Verleden:
    """Births, notices and visits of the last year and a half, counted; one query.

    A catch-up visit says nothing about births or notices, and what is no child of this Gebied any more says nothing.
    """
    rijen = (
        Bezoekkind.objects.filter(gebied=gebied, geboortedatum__gte=vandaag - _TERUG)
        .exclude(afsluitreden__in=["dubbel", "buitenGebied"])
        .exclude(bezoek__soort=Bezoek.Soort.INHAAL)
        .order_by()
        .values_list(
            "geboortedatum",
            "bezoek__gemeld_op",
            "bezoek_status",
            "bezocht_datum",
            "bezoek__venster_begin",
            "doos_gegeven",
        )
    )
    geboorten: Counter[date] = Counter()
    gemeld_na: Counter[int] = Counter()
    bezocht_na: Counter[int] = Counter()
    klaar = met_doos = 0
    compleet = vandaag - timedelta(days=60)
    for geboren, gemeld_op, status, bezocht, begin, doos in rijen.iterator(chunk_size=2000):
        geboorten[geboren] += 1
        if geboren <= compleet:
            gemeld_na[max((dag_van(gemeld_op) - geboren).days, 0)] += 1
        if status not in LOPEND:
            klaar += 1
            met_doos += doos
            if bezocht and doos:
                bezocht_na[(bezocht - begin).days] += 1
    return Verleden(min(geboorten, default=vandaag), geboorten, gemeld_na, bezocht_na, klaar, met_doos)


def _aanleiding(veld: Any) -> Any:
    return Concat(Value(_AANLEIDING), Cast(veld, CharField()), output_field=CharField())


def bezocht_zonder_doos(gebruiker: Gebruiker, *, soort: str | None = None) -> QuerySet[Bezoekkind, Any]:
    """Children whose visit took place and for whom no box is booked: legal, and work to do (domain.md, rule 13).

    `nietGeboekt`: she gave a box that was not on record; `nietGegeven`: no box was given. Latest visit first.
    """
    geboekt = doos_is_geboekt(_aanleiding(OuterRef("bezoek_id")), Cast(OuterRef("pasgeborene_id"), CharField()))
    zichtbaar = bezoeken_zichtbaar_voor(gebruiker).filter(status=Status.BEZOCHT)
    welke = {"nietGeboekt": Q(doos_gegeven=True), "nietGegeven": Q(doos_gegeven=False)}.get(soort or "", Q())
    return (
        Bezoekkind.objects.filter(welke, bezoek__in=zichtbaar, pasgeborene__overleden_gemeld_op__isnull=True)
        .filter(Q(doos_gegeven=False) | ~Q(geboekt))
        .order_by("-bezocht_datum", "id")
        .values(
            "id",
            "bezoek_id",
            "pasgeborene_id",
            "bezocht_datum",
            wijk_code=F("wijk__code"),
            moeder_id=F("bezoek__ooievaarsmoeder_id"),
            moeder=F("bezoek__ooievaarsmoeder__naam"),
            soort=Case(When(doos_gegeven=True, then=Value("nietGeboekt")), default=Value("nietGegeven")),
        )
    )


def dozen_zonder_bezoek(gebruiker: Gebruiker) -> QuerySet[Any, Any]:
    """Boxes that went to a family while no visit of that family took place, newest first.

    Handed out without saying for what, or for a visit that was reopened or closed otherwise.
    """
    bezocht = Bezoek.objects.filter(status=Status.BEZOCHT, gebied__in=gebruiker.bevoegdheid.gebied_ids("coordinator"))
    return dozen_buiten(gebruiker, behalve=bezocht.order_by().values_list(_aanleiding("id"), flat=True))


def met_bezoek(rijen: Sequence[dict[str, Any]], gebruiker: Gebruiker) -> list[dict[str, Any]]:
    """Rows of the stock with the visit of their occasion, when the asker may see it; one query."""
    ids = {rij["id"]: bezoek_van(rij["aanleiding"]) for rij in rijen}
    zichtbaar = bezoeken_zichtbaar_voor(gebruiker).filter(pk__in=[pk for pk in ids.values() if pk])
    statussen: dict[UUID | None, str] = {**dict(zichtbaar.values_list("pk", "status"))}
    return [
        {
            **rij,
            "bezoek": ids[rij["id"]] if ids[rij["id"]] in statussen else None,
            "status": statussen.get(ids[rij["id"]]),
        }
        for rij in rijen
    ]


def bezoek_van(aanleiding: str) -> UUID | None:
    """The visit that an occasion of the stock is about; None when it is about something else."""
    if not aanleiding.startswith(_AANLEIDING):
        return None
    try:
        return UUID(aanleiding.removeprefix(_AANLEIDING))
    except ValueError:
        return None


def gezinnen_van_terugroeping(gebruiker: Gebruiker, partij_id: UUID) -> QuerySet[Bezoekkind, Any]:
    """The families, in the asker's reach, who got a box in which some of this lot may be.

    Without the child that died: nobody calls its parents about a toy (domain.md, rule 3).
    """
    delen = terugroeping(partij_id).aanleidingen
    bezoeken = {pk for aanleiding, _onderdeel in delen if (pk := bezoek_van(aanleiding))}
    kinderen = {onderdeel for _aanleiding, onderdeel in delen if onderdeel}
    zichtbaar = bezoeken_zichtbaar_voor(gebruiker).filter(pk__in=bezoeken)
    return (
        Bezoekkind.objects.filter(bezoek__in=zichtbaar, pasgeborene__in=[k for k in kinderen if _is_uuid(k)])
        .filter(pasgeborene__overleden_gemeld_op__isnull=True)
        .order_by("-bezocht_datum", "id")
        .values(
            "bezoek_id",
            "pasgeborene_id",
            "bezocht_datum",
            gezin_id=F("bezoek__gezin_id"),
            familie=F("pasgeborene__achternaam"),
            wijk_code=F("wijk__code"),
        )
    )


def _is_uuid(tekst: str) -> bool:
    try:
        UUID(tekst)
    except ValueError:
        return False
    return True

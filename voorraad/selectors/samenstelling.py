"""Recipes, what is in a lot of boxes, and where a recalled lot went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from voorraad.models import (
    BINNEN,
    Artikel,
    Locatie,
    Locatiesoort,
    Mutatie,
    Mutatiesoort,
    Partij,
    Samenstelling,
    Stand,
)

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def samenstellingen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Samenstelling]:
    """The recipes of the areas of which this user is coordinator."""
    return Samenstelling.objects.filter(artikel__gebied__in=gebruiker.bevoegdheid.gebied_ids("coordinator"))


def huidige_samenstelling(artikel_id: UUID) -> Samenstelling | None:
    """The newest recipe with its parts, in the order in which balances are locked; two queries."""
    samenstellingen = Samenstelling.objects.filter(artikel=artikel_id).select_related("artikel__gebied")
    return samenstellingen.order_by("-nummer").prefetch_related("regels__artikel").first()


def inhoud_van_partij(partij_id: UUID) -> dict[tuple[UUID, UUID | None], int]:
    """How many of each part (artikel, partij) are in the boxes of this lot now, from the ledger.

    What was packed, less what came back by taking apart or by reversal.
    """
    regels = Mutatie.objects.filter(partij=partij_id, bundel__isnull=False).values("bundel")
    binnen: Counter[tuple[UUID, UUID | None]] = Counter()
    delen = Mutatie.objects.filter(bundel__in=regels).exclude(partij=partij_id)
    for kant, teken in (("naar", 1), ("van", -1)):
        som = delen.filter(**{f"{kant}__soort": Locatiesoort.SAMENSTELLING}).order_by()
        for artikel, partij, totaal in som.values_list("artikel", "partij").annotate(Sum("aantal")):
            binnen[artikel, partij] += teken * totaal
    return dict(binnen)


@dataclass(frozen=True)
class Vindplaats:
    """So many of a lot at a place inside our walls."""

    partij: UUID
    artikel: UUID
    locatie: UUID
    locatie_naam: str
    aantal: int
    gereserveerd: int


@dataclass(frozen=True)
class Terugroeping:
    """Where a recalled lot is and where it went.

    `partijen`: the lot itself and every lot of boxes in which some of it may be. `aanleidingen`: the occasions for
    which one of these went out ("bezoek:<uuid>", with the onderdeel); who asks from above makes families of them.
    `zonder_aanleiding`: how many went to families of whom nobody wrote down which.
    """

    partijen: list[Partij]
    plekken: list[Vindplaats]
    aanleidingen: list[tuple[str, str]]
    zonder_aanleiding: int


def partijen_met(partij_id: UUID) -> list[Partij]:
    """The lot, and the lots of boxes that hold some of it: all lots of the bundles in which it was packed."""
    ingepakt = Mutatie.objects.filter(
        partij=partij_id, soort=Mutatiesoort.SAMENSTELLING, naar__soort=Locatiesoort.SAMENSTELLING,
        teruggedraaid_door=None,
    ).values("bundel")  # fmt: skip
    dozen = Mutatie.objects.filter(
        bundel__in=ingepakt, soort=Mutatiesoort.SAMENSTELLING, van__soort=Locatiesoort.SAMENSTELLING
    ).values("partij")
    return list(
        Partij.objects.filter(Q(pk=partij_id) | Q(pk__in=dozen)).select_related("artikel").order_by("code", "pk")
    )


def terugroeping(partij_id: UUID) -> Terugroeping:
    """Every box, place and occasion of this lot; four queries, whatever its size."""
    partijen = partijen_met(partij_id)
    ids = [partij.pk for partij in partijen]
    standen = Stand.objects.filter(partij__in=ids, aantal__gt=0).select_related("locatie")
    plekken = [
        Vindplaats(s.partij_id, s.artikel_id, s.locatie_id, s.locatie.naam, s.aantal, s.gereserveerd)
        for s in standen.order_by("locatie__code", "partij__code")
        if s.partij_id
    ]
    uit = Mutatie.objects.filter(partij__in=ids, naar__soort=Locatiesoort.GEZIN, teruggedraaid_door=None)
    uit = uit.filter(van__soort__in=BINNEN)
    delen = uit.exclude(aanleiding="").order_by("gebeurd_op", "id").values_list("aanleiding", "sleutel")
    zonder = uit.filter(aanleiding="").aggregate(n=Sum("aantal"))["n"] or 0
    return Terugroeping(partijen, plekken, [(naam, onderdeel(naam, sleutel)) for naam, sleutel in delen], zonder)


def onderdeel(aanleiding: str, sleutel: str | None) -> str:
    """The part of the occasion (a child) in the key under which its box was booked; empty without a key."""
    return (sleutel or "").removeprefix(f"{aanleiding}/").partition("#")[0]


@dataclass(frozen=True)
class Maakbaar:
    """How many boxes can be packed at a place now, and of each part: how many a box takes, and how many may be used."""

    locatie: Locatie
    dozen: int
    onderdelen: list[tuple[Artikel, int, int]]


def maakbaar(recept: Samenstelling, plekken: Sequence[Locatie], vandaag: date) -> list[Maakbaar]:
    """Per place what packing would find there today; one query. Packing itself looks again, under lock."""
    regels = list(recept.regels.all())
    grens = vandaag + timedelta(days=recept.artikel.gebied.houdbaar_dagen)
    houdbaar = Q(partij__isnull=True) | Q(partij__houdbaar_tot__isnull=True) | Q(partij__houdbaar_tot__gte=grens)
    rijen = (
        Stand.objects.filter(houdbaar, locatie__in=plekken, artikel__in=[r.artikel_id for r in regels])
        .filter(partij__teruggeroepen_op__isnull=True)
        .order_by()
        .values_list("locatie_id", "artikel_id")
        .annotate(vrij=Sum(F("aantal") - F("gereserveerd")))
    )
    vrij = {(plek, artikel): aantal for plek, artikel, aantal in rijen}
    gevonden = []
    for plek in plekken:
        delen = [(r.artikel, r.aantal, vrij.get((plek.pk, r.artikel_id), 0)) for r in regels]
        gevonden.append(Maakbaar(plek, min((er // nodig for _a, nodig, er in delen), default=0), delen))
    return gevonden


def ingepakte_dozen(artikel_id: UUID) -> QuerySet[Stand]:
    """The balances of lots that we packed ourselves: what can be taken apart."""
    standen = Stand.objects.filter(artikel=artikel_id, partij__samenstelling__isnull=False, aantal__gt=0)
    return standen.select_related("partij", "locatie").order_by("partij__houdbaar_tot", "partij__code", "id")


def teruggeroepen_inhoud(partij_ids: list[UUID], *, behalve: UUID) -> set[UUID]:
    """Of these lots of boxes: those that hold some of another recalled lot than `behalve`; one query."""
    ander = Mutatie.objects.filter(
        bundel=OuterRef("bundel"), naar__soort=Locatiesoort.SAMENSTELLING, partij__teruggeroepen_op__isnull=False
    ).exclude(partij=behalve)
    ingepakt = Mutatie.objects.filter(
        partij__in=partij_ids, van__soort=Locatiesoort.SAMENSTELLING, soort=Mutatiesoort.SAMENSTELLING
    )
    return set(ingepakt.filter(Exists(ander)).values_list("partij_id", flat=True))

"""Reading the stock: who sees which part of it, and whether the books are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from voorraad.models import (
    BINNEN,
    DOOS_CODE,
    Artikel,
    Artikelsoort,
    Locatie,
    Locatiesoort,
    Mutatie,
    Partij,
    Reservering,
    Stand,
)

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# What outside places a Sjop books against: nobody's home, no family by name.
_SJOP_PLEKKEN = [soort for soort in Locatiesoort if soort not in BINNEN or soort == Locatiesoort.SJOP]


class Dozen(NamedTuple):
    """Boxes at a place: all of them, and those that are not promised."""

    aantal: int
    beschikbaar: int


class Verschil(NamedTuple):
    """A balance that is not what the books say (`wat`: "aantal" or "gereserveerd")."""

    artikel: UUID
    partij: UUID | None
    locatie: UUID
    wat: str
    stand: int
    boeken: int


def standen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Stand]:
    """A coordinator: the whole Gebied (stock is not divided by wijk). Sjop: Sjop articles in the Sjop. An
    Ooievaarsmoeder: her own place. Anybody else: nothing (api.md, "Who may do what")."""
    ziet = Q(locatie__gebied__in=_gebieden(gebruiker, "coordinator"))
    ziet |= Q(
        locatie__gebied__in=_gebieden(gebruiker, "sjop"),
        locatie__soort=Locatiesoort.SJOP,
        artikel__soort=Artikelsoort.SJOP,
    )
    return Stand.objects.filter(ziet | _eigen(gebruiker, "locatie__houder"))


def artikelen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Artikel]:
    """The articles of the balances this user may see, and for who books also those that have no balance yet."""
    eigen = Stand.objects.filter(_eigen(gebruiker, "locatie__houder"), artikel=OuterRef("pk"))
    return Artikel.objects.filter(_boekt_artikel(gebruiker) | Exists(eigen))


def locaties_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Locatie]:
    """A coordinator: all places. Sjop: the Sjop and the places outside. An Ooievaarsmoeder: her own."""
    return Locatie.objects.filter(_boekt_plek(gebruiker) | _eigen(gebruiker, "houder"))


def partijen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Partij]:
    """The lots of the articles this user may see."""
    return Partij.objects.filter(artikel__in=artikelen_zichtbaar_voor(gebruiker))


def mutaties_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Mutatie]:
    """A coordinator: the ledger of the Gebied. Sjop: what came into or left the Sjop. Anybody else: nothing."""
    sjop = Q(artikel__gebied__in=_gebieden(gebruiker, "sjop"), artikel__soort=Artikelsoort.SJOP)
    sjop &= Q(van__soort=Locatiesoort.SJOP) | Q(naar__soort=Locatiesoort.SJOP)
    return Mutatie.objects.filter(Q(artikel__gebied__in=_gebieden(gebruiker, "coordinator")) | sjop)


def mutaties_te_boeken_door(gebruiker: Gebruiker) -> QuerySet[Mutatie]:
    """The lines this user may reverse: those she could have booked, with both places in her reach."""
    plekken = locaties_te_boeken_door(gebruiker)
    return mutaties_zichtbaar_voor(gebruiker).filter(van__in=plekken, naar__in=plekken)


def artikelen_te_boeken_door(gebruiker: Gebruiker) -> QuerySet[Artikel]:
    """The articles of which this user may book movements."""
    return Artikel.objects.filter(_boekt_artikel(gebruiker))


def locaties_te_boeken_door(gebruiker: Gebruiker) -> QuerySet[Locatie]:
    """The places this user may book from and to; seeing one's own home is not enough."""
    return Locatie.objects.filter(_boekt_plek(gebruiker))


def dozen_bij(houder_ids: Iterable[UUID]) -> dict[UUID, Dozen]:
    """The gift boxes at these volunteers' places; one query. Who has no place or no box is there with zeros."""
    houders = list(houder_ids)
    rijen = (
        Stand.objects.filter(locatie__houder__in=houders, artikel__code=DOOS_CODE)
        .values_list("locatie__houder_id")
        .annotate(totaal=Sum("aantal"), vrij=Sum(F("aantal") - F("gereserveerd")))
    )
    return dict.fromkeys(houders, Dozen(0, 0)) | {houder: Dozen(totaal, vrij) for houder, totaal, vrij in rijen}


def dozenstanden_van(ooievaarsmoeder_id: UUID) -> QuerySet[Stand]:
    """The balances of gift boxes at this volunteer's home, earliest best-before first."""
    standen = Stand.objects.filter(locatie__houder_id=ooievaarsmoeder_id, artikel__code=DOOS_CODE, aantal__gt=0)
    return standen.order_by(F("partij__houdbaar_tot").asc(nulls_last=True), "pk")


def locaties_van(ooievaarsmoeder_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The ids of these volunteers' own places, for those who have one; one query."""
    return dict(Locatie.objects.filter(houder__in=list(ooievaarsmoeder_ids)).values_list("houder_id", "id"))


def locatie_van(ooievaarsmoeder_id: UUID) -> UUID | None:
    """The id of this volunteer's own place."""
    return locaties_van([ooievaarsmoeder_id]).get(ooievaarsmoeder_id)


def geboekt_voor(aanleiding: str) -> QuerySet[Mutatie]:
    """The lines of the ledger that were booked for this occasion, oldest first."""
    return Mutatie.objects.filter(aanleiding=aanleiding).order_by("geboekt_op", "id")


def gereserveerd_voor(aanleiding: str) -> set[str]:
    """The onderdelen of this occasion to which a box is promised now."""
    actief = Reservering.objects.filter(aanleiding=aanleiding, status=Reservering.Status.ACTIEF)
    return set(actief.values_list("onderdeel", flat=True))


def standen_kloppen() -> list[Verschil]:
    """Every balance that differs from its ledger or its active reservations (quality.md, R4 and R10); empty is right.

    Reads all at one moment only inside a REPEATABLE READ transaction, or while nobody books.
    """
    plek = tuple[UUID, UUID | None, UUID]
    aantal: Counter[plek] = Counter()
    gereserveerd: Counter[plek] = Counter()
    binnen = Mutatie.objects.order_by()
    for kant, teken in (("naar", 1), ("van", -1)):
        som = binnen.filter(**{f"{kant}__soort__in": BINNEN}).values_list("artikel", "partij", kant)
        for *sleutel, totaal in som.annotate(Sum("aantal")):
            aantal[tuple(sleutel)] += teken * totaal
    actief = Reservering.objects.filter(status=Reservering.Status.ACTIEF).order_by()
    for *sleutel, totaal in actief.values_list("stand__artikel", "stand__partij", "stand__locatie").annotate(
        Sum("aantal")
    ):
        gereserveerd[tuple(sleutel)] += totaal

    standen: dict[plek, tuple[int, int]] = {
        (artikel, partij, locatie): (er, beloofd)
        for artikel, partij, locatie, er, beloofd in Stand.objects.values_list(
            "artikel_id", "partij_id", "locatie_id", "aantal", "gereserveerd"
        )
    }
    verschillen = []
    for sleutel in standen.keys() | aantal.keys() | gereserveerd.keys():
        er, beloofd = standen.get(sleutel, (0, 0))
        if er != aantal[sleutel]:
            verschillen.append(Verschil(*sleutel, "aantal", er, aantal[sleutel]))
        if beloofd != gereserveerd[sleutel]:
            verschillen.append(Verschil(*sleutel, "gereserveerd", beloofd, gereserveerd[sleutel]))
    return sorted(verschillen, key=str)


def _gebieden(gebruiker: Gebruiker, rol: str) -> list[UUID]:
    return list(gebruiker.bevoegdheid.gebied_ids(rol))


def _boekt_artikel(gebruiker: Gebruiker) -> Q:
    sjop = Q(gebied__in=_gebieden(gebruiker, "sjop"), soort=Artikelsoort.SJOP)
    return Q(gebied__in=_gebieden(gebruiker, "coordinator")) | sjop


def _boekt_plek(gebruiker: Gebruiker) -> Q:
    sjop = Q(gebied__in=_gebieden(gebruiker, "sjop"), soort__in=_SJOP_PLEKKEN)
    return Q(gebied__in=_gebieden(gebruiker, "coordinator")) | sjop


def _eigen(gebruiker: Gebruiker, houder: str) -> Q:
    """Her own place, for who is an Ooievaarsmoeder."""
    bevoegd = gebruiker.bevoegdheid
    moeder: Any = bevoegd.ooievaarsmoeder_id if bevoegd.heeft("ooievaarsmoeder") else None
    return Q(**{houder: moeder}) if moeder else Q(pk__in=[])


def thuisplek_van(moeder_id: Any) -> QuerySet[Locatie, UUID]:
    """The id of a volunteer's own place, as a subquery; none when it was not made yet."""
    return Locatie.objects.filter(houder_id=moeder_id).values_list("id", flat=True)[:1]


def mutaties_voor(aanleidingen: Iterable[str]) -> list[Mutatie]:
    """The lines of the ledger that were booked for one of these, with their article, the first one first."""
    regels = Mutatie.objects.filter(aanleiding__in=list(aanleidingen)).select_related("artikel")
    return list(regels.order_by("geboekt_op", "id"))


def reserveringen_voor(aanleidingen: Iterable[str]) -> list[Reservering]:
    """Everything that was promised for one of these, also what was used or released since."""
    return list(Reservering.objects.filter(aanleiding__in=list(aanleidingen)).order_by("gereserveerd_op", "id"))


def beloofd_voor(aanleiding: Any) -> QuerySet[Reservering]:
    """What is promised now for an occasion, as a subquery for whoever knows what the occasion is."""
    return Reservering.objects.filter(aanleiding=aanleiding, status=Reservering.Status.ACTIEF)

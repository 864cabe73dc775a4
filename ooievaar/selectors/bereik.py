"""How people can be reached, read at the moment it is needed: a corrected address counts at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Value, When
from phonenumbers import PhoneNumberType, number_type

from ooievaar.kalender import Periode, Stil, Uren, is_stil
from ooievaar.models import Contactpersoon, Gebied, Gebruiker, Gezin, Ooievaarsmoeder, RolToekenning, VrijePeriode
from ooievaar.selectors.gebruikers import diensttelefoons

_MOBIEL = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


@dataclass(frozen=True)
class Verzendregels:
    """When messages of a Gebied may go, and how its programme is called and reached."""

    uren: Uren
    stil: Stil
    naam: str
    telefoonnummer: str
    retouradres: str = ""
    sms_per_maand: int = 0


@dataclass(frozen=True)
class Briefadres:
    """What goes on an envelope. A family without a complete address has none."""

    naam: str
    straat: str
    huisnummer: str
    postcode: str
    woonplaats: str
    geheim: bool


@dataclass(frozen=True)
class Coordinator:
    """A coordinator and where she is one; no wijken: the whole Gebied."""

    gebruiker_id: UUID
    gebied_id: UUID
    wijk_ids: frozenset[UUID]
    heeft_email: bool


def gebieden_met_verzendregels() -> list[tuple[Gebied, Verzendregels]]:
    """Every Gebied, by code, with its message hours and quiet days; one query."""
    vrij = VrijePeriode.objects.filter(gebied_id=OuterRef("pk"), stil=True).order_by("pk")
    gebieden = Gebied.objects.order_by("code").annotate(
        vrij_van=ArraySubquery(vrij.values("begin")), vrij_tot=ArraySubquery(vrij.values("eind"))
    )
    return [
        (
            gebied,
            Verzendregels(
                uren=Uren(gebied.bericht_van, gebied.bericht_tot),
                stil=partial(is_stil, extra=tuple(map(Periode, gebied.vrij_van, gebied.vrij_tot))),
                naam=gebied.naam,
                telefoonnummer=gebied.telefoonnummer,
                retouradres=gebied.retouradres,
                sms_per_maand=gebied.sms_per_maand,
            ),
        )
        for gebied in gebieden
    ]


def verzendregels() -> dict[UUID, Verzendregels]:
    """The message hours and quiet days of every Gebied; one query."""
    return {gebied.pk: regels for gebied, regels in gebieden_met_verzendregels()}


@dataclass(frozen=True)
class Gezinsbereik:
    """How a family can be reached: on what, how it would like best ("" unknown), and in which language."""

    email: bool = False
    sms: bool = False
    voorkeur: str = ""
    taal: str = "nl"


def _op_voorkeur(gezin_ids: Iterable[UUID], kanaal: str) -> QuerySet[Contactpersoon]:
    """The contacts, the most suitable for this channel first: who prefers it, then who did not ask for letters."""
    volgorde = Case(
        When(voorkeurskanaal=kanaal, then=Value(0)),
        When(voorkeurskanaal="brief", then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return Contactpersoon.objects.filter(gezin_id__in=set(gezin_ids)).order_by("gezin_id", volgorde, "pk")


def is_mobiel(nummer: Any) -> bool:
    """Whether an SMS may arrive at this number."""
    return bool(nummer) and nummer.is_valid() and number_type(nummer) in _MOBIEL


def gezinsbereik(gezin_ids: Iterable[UUID]) -> dict[UUID, Gezinsbereik]:
    """How each of these families can be reached; one query.

    The language is that of the contact who needs an interpreter, else of the first (as `taal_van_gezin`).
    """
    personen: dict[UUID, list[Contactpersoon]] = {}
    for persoon in Contactpersoon.objects.filter(gezin_id__in=set(gezin_ids)).order_by("gezin_id", "pk"):
        personen.setdefault(persoon.gezin_id, []).append(persoon)
    gevonden = {}
    for gezin_id, leden in personen.items():
        taal = next((p.taal for p in leden if p.tolk_nodig), leden[0].taal)
        met = [p for p in leden if p.emailadres or is_mobiel(p.telefoonnummer)]
        # Who asked for something other than letters speaks first, then who said nothing.
        voorkeuren = sorted((p.voorkeurskanaal for p in met or leden), key=("email", "sms", "", "brief").index)
        gevonden[gezin_id] = Gezinsbereik(
            email=any(p.emailadres for p in leden),
            sms=any(is_mobiel(p.telefoonnummer) for p in leden),
            voorkeur=voorkeuren[0],
            taal=taal,
        )
    return gevonden


def smsnummers(
    *, gezin_ids: Iterable[UUID] = (), ooievaarsmoeder_ids: Iterable[UUID] = (), gebruiker_ids: Iterable[UUID] = ()
) -> dict[UUID, str]:
    """The mobile number (E.164) of each of these, where known. A user's is the one for when she is on duty."""
    nummers: dict[UUID, str] = {}
    if gezinnen := set(gezin_ids):
        for pk, nummer in _op_voorkeur(gezinnen, "sms").values_list("gezin_id", "telefoonnummer"):
            if is_mobiel(nummer):
                nummers.setdefault(pk, str(nummer))
    if moeders := set(ooievaarsmoeder_ids):
        for pk, nummer in Ooievaarsmoeder.objects.filter(pk__in=moeders, actief=True).values_list(
            "pk", "telefoonnummer"
        ):
            if is_mobiel(nummer):
                nummers[pk] = str(nummer)
    if gebruikers := set(gebruiker_ids):
        nummers |= diensttelefoons(gebruikers)
    return nummers


def gezinnen_met_nummer(nummer: str, gebied_ids: Iterable[UUID] | None = None) -> list[UUID]:
    """The families in which somebody has this number (E.164)."""
    personen = Contactpersoon.objects.filter(telefoonnummer=nummer)
    if gebied_ids is not None:
        personen = personen.filter(gezin__gebied_id__in=list(gebied_ids))
    return list(personen.order_by("gezin_id").values_list("gezin_id", flat=True).distinct())


def emailadressen(
    *, gezin_ids: Iterable[UUID] = (), ooievaarsmoeder_ids: Iterable[UUID] = (), gebruiker_ids: Iterable[UUID] = ()
) -> dict[UUID, str]:
    """The e-mail address of each of these, where known; at most three queries. Who stopped as a volunteer has none."""
    adressen: dict[UUID, str] = {}
    if gezinnen := set(gezin_ids):
        for pk, adres in _op_voorkeur(gezinnen, "email").values_list("gezin_id", "emailadres"):
            if adres:
                adressen.setdefault(pk, adres)
    if moeders := set(ooievaarsmoeder_ids):
        adressen |= dict(
            Ooievaarsmoeder.objects.filter(~Q(emailadres=""), pk__in=moeders, actief=True).values_list(
                "pk", "emailadres"
            )
        )
    if gebruikers := set(gebruiker_ids):
        adressen |= dict(
            Gebruiker.objects.filter(~Q(email=""), pk__in=gebruikers, is_active=True).values_list("pk", "email")
        )
    return adressen


def briefadressen(gezin_ids: Iterable[UUID]) -> dict[UUID, Briefadres]:
    """The address of each of these families, secret ones included and marked; two queries."""
    ids = set(gezin_ids)
    namen: dict[UUID, str] = {}
    personen = Contactpersoon.objects.filter(gezin_id__in=ids).order_by("gezin_id", "pk")
    for gezin_id, naam in personen.values_list("gezin_id", "naam"):
        namen.setdefault(gezin_id, naam)
    gezinnen = Gezin.objects.filter(pk__in=ids).exclude(straat="").exclude(postcode="").exclude(huisnummer=None)
    return {
        g.pk: Briefadres(
            naam=namen.get(g.pk, ""),
            straat=g.straat,
            huisnummer=f"{g.huisnummer}{g.huisletter}{'-' + g.toevoeging if g.toevoeging else ''}",
            postcode=f"{g.postcode[:4]} {g.postcode[4:]}",
            woonplaats=g.woonplaats,
            geheim=g.geheim,
        )
        for g in gezinnen
    }


def coordinatoren() -> list[Coordinator]:
    """Every coordinator of every Gebied who can sign in; one query."""
    rijen = (
        RolToekenning.objects.filter(rol="coordinator", gebruiker__is_active=True)
        .annotate(ids=ArrayAgg("wijken__id", filter=Q(wijken__isnull=False), default=[]))
        .values_list("gebruiker_id", "gebied_id", "ids", "gebruiker__email")
        .order_by("gebruiker_id")
    )
    return [Coordinator(gebruiker, gebied, frozenset(ids), bool(email)) for gebruiker, gebied, ids, email in rijen]


def moeders_in_wijken(wijk_ids: Iterable[UUID]) -> QuerySet[Ooievaarsmoeder, Any]:
    """The ids of the volunteers who work in one of these wijken, as a subquery."""
    return Ooievaarsmoeder.objects.filter(wijken__in=list(wijk_ids)).order_by().values("pk")

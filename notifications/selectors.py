"""Reading the outbox: who may see which messages, what was planned before, and the letter list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from notifications.kanalen import beschikbaar
from notifications.models import Bericht, Briefregel, Kanaalstop, Pushabonnement, Tekstversie
from notifications.sjablonen import Sjabloon, Sleutel, tekst_voor
from notifications.stoplinks import stoplink
from ooievaar.selectors.benaderbaar import benaderbare_gezinnen
from ooievaar.selectors.bereik import (
    Briefadres,
    briefadressen,
    emailadressen,
    moeders_in_wijken,
    smsnummers,
    verzendregels,
)
from ooievaar.selectors.gebruikers import gebruikers_van_moeders

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def berichten_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Bericht]:
    """The messages this user may know of (api.md, "Who may do what").

    A coordinator: those to families and volunteers in her reach, and to herself. An Ooievaarsmoeder: those addressed
    to her. Anybody else: none.
    """
    bevoegd = gebruiker.bevoegdheid
    zichtbaar = Q(pk__in=[])
    for bereik in bevoegd.bereiken:
        if bereik.rol != "coordinator":
            continue
        deel = Q(gebied_id=bereik.gebied_id)
        if bereik.wijk_ids:
            deel &= (
                Q(gezin__wijk_id__in=bereik.wijk_ids)
                | Q(gebruiker_id=gebruiker.pk)
                | Q(ooievaarsmoeder__in=moeders_in_wijken(bereik.wijk_ids))
            )
        zichtbaar |= deel
    if bevoegd.heeft("ooievaarsmoeder") and bevoegd.ooievaarsmoeder_id:
        zichtbaar |= Q(ooievaarsmoeder_id=bevoegd.ooievaarsmoeder_id)
    return Bericht.objects.filter(zichtbaar)


def bestaande_sleutels(sleutels: Iterable[str]) -> frozenset[str]:
    """Which of these keys are in the outbox already, whatever became of the message."""
    return frozenset(Bericht.objects.filter(sleutel__in=list(sleutels)).values_list("sleutel", flat=True))


def aanleidingen_met(soort: str, aanleidingen: Iterable[str]) -> frozenset[str]:
    """About which of these there is a message of this kind, sent, waiting or cancelled."""
    rijen = Bericht.objects.filter(soort=soort, aanleiding__in=list(aanleidingen)).order_by()
    return frozenset(rijen.values_list("aanleiding", flat=True))


def doel_van(soort: str) -> str:
    """For which purpose a kind of message is sent (domain.md, rule 17)."""
    return "cafe" if soort.startswith("cafe") else "contact"


def kanaalstops(gezin_ids: Iterable[UUID], kanaal: str) -> frozenset[tuple[UUID, str]]:
    """Which of these families want nothing on this channel, as (family, purpose)."""
    ids = set(gezin_ids)
    if not ids:
        return frozenset()
    stops = Kanaalstop.objects.filter(gezin_id__in=ids, kanaal=kanaal)
    return frozenset(stops.values_list("gezin_id", "doel"))


def gestopte_kanalen(gezin_ids: Iterable[UUID], doel: str) -> dict[UUID, frozenset[str]]:
    """On which channels these families want nothing for this purpose; families without a stop are left out."""
    gevonden: dict[UUID, frozenset[str]] = {}
    stops = Kanaalstop.objects.filter(gezin_id__in=set(gezin_ids), doel=doel)
    for gezin_id, kanaal in stops.values_list("gezin_id", "kanaal"):
        gevonden[gezin_id] = gevonden.get(gezin_id, frozenset()) | {kanaal}
    return gevonden


def met_push(*, ooievaarsmoeder_ids: Iterable[UUID] = (), gebruiker_ids: Iterable[UUID] = ()) -> frozenset[UUID]:
    """Which of these have a browser that takes push messages; two queries."""
    gebruikers = gebruikers_van_moeders(ooievaarsmoeder_ids) | {pk: pk for pk in gebruiker_ids}
    abonnementen = Pushabonnement.objects.filter(gebruiker_id__in=set(gebruikers.values()))
    met = set(abonnementen.values_list("gebruiker_id", flat=True))
    return frozenset(pk for pk, gebruiker_id in gebruikers.items() if gebruiker_id in met)


def spoedkanalen(
    *, ooievaarsmoeder_ids: Iterable[UUID] = (), gebruiker_ids: Iterable[UUID] = ()
) -> dict[UUID, tuple[str, ...]]:
    """Every channel on which each of these can be reached, for what cannot wait: all are used at once."""
    moeders, gebruikers = set(ooievaarsmoeder_ids), set(gebruiker_ids)
    push = met_push(ooievaarsmoeder_ids=moeders, gebruiker_ids=gebruikers)
    nummers = smsnummers(ooievaarsmoeder_ids=moeders, gebruiker_ids=gebruikers)
    adressen = emailadressen(ooievaarsmoeder_ids=moeders, gebruiker_ids=gebruikers)
    kan = beschikbaar()
    return {
        pk: (
            "app",
            *(k for k, bekend in (("push", push), ("sms", nummers), ("email", adressen)) if k in kan and pk in bekend),
        )
        for pk in moeders | gebruikers
    }


def eigen_teksten() -> dict[UUID, dict[Sleutel, Sjabloon]]:
    """The newest own texts of every Gebied; one query."""
    gevonden: dict[UUID, dict[Sleutel, Sjabloon]] = {}
    for rij in Tekstversie.objects.order_by("gebied_id", "soort", "kanaal", "taal", "nummer"):
        teksten = gevonden.setdefault(rij.gebied_id, {})
        teksten[rij.soort, rij.kanaal, rij.taal] = Sjabloon(rij.onderwerp, rij.tekst, rij.nagekeken_op is not None)
    return gevonden


@dataclass(frozen=True)
class Brief:
    """A letter to print and post."""

    soort: str
    adres: Briefadres
    tekst: str


@dataclass(frozen=True)
class Brievenlijst:
    """The letters of a day, and how many were left out because of a secret, missing or stopped address."""

    brieven: list[Brief]
    geheim: int
    zonder_adres: int
    gestopt: int


def brievenlijst(dag: date, *, gebied_code: str | None = None) -> Brievenlijst:
    """The letters of a day, with addresses as they are now.

    A family that may not be contacted any more gets none (rules 3 and 4); a secret address is on no list (rule 5): the
    one named coordinator writes to them.
    """
    rijen = Briefregel.objects.filter(dag=dag, bericht__gezin__isnull=False).select_related("bericht")
    if gebied_code is not None:
        rijen = rijen.filter(gebied__code=gebied_code)
    gezin_ids = {rij.bericht.gezin_id: None for rij in rijen if rij.bericht.gezin_id}
    benaderbaar = benaderbare_gezinnen(gezin_ids)
    adressen = briefadressen(gezin_ids)
    regels = verzendregels()
    eigen = eigen_teksten()
    brieven = []
    geheim = zonder_adres = gestopt = 0
    for rij in rijen:
        bericht = rij.bericht
        adres = adressen.get(bericht.gezin_id) if bericht.gezin_id else None
        if bericht.gezin_id not in benaderbaar:
            gestopt += 1
        elif adres is None:
            zonder_adres += 1
        elif adres.geheim:
            geheim += 1
        else:
            regel = regels[rij.gebied_id]
            _onderwerp, tekst = tekst_voor(
                bericht.soort,
                bericht.kanaal,
                bericht.context,
                gebied=regel.naam,
                telefoonnummer=regel.telefoonnummer,
                taal=bericht.taal,
                link=stoplink(bericht.gezin_id, bericht.kanaal) if bericht.gezin_id else "",
                eigen=eigen.get(rij.gebied_id),
            )
            brieven.append(Brief(bericht.soort, adres, tekst))
    brieven.sort(key=lambda b: (b.adres.postcode, b.adres.straat, b.adres.huisnummer, b.soort))
    return Brievenlijst(brieven, geheim, zonder_adres, gestopt)

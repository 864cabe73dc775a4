"""Reading the outbox: who may see which messages, what was planned before, and the letter list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from notifications.models import Bericht, Berichtstatus, Briefregel
from notifications.sjablonen import tekst_voor
from ooievaar.selectors.benaderbaar import Contact, contactstanden
from ooievaar.selectors.bereik import Briefadres, briefadressen, moeders_in_wijken, verzendregels

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


def aanleidingen_met(soort: str, aanleidingen: Iterable[str], *, ook_geannuleerd: bool = True) -> frozenset[str]:
    """About which of these there is a message of this kind: sent or waiting, and (by default) cancelled ones too."""
    rijen = Bericht.objects.filter(soort=soort, aanleiding__in=list(aanleidingen)).order_by()
    if not ook_geannuleerd:
        rijen = rijen.exclude(status=Berichtstatus.GEANNULEERD)
    return frozenset(rijen.values_list("aanleiding", flat=True))


def berichten_over(aanleidingen: Iterable[str]) -> list[Bericht]:
    """Every message about one of these, to whomever, the first planned one first."""
    return list(Bericht.objects.filter(aanleiding__in=list(aanleidingen)).order_by("aangemaakt_op", "id"))


@dataclass(frozen=True)
class Brief:
    """A letter to print and post."""

    soort: str
    adres: Briefadres
    tekst: str


@dataclass(frozen=True)
class Brievenlijst:
    """The letters of a day, and how many were left out: secret, no address, stopped, or waiting for a person."""

    brieven: list[Brief]
    geheim: int
    zonder_adres: int
    gestopt: int
    wacht: int


def brievenlijst(dag: date, *, gebied_code: str | None = None) -> Brievenlijst:
    """The letters of a day, with addresses as they are now.

    A family that may not be contacted any more gets none (rules 3 and 4); a secret address is on no list (rule 5): the
    one named coordinator writes to them.
    """
    rijen = Briefregel.objects.filter(dag=dag, bericht__gezin__isnull=False).select_related("bericht")
    if gebied_code is not None:
        rijen = rijen.filter(gebied__code=gebied_code)
    gezin_ids = {rij.bericht.gezin_id: None for rij in rijen if rij.bericht.gezin_id}
    contact = contactstanden(gezin_ids)
    adressen = briefadressen(gezin_ids)
    regels = verzendregels()
    brieven = []
    geheim = zonder_adres = gestopt = wacht = 0
    for rij in rijen:
        bericht = rij.bericht
        adres = adressen.get(bericht.gezin_id) if bericht.gezin_id else None
        stand = contact.get(bericht.gezin_id, Contact.GESTOPT) if bericht.gezin_id else Contact.GESTOPT
        if stand is Contact.GESTOPT:
            gestopt += 1
        elif stand is Contact.WACHT:
            wacht += 1
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
            )
            brieven.append(Brief(bericht.soort, adres, tekst))
    brieven.sort(key=lambda b: (b.adres.postcode, b.adres.straat, b.adres.huisnummer, b.soort))
    return Brievenlijst(brieven, geheim, zonder_adres, gestopt, wacht)


def gezinnen_met_verzonden_bericht(gezin_ids: Iterable[UUID]) -> set[UUID]:
    """To which of these families a message went, or may have gone."""
    weg = [Berichtstatus.VERZONDEN, Berichtstatus.ONZEKER, Berichtstatus.BEZIG]
    rijen = Bericht.objects.filter(gezin_id__in=list(gezin_ids), status__in=weg).order_by()
    return {gezin_id for gezin_id in rijen.values_list("gezin_id", flat=True).distinct() if gezin_id}


def berichtstatussen() -> list[tuple[str, str]]:
    """The states a message can be in, with their words."""
    return [(status.value, str(status.label)) for status in Berichtstatus]

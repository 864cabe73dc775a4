"""Putting back what was a mistake (domain.md, rule 3): a person does it, and nothing is sent by itself."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pghistory
from django.db import transaction

from bezoeken.instellingen import vensterregels
from bezoeken.kraambezoek.fouten import HeeftBezoek, NietAfgesloten, NietBevestigd
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen, overgang
from bezoeken.models import Bezoek, Bezoekkind
from bezoeken.toestand import Actie, Afsluitreden, Status, naar
from bezoeken.venster import peildatum
from ooievaar.services.gezinnen import (
    contactstop_opheffen,
    gezin_hersteld,
    gezin_vergrendelen,
    pasgeborene_herstellen,
    pasgeborene_vergrendelen,
    pasgeborenen_terug,
)


@transaction.atomic
def bezoek_herstellen(*, bezoek_id: UUID, reden: str, bevestigd: bool, nu: datetime) -> Bezoek:
    """Reopen a closed visit. Cancelled messages stay cancelled until a person plans them again.

    A contactstop stays: that is taken back at the family. Raises NietBevestigd, NietAfgesloten.
    """
    if not bevestigd:
        raise NietBevestigd
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    overgang(bezoek, Actie.HERSTELLEN)
    gezin = gezin_vergrendelen(gezin_id=bezoek.gezin_id)
    pghistory.context(reden=reden)
    if bezoek.afsluitreden == Afsluitreden.VERHUISD:
        pasgeborenen_terug(gezin=gezin)
    gezin_hersteld(gezin=gezin, nu=nu)
    _heropen(bezoek)
    return bezoek


def _heropen(bezoek: Bezoek) -> None:
    bezoek.status = naar(Actie.HERSTELLEN, bezoek.status)
    bezoek.afsluitreden = ""
    bezoek.afgesloten_op = None
    bezoek.ooievaarsmoeder = None
    bezoek.aanvaard_op = None
    bezoek.save(update_fields=["status", "afsluitreden", "afgesloten_op", "ooievaarsmoeder", "aanvaard_op"])


@transaction.atomic
def pasgeborene_terugzetten(*, pasgeborene_id: UUID, reden: str, bevestigd: bool, nu: datetime) -> None:
    """A death was reported by mistake: the child counts again and its visit opens.

    Visits of the family that this stop had closed open too, but only when no other child is still `vervallen`.
    Raises NietBevestigd, NietAfgesloten.
    """
    if not bevestigd:
        raise NietBevestigd
    gezin, pasgeborene = pasgeborene_vergrendelen(pasgeborene_id=pasgeborene_id)
    if pasgeborene.overleden_gemeld_op is None and pasgeborene.status == "actief":
        raise NietAfgesloten
    pghistory.context(reden=reden)
    pasgeborene_herstellen(pasgeborene=pasgeborene)
    gewone = Bezoekkind.objects.filter(pasgeborene_id=pasgeborene_id, bezoek__soort=Bezoek.Soort.GEBOORTE)
    gewone.update(telt_mee=True)
    gezin_hersteld(gezin=gezin, nu=nu)
    visits = Bezoek.objects.select_for_update(of=("self",)).filter(
        kinderen__pasgeborene_id=pasgeborene_id, status=Status.AFGESLOTEN, afsluitreden=Afsluitreden.VERVALLEN
    )
    for bezoek in visits.order_by("pk"):
        _heropen(bezoek)


@transaction.atomic
def gezin_mag_weer(*, gezin_id: UUID, reden: str, nu: datetime) -> None:
    """The family asked for contact again. Its visits stay closed until a person reopens them."""
    gezin = gezin_vergrendelen(gezin_id=gezin_id)
    if not gezin.contactstop_reden:
        raise NietAfgesloten
    pghistory.context(reden=reden)
    contactstop_opheffen(gezin=gezin, nu=nu)


@transaction.atomic
def venster_verplaatsen(*, bezoek_id: UUID, begin: date, eind: date, reden: str) -> Bezoek:
    """The coordinator moves the window, with a coded reason; coverage reports both. Raises Afgesloten, Bezocht."""
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    overgang(bezoek, Actie.VERPLAATSEN)
    bezoek.venster_begin, bezoek.venster_eind, bezoek.venster_reden = begin, eind, reden
    bezoek.save(update_fields=["venster_begin", "venster_eind", "venster_reden"])
    return bezoek


@transaction.atomic
def inhaalbezoek_maken(*, pasgeborene_id: UUID, begin: date, eind: date, nu: datetime) -> Bezoek:
    """A catch-up visit for a child whose wijk started later: its own window, in no coverage figure.

    Raises HeeftBezoek when a visit of this child runs or took place.
    """
    gezin, pasgeborene = pasgeborene_vergrendelen(pasgeborene_id=pasgeborene_id)
    bezet = Bezoekkind.objects.filter(pasgeborene_id=pasgeborene_id).exclude(bezoek__status=Status.AFGESLOTEN)
    if bezet.exists() or pasgeborene.status != "actief" or gezin.contactstop_reden or gezin.stil_sinds:
        raise HeeftBezoek
    bezoek = Bezoek.objects.create(
        gebied_id=gezin.gebied_id,
        gezin_id=gezin.pk,
        wijk_id=gezin.wijk_id,
        soort=Bezoek.Soort.INHAAL,
        geboortedatum=pasgeborene.geboortedatum,
        venster_begin=begin,
        venster_eind=eind,
        gemeld_op=nu,
    )
    Bezoekkind.objects.create(
        bezoek=bezoek,
        pasgeborene_id=pasgeborene_id,
        gebied_id=gezin.gebied_id,
        wijk_id=gezin.wijk_id,
        geboortedatum=pasgeborene.geboortedatum,
        peildatum=peildatum(pasgeborene.geboortedatum, vensterregels(gezin.gebied)),
        telt_mee=False,
        bezoek_status=bezoek.status,
        venster_eind=eind,
    )
    return bezoek

"""Putting back what was a mistake (domain.md, rules 3 and 4): a person does it, and nothing is sent by itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pghistory
from django.db import transaction

from bezoeken.instellingen import vensterregels
from bezoeken.kraambezoek.fouten import HeeftBezoek, NietAfgesloten, NietBevestigd
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen, overgang
from bezoeken.models import Bezoek, Bezoekkind
from bezoeken.toestand import Actie, Afsluitreden, Status, naar
from bezoeken.venster import peildatum
from ooievaar.selectors.benaderbaar import mag_benaderd_worden
from ooievaar.services.gezinnen import (
    contactstop_opheffen,
    gezin_hersteld,
    gezin_van_kind,
    pasgeborene_herstellen,
    pasgeborene_vergrendelen,
    pasgeborenen_terug,
    sterfmomenten,
)
from ooievaar.services.koppelingen import verbonden_gezinnen_vergrendelen

if TYPE_CHECKING:
    from ooievaar.models import Gezin, Pasgeborene


@transaction.atomic
def bezoek_herstellen(*, bezoek_id: UUID, reden: str, bevestigd: bool, nu: datetime) -> Bezoek:
    """Reopen a closed visit. Cancelled messages stay cancelled until a person plans them again.

    After the death of a twin this is how a person restarts the visit of the other. When every child of the visit was
    reported dead, reopening it says that this was a mistake. A contactstop stays: that is taken back at the family.
    Raises NietBevestigd, NietAfgesloten.
    """
    if not bevestigd:
        raise NietBevestigd
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    overgang(bezoek, Actie.HERSTELLEN)
    pghistory.context(reden=reden)
    gezinnen = verbonden_gezinnen_vergrendelen(gezin_id=bezoek.gezin_id)
    gezin = next(gezin for gezin in gezinnen if gezin.pk == bezoek.gezin_id)
    if bezoek.afsluitreden == Afsluitreden.VERHUISD:
        pasgeborenen_terug(gezin=gezin)
    kinderen = [kind.pasgeborene for kind in bezoek.kinderen.select_related("pasgeborene")]
    if kinderen and all(kind.overleden_gemeld_op for kind in kinderen):
        for kind in kinderen:
            _weer_meetellen(kind)
    _niet_meer_stil(gezinnen, bezoek.gezin_id, nu)
    _heropen(bezoek, gezin)
    return bezoek


def _niet_meer_stil(gezinnen: list[Gezin], eigen: UUID, nu: datetime, *, stil_sinds: datetime | None = None) -> None:
    """The stop of this family is taken back, and the silence of those linked to it (unless another death keeps it)."""
    for gezin in gezinnen:
        if gezin.pk == eigen or gezin.stil_sinds:
            gezin_hersteld(gezin=gezin, nu=nu, stil_sinds=stil_sinds)


def _heropen(bezoek: Bezoek, gezin: Gezin) -> None:
    """Open again, with nobody. Until the visit the wijk follows the family, which may have moved meanwhile (rule 6)."""
    bezoek.status = naar(Actie.HERSTELLEN, bezoek.status)
    bezoek.afsluitreden = ""
    bezoek.afgesloten_op = None
    bezoek.ooievaarsmoeder = None
    bezoek.aanvaard_op = None
    bezoek.wijk_id = gezin.wijk_id
    bezoek.save(update_fields=["status", "afsluitreden", "afgesloten_op", "ooievaarsmoeder", "aanvaard_op", "wijk"])


def _weer_meetellen(pasgeborene: Pasgeborene) -> None:
    pasgeborene_herstellen(pasgeborene=pasgeborene)
    gewone = Bezoekkind.objects.filter(pasgeborene_id=pasgeborene.pk, bezoek__soort=Bezoek.Soort.GEBOORTE)
    gewone.update(telt_mee=True)


@transaction.atomic
def pasgeborene_terugzetten(*, pasgeborene_id: UUID, reden: str, bevestigd: bool, nu: datetime) -> None:
    """A death was reported by mistake, or a child did not move away after all: it counts again and its visit opens.

    When another child died the family stays silent and the visits stay closed: who restarts them does that at the
    visit. Raises NietBevestigd, NietAfgesloten.
    """
    if not bevestigd:
        raise NietBevestigd
    gezinnen = verbonden_gezinnen_vergrendelen(gezin_id=gezin_van_kind(pasgeborene_id=pasgeborene_id))
    gezin, pasgeborene = pasgeborene_vergrendelen(pasgeborene_id=pasgeborene_id)
    if pasgeborene.status == "actief":
        raise NietAfgesloten
    pghistory.context(reden=reden)
    if pasgeborene.status == "verhuisd":
        pasgeborenen_terug(gezin=gezin)
        gezin_hersteld(gezin=gezin, nu=nu, stil_sinds=gezin.stil_sinds)
        _heropen_gesloten(gezin, Afsluitreden.VERHUISD, pasgeborene_id)
        return
    gemeld_op = pasgeborene.overleden_gemeld_op
    _weer_meetellen(pasgeborene)
    stil_sinds = gezin.stil_sinds
    # Silence that began before this report has another cause, and so has that of a death reported since.
    eerder = stil_sinds if stil_sinds and gemeld_op and stil_sinds < gemeld_op else None
    ander = sterfmomenten(gezin_ids=[een.pk for een in gezinnen], behalve=pasgeborene_id)
    blijft = eerder or next((moment for moment in ander if stil_sinds and moment >= stil_sinds), None)
    _niet_meer_stil(gezinnen, gezin.pk, nu, stil_sinds=blijft)
    if blijft is None:
        for een in gezinnen:
            _heropen_gesloten(een, Afsluitreden.VERVALLEN, pasgeborene_id, sinds=gemeld_op)


def _heropen_gesloten(
    gezin: Gezin, reden: Afsluitreden, pasgeborene_id: UUID, *, sinds: datetime | None = None
) -> None:
    """Open the visits of this family that were closed for this reason: of this child, and (`sinds`) by this report."""
    visits = Bezoek.objects.select_for_update(of=("self",)).filter(
        gezin_id=gezin.pk, status=Status.AFGESLOTEN, afsluitreden=reden.value
    )
    van_kind = set(Bezoekkind.objects.filter(pasgeborene_id=pasgeborene_id).values_list("bezoek_id", flat=True))
    for bezoek in visits.order_by("pk"):
        if bezoek.pk in van_kind or (sinds is not None and bezoek.afgesloten_op == sinds):
            _heropen(bezoek, gezin)


@transaction.atomic
def gezin_mag_weer(*, gezin_id: UUID, reden: str, nu: datetime) -> None:
    """The family asked for contact again, also for the families linked to it. Visits stay closed until a person

    reopens them. Raises NietAfgesloten.
    """
    gezinnen = verbonden_gezinnen_vergrendelen(gezin_id=gezin_id)
    if not any(gezin.contactstop_reden for gezin in gezinnen):
        raise NietAfgesloten
    pghistory.context(reden=reden)
    for gezin in gezinnen:
        contactstop_opheffen(gezin=gezin, nu=nu)


@transaction.atomic
def contact_hervatten(*, gezin_id: UUID, reden: str, bevestigd: bool, nu: datetime) -> None:
    """A person ends the silence after a death, also of the families linked to this one (rule 3: only a person does).

    The death stays on record and nothing opens: for a later child, or for the café. Raises NietBevestigd,
    NietAfgesloten.
    """
    if not bevestigd:
        raise NietBevestigd
    gezinnen = verbonden_gezinnen_vergrendelen(gezin_id=gezin_id)
    if not any(gezin.stil_sinds for gezin in gezinnen):
        raise NietAfgesloten
    pghistory.context(reden=reden)
    _niet_meer_stil(gezinnen, gezin_id, nu)


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

    Raises HeeftBezoek when a visit of this child runs or took place, or when the family may not be contacted.
    """
    gezin, pasgeborene = pasgeborene_vergrendelen(pasgeborene_id=pasgeborene_id)
    bezet = Bezoekkind.objects.filter(pasgeborene_id=pasgeborene_id).exclude(bezoek__status=Status.AFGESLOTEN)
    if bezet.exists() or pasgeborene.status != "actief" or not mag_benaderd_worden(gezin.pk):
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

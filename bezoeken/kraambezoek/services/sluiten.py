"""Visits that will not take place: refusal, closing by the coordinator, death, contactstop, moving away.

All of them go through `_sluit`, so that every stop lets go of the same things in the same transaction.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from bezoeken.kraambezoek.fouten import Afgesloten
from bezoeken.kraambezoek.services.losmaken import losmaken
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen, overgang
from bezoeken.models import Bezoek, Bezoekkind
from bezoeken.sjpruutcafe.services.loslaten import cafes_loslaten
from bezoeken.toestand import Actie, Afsluitreden, Status, mag
from notifications.services import berichten_annuleren
from ooievaar.services.gezinnen import (
    contactstop_zetten,
    gezin_stil_zetten,
    gezin_van_kind,
    gezin_vergrendelen,
    overlijden_vastleggen,
    pasgeborene_vergrendelen,
    pasgeborenen_verhuisd,
)
from ooievaar.services.koppelingen import verbonden_gezinnen_vergrendelen
from voorraad.services.sjop import sjop_stoppen

if TYPE_CHECKING:
    from ooievaar.models import Gezin


def _sluit(bezoek: Bezoek, actie: Actie, reden: Afsluitreden, nu: datetime) -> Bezoek:
    """Close one locked visit; what hung on it lets go. The volunteer stays written on it, so she hears why it ended."""
    bezoek.status = overgang(bezoek, actie)
    losmaken(bezoek=bezoek, eindreden=reden.value, nu=nu)
    bezoek.afsluitreden = reden.value
    bezoek.afgesloten_op = nu
    bezoek.save(update_fields=["status", "afsluitreden", "afgesloten_op"])
    return bezoek


@transaction.atomic
def bezoek_sluiten(*, bezoek_id: UUID, reden: Afsluitreden, nu: datetime) -> Bezoek:
    """The coordinator closes a visit with a reason. The same reason again changes nothing.

    `vervallen` also silences the family and those linked to it, as every stop for a death does; `verhuisd` moves the
    whole family out of the Gebied. Raises Afgesloten, Bezocht.
    """
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    if bezoek.status == Status.AFGESLOTEN and bezoek.afsluitreden == reden:
        return bezoek
    _sluit(bezoek, Actie.SLUITEN, reden, nu)
    if reden is Afsluitreden.VERVALLEN:
        for gezin in verbonden_gezinnen_vergrendelen(gezin_id=bezoek.gezin_id):
            gezin_stil_zetten(gezin=gezin, nu=nu)
            _zwijg(gezin, nu)
    elif reden is Afsluitreden.VERHUISD:
        gezin_vertrokken(gezin=gezin_vergrendelen(gezin_id=bezoek.gezin_id), nu=nu)
    return bezoek


@transaction.atomic
def bezoek_weigeren(*, bezoek_id: UUID, alles: bool, nu: datetime) -> Bezoek:
    """The family does not want this visit; with `alles` it wants no contact at all (domain.md, rule 4).

    Refusing again changes nothing but may add the contactstop. Raises Afgesloten (closed for another reason), Bezocht.
    """
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    if bezoek.status == Status.AFGESLOTEN and bezoek.afsluitreden != Afsluitreden.GEWEIGERD:
        raise Afgesloten
    if bezoek.status != Status.AFGESLOTEN:
        _sluit(bezoek, Actie.WEIGEREN, Afsluitreden.GEWEIGERD, nu)
    if alles:
        gezin_stoppen(gezin_id=bezoek.gezin_id, reden="geweigerd", nu=nu)
        bezoek.refresh_from_db()
    return bezoek


@transaction.atomic
def gezin_stoppen(*, gezin_id: UUID, reden: str, nu: datetime) -> None:
    """Contactstop: every visit of the family that still runs is closed as refused, and nothing unsent leaves.

    It follows every linked person: the same happens to each family that a person has linked to this one (rule 2).
    """
    for gezin in verbonden_gezinnen_vergrendelen(gezin_id=gezin_id):
        contactstop_zetten(gezin=gezin, reden=reden, nu=nu)
        _sluit_lopende(gezin, Actie.WEIGEREN, Afsluitreden.GEWEIGERD, nu)
        _zwijg(gezin, nu)


@transaction.atomic
def overlijden_melden(*, pasgeborene_id: UUID, nu: datetime) -> None:
    """Death or stillbirth (domain.md, rule 3): everything stops, in this one transaction.

    The visit closes as `vervallen`, also for a surviving twin; appointment, box and unsent messages go; the family
    hears nothing by itself until a person restarts, and neither does a family linked to it: they are the same people.
    The child leaves every figure. Reporting it again changes nothing.
    """
    gezinnen = verbonden_gezinnen_vergrendelen(gezin_id=gezin_van_kind(pasgeborene_id=pasgeborene_id))
    _gezin, pasgeborene = pasgeborene_vergrendelen(pasgeborene_id=pasgeborene_id)
    if pasgeborene.overleden_gemeld_op is not None:
        return
    overlijden_vastleggen(pasgeborene=pasgeborene, nu=nu)
    for gezin in gezinnen:
        gezin_stil_zetten(gezin=gezin, nu=nu)
        _sluit_lopende(gezin, Actie.VERVALLEN, Afsluitreden.VERVALLEN, nu)
        _zwijg(gezin, nu)
    Bezoekkind.objects.filter(pasgeborene_id=pasgeborene_id).update(telt_mee=False)


@transaction.atomic
def gezin_vertrokken(*, gezin: Gezin, nu: datetime) -> None:
    """The family (locked) moved out of the Gebied: its running visits close as `verhuisd`, its children moved along."""
    pasgeborenen_verhuisd(gezin=gezin)
    _sluit_lopende(gezin, Actie.SLUITEN, Afsluitreden.VERHUISD, nu)
    _zwijg(gezin, nu)


def _zwijg(gezin: Gezin, nu: datetime) -> None:
    """The family (locked) is off the lists of the cafés and of the Sjop, and nothing unsent leaves."""
    cafes_loslaten(gezin_ids=[gezin.pk], nu=nu)
    sjop_stoppen(aanleiding=f"gezin:{gezin.pk}", nu=nu)
    berichten_annuleren(gezin_id=gezin.pk, nu=nu)


def _sluit_lopende(gezin: Gezin, actie: Actie, reden: Afsluitreden, nu: datetime) -> None:
    visits = Bezoek.objects.select_for_update(of=("self",)).filter(gezin_id=gezin.pk).order_by("pk")
    for bezoek in visits:
        if mag(actie, bezoek.status):
            _sluit(bezoek, actie, reden, nu)

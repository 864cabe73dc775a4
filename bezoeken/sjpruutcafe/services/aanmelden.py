"""Signing up, off, and the offers to who waits: always under the lock of the café, never more people than chairs."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from bezoeken.gastenlijst import (
    ACTIEF,
    Aanmeldactie,
    Aanmeldstatus,
    Plaatsen,
    aan_de_beurt,
    aanbod_tot,
    naar,
    past_direct,
)
from bezoeken.kraambezoek.fouten import GeenContact
from bezoeken.models import Cafeaanmelding, Sjpruutcafe
from bezoeken.sjpruutcafe.fouten import CafeAfgelast, CafeVoorbij, GeenAanbod, GroepTeGroot, NietAangemeld
from bezoeken.sjpruutcafe.selectors.regels import regels_van
from bezoeken.sjpruutcafe.services.berichten import vertel, verzendmoment, zwijg
from bezoeken.sjpruutcafe.services.lijst import (
    Lijst,
    capaciteit,
    lijst_met_gezinnen,
    lijst_vergrendelen,
    zet,
)
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.benaderbaar import benaderbare_gezinnen
from ooievaar.selectors.gezinnen import gezinnen_waarvoor

logger = logging.getLogger(__name__)


@transaction.atomic
def aanmelden(
    *, cafe_id: UUID, gezin_id: UUID, volwassenen: int, kinderen: int, via: str, nu: datetime
) -> tuple[Cafeaanmelding, bool]:
    """A family signs up; it is in when there is room, else at the end of the queue. Returns it, and whether it is new.

    The same family again gets its first answer and nothing changes; who had left comes in at the end. Raises
    NietGevonden, GeenContact, CafeAfgelast, CafeVoorbij, GroepTeGroot.
    """
    if gezin_id not in benaderbare_gezinnen([gezin_id], vergrendel=True):
        raise GeenContact
    lijst = lijst_vergrendelen(cafe_id=cafe_id, nu=nu)
    cafe = lijst.cafe
    if not gezinnen_waarvoor(Q(pk=gezin_id, gebied_id=cafe.gebied_id)).exists():
        raise NietGevonden
    _open(cafe, nu)
    rij = lijst.van(gezin_id)
    if rij is not None and rij.status in ACTIEF:
        return rij, False
    nieuw = Plaatsen(volwassenen, kinderen)
    if not nieuw.past_in(capaciteit(cafe)):
        raise GroepTeGroot
    rij = rij or Cafeaanmelding(cafe=cafe, gezin_id=gezin_id, status="")
    actie = Aanmeldactie.PLAATSEN if past_direct(lijst.vrij, lijst.wachtenden, nieuw) else Aanmeldactie.WACHTEN
    rij.status = naar(actie, rij.status or None)
    rij.volwassenen, rij.kinderen = volwassenen, kinderen
    rij.volgnummer, rij.via, rij.aangemeld_op = lijst.volgend_nummer, via, nu
    rij.aangeboden_tot = rij.afgemeld_op = None
    rij.save()
    soort = "plekBevestiging" if rij.status == Aanmeldstatus.AANGEMELD else "plekWachtlijst"
    vertel(cafe=cafe, soort=soort, aan=[rij], nu=nu)
    return rij, True


@transaction.atomic
def afmelden(*, cafe_id: UUID, gezin_id: UUID, nu: datetime) -> Cafeaanmelding:
    """The family can not come. Its places go to who waits. Signing off again changes nothing.

    Raises NietGevonden, NietAangemeld, CafeVoorbij.
    """
    benaderbare_gezinnen([gezin_id], vergrendel=True)
    lijst = lijst_vergrendelen(cafe_id=cafe_id, nu=nu)
    rij = lijst.van(gezin_id)
    if rij is None:
        raise NietAangemeld
    if rij.status in ACTIEF:
        if lijst.cafe.begin <= nu:
            raise CafeVoorbij
        zet(rij, Aanmeldactie.AFMELDEN, op=nu)
        zwijg(cafe_id=cafe_id, gezin_id=gezin_id, nu=nu)
        na_vrijkomen(cafe_id, nu)
    return rij


@transaction.atomic
def aanbod_aannemen(*, cafe_id: UUID, gezin_id: UUID, nu: datetime) -> Cafeaanmelding:
    """The family takes the place that is kept for it; who has it already keeps it.

    Raises NietGevonden, NietAangemeld, GeenContact, CafeAfgelast, CafeVoorbij, GeenAanbod when it is too late.
    """
    if gezin_id not in benaderbare_gezinnen([gezin_id], vergrendel=True):
        raise GeenContact
    lijst = lijst_vergrendelen(cafe_id=cafe_id, nu=nu)
    _open(lijst.cafe, nu)
    rij = lijst.van(gezin_id)
    if rij is None:
        raise NietAangemeld
    if rij.status == Aanmeldstatus.AANGEMELD:
        return rij
    if rij.status != Aanmeldstatus.AANGEBODEN:
        raise GeenAanbod
    zet(rij, Aanmeldactie.AANNEMEN)
    zwijg(cafe_id=cafe_id, gezin_id=gezin_id, nu=nu)
    vertel(cafe=lijst.cafe, soort="plekBevestiging", aan=[rij], nu=nu, onderwerp=f"plek:{rij.pk}:{rij.volgnummer}")
    return rij


def na_vrijkomen(cafe_id: UUID, nu: datetime) -> None:
    """Offer what came free as soon as this transaction is done: then in the order of the locks. The sweep does it too,

    so a doorbell that is lost costs a minute.
    """
    transaction.on_commit(partial(plekken_aanbieden, cafe_id=cafe_id, nu=nu), robust=True)


@transaction.atomic
def plekken_aanbieden(*, cafe_id: UUID, nu: datetime) -> int:
    """Offer free places to the first of the queue who fit, each for 24 hours; returns how many offers.

    The time runs from when the family can have heard of it: an offer of Saturday night goes on Monday morning. A
    family that may not be contacted now is passed over and keeps its place in the queue.
    """
    lijst = lijst_met_gezinnen(cafe_id=cafe_id, statussen={Aanmeldstatus.WACHTLIJST}, nu=nu)
    cafe = lijst.cafe
    moment = verzendmoment(cafe.gebied_id, nu)
    if cafe.status != Sjpruutcafe.Status.GEPLAND or moment >= cafe.begin:
        return 0
    bereikbaar = {rij.pk for rij in lijst.rijen if rij.gezin_id in lijst.benaderbaar}
    wachtenden = [(pk, groep) for pk, groep in lijst.wachtenden if pk in bereikbaar]
    krijgen = set(aan_de_beurt(lijst.vrij, wachtenden)[0])
    tot = aanbod_tot(moment, cafe.begin, timedelta(hours=regels_van(cafe.gebied_id).aanbod_uren))
    aan = [rij for rij in lijst.rijen if rij.pk in krijgen]
    for rij in aan:
        zet(rij, Aanmeldactie.AANBIEDEN, tot=tot)
    bied_aan(lijst, aan, nu=nu)
    return len(aan)


def bied_aan(lijst: Lijst, aan: list[Cafeaanmelding], *, nu: datetime) -> None:
    """Tell these families that a place is kept for them, and until when; once for each offer."""
    for rij in aan:
        vertel(
            cafe=lijst.cafe,
            soort="plekAanbod",
            aan=[rij],
            nu=nu,
            onderwerp=f"aanbod:{rij.pk}:{rij.volgnummer}:{lijst.cafe.keer_verplaatst}",
            verloopt_op=rij.aangeboden_tot,
            tot=rij.aangeboden_tot,
        )


def _open(cafe: Sjpruutcafe, nu: datetime) -> None:
    """Raises CafeAfgelast, CafeVoorbij."""
    if cafe.status == Sjpruutcafe.Status.AFGELAST:
        raise CafeAfgelast
    if cafe.begin <= nu:
        raise CafeVoorbij

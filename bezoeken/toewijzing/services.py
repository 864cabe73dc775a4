"""Giving a visit to a volunteer, taking it back, and handing over what somebody had (domain.md, rules 7 and 8).

Lock order: gezin, bezoek, ooievaarsmoeder, stock, messages. The lock on the volunteer makes her weekly maximum hold
when two coordinators give her a visit at once.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bezoeken.kraambezoek.fouten import Afgesloten, Bezocht
from bezoeken.kraambezoek.services.contact import controleer_contact
from bezoeken.kraambezoek.services.losmaken import berichten_achterhaald, losmaken_van_haar
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen
from bezoeken.models import Bezoek, Contactstap, Toewijzing
from bezoeken.toestand import Actie, Status, mag, naar
from bezoeken.toewijzing import regels
from bezoeken.toewijzing.fouten import AL_GEWEEST, fout_bij
from bezoeken.toewijzing.selectors import BIJ_IEMAND, bezoeken_van_coordinator, toewijsfeiten
from notifications.services import push_uitzetten_op_telefoons
from ooievaar.platform.errors import Ongeldig
from ooievaar.services import ooievaarsmoeders
from voorraad.services import thuisplek

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker, Ooievaarsmoeder

OVERGEDRAGEN = "overgedragen"
INGETROKKEN = "ingetrokken"


@transaction.atomic
def toewijzen(*, bezoek_id: UUID, ooievaarsmoeder_id: UUID, door: Gebruiker | None, nu: datetime) -> Bezoek:
    """Give the visit to this volunteer, also when another has it: her access ends at once.

    The same volunteer again changes nothing. Raises Afgesloten for a visit that is closed or has been; NietActief,
    VogVerlopen, HeeftRelatie, Afwezig or Vol when a rule objects; GeenContact or KoppelingOnbeslist when the family
    may not be contacted (yet); Ongeldig for a volunteer who is not of this Gebied; NietGevonden for a visit that is
    gone.
    """
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    if not mag(Actie.TOEWIJZEN, bezoek.status):
        raise Afgesloten(AL_GEWEEST if bezoek.status == Status.BEZOCHT else None)
    if bezoek.ooievaarsmoeder_id == ooievaarsmoeder_id:
        return bezoek
    _controleer(bezoek, ooievaarsmoeder_id, nu=nu)
    maak_los(bezoek, eindreden=OVERGEDRAGEN, nu=nu)
    bezoek.status = naar(Actie.TOEWIJZEN, bezoek.status).value
    bezoek.ooievaarsmoeder_id = ooievaarsmoeder_id
    bezoek.aanvaard_op = None
    bezoek.contact_stap = max(bezoek.contact_stap, Contactstap.TOEGEWEZEN)
    bezoek.save(update_fields=["status", "ooievaarsmoeder", "aanvaard_op", "contact_stap"])
    Toewijzing.objects.create(
        bezoek=bezoek, ooievaarsmoeder_id=ooievaarsmoeder_id, toegewezen_op=nu, toegewezen_door=door
    )
    berichten_achterhaald(bezoek=bezoek, soorten=("nietToegewezen",), nu=nu)
    return bezoek


def _controleer(bezoek: Bezoek, moeder_id: UUID, *, nu: datetime) -> None:
    """Apply the hard rules to facts read after the lock on the volunteer, so that nobody else fills her week.

    Nobody is sent to a family that may not be contacted, or about which a person must first decide (rules 2 and 4).
    """
    controleer_contact(bezoek.gezin_id)
    if not ooievaarsmoeders.ooievaarsmoeder_vergrendelen(moeder_id=moeder_id, gebied_id=bezoek.gebied_id):
        raise Ongeldig([("ooievaarsmoeder", "onbekend", _("Deze Ooievaarsmoeder kennen we niet."))])
    feiten = toewijsfeiten(Bezoek.objects.filter(pk=bezoek.pk), nu=nu)
    bezwaar = regels.bezwaar(feiten.moeders[moeder_id], feiten.bezoeken[bezoek.pk], feiten.vandaag)
    if bezwaar is not None:
        raise fout_bij(bezwaar)


@transaction.atomic
def toewijzing_intrekken(*, bezoek_id: UUID, nu: datetime, eindreden: str = INGETROKKEN) -> Bezoek:
    """Take the visit back; it is open again. Nobody has it: nothing changes. Raises Bezocht, Afgesloten."""
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    if bezoek.status == Status.BEZOCHT:
        raise Bezocht
    if bezoek.status == Status.AFGESLOTEN:
        raise Afgesloten
    if bezoek.status in BIJ_IEMAND:
        maak_los(bezoek, eindreden=eindreden, nu=nu)
        bezoek.status = naar(Actie.INTREKKEN, bezoek.status).value
        bezoek.ooievaarsmoeder = None
        bezoek.aanvaard_op = None
        bezoek.save(update_fields=["status", "ooievaarsmoeder", "aanvaard_op"])
    return bezoek


def maak_los(bezoek: Bezoek, *, eindreden: str, nu: datetime) -> None:
    """What hung on the former volunteer ends; nobody has it: nothing to do."""
    if bezoek.ooievaarsmoeder_id is None:
        return
    losmaken_van_haar(bezoek=bezoek, eindreden=eindreden, nu=nu)


@transaction.atomic
def overdragen(*, moeder_id: UUID, door: Gebruiker, nu: datetime) -> list[UUID]:
    """Take back at once every visit of this volunteer that its coordinator may assign; returns which.

    Her access ends with this transaction. What she logged before it is never lost: the ended assignments tell that
    she had these visits, and what her phone still sends is applied or parked.
    """
    zijn_van_haar = bezoeken_van_coordinator(door).filter(ooievaarsmoeder_id=moeder_id, status__in=BIJ_IEMAND)
    # Always the same order of locks, so that two hand-overs at once do not wait for each other.
    bezoek_ids = list(zijn_van_haar.order_by("gezin_id", "id").values_list("id", flat=True))
    losgemaakt = []
    for bezoek_id in bezoek_ids:
        bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
        # The visit may have changed hands, or have taken place, between the list and its lock.
        if bezoek.ooievaarsmoeder_id == moeder_id and bezoek.status in BIJ_IEMAND:
            toewijzing_intrekken(bezoek_id=bezoek_id, nu=nu, eindreden=OVERGEDRAGEN)
            losgemaakt.append(bezoek_id)
    return losgemaakt


@transaction.atomic
def ooievaarsmoeder_aanmaken(*, door: Gebruiker, gegevens: dict[str, Any]) -> Ooievaarsmoeder:
    """A new volunteer, with a place in the stock for the boxes she takes home. Raises Ongeldig."""
    moeder = ooievaarsmoeders.ooievaarsmoeder_aanmaken(door=door, gegevens=gegevens)
    thuisplek(ooievaarsmoeder=moeder)
    return moeder


@transaction.atomic
def ooievaarsmoeder_wijzigen(
    *, moeder: Ooievaarsmoeder, door: Gebruiker, gegevens: dict[str, Any], nu: datetime
) -> Ooievaarsmoeder:
    """Change what is given; `moeder` is locked. Who leaves is told nothing more, on no phone. Raises Ongeldig."""
    voorheen = moeder.gebruiker
    moeder = ooievaarsmoeders.ooievaarsmoeder_wijzigen(moeder=moeder, door=door, gegevens=gegevens, nu=nu)
    if voorheen is not None and (not moeder.actief or moeder.gebruiker != voorheen):
        push_uitzetten_op_telefoons(gebruiker=voorheen)
    return moeder

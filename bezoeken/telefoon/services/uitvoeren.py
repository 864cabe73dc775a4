"""Doing what a Handeling says: for every soort the one service that the REST call of the same name uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bezoeken.kraambezoek.fouten import Afgesloten, Bezocht, NietToegewezen
from bezoeken.kraambezoek.services.aanvaarden import bezoek_aanvaarden, bezoek_afwijzen
from bezoeken.kraambezoek.services.afronden import bezoek_afronden
from bezoeken.kraambezoek.services.afspraak import afspraak_maken
from bezoeken.kraambezoek.services.poging import poging_vastleggen
from bezoeken.kraambezoek.services.sluiten import bezoek_weigeren, gezin_stoppen, overlijden_melden
from bezoeken.models import Bezoek, Handeling, Poging
from bezoeken.sjop.services import sjop_aanvragen, wensen_van
from bezoeken.sjpruutcafe.services.aanmelden import aanmelden
from bezoeken.telefoon.fouten import IncheckTeLaat, NogNietToepasbaar
from bezoeken.veiligheid.services import inchecken, uitchecken

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

Soort = Handeling.Soort
# Their rooms are not built: what she logged is kept for the coordinator, who arranges it by hand.
MET_DE_HAND = frozenset({Soort.DOORVERWIJZING})
# About being inside a home now: of no use to anybody later, so it is done or refused, and never waits.
NU_OF_NOOIT = frozenset({Soort.INCHECK, Soort.UITCHECK})
# What only who has the visit can do; from a former assignee it waits for the coordinator. A wish of the family for the
# Sjop or a café too: it begins something new, and messages go out by it.
ALLEEN_VAN_HAAR = frozenset(
    {Soort.AANVAARDING, Soort.AFWIJZING, Soort.AFSPRAAK, Soort.SJOPAANVRAAG, Soort.CAFE_AANMELDING}
)


@dataclass(frozen=True)
class Opdracht:
    """One Handeling to do, on behalf of who logged it. `moeder_id` is the volunteer who did it, if it was one."""

    soort: str
    bezoek: Bezoek
    gegevens: Any
    door: Gebruiker
    moeder_id: UUID | None
    moment: datetime


def voer_uit(opdracht: Opdracht, *, nu: datetime) -> bool:
    """Do it; False when it had been done already, under another id. Raises what the services raise.

    The visit and its family are locked by the caller.
    """
    bezoek, gegevens = opdracht.bezoek, opdracht.gegevens
    match opdracht.soort:
        case Soort.AANVAARDING:
            _hoort_bij_haar(opdracht)
            if bezoek.aanvaard_op is not None:
                return False
            bezoek_aanvaarden(bezoek_id=bezoek.pk, nu=nu)
        case Soort.AFWIJZING:
            _hoort_bij_haar(opdracht)
            bezoek_afwijzen(bezoek_id=bezoek.pk, nu=nu, **gegevens)
        case Soort.AFSPRAAK:
            afspraak_maken(bezoek_id=bezoek.pk, door=opdracht.door, nu=nu, **gegevens)
        case Soort.POGING:
            if Poging.objects.filter(bezoek=bezoek, door=opdracht.door, **gegevens).exists():
                return False
            poging_vastleggen(bezoek_id=bezoek.pk, door=opdracht.door, nu=nu, achteraf=True, **gegevens)
        case Soort.AFRONDING:
            return bezoek_afronden(
                bezoek_id=bezoek.pk,
                afronding=gegevens,
                door=opdracht.door,
                nu=nu,
                bezoeker_id=opdracht.moeder_id,
            )[1]
        case Soort.WEIGERING:
            return _weigeren(bezoek, alles=gegevens["alles"], nu=nu)
        case Soort.OVERLIJDEN:
            overlijden_melden(pasgeborene_id=gegevens["pasgeborene"], nu=nu)
        case Soort.CAFE_AANMELDING:
            return _aanmelden(opdracht, nu=nu)
        case Soort.INCHECK:
            return _inchecken(opdracht, nu=nu)
        case Soort.UITCHECK:
            uitchecken(bezoek_id=bezoek.pk, ooievaarsmoeder_id=_wie(opdracht), door=opdracht.door, nu=nu)
        case Soort.SJOPAANVRAAG:
            sjop_aanvragen(gezin_id=bezoek.gezin_id, wensen=wensen_van(gegevens), bron="bezoek", nu=nu)
        case _:
            raise NogNietToepasbaar
    return True


def _hoort_bij_haar(opdracht: Opdracht) -> None:
    """An acceptance is of the one who has the visit, never of who has it after her. Raises NietToegewezen."""
    if opdracht.moeder_id is not None and opdracht.bezoek.ooievaarsmoeder_id != opdracht.moeder_id:
        raise NietToegewezen


def _wie(opdracht: Opdracht) -> UUID:
    """Whose safety it is about: hers, or for a coordinator that of who has the visit. Raises NietToegewezen."""
    moeder_id = opdracht.moeder_id or opdracht.bezoek.ooievaarsmoeder_id
    if moeder_id is None:
        raise NietToegewezen
    return moeder_id


def _inchecken(opdracht: Opdracht, *, nu: datetime) -> bool:
    """She went in; the timer is the server's and starts now. One that arrives when it should have ended would only

    alarm people for nothing: she must say again whether she is inside. Raises IncheckTeLaat.
    """
    minuten = opdracht.gegevens["verwachte_minuten"]
    if min(opdracht.moment, nu) + timedelta(minutes=minuten) <= nu:
        raise IncheckTeLaat
    return inchecken(
        bezoek_id=opdracht.bezoek.pk,
        ooievaarsmoeder_id=_wie(opdracht),
        verwachte_minuten=minuten,
        door=opdracht.door,
        nu=nu,
    )[1]


def _aanmelden(opdracht: Opdracht, *, nu: datetime) -> bool:
    """Put the family on the list of a café; whether it is in or waits, her phone hears at its next download."""
    gegevens = opdracht.gegevens
    return aanmelden(
        cafe_id=gegevens["sjpruutcafe"],
        gezin_id=opdracht.bezoek.gezin_id,
        volwassenen=gegevens["volwassenen"],
        kinderen=gegevens["kinderen"],
        via="telefoon",
        nu=nu,
    )[1]


def _weigeren(bezoek: Bezoek, *, alles: bool, nu: datetime) -> bool:
    """A family that wants no contact at all is left alone, whatever became of its visit meanwhile."""
    al_geweigerd = bezoek.afsluitreden == "geweigerd"
    try:
        bezoek_weigeren(bezoek_id=bezoek.pk, alles=alles, nu=nu)
    except (Afgesloten, Bezocht):
        if not alles:
            raise
        gezin_stoppen(gezin_id=bezoek.gezin_id, reden="geweigerd", nu=nu)
    return alles or not al_geweigerd

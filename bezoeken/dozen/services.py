"""Boxes and visits: booking a box afterwards, and hearing in time that stock runs short."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from bezoeken.dozen.fouten import GeenDoosOpPlek
from bezoeken.dozen.selectors import Prognose, prognose_voor
from bezoeken.kraambezoek.services.vergrendelen import aanleiding, bezoek_vergrendelen
from bezoeken.models import Bezoekkind
from notifications.services import NieuwBericht, berichten_plannen
from ooievaar.kalender import volgende_verzendmoment
from ooievaar.platform.clock import dag_van
from ooievaar.selectors.bereik import Coordinator, coordinatoren, verzendregels
from ooievaar.selectors.gebieden import alle_gebieden
from voorraad.services import Uitgifte, alarmen_bijwerken, dozen_uitgeven

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker

# How far the guard looks: longer than the lead time of anything in a box.
_WEKEN = 13
SOORT = "voorraadTekort"


@transaction.atomic
def doos_alsnog_boeken(*, bezoekkind_id: UUID, door: Gebruiker | None, nu: datetime) -> Bezoekkind:
    """Book the box of a child whose visit took place, out of what is on record at the volunteer's place now.

    The line says when the visit was, and is booked today. Booked before: nothing changes. Raises GeenDoosOpPlek.
    """
    kind = Bezoekkind.objects.get(pk=bezoekkind_id)
    bezoek = bezoek_vergrendelen(bezoek_id=kind.bezoek_id)
    assert bezoek.bezocht_op is not None  # the list holds visits that took place
    uitgifte = Uitgifte(
        bezoek.ooievaarsmoeder_id, aanleiding(bezoek.pk), str(kind.pasgeborene_id), door, bezoek.bezocht_op
    )
    if uitgifte.deel not in dozen_uitgeven(uitgiften=[uitgifte], nu=nu):
        raise GeenDoosOpPlek
    if not kind.doos_gegeven:
        kind.doos_gegeven = True
        kind.save(update_fields=["doos_gegeven"])
    return kind


def voorraad_bewaken(*, nu: datetime) -> int:
    """Look ahead in every Gebied; who keeps its stock hears once of each article that runs short within its lead time.

    As often and as many at once as one likes: an alarm is open once, and its message has a key. Gives the new messages.
    """
    return sum(_bewaak(gebied, nu) for gebied in alle_gebieden())


@transaction.atomic
def _bewaak(gebied: Gebied, nu: datetime) -> int:
    vandaag = dag_van(nu)
    tekorten = tekorten_binnen_levertijd(prognose_voor(gebied=gebied, vandaag=vandaag, weken=_WEKEN), vandaag)
    alarmen = alarmen_bijwerken(gebied_id=gebied.pk, tekorten=tekorten, nu=nu)
    if not alarmen:
        return 0
    regels = verzendregels()[gebied.pk]
    nieuw = [
        NieuwBericht(
            soort=SOORT,
            kanaal="email" if wie.heeft_email else "app",
            gebied_id=gebied.pk,
            gebruiker_id=wie.gebruiker_id,
            dag=vandaag,
            gepland_op=volgende_verzendmoment(nu, regels.uren, regels.stil),
            aanleiding=f"voorraadalarm:{alarm.pk}",
            context={"artikel": alarm.artikel.naam, "vanaf": alarm.tekort_vanaf.isoformat()},
        )
        for alarm in alarmen
        for wie in ontvangers(gebied)
    ]
    return berichten_plannen(nieuw=nieuw, nu=nu)


def tekorten_binnen_levertijd(gezien: Prognose, vandaag: date) -> dict[UUID, date]:
    """The articles that must be ordered now: short, on the upper side of the band, before a new order would be there.

    A box that is short is only an alarm when it can not be packed: then a part of it is short too. Without a recipe
    boxes come from outside, and the box itself is the alarm.
    """
    artikelen = [rij for rij in gezien.artikelen if rij.per_doos is not None] or gezien.artikelen
    return {
        rij.artikel.pk: rij.tekort_vanaf_hoog
        for rij in artikelen
        if rij.tekort_vanaf_hoog and rij.tekort_vanaf_hoog <= vandaag + timedelta(days=rij.artikel.levertijd_dagen)
    }


def ontvangers(gebied: Gebied) -> list[Coordinator]:
    """Who keeps the stock of a Gebied: the coordinators of all of it, or when there are none, of a part of it."""
    van_gebied = [wie for wie in coordinatoren() if wie.gebied_id == gebied.pk]
    return [wie for wie in van_gebied if not wie.wijk_ids] or van_gebied

"""Orders: made, received, cancelled; and the alarms about what runs short."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from voorraad import fouten
from voorraad.models import Artikel, Bestelling, Locatie, Partij, Voorraadalarm
from voorraad.services.boeken import MAXIMUM, mutatie_boeken

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@transaction.atomic
def bestellen(*, artikel: Artikel, aantal: int, verwacht_op: date, kenmerk: str, nu: datetime) -> Bestelling:
    """An order that is under way. Raises Ongeldig for an amount outside 1..100,000 or a day that is past."""
    gevonden: list[tuple[str, str, Any]] = []
    if not 1 <= aantal <= MAXIMUM:
        reden = _("Vul een heel getal in van 1 tot en met %(maximum)s.") % {"maximum": MAXIMUM}
        gevonden.append(("aantal", "teLaag" if aantal < 1 else "teHoog", reden))
    if verwacht_op < clock.dag_van(nu):
        gevonden.append(("verwachtOp", "voorbij", _("Deze dag is al voorbij.")))
    if gevonden:
        raise Ongeldig(gevonden)
    return Bestelling.objects.create(
        artikel=artikel, aantal=aantal, verwacht_op=verwacht_op, kenmerk=kenmerk, besteld_op=nu
    )


@transaction.atomic
def bestelling_ontvangen(
    *,
    bestelling_id: UUID,
    naar: Locatie | None,
    partij: Partij | None,
    aantal: int | None,
    door: Gebruiker | None,
    nu: datetime,
) -> Bestelling:
    """It came in: books the receipt (`aantal` when it was another number than ordered). Twice books once.

    Raises BestellingGesloten when it was cancelled, and what a receipt raises.
    """
    bestelling = _op_slot(bestelling_id)
    if bestelling.status == Bestelling.Status.ONTVANGEN:
        return bestelling
    if bestelling.status != Bestelling.Status.OPEN:
        raise fouten.BestellingGesloten
    bestelling.ontvangst = mutatie_boeken(
        soort="ontvangst",
        artikel=bestelling.artikel,
        partij=partij,
        naar=naar,
        aantal=bestelling.aantal if aantal is None else aantal,
        reden=bestelling.kenmerk,
        door=door,
        nu=nu,
    )
    bestelling.status = Bestelling.Status.ONTVANGEN
    bestelling.save(update_fields=["status", "ontvangst"])
    bestelling.refresh_from_db()
    return bestelling


@transaction.atomic
def bestelling_annuleren(*, bestelling_id: UUID) -> Bestelling:
    """It does not come. Twice changes nothing. Raises BestellingGesloten when it was received."""
    bestelling = _op_slot(bestelling_id)
    if bestelling.status == Bestelling.Status.ONTVANGEN:
        raise fouten.BestellingGesloten
    if bestelling.status == Bestelling.Status.OPEN:
        bestelling.status = Bestelling.Status.GEANNULEERD
        bestelling.save(update_fields=["status"])
        bestelling.refresh_from_db()
    return bestelling


@transaction.atomic
def alarmen_bijwerken(*, gebied_id: UUID, tekorten: Mapping[UUID, date], nu: datetime) -> list[Voorraadalarm]:
    """Open an alarm for each article that runs short from a day on, end those that are over; gives the new ones.

    While an alarm is open there is no second one for its article, also when two sweeps run at once.
    """
    voorbij = Voorraadalarm.objects.filter(artikel__gebied=gebied_id, voorbij_op__isnull=True)
    voorbij.exclude(artikel__in=tekorten).update(voorbij_op=nu)
    nieuw = [
        Voorraadalarm(artikel_id=artikel, tekort_vanaf=dag, begonnen_op=nu) for artikel, dag in sorted(tekorten.items())
    ]
    Voorraadalarm.objects.bulk_create(nieuw, ignore_conflicts=True)
    ids = [alarm.pk for alarm in nieuw]
    return list(Voorraadalarm.objects.filter(pk__in=ids).select_related("artikel").order_by("artikel__code"))


def _op_slot(bestelling_id: UUID) -> Bestelling:
    bestellingen = Bestelling.objects.select_related("artikel").select_for_update(of=("self",), no_key=True)
    return bestellingen.get(pk=bestelling_id)

"""The volunteer accepts or declines what was given to her (domain.md, rules 8 and 9)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bezoeken.kraambezoek.fouten import NietToegewezen
from bezoeken.kraambezoek.services.losmaken import berichten_achterhaald, losmaken_van_haar
from bezoeken.kraambezoek.services.vergrendelen import aanleiding, bezoek_vergrendelen, overgang
from bezoeken.models import Bezoek, Bezoekkind, Toewijzing
from bezoeken.toestand import Actie, Status
from voorraad.services import dozen_reserveren


@transaction.atomic
def bezoek_aanvaarden(*, bezoek_id: UUID, nu: datetime) -> Bezoek:
    """She takes the visit: the address opens and a box is reserved for each child.

    When she has no free box the acceptance still succeeds. Accepting twice changes nothing. Raises NietToegewezen.
    """
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    _hoort_bij_iemand(bezoek)
    overgang(bezoek, Actie.AANVAARDEN)
    if bezoek.aanvaard_op is None:
        bezoek.aanvaard_op = nu
        bezoek.save(update_fields=["aanvaard_op"])
        Toewijzing.objects.filter(bezoek=bezoek, beeindigd_op__isnull=True).update(aanvaard_op=nu)
        dozen_voor_bezoek_reserveren(bezoek=bezoek, nu=nu)
        berichten_achterhaald(bezoek=bezoek, soorten=("geenAntwoord",), nu=nu)
    return bezoek


def dozen_voor_bezoek_reserveren(*, bezoek: Bezoek, nu: datetime) -> int:
    """Reserve a box for each child that has none yet, at the volunteer's place; returns how many were free."""
    kinderen = Bezoekkind.objects.filter(bezoek=bezoek, telt_mee=True, doos_gegeven=False)
    assert bezoek.ooievaarsmoeder_id is not None
    return dozen_reserveren(
        houder_id=bezoek.ooievaarsmoeder_id,
        aanleiding=aanleiding(bezoek.pk),
        onderdelen=[str(kind) for kind in kinderen.values_list("pasgeborene_id", flat=True)],
        nu=nu,
    )


@transaction.atomic
def bezoek_afwijzen(*, bezoek_id: UUID, reden: str, nu: datetime) -> Bezoek:
    """She declines, with a coded reason; the visit is open again for the coordinator. Raises NietToegewezen."""
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    _hoort_bij_iemand(bezoek)
    bezoek.status = overgang(bezoek, Actie.AFWIJZEN)
    losmaken_van_haar(bezoek=bezoek, eindreden=f"afgewezen:{reden}", nu=nu)
    bezoek.ooievaarsmoeder = None
    bezoek.aanvaard_op = None
    bezoek.save(update_fields=["status", "ooievaarsmoeder", "aanvaard_op"])
    return bezoek


def _hoort_bij_iemand(bezoek: Bezoek) -> None:
    if bezoek.status == Status.OPEN or bezoek.ooievaarsmoeder_id is None:
        raise NietToegewezen

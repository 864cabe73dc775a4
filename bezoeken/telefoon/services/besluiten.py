"""A coordinator decides about what a phone logged and the product could not simply do (docs/adr/0008)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pghistory
from django.db import transaction

from bezoeken.kraambezoek.fouten import AlAfgerond
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen
from bezoeken.kraambezoek.services.vervangen import afronding_vervangen
from bezoeken.models import Handeling
from bezoeken.telefoon.fouten import AlBesloten, NogNietToepasbaar
from bezoeken.telefoon.services.uitvoeren import Opdracht, voer_uit
from ooievaar.platform.errors import NietGevonden

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def handeling_vergrendelen(*, handeling_id: UUID) -> Handeling:
    """Lock a Handeling until the transaction ends: one decision, also when two coordinators tap at once.

    Raises NietGevonden, AlBesloten.
    """
    rij = Handeling.objects.select_for_update(of=("self",)).select_related("gebruiker").filter(pk=handeling_id).first()
    if rij is None:
        raise NietGevonden
    if rij.status != Handeling.Status.GEPARKEERD:
        raise AlBesloten
    return rij


@transaction.atomic
def handeling_toepassen(*, handeling: Handeling, gegevens: Any, reden: str, door: Gebruiker, nu: datetime) -> None:
    """Do after all what the phone logged, by the service that would have done it, on behalf of who logged it.

    Of two completions this one becomes the log of the visit. `handeling` is locked; `gegevens` is its content as the
    service takes it. Raises NogNietToepasbaar for what is arranged by hand, and what the service raises: a closed visit
    is reopened first.
    """
    if handeling.bezoek_id is None:
        raise NogNietToepasbaar
    pghistory.context(reden=reden, handeling=str(handeling.handeling))
    opdracht = Opdracht(
        soort=handeling.soort,
        bezoek=bezoek_vergrendelen(bezoek_id=handeling.bezoek_id),
        gegevens=gegevens,
        door=handeling.gebruiker,
        moeder_id=handeling.ooievaarsmoeder_id,
        moment=handeling.moment,
    )
    try:
        with transaction.atomic():
            voer_uit(opdracht, nu=nu)
    except AlAfgerond:
        afronding_vervangen(
            bezoek_id=handeling.bezoek_id,
            afronding=gegevens,
            door=handeling.gebruiker,
            bezoeker_id=handeling.ooievaarsmoeder_id,
            reden=reden,
            nu=nu,
        )
    # What was logged is in the visit now, and need not be kept twice.
    handeling.gegevens = None
    _besluit(handeling, Handeling.Besluit.TOEPASSEN, reden=reden, door=door, nu=nu)


@transaction.atomic
def handeling_verwerpen(*, handeling: Handeling, reden: str, door: Gebruiker, nu: datetime) -> None:
    """Leave it at that, with a reason. What she logged stays on record; her phone hears it at its next try."""
    _besluit(handeling, Handeling.Besluit.VERWERPEN, reden=reden, door=door, nu=nu)


def _besluit(handeling: Handeling, besluit: Handeling.Besluit, *, reden: str, door: Gebruiker, nu: datetime) -> None:
    toegepast = besluit is Handeling.Besluit.TOEPASSEN
    handeling.status = Handeling.Status.TOEGEPAST if toegepast else Handeling.Status.VERWORPEN
    handeling.besluit, handeling.besluit_reden = besluit, reden
    handeling.besloten_door, handeling.besloten_op = door, nu
    handeling.save(update_fields=["status", "besluit", "besluit_reden", "besloten_door", "besloten_op", "gegevens"])

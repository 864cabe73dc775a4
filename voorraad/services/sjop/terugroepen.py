"""A recall by brand and model: what lies here is set apart, and what went out can be looked up."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from ooievaar.platform.errors import NietGevonden
from voorraad.models import Inbreng, Partij, Terugroepactie
from voorraad.services.sjop.basis import sjop_vergrendelen
from voorraad.services.sjop.blokkeren import bestaande_apart_zetten
from voorraad.services.sjop.wachtlijst import wachtlijst_bijwerken
from voorraad.services.standen import partijen_vergrendelen
from voorraad.sjopregels import sleutel

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@transaction.atomic
def merk_terugroepen(
    *, gebied_id: UUID, merk: str, model: str = "", uitleg: str, door: Gebruiker | None, nu: datetime
) -> Terugroepactie:
    """Nothing of this brand and model comes in or goes out any more; without a model it is the whole brand.

    `voorraad.selectors.vindplaatsen` says what lies here, what is on loan and what was given. Recalling the same again
    changes nothing.
    """
    sjop_vergrendelen(gebied_id)
    merk_sleutel, model_sleutel = sleutel(merk), sleutel(model)
    actie, nieuw = Terugroepactie.objects.get_or_create(
        gebied_id=gebied_id,
        merk_sleutel=merk_sleutel,
        model_sleutel=model_sleutel,
        ingetrokken_op=None,
        defaults={"merk": merk, "model": model, "uitleg": uitleg, "teruggeroepen_op": nu},
    )
    if nieuw:
        raak = bestaande_apart_zetten(gebied_id=gebied_id, door=door, nu=nu)
        partijen = list(Inbreng.objects.filter(pk__in=raak).values_list("partij_id", flat=True))
        partijen_vergrendelen(partijen)
        Partij.objects.filter(pk__in=partijen).update(teruggeroepen_op=nu, terugroepreden=uitleg)
        wachtlijst_bijwerken(gebied_id=gebied_id, nu=nu)
    return actie


@transaction.atomic
def merk_terugroepen_intrekken(*, actie_id: UUID, nu: datetime) -> Terugroepactie:
    """The recall was a mistake, or is over: such goods may come in again. What lies apart is checked one by one.

    Raises NietGevonden.
    """
    actie = Terugroepactie.objects.filter(pk=actie_id).first()
    if actie is None:
        raise NietGevonden
    sjop_vergrendelen(actie.gebied_id)
    actie = Terugroepactie.objects.select_for_update(of=("self",), no_key=True).get(pk=actie_id)
    if actie.ingetrokken_op is None:
        actie.ingetrokken_op = nu
        actie.save(update_fields=["ingetrokken_op"])
    return actie

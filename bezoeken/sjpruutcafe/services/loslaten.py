"""What a stop does to the cafés: in the transaction of the stop, which has locked the family (domain.md, rule 3)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bezoeken.gastenlijst import ACTIEF, Aanmeldactie
from bezoeken.models import Cafeaanmelding, Sjpruutcafe
from bezoeken.sjpruutcafe.services.aanmelden import na_vrijkomen
from bezoeken.sjpruutcafe.services.berichten import zwijg
from bezoeken.sjpruutcafe.services.lijst import zet
from bezoeken.sjpruutcafe.services.uitnodigingen import uitnodigingen_intrekken


@transaction.atomic(savepoint=False)
def cafes_loslaten(*, gezin_ids: Collection[UUID], nu: datetime) -> None:
    """Every invitation of these families is withdrawn, every sign-up for a café that is to come ends.

    Their links do not work any more, what had not left does not leave, and who waits gets their places. Lock order:
    the families (by the caller), then the cafés by id.
    """
    uitnodigingen_intrekken(gezin_ids=gezin_ids, nu=nu)
    cafe_ids = set(
        Cafeaanmelding.objects.filter(
            gezin_id__in=gezin_ids, status__in=[s.value for s in ACTIEF], cafe__begin__gt=nu
        ).values_list("cafe_id", flat=True)
    )
    if not cafe_ids:
        return
    vast = Sjpruutcafe.objects.filter(pk__in=cafe_ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    list(vast.values_list("pk"))
    rijen = Cafeaanmelding.objects.filter(cafe_id__in=cafe_ids, gezin_id__in=gezin_ids)
    for rij in rijen.filter(status__in=[s.value for s in ACTIEF]).order_by("cafe_id", "pk"):
        zet(rij, Aanmeldactie.AFMELDEN, op=nu)
        zwijg(cafe_id=rij.cafe_id, gezin_id=rij.gezin_id, nu=nu)
        na_vrijkomen(rij.cafe_id, nu)

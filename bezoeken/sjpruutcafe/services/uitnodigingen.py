"""Taking invitations back. Sending them: `uitnodigen.py`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from bezoeken.models import Cafeuitnodiging
from bezoeken.sjpruutcafe.services.berichten import aanleiding
from notifications.services import berichten_annuleren

SOORT = "cafeUitnodiging"


def uitnodigingen_intrekken(*, gezin_ids: Collection[UUID], nu: datetime) -> None:
    """The links of these families work no more; an invitation that had not left was never sent. Families locked."""
    open_ = Cafeuitnodiging.objects.filter(gezin_id__in=gezin_ids, ingetrokken_op__isnull=True, cafe__begin__gt=nu)
    for rij in open_.order_by("pk"):
        niet_weg = berichten_annuleren(aanleiding=aanleiding(rij.cafe_id), gezin_id=rij.gezin_id, soort=SOORT, nu=nu)
        if niet_weg:
            rij.delete()
        else:
            rij.ingetrokken_op = nu
            rij.save(update_fields=["ingetrokken_op"])


def uitnodigingen_vergeten(*, cafe_id: UUID, nu: datetime) -> None:
    """A café was moved or called off: invitations to it that had not left do not leave and do not count.

    The café is locked; invitations take that lock too, so none comes in meanwhile.
    """
    for rij in Cafeuitnodiging.objects.filter(cafe_id=cafe_id, ingetrokken_op__isnull=True).order_by("pk"):
        if berichten_annuleren(aanleiding=aanleiding(cafe_id), gezin_id=rij.gezin_id, soort=SOORT, nu=nu):
            rij.delete()

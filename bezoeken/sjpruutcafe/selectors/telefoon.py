"""What a volunteer's phone holds of the cafés: the next ones, and how her own families stand on their lists."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from bezoeken.gastenlijst import ACTIEF
from bezoeken.models import Cafeaanmelding, Sjpruutcafe
from bezoeken.sjpruutcafe.selectors.kandidaten import is_vrij

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

AANTAL = 6


def cafes_om_aan_te_bieden(gebruiker: Gebruiker, *, gezin_ids: Collection[UUID], nu: datetime) -> list[Sjpruutcafe]:
    """The next cafés where she works, with `vol` and the sign-ups of her families on `van_haar`; two queries."""
    gebieden = gebruiker.bevoegdheid.gebied_ids("ooievaarsmoeder", "coordinator")
    cafes = Sjpruutcafe.objects.filter(gebied_id__in=gebieden, status="gepland", begin__gt=nu)
    komende = list(cafes.select_related("plaats").order_by("begin", "id")[:AANTAL])
    per_cafe: dict[UUID, list[Cafeaanmelding]] = {cafe.pk: [] for cafe in komende}
    rijen = Cafeaanmelding.objects.filter(cafe_id__in=list(per_cafe), status__in=[s.value for s in ACTIEF])
    for rij in rijen.order_by("volgnummer") if komende else ():
        per_cafe[rij.cafe_id].append(rij)
    eigen = set(gezin_ids)
    for cafe in komende:
        lijst = per_cafe[cafe.pk]
        cafe.vol = not is_vrij(cafe, lijst, nu=nu)  # type: ignore[attr-defined]
        cafe.van_haar = [rij for rij in lijst if rij.gezin_id in eigen]  # type: ignore[attr-defined]
    return komende

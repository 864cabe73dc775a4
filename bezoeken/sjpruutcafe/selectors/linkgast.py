"""What a link of a family still opens: its café, and how the family stands on the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bezoeken.gastenlijst import ACTIEF
from bezoeken.models import Cafeaanmelding, Cafeuitnodiging, Sjpruutcafe
from bezoeken.sjpruutcafe.links import UITNODIGING, lees_cafetoken
from bezoeken.sjpruutcafe.selectors.kandidaten import is_vrij
from ooievaar.selectors.benaderbaar import mag_benaderd_worden


@dataclass(frozen=True)
class Linkgast:
    """`geldig`: the link may still be used. Else only that it does not work is shown.

    `vol`: a small family that signs up now comes on the waiting list.
    """

    cafe: Sjpruutcafe
    gezin_id: UUID
    aanmelding: Cafeaanmelding | None
    geldig: bool
    vol: bool


def gast_van(token: str, *, nu: datetime) -> Linkgast | None:
    """Whom and what a token names, or None when it is not ours or what it named is gone; four queries."""
    gelezen = lees_cafetoken(token)
    if gelezen is None:
        return None
    soort, rij_id = gelezen
    ingetrokken = False
    if soort == UITNODIGING:
        uitnodiging = Cafeuitnodiging.objects.filter(pk=rij_id).first()
        if uitnodiging is None:
            return None
        cafe_id, gezin_id = uitnodiging.cafe_id, uitnodiging.gezin_id
        ingetrokken = uitnodiging.ingetrokken_op is not None
    else:
        rij = Cafeaanmelding.objects.filter(pk=rij_id).first()
        if rij is None:
            return None
        cafe_id, gezin_id = rij.cafe_id, rij.gezin_id
    cafe = Sjpruutcafe.objects.select_related("plaats", "gebied").get(pk=cafe_id)
    lijst = list(Cafeaanmelding.objects.filter(cafe_id=cafe_id).order_by("volgnummer"))
    aanmelding = next((rij for rij in lijst if rij.gezin_id == gezin_id), None)
    geldig = not ingetrokken and cafe.begin > nu and mag_benaderd_worden(gezin_id)
    vol = not is_vrij(cafe, [rij for rij in lijst if rij.status in ACTIEF], nu=nu)
    return Linkgast(cafe, gezin_id, aanmelding, geldig, vol)

"""Who came: counts, and of the families on the list yes or no."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bezoeken.models import Cafeaanwezigheid, Sjpruutcafe
from bezoeken.sjpruutcafe.fouten import CafeAfgelast, NogNietBegonnen
from bezoeken.sjpruutcafe.services.lijst import cafe_vergrendelen
from ooievaar.platform.errors import Ongeldig
from ooievaar.services.gezinnen import gezinnen_vergrendelen


@dataclass(frozen=True)
class Gast:
    """A family on record that came, or did not; or (without `gezin_id`) people who walked in and are not on record."""

    gezin_id: UUID | None
    gekomen: bool
    volwassenen: int = 0
    kinderen: int = 0


@transaction.atomic
def aanwezigheid_vastleggen(
    *, cafe_id: UUID, gasten: Sequence[Gast], bekend: Collection[UUID], nu: datetime
) -> Sjpruutcafe:
    """Write down who came, instead of what was written before; from half an hour before the begin.

    `bekend`: the families that the asker may name. Raises NietGevonden, CafeAfgelast, NogNietBegonnen, and Ongeldig
    for a family that she may not name or names twice, and for somebody who came without an adult.
    """
    gezinnen = [gast.gezin_id for gast in gasten if gast.gezin_id is not None]
    gezinnen_vergrendelen(gezin_ids=gezinnen)
    cafe = cafe_vergrendelen(cafe_id=cafe_id)
    if cafe.status == Sjpruutcafe.Status.AFGELAST:
        raise CafeAfgelast
    if (cafe.begin - nu).total_seconds() > 30 * 60:
        raise NogNietBegonnen
    _keur(gasten, bekend)
    Cafeaanwezigheid.objects.filter(cafe=cafe).exclude(gezin_id__in=gezinnen).delete()
    er_al = {rij.gezin_id: rij for rij in Cafeaanwezigheid.objects.filter(cafe=cafe)}
    nieuw = []
    for gast in gasten:
        rij = er_al.get(gast.gezin_id) if gast.gezin_id else None
        rij = rij or Cafeaanwezigheid(cafe=cafe, gezin_id=gast.gezin_id, vastgelegd_op=nu)
        rij.gekomen = gast.gekomen
        rij.volwassenen = gast.volwassenen if gast.gekomen else 0
        rij.kinderen = gast.kinderen if gast.gekomen else 0
        if gast.gezin_id in er_al:
            rij.save(update_fields=["gekomen", "volwassenen", "kinderen"])
        else:
            nieuw.append(rij)
    Cafeaanwezigheid.objects.bulk_create(nieuw)
    cafe.aanwezigheid_op = cafe.aanwezigheid_op or nu
    cafe.save(update_fields=["aanwezigheid_op"])
    return cafe


def _keur(gasten: Sequence[Gast], bekend: Collection[UUID]) -> None:
    fouten: list[tuple[str, str, object]] = []
    gezien: set[UUID] = set()
    for nummer, gast in enumerate(gasten):
        if gast.gezin_id is not None:
            if gast.gezin_id not in bekend:
                fouten.append((f"gasten.{nummer}.gezin", "onbekend", _("Dit gezin kennen we hier niet.")))
            elif gast.gezin_id in gezien:
                fouten.append((f"gasten.{nummer}.gezin", "dubbel", _("Dit gezin staat er twee keer.")))
            gezien.add(gast.gezin_id)
        elif not gast.gekomen:
            fouten.append((f"gasten.{nummer}.gezin", "verplicht", _("Wie niet kwam, moet een gezin zijn.")))
        if gast.gekomen and gast.volwassenen < 1:
            fouten.append((f"gasten.{nummer}.volwassenen", "teLaag", _("Er komt altijd een volwassene mee.")))
    if fouten:
        raise Ongeldig(fouten)

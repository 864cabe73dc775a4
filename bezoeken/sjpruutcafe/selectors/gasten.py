"""Who is on the list of a café, in as few words as the host needs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bezoeken.gastenlijst import ACTIEF
from bezoeken.gezinnen.selectors import gezinnen_zichtbaar_voor
from bezoeken.models import Cafeaanmelding, Cafeaanwezigheid, Cafeuitnodiging, Sjpruutcafe
from bezoeken.sjpruutcafe.selectors.cafes import lijsten_zichtbaar_voor
from ooievaar.selectors.uitnodigbaar import voornamen_van

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def aanmeldingen_van(cafe: Sjpruutcafe) -> list[Cafeaanmelding]:
    """Everybody who is or was on the list, in the order of coming, with `namen`: the first names of the children.

    Two queries. Never a surname, a number or an address: the host greets, she does not look people up.
    """
    rijen = list(Cafeaanmelding.objects.filter(cafe=cafe).order_by("volgnummer"))
    return met_namen(rijen)


def genodigden_van(cafe: Sjpruutcafe) -> list[Cafeuitnodiging]:
    """The families that were invited to a café and whose invitation still holds, with `namen`; two queries."""
    rijen = Cafeuitnodiging.objects.filter(cafe=cafe, ingetrokken_op__isnull=True).order_by("uitgenodigd_op", "id")
    return met_namen(list(rijen))


def met_namen(rijen: list[Any]) -> list[Any]:
    """With the first names of the children of each family on `namen`; one query."""
    namen = voornamen_van(rij.gezin_id for rij in rijen if rij.gezin_id)
    for rij in rijen:
        rij.namen = namen.get(rij.gezin_id, [])
    return rijen


def aanwezigen_van(cafe: Sjpruutcafe) -> list[Cafeaanwezigheid]:
    """Who came or did not: families first, then who walked in."""
    rijen = Cafeaanwezigheid.objects.filter(cafe=cafe)
    return sorted(rijen, key=lambda rij: (rij.gezin_id is None, rij.vastgelegd_op, str(rij.pk)))


def gezinnen_bij(cafe: Sjpruutcafe) -> set[UUID]:
    """The families that belong to a café: on its list or invited to it."""
    op_lijst = Cafeaanmelding.objects.filter(cafe=cafe).values_list("gezin_id", flat=True)
    genood = Cafeuitnodiging.objects.filter(cafe=cafe).values_list("gezin_id", flat=True)
    return {*op_lijst, *genood}


def mag_aanmelden(gebruiker: Gebruiker, cafe: Sjpruutcafe, gezin_id: UUID, *, nu: datetime) -> bool:
    """Whether this user may put this family on the list: hers to see, or invited to a café whose list she sees."""
    if gezinnen_zichtbaar_voor(gebruiker, nu=nu).filter(pk=gezin_id).exists():
        return True
    return lijsten_zichtbaar_voor(gebruiker, nu=nu).filter(pk=cafe.pk).exists() and gezin_id in gezinnen_bij(cafe)


def telling(rijen: list[Cafeaanmelding]) -> dict[str, int]:
    """How many families stand how on a list."""
    return {status.value: sum(rij.status == status for rij in rijen) for status in ACTIEF}

"""Reading wijken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet

from ooievaar.models import Gebied, Wijk

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# Rings of [longitude, latitude] in degrees (WGS84); a hole is a ring too.
Grens = list[list[list[float]]]
LEZERS = ("coordinator", "jens", "beheerder")


def wijken_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Wijk]:
    """The wijken of the areas in which this user coordinates, follows or manages the programme; also its neighbours.

    A coordinator of some wijken sees all of the Gebied: their names are no secret, and she refers to neighbours.
    """
    return Wijk.objects.filter(gebied_id__in=gebruiker.bevoegdheid.gebied_ids(*LEZERS))


def met_buren(wijken: QuerySet[Wijk]) -> QuerySet[Wijk]:
    """With `buur_codes` and the code of the Gebied; no extra query."""
    buren = Wijk.objects.filter(buren=OuterRef("pk")).order_by("code")
    return wijken.annotate(buur_codes=ArraySubquery(buren.values("code")), gebied_code=F("gebied__code"))


def wijken_met_codes(codes: Iterable[str], *, gebied_ids: Iterable[UUID]) -> dict[str, Wijk]:
    """These wijken by code, as far as they lie in these areas."""
    rijen = Wijk.objects.select_related("gebied").filter(code__in=list(codes), gebied_id__in=list(gebied_ids))
    return {wijk.code: wijk for wijk in rijen}


def gebieden_van(gebruiker: Gebruiker, *rollen: str) -> list[Gebied]:
    """The areas in which the user holds one of these roles."""
    return list(Gebied.objects.filter(pk__in=gebruiker.bevoegdheid.gebied_ids(*rollen)).order_by("code"))


def wijken_van_gebied(gebied_id: UUID) -> list[Wijk]:
    """The wijken of an area, by code, without their outlines; one query."""
    return list(Wijk.objects.filter(gebied_id=gebied_id).defer("grens").order_by("code"))


def grenzen_van_gebied(gebied_id: UUID) -> dict[str, Grens]:
    """The outlines of an area's wijken by code, as far as they were imported; one query."""
    rijen = Wijk.objects.filter(gebied_id=gebied_id, grens__isnull=False).values_list("code", "grens")
    return {code: grens for code, grens in rijen if grens}

"""Known children with their household and phone numbers: what a new notice is compared with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ooievaar.models import Contactpersoon, Gezin, Pasgeborene

KOLOMMEN = (
    "id",
    "gezin_id",
    "achternaam",
    "naamsleutel",
    "voornaam",
    "geboortedatum",
    "status",
    "gezin__postcode",
    "gezin__huisnummer",
    "gezin__huisletter",
    "gezin__toevoeging",
    "gezin__contactstop_op",
    "gezin__stil_sinds",
)


def kinderen_op_plekken(gebied_id: UUID, plekken: Collection[tuple[str, int]]) -> QuerySet[Pasgeborene, Any]:
    """The children who live at these (postcode, house number) pairs, and some at crossed pairs; one query."""
    kinderen: QuerySet[Pasgeborene, Any] = Pasgeborene.objects.filter(
        gezin__gebied_id=gebied_id,
        gezin__postcode__in={pc6 for pc6, _nummer in plekken},
        gezin__huisnummer__in={nummer for _pc6, nummer in plekken},
    ).values(*KOLOMMEN)
    return kinderen


def kinderen_met_id(gebied_id: UUID, ids: Iterable[UUID], bereik: Q | None = None) -> QuerySet[Pasgeborene, Any]:
    """These children; with `bereik` (a filter on the Gezin) only those within it."""
    rijen = Pasgeborene.objects.filter(gezin__gebied_id=gebied_id, pk__in=list(ids))
    if bereik is not None:
        rijen = rijen.filter(gezin__in=Gezin.objects.filter(bereik))
    kinderen: QuerySet[Pasgeborene, Any] = rijen.values(*KOLOMMEN)
    return kinderen


def kinderen_met_telefoon(gebied_id: UUID, nummers: Collection[str]) -> list[tuple[str, UUID]]:
    """(phone number, child) for every child of a family that has one of these numbers (E.164); one query."""
    return list(
        Contactpersoon.objects.filter(
            gezin__gebied_id=gebied_id, telefoonnummer__in=nummers, gezin__pasgeborenen__isnull=False
        ).values_list("telefoonnummer", "gezin__pasgeborenen__id")
    )

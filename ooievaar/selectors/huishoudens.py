"""Known children with their household and phone numbers: what a new notice is compared with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

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


def kinderen_op_plekken(gebied_id: UUID, plekken: Collection[tuple[str, int]]) -> QuerySet[Pasgeborene, dict[str, Any]]:
    """The children who live at these (postcode, house number) pairs; one query."""
    # Two separate IN-lists would find every crossing of them too: with a file of one town, nearly everybody.
    gezinnen = RawSQL(
        "SELECT g.id FROM ooievaar_gezin g JOIN unnest(%s::text[], %s::int[]) AS plek(pc6, nummer) "
        "ON g.postcode = plek.pc6 AND g.huisnummer = plek.nummer WHERE g.gebied_id = %s",
        [[pc6 for pc6, _nummer in plekken], [nummer for _pc6, nummer in plekken], gebied_id],
    )
    rijen: QuerySet[Pasgeborene, dict[str, Any]] = Pasgeborene.objects.filter(gezin_id__in=gezinnen).values(*KOLOMMEN)
    return rijen


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


def ongewijzigde_gezinnen(gezin_ids: Collection[UUID]) -> set[UUID]:
    """Those of these families that nobody stopped, moved or changed since they came in."""
    zelfde = Gezin.objects.filter(
        pk__in=gezin_ids, versie=1, contactstop_reden="", stil_sinds__isnull=True, hersteld_op__isnull=True
    )
    return set(zelfde.values_list("pk", flat=True))


def kinderen_van_gezinnen(gezin_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The family of each child of these families; one query."""
    return dict(Pasgeborene.objects.filter(gezin_id__in=gezin_ids).values_list("pk", "gezin_id"))

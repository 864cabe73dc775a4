"""Known children with their household, phone numbers and e-mail addresses: what a new notice is compared with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower

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


def kinderen_met_contact(
    gebied_id: UUID, nummers: Collection[str], adressen: Collection[str]
) -> list[tuple[str, UUID]]:
    """(number or address, child) for every child of a family with one of these; a query for each kind that is asked.

    Phone numbers as E.164, e-mail addresses in lower case.
    """
    met_kind = Contactpersoon.objects.filter(gezin__gebied_id=gebied_id, gezin__pasgeborenen__isnull=False)
    gevonden: list[tuple[str, UUID]] = []
    if nummers:
        rijen = met_kind.filter(telefoonnummer__in=nummers).values_list("telefoonnummer", "gezin__pasgeborenen__id")
        gevonden += [(str(nummer), kind) for nummer, kind in rijen]
    if adressen:
        met_adres = met_kind.annotate(adres=Lower("emailadres")).filter(adres__in=adressen)
        gevonden += met_adres.values_list("adres", "gezin__pasgeborenen__id")
    return gevonden


def ongewijzigde_gezinnen(gezin_ids: Collection[UUID]) -> set[UUID]:
    """Those of these families that nobody stopped, moved or changed since they came in."""
    zelfde = Gezin.objects.filter(
        pk__in=gezin_ids, versie=1, contactstop_reden="", stil_sinds__isnull=True, hersteld_op__isnull=True
    )
    return set(zelfde.values_list("pk", flat=True))


def kinderen_van_gezinnen(gezin_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The family of each child of these families; one query."""
    return dict(Pasgeborene.objects.filter(gezin_id__in=gezin_ids).values_list("pk", "gezin_id"))

"""What families agreed to, per purpose (domain.md, rule 17)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ooievaar.models import Toestemming

DOELEN = tuple(Toestemming.Doel.values)


def met_toestemming(gezin_ids: Iterable[UUID], doel: str) -> frozenset[UUID]:
    """Which of these families agreed to this purpose and did not take that back; one query.

    Consent says what a family wants, not whether it may be contacted at all: see `selectors.benaderbaar`.
    """
    ids = set(gezin_ids)
    if not ids:
        return frozenset()
    geldig = Toestemming.objects.filter(gezin_id__in=ids, doel=doel, tot__isnull=True)
    return frozenset(geldig.values_list("gezin_id", flat=True))

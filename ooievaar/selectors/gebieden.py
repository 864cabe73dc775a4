"""Reading areas and their wijken."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ooievaar.models import Gebied


def gebieden_met_id(ids: Iterable[UUID]) -> list[Gebied]:
    """These areas with their settings; one query."""
    return list(Gebied.objects.filter(pk__in=list(ids)))


def alle_gebieden() -> list[Gebied]:
    """Every area with its settings; one query."""
    return list(Gebied.objects.order_by("code"))

"""Reading the history that triggers write (docs/adr/0003): what changed in these rows, when and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from pghistory.models import Events


@dataclass(frozen=True)
class Gebeurtenis:
    """One change of a row: per changed field its old and new value (of a new row: nothing was old)."""

    moment: datetime
    rij: str
    nieuw: bool
    verschil: dict[str, tuple[Any, Any]]
    gebruiker: str
    reden: str


def gebeurtenissen(rijen: Sequence[Model]) -> list[Gebeurtenis]:
    """The changes of these rows (all of one model), the oldest first; one query. No rows: nothing, and no query."""
    if not rijen:
        return []
    gezien = Events.objects.tracks(*rijen).order_by("pgh_created_at", "pgh_id")
    return [
        Gebeurtenis(
            moment=e.pgh_created_at,
            rij=e.pgh_obj_id,
            nieuw=e.pgh_label == "insert",
            verschil={veld: (oud, nieuw) for veld, (oud, nieuw) in (e.pgh_diff or {}).items()},
            gebruiker=(e.pgh_context or {}).get("user") or "",
            reden=(e.pgh_context or {}).get("reden") or "",
        )
        for e in gezien
    ]

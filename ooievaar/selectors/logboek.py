"""Reading who opened a family, and what the people in a log are called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from ooievaar.models import Gebruiker, Inzage, Ooievaarsmoeder, Wijk


def inzagen_van(gezin_id: UUID) -> list[tuple[datetime, UUID, str]]:
    """Every reading of this family, the first one first: when, by whom, and where."""
    rijen = Inzage.objects.filter(gezin_id=gezin_id).order_by("op", "id")
    return [(rij.op, rij.gebruiker_id, rij.get_waar_display()) for rij in rijen]


def namen_bij(ids: Iterable[Any]) -> dict[str, str]:
    """What users, volunteers and wijken are called, by id as text; three queries."""
    gevraagd = {str(id_) for id_ in ids if id_}
    namen = {
        str(g.pk): g.get_full_name() or g.username
        for g in Gebruiker.objects.filter(pk__in=gevraagd).only("pk", "first_name", "last_name", "username")
    }
    for model in (Ooievaarsmoeder, Wijk):
        namen |= {str(pk): naam for pk, naam in model.objects.filter(pk__in=gevraagd).values_list("pk", "naam")}
    return namen

"""Reading the place of a volunteer in the stock, for the rooms above."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from voorraad.models import Locatie


def thuisplek_van(moeder_id: Any) -> QuerySet[Locatie, UUID]:
    """The id of her own place, as a subquery; none when it was not made yet."""
    return Locatie.objects.filter(houder_id=moeder_id).values_list("id", flat=True)[:1]

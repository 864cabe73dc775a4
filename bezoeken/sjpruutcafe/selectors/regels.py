"""What an organisation decided about inviting."""

from __future__ import annotations

from uuid import UUID

from bezoeken.models import Caferegels


def regels_van(gebied_id: UUID) -> Caferegels:
    """The rules of a Gebied; one that has none of its own gets the defaults, not saved."""
    return Caferegels.objects.filter(gebied_id=gebied_id).first() or Caferegels(gebied_id=gebied_id)

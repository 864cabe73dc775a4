"""Reading families, for the rooms above."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ooievaar.models import Contactpersoon


def taal_van_gezin(gezin_id: Any) -> QuerySet[Contactpersoon, str]:
    """The language of a family, as a subquery: of the contact who needs an interpreter, else of the first."""
    return (
        Contactpersoon.objects.filter(gezin_id=gezin_id).order_by("-tolk_nodig", "id").values("taal")[:1]
    )

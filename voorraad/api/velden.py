"""From ids in a body to rows that the asker may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ooievaar.platform.errors import Ongeldig

Rij = tuple[QuerySet[Any], UUID | None]


def zoek(gevraagd: Mapping[str, Rij]) -> dict[str, Any]:
    """The row behind each field; None where nothing was given. Raises Ongeldig naming all fields that are unknown."""
    gevonden = {naam: id and rijen.filter(pk=id).first() for naam, (rijen, id) in gevraagd.items()}
    fouten = [
        (naam, "onbekend", _("We kennen dit niet. Kies er een uit de lijst."))
        for naam, (_rijen, id) in gevraagd.items()
        if id and gevonden[naam] is None
    ]
    if fouten:
        raise Ongeldig(fouten)
    return gevonden

"""Reading who opened a family, and what the people in a log are called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils.translation import gettext as _

from ooievaar.models import Gebruiker, Inzage, Ooievaarsmoeder, Wijk

# Somebody who runs commands on the server: no account of ours, so no name.
OP_DE_SERVER = UUID(int=0)


def inzagen_van(gezin_id: UUID) -> list[tuple[datetime, UUID, str]]:
    """Every reading of this family, the first one first: when, by whom, and where."""
    rijen = Inzage.objects.filter(gezin_id=gezin_id).order_by("op", "id")
    return [(rij.op, rij.gebruiker_id, rij.get_waar_display()) for rij in rijen]


def namen_bij(ids: Iterable[Any]) -> dict[str, str]:
    """What users, volunteers and wijken are called, by id as text; one query."""
    gevraagd = {str(id_) for id_ in ids if id_}
    volledig = Trim(Concat("first_name", Value(" "), "last_name"))
    mensen = Gebruiker.objects.filter(pk__in=gevraagd).order_by()
    namen = mensen.values_list("pk", Coalesce(NullIf(volledig, Value("")), "username", output_field=CharField()))
    anderen = [
        model.objects.filter(pk__in=gevraagd).order_by().values_list("pk", "naam") for model in (Ooievaarsmoeder, Wijk)
    ]
    return {str(OP_DE_SERVER): _("op de server")} | {str(pk): naam for pk, naam in namen.union(*anderen, all=True)}

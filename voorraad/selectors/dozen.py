"""Boxes that went out, for who knows what an occasion is: as expressions and rows, never as a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from voorraad.models import DOOS_CODE, Locatiesoort, Mutatie, Mutatiesoort

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def doos_is_geboekt(aanleiding: Any, onderdeel: Any) -> Exists:
    """Whether a box is booked for this part of this occasion and was not reversed; both are expressions of a row."""
    return Exists(
        Mutatie.objects.filter(
            soort=Mutatiesoort.UITGIFTE,
            aanleiding=aanleiding,
            teruggedraaid_door=None,
            sleutel__startswith=Concat(aanleiding, Value("/"), onderdeel),
        )
    )


def dozen_buiten(gebruiker: Gebruiker, *, behalve: QuerySet[Any, Any]) -> QuerySet[Mutatie, Any]:
    """Boxes that went to families for no occasion in `behalve` (aanleidingen, as a subquery), newest first."""
    gebieden = gebruiker.bevoegdheid.gebied_ids("coordinator")
    uit = Mutatie.objects.filter(
        artikel__code=DOOS_CODE, artikel__gebied__in=gebieden, naar__soort=Locatiesoort.GEZIN, teruggedraaid_door=None
    )
    return (
        uit.filter(Q(aanleiding="") | ~Q(aanleiding__in=behalve))
        .order_by("-gebeurd_op", "id")
        .values("id", "gebeurd_op", "aantal", "aanleiding", "reden", locatie=F("van_id"), locatie_naam=F("van__naam"))
    )

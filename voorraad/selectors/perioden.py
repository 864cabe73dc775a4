"""Which periods of the books are closed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max, QuerySet

from voorraad.models import Periodesluiting

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def gesloten_tot(gebied_id: UUID) -> date | None:
    """The last day of which the books are closed; one query."""
    dag: date | None = Periodesluiting.objects.filter(gebied=gebied_id).aggregate(dag=Max("tot_en_met"))["dag"]
    return dag


def sluitingen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Periodesluiting]:
    """The closings of the areas in which this user keeps stock."""
    gebieden = gebruiker.bevoegdheid.gebied_ids("coordinator", "sjop")
    return Periodesluiting.objects.filter(gebied__in=gebieden)

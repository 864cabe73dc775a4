"""Reading areas and their wijken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ooievaar.models import Gebied, VrijePeriode
from ooievaar.platform.errors import NietToegestaan, Ongeldig

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def gebieden_met_id(ids: Iterable[UUID]) -> list[Gebied]:
    """These areas with their settings; one query."""
    return list(Gebied.objects.filter(pk__in=list(ids)))


def alle_gebieden() -> list[Gebied]:
    """Every area with its settings; one query."""
    return list(Gebied.objects.order_by("code"))


def vrije_perioden(gebied: Any, van: Any, tot: Any) -> QuerySet[VrijePeriode]:
    """The periods of this Gebied that touch the days from `van` up to and including `tot`; values or `OuterRef`s."""
    return VrijePeriode.objects.filter(gebied=gebied, begin__lte=tot, eind__gte=van).order_by("begin", "id")


def gebied_van_coordinator(gebruiker: Gebruiker, code: str | None = None, *, heel: bool = False) -> UUID:
    """The Gebied that this coordinator means: the one she names, or the only one in which she coordinates.

    `heel`: only where she coordinates all of it. Raises Ongeldig, NietToegestaan when there is none.
    """
    eigen = {
        b.gebied_code: b.gebied_id
        for b in gebruiker.bevoegdheid.bereiken
        if b.rol == "coordinator" and not (heel and b.wijk_ids)
    }
    if not eigen:
        raise NietToegestaan
    if code is None and len(eigen) == 1:
        return next(iter(eigen.values()))
    if code is None:
        raise Ongeldig([("gebied", "verplicht", _("Noem het gebied."))])
    if code not in eigen:
        raise Ongeldig([("gebied", "onbekend", _("Dit gebied kennen we niet."))])
    return eigen[code]

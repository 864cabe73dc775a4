"""What a signed-in user may see: roles, areas and wijken, read in one query per request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@dataclass(frozen=True)
class Bereik:
    """Where one role holds: a whole Gebied (`wijken` is empty) or some of its wijken."""

    rol: str
    gebied_id: UUID
    gebied_code: str
    wijk_ids: frozenset[UUID]
    wijk_codes: tuple[str, ...]


@dataclass(frozen=True)
class Bevoegdheid:
    """All roles of a user, and her own row as an Ooievaarsmoeder."""

    bereiken: tuple[Bereik, ...]
    ooievaarsmoeder_id: UUID | None

    @property
    def rollen(self) -> frozenset[str]:
        return frozenset(b.rol for b in self.bereiken)

    def heeft(self, *rollen: str) -> bool:
        return not self.rollen.isdisjoint(rollen)

    def gebied_ids(self, *rollen: str) -> frozenset[UUID]:
        """The areas in which one of these roles holds, wholly or for some wijken."""
        return frozenset(b.gebied_id for b in self.bereiken if b.rol in rollen)

    def filter(self, *rollen: str, gebied: str = "gebied", wijk: str = "wijk") -> Q:
        """The rows in reach of these roles, by the names of the row's gebied and wijk columns.

        Rows without a wijk (address not yet judged) are for who holds the whole Gebied.
        """
        q = Q(pk__in=[])
        for b in self.bereiken:
            if b.rol in rollen:
                deel = Q(**{f"{gebied}_id": b.gebied_id})
                if b.wijk_ids:
                    deel &= Q(**{f"{wijk}_id__in": b.wijk_ids})
                q |= deel
        return q


def bevoegdheid_van(gebruiker: Gebruiker) -> Bevoegdheid:
    """One query: the roles with their areas and wijken, and the volunteer this user is (if any)."""
    from ooievaar.models import RolToekenning

    rijen = (
        RolToekenning.objects.filter(gebruiker=gebruiker)
        .annotate(
            codes=ArrayAgg("wijken__code", filter=Q(wijken__isnull=False), default=[], order_by="wijken__code"),
            ids=ArrayAgg("wijken__id", filter=Q(wijken__isnull=False), default=[]),
        )
        .values_list("rol", "gebied_id", "gebied__code", "ids", "codes", "gebruiker__ooievaarsmoeder__id")
        .order_by("rol", "gebied__code")
    )
    bereiken = []
    moeder = None
    for rol, gebied_id, gebied_code, ids, codes, moeder_id in rijen:
        bereiken.append(Bereik(rol, gebied_id, gebied_code, frozenset(ids), tuple(codes)))
        moeder = moeder_id
    return Bevoegdheid(tuple(bereiken), moeder)

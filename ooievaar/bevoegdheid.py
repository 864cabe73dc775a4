"""What a signed-in user may see: roles, areas and wijken, read in one query per request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from ooievaar.platform.sjabloon import sjabloon

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
    rij = _gebruikers().filter(pk=gebruiker.pk).values_list("rechten", "moeder_id").first()
    return bevoegdheid_uit(*rij) if rij else Bevoegdheid((), None)


@sjabloon
def _gebruikers() -> QuerySet[Any]:
    from ooievaar.models import Gebruiker

    return Gebruiker.objects.annotate(**rechten_van("pk"))


def rechten_van(gebruiker: str) -> dict[str, Any]:
    """The annotations `rechten` and `moeder_id` for `bevoegdheid_uit`, by the name of the row's own user column."""
    from ooievaar.models import Ooievaarsmoeder, RolToekenning

    wijken = RolToekenning.wijken.through.objects.filter(roltoekenning=OuterRef("pk")).order_by("wijk__code")
    rechten = JSONObject(
        rol="rol",
        gebied="gebied_id",
        code="gebied__code",
        wijken=ArraySubquery(wijken.values(rij=JSONObject(id="wijk_id", code="wijk__code"))),
    )
    toekenningen = RolToekenning.objects.filter(gebruiker=OuterRef(gebruiker)).order_by("rol", "gebied__code")
    return {
        "rechten": ArraySubquery(toekenningen.values(rij=rechten)),
        "moeder_id": Subquery(Ooievaarsmoeder.objects.filter(gebruiker=OuterRef(gebruiker)).values("pk")[:1]),
    }


def bevoegdheid_uit(rechten: list[dict[str, Any]], moeder_id: UUID | None) -> Bevoegdheid:
    """What the annotations of `rechten_van` say."""
    bereiken = tuple(
        Bereik(
            rol=r["rol"],
            gebied_id=UUID(r["gebied"]),
            gebied_code=r["code"],
            wijk_ids=frozenset(UUID(wijk["id"]) for wijk in r["wijken"]),
            wijk_codes=tuple(wijk["code"] for wijk in r["wijken"]),
        )
        for r in rechten
    )
    return Bevoegdheid(bereiken, moeder_id)

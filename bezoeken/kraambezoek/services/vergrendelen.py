"""Locks, in the one documented order: gezin, bezoek, stock, berichten (docs/adr/0002)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from bezoeken.kraambezoek.fouten import Afgesloten, Bezocht, NietAfgesloten, NietToegewezen
from bezoeken.models import Bezoek
from bezoeken.toestand import Actie, OngeldigeOvergang, Status, naar
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.sjabloon import sjabloon


def bezoek_vergrendelen(*, bezoek_id: UUID, zichtbaar: Q | None = None) -> Bezoek:
    """Lock a visit and its family for the rest of the transaction; one query. Raises NietGevonden.

    `zichtbaar` is what the asker may know of: anything else is not found. PostgreSQL locks the tables of one row in
    the order in which `of` names them, and judges a row that it had to wait for again as it is then.
    """
    bezoek = _met_slot().filter(zichtbaar or Q(), pk=bezoek_id).first()
    if bezoek is None:
        raise NietGevonden
    return bezoek


@sjabloon
def _met_slot() -> QuerySet[Bezoek]:
    """Of the family nothing is read, only its lock is taken."""
    eigen = [veld.name for veld in Bezoek._meta.concrete_fields]
    rijen = Bezoek.objects.select_for_update(of=("gezin", "self")).select_related("gezin")
    return rijen.only(*eigen, "gezin__id")


def overgang(bezoek: Bezoek, actie: Actie) -> Status:
    """The state after this action, or the refusal in the user's words."""
    try:
        return naar(actie, bezoek.status)
    except OngeldigeOvergang:
        match actie, bezoek.status:
            case Actie.HERSTELLEN, _:
                raise NietAfgesloten from None
            case _, Status.AFGESLOTEN:
                raise Afgesloten from None
            case _, Status.BEZOCHT:
                raise Bezocht from None
            case _:
                raise NietToegewezen from None


def aanleiding(bezoek_id: UUID) -> str:
    """How stock and messages refer to a visit, without knowing what one is."""
    return f"bezoek:{bezoek_id}"

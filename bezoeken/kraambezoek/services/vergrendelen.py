"""Locks, in the one documented order: gezin, bezoek, stock, berichten (docs/adr/0002)."""

from __future__ import annotations

from uuid import UUID

from bezoeken.kraambezoek.fouten import Afgesloten, Bezocht, NietAfgesloten, NietToegewezen
from bezoeken.models import Bezoek
from bezoeken.toestand import Actie, OngeldigeOvergang, Status, naar
from ooievaar.platform.errors import NietGevonden
from ooievaar.services.gezinnen import gezin_vergrendelen


def bezoek_vergrendelen(*, bezoek_id: UUID) -> Bezoek:
    """Lock a visit and its family for the rest of the transaction; two queries. Raises NietGevonden."""
    gezin_id = Bezoek.objects.filter(pk=bezoek_id).values_list("gezin_id", flat=True).first()
    if gezin_id is None:
        raise NietGevonden
    gezin_vergrendelen(gezin_id=gezin_id)
    return Bezoek.objects.select_for_update(of=("self",)).select_related("gebied").get(pk=bezoek_id)


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

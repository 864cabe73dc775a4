"""Of two logs of one visit a person chose the other: it takes the place of the first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from bezoeken.kraambezoek.fouten import NietAfgerond
from bezoeken.kraambezoek.services.afronden import Afronding, Log, bezoeken_afronden
from bezoeken.kraambezoek.services.toestemming import toestemming_beeindigen
from bezoeken.kraambezoek.services.vergrendelen import aanleiding, bezoek_vergrendelen
from bezoeken.models import Bezoek, Bezoekkind
from bezoeken.toestand import Status
from ooievaar.platform.errors import Fout
from voorraad.selectors import geboekt_voor
from voorraad.services import mutatie_terugdraaien

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@transaction.atomic
def afronding_vervangen(
    *,
    bezoek_id: UUID,
    afronding: Afronding,
    door: Gebruiker | None,
    nu: datetime,
    reden: str,
    bezoeker_id: UUID | None = None,
) -> Bezoek:
    """Undo what the first log did, and log the visit anew; the history keeps both.

    The boxes of the first log are booked back, and its consent for invitations ends when this log says no. `door` is
    who logged it and `bezoeker_id` who went, as in `Log`. Raises NietAfgerond when there is nothing to replace, and
    Ongeldig as `bezoeken_afronden`.
    """
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    if bezoek.status != Status.BEZOCHT:
        raise NietAfgerond
    uitgiften = geboekt_voor(aanleiding(bezoek.pk)).filter(soort="uitgifte", teruggedraaid_door=None)
    for mutatie in uitgiften.order_by("pk"):
        mutatie_terugdraaien(mutatie=mutatie, door=door, reden=reden, nu=nu)
    Bezoekkind.objects.filter(bezoek=bezoek).update(
        doos_gegeven=False, voucher_gegeven=False, voucher_hash="", voucher_einde=""
    )
    if bezoek.uitnodigen and not afronding.uitnodigen:
        toestemming_beeindigen(gezin_id=bezoek.gezin_id, doel="cafe", nu=nu)
    # In memory only: it is judged and written as if nobody had logged it, in one step from the first log to this one.
    bezoek.status = Status.OPEN
    [uitkomst] = bezoeken_afronden(logs=[Log(bezoek, afronding, door, bezoeker_id)], nu=nu)
    if isinstance(uitkomst, Fout):
        raise uitkomst
    return bezoek

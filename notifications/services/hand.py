"""What a person decides about a message that did not arrive, or of which nobody knows (quality.md, R6)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from notifications.fouten import NietMislukt
from notifications.models import Bericht, Berichtstatus
from ooievaar.kalender import volgende_verzendmoment
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.bereik import verzendregels

AFGEHANDELD = "afgehandeld"
_WACHT_OP_MENS = (Berichtstatus.MISLUKT, Berichtstatus.ONZEKER)


@transaction.atomic
def bericht_opnieuw(*, bericht_id: UUID, nu: datetime) -> Bericht:
    """Send it once more, at the next moment when messages may go; its key stays, so a provider that has it knows it.

    Whether the recipient may still be contacted is asked again when it is sent. Raises NietMislukt, NietGevonden.
    """
    bericht = _op_slot(bericht_id)
    regel = verzendregels()[bericht.gebied_id]
    bericht.status = Berichtstatus.GEPLAND
    bericht.gepland_op = volgende_verzendmoment(nu, regel.uren, regel.stil)
    bericht.verloopt_op = None
    bericht.pogingen = 0
    bericht.begonnen_op = bericht.lease_tot = None
    bericht.fout = ""
    bericht.save()
    return bericht


@transaction.atomic
def bericht_afhandelen(*, bericht_id: UUID, nu: datetime) -> Bericht:
    """A person has seen to it in another way: it is not sent any more. Raises NietMislukt, NietGevonden."""
    bericht = _op_slot(bericht_id)
    bericht.status = Berichtstatus.GEANNULEERD
    bericht.fout = AFGEHANDELD
    bericht.save()
    return bericht


def _op_slot(bericht_id: UUID) -> Bericht:
    bericht = Bericht.objects.select_for_update(of=("self",)).filter(pk=bericht_id).first()
    if bericht is None:
        raise NietGevonden
    if bericht.status not in _WACHT_OP_MENS:
        raise NietMislukt
    return bericht

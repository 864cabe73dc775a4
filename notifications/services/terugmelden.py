"""What is learnt after sending: a provider's report, or a person's word about a message that is `onzeker`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from notifications.fouten import NietMislukt
from notifications.models import Bericht, Berichtstatus, Bezorging
from notifications.services.hand import bericht_afhandelen, bericht_opnieuw
from notifications.services.onbereikbaar import onbereikbaar_melden
from ooievaar.kalender import volgende_verzendmoment
from ooievaar.selectors.bereik import verzendregels


@transaction.atomic
def bezorging_melden(*, sleutel: str, bezorgd: bool, nu: datetime) -> bool:
    """The provider says whether the phone got a message; returns whether we know that message.

    Reports come twice and in any order: what was delivered stays delivered. What certainly did not arrive goes to the
    next channel, if it has one, and its number becomes a task.
    """
    try:
        pk = UUID(sleutel)
    except ValueError:
        return False
    bericht = Bericht.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if bericht is None:
        return False
    if bericht.bezorging == Bezorging.BEZORGD or (bericht.bezorging == Bezorging.MISLUKT and not bezorgd):
        return True
    if bericht.status not in (Berichtstatus.VERZONDEN, Berichtstatus.ONZEKER):
        return True  # it went on to another channel, or was cancelled
    bericht.bezorging = Bezorging.BEZORGD if bezorgd else Bezorging.MISLUKT
    bericht.bezorging_op = nu
    if bezorgd:
        bericht.status, bericht.verzonden_op = Berichtstatus.VERZONDEN, bericht.verzonden_op or nu
    else:
        if bericht.gezin_id:
            onbereikbaar_melden([(bericht.gezin_id, bericht.kanaal, "nietBezorgd")], nu=nu)
        if bericht.terugval:
            regel = verzendregels()[bericht.gebied_id]
            bericht.status, bericht.verzonden_op, bericht.begonnen_op = Berichtstatus.GEPLAND, None, None
            bericht.kanaal, bericht.terugval, bericht.pogingen = bericht.terugval[0], bericht.terugval[1:], 0
            bericht.gepland_op = volgende_verzendmoment(nu, regel.uren, regel.stil)
    bericht.fout = "" if bezorgd else "nietBezorgd"
    bericht.save()
    return True


@transaction.atomic
def onzeker_beslissen(*, bericht_id: UUID, besluit: str, nu: datetime) -> Bericht:
    """A person has found out what became of an uncertain message: `verzonden`, send it `opnieuw`, or `laten`.

    Sent again it may go to somebody who has stopped meanwhile: the sender looks just before. Raises NietMislukt.
    """
    if besluit == "opnieuw":
        bericht_opnieuw(bericht_id=bericht_id, nu=nu)
    elif besluit == "laten":
        bericht_afhandelen(bericht_id=bericht_id, nu=nu)
    else:
        bericht = Bericht.objects.select_for_update(of=("self",)).get(pk=bericht_id)
        if bericht.status != Berichtstatus.ONZEKER:
            raise NietMislukt
        bericht.status, bericht.verzonden_op = Berichtstatus.VERZONDEN, bericht.begonnen_op or nu
        bericht.begonnen_op, bericht.lease_tot = None, None
        bericht.save()
    return Bericht.objects.get(pk=bericht_id)

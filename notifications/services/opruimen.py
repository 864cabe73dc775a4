"""What was sent to whom is kept as long as the Gebied says, and no longer (domain.md, rule 17)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from notifications.models import Bericht, Berichtstatus
from ooievaar.selectors.gebieden import alle_gebieden

_AF = (Berichtstatus.VERZONDEN, Berichtstatus.MISLUKT, Berichtstatus.GEANNULEERD)
_PARTIJ = 2000


def berichten_opruimen(*, nu: datetime) -> int:
    """Delete messages that are done with and older than the Gebied keeps them; returns how many.

    Their keys go with them: nothing is due any more that could be planned again (a reminder lapses after weeks).
    """
    aantal = 0
    for gebied in alle_gebieden():
        oud = Bericht.objects.filter(
            gebied_id=gebied.pk, status__in=_AF, gepland_op__lt=nu - timedelta(days=gebied.berichten_bewaren_dagen)
        )
        while ids := list(oud.order_by("pk").values_list("pk", flat=True)[:_PARTIJ]):
            with transaction.atomic():
                Bericht.objects.filter(pk__in=ids).delete()
            aantal += len(ids)
    return aantal

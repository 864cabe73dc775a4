"""Addresses and numbers that do not work: a task for a coordinator, once, until somebody has settled it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from notifications.models import Onbereikbaar


def onbereikbaar_melden(gevallen: Sequence[tuple[UUID, str, str]], *, nu: datetime) -> None:
    """Note (family, channel, fault) as a task; one that is open already stays as it is."""
    if gevallen:
        rijen = [Onbereikbaar(gezin_id=g, kanaal=kanaal, fout=fout, sinds=nu) for g, kanaal, fout in sorted(gevallen)]
        Onbereikbaar.objects.bulk_create(rijen, ignore_conflicts=True)


@transaction.atomic
def onbereikbaar_oplossen(*, taak: Onbereikbaar, nu: datetime) -> None:
    """Somebody has seen to it (its row is locked): the address was corrected, or there is none."""
    taak.opgelost_op = nu
    taak.save(update_fields=["opgelost_op"])

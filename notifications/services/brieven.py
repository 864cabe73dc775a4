"""Batches of letters: a person makes one, prints it, says so, or stops half-way."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from notifications.fouten import GeenBrieven, PartijKlaar
from notifications.models import Briefpartij, Briefregel
from notifications.selectors.brieven import brieven_van, wachtende_brieven

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@transaction.atomic
def partij_maken(*, gebied_id: UUID, tot: date, door: Gebruiker, nu: datetime) -> Briefpartij:
    """Put every letter that waits since `tot` or before in a new batch, in the order of the postcodes.

    A letter that cannot be sent (no address, a secret one, a family that stopped) stays out. Raises GeenBrieven.
    """
    with connection.cursor() as cursor:
        # Two people at once: the second finds what the first left.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"brieven {gebied_id}"])
    brieven = brieven_van(wachtende_brieven(gebied_id, tot=tot)).brieven
    if not brieven:
        raise GeenBrieven
    partij = Briefpartij.objects.create(gebied_id=gebied_id, gemaakt_op=nu, gemaakt_door=door)
    plek = {brief.regel_id: nummer for nummer, brief in enumerate(brieven, start=1)}
    regels = list(Briefregel.objects.filter(pk__in=plek))
    for regel in regels:
        regel.partij, regel.volgnummer = partij, plek[regel.pk]
    Briefregel.objects.bulk_update(regels, ["partij", "volgnummer"])
    return partij


@transaction.atomic
def partij_gedrukt(*, partij: Briefpartij, door: Gebruiker, nu: datetime) -> Briefpartij:
    """Somebody printed and posted it (its row is locked). Twice changes nothing. Raises PartijKlaar if cancelled."""
    if partij.geannuleerd_op is not None:
        raise PartijKlaar
    if partij.gedrukt_op is None:
        partij.gedrukt_op, partij.gedrukt_door = nu, door
        partij.save(update_fields=["gedrukt_op", "gedrukt_door"])
    return partij


@transaction.atomic
def partij_annuleren(*, partij: Briefpartij, gedrukt: int, door: Gebruiker, nu: datetime) -> Briefpartij:
    """Stop it (its row is locked) after page `gedrukt`: the pages up to there are posted, the others wait again.

    0: nothing was printed. Raises PartijKlaar when it was marked as printed, or cancelled before.
    """
    if partij.gedrukt_op is not None or partij.geannuleerd_op is not None:
        raise PartijKlaar
    Briefregel.objects.filter(partij=partij, volgnummer__gt=gedrukt).update(partij=None, volgnummer=None)
    partij.geannuleerd_op = nu
    if gedrukt:
        partij.gedrukt_op, partij.gedrukt_door = nu, door
    partij.save(update_fields=["geannuleerd_op", "gedrukt_op", "gedrukt_door"])
    return partij

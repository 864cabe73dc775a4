"""What one of us would get within minutes is one message: nobody wants five e-mails at nine o'clock (docs/adr/0011).

Merging is decided in the claim, and three things make it hold with any number of senders and any size of chunk: on
these channels senders claim one at a time; who is claimed for one message is claimed for all of hers that are due; and
what comes due while hers is on its way, or shortly after, waits and goes as one. Families' messages are never merged
(each has its own stop), and what is urgent neither waits nor is merged.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from notifications.models import Bericht, Berichtstatus

BUNDELBAAR = frozenset({"email", "push"})
# After a message to one of us the next one on that channel waits so long, and what comes meanwhile goes with it.
PAUZE = timedelta(minutes=10)


class Gevonden(NamedTuple):
    """A due row, as far as it matters for merging. `begonnen_op`: since when the provider may have had it."""

    id: UUID
    gezin_id: UUID | None
    over_gezin_id: UUID | None
    ooievaarsmoeder_id: UUID | None
    gebruiker_id: UUID | None
    bundel: UUID | None
    begonnen_op: datetime | None

    @property
    def wie(self) -> UUID | None:
        """Which one of us it is for; None: a family."""
        return self.ooievaarsmoeder_id or self.gebruiker_id


def een_tegelijk(kanaal: str) -> None:
    """Wait until no other sender is claiming on this channel. Ends with the transaction, which sends nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"claim {kanaal}"])


def zonder_wachtenden(
    due: QuerySet[Bericht], kanaal: str, nu: datetime, met_pauze: Collection[UUID]
) -> QuerySet[Bericht]:
    """Of what is due, what need not wait for another message to the same person.

    `met_pauze`: the areas in which there is still time for a pause before the hours end. What loses its use during the
    pause does not wait either.
    """
    van_haar = Bericht.objects.filter(
        Q(ooievaarsmoeder_id=OuterRef("ooievaarsmoeder_id")) | Q(gebruiker_id=OuterRef("gebruiker_id")),
        kanaal=kanaal,
        spoed=False,
    )
    onderweg = Exists(van_haar.filter(status=Berichtstatus.BEZIG, lease_tot__gt=nu))
    pas_gegaan = Exists(van_haar.filter(status=Berichtstatus.VERZONDEN, verzonden_op__gt=nu - PAUZE))
    kan_wachten = Q(gebied_id__in=met_pauze) & (Q(verloopt_op__isnull=True) | Q(verloopt_op__gt=nu + PAUZE))
    return due.filter(Q(gezin__isnull=False) | ~(onderweg | (kan_wachten & pas_gegaan)))


def met_de_rest(gevonden: Sequence[Gevonden], due: QuerySet[Bericht]) -> list[Gevonden]:
    """These rows, and whatever else is due of the same people.

    What a provider may have had already goes again as it was, under its own key; then the rest waits for the pause.
    """
    wie = {rij.wie for rij in gevonden if rij.wie is not None}
    if not wie:
        return list(gevonden)
    rest = due.filter(Q(ooievaarsmoeder__in=wie) | Q(gebruiker__in=wie)).exclude(pk__in=[rij.id for rij in gevonden])
    alle = [*gevonden, *(Gevonden(*velden) for velden in rest.values_list(*Gevonden._fields))]
    onbeslist = {rij.wie for rij in alle if rij.begonnen_op is not None} - {None}
    return [rij for rij in alle if rij.wie not in onbeslist or rij.begonnen_op is not None]


def leg_samen(gevonden: Sequence[Gevonden]) -> dict[UUID, UUID | None]:
    """Write down, and return, for each row the bundle it is in from now on (None: it goes alone).

    Only what a provider may have had keeps the one it had: what certainly did not arrive is merged anew.
    """
    in_bundel = {rij.id: rij.bundel for rij in gevonden}
    per_persoon: dict[UUID, list[UUID]] = {}
    for rij in gevonden:
        if rij.wie is not None and rij.begonnen_op is None:
            per_persoon.setdefault(rij.wie, []).append(rij.id)
    for ids in per_persoon.values():
        in_bundel.update(dict.fromkeys(ids, uuid4() if len(ids) > 1 else None))
    anders: dict[UUID | None, list[UUID]] = {}
    for rij in gevonden:
        if rij.bundel != in_bundel[rij.id]:
            anders.setdefault(in_bundel[rij.id], []).append(rij.id)
    for nieuw, ids in anders.items():
        Bericht.objects.filter(pk__een_van=ids).update(bundel=nieuw)
    return in_bundel

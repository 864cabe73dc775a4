"""Why a balance is what it is: every line of the ledger that touched it, with the balance after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from voorraad.models import Mutatie, Reservering, Stand


class Verklaring(NamedTuple):
    """One line of the explanation: the ledger line, what it did here, and the balance after it."""

    mutatie: Mutatie
    verschil: int
    daarna: int


def verklaar(*, artikel_id: UUID, locatie_id: UUID, partij_id: UUID | None) -> Iterator[Verklaring]:
    """The lines of one balance in the order in which they were booked; one query, read as it goes."""
    regels = (
        Mutatie.objects.filter(Q(van=locatie_id) | Q(naar=locatie_id), artikel=artikel_id, partij=partij_id)
        .select_related("van", "naar")
        .order_by("geboekt_op", "id")
    )
    stand = 0
    for regel in regels.iterator(chunk_size=2000):
        verschil = regel.aantal if regel.naar_id == locatie_id else -regel.aantal
        stand += verschil
        yield Verklaring(regel, verschil, stand)


def beloften_op(stand: Stand) -> list[Reservering]:
    """What is promised of this balance, oldest first."""
    return list(
        Reservering.objects.filter(stand=stand, status=Reservering.Status.ACTIEF).order_by("gereserveerd_op", "id")
    )

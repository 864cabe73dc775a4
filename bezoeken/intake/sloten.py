"""One at a time for one household: advisory locks, held until the transaction ends.

Two notices of one birth may arrive at the same moment; whoever comes second must see what the first one made. A
single notice shares the Gebied and takes its own household, kenmerk, phone number and e-mail address; a batch of a
file takes the whole Gebied. Order: Gebied, then the keys in ascending order, then rows (gezin -> bezoek -> stock ->
berichten).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from bezoeken.intake.normaliseren import Melding


def vergrendel_melding(gebied_id: UUID, melding: Melding) -> None:
    """Keep everybody else from judging this household, this kenmerk, this phone number or this e-mail address."""
    namen = [f"kenmerk {melding.bron} {melding.kenmerk}"]
    if melding.adres.plek:
        namen.append(f"plek {melding.adres.plek}")
    if melding.telefoonnummer:
        namen.append(f"telefoon {melding.telefoonnummer}")
    if melding.emailadres:
        namen.append(f"email {melding.emailadres}")
    _sloten([f"{gebied_id}"], gedeeld=True)
    _sloten([f"{gebied_id} {naam}" for naam in namen])


def vergrendel_gebied(gebied_id: UUID) -> None:
    """Keep everybody else from judging anything in this Gebied (for the duration of one batch)."""
    _sloten([f"{gebied_id}"])


def _sloten(namen: Iterable[str], *, gedeeld: bool = False) -> None:
    functie = "pg_advisory_xact_lock_shared" if gedeeld else "pg_advisory_xact_lock"
    nummers = sorted(
        int.from_bytes(hashlib.sha256(f"intake {naam}".encode()).digest()[:8], "big", signed=True) for naam in namen
    )
    with connection.cursor() as cursor:
        for nummer in nummers:
            cursor.execute(f"SELECT {functie}(%s)", [nummer])

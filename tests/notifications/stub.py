"""A provider on this machine: it writes down what it was given, and fails when told to."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from notifications.kanalen.basis import GELUKT, Uitkomst, Zending


class StubKanaal:
    """Takes e-mail. With `venster` it knows idempotency keys for that long, like most SMS and mail services."""

    naam = "email"
    extern = True
    per_seconde = None

    def __init__(
        self,
        *,
        venster: timedelta | None = timedelta(hours=24),
        partij: int = 20,
        bestand: Path | None = None,
        bij: Callable[[Zending], Uitkomst] | None = None,
    ) -> None:
        self.sleutelvenster, self.partij, self.bestand, self.bij = venster, partij, bestand, bij
        self.aangeboden: list[Zending] = []

    def adressen(self, *, gezin_ids, ooievaarsmoeder_ids, gebruiker_ids):
        return {pk: f"{pk}@example.org" for pk in (*gezin_ids, *ooievaarsmoeder_ids, *gebruiker_ids)}

    def verzend(self, zendingen):
        self.aangeboden += zendingen
        if self.bestand:
            with self.bestand.open("a") as uit:
                uit.writelines(f"{zending.id}\n" for zending in zendingen)
                uit.flush()
                os.fsync(uit.fileno())
        return {zending.id: self.bij(zending) if self.bij else GELUKT for zending in zendingen}

    @property
    def sleutels(self):
        return [zending.id for zending in self.aangeboden]

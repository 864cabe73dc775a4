"""In the app: the row itself is the message (GET /berichten), so there is nothing to hand over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from notifications.kanalen.basis import GELUKT, Uitkomst, Zending


class AppKanaal:
    naam = "app"
    extern = False
    sleutelvenster: timedelta | None = None
    per_seconde: float | None = None
    partij = 200

    def adressen(
        self, *, gezin_ids: Iterable[UUID], ooievaarsmoeder_ids: Iterable[UUID], gebruiker_ids: Iterable[UUID]
    ) -> Mapping[UUID, str]:
        return {}

    def verzend(self, zendingen: Sequence[Zending]) -> Mapping[UUID, Uitkomst]:
        return {zending.id: GELUKT for zending in zendingen}

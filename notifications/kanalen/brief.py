"""Letters: the message goes on the letter list of the day, for a person to print and post (`brievenlijst`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from notifications.kanalen.basis import GELUKT, Uitkomst, Zending
from notifications.models import Briefregel


class BriefKanaal:
    naam = "brief"
    extern = False
    sleutelvenster: timedelta | None = None
    per_seconde: float | None = None
    partij = 200

    def adressen(
        self, *, gezin_ids: Iterable[UUID], ooievaarsmoeder_ids: Iterable[UUID], gebruiker_ids: Iterable[UUID]
    ) -> Mapping[UUID, str]:
        return {}

    def verzend(self, zendingen: Sequence[Zending]) -> Mapping[UUID, Uitkomst]:
        Briefregel.objects.bulk_create(
            [Briefregel(bericht_id=z.id, gebied_id=z.gebied_id, dag=z.dag) for z in zendingen], ignore_conflicts=True
        )
        return {zending.id: GELUKT for zending in zendingen}

"""20,000 due messages claimed, sent to a local stub and marked, beside the stub alone (quality.md, "Speed")."""

from __future__ import annotations

import time
from datetime import datetime
from uuid import uuid4

from tests.benchmarks.meten import Regel

AANTAL = 20_000
NU = datetime.fromisoformat("2026-11-24T10:00:00+01:00")  # a Tuesday, inside the hours


def main() -> list[Regel]:
    """One sender in this process. The limit is the stub alone: no claim, no check, no mark. Leaves nothing behind."""
    from django.db import connection

    from notifications.kanalen import Zending
    from notifications.models import Bericht
    from notifications.services import verzend
    from ooievaar.models import Gebied, Gezin
    from tests.notifications.stub import StubKanaal

    gebied = Gebied.objects.create(code=f"bench-{uuid4().hex[:8]}", naam="Bench")
    try:
        gezinnen = Gezin.objects.bulk_create([Gezin(gebied=gebied) for _n in range(2_000)])
        Bericht.objects.bulk_create(
            [
                Bericht(
                    soort="aankondiging",
                    kanaal="email",
                    gebied=gebied,
                    gezin=gezinnen[n % len(gezinnen)],
                    context={"van": "2026-11-11", "tot": "2026-11-25"},
                    sleutel=f"{gebied.pk}/{n}",
                    gepland_op=NU,
                    aangemaakt_op=NU,
                )
                for n in range(AANTAL)
            ],
            batch_size=2_000,
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE notifications_bericht")
        alleen = StubKanaal(partij=200)
        begin = time.perf_counter()
        for deel in range(0, AANTAL, 200):
            alleen.verzend([Zending(uuid4(), gebied.pk, NU.date()) for _n in range(deel, deel + 200)])
        grens = AANTAL / (time.perf_counter() - begin)

        stub = StubKanaal(partij=200)
        begin = time.perf_counter()
        verzend(nu=NU, kanalen=[stub])
        duur = time.perf_counter() - begin
        assert len(set(stub.sleutels)) == AANTAL, "every message exactly once"
        return [
            Regel("drain of 20,000 messages", duur, "s", "the goal", 5.0, "<= 5 s", duur <= 5),
            Regel("drain of 20,000 messages", AANTAL / duur, "/s", "the stub alone", grens, "", None),
        ]
    finally:
        with connection.cursor() as cursor:
            # Children first; the history of what never was is not kept either.
            cursor.execute("DELETE FROM notifications_bericht WHERE gebied_id = %s", [gebied.pk])
            cursor.execute("DELETE FROM notifications_berichtevent WHERE gebied_id = %s", [gebied.pk])
            cursor.execute("DELETE FROM ooievaar_gezin WHERE gebied_id = %s", [gebied.pk])
            cursor.execute("DELETE FROM ooievaar_gezinevent WHERE gebied_id = %s", [gebied.pk])
            cursor.execute("DELETE FROM ooievaar_gebied WHERE id = %s", [gebied.pk])
            cursor.execute("DELETE FROM ooievaar_gebiedevent WHERE pgh_obj_id = %s", [gebied.pk])

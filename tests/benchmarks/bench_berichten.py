"""20,000 due messages claimed, sent to a local stub and marked, beside one task each and the stub alone (quality.md)."""

from __future__ import annotations

import os
import time
from datetime import datetime
from typing import Any
from uuid import uuid4

from tests.benchmarks.meten import Regel

AANTAL = 20_000
EEN_VOOR_EEN = 500
NU = datetime.fromisoformat("2026-11-24T10:00:00+01:00")  # a Tuesday, inside the hours


def main() -> list[Regel]:
    """One sender in this process. The limit is the stub alone: no claim, no check, no mark. Leaves nothing behind."""
    from django.db import connection

    from notifications.services import verzend
    from ooievaar.models import Gebied
    from ooievaar.platform import audit
    from tests.notifications.stub import StubKanaal

    gebied = Gebied.objects.create(code=f"bench-{uuid4().hex[:8]}", naam="Bench")
    try:
        grens = _stub_alleen(gebied)
        _klaarzetten(gebied, EEN_VOOR_EEN)
        per_taak = _taak_per_bericht()
        _klaarzetten(gebied, AANTAL)
        stub = StubKanaal(partij=200)
        begin = time.perf_counter()
        with audit.namens(via="verzender"):  # as the task does: the history says who
            verzend(nu=NU, kanalen=[stub])
        duur = time.perf_counter() - begin
        assert len(set(stub.sleutels)) == AANTAL, "every message exactly once"
        return [
            Regel("drain of 20,000 messages", duur, "s", "the goal", 5.0, "<= 5 s", duur <= 5),
            Regel("drain of 20,000 messages", AANTAL / duur, "/s", "one task per message", per_taak, "", None),
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


def _klaarzetten(gebied: Any, aantal: int) -> None:
    """So many messages that are due now, ten to each family."""
    from django.db import connection

    from notifications.models import Bericht
    from ooievaar.models import Gezin

    gezinnen = Gezin.objects.bulk_create([Gezin(gebied=gebied) for _n in range(aantal // 10)])
    Bericht.objects.bulk_create(
        [
            Bericht(
                soort="aankondiging",
                kanaal="email",
                gebied=gebied,
                gezin=gezinnen[n % len(gezinnen)],
                context={"van": "2026-11-11", "tot": "2026-11-25"},
                sleutel=f"{gebied.pk}/{aantal}/{n}",
                gepland_op=NU,
                aangemaakt_op=NU,
            )
            for n in range(aantal)
        ],
        batch_size=2_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notifications_bericht")


def _stub_alleen(gebied: Any) -> float:
    from notifications.kanalen import Zending
    from tests.notifications.stub import StubKanaal

    stub = StubKanaal(partij=200)
    begin = time.perf_counter()
    for deel in range(0, AANTAL, 200):
        stub.verzend([Zending(uuid4(), gebied.pk, NU.date()) for _n in range(deel, deel + 200)])
    return AANTAL / (time.perf_counter() - begin)


def _taak_per_bericht() -> float:
    """The same work as it is often built: every message through the broker, then claimed, checked, sent, marked alone."""
    from kombu import Connection

    from notifications.selectors import eigen_teksten
    from notifications.services.claimen import claim
    from notifications.services.verzenden import _Klok, _verzend_partij
    from ooievaar.platform import audit
    from ooievaar.selectors.bereik import verzendregels
    from tests.notifications.stub import StubKanaal

    stub = StubKanaal(partij=1)
    regels, eigen, klok = verzendregels(), eigen_teksten(), _Klok(NU)
    with Connection(os.environ["REDIS_URL"]) as broker, broker.SimpleQueue(f"bench-{uuid4().hex}") as rij:
        begin = time.perf_counter()
        for nummer in range(EEN_VOOR_EEN):
            rij.put({"id": nummer})
        for _nummer in range(EEN_VOOR_EEN):
            taak = rij.get(timeout=10)
            with audit.namens(via="verzender"):
                genomen = claim(stub, klok.nu(), regels, 1, spoed=False)
                _verzend_partij(stub, genomen.rijen, genomen, klok, regels, eigen)
            taak.ack()
        duur = time.perf_counter() - begin
    assert len(set(stub.sleutels)) == EEN_VOOR_EEN
    return EEN_VOOR_EEN / duur

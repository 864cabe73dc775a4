"""The broker flushed and killed during a drain (quality.md, R9): nothing lost, nothing doubled, it rings again."""

from __future__ import annotations

import subprocess
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta

import kombu.exceptions
import pytest
import redis
from celery.contrib.testing.worker import start_worker
from django.db import connections

from config.celery import app
from config.servers import free_port, valkey_binary
from notifications import services
from notifications.kanalen.basis import GELUKT
from notifications.models import Bericht
from notifications.tasks import verzend_berichten
from ooievaar.platform import clock
from tests.config.hulp import eventually
from tests.factories import GezinFactory
from tests.factories.notifications import BerichtFactory
from tests.notifications.stub import StubKanaal

NU = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
AANTAL = 120
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Valkey:
    """A broker of this test's own, that can be killed and started again."""

    def __init__(self, folder) -> None:
        self.folder, self.poort = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.poort}/0"
        self.start()

    def start(self) -> None:
        opdracht = [str(valkey_binary()), "--bind", "127.0.0.1", "--port", str(self.poort), "--save", ""]
        self.proces = subprocess.Popen(opdracht, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert eventually(self._antwoordt)

    def _antwoordt(self) -> bool:
        try:
            return bool(redis.Redis.from_url(self.url).ping())
        except redis.RedisError:
            return False

    def leeg(self) -> None:
        redis.Redis.from_url(self.url).flushall()

    def dood(self) -> None:
        self.proces.kill()
        self.proces.wait()


@pytest.fixture
def valkey(tmp_path, monkeypatch):
    broker = Valkey(tmp_path)
    for naam, waarde in (
        ("broker_url", broker.url), ("broker_read_url", None), ("broker_write_url", None), ("result_backend", None),
        ("worker_hijack_root_logger", False), ("broker_connection_max_retries", None),
    ):  # fmt: skip
        monkeypatch.setitem(app.conf, naam, waarde)
    app.pool.force_close_all()
    yield broker
    broker.dood()
    app.pool.force_close_all()


def bel() -> None:
    """Ring, as the beat and a commit do; a broker that is not there is no reason to fail."""
    with suppress(kombu.exceptions.OperationalError, redis.ConnectionError), app.connection_for_write() as verbinding:
        verzend_berichten.apply_async(connection=verbinding, retry=False)


def test_flushed_and_killed_during_a_drain_it_loses_and_doubles_nothing(valkey, monkeypatch):
    monkeypatch.setattr(clock, "nu", lambda: NU)
    gezin = GezinFactory()
    for _nummer in range(AANTAL):
        BerichtFactory(gezin=gezin, gepland_op=NU - timedelta(hours=1), aangemaakt_op=NU)
    bezig = threading.Event()

    def langzaam(zending):
        bezig.set()
        time.sleep(0.01)
        return GELUKT

    stub = StubKanaal(bij=langzaam, partij=10)
    echt = services.verzend
    monkeypatch.setattr("notifications.tasks.verzend", lambda *, nu, **_: echt(nu=nu, kanalen=[stub], batch=20))
    verzonden = Bericht.objects.filter(status="verzonden")
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=60):
        for _keer in range(3):
            bel()  # doubled doorbells
        assert bezig.wait(60)
        valkey.leeg()
        bel()
        valkey.dood()
        bel()  # nobody hears it
        valkey.start()
        # The beat rings every minute; here as often as it takes.
        assert eventually(lambda: bel() or verzonden.count() == AANTAL, 90), Counter(
            Bericht.objects.values_list("status", flat=True)
        )
    keren = Counter(stub.sleutels)
    assert len(keren) == AANTAL
    assert set(keren.values()) == {1}, "no message twice"
    connections.close_all()

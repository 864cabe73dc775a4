"""An alarm is exact to a minute while 20,000 other messages drain, the broker is dead and the mail server hangs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection

from bezoeken.models import Alarm, Incheck
from bezoeken.veiligheid.services import bewaken, inchecken
from notifications.kanalen import AppKanaal
from notifications.kanalen.basis import GELUKT
from notifications.models import Bericht
from notifications.services import verzend
from ooievaar.platform import clock
from tests.config.hulp import eventually
from tests.factories import AchterwachtdienstFactory, GezinFactory, OoievaarsmoederFactory, toegewezen_bezoek
from tests.notifications.gateway import Gateway
from tests.notifications.stub import StubKanaal

MINUUT = timedelta(minutes=1)
pytestmark = [pytest.mark.django_db(transaction=True)]


def klaarzetten(aantal, op):
    """So many messages that are due, of one family in ten."""
    gezinnen = [GezinFactory() for _n in range(10)]
    gezin_ids = [g.pk for g in gezinnen]
    velden = {"soort": "aankondiging", "kanaal": "email", "context": {"van": "2026-11-11", "tot": "2026-11-25"}}
    Bericht.objects.bulk_create(
        [
            Bericht(
                gebied_id=gezinnen[n % 10].gebied_id, gezin_id=gezin_ids[n % 10], sleutel=f"veel-{n}",
                gepland_op=op, aangemaakt_op=op, **velden,
            )
            for n in range(aantal)
        ],
        batch_size=2000,
    )  # fmt: skip


def ingecheckt(dienst, nu, minuten=60):
    """Somebody of this Gebied who went in at `nu`, reachable by SMS and e-mail."""
    moeder = OoievaarsmoederFactory(gebied=dienst.gebied, emailadres="zij@example.org", telefoonnummer="+31612345678")
    bezoek = toegewezen_bezoek(moeder)
    inchecken(bezoek_id=bezoek.pk, ooievaarsmoeder_id=moeder.pk, verwachte_minuten=minuten, door=None, nu=nu)
    return Incheck.objects.get(bezoek=bezoek)


def test_to_the_minute_while_a_long_drain_runs():
    """Every 15 seconds of two hours are looked at beside a drain that ends only when we do."""
    nu = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
    dienst = AchterwachtdienstFactory(begin=nu - timedelta(hours=2))
    incheck = ingecheckt(dienst, nu)
    klaarzetten(2000, nu - MINUUT)
    stop = threading.Event()
    # A slow provider: the drain lasts as long as we look.
    stub = StubKanaal(partij=20, bij=lambda z: (stop.wait(0.02), GELUKT)[1])

    def drain():
        verzend(nu=nu, kanalen=[stub])
        connection.close()

    draad = threading.Thread(target=drain)
    draad.start()
    assert eventually(lambda: bool(stub.aangeboden))
    gebeurd, traagste = {}, 0.0
    # The whole quarters of an hour around what should happen, at every look of 15 seconds.
    for kwart in [*range(4 * 74, 4 * 76), *range(4 * 89, 4 * 91), *range(4 * 99, 4 * 101)]:
        moment = nu + kwart * MINUUT / 4
        begin = time.perf_counter()
        for soort, aantal in bewaken(nu=moment).items():
            if aantal:
                gebeurd[soort] = kwart / 4
        verzend(nu=moment, kanalen=[AppKanaal()], spoed=True)
        traagste = max(traagste, time.perf_counter() - begin)
    assert draad.is_alive(), "the drain was still running at the last look"
    stop.set()
    draad.join(60)
    assert gebeurd == {"waarschuwing": 75, "alarm": 90, "tweede": 100}
    assert traagste < 10, f"a look took {traagste:.1f} s"
    spoed = Bericht.objects.filter(spoed=True, kanaal="app").order_by("gepland_op")
    verwacht = [incheck.verwacht_eind + m * MINUUT for m in (15, 30, 40)]
    assert [b.gepland_op for b in spoed] == verwacht
    assert all(timedelta(0) <= b.verzonden_op - b.gepland_op < MINUUT for b in spoed)
    assert Counter(stub.sleutels).most_common(1)[0][1] == 1


class _HangendeMailserver:
    """Takes connections and never says a word."""

    def __init__(self):
        self._server = socket.create_server(("127.0.0.1", 0))
        self.poort = self._server.getsockname()[1]
        self.verbindingen = []
        threading.Thread(target=self._neem_aan, daemon=True).start()

    def _neem_aan(self):
        while True:
            try:
                self.verbindingen.append(self._server.accept()[0])
            except OSError:
                return

    def stop(self):
        self._server.close()


def proces(wat, gateway, mail):
    omgeving = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "BEWAKER_DATABASE": connection.settings_dict["NAME"],
        "BEWAKER_SMS": gateway.url,
        "BEWAKER_MAIL": str(mail.poort),
        "REDIS_URL": "redis://127.0.0.1:1/0",  # nobody there
    }
    return subprocess.Popen([sys.executable, "-m", "tests.faults.bewaker", wat], env=omgeving)


@pytest.mark.duur
def test_the_process_itself_in_real_time_with_the_broker_dead_and_a_mail_server_that_hangs():
    """Three check-ins, each with its next step 20 seconds away; 20,000 messages drain in another process meanwhile."""
    nu = clock.nu()
    dienst = AchterwachtdienstFactory(begin=nu - timedelta(hours=3), eind=nu + timedelta(hours=3))
    for wie in (dienst.eerste, dienst.tweede):
        wie.email = "wacht@example.org"
        wie.save()
    klaarzetten(20_000, nu - MINUUT)
    vraag, alarm, tweede = (ingecheckt(dienst, nu - timedelta(minutes=90)) for _n in range(3))
    straks = clock.nu() + timedelta(seconds=20)
    Incheck.objects.filter(pk=vraag.pk).update(verwacht_eind=straks - 15 * MINUUT)
    Incheck.objects.filter(pk=alarm.pk).update(verwacht_eind=straks - 30 * MINUUT, gewaarschuwd_op=nu)
    Incheck.objects.filter(pk=tweede.pk).update(verwacht_eind=straks - 40 * MINUUT, gewaarschuwd_op=nu)
    Alarm.objects.create(incheck=tweede, gestart_op=straks - 10 * MINUUT, eerste=dienst.eerste, tweede=dienst.tweede)
    gateway, mail = Gateway(), _HangendeMailserver()
    processen = [proces("drain", gateway, mail), proces("bewaak", gateway, mail)]
    try:
        kanalen = ("app", "sms")
        gegaan = Bericht.objects.filter(spoed=True, kanaal__in=kanalen, status="verzonden")
        assert eventually(lambda: gegaan.count() >= 6, seconds=85), list(
            Bericht.objects.filter(spoed=True).values_list("soort", "kanaal", "status", "fout")
        )
    finally:
        for p in processen:
            p.kill()
            p.wait()
        gateway.stop()
        mail.stop()
    laat = [(b.soort, b.kanaal, round((b.verzonden_op - straks).total_seconds(), 1)) for b in gegaan]
    print("\nseconds after they were due:", laat, "e-mail connections that hung:", len(mail.verbindingen))
    assert all(0 <= seconden < 60 for *_wat, seconden in laat), laat
    assert {b.aanleiding.partition(":")[2] for b in gegaan} == {str(i.pk) for i in (vraag, alarm, tweede)}
    assert Bericht.objects.filter(sleutel__startswith="veel-", status="verzonden").exists(), "the drain ran beside it"
    assert mail.verbindingen, "and the mail server hung"

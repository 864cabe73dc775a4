"""kill -9 of all of PostgreSQL under 8 HTTP clients, four times (quality.md, R1): what was acknowledged is stored."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from config.servers import free_port, postgres_binaries
from ooievaar.platform import clock
from tests.config.hulp import ROOT, SERVERS, Supervisor, alive, environment, eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
RONDEN, KLANTEN, PER_RONDE = 4, 8, 30
# As durable as `make run`: the tests' own servers trade that for speed.
DUURZAAM = SERVERS.replace(", fast=True", "")
VOORBEREIDEN = """
import django; django.setup()
from tests.bezoeken.intake.hulp import gebied_met_adressen
from tests.factories import gebruiker_met_rol, token_voor
print(token_voor(gebruiker_met_rol("bron", gebied=gebied_met_adressen())))
"""


def nakomelingen(pid: int) -> list[int]:
    """A process and all that it started."""
    kinderen = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        onder = [int(kind) for kind in kinderen.read_text().split()]
    except OSError:
        onder = []
    return [pid, *(nakomeling for kind in onder for nakomeling in nakomelingen(kind))]


def kopieer_tabellen(naar: str) -> None:
    """The tables of the tests' own database, so that they need not be made a second time."""
    van = connection.settings_dict
    adres = {"PGHOST": van["HOST"], "PGPORT": str(van["PORT"]), "PGUSER": van["USER"], "PGPASSWORD": van["PASSWORD"]}
    programma = postgres_binaries()
    dump = subprocess.run(
        [programma / "pg_dump", "--no-owner", van["NAME"]], env={**os.environ, **adres}, capture_output=True, check=True
    )
    klaar = subprocess.run(
        [programma / "psql", "--quiet", "--set", "ON_ERROR_STOP=1", naar], input=dump.stdout, capture_output=True
    )
    assert klaar.returncode == 0, klaar.stderr.decode()


class Servers:
    """PostgreSQL (and Valkey) of this test, to be killed and started again on the same data and port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start(SERVERS)  # fast, until the tables are made

    def start(self, programma: str = DUURZAAM) -> None:
        self.supervisor = Supervisor("-c", programma, str(self.folder))
        self.postgres = int(self.supervisor.wait_for("ready").split()[1])

    def url(self) -> str:
        return json.loads((self.folder / "servers.json").read_text())["database"]

    def dood(self) -> None:
        """kill -9 of PostgreSQL and everything it forked, at once; then of its supervisor."""
        pids = nakomelingen(self.postgres)
        assert len(pids) > 3, "backends and helpers were alive"
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: not any(map(alive, pids)))
        self.stop()

    def netjes(self) -> None:
        """Stop as somebody who closes the program."""
        assert self.supervisor.process.stdin is not None
        self.supervisor.process.stdin.close()
        self.supervisor.process.wait(120)

    def stop(self) -> None:
        self.supervisor.process.kill()
        self.supervisor.__exit__()


@contextmanager
def web(folder: Path, url: str, poort: int):
    """The product's own web, with two workers."""
    env = environment(
        DATABASE_URL=url, REDIS_URL="redis://127.0.0.1:1/0", DATA_DIR=str(folder), API_LIMIET_PER_MINUUT="0",
        DJANGO_SETTINGS_MODULE="config.settings.local",
    )  # fmt: skip
    opdracht = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(poort),
        "--workers", "2", "--blocking-threads", "4", "--no-ws", "config.wsgi:application",
    ]  # fmt: skip
    with (folder / "web.log").open("wb") as log:
        proces = subprocess.Popen(opdracht, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(proces.pid, signal.SIGKILL)
        proces.wait()


class Klanten:
    """Eight clients who report births as fast as they can; who gets no answer sends the same notice again later."""

    def __init__(self, adres: str, token: str) -> None:
        self.adres, self.token = adres, token
        self.geboren = (clock.vandaag() - timedelta(days=10)).isoformat()
        self.erkend: set[str] = set()
        self.codes: Counter[object] = Counter()
        self.klaar = threading.Event()
        self.draden = [threading.Thread(target=self._meld, args=(n,), daemon=True) for n in range(KLANTEN)]
        for draad in self.draden:
            draad.start()

    def _meld(self, klant: int) -> None:
        nummer = 0
        while not self.klaar.is_set():
            kenmerk = f"{klant}-{nummer}"
            code = self._stuur(kenmerk, klant)
            self.codes[code] += 1
            if code in (200, 201):
                self.erkend.add(kenmerk)
                nummer += 1
            else:
                time.sleep(0.1)

    def _stuur(self, kenmerk: str, klant: int) -> object:
        melding = {
            "bron": "gemeente", "kenmerk": kenmerk,
            "kind": {"geboortedatum": self.geboren, "voornaam": "Sem", "achternaam": f"Voorbeeld{kenmerk}"},
            "adres": {"straat": "Boxpad", "huisnummer": klant + 1, "postcode": "6400AA", "woonplaats": "Heerlen"},
        }  # fmt: skip
        koppen = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        verzoek = urllib.request.Request(self.adres, json.dumps(melding).encode(), koppen)
        try:
            with urllib.request.urlopen(verzoek, timeout=20) as antwoord:
                return antwoord.status
        except urllib.error.HTTPError as fout:
            return fout.code
        except OSError as fout:
            return type(fout).__name__

    def tot(self, aantal: int, seconden: float) -> None:
        assert eventually(lambda: len(self.erkend) >= aantal, seconden), (aantal, len(self.erkend), self.codes)

    def stop(self) -> None:
        self.klaar.set()
        for draad in self.draden:
            draad.join(60)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for PostgreSQL's processes in /proc")
def test_what_was_acknowledged_is_stored_after_four_kills_of_all_of_postgresql(tmp_path_factory, transactional_db):
    folder = tmp_path_factory.mktemp("gedood") / "var"
    servers = Servers(folder)
    try:
        kopieer_tabellen(servers.url())
        env = environment(
            DATABASE_URL=servers.url(), REDIS_URL="redis://127.0.0.1:1/0", DATA_DIR=str(folder),
            DJANGO_SETTINGS_MODULE="config.settings.local",
        )  # fmt: skip
        klaar = subprocess.run(
            [sys.executable, "-c", VOORBEREIDEN], cwd=ROOT, env=env, capture_output=True, text=True, timeout=900
        )
        assert klaar.returncode == 0, klaar.stderr
        token, poort, url = klaar.stdout.split()[-1], free_port(), servers.url()
        servers.netjes()
        servers.start()
        with web(folder, url, poort):
            klanten = Klanten(f"http://127.0.0.1:{poort}/api/v1/geboortemeldingen", token)
            try:
                klanten.tot(PER_RONDE, 120)
                for _ronde in range(RONDEN):
                    servers.dood()
                    voor = len(klanten.erkend)
                    servers.start()
                    assert servers.url() == url, "on the same port as before"
                    klanten.tot(voor + PER_RONDE, 120)
            finally:
                klanten.stop()
        with psycopg.connect(url) as verbinding:
            rijen = verbinding.execute("SELECT kenmerk, pasgeborene_id FROM bezoeken_geboortemelding").fetchall()
            kinderen = verbinding.execute("SELECT count(*) FROM ooievaar_pasgeborene").fetchone()
        opgeslagen = {kenmerk for kenmerk, _kind in rijen}
        assert klanten.erkend <= opgeslagen, sorted(klanten.erkend - opgeslagen)
        assert len(klanten.erkend) >= (RONDEN + 1) * PER_RONDE
        assert len(opgeslagen) - len(klanten.erkend) <= KLANTEN, "at most one without an answer for each client"
        assert len(rijen) == len(opgeslagen) == len({kind for _kenmerk, kind in rijen}) == kinderen[0], "nothing twice"
        assert set(klanten.codes) - {200, 201}, "the clients did notice"
    finally:
        servers.stop()

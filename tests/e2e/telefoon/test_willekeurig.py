"""Random faults: what was saved on a phone arrives exactly once, whatever the network, the browser and the server do.

A run: a phone with one or two tabs logs a few attempts and a visit with a box, while requests are refused, frozen,
delayed, doubled or cut, answers lost, tabs killed, stores dropped and clocks shifted (proef/rondes.js, storing.py), and
every now and then the whole server is frozen. Then the network heals. 0 lost, 0 doubled.

    make fouten             1,000 runs
    FOUTENRONDES=40 FOUTENZAAD=7 pytest tests/e2e/telefoon/test_willekeurig.py
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.e2e.telefoon.conftest import koppel
from tests.e2e.telefoon.storing import ALLE, Verzoek

RONDES = int(os.environ.get("FOUTENRONDES", "30"))
ZAAD = int(os.environ.get("FOUTENZAAD", "20261124"))
PARTIJ = 100
TEGELIJK = 6
PROEF = Path(__file__).parent / "proef"


def _proefbestanden(url: str) -> dict[str, tuple[str, bytes]]:
    """The page of the runs; its imports are the app's own files, as they are served."""
    werker = urlopen(f"{url}/sw.js", timeout=30).read().decode()
    adressen = json.loads(re.search(r"const BESTANDEN = (\[.*?\]);", werker)[1])
    kern = {re.sub(r"\.[0-9a-f]{8}\.js$", ".js", a.rpartition("/")[2]): a for a in adressen if "/kern/" in a}
    toestel = re.sub(r'"@kern/([\w-]+\.js)"', lambda m: json.dumps(kern[m[1]]), (PROEF / "toestel.js").read_text())
    javascript = "text/javascript"
    pagina = b'<!doctype html><title>proef</title><script type="module" src="/proef/rondes.js"></script>'
    return {
        "/proef": ("text/html", pagina),
        "/proef/rondes.js": (javascript, (PROEF / "rondes.js").read_bytes()),
        "/proef/toestel.js": (javascript, toestel.encode()),
    }


class Foutkiezer:
    """A fault for three in four requests of a phone, by its own seed, until its network is healed."""

    def __init__(self) -> None:
        self.genezen: set[str] = set()
        self.kansen: dict[str, random.Random] = {}

    def __call__(self, verzoek: Verzoek) -> str | None:
        if verzoek.pad == "/api/heel":
            self.genezen.add(verzoek.toestel)
            return "genezen"
        if not verzoek.toestel or verzoek.toestel in self.genezen:
            return None
        kans = self.kansen.setdefault(verzoek.toestel, random.Random(int(verzoek.toestel)))
        return kans.choice(ALLE) if kans.random() < 0.75 else None


@pytest.mark.timeout(3600)
def test_nothing_is_lost_or_doubled(telefoon, storing, eigen_web, wereld):
    storing.laatheid = 0.5
    ijs = _Ijs(eigen_web)
    storing.bestanden = _proefbestanden(storing.url)
    totaal: Counter[str] = Counter()
    begin = time.monotonic()
    zaden = list(range(ZAAD, ZAAD + RONDES))
    for nummer in range(0, RONDES, PARTIJ):
        partij = zaden[nummer : nummer + PARTIJ]
        gezinnen = wereld.maak(bezoeken=[{"kinderen": ["Noor"]} for _zaad in partij], dozen=len(partij) + 20)
        storing.fout = lambda verzoek: None
        koppel(telefoon, gezinnen["koppelcode"])
        telefoon.goto(f"{storing.url}/proef")
        telefoon.wait_for_function("globalThis.proefKlaar")
        storing.fout = Foutkiezer()
        lijst = [
            {"zaad": zaad, "bezoek": b["id"], "kind": b["kinderen"][0], "eigenaar": gezinnen["moeder"]}
            for zaad, b in zip(partij, gezinnen["bezoeken"], strict=True)
        ]
        with ijs:
            rondes = telefoon.evaluate("([lijst, tegelijk]) => rondes(lijst, tegelijk)", [lijst, TEGELIJK])
        stand = wereld.stand([b["id"] for b in gezinnen["bezoeken"]])
        for ronde in rondes:
            totaal.update(_oordeel(ronde, stand[ronde["bezoek"]]))
        print(f"{nummer + len(partij)} of {RONDES} runs, {time.monotonic() - begin:.0f} s: {dict(totaal)}", flush=True)
    storing.ondergaan.pop("genezen")
    print(f"faults met: {dict(sorted(storing.ondergaan.items()))}, server frozen {ijs.keren} times")
    assert totaal["rondes"] == RONDES
    assert (totaal["kapot"], totaal["verloren"], totaal["dubbel"], totaal["nog op de telefoon"]) == (0, 0, 0, 0)
    # A test of faults without faults would prove nothing.
    assert sum(storing.ondergaan.values()) > RONDES
    assert totaal["tabbladen gedood"] > 0


class _Ijs:
    """Freezes the whole web server (SIGSTOP) for half a second, again and again, while runs go on."""

    def __init__(self, web) -> None:
        self.web, self.keren = web, 0

    def __enter__(self) -> None:
        self.klaar = threading.Event()
        self.draad = threading.Thread(target=self._draai)
        self.draad.start()

    def _draai(self) -> None:
        kans = random.Random(ZAAD)
        while not self.klaar.wait(kans.uniform(1, 4)):
            self.web.sein(signal.SIGSTOP)
            time.sleep(kans.uniform(0.2, 0.7))
            self.web.sein(signal.SIGCONT)
            self.keren += 1

    def __exit__(self, *_args: object) -> None:
        self.klaar.set()
        self.draad.join()


def _oordeel(ronde: dict, stand: dict) -> Counter[str]:
    """What became of one run, from what the server has and what the phone still holds."""
    uit: Counter[str] = Counter(rondes=1)
    if "kapot" in ronde:
        print(f"run {ronde['zaad']}: {ronde['kapot']}")
        return uit + Counter(kapot=1)
    bewaard = set(ronde["bewaard"])
    verwerkt = {id_ for id_, status in stand["handelingen"].items() if status in ("toegepast", "geparkeerd")}
    uit["handelingen"] = len(bewaard)
    uit["tabbladen gedood"] = ronde["gedood"]
    uit["verloren"] = len(bewaard - verwerkt)
    uit["nog op de telefoon"] = sum(1 for h in ronde["rest"] if h["id"] not in verwerkt)
    uit["geparkeerd"] = sum(1 for s in stand["handelingen"].values() if s == "geparkeerd")
    momenten = Counter(moment[:19] for moment in stand["pogingen"])
    uit["dubbel"] = sum(n - 1 for n in momenten.values()) + max(0, stand["dozen"] - 1)
    if stand["status"] != "bezocht" or stand["dozen"] != 1 or len(momenten) != ronde["pogingen"]:
        uit["verloren"] += 1
        print(f"run {ronde['zaad']}: {ronde} {stand}")
    return uit

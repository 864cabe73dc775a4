"""What leaves the house, all of it, in the hands of somebody who wants to know one family.

Every period is asked of the API, as CSV, as XLSX, on the screen and on paper. They must say the same, cell by cell; and
of what they leave out a linear program over all of it together may not find a range narrower than k.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime

import numpy as np
import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from bezoeken.dekking import perioden, services
from bezoeken.dekking.onderdrukking import LOSSE, opgeteld
from bezoeken.dekking.selectors import Geteld
from bezoeken.dekking.uitvoer import KOLOMMEN
from bezoeken.dekking.web import _DELEN, _VERDER
from bezoeken.sjop import selectors as sjop
from ooievaar.models import Wijk
from tests.bezoeken.dekking.aanval import Buitenaanval, maak_tabel
from tests.factories import GebiedFactory, WijkFactory, gebruiker_met_rol

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 24, 9, tzinfo=UTC)
K = 5


@pytest.fixture(autouse=True)
def _nu():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def wijken() -> list[Wijk]:
    gebied = GebiedFactory()
    return [WijkFactory(gebied=gebied, naam=f"Wijk {n}", start_op=date(2025, 1, 1)) for n in range(3)]


@pytest.fixture
def client(wijken):
    client = Client()
    client.force_login(gebruiker_met_rol("jens", "coordinator", gebied=wijken[0].gebied))
    return client


def _tellen_uit(monkeypatch, tabel):
    """The counts of this table instead of those in the database; all that is done with them after is the real thing."""

    def tel(gebied, van, tot, *, vandaag, per_wijk):
        per_maand: dict = {}
        for (maand, wijk), telling in tabel.tellingen.items():
            if van <= maand < tot:
                per_maand.setdefault((maand, wijk if per_wijk else None), []).append(telling)
        return Geteld({cel: opgeteld(reeks) for cel, reeks in per_maand.items()})

    monkeypatch.setattr(services, "tel", tel)


def _tabellen(html: str) -> dict[str, dict[str, list[str]]]:
    """By caption and by row: the cells as they are read."""
    gevonden = {}
    for stuk in html.split("<caption")[1:]:
        naam, rest = re.match(r"[^>]*>(.*?)</caption>(.*?)</table>", stuk, re.DOTALL).groups()
        rijen = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', rest, re.DOTALL)
        gevonden[naam] = {kop: re.findall(r'<td class="getal">(.*?)</td>', cellen) for kop, cellen in rijen}
    return gevonden


def _gezien(waarde, procent: bool = False) -> str:
    return "–" if waarde is None else f"{waarde} %".replace(".", ",") if procent else str(waarde).replace(".", ",")


def _min(geheel, deel):
    return None if None in (geheel, deel) else geheel - deel


def _op_het_scherm(html: str, periode: str, alles: dict, wijken: list[Wijk]) -> None:
    """Page and paper have the cells of the API and no others."""
    tabellen = _tabellen(html)
    if periode != "rollend":
        rij = alles[periode, None]
        toegewezen = _min(rij["inAanmerking"], rij["nooitToegewezen"])
        stappen = [rij["inAanmerking"], toegewezen, _min(toegewezen, rij["nooitGesproken"]), rij["bereikt"]]
        trechter = [_gezien(stap) for stap in (*stappen, rij["inVenster"])]
        assert [cellen[0] for cellen in tabellen.pop("Van melding tot bezoek").values()] == trechter
        # The drawing draws no bar where the table has a dash.
        assert html.count(">verborgen</text>") == trechter.count("–")
        delen = [_gezien(rij[kolom]) for kolom in (*_DELEN, "inAanmerking")]
        assert [cellen[0] for cellen in tabellen.pop("Aantal baby's per uitkomst").values()] == delen
        assert [c[0] for c in tabellen.pop("Andere getallen").values()] == [_gezien(rij[kolom]) for kolom in _VERDER]
    if periode == "rollend" or len(periode) == 4:
        per_wijk = tabellen.pop("Per wijk: op tijd bezocht")
        for wijk in wijken:
            rij = alles[periode, wijk.pk]
            cellen = [_gezien(rij[kolom]) for kolom in ("inVenster", "bereikt", "inAanmerking")]
            assert per_wijk[wijk.naam] == [*cellen, _gezien(rij["percentageInVenster"], procent=True)]
    for naam, cellen in tabellen.pop("Per kwartaal: op tijd bezocht").items():
        nummer, jaar = re.match(r"Kwartaal (\d) van (\d+)", naam).groups()
        rij = alles[f"{jaar}-K{nummer}", None]
        assert cellen[:2] == [_gezien(rij["inVenster"]), _gezien(rij["inAanmerking"])]
        assert cellen[2] == _gezien(rij["percentageInVenster"], procent=True)
    assert not tabellen, "a table that this test does not know"


def _als_tabel(antwoord, soort: str) -> list[dict[str, str]]:
    if soort == "csv":
        kop, *rijen = csv.reader(io.StringIO(antwoord.content.decode("utf-8-sig")))
    else:
        blad = load_workbook(io.BytesIO(antwoord.content)).active
        kop, *rijen = [["" if c is None else str(c) for c in rij] for rij in blad.iter_rows(values_only=True)]
    return [dict(zip(kop, rij, strict=True)) for rij in rijen]


def _alles(client, wijken: list[Wijk]) -> dict:
    """Per (period, wijk) the published figures; the ways out were compared with each other on the way."""
    per_code = {wijk.code: wijk.pk for wijk in wijken}
    alles: dict = {}
    codes = [p.code for jaar in (2025, 2026) for p in _perioden(jaar)]
    for periode, per in [(code, "") for code in codes] + [(code, "wijk") for code in ("2025", "2026", "rollend")]:
        vraag = {"periode": periode} | ({"per": per} if per else {})
        data = client.get("/api/v1/dekking", vraag).json()
        rijen = [*data["rijen"], data["totaal"]] if per else [data["totaal"]]
        for soort in ("csv", "xlsx"):
            bestand = _als_tabel(client.get("/dekking/bestand", vraag | {"soort": soort}), soort)
            for rij, regel in zip(rijen, bestand, strict=True):
                assert [float(regel[k]) if regel[k] else None for k in KOLOMMEN] == [rij[k] for k in KOLOMMEN]
        for rij in rijen:
            cel = (periode, per_code.get(rij["wijk"]))
            if cel in alles:
                # The sum of the wijken says nothing that the Gebied as a whole does not say.
                assert all(waarde in (None, alles[cel][kolom]) for kolom, waarde in rij.items() if kolom in KOLOMMEN)
            else:
                alles[cel] = rij
    for periode in [code for code in codes if "-0" not in code and "-1" not in code] + ["rollend"]:
        for pad in ("/dekking", "/dekking/afdruk"):
            _op_het_scherm(client.get(pad, {"periode": periode}).content.decode(), periode, alles, wijken)
    return alles


def _perioden(jaar: int) -> list[perioden.Periode]:
    heel = perioden.jaar(jaar)
    delen = [heel, *(perioden.kwartaal(jaar, n) for n in range(1, 5)), *map(perioden.maand, heel.maanden)]
    return [periode for periode in delen if periode.van <= NU.date()]


@pytest.mark.parametrize(("zaad", "per_maand", "onbekend"), [(11, 3, 0), (12, 9, 0.1)])
def test_what_is_hidden_everywhere_together_still_spans_k(client, wijken, monkeypatch, zaad, per_maand, onbekend):
    rng = np.random.default_rng(zaad)
    ids = [wijk.pk for wijk in wijken]
    tabel = maak_tabel(rng, ids, [2025, 2026], NU.date(), per_maand=per_maand, onbekend=onbekend)
    _tellen_uit(monkeypatch, tabel)
    aanval = Buitenaanval(_alles(client, wijken), tabel, ids, [2025, 2026])
    assert any("eersteCafe" in naam for naam, _cel in aanval.verborgen)
    assert any("gesproken" in naam for naam, _cel in aanval.verborgen)
    # Those beside the ladder first, which came last; of the others a sample keeps the suite quick.
    los = [cel for cel in aanval.verborgen if cel[0].split()[-1] in {*LOSSE, "gesproken"}]
    ladder = [cel for cel in aanval.verborgen if cel not in los]
    aanval.verborgen = [
        reeks[n] for reeks in (los, ladder) for n in rng.choice(len(reeks), size=min(20, len(reeks)), replace=False)
    ]
    assert [naam for naam, laag, hoog in aanval.ruimtes() if hoog - laag < K - 1e-6] == []


@pytest.mark.parametrize("zaad", range(8))
def test_families_of_the_sjop_per_wijk_can_not_be_worked_out(client, wijken, monkeypatch, zaad):
    """One equation a year, of the whole; nothing else is published that counts these families."""
    rng = np.random.default_rng(zaad)
    geteld = {wijk.code: int(rng.poisson(zaad)) for wijk in wijken} | {"elders": int(rng.poisson(1))}
    monkeypatch.setattr(sjop, "gezinnen_per_wijk", lambda *_vraag: {c: n for c, n in geteld.items() if n})
    pad = "/sjop/per-wijk"
    [per_wijk] = _tabellen(client.get(pad).content.decode()).values()
    samen = per_wijk.pop("Samen")[0]
    gezien = [cellen[0] for cellen in per_wijk.values()]
    for soort in ("csv", "xlsx"):
        bestand = _als_tabel(client.get(pad, {"soort": soort}), soort)
        assert [regel["gezinnen"] or "–" for regel in bestand] == gezien
    verborgen = gezien.count("–")
    if samen != "–" and verborgen:
        over = int(samen) - sum(int(cel) for cel in gezien if cel != "–")
        # Each hidden cell lies between 0 and what is over, unless it is the only one.
        assert verborgen >= 2
        assert over >= K

"""GET /dekking."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from openpyxl import load_workbook

from bezoeken.dekking.bevriezen import maanden_bevriezen
from bezoeken.dekking.services import dekking_voor, overzicht_voor, woorden
from bezoeken.models import BevrorenMaand, Bezoek
from tests.factories import BezoekFactory, BezoekkindFactory, GebiedFactory, GezinFactory, WijkFactory

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 24, 9, tzinfo=UTC)
URL = "/api/v1/dekking"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def _nu():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def gebied():
    """A year with 40 children, 31 of them visited in time, all with D+57 on 15 July 2026, in two wijken."""
    gebied = GebiedFactory(naam="Voorbeeld-Noord")
    for aantal, op_tijd, naam in ((20, 15, "=Wijk"), (20, 16, "Andere wijk")):
        gezin = GezinFactory(wijk=WijkFactory(gebied=gebied, naam=naam))
        for n in range(aantal):
            maak(gezin, op_tijd=n < op_tijd)
    return gebied


def maak(gezin, *, op_tijd, d57=date(2026, 7, 15)):
    geboren = d57 - timedelta(days=57)
    bezocht = {"status": "bezocht", "bezocht_op": NU.replace(month=7, day=1), "afgerond_op": NU, "vorm": "huisbezoek"}
    bezoek = BezoekFactory(gezin=gezin, geboortedatum=geboren, **(bezocht if op_tijd else {}))
    return BezoekkindFactory(bezoek=bezoek)


def test_whole_gebied(als, gebied):
    antwoord = als("jens", gebied=gebied).get(URL, {"periode": "2026-K3"})
    assert antwoord.status_code == 200
    data = antwoord.json()
    assert data["rijen"] == [data["totaal"]]
    rij = data["totaal"]
    assert (rij["wijk"], rij["naam"]) == (None, "Voorbeeld-Noord")
    assert (rij["inAanmerking"], rij["inVenster"], rij["percentageInVenster"]) == (40, 31, 77.5)
    # Nobody was late: that 0 is a small cell, so `bereikt` would give it away.
    assert (rij["bereikt"], rij["teLaat"], rij["nogBezig"], rij["onderdrukt"]) == (None, None, 0, True)
    assert (data["periode"], data["per"], data["van"], data["tot"]) == ("2026-K3", None, "2026-07-01", "2026-09-30")
    assert data["bijgewerktOp"] == "2026-11-24T09:00:00Z"


def test_per_wijk(als, gebied):
    data = als("coordinator", gebied=gebied).get(URL, {"periode": "2026", "per": "wijk"}).json()
    # 16 of 20 leaves 4 who were not: hidden, and the other wijk with it, because the total would give it away.
    assert [(r["inAanmerking"], r["inVenster"], r["onderdrukt"]) for r in data["rijen"]] == [(20, None, True)] * 2
    assert data["totaal"]["inVenster"] == 31
    assert data["totaal"]["inAanmerking"] == 40


def test_the_same_figures_for_a_coordinator_of_one_wijk(als, gebied):
    heel = als("jens", gebied=gebied).get(URL, {"periode": "2026", "per": "wijk"}).json()
    deel = als("coordinator", gebied=gebied, wijken=[gebied.wijken.first()]).get(
        URL, {"periode": "2026", "per": "wijk"}
    )
    assert deel.json() == heel


@pytest.mark.parametrize("accept", ["text/csv", XLSX])
def test_the_same_figures_as_a_table(als, gebied, accept):
    client = als("jens", gebied=gebied)
    data = client.get(URL, {"periode": "2026", "per": "wijk"}).json()
    antwoord = client.get(URL, {"periode": "2026", "per": "wijk"}, headers={"Accept": accept})
    assert antwoord["Content-Type"].startswith(accept)
    if accept == "text/csv":
        rijen = list(csv.reader(io.StringIO(antwoord.content.decode("utf-8-sig"))))
    else:
        blad = load_workbook(io.BytesIO(antwoord.content)).active
        rijen = [["" if c is None else c for c in rij] for rij in blad.iter_rows(values_only=True)]
    kop, *rest = rijen
    assert len(rest) == len(data["rijen"]) + 1
    for regel, rij in zip(rest, [*data["rijen"], data["totaal"]], strict=True):
        als_dict = dict(zip(kop, regel, strict=True))
        for kolom in ("inAanmerking", "inVenster", "bereikt", "percentageInVenster"):
            assert str(als_dict[kolom]) == ("" if rij[kolom] is None else str(rij[kolom]))
    assert "'=Wijk" in [regel[kop.index("naam")] for regel in rest]


@pytest.mark.parametrize(
    "vraag",
    [
        {},
        {"periode": "rollend"},
        {"periode": "2026-K3", "per": "wijk"},
        {"periode": "2026-11", "per": "wijk"},
        {"periode": "2027"},
        {"periode": "2026-13"},
        {"periode": "2026", "per": "straat"},
        {"periode": "2026", "van": "2026-01-01"},
    ],
)
def test_refuses_what_is_not_published(als, gebied, vraag):
    antwoord = als("jens", gebied=gebied).get(URL, vraag)
    assert antwoord.status_code == 400
    assert antwoord.json()["invalidParams"]


@pytest.mark.parametrize("rol", ["ooievaarsmoeder", "sjop", "beheerder", "bron", "fg", "onderzoeker", "gastvrouw"])
def test_nobody_else(als, gebied, rol):
    assert als(rol, gebied=gebied).get(URL, {"periode": "2026"}).status_code == 403


def test_another_gebied_is_not_counted(als, gebied):
    data = als("jens", gebied=GebiedFactory()).get(URL, {"periode": "2026"}).json()
    assert data["totaal"]["inAanmerking"] is None


@pytest.mark.parametrize("vraag", [{"periode": "2026"}, {"periode": "rollend", "per": "wijk"}])
def test_queries_do_not_grow(als, gebied, django_assert_num_queries, vraag):
    client = als("jens", gebied=gebied)
    with django_assert_num_queries(5):
        client.get(URL, vraag)
    gezin = GezinFactory(wijk=WijkFactory(gebied=gebied))
    for _n in range(10):
        maak(gezin, op_tijd=False)
    with django_assert_num_queries(5):
        client.get(URL, vraag)


def test_a_closed_month_is_frozen_once_and_restated_visibly(als, gebied):
    client = als("jens", gebied=gebied)
    assert maanden_bevriezen(nu=NU) > 0
    assert maanden_bevriezen(nu=NU) == 0
    kept = BevrorenMaand.objects.get(gebied=gebied, maand=date(2026, 7, 1)).cijfers
    assert (kept["inVenster"], kept["ontbrekend"]) == (31, 9)
    assert not BevrorenMaand.objects.filter(gebied=gebied, maand=date(2026, 10, 1)).exists()
    assert client.get(URL, {"periode": "2026"}).json()["herzien"] == []
    laat = Bezoek.objects.filter(gebied=gebied, status="open").first()
    moment = NU.replace(month=7, day=2)
    Bezoek.objects.filter(pk=laat.pk).update(status="bezocht", bezocht_op=moment, afgerond_op=NU, vorm="elders")
    data = client.get(URL, {"periode": "2026"}).json()
    assert (data["herzien"], data["totaal"]["inVenster"]) == (["2026-07"], 32)
    maanden_bevriezen(nu=NU)
    assert BevrorenMaand.objects.get(gebied=gebied, maand=date(2026, 7, 1)).cijfers == kept


def test_words_and_trend(als, gebied):
    gebruiker = als("jens", gebied=gebied).gebruiker
    heel = dekking_voor(gebruiker=gebruiker, periode="2026", per=None, nu=NU)
    assert woorden(heel) == "31 van de 40 baby's op tijd bezocht"
    leeg = dekking_voor(gebruiker=gebruiker, periode="2025", per=None, nu=NU)
    assert "nog geen cijfers" in woorden(leeg)
    punten = overzicht_voor(gebruiker=gebruiker, periode="2026", nu=NU).trend
    assert [(p.jaar, p.nummer, p.rij.cijfers["inVenster"]) for p in punten[-4:]] == [
        (2026, 1, 0), (2026, 2, 0), (2026, 3, 31), (2026, 4, 0),
    ]  # fmt: skip

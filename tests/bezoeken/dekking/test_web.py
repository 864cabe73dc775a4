"""The page of the figures: what is hidden stays hidden, drawing and table agree, files come along."""

from __future__ import annotations

import pytest
from django.test import Client

from bezoeken.dekking.tekening import teken, teken_trend
from tests.factories import gebruiker_met_rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    client = Client()
    client.force_login(gebruiker_met_rol("jens"))
    return client


def test_a_hidden_value_is_no_bar_and_a_zero_is():
    tekening = teken([("A", None, None), ("B", 0, 10), ("C", 5, 20), ("D", 0, 0)], verborgen="verborgen", leeg="geen")
    verborgen, nul, vol, leeg = tekening.balken
    assert (verborgen.breedte, verborgen.deel, verborgen.tekst) == (None, None, "verborgen")
    assert nul.deel == 0
    assert leeg.tekst == "geen"
    assert nul.breedte == vol.breedte // 2
    assert vol.deel == vol.breedte // 4


def test_no_data_is_not_0_percent(client):
    tekst = client.get("/dekking").content.decode()
    assert "nog geen cijfers" in tekst
    assert "0,0 %" not in tekst


@pytest.mark.parametrize("periode", ["rollend", "2026", "2025-K3"])
def test_each_kind_of_period(client, periode):
    assert client.get(f"/dekking?periode={periode}").status_code == 200


def test_free_dates_are_refused_in_words(client):
    antwoord = client.get("/dekking?periode=2026-03-04")
    assert antwoord.status_code == 400
    assert 'href="#periode"' in antwoord.content.decode()


def test_files(client):
    csv = client.get("/dekking/bestand?periode=2026&per=wijk&soort=csv")
    assert csv["Content-Type"].startswith("text/csv")
    assert "attachment" in csv["Content-Disposition"]
    assert client.get("/dekking/bestand?periode=2026&soort=xlsx").content[:2] == b"PK"
    assert client.get("/dekking/bestand?periode=ooit").status_code == 404


def test_the_trend_hides_and_scales():
    trend = teken_trend([("K1", "2026", 5, 10, "50 %"), ("K2", "2026", None, None, "–"), ("K3", "2026", 0, 0, "0/0")])
    vol, verborgen, leeg = trend.kolommen
    assert vol.deel * 2 == vol.hoogte
    assert verborgen.hoogte is None
    assert leeg.hoogte == 0


def test_paper_is_for_the_same_periods(client):
    assert client.get("/dekking/afdruk?periode=2026").status_code == 200
    assert client.get("/dekking/afdruk?periode=2026-03-04").status_code == 404
    # Without a period it is this year's, as on the screen.
    assert client.get("/dekking/afdruk").status_code == 200

"""The page of the figures: what is hidden stays hidden, drawing and table agree, files come along."""

from __future__ import annotations

from datetime import UTC, date, datetime
from math import cos, sin, tau

import pytest
import time_machine
from django.test import Client

from bezoeken.dekking.tekening import teken, teken_trend
from tests.factories import (
    BezoekFactory,
    BezoekkindFactory,
    GebiedFactory,
    GezinFactory,
    WijkFactory,
    gebruiker_met_rol,
)

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


def test_after_ten_years_and_with_every_outline_the_page_is_small(client, django_assert_max_num_queries):
    """14 wijken with outlines of 500 points, as precise as the CBS makes them; the choice of periods of ten years."""
    gebied = GebiedFactory()
    jens = gebruiker_met_rol("jens", gebied=gebied)
    for nummer in range(14):
        x, y = 5.9 + nummer % 4 * 0.03, 50.88 + nummer // 4 * 0.02
        rand = [(x + 0.016 * cos(n / 500 * tau), y + 0.011 * sin(n / 500 * tau)) for n in range(500)]
        naam = f"Voorbeeldwijk-met-een-lange-naam {nummer}"
        wijk = WijkFactory(gebied=gebied, naam=naam, lengtegraad=x, breedtegraad=y, grens=[[list(p) for p in rand]])
        gezin = GezinFactory(wijk=wijk)
        for jaar in range(2025, 2035):
            BezoekkindFactory(bezoek=BezoekFactory(gezin=gezin, geboortedatum=date(jaar, 3, 1 + nummer)))
    with time_machine.travel(datetime(2035, 11, 24, 9, tzinfo=UTC), tick=False):
        client.force_login(jens)
        for pad in ("/dekking", "/dekking?periode=rollend", "/dekking/afdruk?periode=2034"):
            with django_assert_max_num_queries(12):
                antwoord = client.get(pad)
            assert antwoord.status_code == 200
            assert len(antwoord.content) < 60_000
    assert "Kwartaal 1 van 2025" in client.get("/dekking").content.decode()

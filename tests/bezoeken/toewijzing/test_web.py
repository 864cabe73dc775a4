"""The coordinator's pages: urgency, filters, giving a visit, refusals in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bezoeken.models import Bezoek
from bezoeken.toewijzing.bladzijde import wanneer_in_woorden
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    WijkFactory,
    bezoek_met_kinderen,
    gebruiker_met_rol,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def client(wijk):
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied))
    return client


def _bezoek(wijk, dagen=45, **velden):
    datum = clock.vandaag() - timedelta(days=dagen)
    return bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk), geboortedatum=datum, **velden)


def _geef(client, bezoek, moeder, **velden):
    data = {"ooievaarsmoeder": moeder.pk, "versie": bezoek.versie, "terug": "/bezoeken", **velden}
    return client.post(f"/bezoeken/{bezoek.pk}/toewijzen", data)


@pytest.mark.parametrize(
    ("na_begin", "woorden"),
    [
        (-3, "kan over 3 dagen"),
        (0, "nog 14 dagen"),
        (13, "nog 1 dag"),
        (14, "vandaag is de laatste dag"),
        (15, "1 dag te laat"),
        (17, "3 dagen te laat"),
        (42, "28 dagen te laat"),
        (43, "29 dagen te laat, verlopen"),
    ],
)
def test_urgency_in_words(na_begin, woorden):
    begin = date(2026, 5, 8)
    vandaag = begin + timedelta(days=na_begin)
    assert wanneer_in_woorden(begin, date(2026, 5, 22), vandaag, timedelta(days=28))[0] == woorden


def test_the_latest_comes_first(client, wijk):
    vroeg, laat = _bezoek(wijk, 43), _bezoek(wijk, 60)
    tekst = client.get("/bezoeken").content.decode()
    assert tekst.index(str(laat.pk)) < tekst.index(str(vroeg.pk))
    assert "4 dagen te laat" in tekst


def test_only_her_own_wijken(wijk):
    elders = _bezoek(WijkFactory(gebied=wijk.gebied))
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[wijk]))
    assert str(elders.pk) not in client.get("/bezoeken").content.decode()
    assert client.get(f"/bezoeken/{elders.pk}/toewijzen").status_code == 404


def test_filters_are_in_the_url(client, wijk):
    laat, op_tijd = _bezoek(wijk, 60), _bezoek(wijk, 45)
    tekst = client.get("/bezoeken?fase=teLaat&status=open").content.decode()
    assert str(laat.pk) in tekst
    assert str(op_tijd.pk) not in tekst


def test_a_filter_with_a_fault_says_so(client, wijk):
    bezoek = _bezoek(wijk)
    tekst = client.get("/bezoeken?fase=ooit").content.decode()
    assert 'role="alert"' in tekst
    assert str(bezoek.pk) in tekst


def test_give_and_return_to_the_same_list(client, wijk):
    bezoek, moeder = _bezoek(wijk), OoievaarsmoederFactory(gebied=wijk.gebied)
    antwoord = _geef(client, bezoek, moeder, terug="/bezoeken?status=open")
    assert antwoord.status_code == 302
    assert antwoord["Location"] == "/bezoeken?status=open"
    bezoek.refresh_from_db()
    assert (bezoek.status, bezoek.ooievaarsmoeder) == ("toegewezen", moeder)
    assert moeder.naam in client.get("/bezoeken").content.decode()


@pytest.mark.parametrize("terug", ["https://elders.example/bezoeken", "//elders.example/bezoeken", "/beheer/", "["])
def test_never_sent_elsewhere(client, wijk, terug):
    bezoek, moeder = _bezoek(wijk), OoievaarsmoederFactory(gebied=wijk.gebied)
    assert _geef(client, bezoek, moeder, terug=terug)["Location"] == "/bezoeken"


def test_refusal_in_words_with_the_alternatives(client, wijk):
    bezoek = _bezoek(wijk)
    ander = OoievaarsmoederFactory(gebied=wijk.gebied)
    zonder_vog = OoievaarsmoederFactory(gebied=wijk.gebied, vog_datum=None)
    antwoord = _geef(client, bezoek, zonder_vog)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert 'role="alert"' in tekst
    assert 'href="#keuze"' in tekst
    assert "VOG ontbreekt" in tekst
    assert ander.naam in tekst
    assert Bezoek.objects.get(pk=bezoek.pk).status == "open"


def test_what_somebody_else_changed_is_not_given_and_the_choice_stays(client, wijk):
    bezoek, moeder = _bezoek(wijk), OoievaarsmoederFactory(gebied=wijk.gebied)
    antwoord = _geef(client, bezoek, moeder, versie=bezoek.versie + 1)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert "net gewijzigd" in tekst
    assert f'value="{moeder.pk}" checked' in tekst


@pytest.mark.parametrize("keuze", ["", "onzin"])
def test_nobody_chosen(client, wijk, keuze):
    bezoek = _bezoek(wijk)
    OoievaarsmoederFactory(gebied=wijk.gebied)
    antwoord = client.post(f"/bezoeken/{bezoek.pk}/toewijzen", {"ooievaarsmoeder": keuze, "versie": bezoek.versie})
    assert antwoord.status_code == 409
    assert "Kies eerst een Ooievaarsmoeder" in antwoord.content.decode()


def test_same_number_of_queries_for_2_and_for_20(client, wijk):
    def tel():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/bezoeken").status_code == 200
        return len(queries)

    for _nummer in range(3):
        OoievaarsmoederFactory(gebied=wijk.gebied)
    for _nummer in range(2):
        _bezoek(wijk)
    twee = tel()
    for _nummer in range(18):
        _bezoek(wijk)
    assert tel() == twee <= 10

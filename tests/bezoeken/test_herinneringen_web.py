"""The coordinator's page of the reminder rules: look first what a change does, then save it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bezoeken.models import Herinneringsregel
from notifications.models import Bericht
from ooievaar.models import RolToekenning
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    WijkFactory,
    bezoek_met_kinderen,
    gebruiker_met_rol,
    toegewezen_bezoek,
)

pytestmark = pytest.mark.django_db
PAD = "/herinneringen/aankondiging/gezin"


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def client(gebied):
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator", gebied=gebied))
    return client


def tekst(antwoord):
    return antwoord.content.decode()


def test_the_rules_in_words_and_what_goes_on_a_day(client, gebied):
    dag = clock.vandaag() + timedelta(days=1)
    while dag.isoweekday() in (6, 7):
        dag += timedelta(days=1)
    bezoek_met_kinderen(gebied=gebied, geboortedatum=dag - timedelta(days=35))
    gezien = tekst(client.get("/herinneringen", {"dag": dag.isoformat()}))
    assert "35 dagen na de geboorte" in gezien
    assert "1 dag voor de afspraak" in gezien
    assert gezien.count("Aankondiging van het bezoek") == 2, "the rule, and the letter of that day"


def test_looking_ahead_asks_as_much_for_one_family_as_for_many(client, gebied):
    telling = []
    for aantal in (1, 6):
        for _nummer in range(aantal):
            bezoek_met_kinderen(gebied=gebied, geboortedatum=clock.vandaag() - timedelta(days=34))
        with CaptureQueriesContext(
            connection,
        ) as gevraagd:
            client.get("/herinneringen", {"dag": (clock.vandaag() + timedelta(days=1)).isoformat()})
        telling.append(len(gevraagd))
    assert telling[0] == telling[1] <= 12


def test_what_goes_tomorrow_and_this_week_and_nothing_is_planned_by_looking(client, gebied):
    bezoek = bezoek_met_kinderen(gebied=gebied, geboortedatum=clock.vandaag() - timedelta(days=28))
    familie = f"Familie {bezoek.kinderen.get().pasgeborene.achternaam}"
    assert familie not in tekst(client.get("/herinneringen"))
    week = tekst(client.get("/herinneringen?dagen=7"))
    assert familie in week
    assert week.count("Nog voor niemand") == 2, "the rule, and what goes because of it"
    assert "De coördinator" in week
    assert not Bericht.objects.exists()


def test_a_volunteer_is_named(client, gebied):
    moeder = OoievaarsmoederFactory(gebied=gebied, naam="Sjuul Voorbeeld", emailadres="sjuul@example.org")
    toegewezen_bezoek(moeder, gezin=GezinFactory(gebied=gebied), geboortedatum=clock.vandaag() - timedelta(days=35))
    assert "Sjuul Voorbeeld" in tekst(client.get("/herinneringen?dagen=7"))


def test_looking_ahead_has_one_place_and_its_old_address_leads_there(client):
    assert "/berichten/vooruit" not in tekst(client.get("/berichten"))
    assert client.get("/berichten/vooruit")["Location"] == "/herinneringen"
    assert client.get("/berichten/vooruit?dagen=7")["Location"] == "/herinneringen?dagen=7"


@pytest.mark.parametrize("dag", ["morgen", "2026-02-30"])
def test_a_day_that_is_none_is_said_at_its_field(client, dag):
    uit = tekst(client.get("/herinneringen", {"dag": dag}))
    assert 'id="id_dag"' in uit
    assert "aria-invalid" in uit


def test_looking_saves_nothing_and_says_what_is_added_and_dropped(client, gebied):
    bezoek_met_kinderen(gebied=gebied, geboortedatum=clock.vandaag() - timedelta(days=30))
    uit = client.post(PAD, {"dag": "35", "bekijk": "1", "versie": "0"})  # not ticked: it does not go any more
    assert "0 erbij en 1 weg" in tekst(uit)
    assert not Herinneringsregel.objects.exists()
    niets = client.post(PAD, {"dag": "35", "actief": "on", "bekijk": "1", "versie": "0"})
    assert "verandert er niets" in tekst(niets)


def test_saving_and_a_colleague_who_was_first(client, gebied):
    assert client.post(PAD, {"dag": "36", "tijd": "10:30", "actief": "on", "versie": "0"}).status_code == 302
    rij = Herinneringsregel.objects.get(soort="aankondiging")
    assert (rij.dag, f"{rij.tijd:%H:%M}", rij.actief) == (36, "10:30", True)
    assert Herinneringsregel.objects.filter(gebied=gebied).count() > 1, "the others of the table came with it"
    oud = str(rij.versie)
    assert client.post(PAD, {"dag": "37", "actief": "on", "versie": oud}).status_code == 302
    laat = client.post(PAD, {"dag": "38", "actief": "on", "versie": oud})
    assert laat.status_code == 409
    assert "net gewijzigd" in tekst(laat)
    assert Herinneringsregel.objects.get(soort="aankondiging").dag == 37


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"dag": "35", "tijd": "23:00"}, "Dan gaan er geen berichten weg."),
        ({"dag": "14"}, "Voor deze dag mag er nog geen contact zijn."),
        ({"dag": "300"}, "Dit is te laat om nog nut te hebben."),
        ({"dag": ""}, "Vul dit in."),
    ],
)
@pytest.mark.parametrize("knop", [{}, {"bekijk": "1"}])
def test_a_rule_that_would_send_at_night_or_too_early_is_refused_where_it_is_typed(client, velden, zin, knop):
    uit = client.post(PAD, {**velden, **knop, "actief": "on", "versie": "0"})
    assert uit.status_code == 409
    assert zin in tekst(uit)
    assert not Herinneringsregel.objects.exists()


def test_days_before_an_appointment_are_counted_up(client):
    pad = "/herinneringen/bezoekherinnering/gezin"
    assert 'value="1"' in tekst(client.get(pad))
    assert client.post(pad, {"dag": "2", "actief": "on", "versie": "0"}).status_code == 302
    assert Herinneringsregel.objects.get(soort="bezoekherinnering", ontvanger="gezin").dag == -2


def test_a_rule_or_a_gebied_that_is_not_hers(client):
    assert client.get("/herinneringen/aankondiging/coordinator").status_code == 404
    assert client.get("/herinneringen", {"gebied": "elders"}).status_code == 404


def test_not_for_who_coordinates_some_wijken_only(client, gebied):
    client.force_login(gebruiker_met_rol("coordinator", gebied=gebied, wijken=[WijkFactory(gebied=gebied)]))
    assert client.get("/herinneringen").status_code == 403


def test_two_areas_each_its_own(client, gebied):
    ander = GebiedFactory()
    gebruiker = gebruiker_met_rol("coordinator", gebied=gebied)
    RolToekenning.objects.create(gebruiker=gebruiker, rol="coordinator", gebied=ander)
    client.force_login(gebruiker)
    assert ander.code in tekst(client.get("/herinneringen"))
    adres = f"{PAD}?gebied={ander.code}"
    uit = client.post(adres, {"dag": "36", "actief": "on", "versie": "0"})
    assert uit["Location"].endswith(f"?gebied={ander.code}")
    assert set(Herinneringsregel.objects.values_list("gebied__code", flat=True)) == {ander.code}

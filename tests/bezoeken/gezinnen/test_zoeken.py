"""Finding a family: by name, street, postcode or number, in her own reach, and never by a secret address."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from bezoeken.gezinnen.zoeken import gezinnen_zoeken
from tests.factories import (
    ContactpersoonFactory,
    GebiedFactory,
    GezinFactory,
    PasgeboreneFactory,
    WijkFactory,
    gebruiker_met_rol,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def coordinator(wijk):
    return gebruiker_met_rol("coordinator", gebied=wijk.gebied)


def _gezin(wijk, achternaam, **velden):
    adres = {"straat": "Sjpruutstraat", "huisnummer": 12, "postcode": "6412AB", "woonplaats": "Heerlen"}
    gezin = GezinFactory(wijk=wijk, **{**adres, **velden})
    PasgeboreneFactory(gezin=gezin, achternaam=achternaam, voornaam="Noor")
    return gezin


@pytest.mark.parametrize(
    "vraag",
    [
        "vries",
        "De Vries-Janssen",
        "devriesjanssen",
        "sjpruut",
        "Sjpruutstraat 12a",
        "6412 AB",
        "6412ab",
        "6412",
        "6412 AB 12a",
        "6412AB, 12",
        "06 12345678",
        "+31612345678",
        "kanarie",
    ],
)
def test_what_people_say_finds_the_family(wijk, coordinator, vraag):
    gezin = _gezin(wijk, "de Vries-Janssen", huisletter="a")
    ContactpersoonFactory(gezin=gezin, naam="K. Kanarie", telefoonnummer="+31612345678")
    ander = _gezin(wijk, "Bakker", straat="Hoofdstraat", huisnummer=99, postcode="6431ZZ")
    ContactpersoonFactory(gezin=ander, naam="B. Bakker", telefoonnummer="+31687654321")
    assert [rij.pk for rij in gezinnen_zoeken(coordinator, vraag)] == [gezin.pk]


@pytest.mark.parametrize("vraag", ["", " ", "v", "6499ZZ", "Sjpruutstraat 13", "6412AB 12b", "06 99999999", "%", "__"])
def test_what_finds_nothing(wijk, coordinator, vraag):
    _gezin(wijk, "de Vries", huisletter="a")
    assert not gezinnen_zoeken(coordinator, vraag).exists()


def test_only_in_her_own_reach(wijk):
    _gezin(wijk, "de Vries")
    elders = WijkFactory(gebied=wijk.gebied)
    for wie in (
        gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[elders]),
        gebruiker_met_rol("coordinator"),
        gebruiker_met_rol("jens", gebied=wijk.gebied),
    ):
        assert not gezinnen_zoeken(wie, "vries").exists()


def test_a_secret_address_finds_nothing_and_is_not_shown_but_to_the_one_who_may(wijk, coordinator):
    ander = gebruiker_met_rol("coordinator", gebied=wijk.gebied)
    gezin = _gezin(wijk, "de Vries", geheim=True, geheim_voor=coordinator)
    for vraag in ("sjpruut", "6412AB", "Sjpruutstraat 12"):
        assert not gezinnen_zoeken(ander, vraag).exists()
        assert gezinnen_zoeken(coordinator, vraag).get().pk == gezin.pk
    for wie, ziet in ((ander, False), (coordinator, True)):
        client = Client()
        client.force_login(wie)
        tekst = client.post("/gezinnen", {"vraag": "vries"}, follow=True).content.decode()
        assert "Familie de Vries" in tekst
        assert ("Sjpruutstraat" in tekst) is ziet
        assert ("6412" in tekst) is ziet


def test_the_question_is_in_no_address_and_goes_when_she_asks_again(wijk, coordinator):
    _gezin(wijk, "de Vries")
    client = Client()
    client.force_login(coordinator)
    antwoord = client.post("/gezinnen", {"vraag": "Vries"})
    assert antwoord["Location"] == "/gezinnen"
    assert "1 gezin gevonden" in client.get("/gezinnen").content.decode()
    antwoord = client.post("/gezinnen", {"vraag": "x"})
    assert antwoord.status_code == 409
    assert 'href="#id_vraag"' in antwoord.content.decode()
    assert "zoekvraag" not in Session.objects.get().get_decoded()


def test_many_families_in_pages(wijk, coordinator):
    for nummer in range(60):
        _gezin(wijk, f"Voorbeeld-{nummer}", huisnummer=nummer + 1)
    client = Client()
    client.force_login(coordinator)
    tekst = client.post("/gezinnen", {"vraag": "voorbeeld"}, follow=True).content.decode()
    assert "60 gezinnen gevonden" in tekst
    assert tekst.count("Familie Voorbeeld-") == 25
    assert "Bladzijde 1 van 3" in tekst
    assert len(tekst) < 60_000

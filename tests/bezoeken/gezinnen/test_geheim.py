"""A secret address is masked for all but one named coordinator, however late it became secret (domain.md, rule 5)."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from bezoeken.models import Geboortemelding
from notifications.models import Briefregel
from notifications.selectors import brievenlijst
from ooievaar.models import Gezin
from ooievaar.platform import clock
from tests.bezoeken.intake.hulp import PAD as MELDINGEN
from tests.bezoeken.intake.hulp import gebied_met_adressen, melding
from tests.factories import (
    ContactpersoonFactory,
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    gebruiker_met_rol,
    toegewezen_bezoek,
)
from tests.factories.notifications import BerichtFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def gezin(gebied):
    return GezinFactory(wijk__gebied=gebied, straat="Geheimpad", postcode="6412QX")


@pytest.fixture
def een(als, gebied):
    return als("coordinator", gebied=gebied, username="een")


@pytest.fixture
def ander(als, gebied):
    return als("coordinator", gebied=gebied, username="ander")


def patch(client, gezin, **body):
    return client.patch(f"/api/v1/gezinnen/{gezin.pk}", body, format="json")


def adres(client, gezin):
    return client.get(f"/api/v1/gezinnen/{gezin.pk}").json()["adres"]


def test_from_now_on_only_the_one_who_made_it_secret_sees_the_address(een, ander, als, gezin, gebied):
    zij = als("ooievaarsmoeder", gebied=gebied)
    toegewezen_bezoek(zij.gebruiker.ooievaarsmoeder, gezin=gezin)
    assert adres(zij, gezin)
    antwoord = patch(een, gezin, geheim=True)
    assert (antwoord.status_code, antwoord.json()["geheim"], antwoord.json()["geheimVoor"]) == (200, True, "een")
    assert adres(een, gezin)["straat"] == "Geheimpad"
    assert adres(ander, gezin) is None
    assert adres(zij, gezin) is None
    for client in (ander, zij):
        for pad in ("/api/v1/gezinnen", "/api/v1/bezoeken", "/api/v1/pasgeborenen", "/api/v1/berichten"):
            tekst = client.get(pad).content.decode()
            assert "Geheimpad" not in tekst
            assert "6412" not in tekst
    assert zij.get(f"/api/v1/gezinnen/{gezin.pk}").json()["geheimVoor"] is None


def test_nobody_else_can_name_herself_but_it_can_be_handed_over_and_ended(een, ander, gezin):
    patch(een, gezin, geheim=True)
    for body in ({"geheimVoor": "ander"}, {"geheim": False}, {"geheim": True}):
        weigering = patch(ander, gezin, **body)
        assert (weigering.status_code, weigering.json()["code"]) == (409, "geheimVoorAnder")
    assert patch(een, gezin, geheimVoor="ander").json()["adres"] is None
    assert adres(ander, gezin)
    assert patch(ander, gezin, geheim=False).json()["geheimVoor"] is None
    assert adres(een, gezin)


def test_when_the_named_coordinator_has_left_another_one_takes_over(een, ander, gezin):
    patch(een, gezin, geheim=True)
    een.gebruiker.toekenningen.all().delete()
    assert patch(ander, gezin, geheimVoor="ander").status_code == 200
    assert adres(ander, gezin)


@pytest.mark.parametrize("naam", ["niemand", "zij", "elders"])
def test_only_a_coordinator_of_this_family_can_be_named(een, gezin, gebied, naam):
    gebruiker_met_rol("ooievaarsmoeder", gebied=gebied, username="zij")
    gebruiker_met_rol("coordinator", username="elders")
    antwoord = patch(een, gezin, geheim=True, geheimVoor=naam)
    assert (antwoord.status_code, antwoord.json()["invalidParams"][0]["name"]) == (400, "geheimVoor")
    assert Gezin.objects.get(pk=gezin.pk).geheim is False


def test_without_secrecy_there_is_nobody_to_name(een, gezin):
    assert patch(een, gezin, geheim=False, geheimVoor="een").status_code == 400
    assert patch(een, gezin, geheimVoor="een").status_code == 400


def test_other_changes_do_not_touch_the_secrecy(een, ander, gezin):
    patch(een, gezin, geheim=True)
    assert patch(ander, gezin, wilIemandVanBuiten=True).status_code == 200
    assert Gezin.objects.get(pk=gezin.pk).geheim_voor == een.gebruiker


def test_a_secret_address_is_on_no_letter_list(een, gezin):
    ContactpersoonFactory(gezin=gezin)
    bericht = BerichtFactory(gezin=gezin, kanaal="brief", status="verzonden", verzonden_op=clock.nu())
    Briefregel.objects.create(bericht=bericht, gebied=gezin.gebied, dag=clock.vandaag())
    assert len(brievenlijst(clock.vandaag()).brieven) == 1
    patch(een, gezin, geheim=True)
    assert (brievenlijst(clock.vandaag()).brieven, brievenlijst(clock.vandaag()).geheim) == ([], 1)


class TestAFeedThatSaysItLate:
    @pytest.fixture
    def gebied(self):
        return gebied_met_adressen()

    def stuur(self, client, *args, **velden):
        antwoord = client.post(MELDINGEN, melding(*args, **velden), format="json")
        assert antwoord.status_code == 201
        return antwoord.json()

    def test_a_corrected_notice_masks_the_family_for_everybody_until_somebody_is_named(self, een, ander):
        nieuw = self.stuur(een)
        assert self.stuur(een, geheim=True)["redenen"] == ["geheimAdres"]
        gezin = Gezin.objects.get(pasgeborenen=nieuw["pasgeborene"])
        assert (adres(een, gezin), adres(ander, gezin)) == (None, None)
        assert patch(een, gezin, geheimVoor="een").status_code == 200
        assert adres(een, gezin)
        assert adres(ander, gezin) is None

    @pytest.mark.parametrize("kenmerk", ["K-1", "J-9"])
    def test_a_notice_that_still_waits_is_masked_and_so_is_the_family_it_becomes(self, een, kenmerk):
        wacht = self.stuur(een, dagen=100)
        assert wacht["redenen"] == ["teOud"]
        detail = een.get(f"{MELDINGEN}/{wacht['id']}").json()
        assert detail["gegevens"]["adres"]["straat"] == "Boxpad"
        bron = "gemeente" if kenmerk == "K-1" else "jgz"
        self.stuur(een, kenmerk, bron=bron, dagen=100, geheim=True)
        detail = een.get(f"{MELDINGEN}/{wacht['id']}").json()
        assert detail["gegevens"]["adres"] is None
        assert "Boxpad" not in json.dumps(detail)
        een.post(f"{MELDINGEN}/{wacht['id']}/beoordeling", {"besluit": "aanvaarden"}, format="json")
        gezin = Gezin.objects.get()
        assert gezin.geheim
        assert adres(een, gezin) is None

    def test_another_household_at_that_house_number_is_not_masked(self, een):
        wacht = self.stuur(een, dagen=100, kind__achternaam="Heel Anders")
        self.stuur(een, "J-9", bron="jgz", dagen=100, geheim=True)
        assert een.get(f"{MELDINGEN}/{wacht['id']}").json()["gegevens"]["adres"]["straat"] == "Boxpad"

    def test_a_merged_notice_does_not_give_the_address_away(self, een, ander):
        self.stuur(een)
        samen = self.stuur(een, "J-1", bron="jgz")
        gezin = Gezin.objects.get()
        patch(een, gezin, geheim=True)
        assert Geboortemelding.objects.get(pk=samen["id"]).uitkomst == "samengevoegd"
        assert een.get(f"{MELDINGEN}/{samen['id']}").json()["gegevens"]["adres"]["straat"] == "Boxpad"
        assert ander.get(f"{MELDINGEN}/{samen['id']}").json()["gegevens"]["adres"] is None

    def test_the_page_of_a_merged_notice_opens_and_does_not_give_it_away_either(self, een, ander):
        self.stuur(een)
        samen = self.stuur(een, "J-1", bron="jgz")
        patch(een, Gezin.objects.get(), geheim=True)
        for wie, ziet in ((een, True), (ander, False)):
            client = Client()
            client.force_login(wie.gebruiker)
            antwoord = client.get(f"/meldingen/{samen['id']}")
            assert antwoord.status_code == 200
            assert ("Boxpad" in antwoord.content.decode()) is ziet


def test_the_proposals_for_a_secret_family_name_no_street(een, ander, gezin, gebied):
    patch(een, gezin, geheim=True)
    bezoek = toegewezen_bezoek(OoievaarsmoederFactory(gebied=gebied), gezin=gezin)
    assert "Geheimpad" not in ander.get(f"/api/v1/bezoeken/{bezoek.pk}/voorstellen").content.decode()

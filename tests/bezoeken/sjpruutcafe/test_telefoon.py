"""Signing a family up on the volunteer's phone: applied for real, and seen again at the next download."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from bezoeken.models import Cafeaanmelding, Handeling
from bezoeken.toewijzing.services import toewijzing_intrekken
from ooievaar.platform import clock
from tests.factories import GezinFactory, SjpruutcafeFactory, toegewezen_bezoek

pytestmark = pytest.mark.django_db
PAD = "/api/v1/synchronisatie"


@pytest.fixture
def zij(als):
    return als("ooievaarsmoeder")


@pytest.fixture
def bezoek(zij):
    return toegewezen_bezoek(zij.gebruiker.ooievaarsmoeder)


def stuur(client, cafe_id, gezin_id, **rest):
    handeling = {
        "id": str(uuid4()),
        "soort": "cafeAanmelding",
        "bezoek": None,
        "moment": clock.nu().isoformat(),
        "gegevens": {"sjpruutcafe": str(cafe_id), "gezin": str(gezin_id), "volwassenen": 1, "kinderen": 1, **rest},
    }
    antwoord = client.post(PAD, {"handelingen": [handeling]}, format="json")
    assert antwoord.status_code == 200
    [oordeel] = antwoord.json()["resultaten"]
    return oordeel["status"], oordeel.get("code")


def test_it_is_applied_and_comes_back_with_the_download(zij, bezoek):
    cafe = SjpruutcafeFactory(gebied=bezoek.gebied, capaciteit_volwassenen=1)
    assert stuur(zij, cafe.pk, bezoek.gezin_id) == ("toegepast", None)
    # The same family under another id: it was done.
    assert stuur(zij, cafe.pk, bezoek.gezin_id) == ("alToegepast", None)
    rij = Cafeaanmelding.objects.get()
    assert (rij.status, rij.via) == ("aangemeld", "telefoon")
    [gezien] = zij.get(PAD).json()["sjpruutcafes"]
    assert gezien == {
        "id": str(cafe.pk),
        "begin": cafe.begin.isoformat().replace("+00:00", "Z"),
        "duurMinuten": 120,
        "plaats": cafe.plaats.naam,
        "adres": "Wiegpad 1, Heerlen",
        "thema": "opvoeding",
        "vol": True,
        "aanmeldingen": [{"gezin": str(bezoek.gezin_id), "status": "aangemeld", "volwassenen": 1, "kinderen": 1}],
    }


def test_full_is_the_waiting_list_and_not_a_refusal(zij, bezoek):
    cafe = SjpruutcafeFactory(gebied=bezoek.gebied, capaciteit_volwassenen=1)
    Cafeaanmelding.objects.create(
        cafe=cafe,
        gezin=GezinFactory(wijk__gebied=bezoek.gebied),
        status="aangemeld",
        volgnummer=1,
        via="link",
        aangemeld_op=clock.nu(),
    )
    assert stuur(zij, cafe.pk, bezoek.gezin_id) == ("toegepast", None)
    [gezien] = zij.get(PAD).json()["sjpruutcafes"]
    # Of others she sees nothing, only that it is full.
    assert [a["status"] for a in gezien["aanmeldingen"]] == ["wachtlijst"]


def test_what_does_not_fit_is_refused_with_its_reason(zij, bezoek):
    cafe = SjpruutcafeFactory(gebied=bezoek.gebied)
    voorbij = SjpruutcafeFactory(gebied=bezoek.gebied, dag=clock.vandaag() - timedelta(days=1))
    vreemd = toegewezen_bezoek()
    assert stuur(zij, voorbij.pk, bezoek.gezin_id) == ("geweigerd", "cafeVoorbij")
    assert stuur(zij, cafe.pk, bezoek.gezin_id, volwassenen=11) == ("geweigerd", "groepTeGroot")
    assert stuur(zij, uuid4(), bezoek.gezin_id) == ("geweigerd", "nietGevonden")
    assert stuur(zij, cafe.pk, vreemd.gezin_id) == ("geweigerd", "nietGevonden")
    assert stuur(zij, cafe.pk, bezoek.gezin_id, volwassenen=0)[1] == "ongeldig"
    assert not Cafeaanmelding.objects.exists()
    assert not Handeling.objects.filter(status="geparkeerd").exists()


def test_only_the_next_ones_of_her_gebied(zij, bezoek):
    for dagen in range(1, 9):
        SjpruutcafeFactory(gebied=bezoek.gebied, dag=clock.vandaag() + timedelta(days=dagen))
    SjpruutcafeFactory(dag=clock.vandaag() + timedelta(days=1))
    begin = [cafe["begin"] for cafe in zij.get(PAD).json()["sjpruutcafes"]]
    assert len(begin) == 6
    assert begin == sorted(begin)


def test_who_only_had_the_family_signs_nobody_up(zij, bezoek):
    cafe = SjpruutcafeFactory(gebied=bezoek.gebied)
    toewijzing_intrekken(bezoek_id=bezoek.pk, nu=clock.nu())
    assert stuur(zij, cafe.pk, bezoek.gezin_id) == ("geparkeerd", "overgedragen")
    assert not Cafeaanmelding.objects.exists()
    # The family has another visit, and that one is hers today.
    toegewezen_bezoek(zij.gebruiker.ooievaarsmoeder, gezin=bezoek.gezin)
    assert stuur(zij, cafe.pk, bezoek.gezin_id) == ("toegepast", None)

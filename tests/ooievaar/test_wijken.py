"""/wijken."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import GebiedFactory, WijkFactory

pytestmark = pytest.mark.django_db
PAD = "/api/v1/wijken"
NIEUW = {"code": "WK099901", "naam": "Nieuw", "startOp": "2027-01-01", "lengtegraad": 5.9, "breedtegraad": 50.9}


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def beheerder(als, gebied):
    return als("beheerder", gebied=gebied)


@pytest.mark.parametrize("rol", ["coordinator", "jens", "beheerder"])
def test_who_may_read_them_sees_those_of_the_gebied(rol, als, gebied):
    wijk, buur = WijkFactory(gebied=gebied), WijkFactory(gebied=gebied)
    wijk.buren.add(buur)
    elders = WijkFactory()
    client = als(rol, gebied=gebied, wijken=[wijk] if rol == "coordinator" else [])
    assert [rij["code"] for rij in client.get(PAD).json()["results"]] == sorted([wijk.code, buur.code])
    assert client.get(f"{PAD}/{wijk.code}").json() == {
        "code": wijk.code,
        "naam": wijk.naam,
        "gebied": gebied.code,
        "startOp": "2025-02-01",
        "centroid": {"lengtegraad": 5.96, "breedtegraad": 50.92},
        "buren": [buur.code],
    }
    assert client.get(f"{PAD}/{elders.code}").status_code == 404


@pytest.mark.parametrize("rol", ["ooievaarsmoeder", "sjop", "gastvrouw", "bron", "fg"])
def test_others_are_refused(rol, als, gebied):
    assert als(rol, gebied=gebied).get(PAD).status_code == 403


@pytest.mark.parametrize("rol", ["coordinator", "jens"])
def test_only_the_beheerder_changes_them(rol, als, gebied):
    client = als(rol, gebied=gebied)
    assert client.post(PAD, NIEUW, format="json").status_code == 403
    assert client.patch(f"{PAD}/{WijkFactory(gebied=gebied).code}", {}, format="json").status_code == 403


def test_a_new_wijk_is_a_row(beheerder, gebied):
    buur = WijkFactory(gebied=gebied)
    antwoord = beheerder.post(PAD, {**NIEUW, "buren": [buur.code]}, format="json")
    assert antwoord.status_code == 201, antwoord.json()
    assert beheerder.get(antwoord["Location"]).json() == antwoord.json()
    assert beheerder.get(f"{PAD}/{buur.code}").json()["buren"] == ["WK099901"]
    weer = beheerder.post(PAD, NIEUW, format="json")
    assert (weer.status_code, weer.json()["code"]) == (409, "bestaatAl")


def test_patch_changes_what_is_given(beheerder, gebied):
    wijk, buur = WijkFactory(gebied=gebied), WijkFactory(gebied=gebied)
    eerste = beheerder.get(f"{PAD}/{wijk.code}")
    antwoord = beheerder.patch(f"{PAD}/{wijk.code}", {"startOp": "2025-07-01", "buren": [buur.code]}, format="json")
    assert antwoord.json() == {**eerste.json(), "startOp": "2025-07-01", "buren": [buur.code]}
    oud = beheerder.patch(f"{PAD}/{wijk.code}", {"naam": "X"}, format="json", HTTP_IF_MATCH=eerste["ETag"])
    assert oud.status_code == 412


def test_a_wijk_of_another_gebied_is_not_there(beheerder):
    elders = WijkFactory()
    assert beheerder.patch(f"{PAD}/{elders.code}", {"naam": "X"}, format="json").status_code == 404


def test_bad_input_names_its_fields(beheerder, gebied):
    wijk = WijkFactory(gebied=gebied)
    antwoord = beheerder.post(PAD, {**NIEUW, "code": "X1", "lengtegraad": 181, "kleur": "rood"}, format="json")
    assert {fout["name"] for fout in antwoord.json()["invalidParams"]} == {"code", "lengtegraad", "kleur"}
    zichzelf = beheerder.patch(f"{PAD}/{wijk.code}", {"buren": [wijk.code, "WK000000"]}, format="json")
    assert [fout["name"] for fout in zichzelf.json()["invalidParams"]] == ["buren.0", "buren.1"]


def test_a_beheerder_of_two_areas_names_one(als, gebied):
    client = als("beheerder", gebied=gebied)
    tweede = GebiedFactory()
    client.gebruiker.toekenningen.create(rol="beheerder", gebied=tweede)
    assert client.post(PAD, NIEUW, format="json").json()["invalidParams"][0]["name"] == "gebied"
    assert client.post(PAD, {**NIEUW, "gebied": "nergens"}, format="json").status_code == 400
    assert client.post(PAD, {**NIEUW, "gebied": tweede.code}, format="json").json()["gebied"] == tweede.code


def test_the_list_costs_three_queries_whatever_its_length(als, gebied):
    client = als("jens", gebied=gebied)
    tellingen = []
    for aantal in (2, 48):
        WijkFactory.create_batch(aantal, gebied=gebied)
        with CaptureQueriesContext(connection) as gevangen:
            client.get(PAD, {"pageSize": 100})
        tellingen.append(len(gevangen))
    assert tellingen == [3, 3]

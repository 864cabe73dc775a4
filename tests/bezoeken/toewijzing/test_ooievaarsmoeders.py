"""/ooievaarsmoeders with her absences and relations."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ooievaar.models import Afwezigheid, Ooievaarsmoeder, Relatie, RolToekenning
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    GebruikerFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    WijkFactory,
    gebruiker_met_rol,
    toegewezen_bezoek,
)
from voorraad.models import Locatie

pytestmark = pytest.mark.django_db
PAD = "/api/v1/ooievaarsmoeders"


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def wijk(gebied):
    return WijkFactory(gebied=gebied)


@pytest.fixture
def coordinator(als, gebied):
    return als("coordinator", gebied=gebied)


def patch(client, moeder, gegevens, **koppen):
    return client.patch(f"{PAD}/{moeder.pk}", gegevens, format="json", **koppen)


def fouten(antwoord) -> dict[str, str]:
    assert antwoord.status_code == 400, antwoord.content
    return {fout["name"]: fout["code"] for fout in antwoord.json()["invalidParams"]}


def test_a_new_volunteer_has_a_place_in_the_stock(coordinator, wijk):
    antwoord = coordinator.post(
        PAD,
        {
            "naam": "Simone Voorbeeld",
            "wijken": [wijk.code],
            "talen": ["nl", "pl"],
            "maximumPerWeek": 3,
            "vogDatum": "2026-01-15",
            "verklaringGetekend": True,
            "trainingAfgerond": True,
            "telefoonnummer": "06 12345678",
        },
        format="json",
    )
    assert antwoord.status_code == 201, antwoord.json()
    uit = antwoord.json()
    plek = Locatie.objects.get(houder_id=uit["id"])
    assert uit == {
        "id": uit["id"],
        "naam": "Simone Voorbeeld",
        "gebruiker": None,
        "telefoonnummer": "+31612345678",
        "emailadres": None,
        "wijken": [wijk.code],
        "talen": ["nl", "pl"],
        "maximumPerWeek": 3,
        "actief": True,
        "vogDatum": "2026-01-15",
        "verklaringGetekend": True,
        "trainingAfgerond": True,
        "locatie": str(plek.pk),
        "bezet": 0,
    }
    assert antwoord["Location"] == f"{PAD}/{uit['id']}"
    weer = coordinator.get(antwoord["Location"])
    assert (weer.json(), weer["ETag"]) == (uit, antwoord["ETag"])


def test_all_faults_at_once(coordinator):
    antwoord = coordinator.post(
        PAD,
        {
            "talen": ["Pools"],
            "maximumPerWeek": -1,
            "vogDatum": str(clock.vandaag() + timedelta(days=1)),
            "telefoonnummer": "12",
            "actief": "ja",
            "schoenmaat": 38,
        },
        format="json",
    )
    assert set(fouten(antwoord)) == {
        "naam",
        "talen.0",
        "maximumPerWeek",
        "vogDatum",
        "telefoonnummer",
        "actief",
        "schoenmaat",
    }


def test_wijken_must_be_known_here(coordinator, wijk):
    elders = WijkFactory()
    antwoord = coordinator.post(PAD, {"naam": "A", "wijken": [wijk.code, elders.code, "WK000000"]}, format="json")
    assert fouten(antwoord) == {"wijken.1": "onbekend", "wijken.2": "onbekend"}


def test_a_coordinator_of_some_wijken_keeps_to_them(als, gebied, wijk):
    client = als("coordinator", gebied=gebied, wijken=[wijk])
    ander = WijkFactory(gebied=gebied)
    assert fouten(client.post(PAD, {"naam": "A", "wijken": [ander.code]}, format="json")) == {
        "wijken": "nietToegestaan"
    }
    assert not Ooievaarsmoeder.objects.filter(naam="A").exists()
    uit = client.post(PAD, {"naam": "B", "wijken": [wijk.code, ander.code]}, format="json")
    assert uit.status_code == 201


def test_a_coordinator_of_two_areas_says_where_by_the_wijk(coordinator, gebied, wijk):
    RolToekenning.objects.create(gebruiker=coordinator.gebruiker, rol="coordinator", gebied=GebiedFactory())
    assert fouten(coordinator.post(PAD, {"naam": "A"}, format="json")) == {"wijken": "verplicht"}
    moeder = coordinator.post(PAD, {"naam": "A", "wijken": [wijk.code]}, format="json").json()
    assert Ooievaarsmoeder.objects.get(pk=moeder["id"]).gebied == gebied


def test_patch_changes_only_what_is_given_and_moves_the_etag(coordinator, gebied, wijk):
    moeder = OoievaarsmoederFactory(gebied=gebied, wijken=[wijk], talen=["nl"])
    eerste = coordinator.get(f"{PAD}/{moeder.pk}")
    nieuw = WijkFactory(gebied=gebied)
    antwoord = patch(coordinator, moeder, {"wijken": [nieuw.code]}, HTTP_IF_MATCH=eerste["ETag"])
    assert antwoord.json() == {**eerste.json(), "wijken": [nieuw.code]}
    assert antwoord["ETag"] != eerste["ETag"]
    oud = patch(coordinator, moeder, {"actief": False}, HTTP_IF_MATCH=eerste["ETag"])
    assert (oud.status_code, oud.json()["gewijzigdDoor"]) == (412, coordinator.gebruiker.get_full_name())


class TestGebruiker:
    def test_an_account_is_linked_by_name_and_gets_the_role_here(self, coordinator, gebied):
        moeder = OoievaarsmoederFactory(gebied=gebied)
        account = GebruikerFactory(username="simone-2")
        assert patch(coordinator, moeder, {"gebruiker": "simone-2"}).json()["gebruiker"] == "simone-2"
        toekenning = RolToekenning.objects.get(gebruiker=account)
        assert (toekenning.rol, toekenning.gebied) == ("ooievaarsmoeder", gebied)
        assert patch(coordinator, moeder, {"gebruiker": None}).json()["gebruiker"] is None

    def test_an_account_belongs_to_one_volunteer(self, coordinator, gebied):
        bezet = gebruiker_met_rol("ooievaarsmoeder", gebied=gebied)
        moeder = OoievaarsmoederFactory(gebied=gebied)
        assert fouten(patch(coordinator, moeder, {"gebruiker": bezet.username})) == {"gebruiker": "bezet"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Ooievaarsmoeder.objects.filter(pk=moeder.pk).update(gebruiker=bezet)

    @pytest.mark.parametrize("naam", ["bestaat-niet", "van-elders", "slaapt"])
    def test_an_unknown_account_and_one_of_another_area_look_the_same(self, naam, coordinator, gebied):
        gebruiker_met_rol("jens", username="van-elders")
        GebruikerFactory(username="slaapt", is_active=False)
        moeder = OoievaarsmoederFactory(gebied=gebied)
        assert fouten(patch(coordinator, moeder, {"gebruiker": naam})) == {"gebruiker": "onbekend"}

    def test_an_account_that_may_do_more_is_not_hers_to_link(self, coordinator, gebied):
        gebruiker_met_rol("beheerder", gebied=gebied, username="baas")
        moeder = OoievaarsmoederFactory(gebied=gebied)
        assert fouten(patch(coordinator, moeder, {"gebruiker": "baas"})) == {"gebruiker": "nietToegestaan"}

    def test_a_coordinator_may_be_a_volunteer_herself(self, coordinator, gebied):
        moeder = OoievaarsmoederFactory(gebied=gebied)
        eigen = coordinator.gebruiker.username
        assert patch(coordinator, moeder, {"gebruiker": eigen}).json()["gebruiker"] == eigen


def test_she_sees_herself_and_changes_nothing(als, gebied):
    simone = als("ooievaarsmoeder", gebied=gebied)
    ander = OoievaarsmoederFactory(gebied=gebied)
    zelf = simone.gebruiker.ooievaarsmoeder
    lijst = simone.get(PAD).json()
    assert [rij["id"] for rij in lijst["results"]] == [str(zelf.pk)]
    assert simone.get(f"{PAD}/{zelf.pk}").status_code == 200
    assert simone.get(f"{PAD}/{ander.pk}").status_code == 404
    assert patch(simone, zelf, {"maximumPerWeek": 1}).status_code == 403
    assert simone.post(PAD, {"naam": "A"}, format="json").status_code == 403


def test_a_coordinator_sees_the_volunteers_of_her_wijken_and_those_without_one(als, gebied, wijk):
    ander = WijkFactory(gebied=gebied)
    hier, zonder, daar = (OoievaarsmoederFactory(gebied=gebied, wijken=w) for w in ([wijk, ander], [], [ander]))
    OoievaarsmoederFactory()
    client = als("coordinator", gebied=gebied, wijken=[wijk])
    assert {rij["id"] for rij in client.get(PAD).json()["results"]} == {str(hier.pk), str(zonder.pk)}
    assert client.get(f"{PAD}/{daar.pk}").status_code == 404
    assert patch(client, daar, {"naam": "X"}).status_code == 404
    heel = als("coordinator", gebied=gebied)
    assert heel.get(PAD).json()["count"] == 3


@pytest.mark.parametrize("rol", ["sjop", "gastvrouw", "jens", "beheerder", "bron", "fg"])
def test_others_are_refused(rol, als, gebied):
    client = als(rol, gebied=gebied)
    moeder = OoievaarsmoederFactory(gebied=gebied)
    for pad in (PAD, f"{PAD}/{moeder.pk}", f"{PAD}/{moeder.pk}/afwezigheden", f"{PAD}/{moeder.pk}/relaties"):
        assert client.get(pad).status_code == 403


def test_the_list_costs_three_queries_whatever_its_length(coordinator, gebied, wijk):
    tellingen = []
    for aantal in (2, 48):
        for moeder in OoievaarsmoederFactory.create_batch(aantal, gebied=gebied, wijken=[wijk]):
            toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk)) if aantal == 2 else None
        with CaptureQueriesContext(connection) as gevangen:
            uit = coordinator.get(PAD, {"pageSize": 100}).json()
        assert uit["count"] == len(uit["results"])
        tellingen.append(len(gevangen))
    assert tellingen == [3, 3]
    assert sorted({rij["bezet"] for rij in uit["results"]}) == [0, 1]


class TestAfwezigheden:
    def test_she_reports_her_own_absence_and_takes_it_back(self, als, gebied):
        simone = als("ooievaarsmoeder", gebied=gebied)
        pad = f"{PAD}/{simone.gebruiker.ooievaarsmoeder.pk}/afwezigheden"
        rij = simone.post(pad, {"begin": "2026-12-01", "eind": "2026-12-08", "reden": "vakantie"}, format="json")
        assert rij.status_code == 201
        assert simone.get(pad).json()["results"] == [rij.json()]
        assert rij.json() == {"id": rij.json()["id"], "begin": "2026-12-01", "eind": "2026-12-08", "reden": "vakantie"}
        assert simone.delete(f"{pad}/{rij.json()['id']}").status_code == 204
        assert simone.get(pad).json()["count"] == 0
        assert simone.delete(f"{pad}/{rij.json()['id']}").status_code == 404

    def test_without_an_end_it_lasts_until_further_notice(self, coordinator, gebied):
        pad = f"{PAD}/{OoievaarsmoederFactory(gebied=gebied).pk}/afwezigheden"
        assert coordinator.post(pad, {"begin": "2026-12-01"}, format="json").json()["eind"] is None

    def test_the_last_day_is_not_before_the_first(self, coordinator, gebied):
        moeder = OoievaarsmoederFactory(gebied=gebied)
        pad = f"{PAD}/{moeder.pk}/afwezigheden"
        assert fouten(coordinator.post(pad, {"begin": "2026-12-02", "eind": "2026-12-01"}, format="json")) == {
            "eind": "ongeldig"
        }
        with pytest.raises(IntegrityError, match="afwezigheid_op_volgorde"), transaction.atomic():
            Afwezigheid.objects.create(
                ooievaarsmoeder=moeder, begin=clock.vandaag(), eind=clock.vandaag() - timedelta(days=1)
            )

    def test_of_somebody_else_are_not_there(self, als, gebied):
        simone = als("ooievaarsmoeder", gebied=gebied)
        ander = OoievaarsmoederFactory(gebied=gebied)
        rij = Afwezigheid.objects.create(ooievaarsmoeder=ander, begin=clock.vandaag())
        eigen = f"{PAD}/{simone.gebruiker.ooievaarsmoeder.pk}/afwezigheden"
        vreemd = f"{PAD}/{ander.pk}/afwezigheden"
        assert simone.get(vreemd).status_code == 404
        assert simone.post(vreemd, {"begin": "2026-12-01"}, format="json").status_code == 404
        assert simone.delete(f"{vreemd}/{rij.pk}").status_code == 404
        assert simone.delete(f"{eigen}/{rij.pk}").status_code == 404
        assert als("coordinator").get(vreemd).status_code == 404


class TestRelaties:
    def test_told_twice_is_kept_once(self, coordinator, gebied, wijk):
        moeder, gezin = OoievaarsmoederFactory(gebied=gebied), GezinFactory(wijk=wijk)
        pad = f"{PAD}/{moeder.pk}/relaties"
        eerste = coordinator.post(pad, {"gezin": str(gezin.pk), "gemeldDoor": "gezin"}, format="json")
        tweede = coordinator.post(pad, {"gezin": str(gezin.pk)}, format="json")
        assert (eerste.status_code, tweede.status_code) == (201, 200)
        assert eerste.json() == tweede.json()
        assert (eerste.json()["gezin"], eerste.json()["gemeldDoor"]) == (str(gezin.pk), "gezin")
        assert coordinator.get(pad).json()["count"] == 1
        with pytest.raises(IntegrityError, match="relatie_een_keer"), transaction.atomic():
            Relatie.objects.create(ooievaarsmoeder=moeder, gezin=gezin)
        assert coordinator.delete(f"{pad}/{eerste.json()['id']}").status_code == 204

    def test_she_declares_for_the_families_she_has(self, als, gebied):
        simone = als("ooievaarsmoeder", gebied=gebied)
        moeder = simone.gebruiker.ooievaarsmoeder
        bezoek = toegewezen_bezoek(moeder)
        pad = f"{PAD}/{moeder.pk}/relaties"
        rij = simone.post(pad, {"gezin": str(bezoek.gezin_id)}, format="json")
        assert (rij.status_code, rij.json()["gemeldDoor"]) == (201, "ooievaarsmoeder")
        for onbekend in (GezinFactory(wijk__gebied=gebied).pk, uuid4()):
            assert fouten(simone.post(pad, {"gezin": str(onbekend)}, format="json")) == {"gezin": "onbekend"}
        anders = simone.post(pad, {"gezin": str(bezoek.gezin_id), "gemeldDoor": "gezin"}, format="json")
        assert fouten(anders) == {"gemeldDoor": "onbekendeKeuze"}

    def test_what_a_family_said_is_not_for_her_eyes(self, als, gebied):
        simone = als("ooievaarsmoeder", gebied=gebied)
        moeder = simone.gebruiker.ooievaarsmoeder
        gezin = GezinFactory(wijk__gebied=gebied)
        rij = Relatie.objects.create(ooievaarsmoeder=moeder, gezin=gezin, gemeld_door="gezin")
        pad = f"{PAD}/{moeder.pk}/relaties"
        assert simone.get(pad).json()["count"] == 0
        assert simone.delete(f"{pad}/{rij.pk}").status_code == 404
        assert als("coordinator", gebied=gebied).get(pad).json()["count"] == 1

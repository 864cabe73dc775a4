"""GET /overdrachten and POST /ooievaarsmoeders/{id}/overdracht."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bezoeken.models import Toewijzing
from ooievaar.models import Afwezigheid
from ooievaar.platform import clock
from tests.factories import GebiedFactory, GezinFactory, OoievaarsmoederFactory, WijkFactory, toegewezen_bezoek

pytestmark = pytest.mark.django_db


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def wijk(gebied):
    return WijkFactory(gebied=gebied)


def _bezoek(wijk, *, aanvaard=True, **velden):
    moeder = OoievaarsmoederFactory(gebied=wijk.gebied, **velden)
    return toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk), aanvaard=aanvaard)


def test_lists_what_can_not_stay_where_it_is_with_the_reasons(als, gebied, wijk):
    vandaag = clock.vandaag()
    _bezoek(wijk)
    ziek = _bezoek(wijk)
    Afwezigheid.objects.create(ooievaarsmoeder=ziek.ooievaarsmoeder, begin=vandaag, reden="ziek")
    gestopt = _bezoek(wijk, actief=False)
    vog = _bezoek(wijk, vog_datum=vandaag - timedelta(days=3 * 365 - 3))
    stil = _bezoek(wijk, aanvaard=False)
    Toewijzing.objects.filter(bezoek=stil).update(toegewezen_op=clock.nu() - timedelta(days=3))
    _bezoek(wijk, aanvaard=False)

    uit = als("coordinator", gebied=gebied, wijken=[wijk]).get("/api/v1/overdrachten").json()

    redenen = {rij["bezoek"]: [reden["code"] for reden in rij["redenen"]] for rij in uit["results"]}
    assert redenen == {
        str(ziek.pk): ["afwezig"],
        str(gestopt.pk): ["nietActief"],
        str(vog.pk): ["vogVerloopt"],
        str(stil.pk): ["geenAntwoord"],
    }
    assert all(reden["tekst"] for rij in uit["results"] for reden in rij["redenen"])
    assert uit["count"] == 4


def test_is_for_the_coordinator_of_the_wijk(als, gebied, wijk):
    _bezoek(wijk, actief=False)
    elders = als("coordinator", gebied=gebied, wijken=[WijkFactory(gebied=gebied)])
    assert elders.get("/api/v1/overdrachten").json()["count"] == 0
    assert als("coordinator").get("/api/v1/overdrachten").json()["count"] == 0
    assert als("ooievaarsmoeder", gebied=gebied).get("/api/v1/overdrachten").status_code == 403


def test_costs_the_same_queries_for_2_and_for_20(als, gebied, wijk):
    client = als("coordinator", gebied=gebied)
    tellingen = []
    for aantal in (2, 18):
        for _nummer in range(aantal):
            _bezoek(wijk, actief=False)
        with CaptureQueriesContext(connection) as gevangen:
            client.get("/api/v1/overdrachten")
        tellingen.append(len(gevangen))
    assert tellingen == [4, 4]


def test_hands_over_all_her_visits_at_once_and_ends_her_access(als, gebied, wijk):
    simone = als("ooievaarsmoeder", gebied=gebied)
    moeder = simone.gebruiker.ooievaarsmoeder
    bezoeken = [toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk)) for _nummer in range(3)]
    assert simone.get("/api/v1/gezinnen").json()["count"] == 3
    pad = f"/api/v1/ooievaarsmoeders/{moeder.pk}/overdracht"
    assert simone.post(pad, {}, format="json").status_code == 403

    antwoord = als("coordinator", gebied=gebied).post(pad, {}, format="json")

    assert antwoord.status_code == 200
    assert set(antwoord.json()["bezoeken"]) == {str(b.pk) for b in bezoeken}
    assert simone.get("/api/v1/gezinnen").json()["count"] == 0
    for bezoek in bezoeken:
        bezoek.refresh_from_db()
        assert (bezoek.status, bezoek.ooievaarsmoeder) == ("open", None)
        assert Toewijzing.objects.get(bezoek=bezoek).eindreden == "overgedragen"


def test_a_coordinator_of_some_wijken_hands_over_only_those(als, gebied, wijk):
    moeder = OoievaarsmoederFactory(gebied=gebied)
    eigen = toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk))
    elders = toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=WijkFactory(gebied=gebied)))
    client = als("coordinator", gebied=gebied, wijken=[wijk])
    uit = client.post(f"/api/v1/ooievaarsmoeders/{moeder.pk}/overdracht", {}, format="json").json()
    assert uit["bezoeken"] == [str(eigen.pk)]
    elders.refresh_from_db()
    assert elders.ooievaarsmoeder == moeder
    vreemd = als("coordinator").post(f"/api/v1/ooievaarsmoeders/{moeder.pk}/overdracht", {}, format="json")
    assert vreemd.status_code == 404


def test_who_leaves_sees_nothing_any_more_but_her_visits_wait_for_a_person(als, gebied, wijk):
    simone = als("ooievaarsmoeder", gebied=gebied)
    moeder = simone.gebruiker.ooievaarsmoeder
    bezoek = toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk))
    coordinator = als("coordinator", gebied=gebied)
    coordinator.patch(f"/api/v1/ooievaarsmoeders/{moeder.pk}", {"actief": False}, format="json")
    assert simone.get(f"/api/v1/gezinnen/{bezoek.gezin_id}").status_code == 404
    assert coordinator.get("/api/v1/overdrachten").json()["results"][0]["bezoek"] == str(bezoek.pk)

"""GET /berichten."""

import pytest

from tests.factories import GebiedFactory, GezinFactory, OoievaarsmoederFactory, WijkFactory
from tests.factories.notifications import BerichtFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/berichten"


def ids(antwoord):
    return {rij["id"] for rij in antwoord.json()["results"]}


def test_a_row_as_the_contract_has_it_without_text_or_context(als):
    rij = BerichtFactory()
    (uit,) = als("coordinator", gebied=rij.gebied).get(URL).json()["results"]
    assert uit == {
        "id": str(rij.pk),
        "soort": "aankondiging",
        "kanaal": "email",
        "taal": "nl",
        "gezin": str(rij.gezin_id),
        "ooievaarsmoeder": None,
        "geplandOp": rij.gepland_op.isoformat().replace("+00:00", "Z"),
        "verzondenOp": None,
        "status": "gepland",
        "pogingen": 0,
    }


def test_a_coordinator_sees_those_in_her_reach_and_to_herself(als):
    gebied = GebiedFactory()
    eigen, andere = WijkFactory(gebied=gebied), WijkFactory(gebied=gebied)
    client = als("coordinator", gebied=gebied, wijken=[eigen])
    zonder = {"gezin": None, "gebied": gebied}
    ziet = [
        BerichtFactory(gezin=GezinFactory(wijk=eigen)),
        BerichtFactory(**zonder, gebruiker=client.gebruiker),
        BerichtFactory(**zonder, ooievaarsmoeder=OoievaarsmoederFactory(gebied=gebied, wijken=[eigen, andere])),
    ]
    niet = [
        BerichtFactory(gezin=GezinFactory(wijk=andere)),
        BerichtFactory(**zonder, ooievaarsmoeder=OoievaarsmoederFactory(gebied=gebied, wijken=[andere])),
        BerichtFactory(),
    ]
    assert ids(client.get(URL)) == {str(rij.pk) for rij in ziet}
    heel = als("coordinator", gebied=gebied)
    assert ids(heel.get(URL)) == {str(rij.pk) for rij in [*ziet, *niet[:2]]}


def test_an_ooievaarsmoeder_sees_what_is_addressed_to_her(als):
    client = als("ooievaarsmoeder")
    moeder = client.gebruiker.ooievaarsmoeder
    eigen = BerichtFactory(gezin=None, gebied=moeder.gebied, ooievaarsmoeder=moeder)
    BerichtFactory(gezin=GezinFactory(wijk__gebied=moeder.gebied))
    BerichtFactory(gezin=None, gebied=moeder.gebied, ooievaarsmoeder=OoievaarsmoederFactory(gebied=moeder.gebied))
    assert ids(client.get(URL)) == {str(eigen.pk)}


@pytest.mark.parametrize("rol", ["jens", "sjop", "beheerder", "gastvrouw", "bron"])
def test_nobody_else(als, rol):
    assert als(rol).get(URL).json()["code"] == "nietToegestaan"


def test_filters(als):
    rij = BerichtFactory(status="geannuleerd", soort="bezoekherinnering")
    BerichtFactory(gezin=GezinFactory(wijk=rij.gezin.wijk))
    client = als("coordinator", gebied=rij.gebied)
    for vraag in (f"gezin={rij.gezin_id}", "status=geannuleerd", "soort=bezoekherinnering"):
        assert ids(client.get(f"{URL}?{vraag}")) == {str(rij.pk)}
    for fout in ("status=onbekend", "gezin=12", "tekst=x"):
        assert client.get(f"{URL}?{fout}").status_code == 400


@pytest.mark.parametrize("aantal", [2, 50])
def test_costs_three_queries_for_2_rows_and_for_50(als, aantal, django_assert_num_queries):
    gezin = GezinFactory()
    for _nummer in range(aantal):
        BerichtFactory(gezin=gezin)
    client = als("coordinator", gebied=gezin.gebied)
    with django_assert_num_queries(3):
        assert client.get(f"{URL}?pageSize=100").json()["count"] == aantal

"""GET /programma."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bezoeken.kraambezoek.api.vormen import AFWIJSREDENEN, AfrondingIn
from bezoeken.kraambezoek.woorden import ONDERWERPEN
from tests.factories import GebiedFactory

pytestmark = pytest.mark.django_db
PAD = "/api/v1/programma"


@pytest.mark.parametrize("rol", ["ooievaarsmoeder", "coordinator"])
def test_it_tells_how_the_programme_is_reached_and_what_its_rules_are(als, rol):
    gebied = GebiedFactory(telefoonnummer="+31455600000", maximum_pogingen=4)
    antwoord = als(rol, gebied=gebied).get(PAD)
    assert antwoord.status_code == 200
    data = antwoord.json()
    assert (data["gebied"], data["naam"], data["telefoonnummer"]) == (gebied.code, gebied.naam, "+31455600000")
    assert data["pogingen"] == {"maximum": 4, "dagen": 2, "dagdelen": 2}
    assert (data["dagen"]["vensterBegin"], data["dagen"]["vensterEind"]) == (42, 56)
    assert data["bezoekuren"]["zaterdag"] == {"van": "10:00", "tot": "16:00"}
    assert data["berichturen"] == {"van": "09:00", "tot": "20:00"}
    assert data["veiligheid"] == {"verwachteMinuten": 60, "waarschuwingMinuten": 15, "alarmMinuten": 30}
    assert {"code": "zwemles", "tekst": "Zwemles"} in data["onderwerpen"]


def test_without_a_number_it_says_so(als):
    assert als("ooievaarsmoeder").get(PAD).json()["telefoonnummer"] is None


def test_every_code_it_names_can_be_sent(als):
    data = als("ooievaarsmoeder").get(PAD).json()
    assert [keuze["code"] for keuze in data["afwijsredenen"]] == AFWIJSREDENEN
    onderwerpen = AfrondingIn().fields["onderwerpen"].child
    assert [onderwerpen.run_validation(code) for code in ONDERWERPEN] == [*ONDERWERPEN]
    assert {keuze["code"] for keuze in data["pogingsuitkomsten"]} == {
        "gesproken", "geenGehoor", "nietThuis", "verplaatst",
    }  # fmt: skip


def test_it_takes_four_queries(als):
    client = als("ooievaarsmoeder")
    with CaptureQueriesContext(connection) as queries:
        client.get(PAD)
    assert len(queries) == 4

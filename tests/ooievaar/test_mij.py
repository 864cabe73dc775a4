"""GET /mij."""

import pytest

from tests.factories import GebiedFactory, WijkFactory, toegewezen_bezoek

pytestmark = pytest.mark.django_db


def test_says_who_i_am_and_what_i_may(als):
    gebied = GebiedFactory()
    wijk = WijkFactory(gebied=gebied)
    client = als("coordinator", "jens", gebied=gebied, wijken=[wijk])
    antwoord = client.get("/api/v1/mij")
    assert antwoord.json() == {
        "id": str(client.gebruiker.pk),
        "gebruikersnaam": client.gebruiker.username,
        "rollen": ["coordinator", "jens"],
        "wijken": [wijk.code],
        "ooievaarsmoeder": None,
    }


def test_costs_one_query(als, django_assert_num_queries):
    client = als("ooievaarsmoeder")
    with django_assert_num_queries(1):
        assert client.get("/api/v1/mij").json()["ooievaarsmoeder"] == str(client.gebruiker.ooievaarsmoeder.pk)


def test_factories_make_rows_the_database_accepts():
    assert toegewezen_bezoek(kinderen=2).kinderen.count() == 2


def test_it_has_an_etag_by_its_content(als):
    """There is no row with a version behind it: the same answer has the same ETag, another answer another."""
    client = als("coordinator")
    eerste = client.get("/api/v1/mij")
    assert eerste["ETag"].startswith('"')
    assert eerste["ETag"] == client.get("/api/v1/mij")["ETag"] != als("jens").get("/api/v1/mij")["ETag"]

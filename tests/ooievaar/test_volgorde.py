"""`ordering`: every list of rows can be asked for in another order, and says in the document in which ones."""

from __future__ import annotations

import json

import pytest
from rest_framework.test import APIClient

from tests.factories import GebiedFactory, OoievaarsmoederFactory, gebruiker_met_rol, token_voor

pytestmark = pytest.mark.django_db

# Reckoned by a rule in Python, or a handful of settings whose order has a meaning of its own.
_EIGEN_VOLGORDE = {
    "/berichtteksten",
    "/herinneringsregels",
    "/overdrachten",
    "/vooruitblik",
    "/sjop-categorieen",
    "/sjop-openingstijden",
}


def _lijsten() -> dict[str, list[str]]:
    """The lists in the document that are not part of one row, each with what it can be ordered by."""
    document = json.loads(APIClient().get("/api/v1/openapi.json").content)
    uit = {}
    for pad, operaties in document["paths"].items():
        vragen = {v["name"]: v["schema"] for v in operaties.get("get", {}).get("parameters", []) if v["in"] == "query"}
        if "page" in vragen and "{" not in pad:
            uit[pad] = vragen.get("ordering", {}).get("enum", [])
    return uit


def test_every_list_of_rows_can_be_ordered():
    lijsten = _lijsten()
    assert len(lijsten) > 30
    assert {pad for pad, keuzes in lijsten.items() if not keuzes} == _EIGEN_VOLGORDE


def test_every_order_that_the_document_promises_is_given():
    gebied = GebiedFactory()
    rollen = ("coordinator", "sjop", "gastvrouw", "beheerder")
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {token_voor(gebruiker_met_rol(*rollen, gebied=gebied))}")
    for pad, keuzes in _lijsten().items():
        for keuze in keuzes:
            antwoord = client.get(f"/api/v1{pad}", {"ordering": keuze})
            assert antwoord.status_code == 200, (pad, keuze, antwoord.content)
        assert client.get(f"/api/v1{pad}", {"ordering": "verzonnen"}).status_code == 400


def test_both_ways_and_over_the_pages():
    gebied = GebiedFactory()
    for naam in ("Bea Voorbeeld", "Aicha Voorbeeld", "Carmen Voorbeeld"):
        OoievaarsmoederFactory(gebied=gebied, naam=naam)
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {token_voor(gebruiker_met_rol('coordinator', gebied=gebied))}")

    def namen(**vraag) -> list[str]:
        return [rij["naam"].split()[0] for rij in client.get("/api/v1/ooievaarsmoeders", vraag).json()["results"]]

    assert namen(ordering="naam") == ["Aicha", "Bea", "Carmen"]
    assert namen(ordering="-naam") == ["Carmen", "Bea", "Aicha"]
    eerste = client.get("/api/v1/ooievaarsmoeders", {"ordering": "-naam", "pageSize": 2}).json()
    tweede = client.get(eerste["next"]).json()
    assert [rij["naam"].split()[0] for rij in [*eerste["results"], *tweede["results"]]] == ["Carmen", "Bea", "Aicha"]

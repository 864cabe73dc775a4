"""Whose rows: every route with an id x role x own, other's and former row x method (quality.md, "default deny").

Generated from the OpenAPI document: a route that `wereld.py` does not know fails, and so does a role in the table of
rights that has no rows there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator

from tests.architecture.test_rechten import OPENBAAR, RECHTEN, routes
from tests.architecture.wereld import Rijen, Wereld

pytestmark = pytest.mark.django_db
TESTS = Path(__file__).resolve().parents[1]

# About the whole Gebied, by name and not by row: the tests of the room itself say who may, with the file that does.
ELDERS = {
    "/herinneringsregels/{soort}/{ontvanger}": "bezoeken/test_vooruitblik.py",
    "/berichtteksten/{soort}/{kanaal}/{taal}": "notifications/test_teksten.py",
    "/briefpartijen/{partij_id}": "notifications/test_brieven.py",
    "/briefpartijen/{partij_id}/pdf": "notifications/test_brieven.py",
    "/briefpartijen/{partij_id}/gedrukt": "notifications/test_brieven.py",
    "/briefpartijen/{partij_id}/annulering": "notifications/test_brieven.py",
}
MET_ID = [
    (pad, methode) for pad, methoden in RECHTEN.items() for methode in methoden if "{" in pad and pad not in ELDERS
]


@pytest.fixture
def wereld():
    return Wereld()


@pytest.fixture
def clients(wereld, als):
    return {rol: als(gebruiker=gebruiker) for rol, gebruiker in wereld.mensen.items()}


def roep(client, pad: str, methode: str, ids, **koppen):
    """Call the route with these ids and an empty body, and undo what it did."""
    adres = "/api/v1" + pad.format(**ids)
    with transaction.atomic():
        antwoord = (
            client.get(adres) if methode == "get" else getattr(client, methode)(adres, {}, format="json", **koppen)
        )
        transaction.set_rollback(True)
    return antwoord


def aanroepen(rijen: dict[str, dict[str, Rijen]]):
    for pad, methode in MET_ID:
        for rol in sorted(RECHTEN[pad][methode] - OPENBAAR):
            yield pad, methode, rol, rijen[pad][rol]


def test_every_route_with_an_id_has_rows_for_every_role_that_may_call_it(wereld):
    rijen = wereld.rijen()
    assert set(rijen) | set(ELDERS) == {pad for pad, _methode in routes() if "{" in pad}
    for pad, bestand in ELDERS.items():
        assert pad.split("/")[1] in (TESTS / bestand).read_text(encoding="utf-8")
    for pad, methode in MET_ID:
        assert RECHTEN[pad][methode] - OPENBAAR <= set(rijen[pad]), (pad, methode)


def test_her_own_row_opens_somebody_elses_and_a_former_one_do_not_exist(wereld, clients):
    anders = []
    gedaan = 0
    for pad, methode, rol, rijen in aanroepen(wereld.rijen()):
        for welke in ("eigen", "ander", "voorheen"):
            ids = getattr(rijen, welke)
            if ids is None:
                continue
            gedaan += 1
            antwoord = roep(clients[rol], pad, methode, ids)
            # Past the door an empty body may still be refused for its own reason (400, 409); 403 says nothing of rows.
            goed = (
                antwoord.status_code in (200, 201, 204, 400, 409) if welke == "eigen" else antwoord.status_code == 404
            )
            if not goed:
                anders.append((methode, pad, rol, welke, antwoord.status_code))
    assert anders == []
    assert gedaan > 150


def test_a_list_has_her_own_rows_and_no_others(wereld, clients):
    """For every list whose rows have a path of their own."""
    rijen = wereld.rijen()
    lijsten = {pad: pad.rpartition("/")[0] for pad in rijen if pad.endswith("}") and pad.count("{") == 1}
    gezien = 0
    for pad, lijst in lijsten.items():
        for rol in RECHTEN.get(lijst, {}).get("get", frozenset()) & set(rijen[pad]):
            antwoord = clients[rol].get(f"/api/v1{lijst}?pageSize=100")
            assert antwoord.status_code == 200, (lijst, rol)
            sleutels = {rij.get("id", rij.get("code")) for rij in antwoord.json()["results"]}
            drie = rijen[pad][rol]
            eigen, ander, voorheen = (
                {str(waarde) for waarde in (ids or {}).values()} for ids in (drie.eigen, drie.ander, drie.voorheen)
            )
            assert eigen <= sleutels, (lijst, rol)
            assert not (ander | voorheen) & sleutels, (lijst, rol)
            gezien += 1
    assert gezien > 20


def test_every_write_that_promises_if_match_refuses_an_old_version(wereld, clients):
    """412 before the body is judged, with who changed it and when (api.md, Conventions and Settled details)."""
    paden = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    anders = []
    gedaan = 0
    for pad, methode, rol, rijen in aanroepen(wereld.rijen()):
        if not any(p["name"] == "If-Match" for p in paden[pad][methode].get("parameters", [])):
            continue
        gedaan += 1
        antwoord = roep(clients[rol], pad, methode, rijen.eigen, HTTP_IF_MATCH='"999"')
        lichaam = antwoord.json() if antwoord.content else {}
        if antwoord.status_code != 412 or not {"gewijzigd", "gewijzigdDoor", "gewijzigdOp"} <= lichaam.keys():
            anders.append((methode, pad, rol, antwoord.status_code))
    assert anders == []
    assert gedaan > 40

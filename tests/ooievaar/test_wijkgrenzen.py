"""manage.py importeer_wijkgrenzen: outlines of our wijken come in; a file that is something else changes nothing."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ooievaar.models import Wijk
from tests.factories import WijkFactory

pytestmark = pytest.mark.django_db
RING = [[5.9, 50.9], [5.95, 50.9], [5.95, 50.93], [5.9, 50.9]]


def gebied(code="WK091720", soort="Polygon", punten=None, sleutel="statcode"):
    return {
        "type": "Feature",
        "properties": {sleutel: code},
        "geometry": {"type": soort, "coordinates": [RING] if punten is None else punten},
    }


@pytest.fixture
def importeer(tmp_path):
    def _importeer(inhoud):
        bestand = tmp_path / "grenzen.geojson"
        bestand.write_text(inhoud if isinstance(inhoud, str) else json.dumps({"features": inhoud}))
        uit = StringIO()
        call_command("importeer_wijkgrenzen", str(bestand), stdout=uit)
        return uit.getvalue()

    return _importeer


def test_polygon_and_multipolygon(importeer):
    WijkFactory(code="WK091720")
    WijkFactory(code="WK091721")
    twee = gebied("WK091721", "MultiPolygon", [[RING], [RING]], sleutel="wijkcode")
    tekst = importeer([gebied(), twee, gebied("WK999999")])
    assert "2 wijken" in tekst
    assert "WK999999" in tekst
    assert [len(grens) for grens in Wijk.objects.order_by("code").values_list("grens", flat=True)] == [1, 2]


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        ("geen json", "GeoJSON"),
        ('{"features": 3}', "GeoJSON"),
        ("[1]", "GeoJSON"),
        ([], "geen enkel"),
        ([gebied(soort="Point", punten=[5.9, 50.9])], "Gebied 1"),
        ([gebied(), {"type": "Feature", "properties": None, "geometry": None}], "Gebied 2"),
        ([gebied(punten=[["x"]])], "Gebied 1"),
        ([gebied(punten=[[[196000.0, 322000.0]] * 4])], "WGS84"),
    ],
)
def test_something_else_is_refused_whole_with_the_reason(importeer, inhoud, woord):
    WijkFactory(code="WK091720")
    with pytest.raises(CommandError, match=woord):
        importeer(inhoud)
    assert Wijk.objects.get(code="WK091720").grens is None


def test_a_file_that_is_not_there():
    with pytest.raises(CommandError, match="niet te openen"):
        call_command("importeer_wijkgrenzen", "/bestaat/niet.geojson")

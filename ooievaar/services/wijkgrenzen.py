"""The outlines of wijken come in, from a GeoJSON file as CBS publishes it (RFC 7946: longitude and latitude)."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ooievaar.models import Wijk
from ooievaar.selectors.wijken import Grens

# Where CBS and PDOK keep the code of a wijk.
_CODES = ("statcode", "wijkcode", "WK_CODE", "code")
_ZEKER_BINNEN = (180, 90)
# About 1 m: what is finer than that no map here can show.
_DECIMALEN = 5


class GeenWijkgrenzen(Exception):
    """The file is no GeoJSON with outlines of wijken in degrees; the text says in Dutch what is wrong with it."""


@transaction.atomic
def wijkgrenzen_importeren(*, inhoud: bytes) -> tuple[list[str], list[str]]:
    """Give each wijk in the file its outline; returns the codes that got one, and those we do not have.

    Nothing is written when something in the file is wrong. Raises GeenWijkgrenzen.
    """
    grenzen = _lees(inhoud)
    wijken = {w.code: w for w in Wijk.objects.filter(code__in=grenzen).order_by("code").select_for_update()}
    for code, wijk in wijken.items():
        wijk.grens = grenzen[code]
        wijk.save(update_fields=["grens"])
    return sorted(wijken), sorted(grenzen.keys() - wijken.keys())


def _lees(inhoud: bytes) -> dict[str, Grens]:
    try:
        bestand = json.loads(inhoud)
        objecten = bestand["features"]
        assert isinstance(objecten, list)
    except (ValueError, KeyError, TypeError, AssertionError, RecursionError):
        raise GeenWijkgrenzen(_("Dit is geen GeoJSON met een lijst van gebieden (FeatureCollection).")) from None
    grenzen: dict[str, Grens] = {}
    for nummer, object_ in enumerate(objecten, start=1):
        code, grens = _code(object_), _grens(object_)
        if not code or not grens:
            raise GeenWijkgrenzen(f"Gebied {nummer} heeft geen wijkcode (statcode) of geen omtrek (Polygon).")
        grenzen[code] = grenzen.get(code, []) + grens
    if not grenzen:
        raise GeenWijkgrenzen(_("In dit bestand staat geen enkel gebied."))
    return grenzen


def _code(object_: Any) -> str:
    eigenschappen = object_.get("properties") if isinstance(object_, dict) else None
    kandidaten = [eigenschappen.get(naam) for naam in _CODES] if isinstance(eigenschappen, dict) else []
    return next((k for k in kandidaten if isinstance(k, str) and k.startswith("WK")), "")


def _grens(object_: Any) -> Grens:
    """All rings of a Polygon or MultiPolygon; none when it is neither. Raises GeenWijkgrenzen for other coordinates."""
    try:
        vorm = object_["geometry"]
        delen: list[Any] = {"Polygon": [vorm["coordinates"]], "MultiPolygon": vorm["coordinates"]}[vorm["type"]]
        ringen = [[[float(x), float(y)] for x, y, *_hoogte in ring] for deel in delen for ring in deel]
    except (KeyError, TypeError, ValueError):
        return []
    for ring in ringen:
        for x, y in ring:
            if not (abs(x) <= _ZEKER_BINNEN[0] and abs(y) <= _ZEKER_BINNEN[1]):
                raise GeenWijkgrenzen(
                    _("De punten zijn geen lengte- en breedtegraden. Kies bij het downloaden WGS84 (EPSG:4326).")
                )
    return [[[round(x, _DECIMALEN), round(y, _DECIMALEN)] for x, y in ring] for ring in ringen if len(ring) > 3]

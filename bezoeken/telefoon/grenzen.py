"""What the phone checks before it saves, taken from the server's own serializers and defaults: one source.

`manage.py schrijf_grenzen` writes it to app/kern/grenzen.js; a test fails when that file is old, and another gives both
sides the same cases.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rest_framework import serializers

from bezoeken.kraambezoek.api import vormen
from bezoeken.kraambezoek.pogingen import Pogingregels
from bezoeken.sjop.api import SjopaanvraagIn
from bezoeken.telefoon.api.vormen import CafeAanmeldingIn, IncheckIn
from bezoeken.toewijzing.api.ooievaarsmoeders import AfwezigheidIn
from bezoeken.venster import Vensterregels
from ooievaar.platform.casing import KALENDER

BESTAND = Path(__file__).resolve().parent / "app" / "kern" / "grenzen.js"
_KOP = """\
/** The limits of the server, written by `manage.py schrijf_grenzen`; do not edit. */
export const GRENZEN = /** @type {const} */ ("""


def grenzen() -> dict[str, Any]:
    """Lists to choose from and the smallest and largest numbers, per soort of Handeling."""
    regels = Vensterregels()
    return {
        "kalender": {"min": KALENDER[0], "max": KALENDER[-1]},
        "venster": {"aanloop": regels.aanloop.days, "uitloop": regels.uitloop.days},
        "poging": {**_van(vormen.PogingIn), "meest": Pogingregels().maximum},
        "afronding": _van(vormen.AfrondingIn),
        "afspraak": _van(vormen.AfspraakIn),
        "afwijzing": _van(vormen.AfwijzingIn),
        "incheck": _van(IncheckIn),
        "afwezigheid": _van(AfwezigheidIn),
        "cafeAanmelding": _van(CafeAanmeldingIn),
        "sjopaanvraag": _van(SjopaanvraagIn),
    }


def _van(vorm: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    uit: dict[str, Any] = {}
    for naam, veld in vorm().fields.items():
        sleutel = _camel(naam)
        if isinstance(veld, serializers.ChoiceField):
            uit[sleutel] = list(veld.choices)
        elif isinstance(veld, serializers.IntegerField):
            uit[sleutel] = {"min": veld.min_value, "max": veld.max_value}
        elif isinstance(veld, serializers.ListField):
            uit[sleutel] = {"meest": veld.max_length}
    return uit


def _camel(naam: str) -> str:
    eerste, *rest = naam.split("_")
    return eerste + "".join(deel.capitalize() for deel in rest)


def als_module() -> str:
    """The text of grenzen.js."""
    return f"{_KOP}{json.dumps(grenzen(), indent=2, ensure_ascii=False)});\n"

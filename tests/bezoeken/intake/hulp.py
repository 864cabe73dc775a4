"""An invented area with its postcode table, and notices to send."""

from __future__ import annotations

import copy
import os
from datetime import timedelta
from pathlib import Path

from ooievaar.models import Postcode
from ooievaar.platform import clock
from tests.factories import GebiedFactory, WijkFactory

PAD = "/api/v1/geboortemeldingen"


def shared_data(naam: str) -> Path:
    """A sample file of the programme: beside the clone, or where SHARED_DATA points. Fails when it is missing."""
    map_ = os.environ.get("SHARED_DATA")
    plekken = [Path(map_)] if map_ else [ouder / "shared" / "data" for ouder in Path(__file__).resolve().parents]
    for plek in plekken:
        if (plek / naam).exists():
            return plek / naam
    raise AssertionError(f"{naam} not found: put the sample data in ../shared/data or set SHARED_DATA")


def gebied_met_adressen(**velden):
    """A Gebied with one wijk in which 6400AA 1..60 lie; 6400BB lies elsewhere."""
    gebied = GebiedFactory(**velden)
    wijk = WijkFactory(gebied=gebied, code="WK091710", naam="Maria Gewanden en Terschuren")
    Postcode.objects.bulk_create(
        [Postcode(pc6="6400AA", huisnummer=n, wijk_code="WK091710", gemeente_code="GM0917") for n in range(1, 61)]
        + [Postcode(pc6="6400BB", huisnummer=1, wijk_code="WK091799", gemeente_code="GM0917")]
    )
    gebied.wijk = wijk
    return gebied


def melding(kenmerk: str = "K-1", *, dagen: int = 10, **anders) -> dict:
    """A notice of a child `dagen` days old; `kind__voornaam="Sem"` changes one field."""
    body = {
        "bron": "gemeente",
        "kenmerk": kenmerk,
        "kind": {
            "geboortedatum": (clock.vandaag() - timedelta(days=dagen)).isoformat(),
            "voornaam": "Noor",
            "achternaam": "de Vries-Voorbeeld",
        },
        "contactpersoon": {
            "naam": "A. de Vries-Voorbeeld", "rol": "moeder", "telefoonnummer": None, "emailadres": None,
            "taal": "nl", "tolkNodig": False,
        },
        "adres": {
            "straat": "Boxpad", "huisnummer": 12, "huisletter": None, "toevoeging": None,
            "postcode": "6400 AA", "woonplaats": "Heerlen", "wijk": None,
        },
        "geheim": False,
    }  # fmt: skip
    body = copy.deepcopy(body)
    for pad, waarde in anders.items():
        *ouders, veld = pad.split("__")
        deel = body
        for ouder in ouders:
            deel = deel[ouder]
        deel[veld] = waarde
    return body

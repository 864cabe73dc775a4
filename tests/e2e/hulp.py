"""What the browser tests make for themselves: notices of births, with people whose names look invented."""

from __future__ import annotations

import itertools
import os
import random
from datetime import timedelta
from typing import Any

from ooievaar.platform import clock

# On a site that was there before (E2E_SITE) the numbers of an earlier session are known already.
_NUMMER = itertools.count(random.randrange(1, 80_000) if os.environ.get("E2E_SITE") else 1)


def melding(dagen: int, **velden: Any) -> dict[str, Any]:
    """A notice of a child born this many days ago, at an address of its own unless `adres` says otherwise."""
    nummer = next(_NUMMER)
    kind = {
        "geboortedatum": (clock.vandaag() - timedelta(days=dagen)).isoformat(),
        "voornaam": "Noor",
        "achternaam": f"Browser-Voorbeeld-{nummer}",
        **velden.pop("kind", {}),
    }
    return {
        "bron": "gemeente",
        "kenmerk": f"browser-{nummer}",
        "kind": kind,
        "contactpersoon": {
            "naam": "A. Voorbeeld",
            "rol": "moeder",
            "telefoonnummer": f"+316{12_000_000 + nummer}",
            "taal": "nl",
        },
        "adres": {
            "straat": "Sjpruutstraat",
            "huisnummer": 5000 + nummer,
            "postcode": "6400 ZZ",
            "woonplaats": "Heerlen",
            "wijk": "WK091720",
        },
        **velden,
    }


def csv_bestand(*rijen: dict[str, str]) -> bytes:
    """A file as a municipality sends it, from rows by column name."""
    kolommen = ["bron", "kenmerk", "geboortedatum", "voornaam", "achternaam", "straat", "huisnummer", "postcode"]
    kolommen += ["woonplaats", "wijk"]
    regels = [";".join(kolommen), *(";".join(rij.get(kolom, "") for kolom in kolommen) for rij in rijen)]
    return "\n".join(regels).encode()


def csv_rij(dagen: int = 8, **velden: str) -> dict[str, str]:
    """One row of such a file."""
    nummer = next(_NUMMER)
    return {
        "bron": "gemeente",
        "kenmerk": f"bestand-{nummer}",
        "geboortedatum": (clock.vandaag() - timedelta(days=dagen)).isoformat(),
        "voornaam": "Bo",
        "achternaam": f"Bestand-Voorbeeld-{nummer}",
        "straat": "Sjpruutstraat",
        "huisnummer": str(8000 + nummer),
        "postcode": "6400 ZZ",
        "woonplaats": "Heerlen",
        "wijk": "WK091720",
        **velden,
    }

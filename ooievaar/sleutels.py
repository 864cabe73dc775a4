"""When two ways of writing are the same household: pure, used by the intake, a move and every search for doubles.

Source: domain.md, rule 1. Case, spaces and hyphens are normalised first; what then is equal is the same. Diacritics,
and 12a against 12-A, are only *nearly* alike: a person judges those.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SPATIES_EN_STREEPJES = re.compile(r"[\s\-\u2010-\u2015_]+")


def naamsleutel(naam: str) -> str:
    """A name without case, spaces and hyphens: `De Vries-Jansen` and `de vries jansen` are one name."""
    vlak = unicodedata.normalize("NFC", naam).casefold()
    return unicodedata.normalize("NFC", _SPATIES_EN_STREEPJES.sub("", vlak))[:100]


def losse_sleutel(naam: str) -> str:
    """A name without diacritics and punctuation too: what is equal here only is nearly alike."""
    ontleed = unicodedata.normalize("NFKD", naam.casefold())
    return "".join(teken for teken in ontleed if teken.isalnum())[:100]


@dataclass(frozen=True)
class Adressleutel:
    """PC6, house number, letter and addition as they count for a household; without a postcode there is no key."""

    postcode: str
    huisnummer: int | None
    huisletter: str
    toevoeging: str

    @property
    def plek(self) -> tuple[str, int] | None:
        """Where to look for look-alikes: postcode and house number; None when the address is not complete."""
        return (self.postcode, self.huisnummer) if self.postcode and self.huisnummer is not None else None

    @property
    def los(self) -> str:
        """Letter and addition run together: 12a and 12-A look alike."""
        return losse_sleutel(self.huisletter + self.toevoeging)


def adressleutel(postcode: str, huisnummer: int | None, huisletter: str, toevoeging: str) -> Adressleutel:
    """The key of an address as people wrote it."""
    return Adressleutel(
        _SPATIES_EN_STREEPJES.sub("", postcode).upper(), huisnummer, naamsleutel(huisletter), naamsleutel(toevoeging)
    )


def dubbelsleutel(postcode: str, huisnummer: int | None, huisletter: str, toevoeging: str) -> str:
    """The address key as `Gezin.dubbelsleutel` keeps it; empty for an incomplete address."""
    sleutel = adressleutel(postcode, huisnummer, huisletter, toevoeging)
    if sleutel.plek is None:
        return ""
    return f"{sleutel.postcode}|{sleutel.huisnummer}|{sleutel.huisletter}|{sleutel.toevoeging}"[:60]

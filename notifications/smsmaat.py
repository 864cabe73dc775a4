"""What an SMS costs. Pure.

It is sent in the alphabet GSM-7 (3GPP TS 23.038) when every character is in it, else in UCS-2; it is cut in parts of
160 or 70 places, or of 153 or 67 when there are several, and every part is paid for. A character that takes two places
(the euro sign in GSM-7, an emoji in UCS-2) is never cut in two: it goes to the next part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DUBBEL = frozenset("^{}\\[~]|€\f")  # these take two places


@dataclass(frozen=True)
class Smsmaat:
    """The alphabet of an SMS, its length in that alphabet, and the number of parts."""

    alfabet: str
    tekens: int
    delen: int


def smsmaat(tekst: str) -> Smsmaat:
    """The size of a text as an SMS."""
    if all(teken in _GSM or teken in _GSM_DUBBEL for teken in tekst):
        return _maat("GSM-7", [2 if teken in _GSM_DUBBEL else 1 for teken in tekst], alleen=160, samen=153)
    return _maat("UCS-2", [2 if ord(teken) > 0xFFFF else 1 for teken in tekst], alleen=70, samen=67)


def _maat(alfabet: str, plaatsen: list[int], *, alleen: int, samen: int) -> Smsmaat:
    lengte = sum(plaatsen)
    return Smsmaat(alfabet, lengte, 1 if lengte <= alleen else _aantal(plaatsen, samen))


def _aantal(plaatsen: Iterable[int], samen: int) -> int:
    delen, vol = 1, 0
    for breed in plaatsen:
        if vol + breed > samen:
            delen, vol = delen + 1, 0
        vol += breed
    return delen

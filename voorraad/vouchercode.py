"""The code on a swimming voucher: how it is written, and its check character. Pure; the phone checks the same offline.

The rule, for everybody who builds it again (`vouchercode_vectoren.json` has cases to test against):

1. Normalise: capitals, and nothing but the letters A-Z and the digits 0-9 (spaces, hyphens and the like go).
2. At least 5 and at most 30 characters are left; the last one is the check character.
3. The check is ISO/IEC 7064, MOD 37,36, over the alphabet 0-9A-Z: start with P = 36; for each character but the last,
   S = (P + its value) mod 36, where 0 becomes 36, and P = 2 * S mod 37; the code is right when (P + value of the last)
   mod 36 is 1.

It sees every single wrong character and nearly every swap of two neighbours. It does not say that a code exists: that,
only the server knows. Codes that we make have 8 characters and a check character, without 0, O, 1, I and L, which look
alike on paper, and are chosen so that every swap of two neighbours is seen.
"""

from __future__ import annotations

import secrets

ALFABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEESBAAR = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
KORTSTE, LANGSTE = 5, 30
_LENGTE = 8
_M = 36


def normaliseer(code: str) -> str:
    """The code as it counts: without case, spaces and hyphens."""
    return "".join(teken for teken in code.upper() if teken in ALFABET)


def controleteken(romp: str) -> str:
    """The check character that belongs after these characters (normalised)."""
    return ALFABET[(1 - _product(romp)) % _M]


def klopt(code: str) -> bool:
    """Whether the check character is right; says nothing about whether the code was ever handed out."""
    kaal = normaliseer(code)
    if not KORTSTE <= len(kaal) <= LANGSTE:
        return False
    return controleteken(kaal[:-1]) == kaal[-1]


def maak() -> str:
    """A new code that nobody can guess, in groups of three for reading: 7KM-4QX-2PD."""
    while True:
        romp = "".join(secrets.choice(LEESBAAR) for _teken in range(_LENGTE))
        code = romp + controleteken(romp)
        if code[-1] in LEESBAAR and not any(klopt(ruil) for ruil in _verwisseld(code)):
            return leesbaar(code)


def leesbaar(code: str) -> str:
    """The code in groups of three."""
    return "-".join(code[begin : begin + 3] for begin in range(0, len(code), 3))


def _verwisseld(code: str) -> list[str]:
    """The code with two neighbours swapped, in every place where that makes another code."""
    return [
        code[:plek] + code[plek + 1] + code[plek] + code[plek + 2 :]
        for plek in range(len(code) - 1)
        if code[plek] != code[plek + 1]
    ]


def _product(romp: str) -> int:
    product = _M
    for teken in romp:
        som = (product + ALFABET.index(teken)) % _M or _M
        product = 2 * som % (_M + 1)
    return product

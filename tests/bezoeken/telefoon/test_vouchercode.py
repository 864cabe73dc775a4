"""The phone checks a voucher's code by the rule of voorraad/vouchercode.py: the same cases, and random ones."""

from __future__ import annotations

import random

from tests.bezoeken.telefoon.node import roep
from voorraad import vouchercode


def test_same_verdict_on_every_code():
    kans = random.Random(7)
    codes = [vouchercode.maak() for _nummer in range(50)]
    # Each with one slip: a wrong character, two swapped, one missing, small letters and spaces.
    for code in list(codes):
        plek = kans.randrange(len(code) - 1)
        codes += [
            code[:plek] + kans.choice(vouchercode.ALFABET) + code[plek + 1 :],
            code[:plek] + code[plek + 1] + code[plek] + code[plek + 2 :],
            code[:plek] + code[plek + 1 :],
            code.lower().replace("-", " "),
        ]
    codes += ["", "-", "A1B2", "0" * 31, "é7KM4QX", "7KM-4QX-2PD"]
    onze = [vouchercode.klopt(code) for code in codes]
    assert roep("kern/voucher.js", "voucherKlopt", [[code] for code in codes]) == onze
    assert True in onze
    assert False in onze

"""The check character: what it must see, and the cases that the phone is held to as well."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorraad import vouchercode
from voorraad.vouchercode import ALFABET

VECTOREN = json.loads((Path(vouchercode.__file__).parent / "vouchercode_vectoren.json").read_text(encoding="utf-8"))
romp = st.text(ALFABET, min_size=4, max_size=29)


def test_the_published_cases_hold():
    assert (VECTOREN["kortste"], VECTOREN["langste"]) == (vouchercode.KORTSTE, vouchercode.LANGSTE)
    assert [code for code in VECTOREN["goed"] if not vouchercode.klopt(code)] == []
    assert [geval["waarom"] for geval in VECTOREN["fout"] if vouchercode.klopt(geval["code"])] == []
    for geval in VECTOREN["normaliseren"]:
        assert vouchercode.normaliseer(geval["in"]) == geval["uit"]


def test_the_example_of_the_grid_standard_holds():
    # The Global Release Identifier uses the same ISO/IEC 7064 MOD 37,36; this one stands in its own documents.
    assert vouchercode.klopt("A1-2425G-ABC1234002-M")
    assert not vouchercode.klopt("A1-2425G-ABC1234002-N")


@given(romp, st.data())
def test_every_single_wrong_character_is_seen(romp, data):
    code = romp + vouchercode.controleteken(romp)
    plek = data.draw(st.integers(0, len(code) - 1))
    ander = data.draw(st.sampled_from([t for t in ALFABET if t != code[plek]]))
    assert vouchercode.klopt(code)
    assert not vouchercode.klopt(code[:plek] + ander + code[plek + 1 :])


def test_every_swap_of_neighbours_in_a_code_of_ours_is_seen():
    for _keer in range(300):
        code = vouchercode.normaliseer(vouchercode.maak())
        for plek in range(len(code) - 1):
            if code[plek] != code[plek + 1]:
                ruil = code[:plek] + code[plek + 1] + code[plek] + code[plek + 2 :]
                assert not vouchercode.klopt(ruil), (code, ruil)


def test_codes_that_we_make_are_right_readable_and_not_the_same():
    codes = [vouchercode.maak() for _keer in range(500)]
    assert all(vouchercode.klopt(code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert not set("".join(codes)) & set("01OIL")
    assert all(len(code) == 11 and code[3] == code[7] == "-" for code in codes)


@pytest.mark.parametrize("vorm", ["{}", "  {} ", "{}-", "-{}"])
def test_how_it_is_written_does_not_matter(vorm):
    code = vouchercode.maak()
    assert vouchercode.klopt(vorm.format(code.lower().replace("-", " ")))

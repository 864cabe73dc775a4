"""Cells: what a program would run stays text, and one unreadable sign does not cost the whole file."""

import pytest

from ooievaar.platform.spreadsheet import cel


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\x0b="]
)
def test_a_formula_stays_text(begin):
    assert str(cel(f"{begin}HYPERLINK(1)")).startswith("'")


def test_a_sign_that_xml_has_no_place_for_goes_and_the_rest_stays():
    assert cel("a\x00b\x1fc\td") == "abc\td"


@pytest.mark.parametrize("waarde", [5, -1, None, 2.5, "Familie De Vries", ""])
def test_the_rest_is_left_alone(waarde):
    assert cel(waarde) == waarde

"""The map: outlines or tiles, one class and one number per wijk, and never a percentage that is hidden."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bezoeken.dekking.kaart import BREEDTE, Wijkplek, klasse_van, teken_kaart

VIERKANT = [[[5.90, 50.90], [5.95, 50.90], [5.95, 50.93], [5.90, 50.93], [5.90, 50.90]]]
BUUR = [[[5.95, 50.90], [6.00, 50.90], [6.00, 50.93], [5.95, 50.93], [5.95, 50.90]]]


def plek(grens=None, *, x=5.92, y=50.91, deel=75.0):
    return Wijkplek("Proefwijk", x, y, grens, deel)


def test_outlines_share_their_border():
    kaart = teken_kaart([plek(VIERKANT), plek(BUUR, x=5.97)])
    assert not kaart.tegels
    links, rechts = (set(re.findall(r"\d+ \d+", vlak.pad)) for vlak in kaart.vlakken)
    assert len(links & rechts) == 2
    assert [vlak.nummer for vlak in kaart.vlakken] == [1, 2]


def test_north_is_up_and_everything_lies_inside():
    kaart = teken_kaart([plek(VIERKANT, y=50.925), plek(BUUR, x=5.97, y=50.905)])
    noord, zuid = kaart.vlakken
    assert noord.y < zuid.y
    getallen = [int(n) for vlak in kaart.vlakken for n in re.findall(r"\d+", vlak.pad)]
    assert max(getallen) <= BREEDTE


def test_one_missing_outline_makes_tiles_of_all():
    kaart = teken_kaart([plek(VIERKANT), plek(None, x=5.97)])
    assert kaart.tegels


def test_no_wijken_is_no_map():
    assert teken_kaart([]) is None


def test_a_hidden_percentage_is_a_dash():
    vlak = teken_kaart([plek(deel=None)]).vlakken[0]
    assert (vlak.klasse, vlak.tekst) == ("verborgen", "–")


def test_classes_begin_where_the_legend_says():
    assert [klasse_van(d) for d in (0.0, 59.9, 60.0, 79.9, 80.0, 100.0)] == [
        "laag", "laag", "midden", "midden", "hoog", "hoog",
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.floats(3.4, 7.2, allow_subnormal=False), st.floats(50.7, 53.6, allow_subnormal=False)),
        min_size=1,
        max_size=40,
    )
)
def test_no_two_tiles_lie_on_each_other(middens):
    kaart = teken_kaart([plek(x=x, y=y) for x, y in middens])
    assert len({vlak.pad for vlak in kaart.vlakken}) == len(middens)
    assert all(0 <= vlak.x <= kaart.breedte and 0 <= vlak.y <= kaart.hoogte for vlak in kaart.vlakken)

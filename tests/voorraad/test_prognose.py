"""Stock against a demand that is passed in, week by week: pure."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voorraad.prognose import Levering, Lot, Weekvraag, eerste_tekort, verloop

MAANDAG = date(2026, 11, 23)
WEKEN = [(MAANDAG + timedelta(weeks=n), MAANDAG + timedelta(weeks=n, days=6)) for n in range(5)]


def dag(n):
    return MAANDAG + timedelta(days=n)


def test_what_expires_first_goes_first_and_is_lost_after_its_day():
    lots = [Lot(10, None), Lot(5, dag(8)), Lot(3, dag(-1))]
    standen = verloop(lots=lots, leveringen=[], weken=WEKEN, vraag=[2, 2, 4, 4, 4])
    assert [s.vervalt for s in standen] == [3, 0, 1, 0, 0]
    assert [s.over for s in standen] == [13, 11, 6, 2, 0]
    assert [s.tekort for s in standen] == [0, 0, 0, 0, 2]
    assert eerste_tekort(standen) == WEKEN[4][0]


def test_what_comes_in_during_a_week_serves_from_the_next():
    leveringen = [Levering(dag(8), 5), Levering(dag(0), 1)]
    standen = verloop(lots=[], leveringen=leveringen, weken=WEKEN, vraag=[1, 1, 1, 1, 1])
    assert [s.tekort for s in standen] == [0, 1, 0, 0, 0]
    assert eerste_tekort(standen) == WEKEN[1][0]


def test_small_shortages_add_up_to_a_box():
    standen = verloop(lots=[], leveringen=[], weken=WEKEN, vraag=[0.2, 0.2, 0.2, 0, 0])
    assert eerste_tekort(standen) == WEKEN[2][0]
    assert eerste_tekort(standen[:2]) is None


def test_a_week_has_its_iso_name():
    assert Weekvraag(date(2026, 12, 28), date(2027, 1, 3), 0, 0, 0, 0).week == "2026-W53"


@given(
    st.lists(st.tuples(st.integers(1, 20), st.one_of(st.none(), st.integers(-10, 40)))),
    st.lists(st.tuples(st.integers(-3, 40), st.integers(1, 20))),
    st.lists(st.integers(0, 15), min_size=5, max_size=5),
)
def test_nothing_appears_and_nothing_is_lost_without_a_word(lots, leveringen, vraag):
    standen = verloop(
        lots=[Lot(n, None if tot is None else dag(tot)) for n, tot in lots],
        leveringen=[Levering(dag(wanneer), n) for wanneer, n in leveringen],
        weken=WEKEN,
        vraag=vraag,
    )
    erin = sum(n for n, _tot in lots) + sum(n for wanneer, n in leveringen if dag(wanneer) <= WEKEN[-1][0])
    gegeven = sum(s.nodig - s.tekort for s in standen)
    assert abs(erin - gegeven - sum(s.vervalt for s in standen) - standen[-1].over) < 1e-6
    assert all(min(s.tekort, s.over, s.vervalt) >= 0 for s in standen)
    assert all(s.over < 1e-9 for s in standen if s.tekort > 1e-9)

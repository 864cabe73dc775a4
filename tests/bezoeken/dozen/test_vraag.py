"""The demand for boxes: the band holds in invented years, whatever their size and seasons."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bezoeken.dozen.vraag import Verleden, band, geboortetempo, vraag_per_week, weken_vanaf
from bezoeken.venster import Vensterregels
from tests.bezoeken.dozen.jaar import gezien_op, maak

REGELS = Vensterregels()
DINSDAG = date(2026, 11, 24)
LEEG = Verleden(sinds=DINSDAG)


def vraag(vensters, verleden=LEEG, weken=8):
    return vraag_per_week(vandaag=DINSDAG, weken=weken, vensters=vensters, verleden=verleden, regels=REGELS)


@pytest.mark.parametrize(("seed", "per_jaar", "golf"), [(1, 430, 0.15), (2, 430, 0.15), (3, 430, 0.0), (4, 120, 0.3)])
def test_the_band_covers_at_least_four_weeks_in_five_of_a_year(seed, per_jaar, golf):
    """A forecast is made every Monday of a year, eight weeks ahead, from what was known that Monday."""
    levens = maak(seed, per_jaar=per_jaar, golf=golf)
    raak, breedte = Counter(), []
    for nummer in range(52):
        maandag = date(2026, 3, 2) + timedelta(weeks=nummer)
        vensters, verleden = gezien_op(levens, maandag)
        weken = vraag_per_week(vandaag=maandag, weken=8, vensters=vensters, verleden=verleden, regels=REGELS)
        for vooruit, week in enumerate(weken):
            echt = sum(leven.doos and week.begin <= leven.bezocht <= week.eind for leven in levens)
            raak[vooruit] += week.laag <= echt <= week.hoog
            breedte.append((week.hoog - week.laag) / max(week.verwacht, 1))
    assert sum(raak.values()) >= 0.8 * 8 * 52
    # Also for the last week, of which nearly every child is still to be born, and with a band that says something.
    assert min(raak.values()) >= 0.75 * 52
    assert sum(breedte) / len(breedte) < (1.5 if per_jaar > 200 else 2.6)


def test_without_a_past_the_rules_speak():
    """One window that begins on Monday: a visit on any of its 15 days alike, and a box for every child."""
    maandag = date(2026, 11, 30)
    weken = vraag([maandag])
    assert [round(week.verwacht, 3) for week in weken[:5]] == [
        0,
        round(7 / 15, 3),
        round(7 / 15, 3),
        round(1 / 15, 3),
        0,
    ]
    assert all(week.bekend == week.verwacht for week in weken)
    assert (weken[1].laag, weken[1].hoog) == (0, 1)


def test_a_visit_that_is_late_is_still_expected_until_it_can_not_be_made():
    te_laat = DINSDAG - timedelta(days=30)
    assert sum(week.verwacht for week in vraag([te_laat])) == pytest.approx(1)
    verlopen = DINSDAG - timedelta(days=43)
    assert sum(week.verwacht for week in vraag([verlopen])) == 0


def test_what_was_given_so_far_tells_how_many_get_a_box():
    maandag = date(2026, 11, 30)
    half = Verleden(sinds=DINSDAG, klaar=10_000, met_doos=5_000)
    assert sum(week.verwacht for week in vraag([maandag] * 10, half)) == pytest.approx(5, rel=0.01)


def test_births_to_come_follow_the_rate_and_the_months_of_our_own_past():
    begin = DINSDAG - timedelta(days=500)
    druk = {begin + timedelta(days=n): (3 if (begin + timedelta(days=n)).month in (6, 7) else 1) for n in range(500)}
    tempo, factoren = geboortetempo(Verleden(sinds=begin, geboorten=druk), DINSDAG)
    assert 1.2 < tempo < 1.5
    assert factoren[6] > 1.3
    assert factoren[1] < 1
    weken = vraag([], Verleden(sinds=begin, geboorten=druk))
    assert weken[0].verwacht < weken[7].verwacht
    assert all(week.laag <= week.verwacht <= week.hoog for week in weken)
    assert weken[7].bekend == 0


def test_weeks_begin_today_and_end_on_sundays():
    assert weken_vanaf(DINSDAG, 2) == [
        (DINSDAG, date(2026, 11, 29)),
        (date(2026, 11, 30), date(2026, 12, 6)),
    ]


@given(st.lists(st.floats(0, 1), max_size=40), st.floats(0, 60))
def test_the_band_is_in_order_and_around_what_is_expected(kansen, mu):
    laag, hoog = band(kansen, mu, vorm=40)
    assert 0 <= laag <= hoog
    assert laag <= sum(kansen) + mu + 1
    assert hoog >= sum(kansen) + mu - 1


def test_certain_children_are_certain():
    assert band([1.0] * 5, 0, vorm=40) == (5, 5)
    assert band([], 0, vorm=40) == (0, 0)

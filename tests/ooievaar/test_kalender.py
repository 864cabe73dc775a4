"""Quiet days and hours (pure): every day 2020-2040, both DST nights, any zone of the server."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooievaar.kalender import (
    AMSTERDAM,
    GeenVerzendmoment,
    Periode,
    Uren,
    dag_van,
    feestdag,
    is_stil,
    mag_nu,
    moment_op,
    verzenddag,
    volgende_verzendmoment,
)

UREN = Uren()
dagen = st.dates(date(2020, 1, 1), date(2040, 12, 31))
momenten = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 1), timezones=st.just(UTC)) | st.datetimes(
    # The hours around both DST nights of 2026.
    datetime(2026, 3, 28, 18),
    datetime(2026, 3, 30, 9),
    timezones=st.just(UTC),
)
zones = st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles", "Europe/Amsterdam", "Pacific/Kiritimati"])


@pytest.mark.parametrize(
    ("dag", "naam"),
    [
        (date(2026, 1, 1), "Nieuwjaarsdag"),
        (date(2026, 4, 3), "Goede vrijdag"),
        (date(2026, 4, 6), "Tweede paasdag"),
        (date(2026, 4, 27), "Koningsdag"),
        (date(2025, 4, 26), "Koningsdag"),  # the 27th was a Sunday
        (date(2026, 5, 5), "Bevrijdingsdag"),  # every year, not only in a lustrum
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 5, 25), "Tweede pinksterdag"),
        (date(2026, 12, 26), "Tweede kerstdag"),
        (date(2026, 2, 15), "Carnaval"),
        (date(2026, 2, 17), "Carnaval"),
        (date(2026, 2, 18), None),  # Ash Wednesday
        (date(2026, 2, 14), None),
        (date(2026, 12, 5), None),
    ],
)
def test_holidays(dag, naam):
    assert feestdag(dag) == naam


@given(dagen)
def test_every_sunday_is_quiet_and_carnaval_has_three_days_a_year(dag):
    assert is_stil(dag) == (dag.isoweekday() == 7 or feestdag(dag) is not None)
    jaar = [date(dag.year, 1, 1) + timedelta(days=n) for n in range(120)]
    carnaval = [d for d in jaar if feestdag(d) == "Carnaval"]
    assert [d.isoweekday() for d in carnaval] == [7, 1, 2]


def test_extra_quiet_periods_include_both_ends():
    extra = [Periode(date(2026, 11, 23), date(2026, 11, 24))]
    assert [is_stil(date(2026, 11, d), extra) for d in (21, 23, 24, 25)] == [False, True, True, False]


@given(momenten, zones)
def test_the_next_moment_is_allowed_not_before_and_the_first(moment, zone):
    gevonden = volgende_verzendmoment(moment.astimezone(ZoneInfo(zone)), UREN, is_stil)
    lokaal = gevonden.astimezone(AMSTERDAM)
    assert gevonden >= moment
    assert time(9) <= lokaal.time() < time(20)
    assert not is_stil(lokaal.date())
    if gevonden > moment:
        assert lokaal.time() == time(9)
        tussen = moment
        while tussen < gevonden:
            assert not mag_nu(tussen, UREN, is_stil)
            tussen += timedelta(hours=1)


@given(dagen)
def test_what_falls_on_a_quiet_day_goes_earlier(dag):
    gevonden = verzenddag(dag, is_stil)
    assert not is_stil(gevonden)
    assert gevonden <= dag
    assert all(is_stil(gevonden + timedelta(days=n)) for n in range(1, (dag - gevonden).days + 1))


@given(dagen, st.integers(-5, 5))
def test_but_never_before_the_first_day_of_contact(dag, verschil):
    grens = dag + timedelta(days=verschil)
    gevonden = verzenddag(dag, is_stil, grens)
    assert not is_stil(gevonden)
    assert gevonden >= grens


def test_both_dst_days_open_at_nine_local():
    zaterdag, maandag = date(2026, 3, 28), date(2026, 3, 30)
    assert moment_op(zaterdag, time(9)) == datetime(2026, 3, 28, 8, tzinfo=UTC)
    assert moment_op(maandag, time(9)) == datetime(2026, 3, 30, 7, tzinfo=UTC)
    assert volgende_verzendmoment(moment_op(date(2026, 10, 24), time(20)), UREN, is_stil) == datetime(
        2026, 10, 26, 8, tzinfo=UTC
    )


def test_a_day_is_a_day_in_amsterdam():
    assert dag_van(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)


def test_a_table_that_leaves_no_day_is_an_error_not_an_endless_loop():
    with pytest.raises(GeenVerzendmoment):
        volgende_verzendmoment(datetime(2026, 1, 1, tzinfo=UTC), UREN, lambda dag: True)

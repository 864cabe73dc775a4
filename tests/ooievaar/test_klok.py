"""The clock: which day it is in Amsterdam, whatever zone a moment is written in and the server stands in."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooievaar.platform.clock import AMSTERDAM, dag_van, moment_op

momenten = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.timezones())


@given(momenten)
def test_a_moment_has_one_day_however_it_is_written(moment):
    assert dag_van(moment) == dag_van(moment.astimezone(UTC)) == moment.astimezone(AMSTERDAM).date()


@pytest.mark.parametrize(
    ("nacht", "uren"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2028, 2, 29), 24), (date(2026, 11, 24), 24)],
)
def test_a_day_starts_at_midnight_and_lasts_as_long_as_the_clock_says(nacht, uren):
    begin, eind = moment_op(nacht, time()), moment_op(nacht + timedelta(days=1), time())
    assert eind - begin == timedelta(hours=uren)
    minuten = [begin + timedelta(minutes=n) for n in range(-1, uren * 60 + 1)]
    dagen = [dag_van(minuut) for minuut in minuten]
    assert dagen == [nacht - timedelta(days=1), *[nacht] * (uren * 60), nacht + timedelta(days=1)]


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.times())
def test_a_time_on_a_day_is_on_that_day(dag, tijd):
    """Also at half past two in the spring night, which does not exist."""
    assert dag_van(moment_op(dag, tijd)) == dag


_PROEF = """
from datetime import datetime, timedelta, UTC
from ooievaar.platform.clock import dag_van
moment, dagen = datetime(2025, 12, 31, 20, tzinfo=UTC), []
while moment < datetime(2028, 3, 2, tzinfo=UTC):
    dagen.append(dag_van(moment).toordinal())
    moment += timedelta(minutes=20)
print(hash(tuple(dagen)))
"""


def test_the_zone_of_the_server_changes_no_day():
    """Every 20 minutes of two years, with four DST nights and 29 February 2028."""
    uitkomsten = {
        subprocess.run(
            [sys.executable, "-c", _PROEF],
            env={"TZ": zone, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone in ("UTC", "Europe/Amsterdam", "Pacific/Kiritimati", "America/St_Johns", "Australia/Lord_Howe")
    }
    assert len(uitkomsten) == 1
    assert uitkomsten.pop().strip()

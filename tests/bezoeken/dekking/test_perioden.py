"""The periods that are published."""

from datetime import date, timedelta

import pytest

from bezoeken.dekking import perioden

UITLOOP = timedelta(days=27)
VANDAAG = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("code", "van", "tot"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-K4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        # October closes when the D+84 of a child with D+57 on 31 October has passed: after 27 November.
        ("rollend", date(2025, 10, 1), date(2026, 10, 1)),
    ],
)
def test_reads(code, van, tot):
    periode = perioden.lees(code, VANDAAG, UITLOOP)
    assert (periode.van, periode.tot) == (van, tot)


@pytest.mark.parametrize(
    "code", ["", "26", "2026-K5", "2026-K0", "2026-13", "2026-1", "2026-12", "2027", "2026-11-01", "0000", "٢٠٢٦", "nu"]
)
def test_refuses(code):
    with pytest.raises(perioden.OnbekendePeriode):
        perioden.lees(code, VANDAAG, UITLOOP)


def test_a_month_closes_the_day_after_its_last_childs_d84():
    assert not perioden.is_gesloten(date(2026, 10, 1), date(2026, 11, 27), UITLOOP)
    assert perioden.is_gesloten(date(2026, 10, 1), date(2026, 11, 28), UITLOOP)

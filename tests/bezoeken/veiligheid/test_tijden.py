"""The minutes after an expected end, as pure rules (domain.md, rule 11)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bezoeken.veiligheid.tijden import Stappen, Veiligheidsregels, Verloop, maanden_later, stappen, verlengd_eind

EIND = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
REGELS = Veiligheidsregels()


def na(minuten, **velden):
    return stappen(Verloop(verwacht_eind=EIND, **velden), REGELS, EIND + timedelta(minutes=minuten))


@pytest.mark.parametrize(
    ("minuten", "waarschuw", "alarmeer"),
    [(0, False, False), (14.99, False, False), (15, True, False), (30, True, True)],
)
def test_fifteen_minutes_her_thirty_the_achterwacht(minuten, waarschuw, alarmeer):
    assert na(minuten) == Stappen(waarschuw, alarmeer, False)


def test_the_second_person_ten_minutes_after_the_alarm_unless_somebody_took_it():
    gestart = EIND + timedelta(minutes=30)
    alarm = {"gewaarschuwd": True, "gestart_op": gestart}
    assert not na(39.9, **alarm).roep_tweede
    assert na(40, **alarm) == Stappen(False, False, True)
    assert not na(40, **alarm, opgepakt=True).roep_tweede
    assert not na(90, **alarm, tweede_gewaarschuwd=True).roep_tweede


def test_longer_counts_from_now_once_the_end_has_passed():
    assert verlengd_eind(EIND, 15, EIND - timedelta(minutes=5)) == EIND + timedelta(minutes=15)
    assert verlengd_eind(EIND, 15, EIND + timedelta(minutes=20)) == EIND + timedelta(minutes=35)


@pytest.mark.parametrize(
    ("dag", "later"),
    [
        ("2026-11-24", "2027-05-24"),
        ("2026-08-31", "2027-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2026-06-30", "2026-12-30"),
    ],
)
def test_six_months_later_is_the_same_day_or_the_last_of_the_month(dag, later):
    assert maanden_later(date.fromisoformat(dag), 6) == date.fromisoformat(later)

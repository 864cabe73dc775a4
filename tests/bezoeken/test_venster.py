"""The window and its phases, over every birth date and on any server (domain.md, "The window")."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bezoeken.venster import (
    Fase,
    Fasegrenzen,
    Venster,
    Vensterregels,
    fase,
    grenzen,
    is_late_melding,
    is_te_oud,
    peildatum,
    venster,
)

REGELS = Vensterregels()
geboortedagen = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@st.composite
def andere_regels(draw) -> Vensterregels:
    """The day numbers another Gebied could choose, in the order the database demands."""
    voorbereiden, begin, eind, verlopen = sorted(draw(st.sets(st.integers(1, 200), min_size=4, max_size=4)))
    return Vensterregels(begin=begin, eind=eind, voorbereiden=voorbereiden, verlopen=verlopen)


def verwachte_fase(dag: int) -> str:
    """The table of domain.md, in days since the birth."""
    if dag < 28:
        return "wachten"
    if dag < 42:
        return "voorbereiden"
    if dag < 57:
        return "inVenster"
    return "teLaat" if dag < 85 else "verlopen"


def test_the_example_of_the_domain():
    assert venster(date(2026, 3, 27), REGELS) == Venster(date(2026, 5, 8), date(2026, 5, 22))


@pytest.mark.parametrize(
    ("geboren", "begin", "eind"),
    [
        (date(2024, 1, 18), date(2024, 2, 29), date(2024, 3, 14)),  # a window that opens on a leap day
        (date(2024, 2, 29), date(2024, 4, 11), date(2024, 4, 25)),  # born on one
        (date(2023, 1, 18), date(2023, 3, 1), date(2023, 3, 15)),  # the same days in a year without
        (date(2026, 2, 15), date(2026, 3, 29), date(2026, 4, 12)),  # opens on the night that has 23 hours
        (date(2026, 8, 30), date(2026, 10, 11), date(2026, 10, 25)),  # closes on the day that has 25
    ],
)
def test_leap_days_and_dst_nights(geboren, begin, eind):
    assert venster(geboren, REGELS) == Venster(begin, eind)


@given(geboortedagen)
def test_the_window_is_fifteen_days_from_day_42(geboren):
    v = venster(geboren, REGELS)
    assert [(geboren + timedelta(days=n)) in v for n in (41, 42, 56, 57)] == [False, True, True, False]
    assert (v.eind - v.begin).days + 1 == 15
    assert peildatum(geboren, REGELS) == v.eind + timedelta(days=1)


@given(geboortedagen, st.integers(-30, 200))
def test_the_phase_is_what_the_table_says(geboren, dag):
    assert fase(venster(geboren, REGELS), geboren + timedelta(days=dag), REGELS) == verwachte_fase(dag)


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [
        (27, Fase.WACHTEN),
        (28, Fase.VOORBEREIDEN),
        (41, Fase.VOORBEREIDEN),
        (42, Fase.IN_VENSTER),
        (56, Fase.IN_VENSTER),
        (57, Fase.TE_LAAT),
        (84, Fase.TE_LAAT),
        (85, Fase.VERLOPEN),
    ],
)
def test_each_phase_begins_and_ends_on_its_day(dag, verwacht):
    """The days themselves: what is drawn at random may miss one."""
    geboren = date(2026, 3, 27)
    assert fase(venster(geboren, REGELS), geboren + timedelta(days=dag), REGELS) is verwacht


@given(geboortedagen, st.integers(-30, 400), andere_regels())
def test_phases_follow_each_other_and_never_go_back(geboren, dag, regels):
    volgorde = list(Fase)
    vandaag = geboren + timedelta(days=dag)
    v = venster(geboren, regels)
    nu, morgen = (volgorde.index(fase(v, vandaag + timedelta(days=n), regels)) for n in (0, 1))
    assert morgen - nu in (0, 1)


def binnen(v: Venster, g: Fasegrenzen) -> bool:
    """What the database does with the bounds."""
    return (
        (g.begin_vanaf is None or v.begin >= g.begin_vanaf)
        and (g.begin_tot is None or v.begin < g.begin_tot)
        and (g.eind_vanaf is None or v.eind >= g.eind_vanaf)
        and (g.eind_tot is None or v.eind < g.eind_tot)
    )


@given(geboortedagen, st.integers(0, 60), st.integers(-150, 150), andere_regels())
def test_the_bounds_select_exactly_the_windows_of_that_phase(begin, lengte, afstand, regels):
    """Also for a window that a coordinator moved: any begin, any length."""
    v = Venster(begin, begin + timedelta(days=lengte))
    vandaag = begin + timedelta(days=afstand)
    assert [f for f in Fase if binnen(v, grenzen(f, vandaag, regels))] == [fase(v, vandaag, regels)]


@given(geboortedagen)
def test_late_and_too_old_begin_on_their_day(geboren):
    dag = [geboren + timedelta(days=n) for n in range(90)]
    assert [is_late_melding(geboren, dag[n], REGELS) for n in (35, 36)] == [False, True]
    assert [is_te_oud(geboren, dag[n], REGELS) for n in (84, 85)] == [False, True]


PROEF = """
from datetime import date, timedelta
from bezoeken.venster import Vensterregels, fase, venster
som = 0
dag = date(2020, 1, 1)
while dag <= date(2040, 12, 31):
    v = venster(dag, Vensterregels())
    assert (v.begin - dag).days == 42 and (v.eind - dag).days == 56
    som += sum(map(ord, fase(v, dag + timedelta(days=dag.toordinal() % 90), Vensterregels())))
    dag += timedelta(days=1)
print(som)
"""


def test_every_birth_date_of_twenty_years_gives_the_same_in_every_time_zone_of_the_server():
    uitkomsten = {
        subprocess.run([sys.executable, "-c", PROEF], env={"TZ": tz}, capture_output=True, text=True, check=True).stdout
        for tz in ("UTC", "Europe/Amsterdam", "Pacific/Kiritimati", "America/St_Johns")
    }
    assert len(uitkomsten) == 1
    assert int(uitkomsten.pop()) > 0

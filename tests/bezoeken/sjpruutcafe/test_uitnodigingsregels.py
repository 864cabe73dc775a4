"""The pure rules: distance, birthdays, and the table of sign-ups."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

import pytest

from bezoeken.gastenlijst import OVERGANGEN, Aanmeldactie, Aanmeldstatus, OngeldigeStap, Plaatsen, aan_de_beurt, naar
from bezoeken.models import Sjpruutcafe
from bezoeken.sjpruutcafe.reeksen import dagen
from bezoeken.sjpruutcafe.services.plannen import lokaal
from bezoeken.sjpruutcafe.uitnodigingsregels import afstand_km, verjaardag
from ooievaar.kalender import AMSTERDAM, moment_op
from tests.factories import SjpruutcafeFactory


def test_distance_between_two_wijken():
    # Heksenberg and Heerlerheide-Passart (domain.md): 1.38 km by the formula for small distances on a sphere.
    assert afstand_km((5.970, 50.916), (5.952, 50.921)) == pytest.approx(1.38, abs=0.01)
    assert afstand_km((5.97, 50.9), (5.97, 50.9)) == 0


def test_birthdays():
    assert verjaardag(date(2022, 5, 1), 4) == date(2026, 5, 1)
    assert verjaardag(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert verjaardag(date(2096, 2, 29), 4) == date(2100, 2, 28)


def test_whatever_is_not_in_the_table_raises():
    toegestaan = {(van, rij.actie) for rij in OVERGANGEN for van in rij.van}
    gezien = 0
    for van in (None, *Aanmeldstatus):
        for actie in Aanmeldactie:
            if (van, actie) in toegestaan:
                assert naar(actie, van) in Aanmeldstatus
            else:
                gezien += 1
                with pytest.raises(OngeldigeStap):
                    naar(actie, van)
    assert gezien == 36 - len(toegestaan)


def test_the_first_who_fits():
    wachten = [("groot", Plaatsen(3, 3)), ("klein", Plaatsen(1, 1)), ("ook", Plaatsen(1, 0)), ("nog", Plaatsen(1, 0))]
    assert aan_de_beurt(Plaatsen(2, 1), wachten) == (["klein", "ook"], Plaatsen(0, 0))
    assert aan_de_beurt(Plaatsen(0, 5), wachten)[0] == []


class TestZomertijd:
    """Over both nights a café of ten o'clock stays at ten o'clock (29 March and 25 October 2026)."""

    def test_a_series_keeps_its_time_on_the_clock(self):
        op = dagen(date(2026, 3, 22), date(2026, 11, 1), 1)
        momenten = [moment_op(dag, time(10)) for dag in op]
        assert {m.astimezone(AMSTERDAM).time() for m in momenten} == {time(10)}
        stappen = [b - a for a, b in pairwise(momenten)]
        week = timedelta(weeks=1)
        assert stappen.count(week - timedelta(hours=1)) == 1
        assert stappen.count(week + timedelta(hours=1)) == 1
        assert stappen.count(week) == len(stappen) - 2

    @pytest.mark.django_db
    @pytest.mark.parametrize("dag", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)])
    def test_the_database_computes_the_same_moment(self, dag):
        cafe = SjpruutcafeFactory(dag=dag, begin=moment_op(date(2020, 1, 1), time(3)))
        cafe.refresh_from_db()
        assert cafe.begin == moment_op(dag, time(10))
        assert lokaal(cafe.begin) == (dag, time(10))
        Sjpruutcafe.objects.filter(pk=cafe.pk).update(dag=dag + timedelta(days=1))
        cafe.refresh_from_db()
        assert cafe.begin == moment_op(dag + timedelta(days=1), time(10))

"""Sweep and sender over both DST nights, with three days down and with a clock that jumps (quality.md, R5, R6, R8)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bezoeken.herinneren.services import herinneringen_plannen, standaardregels
from notifications.kanalen.basis import GELUKT
from notifications.models import Bericht
from notifications.services import verzend
from ooievaar.kalender import AMSTERDAM
from tests.factories import ContactpersoonFactory, OoievaarsmoederFactory, gebruiker_met_rol, toegewezen_bezoek
from tests.notifications.stub import StubKanaal

pytestmark = pytest.mark.django_db

UREN = 24 * 5
NACHTEN = [date(2026, 3, 29), date(2026, 10, 25)]


class Post:
    """A provider who notes when he was given what."""

    def __init__(self) -> None:
        self.nu = datetime.now(UTC)
        self.gegeven: list[tuple[datetime, object]] = []
        self.kanaal = StubKanaal(bij=self._neem_aan)

    def _neem_aan(self, zending):
        self.gegeven.append((self.nu, zending.id))
        return GELUKT


def wereld(nacht: date) -> None:
    """Families of whom something falls due on the three days around the night, all reached by e-mail."""
    gebied = None
    for dag in (34, 35, 36, 38, 46):
        moeder = OoievaarsmoederFactory(gebied=gebied) if gebied else OoievaarsmoederFactory()
        gebied = moeder.gebied
        moeder.emailadres = "moeder@example.org"
        moeder.save()
        bezoek = toegewezen_bezoek(moeder, geboortedatum=nacht - timedelta(days=dag))
        ContactpersoonFactory(gezin=bezoek.gezin, emailadres="gezin@example.org", voorkeurskanaal="email")
    gebruiker_met_rol("coordinator", gebied=gebied, email="coordinator@example.org")
    standaardregels(gebied)


def beleef(nacht: date, *, uit: tuple[int, int] = (0, 0), sprong: int | None = None) -> Post:
    """Sweep and send every 3 hours for five days, but not in the hours `uit`; at `sprong` the clock goes back one."""
    post = Post()
    begin = datetime.combine(nacht - timedelta(days=2), time(0, 5), tzinfo=AMSTERDAM).astimezone(UTC)
    for uur in range(0, UREN, 3):
        if uit[0] <= uur < uit[1]:
            continue
        for nu in [begin + timedelta(hours=uur)] + ([begin + timedelta(hours=uur - 1)] if uur == sprong else []):
            post.nu = nu
            herinneringen_plannen(nu=nu)
            verzend(nu=nu, kanalen=[post.kanaal])
    return post


def klopt(post: Post) -> None:
    """Each message once, in the hours for it, never on a Sunday, and none left that should have gone."""
    keren = Counter(id_ for _nu, id_ in post.gegeven)
    assert keren
    assert set(keren.values()) == {1}
    for nu, _id in post.gegeven:
        lokaal = nu.astimezone(AMSTERDAM)
        assert lokaal.weekday() != 6
        assert time(9) <= lokaal.time() < time(20)
    for bericht in Bericht.objects.filter(kanaal="email"):
        assert bericht.status in ("verzonden", "geannuleerd")
        if bericht.status == "geannuleerd":
            assert bericht.fout == "verlopen"
            assert bericht.verloopt_op <= post.nu
        else:
            assert bericht.verzonden_op < bericht.verloopt_op
    sleutels = list(Bericht.objects.values_list("sleutel", flat=True))
    assert len(sleutels) == len(set(sleutels))


@pytest.mark.parametrize("nacht", NACHTEN, ids=str)
def test_over_a_dst_night(nacht):
    wereld(nacht)
    post = beleef(nacht)
    klopt(post)
    dagen = {nu.astimezone(AMSTERDAM).date() for nu, _id in post.gegeven}
    # What falls on the Sunday of the night went on the Saturday.
    assert {nacht - timedelta(days=1), nacht + timedelta(days=1)} <= dagen
    assert not Bericht.objects.filter(status="geannuleerd").exists(), "nothing expired while we were up"


@pytest.mark.parametrize("nacht", NACHTEN, ids=str)
@pytest.mark.parametrize("begin", [9, 36])
def test_three_days_down_around_a_dst_night_sends_late_or_not_at_all_and_never_twice(nacht, begin):
    wereld(nacht)
    post = beleef(nacht, uit=(begin, begin + 72))
    klopt(post)
    assert any(nu > post.nu - timedelta(hours=UREN - begin - 72) for nu, _id in post.gegeven), "it went on afterwards"


@pytest.mark.parametrize("nacht", NACHTEN, ids=str)
def test_a_clock_that_jumps_back_an_hour_repeats_nothing(nacht):
    wereld(nacht)
    zaterdagochtend = 24 + 12
    klopt(beleef(nacht, sprong=zaterdagochtend))


def test_the_29th_of_february():
    """Born on 25-1-2036: D+35 is 29 February, and it is announced that day."""
    moeder = OoievaarsmoederFactory()
    bezoek = toegewezen_bezoek(moeder, geboortedatum=date(2036, 1, 25))
    ContactpersoonFactory(gezin=bezoek.gezin, emailadres="gezin@example.org", voorkeurskanaal="email")
    standaardregels(moeder.gebied)
    post = beleef(date(2036, 2, 29))
    klopt(post)
    aankondiging = Bericht.objects.get(soort="aankondiging")
    assert aankondiging.verzonden_op.astimezone(AMSTERDAM).date() == date(2036, 2, 29)

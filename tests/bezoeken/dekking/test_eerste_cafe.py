"""The first café within 90 days after the visit: counted by child, written by the database, hidden when small."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bezoeken.dekking.services import dekking_voor
from bezoeken.models import Bezoek, Bezoekkind, Cafeaanwezigheid
from ooievaar.platform import clock
from ooievaar.platform.clock import AMSTERDAM
from tests.factories import (
    BezoekFactory,
    BezoekkindFactory,
    GebiedFactory,
    GezinFactory,
    SjpruutcafeFactory,
    WijkFactory,
    gebruiker_met_rol,
)

pytestmark = pytest.mark.django_db
GEBOREN = date(2026, 3, 1)
BEZOCHT = date(2026, 4, 15)


def bezocht_gezin(wijk, *, kinderen=1, op=BEZOCHT):
    gezin = GezinFactory(wijk=wijk)
    bezoek = BezoekFactory(gezin=gezin, geboortedatum=GEBOREN)
    for _kind in range(kinderen):
        BezoekkindFactory(bezoek=bezoek)
    moment = datetime(op.year, op.month, op.day, 12, tzinfo=AMSTERDAM)
    Bezoek.objects.filter(pk=bezoek.pk).update(
        status="bezocht", bezocht_op=moment, afgerond_op=moment, vorm="huisbezoek"
    )
    return gezin


def kwam(gezin, dag, *, gekomen=True):
    cafe = SjpruutcafeFactory(gebied=gezin.gebied, dag=dag)
    aantallen = {"volwassenen": 1, "kinderen": 1} if gekomen else {}
    return Cafeaanwezigheid.objects.create(
        cafe=cafe, gezin=gezin, gekomen=gekomen, vastgelegd_op=cafe.begin, **aantallen
    )


@pytest.mark.parametrize(("dagen", "telt"), [(0, True), (1, True), (90, True), (91, False), (-1, False)])
def test_within_90_days_after_the_visit(dagen, telt):
    gezin = bezocht_gezin(WijkFactory())
    kwam(gezin, BEZOCHT + timedelta(days=dagen))
    assert Bezoekkind.objects.get().naar_cafe is telt


def test_a_child_that_is_written_down_after_its_family_came_counts_too():
    """A late notice, of a family that came already: between the visit and the day on which somebody logged it."""
    gezin = GezinFactory(wijk=WijkFactory())
    kwam(gezin, GEBOREN - timedelta(days=7))
    kwam(gezin, BEZOCHT + timedelta(days=5))
    kind = BezoekkindFactory(bezoek=BezoekFactory(gezin=gezin, geboortedatum=GEBOREN))
    kind.refresh_from_db()
    assert kind.eerste_cafe_dag == BEZOCHT + timedelta(days=5)
    moment = datetime(BEZOCHT.year, BEZOCHT.month, BEZOCHT.day, 12, tzinfo=AMSTERDAM)
    Bezoek.objects.update(status="bezocht", bezocht_op=moment, afgerond_op=moment, vorm="huisbezoek")
    kind.refresh_from_db()
    assert kind.naar_cafe is True


def test_the_first_one_counts_and_who_did_not_come_does_not():
    gezin = bezocht_gezin(WijkFactory(), kinderen=2)
    kwam(gezin, BEZOCHT + timedelta(days=5), gekomen=False)
    assert not Bezoekkind.objects.filter(naar_cafe=True).exists()
    kwam(gezin, BEZOCHT + timedelta(days=60))
    assert Bezoekkind.objects.filter(naar_cafe=True).count() == 2
    # They had been there before we came: the visit did not lead them there.
    eerder = kwam(gezin, BEZOCHT - timedelta(days=10))
    assert not Bezoekkind.objects.filter(naar_cafe=True).exists()
    # A mistake that is put right counts at once, however it is put right.
    Cafeaanwezigheid.objects.filter(pk=eerder.pk).delete()
    assert Bezoekkind.objects.filter(naar_cafe=True).count() == 2


def test_a_visit_logged_later_counts_too():
    gezin = GezinFactory()
    bezoek = BezoekFactory(gezin=gezin, geboortedatum=GEBOREN)
    kind = BezoekkindFactory(bezoek=bezoek)
    kwam(gezin, BEZOCHT + timedelta(days=3))
    moment = datetime(2026, 4, 15, 12, tzinfo=AMSTERDAM)
    Bezoek.objects.filter(pk=bezoek.pk).update(
        status="bezocht", bezocht_op=moment, afgerond_op=moment, vorm="huisbezoek"
    )
    kind.refresh_from_db()
    assert kind.naar_cafe is True


def test_it_is_published_when_it_is_not_small():
    gebied = GebiedFactory()
    wijk = WijkFactory(gebied=gebied)
    gezinnen = [bezocht_gezin(wijk) for _ in range(14)]
    # Enough of the others too: what is reached may only be shown beside who was late and who was not reached.
    for _gezin in range(6):
        bezocht_gezin(wijk, op=date(2026, 5, 10))
        kind = BezoekkindFactory(bezoek=BezoekFactory(gezin__wijk=wijk, geboortedatum=GEBOREN))
        dicht = {"status": "afgesloten", "afsluitreden": "geweigerd", "afgesloten_op": clock.nu()}
        Bezoek.objects.filter(pk=kind.bezoek_id).update(**dicht)
    wie = gebruiker_met_rol("jens", gebied=gebied)
    nu = datetime(2026, 11, 24, 12, tzinfo=AMSTERDAM)

    def gezien():
        return dekking_voor(gebruiker=wie, periode="2026", per=None, nu=nu).totaal.cijfers["eersteCafe"]

    for gezin in gezinnen[:4]:
        kwam(gezin, BEZOCHT + timedelta(days=30))
    assert gezien() is None
    for gezin in gezinnen[4:7]:
        kwam(gezin, BEZOCHT + timedelta(days=30))
    assert gezien() == 7

"""Two coordinators at once (real threads, real locks)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from bezoeken.models import Bezoek, Toewijzing
from bezoeken.toewijzing.services import overdragen, toewijzen
from ooievaar.platform import clock
from ooievaar.platform.errors import Geweigerd
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    WijkFactory,
    bezoek_met_kinderen,
    gebruiker_met_rol,
    toegewezen_bezoek,
)

pytestmark = pytest.mark.django_db(transaction=True)


def tegelijk(*taken):
    """Run all at the same moment; what each gave, or the code with which it was refused."""
    start = Barrier(len(taken))

    def doe(taak):
        try:
            start.wait()
            return taak()
        except Geweigerd as fout:
            return fout.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(taken)) as pool:
        return list(pool.map(doe, taken))


def geef(bezoek, moeder):
    return lambda: toewijzen(bezoek_id=bezoek.pk, ooievaarsmoeder_id=moeder.pk, door=None, nu=clock.nu()).status


def test_the_last_free_place_goes_to_one():
    wijk = WijkFactory()
    moeder = OoievaarsmoederFactory(gebied=wijk.gebied, maximum_per_week=1)
    bezoeken = [bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk)) for _nummer in range(6)]
    uitkomsten = tegelijk(*(geef(bezoek, moeder) for bezoek in bezoeken))
    assert sorted(uitkomsten) == ["toegewezen"] + ["vol"] * 5
    assert Bezoek.objects.filter(ooievaarsmoeder=moeder).count() == 1


def test_one_visit_given_to_many_at_once_ends_with_one():
    wijk = WijkFactory()
    bezoek = bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk))
    moeders = OoievaarsmoederFactory.create_batch(4, gebied=wijk.gebied)
    assert tegelijk(*(geef(bezoek, moeder) for moeder in moeders)) == ["toegewezen"] * 4
    bezoek.refresh_from_db()
    open_rij = Toewijzing.objects.get(bezoek=bezoek, beeindigd_op__isnull=True)
    assert open_rij.ooievaarsmoeder_id == bezoek.ooievaarsmoeder_id
    assert Toewijzing.objects.filter(bezoek=bezoek).count() == 4


def test_two_hand_overs_of_the_same_volunteer_do_each_visit_once():
    gebied = GebiedFactory()
    wijk = WijkFactory(gebied=gebied)
    moeder = OoievaarsmoederFactory(gebied=gebied)
    for _nummer in range(4):
        toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk))
    door = gebruiker_met_rol("coordinator", gebied=gebied)

    def doe():
        return overdragen(moeder_id=moeder.pk, door=door, nu=clock.nu())

    eerste, tweede = tegelijk(doe, doe)
    assert len(eerste) + len(tweede) == 4
    assert not Bezoek.objects.filter(ooievaarsmoeder=moeder).exists()

"""Many at once: exactly what there is goes out (quality.md, R4), and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from ooievaar.platform import clock
from tests.factories import GebiedFactory, LocatieFactory, OoievaarsmoederFactory, doos, dozen_bij_moeder, ontvangen
from voorraad import fouten, models, selectors, services

pytestmark = pytest.mark.django_db(transaction=True)


def tegelijk(*taken):
    """Run all at the same moment, each on its own connection; gives results or the refusals of the stock."""
    start = Barrier(len(taken))

    def een(taak):
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            return taak()
        except fouten.OnvoldoendeVoorraad as fout:
            return fout
        finally:
            connection.close()

    with ThreadPoolExecutor(len(taken)) as draden:
        return list(draden.map(een, taken))


@pytest.fixture
def artikel():
    return doos(GebiedFactory())


def plek_met(artikel, *partijen):
    plek = LocatieFactory(gebied=artikel.gebied)
    for aantal, code in partijen:
        partij = code and models.Partij.objects.get_or_create(artikel=artikel, code=code)[0]
        ontvangen(artikel, plek, aantal, partij=partij)
    return plek


def verplaats(artikel, van, naar, aantal=1, **velden):
    return services.mutatie_boeken(
        soort="verplaatsing", artikel=artikel, van=van, naar=naar, aantal=aantal, door=None, nu=clock.nu(), **velden
    )


def test_twenty_hand_overs_on_nineteen_boxes_refuse_exactly_one(artikel):
    # In three lots, so that everybody must look for one that still has a box.
    plek = plek_met(artikel, (9, "a"), (5, "b"), (5, None))

    def uitgeven():
        return services.mutatie_boeken(
            soort="uitgifte", artikel=artikel, van=plek, aantal=1, door=None, nu=clock.nu()
        )

    uitkomsten = tegelijk(*[uitgeven] * 20)
    assert sum(isinstance(u, fouten.OnvoldoendeVoorraad) for u in uitkomsten) == 1
    assert sum(models.Stand.objects.values_list("aantal", flat=True)) == 0
    assert selectors.standen_kloppen() == []


def test_transfers_that_cross_do_not_lock_each_other_out(artikel):
    een, ander = plek_met(artikel, (20, "a"), (20, "b")), plek_met(artikel, (20, "a"), (20, "b"))

    def heen():
        return [verplaats(artikel, een, ander) for _keer in range(8)]

    def terug():
        return [verplaats(artikel, ander, een) for _keer in range(8)]

    tegelijk(heen, terug, heen, terug)
    assert models.Mutatie.objects.filter(soort="verplaatsing").count() == 32
    assert selectors.standen_kloppen() == []


def test_the_first_boxes_at_a_place_arrive_together(artikel):
    van, naar = plek_met(artikel, (8, None)), LocatieFactory(gebied=artikel.gebied)
    tegelijk(*[lambda: verplaats(artikel, van, naar)] * 8)
    assert models.Stand.objects.get(locatie=naar).aantal == 8
    assert selectors.standen_kloppen() == []


def test_one_key_at_the_same_moment_is_one_line(artikel):
    van, naar = plek_met(artikel, (8, None)), LocatieFactory(gebied=artikel.gebied)
    regels = tegelijk(*[lambda: verplaats(artikel, van, naar, sleutel="s")] * 6)
    assert len({regel.pk for regel in regels}) == 1
    assert models.Stand.objects.get(locatie=naar).aantal == 1


def test_the_same_completion_eight_times_takes_one_box(artikel):
    moeder = OoievaarsmoederFactory(gebied=artikel.gebied)
    dozen_bij_moeder(moeder, 5)
    nu = clock.nu()

    def uitgeven():
        return services.doos_uitgeven(
            houder_id=moeder.pk, aanleiding="bezoek:x", onderdeel="kind", door=None, gebeurd_op=nu, nu=nu
        )

    assert tegelijk(*[uitgeven] * 8) == [True] * 8
    assert selectors.dozen_bij([moeder.pk])[moeder.pk].aantal == 4


def test_reservations_at_once_promise_no_box_twice(artikel):
    moeder = OoievaarsmoederFactory(gebied=artikel.gebied)
    dozen_bij_moeder(moeder, 3)

    def reserveren(naam):
        return lambda: services.dozen_reserveren(
            houder_id=moeder.pk, aanleiding=naam, onderdelen=["k"], nu=clock.nu()
        )

    assert sorted(tegelijk(*[reserveren(f"bezoek:{n}") for n in range(5)])) == [0, 0, 1, 1, 1]
    # The same occasion again, together: everybody hears that it has its box.
    naam = models.Reservering.objects.filter(status="actief").first().aanleiding
    assert tegelijk(*[reserveren(naam)] * 4) == [1] * 4
    assert selectors.standen_kloppen() == []


def test_a_home_is_made_once():
    moeder = OoievaarsmoederFactory()
    plekken = tegelijk(*[lambda: services.thuisplek(ooievaarsmoeder=moeder)] * 6)
    assert len({plek.pk for plek in plekken}) == 1

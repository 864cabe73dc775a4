"""Boxes for an occasion: reserved, released, handed out; always as many as there are, and never twice."""

from datetime import timedelta

import pytest

from ooievaar.platform import clock
from tests.factories import LocatieFactory, OoievaarsmoederFactory, doos, dozen_bij_moeder
from voorraad import models, selectors, services

pytestmark = pytest.mark.django_db
BEZOEK = "bezoek:11111111-1111-1111-1111-111111111111"


@pytest.fixture
def moeder():
    return OoievaarsmoederFactory()


def reserveer(moeder, *onderdelen, aanleiding=BEZOEK):
    return services.dozen_reserveren(houder_id=moeder.pk, aanleiding=aanleiding, onderdelen=onderdelen, nu=clock.nu())


def geef(moeder, onderdeel, aanleiding=BEZOEK):
    return services.doos_uitgeven(
        houder_id=moeder and moeder.pk,
        aanleiding=aanleiding,
        onderdeel=onderdeel,
        door=None,
        gebeurd_op=clock.nu() - timedelta(hours=2),
        nu=clock.nu(),
    )


def bij(moeder):
    return tuple(selectors.dozen_bij([moeder.pk])[moeder.pk])


def test_one_box_for_each_child_and_again_changes_nothing(moeder):
    dozen_bij_moeder(moeder, 3)
    assert reserveer(moeder, "a", "b") == 2
    assert reserveer(moeder, "a", "b") == 2
    assert bij(moeder) == (3, 1)
    # A twin who joins later gets one more.
    assert reserveer(moeder, "a", "b", "c") == 3
    assert selectors.gereserveerd_voor(BEZOEK) == {"a", "b", "c"}


def test_never_more_than_there_are(moeder):
    assert reserveer(moeder, "a") == 0
    dozen_bij_moeder(moeder, 1)
    assert reserveer(moeder, "a", "b") == 1
    assert reserveer(moeder, "c", aanleiding="bezoek:ander") == 0
    assert bij(moeder) == (1, 0)


def test_earliest_date_first_and_none_too_close_to_it(moeder):
    dag = clock.vandaag()
    for dagen in (200, 89, 100):
        dozen_bij_moeder(moeder, 1, houdbaar_tot=dag + timedelta(days=dagen))
    dozen_bij_moeder(moeder, 1)
    assert reserveer(moeder, "a", "b", "c", "d") == 3
    volgorde = models.Reservering.objects.order_by("onderdeel").values_list("stand__partij__houdbaar_tot", flat=True)
    assert list(volgorde) == [dag + timedelta(days=100), dag + timedelta(days=200), None]


def test_a_blocked_box_is_not_promised(moeder):
    dozen_bij_moeder(moeder, 1)
    services.artikel_wijzigen(artikel=doos(moeder.gebied), geblokkeerd=True)
    assert reserveer(moeder, "a") == 0
    assert geef(moeder, "a") is False


def test_released_boxes_are_free_again(moeder):
    dozen_bij_moeder(moeder, 2)
    reserveer(moeder, "a", "b")
    assert services.reserveringen_vrijgeven(aanleiding=BEZOEK, onderdelen=["a"], nu=clock.nu()) == 1
    assert bij(moeder) == (2, 1)
    assert services.reserveringen_vrijgeven(aanleiding=BEZOEK, nu=clock.nu()) == 1
    assert services.reserveringen_vrijgeven(aanleiding=BEZOEK, nu=clock.nu()) == 0
    assert bij(moeder) == (2, 2)
    assert reserveer(moeder, "a") == 1


def test_the_promised_box_goes_from_where_it_was_promised(moeder):
    dozen_bij_moeder(moeder, 2)
    reserveer(moeder, "a")
    opvolger = OoievaarsmoederFactory(gebied=moeder.gebied)
    dozen_bij_moeder(opvolger, 1)
    assert geef(opvolger, "a") is True
    assert (bij(moeder), bij(opvolger)) == ((1, 1), (1, 1))
    regel = selectors.geboekt_voor(BEZOEK).get()
    assert (regel.soort, regel.naar.soort, regel.aantal) == ("uitgifte", "gezin", 1)
    assert regel.gebeurd_op < regel.geboekt_op
    assert selectors.gereserveerd_voor(BEZOEK) == set()


def test_without_a_promise_a_free_box_goes_but_not_one_that_is_promised_to_another(moeder):
    dozen_bij_moeder(moeder, 2)
    reserveer(moeder, "a", aanleiding="bezoek:ander")
    assert geef(moeder, "x") is True
    assert geef(moeder, "y") is False
    assert bij(moeder) == (1, 0)


def test_without_a_box_on_record_nothing_is_booked(moeder):
    assert geef(moeder, "a") is False
    assert geef(None, "a") is False
    dozen_bij_moeder(moeder, 1, houdbaar_tot=clock.vandaag() + timedelta(days=10))
    assert geef(moeder, "a") is False
    assert not models.Mutatie.objects.filter(soort="uitgifte").exists()


def test_a_child_gets_one_box_however_often_it_is_booked(moeder):
    dozen_bij_moeder(moeder, 5)
    assert [geef(moeder, "a") for _keer in range(3)] == [True, True, True]
    assert bij(moeder) == (4, 4)


def test_after_a_reversal_it_can_be_booked_again(moeder):
    dozen_bij_moeder(moeder, 1)
    for _keer in range(2):
        assert geef(moeder, "a") is True
        assert bij(moeder) == (0, 0)
        regel = models.Mutatie.objects.filter(soort="uitgifte", teruggedraaid_door=None).get()
        services.mutatie_terugdraaien(mutatie=regel, door=None, reden="verkeerd kind", nu=clock.nu())
        assert bij(moeder) == (1, 1)
    assert selectors.standen_kloppen() == []


def test_a_batch_gives_promised_boxes_first_and_says_who_got_one(moeder):
    dozen_bij_moeder(moeder, 2)
    reserveer(moeder, "b")
    nu = clock.nu()
    uitgiften = [services.Uitgifte(moeder.pk, BEZOEK, kind, None, nu) for kind in ("a", "b", "c")]
    assert services.dozen_uitgeven(uitgiften=uitgiften, nu=nu) == {(BEZOEK, "a"), (BEZOEK, "b")}
    assert services.dozen_uitgeven(uitgiften=[], nu=nu) == set()


def test_a_batch_costs_the_same_for_2_and_for_50(moeder, django_assert_max_num_queries):
    dozen_bij_moeder(moeder, 60)
    for ronde, aantal in enumerate((2, 50)):
        namen = [f"bezoek:{ronde}-{n}" for n in range(aantal)]
        for naam in namen[: aantal // 2]:
            reserveer(moeder, "k", aanleiding=naam)
        uitgiften = [services.Uitgifte(moeder.pk, naam, "k", None, clock.nu()) for naam in namen]
        with django_assert_max_num_queries(8):
            assert len(services.dozen_uitgeven(uitgiften=uitgiften, nu=clock.nu())) == aantal
    assert selectors.standen_kloppen() == []


def test_a_gebied_without_places_gets_them_when_the_first_box_goes_out(moeder):
    plek = services.thuisplek(ooievaarsmoeder=moeder)
    assert services.thuisplek(ooievaarsmoeder=moeder) == plek
    assert selectors.locatie_van(moeder.pk) == plek.pk
    artikel = models.Artikel.objects.create(gebied=moeder.gebied, code=models.DOOS_CODE, naam="Doos", soort="doos")
    van = LocatieFactory(gebied=moeder.gebied, soort="leverancier")
    services.mutatie_boeken(soort="ontvangst", artikel=artikel, van=van, naar=plek, aantal=1, door=None, nu=clock.nu())
    assert geef(moeder, "a") is True
    services.plekken_aanmaken(gebied=moeder.gebied)
    assert models.Locatie.objects.filter(gebied=moeder.gebied, soort="gezin").count() == 1

"""Signing up, the queue, the offers: never more people than chairs, first come first served, each told once."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, connections

from bezoeken.kraambezoek.fouten import GeenContact
from bezoeken.kraambezoek.services.sluiten import gezin_stoppen, overlijden_melden
from bezoeken.models import Cafeaanmelding
from bezoeken.sjpruutcafe.fouten import CafeAfgelast, CafeVoorbij, GeenAanbod, GroepTeGroot
from bezoeken.sjpruutcafe.services.aanmelden import aanbod_aannemen, aanmelden, afmelden
from bezoeken.sjpruutcafe.services.bewaken import cafes_bewaken
from bezoeken.sjpruutcafe.services.plannen import cafe_afgelasten, cafe_wijzigen
from notifications.models import Bericht
from ooievaar.kalender import AMSTERDAM
from ooievaar.platform.errors import NietGevonden
from tests.factories import GebiedFactory, SjpruutcafeFactory, cafegezin

# A Tuesday, inside the hours in which messages go.
NU = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)
DAG = NU.date() + timedelta(days=7)


@pytest.fixture
def gebied(db):
    return GebiedFactory()


@pytest.fixture
def cafe(gebied):
    return SjpruutcafeFactory(gebied=gebied, dag=DAG, capaciteit_volwassenen=2, capaciteit_kinderen=2)


def meld(cafe, gezin, *, volwassenen=1, kinderen=1, nu=NU):
    rij, _nieuw = aanmelden(
        cafe_id=cafe.pk, gezin_id=gezin.pk, volwassenen=volwassenen, kinderen=kinderen, via="link", nu=nu
    )
    return rij


def standen(cafe):
    return list(Cafeaanmelding.objects.filter(cafe=cafe).order_by("volgnummer").values_list("status", flat=True))


def soorten(gezin):
    return sorted(Bericht.objects.filter(gezin=gezin).values_list("soort", flat=True))


class TestAanmelden:
    def test_in_while_there_is_room_then_waiting(self, cafe, gebied):
        gezinnen = [cafegezin(gebied=gebied) for _ in range(4)]
        for gezin in gezinnen:
            meld(cafe, gezin)
        assert standen(cafe) == ["aangemeld", "aangemeld", "wachtlijst", "wachtlijst"]
        assert soorten(gezinnen[0]) == ["plekBevestiging"]
        assert soorten(gezinnen[3]) == ["plekWachtlijst"]

    def test_children_count_apart_from_adults(self, cafe, gebied):
        meld(cafe, cafegezin(gebied=gebied), volwassenen=1, kinderen=2)
        assert meld(cafe, cafegezin(gebied=gebied), volwassenen=1, kinderen=1).status == "wachtlijst"
        assert meld(cafe, cafegezin(gebied=gebied), volwassenen=1, kinderen=0).status == "aangemeld"

    def test_the_same_family_gets_its_first_answer(self, cafe, gebied):
        gezin = cafegezin(gebied=gebied)
        eerste = meld(cafe, gezin)
        assert (meld(cafe, gezin, volwassenen=2).pk, eerste.volwassenen) == (eerste.pk, 1)
        assert Bericht.objects.filter(gezin=gezin).count() == 1

    def test_who_comes_back_stands_at_the_end(self, cafe, gebied):
        vol = [cafegezin(gebied=gebied) for _ in range(2)]
        terug, ander = cafegezin(gebied=gebied), cafegezin(gebied=gebied)
        for gezin in (*vol, terug, ander):
            meld(cafe, gezin)
        afmelden(cafe_id=cafe.pk, gezin_id=terug.pk, nu=NU)
        assert meld(cafe, terug).volgnummer > Cafeaanmelding.objects.get(gezin=ander).volgnummer

    def test_refused(self, cafe, gebied):
        with pytest.raises(GroepTeGroot):
            meld(cafe, cafegezin(gebied=gebied), volwassenen=3)
        with pytest.raises(CafeVoorbij):
            meld(cafe, cafegezin(gebied=gebied), nu=cafe.begin)
        with pytest.raises(NietGevonden):
            meld(cafe, cafegezin())
        gestopt = cafegezin(gebied=gebied)
        gezin_stoppen(gezin_id=gestopt.pk, reden="geweigerd", nu=NU)
        with pytest.raises(GeenContact):
            meld(cafe, gestopt)
        cafe_afgelasten(cafe_id=cafe.pk, nu=NU)
        with pytest.raises(CafeAfgelast):
            meld(cafe, cafegezin(gebied=gebied))

    def test_the_database_itself_seats_no_more_than_there_are_chairs(self, cafe, gebied):
        for nummer in (1, 2):
            gezin = cafegezin(gebied=gebied)
            Cafeaanmelding.objects.create(
                cafe=cafe, gezin=gezin, status="aangemeld", volgnummer=nummer, via="link", aangemeld_op=NU
            )
        with pytest.raises(IntegrityError, match="the café is full"):
            Cafeaanmelding.objects.create(
                cafe=cafe, gezin=cafegezin(gebied=gebied), status="aangemeld", volgnummer=3, via="link", aangemeld_op=NU
            )


class TestAanbod:
    @pytest.fixture
    def rij(self, cafe, gebied):
        """Two in, three waiting: of the three the first does not fit in one place."""
        gezinnen = [cafegezin(gebied=gebied) for _ in range(5)]
        for nummer, gezin in enumerate(gezinnen):
            meld(cafe, gezin, volwassenen=2 if nummer == 2 else 1)
        return gezinnen

    def test_a_place_goes_to_the_first_who_fits_and_is_kept_for_24_hours(
        self, cafe, rij, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            afmelden(cafe_id=cafe.pk, gezin_id=rij[0].pk, nu=NU)
        assert standen(cafe) == ["afgemeld", "aangemeld", "wachtlijst", "aangeboden", "wachtlijst"]
        aanbod = Cafeaanmelding.objects.get(gezin=rij[3])
        assert aanbod.aangeboden_tot == NU + timedelta(hours=24)
        bericht = Bericht.objects.get(gezin=rij[3], soort="plekAanbod")
        assert bericht.verloopt_op == aanbod.aangeboden_tot
        assert (bericht.context["totDag"], bericht.context["totTijd"]) == ("2026-11-25", "10.00")

    def test_an_offer_expires_exactly(self, cafe, rij):
        afmelden(cafe_id=cafe.pk, gezin_id=rij[0].pk, nu=NU)
        cafes_bewaken(nu=NU)
        einde = NU + timedelta(hours=24)
        cafes_bewaken(nu=einde - timedelta(microseconds=1))
        assert standen(cafe)[3:] == ["aangeboden", "wachtlijst"]
        cafes_bewaken(nu=einde)
        assert standen(cafe)[3:] == ["verlopen", "aangeboden"]

    def test_taken_a_moment_before_the_end_and_not_at_it(self, cafe, rij):
        afmelden(cafe_id=cafe.pk, gezin_id=rij[0].pk, nu=NU)
        cafes_bewaken(nu=NU)
        einde = NU + timedelta(hours=24)
        # Before the sweep has passed by: the clock decides, not the sweep.
        with pytest.raises(GeenAanbod):
            aanbod_aannemen(cafe_id=cafe.pk, gezin_id=rij[3].pk, nu=einde)
        genomen = aanbod_aannemen(cafe_id=cafe.pk, gezin_id=rij[3].pk, nu=einde - timedelta(seconds=1))
        assert (genomen.status, genomen.aangeboden_tot) == ("aangemeld", None)
        assert "plekBevestiging" in soorten(rij[3])

    def test_a_newcomer_does_not_take_the_place_of_who_waits(self, cafe, rij, gebied):
        afmelden(cafe_id=cafe.pk, gezin_id=rij[0].pk, nu=NU)
        # The free place has not been offered yet.
        assert meld(cafe, cafegezin(gebied=gebied)).status == "wachtlijst"

    def test_an_offer_at_night_counts_from_the_morning(self, cafe, rij):
        nacht = datetime(2026, 11, 24, 23, tzinfo=AMSTERDAM)
        afmelden(cafe_id=cafe.pk, gezin_id=rij[0].pk, nu=nacht)
        cafes_bewaken(nu=nacht)
        assert Cafeaanmelding.objects.get(gezin=rij[3]).aangeboden_tot == datetime(2026, 11, 26, 9, tzinfo=AMSTERDAM)

    def test_never_longer_than_until_the_begin(self, cafe, rij):
        vlak_voor = cafe.begin - timedelta(minutes=30)
        afmelden(cafe_id=cafe.pk, gezin_id=rij[0].pk, nu=vlak_voor)
        cafes_bewaken(nu=vlak_voor)
        assert Cafeaanmelding.objects.get(gezin=rij[3]).aangeboden_tot == cafe.begin

    def test_more_chairs_are_offered(self, cafe, rij):
        cafe_wijzigen(cafe_id=cafe.pk, gegevens={"capaciteit_volwassenen": 5, "capaciteit_kinderen": 4}, nu=NU)
        cafes_bewaken(nu=NU)
        assert standen(cafe) == ["aangemeld", "aangemeld", "aangeboden", "aangeboden", "wachtlijst"]


class TestStoppen:
    def test_a_stop_ends_the_sign_up_and_gives_the_place_away(self, cafe, gebied, django_capture_on_commit_callbacks):
        een, ander, wacht = (cafegezin(gebied=gebied) for _ in range(3))
        for gezin in (een, ander, wacht):
            meld(cafe, gezin)
        with django_capture_on_commit_callbacks(execute=True):
            gezin_stoppen(gezin_id=een.pk, reden="ingetrokken", nu=NU)
        assert standen(cafe) == ["afgemeld", "aangemeld", "aangeboden"]
        assert set(Bericht.objects.filter(gezin=een).values_list("status", flat=True)) == {"geannuleerd"}

    def test_a_death_too_and_nobody_is_offered_a_place_after_one(self, cafe, gebied):
        gezinnen = [cafegezin(gebied=gebied) for _ in range(4)]
        for gezin in gezinnen:
            meld(cafe, gezin)
        overlijden_melden(pasgeborene_id=gezinnen[2].pasgeborenen.get().pk, nu=NU)
        afmelden(cafe_id=cafe.pk, gezin_id=gezinnen[0].pk, nu=NU)
        cafes_bewaken(nu=NU)
        assert standen(cafe) == ["afgemeld", "aangemeld", "afgemeld", "aangeboden"]
        assert "plekAanbod" not in soorten(gezinnen[2])

    def test_a_café_that_is_over_keeps_who_had_signed_up(self, cafe, gebied):
        gezin = cafegezin(gebied=gebied)
        meld(cafe, gezin)
        gezin_stoppen(gezin_id=gezin.pk, reden="geweigerd", nu=cafe.begin + timedelta(days=1))
        assert standen(cafe) == ["aangemeld"]


class TestVerplaatsenEnAfgelasten:
    def test_moving_keeps_the_list_and_tells_everybody_once(self, cafe, gebied):
        gezinnen = [cafegezin(gebied=gebied) for _ in range(3)]
        for gezin in gezinnen:
            meld(cafe, gezin)
        for _keer in range(2):
            cafe_wijzigen(cafe_id=cafe.pk, gegevens={"dag": DAG + timedelta(days=1)}, nu=NU)
        assert standen(cafe) == ["aangemeld", "aangemeld", "wachtlijst"]
        for gezin in gezinnen:
            # What had not left with the old day does not leave.
            open_ = Bericht.objects.filter(gezin=gezin, status="gepland")
            assert [b.soort for b in open_] == ["plekVerplaatst"]
            assert open_[0].context["dag"] == (DAG + timedelta(days=1)).isoformat()

    def test_moving_back_is_told_too(self, cafe, gebied):
        gezin = cafegezin(gebied=gebied)
        meld(cafe, gezin)
        for dag in (DAG + timedelta(days=1), DAG, DAG + timedelta(days=1)):
            cafe_wijzigen(cafe_id=cafe.pk, gegevens={"dag": dag}, nu=NU)
        assert soorten(gezin).count("plekVerplaatst") == 3

    def test_another_theme_is_no_move(self, cafe, gebied):
        gezin = cafegezin(gebied=gebied)
        meld(cafe, gezin)
        cafe_wijzigen(cafe_id=cafe.pk, gegevens={"thema": "voorlezen", "duur_minuten": 90}, nu=NU)
        assert soorten(gezin) == ["plekBevestiging"]

    def test_calling_it_off_tells_everybody_exactly_once(self, cafe, gebied):
        gezinnen = [cafegezin(gebied=gebied) for _ in range(3)]
        weg = cafegezin(gebied=gebied)
        for gezin in (*gezinnen, weg):
            meld(cafe, gezin)
        afmelden(cafe_id=cafe.pk, gezin_id=weg.pk, nu=NU)
        for _keer in range(2):
            cafe_afgelasten(cafe_id=cafe.pk, nu=NU)
        for gezin in gezinnen:
            assert list(Bericht.objects.filter(gezin=gezin, status="gepland").values_list("soort", flat=True)) == [
                "plekAfgelast"
            ]
        assert "plekAfgelast" not in soorten(weg)


class TestHerinnering:
    def test_the_day_before_and_once(self, cafe, gebied):
        gezin = cafegezin(gebied=gebied)
        meld(cafe, gezin)
        maandag = datetime(2026, 11, 30, 8, 59, tzinfo=AMSTERDAM)
        assert cafes_bewaken(nu=maandag)["herinnerd"] == 0
        assert cafes_bewaken(nu=maandag + timedelta(minutes=1))["herinnerd"] == 1
        assert cafes_bewaken(nu=maandag + timedelta(minutes=2))["herinnerd"] == 0

    def test_earlier_when_the_day_before_is_a_quiet_day(self, gebied):
        maandag = SjpruutcafeFactory(gebied=gebied, dag=datetime(2026, 11, 30).date())
        gezin = cafegezin(gebied=gebied)
        meld(maandag, gezin)
        zaterdag = datetime(2026, 11, 28, 9, tzinfo=AMSTERDAM)
        assert cafes_bewaken(nu=zaterdag - timedelta(minutes=1))["herinnerd"] == 0
        assert cafes_bewaken(nu=zaterdag)["herinnerd"] == 1


@pytest.mark.django_db(transaction=True)
def test_20_families_at_once_for_4_places_are_4_in_and_16_waiting_in_order():
    gebied = GebiedFactory()
    cafe = SjpruutcafeFactory(gebied=gebied, dag=DAG, capaciteit_volwassenen=4, capaciteit_kinderen=4)
    gezinnen = [cafegezin(gebied=gebied) for _ in range(20)]
    start = threading.Barrier(20)
    fouten: list[BaseException] = []

    def doe(gezin) -> None:
        try:
            start.wait()
            meld(cafe, gezin)
        except BaseException as fout:
            fouten.append(fout)
        finally:
            connections.close_all()

    draden = [threading.Thread(target=doe, args=(gezin,)) for gezin in gezinnen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    connection.close()
    assert fouten == []
    assert standen(cafe) == ["aangemeld"] * 4 + ["wachtlijst"] * 16
    assert list(Cafeaanmelding.objects.order_by("volgnummer").values_list("volgnummer", flat=True)) == list(
        range(1, 21)
    )


@pytest.mark.django_db(transaction=True)
def test_stops_and_sign_offs_at_once_never_wait_for_each_other_for_ever():
    """Everybody leaves at the same moment, half by a stop: whoever gets a place offered leaves too."""
    gebied = GebiedFactory()
    cafe = SjpruutcafeFactory(gebied=gebied, dag=DAG, capaciteit_volwassenen=4, capaciteit_kinderen=4)
    gezinnen = [cafegezin(gebied=gebied) for _ in range(12)]
    for gezin in gezinnen:
        meld(cafe, gezin)
    start = threading.Barrier(12)
    fouten: list[BaseException] = []

    def doe(nummer: int) -> None:
        try:
            start.wait()
            gezin = gezinnen[nummer]
            if nummer % 2:
                gezin_stoppen(gezin_id=gezin.pk, reden="geweigerd", nu=NU)
            else:
                afmelden(cafe_id=cafe.pk, gezin_id=gezin.pk, nu=NU)
        except BaseException as fout:
            fouten.append(fout)
        finally:
            connections.close_all()

    draden = [threading.Thread(target=doe, args=(n,)) for n in range(12)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    connection.close()
    assert fouten == []
    assert set(standen(cafe)) == {"afgemeld"}

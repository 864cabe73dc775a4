"""Who is invited, when, and never again: by rule, previewed, and stopped by every stop."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from bezoeken.kraambezoek.services.herstellen import gezin_mag_weer
from bezoeken.kraambezoek.services.sluiten import gezin_stoppen, gezin_vertrokken, overlijden_melden
from bezoeken.models import Caferegels, Cafeuitnodiging
from bezoeken.sjpruutcafe.services.aanmelden import aanmelden
from bezoeken.sjpruutcafe.services.plannen import cafe_afgelasten, cafe_wijzigen
from bezoeken.sjpruutcafe.services.uitnodigen import uitnodigen, uitnodigingen_plannen
from bezoeken.sjpruutcafe.services.voorstellen import voorgesteld, voorstellen
from notifications.models import Bericht, Kanaalstop
from notifications.services import verzend
from ooievaar.kalender import AMSTERDAM
from ooievaar.models import Gezinskoppeling, Toestemming
from ooievaar.services.gezinnen import gezin_vergrendelen
from tests.factories import (
    CafeplaatsFactory,
    GebiedFactory,
    PasgeboreneFactory,
    SjpruutcafeFactory,
    WijkFactory,
    cafegezin,
)

NU = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)  # a Tuesday
DAG = NU.date()
LANG_GELEDEN = NU - timedelta(days=100)


@pytest.fixture
def wijk(db):
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def cafe(wijk):
    return SjpruutcafeFactory(gebied=wijk.gebied, dag=DAG + timedelta(days=7))


def gezin_in(wijk, **velden):
    velden.setdefault("sinds", LANG_GELEDEN)
    return cafegezin(wijk=wijk, **velden)


def genood():
    return set(Cafeuitnodiging.objects.values_list("gezin_id", flat=True))


def waarom(**velden):
    return dict(sum((voorstel.telling for _gebied, voorstel in voorstellen(nu=NU, **velden)), Counter()))


class TestWie:
    def test_consenting_and_near_in_their_language_once(self, cafe, wijk):
        gezin = gezin_in(wijk, taal="pl")
        assert uitnodigingen_plannen(nu=NU) == {"uitgenodigd": 1}
        assert uitnodigingen_plannen(nu=NU) == {"onlangs": 1}
        bericht = Bericht.objects.get()
        assert (bericht.gezin_id, bericht.soort, bericht.kanaal, bericht.taal) == (
            gezin.pk, "cafeUitnodiging", "email", "pl",
        )  # fmt: skip
        assert bericht.context["thema"] == "wychowanie dzieci"
        assert "/cafe/" in bericht.context["aanmelden"]
        assert Cafeuitnodiging.objects.get().reden == "naBezoek"

    def test_a_preview_changes_nothing(self, cafe, wijk):
        gezin_in(wijk)
        assert waarom() == {"uitgenodigd": 1}
        assert not Bericht.objects.exists()
        assert not Cafeuitnodiging.objects.exists()

    def test_nobody_without_consent(self, cafe, wijk):
        gezin_in(wijk, toestemming=False)
        ingetrokken = gezin_in(wijk)
        Toestemming.objects.filter(gezin=ingetrokken).update(tot=NU)
        assert waarom() == {}

    def test_nobody_who_lives_far_away_or_nowhere(self, cafe, wijk):
        gezin_in(WijkFactory(gebied=wijk.gebied, lengtegraad=6.01))
        zonder_wijk = gezin_in(wijk)
        type(zonder_wijk).objects.filter(pk=zonder_wijk.pk).update(wijk=None)
        assert waarom() == {"teVer": 1, "geenLigging": 1}

    def test_a_place_outside_the_gebied_is_as_near_as_it_is(self, wijk):
        plek = CafeplaatsFactory(gebied=wijk.gebied, naam="Heerlerbaan", lengtegraad=5.98, breedtegraad=50.90)
        SjpruutcafeFactory(gebied=wijk.gebied, plaats=plek, dag=DAG + timedelta(days=7))
        gezin_in(wijk)
        gezin_in(WijkFactory(gebied=wijk.gebied, lengtegraad=5.90, breedtegraad=50.95))
        assert waarom() == {"uitgenodigd": 1, "teVer": 1}

    def test_a_place_without_a_position_is_the_middle_of_its_wijk_or_unknown(self, wijk):
        met_wijk = CafeplaatsFactory(gebied=wijk.gebied, wijk=wijk, lengtegraad=None, breedtegraad=None)
        cafe = SjpruutcafeFactory(gebied=wijk.gebied, plaats=met_wijk, dag=DAG + timedelta(days=7))
        gezin_in(wijk)
        assert waarom() == {"uitgenodigd": 1}
        type(met_wijk).objects.filter(pk=met_wijk.pk).update(wijk=None)
        assert waarom(gebied_id=cafe.gebied_id) == {"teVer": 1}

    @pytest.mark.parametrize("stop", ["contactstop", "overlijden", "verhuisd", "geheim"])
    def test_nobody_after_a_stop(self, cafe, wijk, stop):
        gezin = gezin_in(wijk)
        if stop == "contactstop":
            gezin_stoppen(gezin_id=gezin.pk, reden="geweigerd", nu=NU)
        elif stop == "overlijden":
            overlijden_melden(pasgeborene_id=gezin.pasgeborenen.get().pk, nu=NU)
        elif stop == "verhuisd":
            gezin_vertrokken(gezin=gezin_vergrendelen(gezin_id=gezin.pk), nu=NU)
        else:
            type(gezin).objects.filter(pk=gezin.pk).update(geheim=True)
        assert waarom() == {}

    def test_only_whom_we_can_reach_in_time(self, cafe, wijk):
        eerste = gezin_in(wijk, emailadres="")
        gestopt = gezin_in(wijk)
        for kanaal in ("email", "brief"):
            Kanaalstop.objects.create(gezin=gestopt, kanaal=kanaal, doel="cafe", sinds=NU)
        assert uitnodigingen_plannen(nu=NU) == {"uitgenodigd": 1, "geenKanaal": 1}
        assert Bericht.objects.get(gezin=eerste).kanaal == "brief"
        # A letter is for the first time: not every week, for four years.
        SjpruutcafeFactory(gebied=wijk.gebied, dag=DAG + timedelta(days=20))
        Cafeuitnodiging.objects.update(dag=DAG - timedelta(days=8))
        assert waarom() == {"geenKanaal": 2}

    def test_who_comes_already_or_a_full_café(self, cafe, wijk):
        komt = gezin_in(wijk)
        aanmelden(cafe_id=cafe.pk, gezin_id=komt.pk, volwassenen=10, kinderen=1, via="link", nu=NU)
        gezin_in(wijk)
        assert waarom() == {"komtAl": 1, "vol": 1}

    def test_the_nearest_with_room_the_soonest_of_equals(self, wijk):
        ver = CafeplaatsFactory(gebied=wijk.gebied, lengtegraad=5.99)
        SjpruutcafeFactory(gebied=wijk.gebied, plaats=ver, dag=DAG + timedelta(days=3))
        later = SjpruutcafeFactory(gebied=wijk.gebied, dag=DAG + timedelta(days=9))
        eerder = SjpruutcafeFactory(gebied=wijk.gebied, plaats=later.plaats, dag=DAG + timedelta(days=5))
        gezin_in(wijk)
        uitnodigingen_plannen(nu=NU)
        assert Cafeuitnodiging.objects.get().cafe_id == eerder.pk


class TestVerjaardag:
    """Strictly before the fourth birthday: the day of the message and the day of the café."""

    @pytest.mark.parametrize(
        ("geboren", "verwacht"),
        [
            (date(2022, 12, 2), {"uitgenodigd": 1}),  # four the day after the café
            (date(2022, 12, 1), {"verjaardag": 1}),  # four on the day of the café
            (date(2022, 11, 25), {"verjaardag": 1}),
            (date(2022, 11, 24), {}),  # four today
        ],
    )
    def test_the_last_one(self, cafe, wijk, geboren, verwacht):
        gezin_in(wijk, kind_dagen=(datetime.now(AMSTERDAM).date() - geboren).days)
        assert waarom() == verwacht

    def test_a_younger_child_counts(self, cafe, wijk):
        gezin = gezin_in(wijk, kind_dagen=2000)
        assert waarom() == {}
        PasgeboreneFactory(gezin=gezin, geboortedatum=DAG - timedelta(days=400))
        assert waarom() == {"uitgenodigd": 1}

    def test_born_on_29_february(self, wijk):
        SjpruutcafeFactory(gebied=wijk.gebied, dag=date(2028, 2, 28))
        op_29 = SjpruutcafeFactory(gebied=wijk.gebied, dag=date(2028, 2, 29), tijd=time(11))
        gezin = gezin_in(wijk)
        gezin.pasgeborenen.update(geboortedatum=date(2024, 2, 29))
        nu = datetime(2028, 2, 22, 10, tzinfo=AMSTERDAM)
        assert uitnodigingen_plannen(nu=nu) == {"uitgenodigd": 1}
        assert Cafeuitnodiging.objects.get().cafe_id != op_29.pk


class TestHooguitEenPerWeek:
    def test_seven_days_apart(self, wijk):
        for dagen in (4, 12, 18):
            SjpruutcafeFactory(gebied=wijk.gebied, dag=DAG + timedelta(days=dagen))
        gezin_in(wijk)
        for dag in range(15):
            uitnodigingen_plannen(nu=NU + timedelta(days=dag))
        dagen = list(Cafeuitnodiging.objects.order_by("dag").values_list("dag", flat=True))
        assert dagen == [DAG, DAG + timedelta(days=7), DAG + timedelta(days=14)]

    def test_siblings_apart_are_one_family(self, cafe, wijk):
        een, ander = sorted([gezin_in(wijk), gezin_in(wijk)], key=lambda g: g.pk)
        Gezinskoppeling.objects.create(een=een, ander=ander, status="bevestigd", voorgesteld_op=NU, beoordeeld_op=NU)
        assert uitnodigingen_plannen(nu=NU) == {"uitgenodigd": 1, "onlangs": 1}
        assert uitnodigingen_plannen(nu=NU + timedelta(days=3)) == {"onlangs": 2}

    def test_at_night_the_day_is_that_of_the_message(self, cafe, wijk):
        gezin_in(wijk)
        uitnodigingen_plannen(nu=datetime(2026, 11, 24, 22, tzinfo=AMSTERDAM))
        bericht = Bericht.objects.get()
        assert Cafeuitnodiging.objects.get().dag == date(2026, 11, 25)
        assert bericht.gepland_op == datetime(2026, 11, 25, 9, tzinfo=AMSTERDAM)
        # On its day or not at all: late it would come nearer to the next one.
        assert bericht.verloopt_op == datetime(2026, 11, 26, tzinfo=AMSTERDAM)

    def test_an_organisation_may_ask_for_less(self, cafe, wijk):
        Caferegels.objects.create(gebied=wijk.gebied, dagen_tussen=28, afstand_km=1)
        gezin_in(wijk)
        uitnodigingen_plannen(nu=NU)
        SjpruutcafeFactory(gebied=wijk.gebied, dag=DAG + timedelta(days=20))
        assert uitnodigingen_plannen(nu=NU + timedelta(days=14))["onlangs"] == 1


class TestStoppen:
    def test_an_unsent_invitation_was_never_sent(self, cafe, wijk):
        gezin = gezin_in(wijk)
        uitnodigingen_plannen(nu=NU)
        gezin_stoppen(gezin_id=gezin.pk, reden="ingetrokken", nu=NU)
        assert not Cafeuitnodiging.objects.exists()
        assert Bericht.objects.get().status == "geannuleerd"
        assert verzend(nu=NU + timedelta(minutes=1)).verzonden == 0

    def test_a_sent_one_is_withdrawn_and_counts(self, cafe, wijk):
        gezin = gezin_in(wijk)
        uitnodigingen_plannen(nu=NU)
        verzend(nu=NU + timedelta(minutes=1))
        gezin_stoppen(gezin_id=gezin.pk, reden="ingetrokken", nu=NU + timedelta(minutes=2))
        assert Cafeuitnodiging.objects.get().ingetrokken_op is not None

    def test_after_a_stop_was_taken_back_a_person_begins_again(self, cafe, wijk):
        gezin = gezin_in(wijk)
        gezin_stoppen(gezin_id=gezin.pk, reden="ingetrokken", nu=NU - timedelta(days=2))
        gezin_mag_weer(gezin_id=gezin.pk, reden="zij belde", nu=NU - timedelta(days=1))
        assert waarom() == {"hersteld": 1}
        voorstel = voorgesteld(wijk.gebied_id, nu=NU, cafes=[cafe], gezin_ids=[gezin.pk], met_de_hand=True)
        [rij] = uitnodigen(wijk.gebied_id, voorstel, nu=NU, met_de_hand=True)
        assert rij.reden == "hand"
        SjpruutcafeFactory(gebied=wijk.gebied, dag=DAG + timedelta(days=12))
        assert uitnodigingen_plannen(nu=NU + timedelta(days=7))["uitgenodigd"] == 1

    def test_a_stop_between_the_choice_and_the_writing_is_seen(self, cafe, wijk):
        gezin = gezin_in(wijk)
        voorstel = voorgesteld(wijk.gebied_id, nu=NU)
        gezin_stoppen(gezin_id=gezin.pk, reden="geweigerd", nu=NU)
        assert uitnodigen(wijk.gebied_id, voorstel, nu=NU) == []

    def test_a_café_that_is_moved_or_called_off_invites_nobody_with_the_old_time(self, cafe, wijk):
        gezin_in(wijk)
        uitnodigingen_plannen(nu=NU)
        cafe_wijzigen(cafe_id=cafe.pk, gegevens={"dag": DAG + timedelta(days=8)}, nu=NU)
        assert not genood()
        assert uitnodigingen_plannen(nu=NU + timedelta(days=1)) == {"uitgenodigd": 1}
        cafe_afgelasten(cafe_id=cafe.pk, nu=NU + timedelta(days=1))
        assert not genood()
        assert set(Bericht.objects.values_list("status", flat=True)) == {"geannuleerd"}

"""At the edges: who acts for a family, what ends between planning and sending, and no chairs for children."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from bezoeken.kraambezoek.services.sluiten import gezin_stoppen, overlijden_melden
from bezoeken.kraambezoek.services.toestemming import toestemming_beeindigen
from bezoeken.models import Cafeaanmelding, Cafeuitnodiging
from bezoeken.sjpruutcafe.links import AANMELDING, UITNODIGING, cafetoken
from bezoeken.sjpruutcafe.services.aanmelden import aanmelden, afmelden, plekken_aanbieden
from bezoeken.sjpruutcafe.services.uitnodigen import uitnodigingen_plannen
from bezoeken.sjpruutcafe.woorden import WOORDEN
from notifications.models import Bericht
from notifications.services import verzend
from ooievaar.kalender import AMSTERDAM
from ooievaar.models import Gezinskoppeling, RolToekenning
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    PasgeboreneFactory,
    SjpruutcafeFactory,
    WijkFactory,
    cafegezin,
    gebruiker_met_rol,
)

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)  # a Tuesday


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def cafe(wijk):
    return SjpruutcafeFactory(gebied=wijk.gebied, dag=NU.date() + timedelta(days=7))


def gezin_in(wijk, **velden):
    return cafegezin(wijk=wijk, sinds=NU - timedelta(days=100), **velden)


def genodigd(cafe, gezin, nu):
    return Cafeuitnodiging.objects.create(cafe=cafe, gezin=gezin, reden="regel", dag=nu.date(), uitgenodigd_op=nu)


class TestGastvrouw:
    """She acts for the families of the lists that she sees, and for no other."""

    def meld(self, gebruiker, cafe, gezin):
        client = APIClient()
        client.force_authenticate(gebruiker)
        gegevens = {"gezin": str(gezin.pk), "volwassenen": 1, "kinderen": 1}
        return client.post(f"/api/v1/sjpruutcafes/{cafe.pk}/aanmeldingen", gegevens, format="json").status_code

    def test_of_her_own_café_around_its_day_only(self, wijk):
        zij, ander = (gebruiker_met_rol("gastvrouw", gebied=wijk.gebied) for _nummer in range(2))
        vandaag = clock.vandaag()
        van_haar, van_ander, ver_weg = (
            SjpruutcafeFactory(gebied=wijk.gebied, dag=vandaag + timedelta(days=dagen), gastvrouwen=[wie])
            for dagen, wie in ((3, zij), (4, ander), (30, zij))
        )
        for cafe, antwoord in ((van_ander, 404), (ver_weg, 404), (van_haar, 201)):
            gezin = cafegezin(wijk=wijk)
            genodigd(cafe, gezin, clock.nu())
            assert self.meld(zij, cafe, gezin) == antwoord
        assert self.meld(zij, van_haar, cafegezin(wijk=wijk)) == 404, "not invited to it"

    def test_not_in_a_gebied_where_she_is_something_else(self, wijk):
        zij = gebruiker_met_rol("gastvrouw", gebied=GebiedFactory())
        RolToekenning.objects.create(gebruiker=zij, rol="ooievaarsmoeder", gebied=wijk.gebied)
        cafe = SjpruutcafeFactory(gebied=wijk.gebied, dag=clock.vandaag() + timedelta(days=3))
        gezin = cafegezin(wijk=wijk)
        genodigd(cafe, gezin, clock.nu())
        assert self.meld(zij, cafe, gezin) == 404


class TestTussenPlannenEnVersturen:
    """What ends after the invitation was planned and before it leaves: it does not leave."""

    @pytest.mark.parametrize(
        "einde", ["toestemming", "van een verbonden gezin", "stop van een verbonden gezin", "kind"]
    )
    def test_it_does_not_leave_and_the_link_is_dead(self, cafe, wijk, einde):
        gezin, verbonden = gezin_in(wijk), cafegezin(wijk=wijk, toestemming=False)
        PasgeboreneFactory(gezin=gezin, geboortedatum=gezin.pasgeborenen.get().geboortedatum, voornaam="Tweeling")
        een, ander = sorted([gezin, verbonden], key=lambda g: g.pk)
        Gezinskoppeling.objects.create(een=een, ander=ander, status="bevestigd", voorgesteld_op=NU, beoordeeld_op=NU)
        uitnodigingen_plannen(nu=NU)
        pad = f"/cafe/{cafetoken(UITNODIGING, Cafeuitnodiging.objects.get(gezin=gezin).pk)}"
        if einde == "toestemming":
            toestemming_beeindigen(gezin_id=gezin.pk, doel="cafe", nu=NU)
        elif einde == "van een verbonden gezin":
            toestemming_beeindigen(gezin_id=verbonden.pk, doel="cafe", nu=NU)
        elif einde == "kind":
            overlijden_melden(pasgeborene_id=gezin.pasgeborenen.get(voornaam="Tweeling").pk, nu=NU)
        else:
            gezin_stoppen(gezin_id=verbonden.pk, reden="geweigerd", nu=NU)
        assert verzend(nu=NU + timedelta(minutes=1)).verzonden == 0
        assert not Bericht.objects.filter(gezin=gezin, status="verzonden").exists()
        assert Client().post(pad, {"wat": "aanmelden", "volwassenen": "1", "kinderen": "1"}).status_code == 404
        assert not Cafeaanmelding.objects.exists()
        assert uitnodigingen_plannen(nu=NU + timedelta(days=1))["uitgenodigd"] == 0


class TestLink:
    def test_an_invitation_is_no_sign_up_and_the_other_way_round(self, cafe, wijk):
        gezin = gezin_in(wijk)
        uitnodiging = genodigd(cafe, gezin, NU)
        rij, _nieuw = aanmelden(cafe_id=cafe.pk, gezin_id=gezin.pk, volwassenen=1, kinderen=1, via="link", nu=NU)
        for soort, pk in ((AANMELDING, uitnodiging.pk), (UITNODIGING, rij.pk), (UITNODIGING, gezin.pk)):
            assert Client().get(f"/cafe/{cafetoken(soort, pk)}").status_code == 404

    def test_who_signs_off_an_offer_passes_it_on_and_hears_no_more_of_it(self, wijk):
        cafe = SjpruutcafeFactory(gebied=wijk.gebied, dag=NU.date() + timedelta(days=7), capaciteit_volwassenen=1)
        een, twee, drie = (gezin_in(wijk) for _nummer in range(3))
        for gezin in (een, twee, drie):
            aanmelden(cafe_id=cafe.pk, gezin_id=gezin.pk, volwassenen=1, kinderen=0, via="link", nu=NU)
        for gezin, volgende in ((een, twee), (twee, drie)):
            afmelden(cafe_id=cafe.pk, gezin_id=gezin.pk, nu=NU)
            assert plekken_aanbieden(cafe_id=cafe.pk, nu=NU) == 1
            assert plekken_aanbieden(cafe_id=cafe.pk, nu=NU) == 0, "one place, one offer"
            assert Cafeaanmelding.objects.get(status="aangeboden").gezin_id == volgende.pk
        assert list(
            Bericht.objects.filter(soort="plekAanbod", status="gepland").values_list("gezin_id", flat=True)
        ) == [drie.pk]


class TestVol:
    """A family reads that it is full before it signs up, not after."""

    def bladzijde(self, cafe, gezin):
        rij = Cafeuitnodiging.objects.filter(cafe=cafe, gezin=gezin).first() or genodigd(cafe, gezin, NU)
        return Client().get(f"/cafe/{cafetoken(UITNODIGING, rij.pk)}").content.decode()

    def test_said_beforehand_and_not_to_who_is_in(self, wijk):
        cafe = SjpruutcafeFactory(gebied=wijk.gebied, dag=NU.date() + timedelta(days=7), capaciteit_volwassenen=1)
        een, ander = gezin_in(wijk), gezin_in(wijk)
        assert WOORDEN["nl"]["vol"] not in self.bladzijde(cafe, een)
        aanmelden(cafe_id=cafe.pk, gezin_id=een.pk, volwassenen=1, kinderen=0, via="link", nu=NU)
        assert WOORDEN["nl"]["vol"] not in self.bladzijde(cafe, een)
        bladzijde = self.bladzijde(cafe, ander)
        assert WOORDEN["nl"]["vol"] in bladzijde
        assert 'value="aanmelden"' in bladzijde
        aanmelden(cafe_id=cafe.pk, gezin_id=ander.pk, volwassenen=1, kinderen=0, via="link", nu=NU)
        bladzijde = self.bladzijde(cafe, ander)
        assert WOORDEN["nl"]["wachtlijst"] in bladzijde
        assert WOORDEN["nl"]["vol"] not in bladzijde

    def test_a_free_chair_that_somebody_waits_for_is_not_free(self, wijk):
        cafe = SjpruutcafeFactory(gebied=wijk.gebied, dag=NU.date() + timedelta(days=7), capaciteit_volwassenen=1)
        een, twee, drie = (gezin_in(wijk) for _nummer in range(3))
        for gezin in (een, twee):
            aanmelden(cafe_id=cafe.pk, gezin_id=gezin.pk, volwassenen=1, kinderen=0, via="link", nu=NU)
        afmelden(cafe_id=cafe.pk, gezin_id=een.pk, nu=NU)
        assert WOORDEN["nl"]["vol"] in self.bladzijde(cafe, drie)


class TestZonderKinderen:
    """A workshop for adults: no chairs for children."""

    @pytest.fixture
    def workshop(self, wijk):
        dag = clock.vandaag() + timedelta(days=7)
        return SjpruutcafeFactory(gebied=wijk.gebied, dag=dag, capaciteit_kinderen=0, capaciteit_volwassenen=3)

    def test_families_are_invited_and_can_come(self, workshop, wijk):
        gezin = cafegezin(wijk=wijk)
        assert uitnodigingen_plannen(nu=clock.nu()) == {"uitgenodigd": 1}
        pad = f"/cafe/{cafetoken(UITNODIGING, Cafeuitnodiging.objects.get().pk)}"
        bladzijde = Client().get(pad).content.decode()
        assert '<option value="0" selected>' in bladzijde
        assert '<option value="3"' in bladzijde
        assert '<option value="4"' not in bladzijde
        Client().post(pad, {"wat": "aanmelden", "volwassenen": "1", "kinderen": "0"})
        assert Cafeaanmelding.objects.get(gezin=gezin).status == "aangemeld"

    def test_the_coordinator_signs_up_an_adult(self, workshop, wijk):
        gezin = cafegezin(wijk=wijk)
        genodigd(workshop, gezin, clock.nu())
        client = Client()
        client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied))
        client.post(f"/sjpruutcafes/{workshop.pk}", {"gezin": str(gezin.pk), "wat": "aanmelden"})
        assert Cafeaanmelding.objects.get(gezin=gezin).kinderen == 0

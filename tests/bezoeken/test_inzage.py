"""Pages that name families leave a line for each family and reader, once a day (docs/dpia.md)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from bezoeken.sjpruutcafe.services.aanmelden import aanmelden
from ooievaar.models import Inzage
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    SjpruutcafeFactory,
    WijkFactory,
    bezoek_met_kinderen,
    cafegezin,
    gebruiker_met_rol,
    toegewezen_bezoek,
)
from tests.factories.notifications import BerichtFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def coordinator(wijk):
    return gebruiker_met_rol("coordinator", gebied=wijk.gebied)


@pytest.fixture
def client(coordinator):
    client = Client()
    client.force_login(coordinator)
    return client


def _bezoek(wijk):
    # So old that nobody can have missed it: it is on the list of work too.
    return bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk), geboortedatum=clock.vandaag() - timedelta(days=50))


@pytest.mark.parametrize("pad", ["/vandaag", "/bezoeken", "/planbord", "/bezoeken/{bezoek}/toewijzen"])
def test_who_looks_at_visits_is_written_down(client, coordinator, wijk, pad):
    bezoek, elders = _bezoek(wijk), _bezoek(WijkFactory(gebied=GebiedFactory()))
    for _keer in range(2):
        assert client.get(pad.format(bezoek=bezoek.pk)).status_code == 200
    assert list(Inzage.objects.values_list("gezin_id", "gebruiker_id", "waar")) == [
        (bezoek.gezin_id, coordinator.pk, "lijst")
    ]
    assert not Inzage.objects.filter(gezin_id=elders.gezin_id).exists()


def test_the_visits_of_one_volunteer(client, wijk):
    moeder = OoievaarsmoederFactory(gebied=wijk.gebied)
    bezoek = toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk))
    assert client.get(f"/ooievaarsmoeders/{moeder.pk}/overdragen").status_code == 200
    assert list(Inzage.objects.values_list("gezin_id", flat=True)) == [bezoek.gezin_id]


def test_messages(client, wijk):
    bericht = BerichtFactory(gezin=GezinFactory(wijk=wijk), gebied=wijk.gebied)
    for pad in ("/berichten", f"/berichten/{bericht.pk}"):
        assert client.get(pad).status_code == 200
    assert list(Inzage.objects.values_list("gezin_id", flat=True)) == [bericht.gezin_id]


def test_the_list_of_a_cafe(client, wijk):
    cafe, gezin = SjpruutcafeFactory(gebied=wijk.gebied), cafegezin(wijk=wijk)
    assert client.get(f"/sjpruutcafes/{cafe.pk}").status_code == 200
    assert not Inzage.objects.exists()
    aanmelden(cafe_id=cafe.pk, gezin_id=gezin.pk, volwassenen=1, kinderen=0, via="coordinator", nu=clock.nu())
    for pad in (f"/sjpruutcafes/{cafe.pk}", f"/sjpruutcafes/{cafe.pk}/gasten"):
        assert client.get(pad).status_code == 200
    assert list(Inzage.objects.values_list("gezin_id", flat=True)) == [gezin.pk]

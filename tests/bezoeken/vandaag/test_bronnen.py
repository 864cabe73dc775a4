"""What the other rooms leave in the list of work: alarms first, boxes, phones, look-alikes; and the pages behind it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from bezoeken.kraambezoek.services.aanvaarden import bezoek_aanvaarden
from bezoeken.models import Alarm, Handeling, Incheck
from bezoeken.vandaag.selectors import werklijst
from ooievaar.models import Gezinskoppeling, Inzage, Pasgeborene
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    WijkFactory,
    bezoek_met_kinderen,
    dozen_bij_moeder,
    gebruiker_met_rol,
    toegewezen_bezoek,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def coordinator(wijk):
    return gebruiker_met_rol("coordinator", gebied=wijk.gebied, first_name="Ans")


@pytest.fixture
def client(coordinator):
    client = Client()
    client.force_login(coordinator)
    return client


@pytest.fixture
def bezoek(wijk):
    moeder = OoievaarsmoederFactory(gebied=wijk.gebied)
    dozen_bij_moeder(moeder, 1)
    geboren = clock.vandaag() - timedelta(days=43)
    bezoek = toegewezen_bezoek(moeder, aanvaard=False, gezin=GezinFactory(wijk=wijk), geboortedatum=geboren)
    bezoek_aanvaarden(bezoek_id=bezoek.pk, nu=clock.nu())
    return bezoek


@pytest.fixture
def alarm(bezoek):
    nu = clock.nu()
    incheck = Incheck.objects.create(
        bezoek=bezoek,
        ooievaarsmoeder=bezoek.ooievaarsmoeder,
        ingecheckt_op=nu - timedelta(hours=2),
        verwachte_minuten=60,
        verwacht_eind=nu - timedelta(hours=1),
    )
    return Alarm.objects.create(incheck=incheck, gestart_op=nu - timedelta(minutes=20))


def _soorten(coordinator):
    return [regel.soort for regel in werklijst(coordinator, nu=clock.nu()).regels]


def test_a_visit_with_its_box_needs_nobody_and_one_without_does(coordinator, bezoek, wijk):
    assert "geenDoos" not in _soorten(coordinator)
    geboren = clock.vandaag() - timedelta(days=43)
    tweede = toegewezen_bezoek(
        bezoek.ooievaarsmoeder, aanvaard=False, gezin=GezinFactory(wijk=wijk), geboortedatum=geboren
    )
    bezoek_aanvaarden(bezoek_id=tweede.pk, nu=clock.nu())
    regels = [r for r in werklijst(coordinator, nu=clock.nu()).regels if r.soort == "geenDoos"]
    assert [r.onderwerp for r in regels] == [tweede.pk]


def test_an_alarm_comes_before_everything_and_is_taken_once(client, coordinator, alarm, wijk):
    koppel = _koppeling(alarm.incheck.bezoek.gezin, wijk)
    Gezinskoppeling.objects.filter(pk=koppel.pk).update(voorgesteld_op=clock.nu() - timedelta(days=9))
    assert _soorten(coordinator)[:2] == ["alarm", "koppeling"]
    pad = f"/veiligheid/alarmen/{alarm.pk}"
    assert "60 minuten over tijd" in client.get("/veiligheid").content.decode()
    assert not Inzage.objects.exists()
    assert "Sjpruutstraat" in client.get(pad).content.decode()
    assert set(Inzage.objects.values_list("gezin_id", "gebruiker_id")) == {
        (alarm.incheck.bezoek.gezin_id, coordinator.pk)
    }
    client.post(pad)
    alarm.refresh_from_db()
    assert alarm.geclaimd_door == coordinator
    ander = Client()
    ander.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied))
    assert "Ans belt" in ander.post(pad, follow=True).content.decode()
    assert client.post(pad, {"afloop": "1"}).status_code == 409
    client.post(pad, {"afloop": "1", "uitkomst": "gesproken"})
    alarm.refresh_from_db()
    assert (alarm.uitkomst, "alarm" in _soorten(coordinator)) == ("gesproken", False)


def _koppeling(gezin, wijk):
    een, ander = sorted([gezin.pk, GezinFactory(wijk=wijk).pk])
    return Gezinskoppeling.objects.create(
        een_id=een, ander_id=ander, gronden=["telefoonnummer"], voorgesteld_op=clock.nu()
    )


@pytest.mark.parametrize("ander_eerst", [True, False])
def test_of_look_alikes_in_two_wijken_a_coordinator_reads_the_name_of_her_own(wijk, ander_eerst):
    buurwijk = WijkFactory(gebied=wijk.gebied, naam="Verderop")
    ids = sorted(uuid4() for _keer in range(2))
    een, ander = reversed(ids) if ander_eerst else ids
    van_haar = bezoek_met_kinderen(gezin=GezinFactory(pk=een, wijk=wijk))
    van_ander = bezoek_met_kinderen(gezin=GezinFactory(pk=ander, wijk=buurwijk))
    for bezoek, naam in ((van_haar, "Hier-Voorbeeld"), (van_ander, "Daar-Voorbeeld")):
        Pasgeborene.objects.filter(gezin=bezoek.gezin).update(achternaam=naam)
    Gezinskoppeling.objects.create(een_id=ids[0], ander_id=ids[1], gronden=["hand"], voorgesteld_op=clock.nu())
    zij = gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[wijk])
    [regel] = [r for r in werklijst(zij, nu=clock.nu()).regels if r.soort == "koppeling"]
    assert (regel.naam, regel.plaats) == ("Hier-Voorbeeld", wijk.naam)


def test_look_alikes_side_by_side_until_a_person_decides(client, coordinator, bezoek, wijk):
    koppel = _koppeling(bezoek.gezin, wijk)
    pad = f"/koppelingen/{koppel.pk}"
    assert "hetzelfde telefoonnummer" in client.get(pad).content.decode()
    assert client.post(pad, {"versie": koppel.versie}).status_code == 409
    client.post(pad, {"versie": koppel.versie, "besluit": "afwijzen"})
    koppel.refresh_from_db()
    assert (koppel.status, koppel.beoordeeld_door) == ("afgewezen", coordinator)
    assert "koppeling" not in _soorten(coordinator)


def test_what_a_phone_logged_waits_and_is_decided_with_a_reason(client, coordinator, bezoek, wijk):
    handeling = Handeling.objects.create(
        handeling=uuid4(),
        gebruiker=coordinator,
        ooievaarsmoeder=bezoek.ooievaarsmoeder,
        gebied=wijk.gebied,
        bezoek=bezoek,
        soort="weigering",
        moment=clock.nu(),
        ontvangen_op=clock.nu(),
        inhoud_hash="0" * 64,
        status="geparkeerd",
        reden="overgedragen",
        gegevens={},
    )
    pad = f"/vastgelegd/{handeling.pk}"
    assert "geparkeerd" in _soorten(coordinator)
    zonder = client.post(pad, {"besluit": "verwerpen"})
    assert zonder.status_code == 409
    assert 'href="#id_reden"' in zonder.content.decode()
    client.post(pad, {"besluit": "verwerpen", "reden": "Dubbel"})
    handeling.refresh_from_db()
    assert (handeling.status, handeling.besluit_reden) == ("verworpen", "Dubbel")
    assert "geparkeerd" not in _soorten(coordinator)
    assert "al besloten" in client.post(pad, {"besluit": "toepassen"}).content.decode()


def test_nothing_of_this_is_for_a_coordinator_of_another_wijk(alarm, bezoek, wijk):
    elders = Client()
    ander = WijkFactory(gebied=wijk.gebied)
    elders.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[ander]))
    koppel = _koppeling(bezoek.gezin, wijk)
    for pad in (f"/veiligheid/alarmen/{alarm.pk}", f"/koppelingen/{koppel.pk}"):
        assert elders.get(pad).status_code == 404
        assert elders.post(pad).status_code == 404
    assert bezoek.ooievaarsmoeder.naam not in elders.get("/veiligheid").content.decode()

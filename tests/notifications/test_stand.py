"""Lag and backlog: for the coordinator, and as metrics without personal data; and what is kept no longer."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from notifications.models import Bericht, Onbereikbaar
from notifications.services import verzend
from notifications.services.opruimen import berichten_opruimen
from ooievaar.platform import clock
from tests.factories import ContactpersoonFactory, GebiedFactory, GezinFactory, WijkFactory, gebruiker_met_rol
from tests.factories.notifications import BerichtFactory
from tests.notifications.stub import StubKanaal

pytestmark = pytest.mark.django_db


def test_a_coordinator_sees_what_waits_and_what_asks_for_her(als):
    nu = clock.nu()
    rij = BerichtFactory(gepland_op=nu - timedelta(hours=2))
    BerichtFactory(gezin=rij.gezin, status="onzeker")
    BerichtFactory(gezin=rij.gezin, gepland_op=nu + timedelta(days=1))
    Onbereikbaar.objects.create(gezin=rij.gezin, kanaal="sms", fout="onbekendNummer", sinds=nu)
    client = als("coordinator", gebied=rij.gebied)
    stand = client.get("/api/v1/berichtstand").json()
    assert (stand["teVerzenden"], stand["onzeker"], stand["onbereikbaar"]) == (1, 1, 1)
    assert stand["oudste"] is not None
    elders = als("coordinator").get("/api/v1/berichtstand").json()
    assert (elders["teVerzenden"], elders["onzeker"], elders["onbereikbaar"]) == (0, 0, 0)


def test_a_number_that_does_not_work_is_a_task_until_it_is_settled(als):
    rij = BerichtFactory()
    taak = Onbereikbaar.objects.create(gezin=rij.gezin, kanaal="sms", fout="onbekendNummer", sinds=clock.nu())
    client = als("coordinator", gebied=rij.gebied)
    assert client.get("/api/v1/onbereikbaar").json()["results"][0]["gezin"] == str(rij.gezin_id)
    assert als("coordinator").delete(f"/api/v1/onbereikbaar/{taak.pk}").status_code == 404
    assert client.delete(f"/api/v1/onbereikbaar/{taak.pk}").status_code == 204
    assert client.get("/api/v1/onbereikbaar").json()["count"] == 0


@pytest.mark.parametrize(
    ("besluit", "status"), [("verzonden", "verzonden"), ("opnieuw", "gepland"), ("laten", "geannuleerd")]
)
def test_a_person_decides_what_is_uncertain(als, besluit, status):
    rij = BerichtFactory(status="onzeker", begonnen_op=clock.nu())
    client = als("coordinator", gebied=rij.gebied)
    adres = f"/api/v1/berichten/{rij.pk}/besluit"
    antwoord = client.post(adres, {"besluit": besluit}, format="json")
    assert (antwoord.status_code, antwoord.json()["status"]) == (200, status)
    assert client.post(adres, {"besluit": "verzonden"}, format="json").json()["code"] == "nietMislukt"


def test_metrics_are_numbers_for_who_has_the_key(settings):
    settings.METRICS_SLEUTEL = "sleutel"
    rij = BerichtFactory(gepland_op=clock.nu() - timedelta(hours=1))
    persoon = ContactpersoonFactory(gezin=rij.gezin, naam="Kanarie Voorbeeld", emailadres="kanarie@example.org")
    assert Client().get("/metrics").status_code == 404
    antwoord = Client().get("/metrics", headers={"Authorization": "Bearer sleutel"})
    tekst = antwoord.content.decode()
    assert 'ooievaar_berichten_wachtend{kanaal="email"} 1.0' in tekst
    (regel,) = [
        r for r in tekst.splitlines() if r.startswith('ooievaar_berichten_achterstand_seconden{kanaal="email"}')
    ]
    assert 3600 <= float(regel.split()[1]) < 3700
    assert persoon.naam not in tekst
    assert str(rij.gezin_id) not in tekst


class TestStoppedSender:
    """No sender runs and the clock goes on: the coordinator reads it, the metrics tell it, and draining ends it."""

    ochtend = datetime.fromisoformat("2026-11-24T09:00:00+01:00")  # a Tuesday

    @pytest.fixture
    def zet_klok(self, monkeypatch):
        return lambda nu: monkeypatch.setattr(clock, "nu", lambda: nu)

    @pytest.fixture
    def gebied(self, settings):
        settings.METRICS_SLEUTEL = "sleutel"
        return GebiedFactory()

    def pagina(self, gebied, pad, nu, zet_klok):
        zet_klok(nu)
        client = Client()
        client.force_login(gebruiker_met_rol("coordinator", gebied=gebied))
        return " ".join(client.get(pad).content.decode().replace("\xa0", " ").split())

    def meting(self, naam):
        tekst = Client().get("/metrics", headers={"Authorization": "Bearer sleutel"}).content.decode()
        return float(re.search(rf'^{naam}{{kanaal="email"}} (\S+)$', tekst, re.M)[1])

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("pad", ["/vandaag", "/berichten"])
    def test_it_is_said_in_words_and_in_numbers_until_it_is_drained(self, gebied, pad, zet_klok):
        gezin = GezinFactory(wijk=WijkFactory(gebied=gebied))
        for _nummer in range(3):
            BerichtFactory(gezin=gezin, gepland_op=self.ochtend)
        nu = self.ochtend + timedelta(hours=2, minutes=10)
        gezien = self.pagina(gebied, pad, nu, zet_klok)
        assert "3 berichten hadden al weg moeten zijn." in gezien
        assert "Het eerste wacht al 2 uur." in gezien
        assert self.meting("ooievaar_berichten_wachtend") == 3
        assert self.meting("ooievaar_berichten_achterstand_seconden") == 7800
        verzend(nu=nu, kanalen=[StubKanaal()])
        assert "weg moeten zijn" not in self.pagina(gebied, pad, nu, zet_klok)
        assert self.meting("ooievaar_berichten_wachtend") == 0
        assert self.meting("ooievaar_berichten_achterstand_seconden") == 0

    @pytest.mark.parametrize(
        ("gepland", "nu", "spoed", "laat"),
        [
            ("2026-11-24T09:00", "2026-11-24T09:10", False, False),  # its sender comes in a minute
            ("2026-11-24T09:00", "2026-11-24T09:16", False, True),
            ("2026-11-24T20:30", "2026-11-25T09:10", False, False),  # the hours have only just begun
            ("2026-11-28T20:30", "2026-11-29T12:00", False, False),  # a Sunday
            ("2026-11-28T20:30", "2026-11-30T09:16", False, True),
            ("2026-11-24T19:00", "2026-11-24T21:00", False, True),  # it should have gone before the hours ended
            ("2026-11-29T20:00", "2026-11-29T20:01", True, False),
            ("2026-11-29T20:00", "2026-11-29T20:03", True, True),  # somebody's safety, at any hour
        ],
    )
    def test_only_what_the_sender_has_passed_by(self, gebied, zet_klok, gepland, nu, spoed, laat):
        moment, gepland_op = (datetime.fromisoformat(f"{m}+01:00") for m in (nu, gepland))
        gezin = GezinFactory(wijk=WijkFactory(gebied=gebied))
        BerichtFactory(gezin=gezin, gepland_op=gepland_op, spoed=spoed)
        assert ("1 bericht had al weg moeten zijn." in self.pagina(gebied, "/vandaag", moment, zet_klok)) is laat

    def test_another_area_is_not_hers(self, gebied, zet_klok):
        BerichtFactory(gepland_op=self.ochtend)
        assert "weg moeten zijn" not in self.pagina(gebied, "/vandaag", self.ochtend + timedelta(hours=2), zet_klok)


def test_what_was_sent_is_kept_as_long_as_the_area_says():
    nu = clock.nu()
    oud = {"gepland_op": nu - timedelta(days=400)}
    rij = BerichtFactory(status="verzonden", verzonden_op=nu - timedelta(days=400), **oud)
    BerichtFactory(gezin=rij.gezin, status="geannuleerd", **oud)
    onzeker = BerichtFactory(gezin=rij.gezin, status="onzeker", **oud)
    jong = BerichtFactory(gezin=rij.gezin, status="verzonden", verzonden_op=nu, gepland_op=nu - timedelta(days=100))
    assert berichten_opruimen(nu=nu) == 2
    assert set(Bericht.objects.values_list("pk", flat=True)) == {onzeker.pk, jong.pk}
    rij.gebied.berichten_bewaren_dagen = 30
    rij.gebied.save()
    assert berichten_opruimen(nu=nu) == 1

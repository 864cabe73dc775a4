"""Lag and backlog: for the coordinator, and as metrics without personal data; and what is kept no longer."""

from datetime import timedelta

import pytest
from django.test import Client

from notifications.models import Bericht, Onbereikbaar
from notifications.services.opruimen import berichten_opruimen
from ooievaar.platform import clock
from tests.factories import ContactpersoonFactory
from tests.factories.notifications import BerichtFactory

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

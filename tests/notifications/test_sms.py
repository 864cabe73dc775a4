"""SMS over real HTTP: keys, faults, fallback, budget, pace, reports; and a provider of another make."""

import threading
import time
from datetime import timedelta

import pytest
import requests
from django.db import connection

from notifications.kanalen import BriefKanaal, EmailKanaal, Oordeel, SmsKanaal, Uitkomst
from notifications.kanalen.sms import Bezorgmelding, HttpSmsdienst, Ontvangen
from notifications.models import Bericht, Briefregel, Kanaalstop, Onbereikbaar
from notifications.services import bezorging_melden, kanaal_stoppen, verzend
from tests.factories import ContactpersoonFactory, GezinFactory, OoievaarsmoederFactory
from tests.factories.notifications import BerichtFactory
from tests.notifications.gateway import Gateway
from tests.notifications.test_verzenden import NU

pytestmark = pytest.mark.django_db(transaction=True)
CONTEXT = {"dag": "2026-11-25", "tijd": "10.30"}


@pytest.fixture
def gateway(settings):
    gateway = Gateway()
    settings.SMS_URL, settings.SMS_SLEUTEL = gateway.url, "onze-sleutel"
    yield gateway
    gateway.stop()


def bericht(nummer="+31612345678", **velden):
    gezin = velden.pop("gezin", None) or GezinFactory()
    ContactpersoonFactory(gezin=gezin, telefoonnummer=nummer)
    return BerichtFactory(
        **{
            "gezin": gezin,
            "soort": "bezoekherinnering",
            "context": CONTEXT,
            "kanaal": "sms",
            "gepland_op": NU - timedelta(hours=1),
            "aangemaakt_op": NU,
            **velden,
        }
    )


def stuur(nu=NU, **rest):
    return verzend(nu=nu, kanalen=[SmsKanaal()], **rest)


def test_it_arrives_with_our_key_and_the_number_of_now(gateway):
    rij = bericht()
    assert stuur().verzonden == 1
    (sms,) = gateway.aangeboden
    assert sms["naar"] == "+31612345678"
    assert gateway.koppen[0]["Idempotency-Key"] == sms["sleutel"] == str(rij.pk)
    assert gateway.koppen[0]["Authorization"] == "Bearer onze-sleutel"
    assert "STOP" in sms["tekst"]
    rij.refresh_from_db()
    assert (rij.status, rij.delen) == ("verzonden", 1)


def test_a_landline_gets_none(gateway):
    rij = bericht("+31451234567")
    stuur()
    rij.refresh_from_db()
    assert (rij.status, rij.fout, gateway.aangeboden) == ("mislukt", "geenAdres", [])


@pytest.mark.parametrize(
    ("status", "verwacht"),
    [
        (202, ("verzonden", "")),
        (422, ("mislukt", "onbekendNummer")),
        (400, ("mislukt", "afgewezen")),
        (401, ("gepland", "nietToegelaten")),
        (429, ("gepland", "tijdelijkGeweigerd")),
        (503, ("gepland", "tijdelijkGeweigerd")),
        (502, ("gepland", "foutBijDienst")),
        (500, ("gepland", "foutBijDienst")),
        ("breek", ("gepland", "afgebroken")),
    ],
)
def test_each_fault_its_own_answer(gateway, status, verwacht):
    rij = bericht()
    gateway.gedrag = lambda sms: status
    stuur()
    rij.refresh_from_db()
    assert (rij.status, rij.fout) == verwacht


def test_a_gateway_that_is_not_there_is_certain(settings):
    settings.SMS_URL = "http://127.0.0.1:1/sms"
    rij = bericht()
    stuur()
    rij.refresh_from_db()
    assert (rij.status, rij.fout, rij.begonnen_op) == ("gepland", "geenVerbinding", None)


def test_taken_and_then_silent_is_asked_again_with_the_same_key_and_arrives_once(gateway, monkeypatch):
    monkeypatch.setattr(HttpSmsdienst, "_tijd", (1, 0.3))
    rij = bericht()
    gateway.gedrag = lambda sms: "hang"
    stuur()
    rij.refresh_from_db()
    assert (rij.status, rij.fout) == ("gepland", "geenAntwoord")
    gateway.gedrag = lambda sms: 202
    stuur(NU + timedelta(minutes=5))
    rij.refresh_from_db()
    assert (rij.status, gateway.keren, len(gateway.bezorgd)) == ("verzonden", {str(rij.pk): 2}, 1)


def test_silent_for_longer_than_the_key_holds_waits_for_a_person(gateway, monkeypatch):
    monkeypatch.setattr(HttpSmsdienst, "_tijd", (1, 0.3))
    rij = bericht()
    gateway.gedrag = lambda sms: "hang"
    stuur()
    stuur(NU + timedelta(hours=25))
    rij.refresh_from_db()
    assert (rij.status, len(gateway.aangeboden)) == ("onzeker", 1)


class TestFallback:
    def test_an_unknown_number_becomes_a_letter_and_a_task(self, gateway):
        rij = bericht(soort="aankondiging", context={"van": "2026-11-30", "tot": "2026-12-14"}, terugval=["brief"])
        gateway.gedrag = lambda sms: 422
        stuur()
        verzend(nu=NU + timedelta(minutes=1), kanalen=[BriefKanaal()])
        rij.refresh_from_db()
        assert (rij.status, rij.kanaal, rij.terugval) == ("verzonden", "brief", [])
        assert Briefregel.objects.count() == 1
        taak = Onbereikbaar.objects.get()
        assert (taak.gezin_id, taak.kanaal, taak.fout) == (rij.gezin_id, "sms", "onbekendNummer")

    def test_an_uncertain_one_never_goes_another_way(self, gateway, monkeypatch):
        monkeypatch.setattr(HttpSmsdienst, "_tijd", (1, 0.3))
        rij = bericht(terugval=["email"])
        ContactpersoonFactory(gezin=rij.gezin, emailadres="a@example.org")
        gateway.gedrag = lambda sms: "hang"
        stuur()
        stuur(NU + timedelta(hours=25))
        verzend(nu=NU + timedelta(hours=26), kanalen=[EmailKanaal()])
        rij.refresh_from_db()
        assert (rij.status, rij.kanaal) == ("onzeker", "sms")

    def test_who_wants_no_sms_gets_the_next_channel(self, gateway, mailoutbox):
        rij = bericht(terugval=["email"])
        ContactpersoonFactory(gezin=rij.gezin, emailadres="a@example.org")
        kanaal_stoppen(gezin_id=rij.gezin_id, kanaal="sms", nu=NU)
        kanaal_stoppen(gezin_id=rij.gezin_id, kanaal="sms", nu=NU)
        assert Kanaalstop.objects.count() == 1
        verzend(nu=NU, kanalen=[SmsKanaal(), EmailKanaal()])
        assert (gateway.aangeboden, len(mailoutbox)) == ([], 1)

    def test_a_stop_for_another_purpose_does_not_count(self, gateway):
        rij = bericht()
        kanaal_stoppen(gezin_id=rij.gezin_id, kanaal="sms", doel="cafe", nu=NU)
        assert stuur().verzonden == 1


class TestReports:
    def test_delivered_stays_delivered(self, gateway):
        rij = bericht()
        stuur()
        assert bezorging_melden(sleutel=str(rij.pk), bezorgd=True, nu=NU)
        bezorging_melden(sleutel=str(rij.pk), bezorgd=False, nu=NU)
        rij.refresh_from_db()
        assert (rij.status, rij.bezorging) == ("verzonden", "bezorgd")

    def test_not_delivered_goes_on_to_the_next_channel_once(self, gateway):
        rij = bericht(soort="aankondiging", context={"van": "2026-11-30", "tot": "2026-12-14"}, terugval=["brief"])
        stuur()
        for _keer in range(2):
            bezorging_melden(sleutel=str(rij.pk), bezorgd=False, nu=NU)
        verzend(nu=NU, kanalen=[BriefKanaal()])
        bezorging_melden(sleutel=str(rij.pk), bezorgd=False, nu=NU)
        rij.refresh_from_db()
        assert (rij.status, rij.kanaal) == ("verzonden", "brief")
        assert Briefregel.objects.count() == Onbereikbaar.objects.count() == 1

    def test_an_uncertain_one_is_settled_by_a_report(self, gateway):
        rij = bericht(status="onzeker", begonnen_op=NU)
        bezorging_melden(sleutel=str(rij.pk), bezorgd=True, nu=NU)
        rij.refresh_from_db()
        assert rij.status == "verzonden"

    def test_a_key_we_do_not_know(self):
        assert not bezorging_melden(sleutel="x", bezorgd=True, nu=NU)
        assert not bezorging_melden(sleutel="0" * 8 + "-0000-4000-8000-" + "0" * 12, bezorgd=True, nu=NU)


class TestBudget:
    def test_a_flood_costs_at_most_what_was_set(self, gateway):
        rijen = [bericht() for _nummer in range(5)]
        gebied = rijen[0].gebied
        Bericht.objects.update(gebied=gebied)
        gebied.sms_per_maand = 3
        gebied.save()
        draden = [threading.Thread(target=lambda: (stuur(batch=1), connection.close())) for _nummer in range(2)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join(60)
        assert len(gateway.bezorgd) == 3
        assert Bericht.objects.filter(fout="budgetOp").count() == 2

    def test_a_new_month_and_somebodys_safety(self, gateway):
        rij = bericht()
        rij.gebied.sms_per_maand = 0
        rij.gebied.save()
        moeder = OoievaarsmoederFactory(gebied=rij.gebied, telefoonnummer="+31687654321")
        alarm = {"gezin": None, "ooievaarsmoeder": moeder, "gebied": rij.gebied, "spoed": True}
        BerichtFactory(soort="veiligheidVraag", kanaal="sms", context={}, gepland_op=NU, aangemaakt_op=NU, **alarm)
        stuur()
        stuur(spoed=True)
        assert [sms["naar"] for sms in gateway.aangeboden] == ["+31687654321"]


def test_the_providers_pace_is_kept_by_all_senders_together(gateway, settings):
    settings.SMS_PER_SECONDE = 10.0
    rijen = [bericht() for _nummer in range(8)]
    Bericht.objects.update(gebied=rijen[0].gebied)
    begin = time.monotonic()
    draden = [threading.Thread(target=lambda: (stuur(batch=2), connection.close())) for _nummer in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert len(gateway.bezorgd) == 8
    assert time.monotonic() - begin >= 0.7, "eight at ten a second: the last starts after 0.7 s"


class AndereDienst:
    """A provider that takes forms, knows no keys and has words of its own: all that another one needs."""

    sleutelvenster = None
    per_seconde = None

    def __init__(self, url):
        self.url = url

    def stuur(self, zending):
        try:
            antwoord = requests.post(
                self.url, json={"sleutel": str(zending.id), "naar": zending.adres}, timeout=(1, 0.3)
            )
        except requests.RequestException:
            return Uitkomst(Oordeel.ONZEKER, "geenAntwoord")
        return Uitkomst(Oordeel.GELUKT if antwoord.ok else Oordeel.NOOIT, "" if antwoord.ok else "onbekendNummer")

    def lees_bezorging(self, gegevens):
        return Bezorgmelding(gegevens["id"], gegevens["state"] == "DELIVRD")

    def lees_ontvangst(self, gegevens):
        return Ontvangen(gegevens["from"], gegevens["body"])


def test_another_provider_is_a_class_of_its_own(gateway):
    rij = bericht()
    kanaal = SmsKanaal(AndereDienst(gateway.url))
    gateway.gedrag = lambda sms: "hang"
    verzend(nu=NU, kanalen=[kanaal])
    verzend(nu=NU + timedelta(hours=1), kanalen=[kanaal])
    rij.refresh_from_db()
    assert (rij.status, len(gateway.aangeboden)) == ("onzeker", 1), "without keys nothing is asked twice"

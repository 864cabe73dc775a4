"""A form that is sent when the session has ended: it waits until she has signed in, and nothing happens by itself."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from ooievaar.platform import clock
from tests.factories import GebiedFactory, GezinFactory, WijkFactory, bezoek_met_kinderen, gebruiker_met_rol

pytestmark = pytest.mark.django_db
VELDEN = {"afsluitreden": "verhuisd", "bevestigd": "on"}


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def coordinator(wijk):
    gebruiker = gebruiker_met_rol("coordinator", gebied=wijk.gebied)
    gebruiker.set_password("alleen-voor-de-proef")
    gebruiker.save()
    return gebruiker


@pytest.fixture
def bezoek(wijk):
    return bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk), geboortedatum=clock.vandaag() - timedelta(days=45))


def _log_in(client, gebruiker, naar):
    return client.post(
        "/inloggen", {"login": gebruiker.username, "password": "alleen-voor-de-proef", "next": naar}, follow=False
    )


def _verborgen(tekst: str) -> dict[str, str]:
    """The hidden fields of the first form that sends it after all."""
    formulier = re.search(r'<form class="kaart".*?</form>', tekst, re.DOTALL)[0]
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', formulier))


def test_it_waits_and_is_sent_with_one_press(coordinator, bezoek):
    client = Client()
    pad = f"/bezoeken/{bezoek.pk}/sluiting"
    antwoord = client.post(pad, {**VELDEN, "versie": bezoek.versie})
    assert antwoord["Location"] == "/inloggen?next=/verder"
    assert _log_in(client, coordinator, "/verder")["Location"] == "/verder"
    bezoek.refresh_from_db()
    assert bezoek.status == "open"  # nothing happens by itself
    tekst = client.get("/verder").content.decode()
    assert f'action="{pad}"' in tekst
    velden = _verborgen(tekst)
    assert velden["afsluitreden"] == "verhuisd"
    assert client.post(pad, velden)["Location"] == f"/gezinnen/{bezoek.gezin_id}"
    bezoek.refresh_from_db()
    assert bezoek.afsluitreden == "verhuisd"
    assert client.get("/verder")["Location"] == "/"


def test_a_choice_of_several_stays_a_choice_of_several(coordinator):
    client = Client()
    client.post("/berichten/brieven", {"een": ["a", "b"], "tekst": '<b>"&'})
    _log_in(client, coordinator, "/verder")
    tekst = client.get("/verder").content.decode()
    assert tekst.count('name="een"') == 2
    assert "&lt;b&gt;&quot;&amp;" in tekst


def test_what_somebody_else_left_in_this_browser_is_not_shown(coordinator, bezoek, wijk):
    ander = gebruiker_met_rol("coordinator", gebied=wijk.gebied)
    client = Client()
    client.force_login(ander)
    Session.objects.update(expire_date=clock.nu() - timedelta(minutes=1))
    client.post(f"/bezoeken/{bezoek.pk}/sluiting", {**VELDEN, "versie": bezoek.versie})
    _log_in(client, coordinator, "/verder")
    assert client.get("/verder")["Location"] == "/"


def test_her_own_expired_session_is_recognised(coordinator, bezoek):
    client = Client()
    client.force_login(coordinator)
    Session.objects.update(expire_date=clock.nu() - timedelta(minutes=1))
    client.post(f"/bezoeken/{bezoek.pk}/sluiting", {**VELDEN, "versie": bezoek.versie})
    _log_in(client, coordinator, "/verder")
    assert "Verstuur het alsnog" in client.get("/verder").content.decode()


@pytest.fixture
def bewaard(coordinator, bezoek):
    client = Client()
    client.post(f"/bezoeken/{bezoek.pk}/sluiting", {**VELDEN, "versie": bezoek.versie})
    _log_in(client, coordinator, "/verder")
    return client


def test_after_half_an_hour_it_is_gone(bewaard, monkeypatch):
    straks = time.time() + 31 * 60
    monkeypatch.setattr("ooievaar.web.verder.time.time", lambda: straks)
    assert bewaard.get("/verder")["Location"] == "/"


def test_it_can_be_thrown_away(bewaard, bezoek):
    assert bewaard.post("/verder")["Location"] == "/"
    assert bewaard.get("/verder")["Location"] == "/"
    bezoek.refresh_from_db()
    assert bezoek.status == "open"


def test_more_than_anybody_fills_in_is_not_kept(coordinator):
    client = Client()
    client.post("/gezinnen", {"vraag": "x" * 60_000})
    _log_in(client, coordinator, "/verder")
    assert client.get("/verder")["Location"] == "/"


def test_an_old_page_after_signing_in_again_in_another_tab(coordinator, bezoek):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    pad = f"/bezoeken/{bezoek.pk}/sluiting"
    client.get(pad)
    oud = {**VELDEN, "versie": bezoek.versie, "csrfmiddlewaretoken": "a" * 64}
    for herkomst in ("https://kwaad.example", "null", ""):
        geweigerd = client.post(pad, oud, headers={"Origin": herkomst} if herkomst else {})
        assert geweigerd.status_code == 403
    assert client.get("/verder")["Location"] == "/"
    antwoord = client.post(pad, oud, headers={"Origin": "http://testserver"})
    assert antwoord["Location"] == "/verder"
    bezoek.refresh_from_db()
    assert bezoek.status == "open"
    assert "Verstuur het alsnog" in client.get("/verder").content.decode()


def test_a_password_is_never_kept(coordinator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    antwoord = client.post("/wachtwoord", {"oldpassword": "geheim-woord"}, headers={"Origin": "http://testserver"})
    assert antwoord.status_code == 403
    assert client.get("/verder")["Location"] == "/"

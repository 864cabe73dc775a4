"""The second step: required of staff, set up at the first sign-in, asked at every later one, and never of a token."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from rest_framework.test import APIClient

from config.settings import base
from ooievaar.models import Rol
from ooievaar.web.adapter import TweedeStapAdapter
from tests.factories import gebruiker_met_rol, token_voor

pytestmark = pytest.mark.django_db
WACHTWOORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def _verplicht(settings):
    cache.clear()
    settings.MFA_VERPLICHT = True


def _gebruiker(*rollen, naam="ans"):
    gebruiker = gebruiker_met_rol(*rollen, username=naam)
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    return gebruiker


def _login(client, naam="ans"):
    return client.post("/inloggen", {"login": naam, "password": WACHTWOORD})


def _code(geheim, stap=0):
    return format_hotp_value(hotp_value(geheim, int(time.time()) // 30 + stap))


def _stel_in(client):
    """Through the pages, as a person does it; returns the secret in her app."""
    tekst = client.get("/account/app").content.decode()
    geheim = re.search(r'<code class="code">(\w+)</code>', tekst)[1]
    antwoord = client.post("/account/app", {"code": _code(geheim)})
    assert antwoord["Location"] == "/account/herstelcodes"
    return geheim


@pytest.mark.parametrize("rol", sorted(set(Rol.values) - {"ooievaarsmoeder", "bron"}))
def test_staff_sets_it_up_before_anything_else(rol):
    _gebruiker(rol)
    client = Client()
    _login(client)
    for pad in ("/", "/bezoeken", "/dekking", "/beheer/"):
        assert client.get(pad)["Location"] == "/account", pad
    assert "Stel eerst een tweede stap in" in client.get("/account").content.decode()


@pytest.mark.parametrize("rol", ["ooievaarsmoeder", "bron"])
def test_volunteers_and_machines_need_none(rol):
    _gebruiker(rol)
    client = Client()
    _login(client)
    assert client.get("/").status_code == 200


def test_two_roles_of_which_one_is_staff_need_it():
    _gebruiker("ooievaarsmoeder", "coordinator")
    client = Client()
    _login(client)
    assert client.get("/vandaag")["Location"] == "/account"


def test_the_api_by_session_waits_for_it_too_and_a_token_never_does():
    gebruiker = _gebruiker("coordinator")
    client = Client()
    _login(client)
    antwoord = client.get("/api/v1/mij")
    assert (antwoord.status_code, antwoord.json()["code"]) == (403, "nietToegestaan")
    met_token = APIClient()
    met_token.credentials(HTTP_AUTHORIZATION=f"Bearer {token_voor(gebruiker)}")
    assert met_token.get("/api/v1/mij").status_code == 200


def test_a_token_is_printed_for_who_must_have_a_second_step(capsys):
    _gebruiker("coordinator")
    call_command("api_token", "ans")
    token = capsys.readouterr().out.split()[-1]
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    assert client.get("/api/v1/mij").status_code == 200


def test_set_up_and_use_an_app(settings):
    _gebruiker("coordinator")
    client = Client()
    _login(client)
    geheim = _stel_in(client)
    assert client.get("/vandaag").status_code == 200
    later = Client()
    assert _login(later)["Location"] == "/inloggen/tweede-stap"
    assert later.get("/vandaag").status_code == 302
    fout = later.post("/inloggen/tweede-stap", {"code": "000000"})
    assert 'role="alert"' in fout.content.decode()
    assert later.post("/inloggen/tweede-stap", {"code": _code(geheim, 1)}).status_code == 302
    assert later.get("/vandaag").status_code == 200


def test_a_code_works_once():
    _gebruiker("coordinator")
    eerste = Client()
    _login(eerste)
    geheim = _stel_in(eerste)
    code = _code(geheim, 1)
    uitslagen = []
    for _poging in range(2):
        client = Client()
        _login(client)
        client.post("/inloggen/tweede-stap", {"code": code})
        uitslagen.append(client.get("/vandaag").status_code)
    assert uitslagen == [200, 302]


def test_a_recovery_code_works_once():
    _gebruiker("coordinator")
    eerste = Client()
    _login(eerste)
    _stel_in(eerste)
    codes = re.findall(r'<code class="code">(\d+)</code>', eerste.get("/account/herstelcodes").content.decode())
    assert len(codes) == 10
    uitslagen = []
    for _poging in range(2):
        client = Client()
        _login(client)
        client.post("/inloggen/tweede-stap", {"code": codes[0]})
        uitslagen.append(client.get("/vandaag").status_code)
    assert uitslagen == [200, 302]


def test_a_session_of_before_does_not_outlive_the_second_step():
    _gebruiker("coordinator")
    oud, nieuw = Client(), Client()
    _login(oud)
    _login(nieuw)
    _stel_in(nieuw)
    assert oud.get("/vandaag")["Location"].startswith("/inloggen")
    assert "_auth_user_id" not in oud.session
    assert nieuw.get("/vandaag").status_code == 200


@pytest.mark.parametrize("pad", ["/account/app", "/account/passkeys/nieuw"])
def test_a_session_of_before_is_not_let_in_by_setting_up_what_is_there_already(pad):
    _gebruiker("coordinator")
    oud, nieuw = Client(), Client()
    _login(oud)
    _login(nieuw)
    _stel_in(nieuw)
    oud.post(pad, {"code": "000000"})
    assert oud.get("/vandaag").status_code == 302
    assert nieuw.get("/vandaag").status_code == 200


@pytest.mark.parametrize("pad", ["/account/app/uit", "/account/herstelcodes/nieuw"])
def test_a_session_of_before_does_not_touch_the_second_step(pad):
    _gebruiker("coordinator")
    oud, nieuw = Client(), Client()
    _login(oud)
    _login(nieuw)
    _stel_in(nieuw)
    voor = list(Authenticator.objects.order_by("pk").values("pk", "type", "data"))
    assert oud.get("/account/herstelcodes").status_code == 302
    assert oud.post(pad, {})["Location"].startswith("/inloggen")
    assert list(Authenticator.objects.order_by("pk").values("pk", "type", "data")) == voor
    assert "_auth_user_id" not in oud.session


def test_the_secret_can_not_be_read_in_the_database():
    _gebruiker("coordinator")
    client = Client()
    _login(client)
    geheim = _stel_in(client)
    bewaard = Authenticator.objects.get(type="totp").data["secret"]
    assert geheim not in bewaard
    assert TweedeStapAdapter().decrypt(bewaard) == geheim


def test_an_older_key_still_reads(settings):
    versleuteld = TweedeStapAdapter().encrypt("geheim")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "een-nieuwe-sleutel"
    assert TweedeStapAdapter().decrypt(versleuteld) == "geheim"
    assert TweedeStapAdapter().decrypt(TweedeStapAdapter().encrypt("nieuw")) == "nieuw"


def test_switching_the_app_off_asks_for_a_new_one():
    _gebruiker("coordinator")
    client = Client()
    _login(client)
    _stel_in(client)
    client.post("/account/app/uit", {})
    assert not Authenticator.objects.filter(type="totp").exists()
    volgende = Client()
    _login(volgende)
    assert volgende.get("/vandaag")["Location"] == "/account"


def test_on_a_developers_machine_the_demo_users_get_in_with_a_password(settings):
    settings.MFA_VERPLICHT = False
    _gebruiker("coordinator")
    client = Client()
    _login(client)
    assert client.get("/vandaag").status_code == 200


def test_for_real_use_it_is_required_unless_somebody_says_otherwise():
    assert base.MFA_VERPLICHT is True


def test_no_link_signs_anybody_in(mailoutbox):
    gebruiker = _gebruiker("coordinator")
    gebruiker.email = "ans@example.org"
    gebruiker.save()
    Client().post("/wachtwoord/vergeten", {"email": "ans@example.org"})
    adres = re.search(r"http://[^/]+(/wachtwoord/nieuw/\S+)", mailoutbox[0].body)[1]
    client = Client()
    pagina = client.get(adres, follow=True)
    assert "_auth_user_id" not in client.session
    pad = pagina.redirect_chain[-1][0]
    client.post(pad, {"password1": "nog-een-lang-wachtwoord", "password2": "nog-een-lang-wachtwoord"})
    assert "_auth_user_id" not in client.session
    assert client.get("/vandaag").status_code == 302


def test_every_page_of_the_account_opens(settings):
    _gebruiker("coordinator")
    client = Client()
    _login(client)
    _stel_in(client)
    for pad in ("", "/app/uit", "/herstelcodes", "/herstelcodes/nieuw", "/passkeys", "/passkeys/nieuw", "/sessies"):
        antwoord = client.get(f"/account{pad}")
        assert antwoord.status_code == 200, pad
        assert 'lang="nl"' in antwoord.content.decode()


def test_signing_out_everywhere_else():
    _gebruiker("coordinator")
    client, ander = Client(), Client()
    _login(client)
    geheim = _stel_in(client)
    _login(ander)
    ander.post("/inloggen/tweede-stap", {"code": _code(geheim, 1)})
    assert "Log overal anders uit" in client.get("/account/sessies").content.decode()
    client.post("/account/sessies")
    assert ander.get("/vandaag").status_code == 302
    assert client.get("/vandaag").status_code == 200

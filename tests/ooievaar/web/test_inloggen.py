"""Signing in and out, and the pages for what goes wrong."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client

from tests.factories import gebruiker_met_rol

pytestmark = pytest.mark.django_db
WACHTWOORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def _lege_teller():
    cache.clear()


@pytest.fixture
def jens():
    gebruiker = gebruiker_met_rol("jens", username="jens")
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    return gebruiker


def _login(client, wachtwoord):
    return client.post("/inloggen", {"login": "jens", "password": wachtwoord})


def test_in_and_out(jens):
    client = Client()
    assert _login(client, WACHTWOORD)["Location"] == "/"
    assert "Ingelogd als" in client.get("/dekking").content.decode()
    # Signing out is a POST: a link alone signs nobody out.
    assert client.get("/uitloggen").status_code == 200
    assert client.get("/dekking").status_code == 200
    client.post("/uitloggen")
    assert client.get("/dekking").status_code == 302


def test_wrong_password_says_so_and_keeps_the_name(jens):
    antwoord = _login(Client(), "fout")
    tekst = antwoord.content.decode()
    assert 'role="alert"' in tekst
    assert 'value="jens"' in tekst


def test_too_many_guesses_are_stopped_even_with_the_right_password(jens):
    client = Client()
    for _poging in range(6):
        _login(client, "fout")
    _login(client, WACHTWOORD)
    assert client.get("/dekking").status_code == 302


def test_nobody_makes_an_account_for_herself():
    client = Client()
    tekst = client.get("/aanmelden").content.decode()
    assert "U krijgt een account van ons" in tekst
    assert client.post("/aanmelden", {"username": "x"}).status_code == 200


def test_csrf_page_is_ours(jens):
    antwoord = Client(enforce_csrf_checks=True).post("/inloggen", {"login": "jens", "password": WACHTWOORD})
    assert antwoord.status_code == 403
    assert "Probeer het nog een keer" in antwoord.content.decode()


def test_page_not_found_is_ours():
    antwoord = Client().get("/nergens")
    assert antwoord.status_code == 404
    assert "kunnen deze pagina niet vinden" in antwoord.content.decode()


def test_server_error_page_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Er ging bij ons iets mis" in render_to_string("500.html")


def test_pages_allow_no_inline_style_or_script():
    tekst = Client().get("/inloggen").content.decode()
    assert "<style" not in tekst
    assert " style=" not in tekst
    # What runs is a file of ours; what stands inline is data that no browser runs.
    scripts = re.findall(r"<script\b[^>]*>", tekst)
    assert scripts
    assert all(' src="/static/' in s or ' type="application/json"' in s for s in scripts)

"""Limits on rate and time: a user who runs wild, a statement that takes for ever."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from ooievaar.platform.permissions import IEDEREEN
from ooievaar.platform.throttling import PerGebruiker
from ooievaar.platform.views import ApiView
from tests.factories import gebruiker_met_rol, token_voor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _schoon():
    PerGebruiker._minuut = 0


def test_above_the_limit_a_user_waits_for_the_next_minute_and_others_do_not(als, settings, time_machine):
    settings.API_LIMIET_PER_MINUUT = 3
    time_machine.move_to("2026-11-24T10:00:50+01:00", tick=False)
    client = als("coordinator")
    assert [client.get("/api/v1/mij").status_code for _keer in range(5)] == [200, 200, 200, 429, 429]
    antwoord = client.get("/api/v1/mij")
    assert (antwoord.status_code, antwoord["Content-Type"]) == (429, "application/problem+json")
    assert (antwoord.json()["code"], antwoord["Retry-After"]) == ("teVaak", "11")
    assert als("coordinator").get("/api/v1/mij").status_code == 200
    time_machine.move_to("2026-11-24T10:01:01+01:00", tick=False)
    assert client.get("/api/v1/mij").status_code == 200


def test_a_second_token_of_the_same_user_is_the_same_user(als, settings):
    settings.API_LIMIET_PER_MINUUT = 2
    eerste = als("coordinator")
    tweede = als(gebruiker=eerste.gebruiker)
    codes = [c.get("/api/v1/mij").status_code for c in (eerste, tweede, eerste, tweede)]
    assert codes[-1] == 429


def test_without_a_limit_nothing_is_counted(als, settings):
    settings.API_LIMIET_PER_MINUUT = 0
    client = als("coordinator")
    assert {client.get("/api/v1/mij").status_code for _keer in range(5)} == {200}


class Langzaam(ApiView):
    rollen = {"POST": IEDEREEN}

    def post(self, request) -> Response:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 50")
            cursor.execute("SELECT pg_sleep(5)")
        return Response({})


def test_a_statement_that_takes_too_long_is_503_and_says_when_to_try_again():
    token = token_voor(gebruiker_met_rol("coordinator"))
    request = APIRequestFactory().post("/", {}, format="json", HTTP_AUTHORIZATION=f"Bearer {token}")
    antwoord = Langzaam.as_view()(request)
    assert (antwoord.status_code, antwoord.data["code"], antwoord["Retry-After"]) == (503, "duurtTeLang", "30")


@pytest.mark.parametrize(
    ("start", "limiet"), [("import config.wsgi", "30s"), ("import django; django.setup()", "0")], ids=["web", "worker"]
)
def test_only_a_web_process_limits_its_statements(start, limiet):
    code = f"{start}\nfrom django.db import connection as c\nk = c.cursor()\nk.execute('SHOW statement_timeout')\n"
    klaar = subprocess.run(
        [sys.executable, "-c", code + "print(k.fetchone()[0])"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local"},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert klaar.stdout.split()[-1] == limiet

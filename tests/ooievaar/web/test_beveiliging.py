"""What anybody may read about safety, and what every answer carries against other sites."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from ooievaar.platform import clock
from tests.factories import gebruiker_met_rol

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=3650)])
def test_security_txt_says_where_to_report_and_is_never_near_its_end(settings, later):
    settings.BEVEILIGING_CONTACT = "mailto:lek@example.org"
    with time_machine.travel(clock.nu() + later, tick=False):
        antwoord = Client().get("/.well-known/security.txt")
        regels = dict(regel.split(": ", 1) for regel in antwoord.content.decode().splitlines())
        over = datetime.fromisoformat(regels["Expires"]) - clock.nu()
    assert antwoord["Content-Type"] == "text/plain; charset=utf-8"
    assert regels["Contact"] == "mailto:lek@example.org"
    assert regels["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
    assert timedelta(days=60) < over < timedelta(days=365)


@pytest.mark.parametrize(
    "pad",
    [
        "/inloggen",
        "/vandaag",
        "/dekking/bestand?periode=2026",
        "/bestaat-niet",
        f"/gezinnen/{UUID(int=7)}",
        "/api/v1/mij",
    ],
)
def test_no_answer_can_be_framed_sniffed_or_kept(pad):
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator"))
    antwoord = client.get(pad)
    assert antwoord["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in antwoord["Content-Security-Policy"]
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Referrer-Policy"] == "same-origin"
    assert "no-store" in antwoord["Cache-Control"]

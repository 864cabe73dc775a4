"""kill -9 at every named crash point of claim, send and mark (quality.md, R5): nothing lost, no blind resend."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from notifications.kanalen import PushKanaal, SmsKanaal
from notifications.models import Bericht
from notifications.services import verzend
from notifications.services.claimen import LEASE
from tests.factories import ContactpersoonFactory, GezinFactory, gebruiker_met_rol
from tests.factories.notifications import BerichtFactory
from tests.notifications.gateway import Gateway
from tests.notifications.pushdienst import Pushdienst, vapid_sleutel
from tests.notifications.stub import StubKanaal

NU = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
AANTAL = 12
PUNTEN = ["na_claim", "voor_verzenden", "na_verzenden", "na_markeren"]
DAARNA = NU + LEASE + timedelta(minutes=1)
pytestmark = pytest.mark.django_db(transaction=True)


def dood_op(punt, bestand, sleutels):
    """Run a sender that dies at this point; it must have died by its own kill -9."""
    klaar = subprocess.run(
        [sys.executable, "-m", "tests.faults.zender", str(bestand), sleutels],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "OOIEVAAR_CRASHPUNT": punt,
            "ZENDER_DATABASE": connection.settings_dict["NAME"],
            "ZENDER_NU": NU.isoformat(),
            "ZENDER_SMS": settings.SMS_URL,
            "ZENDER_VAPID": settings.VAPID_PRIVATE_KEY,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert klaar.returncode == -signal.SIGKILL, klaar.stderr


def aangeboden(bestand):
    return bestand.read_text().split() if bestand.exists() else []


def twaalf():
    gezin = GezinFactory()
    for _nummer in range(AANTAL):
        BerichtFactory(gezin=gezin, gepland_op=NU - timedelta(hours=1), aangemaakt_op=NU)


@pytest.mark.parametrize("punt", PUNTEN)
def test_a_provider_with_keys_gets_each_message_and_repeats_carry_the_same_key(punt, tmp_path):
    bestand = tmp_path / "provider"
    twaalf()
    dood_op(punt, bestand, "keys")
    verzend(nu=DAARNA, kanalen=[StubKanaal(bestand=bestand)])
    keren = Counter(aangeboden(bestand))
    assert Bericht.objects.filter(status="verzonden").count() == AANTAL
    assert set(keren) == {str(pk) for pk in Bericht.objects.values_list("pk", flat=True)}
    dubbel = sum(1 for n in keren.values() if n > 1)
    assert dubbel == (5 if punt == "na_verzenden" else 0), "only the part that was sent and not marked"


@pytest.mark.parametrize("punt", PUNTEN)
def test_without_keys_nothing_is_sent_twice_and_the_doubtful_one_waits_for_a_person(punt, tmp_path):
    bestand = tmp_path / "provider"
    twaalf()
    dood_op(punt, bestand, "none")
    verzend(nu=DAARNA, kanalen=[StubKanaal(bestand=bestand, venster=None, partij=1)])
    keren = Counter(aangeboden(bestand))
    assert max(keren.values()) == 1
    onzeker = 1 if punt in ("voor_verzenden", "na_verzenden") else 0
    telling = Counter(Bericht.objects.values_list("status", flat=True))
    assert telling == Counter(verzonden=AANTAL - onzeker, onzeker=onzeker)


@pytest.mark.parametrize("punt", PUNTEN)
def test_sms_over_http_is_delivered_once_whenever_the_sender_dies(punt, tmp_path, settings):
    gateway = Gateway()
    settings.SMS_URL = gateway.url
    gezin = ContactpersoonFactory(telefoonnummer="+31612345678").gezin
    velden = {"soort": "bezoekherinnering", "context": {"dag": "2026-11-25", "tijd": "10.30"}, "kanaal": "sms"}
    for _nummer in range(AANTAL):
        BerichtFactory(gezin=gezin, gepland_op=NU - timedelta(hours=1), aangemaakt_op=NU, **velden)
    try:
        dood_op(punt, tmp_path, "sms")
        verzend(nu=DAARNA, kanalen=[SmsKanaal()])
    finally:
        gateway.stop()
    assert Bericht.objects.filter(status="verzonden").count() == AANTAL
    assert gateway.bezorgd.keys() == {str(pk) for pk in Bericht.objects.values_list("pk", flat=True)}
    assert sorted(gateway.keren.values())[-2:] == ([1, 2] if punt == "na_verzenden" else [1, 1])


@pytest.mark.parametrize("punt", PUNTEN)
def test_push_is_shown_once_whenever_the_sender_dies(punt, tmp_path, settings):
    settings.VAPID_PRIVATE_KEY = vapid_sleutel()
    dienst = Pushdienst()
    for _nummer in range(AANTAL):  # each to somebody else: what one person gets at once is one message
        zij = gebruiker_met_rol("ooievaarsmoeder")
        dienst.abonneer(zij, NU, pad=str(zij.pk))
        moeder = zij.ooievaarsmoeder
        velden = {"gezin": None, "gebied": moeder.gebied, "ooievaarsmoeder": moeder, "kanaal": "push", "context": {}}
        BerichtFactory(soort="bellenEnPlannen", gepland_op=NU - timedelta(hours=1), aangemaakt_op=NU, **velden)
    try:
        dood_op(punt, tmp_path, "push")
        verzend(nu=DAARNA, kanalen=[PushKanaal()])
    finally:
        dienst.stop()
    assert Bericht.objects.filter(status="verzonden").count() == AANTAL
    assert dienst.getoond.keys() == {pk.hex for pk in Bericht.objects.values_list("pk", flat=True)}
    assert sorted(dienst.keren.values())[-2:] == ([1, 2] if punt == "na_verzenden" else [1, 1])

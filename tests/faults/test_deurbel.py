"""The broker is a doorbell (quality.md, R9): lost, doubled or silent, the database still says what is due."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core import mail
from kombu.exceptions import OperationalError

from config.celery import app
from notifications.models import Bericht
from notifications.services import NieuwBericht, berichten_plannen
from notifications.tasks import verzend_berichten
from ooievaar.platform import clock
from tests.factories import ContactpersoonFactory, GezinFactory

NU = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drie(monkeypatch):
    """Three planned messages, and a clock inside the hours."""
    monkeypatch.setattr(clock, "nu", lambda: NU)
    nieuw = []
    for _nummer in range(3):
        gezin = GezinFactory()
        ContactpersoonFactory(gezin=gezin, emailadres="a@example.org")
        nieuw.append(
            NieuwBericht(
                soort="aankondiging",
                kanaal="email",
                gebied_id=gezin.gebied_id,
                gezin_id=gezin.pk,
                dag=NU.date(),
                gepland_op=NU,
                aanleiding=f"bezoek:{UUID(int=1)}",
                context={"van": "2026-11-30", "tot": "2026-12-14"},
            )
        )
    assert berichten_plannen(nieuw=nieuw, nu=NU) == 3
    assert berichten_plannen(nieuw=nieuw, nu=NU) == 0


def test_a_doubled_doorbell_sends_once(drie):
    for _keer in range(3):
        verzend_berichten.apply(throw=True)
    assert len(mail.outbox) == 3


def test_with_the_broker_down_nothing_planned_is_lost_and_the_next_ring_sends_it(drie, monkeypatch):
    with app.connection("redis://127.0.0.1:1/0") as dood, pytest.raises(OperationalError):
        verzend_berichten.apply_async(connection=dood, retry=False)
    assert Bericht.objects.filter(status="gepland").count() == 3
    monkeypatch.setattr(clock, "nu", lambda: NU + timedelta(days=1))
    verzend_berichten.apply(throw=True)
    assert len(mail.outbox) == 3

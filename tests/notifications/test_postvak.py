"""The local inbox: SMS of the gateway and e-mails in files, together and the newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage

from notifications.postvak import opslag
from tests.factories import gebruiker_met_rol

SMS_OP = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def twee_berichten(settings, tmp_path):
    """An SMS, and an e-mail as Django writes it to a file."""
    settings.POSTVAK_DIR, settings.EMAIL_FILE_PATH = str(tmp_path / "sms"), str(tmp_path / "mail")
    opslag.bewaar_sms(str(uuid4()), "+31612345678", "Hallo", SMS_OP)
    mail = get_connection("django.core.mail.backends.filebased.EmailBackend")
    EmailMessage("Onderwerp", "Tekst van de mail", to=["a@example.org"], connection=mail).send()


def test_a_mail_has_a_moment_in_a_zone(twee_berichten):
    [mail] = opslag.emails()
    assert mail.op.utcoffset() is not None
    assert (mail.onderwerp, mail.tekst.strip()) == ("Onderwerp", "Tekst van de mail")


def test_the_page_shows_both_the_newest_first(twee_berichten, client):
    client.force_login(gebruiker_met_rol("coordinator"))
    antwoord = client.get("/postvak")
    assert antwoord.status_code == 200
    assert [m.kanaal for m, _maat in antwoord.context["rijen"]] == ["email", "sms"]


@pytest.mark.parametrize("datum", ["", "Date: onzin\n"])
def test_a_mail_without_a_readable_date_is_there_too(settings, tmp_path, datum):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    (tmp_path / "mail.log").write_text(f"{datum}To: a@example.org\nSubject: S\n\nTekst\n")
    assert [m.op.utcoffset() is not None for m in opslag.emails()] == [True]

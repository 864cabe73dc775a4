"""E-mail to a real SMTP server on this machine: what it takes, refuses, or drops half-way."""

import email
import socket
from email import policy

import pytest
from aiosmtpd.controller import Controller

from notifications.kanalen import EmailKanaal
from notifications.services import verzend
from tests.factories import ContactpersoonFactory
from tests.notifications.test_verzenden import NU, bericht

pytestmark = pytest.mark.django_db(transaction=True)


class Server:
    """Keeps what it takes; `antwoord` is what it says to the message, `ontvanger` to its address."""

    def __init__(self):
        self.berichten, self.antwoord, self.ontvanger = [], "250 OK", "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.ontvanger.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.ontvanger

    async def handle_DATA(self, server, session, envelope):
        if self.antwoord.startswith("250") or self.antwoord == "breek":
            self.berichten.append(envelope)
        if self.antwoord == "breek":
            server.transport.abort()
        return self.antwoord if self.antwoord != "breek" else "250 OK"


@pytest.fixture
def server(settings):
    with socket.socket() as plek:
        plek.bind(("127.0.0.1", 0))
        poort = plek.getsockname()[1]
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=poort)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", poort
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5
    yield handler
    controller.stop()


@pytest.fixture
def rij():
    rij = bericht(taal="ar")
    ContactpersoonFactory(gezin=rij.gezin, emailadres="a@example.org")
    return rij


def stuur(rij):
    verzend(nu=NU, kanalen=[EmailKanaal()])
    rij.refresh_from_db()
    return rij.status, rij.fout


def test_it_arrives_whole_with_a_stop_button(server, rij):
    assert stuur(rij) == ("verzonden", "")
    (envelope,) = server.berichten
    mail = email.message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == ["a@example.org"]
    assert mail["Message-ID"] == f"<{rij.pk}@ooievaar>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip(" <>")  # a long header is folded
    tekst = mail.get_content()
    assert "/stop/" in link
    assert link in tekst
    assert "مبروك" in tekst


@pytest.mark.parametrize(
    ("ontvanger", "antwoord", "verwacht"),
    [
        ("550 no such user", "250 OK", ("mislukt", "geweigerd")),
        ("451 try again later", "250 OK", ("gepland", "tijdelijkGeweigerd")),
        ("250 OK", "554 not here", ("mislukt", "geweigerd")),
        ("250 OK", "451 greylisted", ("gepland", "tijdelijkGeweigerd")),
        ("250 OK", "breek", ("onzeker", "afgebroken")),
    ],
)
def test_what_the_server_says_is_what_is_known(server, rij, ontvanger, antwoord, verwacht):
    server.ontvanger, server.antwoord = ontvanger, antwoord
    assert stuur(rij) == verwacht


def test_no_server_is_certain(settings, server, rij):
    settings.EMAIL_PORT = 1
    assert stuur(rij) == ("gepland", "geenVerbinding")
    assert rij.begonnen_op is None

"""Web push against a push service on this machine: encrypted, no names, subscriptions that end."""

import base64
import json
import os
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from notifications.kanalen import AppKanaal, EmailKanaal, PushKanaal
from notifications.models import Bericht, Pushabonnement
from notifications.services import verzend
from ooievaar.platform import clock
from tests.factories import gebruiker_met_rol
from tests.factories.notifications import BerichtFactory
from tests.notifications.test_verzenden import NU

pytestmark = pytest.mark.django_db(transaction=True)


def b64(ruw):
    return base64.urlsafe_b64encode(ruw).decode().rstrip("=")


class Pushdienst:
    """Takes encrypted messages and answers with `status`."""

    def __init__(self):
        self.gekregen, self.status = [], 201
        buiten = self

        class _Antwoord(BaseHTTPRequestHandler):
            def do_POST(self):
                inhoud = self.rfile.read(int(self.headers["Content-Length"]))
                buiten.gekregen.append((dict(self.headers), inhoud))
                self.send_response(buiten.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Antwoord)
        self.url = f"http://127.0.0.1:{self.server.server_port}/push/1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def dienst(settings):
    settings.VAPID_PRIVATE_KEY = b64(os.urandom(31).rjust(32, b"\x01"))
    dienst = Pushdienst()
    yield dienst
    dienst.server.shutdown()
    dienst.server.server_close()


@pytest.fixture
def zij():
    return gebruiker_met_rol("ooievaarsmoeder")


@pytest.fixture
def browser(dienst, zij):
    sleutel, auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    publiek = sleutel.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    Pushabonnement.objects.create(
        gebruiker=zij, endpoint=dienst.url, p256dh=b64(publiek), auth=b64(auth), aangemaakt_op=NU
    )
    return sleutel, auth


def rij(zij, soort="bellenEnPlannen", **velden):
    moeder = zij.ooievaarsmoeder
    vast = {"gezin": None, "gebied": moeder.gebied, "ooievaarsmoeder": moeder, "kanaal": "push", "context": {}}
    return BerichtFactory(soort=soort, gepland_op=NU, aangemaakt_op=NU, **vast, **velden)


def test_it_arrives_encrypted_and_tells_no_names(dienst, zij, browser):
    bericht = rij(zij)
    assert verzend(nu=NU, kanalen=[PushKanaal()]).verzonden == 1
    ((koppen, inhoud),) = dienst.gekregen
    sleutel, auth = browser
    gelezen = json.loads(http_ece.decrypt(inhoud, private_key=sleutel, auth_secret=auth, version="aes128gcm"))
    assert gelezen == {"id": str(bericht.pk), "titel": "Ooievaar", "tekst": "Er staat iets voor u klaar."}
    koppen = {naam.lower(): waarde for naam, waarde in koppen.items()}
    assert koppen["topic"] == bericht.pk.hex
    assert koppen["authorization"].startswith("vapid ")


def test_a_browser_that_is_gone_is_forgotten_and_the_message_goes_on(dienst, zij, browser):
    dienst.status = 410
    bericht = rij(zij, terugval=["app"])
    verzend(nu=NU, kanalen=[PushKanaal(), AppKanaal()])
    verzend(nu=NU + timedelta(minutes=1), kanalen=[AppKanaal()])
    bericht.refresh_from_db()
    assert (bericht.status, bericht.kanaal) == ("verzonden", "app")
    assert not Pushabonnement.objects.exists()


def test_busy_is_later(dienst, zij, browser):
    dienst.status = 429
    bericht = rij(zij)
    verzend(nu=NU, kanalen=[PushKanaal()])
    bericht.refresh_from_db()
    assert (bericht.status, bericht.fout) == ("gepland", "tijdelijkGeweigerd")


def test_what_one_of_us_gets_at_once_is_one_message(zij, mailoutbox):
    moeder = zij.ooievaarsmoeder
    moeder.emailadres = "zij@example.org"
    moeder.save()
    drie = [rij(zij, soort=s) for s in ("bellenEnPlannen", "bellenEnPlannen", "geenAfspraak")]
    Bericht.objects.update(kanaal="email")
    assert verzend(nu=NU, kanalen=[EmailKanaal()]).verzonden == 3
    (mail,) = mailoutbox
    assert mail.subject == "3 berichten voor u"
    assert "2 keer: Een gezin wacht op u" in mail.body
    assert "Nog geen afspraak" in mail.body
    assert len({b.bundel for b in Bericht.objects.filter(pk__in=[r.pk for r in drie])}) == 1


class TestSubscribing:
    adres = "/api/v1/pushabonnementen"

    def inhoud(self, endpoint="https://fcm.googleapis.com/fcm/send/abc"):
        return {"endpoint": endpoint, "sleutels": {"p256dh": "B" * 87, "auth": "A" * 22}}

    def test_on_and_off(self, als, dienst):
        client = als("ooievaarsmoeder")
        assert len(base64.urlsafe_b64decode(client.get("/api/v1/pushsleutel").json()["sleutel"] + "==")) == 65
        aan = client.post(self.adres, self.inhoud(), format="json")
        assert aan.status_code == 201
        assert client.post(self.adres, self.inhoud(), format="json").status_code == 200
        assert als("ooievaarsmoeder").delete(f"{self.adres}/{aan.json()['id']}").status_code == 404
        assert client.delete(f"{self.adres}/{aan.json()['id']}").status_code == 204

    @pytest.mark.parametrize(
        "endpoint",
        [
            "http://fcm.googleapis.com/x",
            "https://127.0.0.1/x",
            "https://fcm.googleapis.com.example.org/x",
            "https://fcm.googleapis.com:8443/x",
            "https://u@fcm.googleapis.com/x",
            "https://push.services.mozilla.com/x",
        ],
    )
    def test_nothing_else_than_a_push_service_is_ever_called(self, als, endpoint):
        antwoord = als("ooievaarsmoeder").post(self.adres, self.inhoud(endpoint), format="json")
        assert antwoord.status_code == 400
        assert antwoord.json()["invalidParams"][0]["name"] == "endpoint"

    def test_a_browser_changes_hands(self, als, zij):
        for _keer in range(2):
            als("ooievaarsmoeder").post(self.adres, self.inhoud(), format="json")
        assert Pushabonnement.objects.count() == 1
        assert clock.nu() >= Pushabonnement.objects.get().aangemaakt_op

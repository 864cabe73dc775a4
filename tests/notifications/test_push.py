"""Web push against a push service on this machine: encrypted, no names, subscriptions that end."""

import base64
import json
from datetime import timedelta
from uuid import uuid4

import http_ece
import pytest
from rest_framework.test import APIClient

from notifications.kanalen import AppKanaal, EmailKanaal, PushKanaal, push
from notifications.kanalen.basis import Zending
from notifications.models import Bericht, Pushabonnement
from notifications.selectors.bereik import met_push
from notifications.services import verzend
from ooievaar.models import Apparaat, Gebruiker
from ooievaar.platform import clock
from tests.factories import GebiedFactory, gebruiker_met_rol, token_voor
from tests.factories.notifications import BerichtFactory
from tests.notifications.pushdienst import Pushdienst, vapid_sleutel
from tests.notifications.test_verzenden import NU

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dienst(settings):
    settings.VAPID_PRIVATE_KEY = vapid_sleutel()
    dienst = Pushdienst()
    yield dienst
    dienst.stop()


@pytest.fixture
def zij():
    return gebruiker_met_rol("ooievaarsmoeder")


@pytest.fixture
def browser(dienst, zij):
    return dienst.abonneer(zij, NU)


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


@pytest.mark.parametrize(
    ("status", "verwacht"),
    [
        (500, ("gepland", "foutBijDienst")),
        (503, ("gepland", "tijdelijkGeweigerd")),
        (413, ("mislukt", "afgewezen")),
        ("breek", ("gepland", "afgebroken")),
    ],
)
def test_each_fault_its_own_answer(dienst, zij, browser, status, verwacht):
    dienst.status = status
    bericht = rij(zij)
    verzend(nu=NU, kanalen=[PushKanaal()])
    bericht.refresh_from_db()
    assert (bericht.status, bericht.fout) == verwacht
    assert (bericht.begonnen_op is not None) == (status in (500, "breek")), "what may have arrived stays open"


@pytest.mark.parametrize("hoe", ["hang", "breek"])
def test_taken_and_then_no_answer_is_sent_again_with_the_same_topic_and_shown_once(
    dienst, zij, browser, hoe, monkeypatch
):
    monkeypatch.setattr(push, "_TIJD", 0.5)
    dienst.status = hoe
    bericht = rij(zij, terugval=["app"])
    verzend(nu=NU, kanalen=[PushKanaal()])
    dienst.status = 201
    verzend(nu=NU + timedelta(minutes=5), kanalen=[PushKanaal()])
    bericht.refresh_from_db()
    assert (bericht.status, bericht.kanaal) == ("verzonden", "push")
    assert (dienst.keren, len(dienst.getoond)) == ({bericht.pk.hex: 2}, 1)


def test_no_answer_for_longer_than_a_topic_lives_waits_for_a_person(dienst, zij, browser, monkeypatch):
    monkeypatch.setattr(push, "_TIJD", 0.5)
    dienst.status = "hang"
    bericht = rij(zij, terugval=["app"])
    verzend(nu=NU, kanalen=[PushKanaal()])
    verzend(nu=NU + push.LEEFTIJD + timedelta(hours=12), kanalen=[PushKanaal(), AppKanaal()])
    bericht.refresh_from_db()
    assert (bericht.status, bericht.kanaal, len(dienst.gekregen)) == ("onzeker", "push", 1), "and by no other way"


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

    def test_the_push_of_a_phone_ends_with_the_phone(self, als, dienst):
        gebied = GebiedFactory()
        coordinator, zij = als("coordinator", gebied=gebied), gebruiker_met_rol("ooievaarsmoeder", gebied=gebied)
        telefoon, tweede, bureau = self.telefoon(zij), self.telefoon(zij), als(gebruiker=zij)
        for nummer, client in enumerate((telefoon, tweede, bureau)):
            waar = f"https://fcm.googleapis.com/fcm/send/{nummer}"
            assert client.post(self.adres, self.inhoud(waar), format="json").status_code == 201
        apparaat = Pushabonnement.objects.get(endpoint__endswith="/0").apparaat
        assert coordinator.delete(f"/api/v1/apparaten/{apparaat.pk}").status_code == 204
        assert self.over() == ["1", "2"]
        pad = f"/api/v1/ooievaarsmoeders/{zij.ooievaarsmoeder.pk}"
        assert coordinator.patch(pad, {"naam": "A. Ander"}, format="json").status_code == 200
        assert self.over() == ["1", "2"]
        assert coordinator.patch(pad, {"actief": False}, format="json").status_code == 200
        assert self.over() == ["2"]

    def test_a_revocation_that_came_meanwhile_and_an_account_that_was_switched_off_are_seen_at_sending(self, dienst):
        for weg in ("apparaat", "gebruiker"):
            zij = gebruiker_met_rol("ooievaarsmoeder")
            dienst.abonneer(zij, NU, pad=weg)
            apparaat = Apparaat.objects.create(gebruiker=zij, naam="T", gekoppeld_op=NU)
            Pushabonnement.objects.filter(gebruiker=zij).update(apparaat=apparaat)
            kanaal = PushKanaal()
            wie = {"gezin_ids": [], "ooievaarsmoeder_ids": [zij.ooievaarsmoeder.pk], "gebruiker_ids": [zij.pk]}
            voorheen = kanaal.adressen(**wie)[zij.ooievaarsmoeder.pk]
            if weg == "apparaat":
                Apparaat.objects.update(ingetrokken_op=NU)
            else:
                Gebruiker.objects.filter(pk=zij.pk).update(is_active=False)
            assert (kanaal.adressen(**wie), met_push(gebruiker_ids=[zij.pk])) == ({}, frozenset())
            (uitkomst,) = kanaal.verzend([Zending(uuid4(), uuid4(), NU.date(), adres=voorheen)]).values()
            assert uitkomst.fout == "geenAbonnement"
        assert not dienst.gekregen

    @staticmethod
    def telefoon(gebruiker):
        apparaat = Apparaat.objects.create(gebruiker=gebruiker, naam="T", gekoppeld_op=NU)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_voor(gebruiker, apparaat)}")
        return client

    @staticmethod
    def over():
        adressen = Pushabonnement.objects.values_list("endpoint", flat=True)
        return sorted(adres.rsplit("/", 1)[1] for adres in adressen)

"""The family stops it itself: the link (a GET never acts), the answer STOP, and what is no stop."""

import json

import pytest
from django.conf import settings
from django.test import Client, override_settings

from bezoeken.models import Bezoek
from bezoeken.stoppen.stopwoorden import is_stop
from notifications.models import Bericht, Kanaalstop
from notifications.stoplinks import lees_stoptoken, stoptoken
from ooievaar.models import Gezin
from ooievaar.platform import clock
from ooievaar.selectors.toestemmingen import met_toestemming
from ooievaar.services.gezinnen import toestemmingen_geven
from tests.factories import ContactpersoonFactory, bezoek_met_kinderen, gebruiker_met_rol
from tests.factories.notifications import BerichtFactory

pytestmark = pytest.mark.django_db
SLEUTEL = "sleutel-van-de-dienst"


@pytest.fixture
def bezoek():
    bezoek = bezoek_met_kinderen()
    BerichtFactory(gezin=bezoek.gezin)
    return bezoek


def link(bezoek, kanaal="email"):
    return f"/stop/{stoptoken(bezoek.gezin_id, kanaal)}"


def gestopt(bezoek):
    return Gezin.objects.get(pk=bezoek.gezin_id).contactstop_op is not None


class TestLink:
    def test_looking_stops_nothing(self, bezoek):
        for methode in ("get", "head"):
            antwoord = getattr(Client(), methode)(link(bezoek))
            assert antwoord.status_code == 200
        assert not gestopt(bezoek)
        assert not Kanaalstop.objects.exists()

    def test_the_page_tells_nothing_about_the_family(self, bezoek):
        tekst = Client().get(link(bezoek)).content.decode()
        persoon = bezoek.gezin.contactpersonen.get()
        assert persoon.naam not in tekst
        assert bezoek.gezin.straat not in tekst
        assert str(bezoek.gezin_id) not in link(bezoek)

    def test_one_click_stops_all_contact_as_the_api_does(self, bezoek):
        # As a mailbox's own button does it: without a cookie or a CSRF token.
        antwoord = Client(enforce_csrf_checks=True).post(link(bezoek), {"List-Unsubscribe": "One-Click"})
        assert antwoord.status_code == 200
        gezin = Gezin.objects.get(pk=bezoek.gezin_id)
        assert gezin.contactstop_reden == "ingetrokken"
        assert Bezoek.objects.get(pk=bezoek.pk).afsluitreden == "geweigerd"
        assert Bericht.objects.get().status == "geannuleerd"
        eerste = gezin.contactstop_op
        Client().post(link(bezoek))
        assert Gezin.objects.get(pk=bezoek.gezin_id).contactstop_op == eerste

    def test_an_invitation_that_is_not_wanted_stops_no_visit(self, bezoek):
        toestemmingen_geven(gezin_ids=[bezoek.gezin_id], doel="cafe", nu=clock.nu())
        cafe = BerichtFactory(gezin=bezoek.gezin, soort="cafeUitnodiging")
        adres = f"/stop/{stoptoken(bezoek.gezin_id, 'email', 'cafe')}"
        assert "Geen uitnodigingen meer" in Client().get(adres).content.decode()
        assert met_toestemming([bezoek.gezin_id], "cafe")
        assert Client().post(adres, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert not met_toestemming([bezoek.gezin_id], "cafe")
        assert not gestopt(bezoek)
        assert dict(Bericht.objects.values_list("soort", "status")) == {
            "aankondiging": "gepland",
            cafe.soort: "geannuleerd",
        }
        Client().post(adres, {"wat": "kanaal"})
        assert Kanaalstop.objects.get().doel == "cafe"
        Client().post(adres, {"wat": "alles"})
        assert gestopt(bezoek)

    def test_only_this_channel(self, bezoek):
        Client().post(link(bezoek, "sms"), {"wat": "kanaal"})
        assert not gestopt(bezoek)
        assert Kanaalstop.objects.get().kanaal == "sms"

    @pytest.mark.parametrize(
        "knoei", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: "x", lambda t: t + "A", lambda t: t[1:]]
    )
    def test_a_link_that_is_not_ours(self, bezoek, knoei):
        token = knoei(stoptoken(bezoek.gezin_id, "email"))
        assert lees_stoptoken(token) is None
        assert Client().post(f"/stop/{token}").status_code == 404
        assert not gestopt(bezoek)

    def test_a_link_of_another_key_or_a_family_that_is_gone(self, bezoek):
        adres, oud = link(bezoek), settings.SECRET_KEY
        with override_settings(SECRET_KEY="een andere"):
            assert Client().get(adres).status_code == 404
            with override_settings(SECRET_KEY_FALLBACKS=[oud]):
                assert Client().get(adres).status_code == 200
        Bericht.objects.all().delete()
        gezin_id = bezoek.gezin_id
        bezoek.delete()
        Gezin.objects.filter(pk=gezin_id).delete()
        assert Client().post(adres).status_code == 200

    def test_in_the_readers_language_and_direction_with_dutch_below(self, bezoek):
        bezoek.gezin.contactpersonen.update(taal="ar")
        tekst = Client().get(link(bezoek)).content.decode()
        assert 'dir="rtl"' in tekst
        assert "لا أريد" in tekst
        assert "Geen berichten meer?" in tekst


class TestSms:
    @pytest.fixture(autouse=True)
    def _sleutel(self, settings):
        settings.SMS_HAAKSLEUTEL = SLEUTEL

    def haak(self, naam, gegevens, sleutel=SLEUTEL):
        return Client(enforce_csrf_checks=True).post(
            f"/haken/sms/{naam}",
            json.dumps(gegevens),
            content_type="application/json",
            headers={"Authorization": f"Bearer {sleutel}"},
        )

    @pytest.fixture
    def nummer(self, bezoek):
        ContactpersoonFactory(gezin=bezoek.gezin, telefoonnummer="+31612345678")
        return "+31612345678"

    @pytest.mark.parametrize(
        "woord", ["STOP", "stop.", "Stop aub", "СТОП", "DUR", "İPTAL", "توقف", "ደው", "Koniec!", "abmelden"]
    )
    def test_the_words_in_each_language(self, bezoek, nummer, woord):
        assert self.haak("ontvangst", {"van": nummer, "tekst": woord}).status_code == 204
        assert gestopt(bezoek)

    def test_a_number_in_another_notation_and_every_family_that_has_it(self, bezoek, nummer):
        ander = bezoek_met_kinderen()
        ContactpersoonFactory(gezin=ander.gezin, telefoonnummer=nummer)
        self.haak("ontvangst", {"van": "06-12345678", "tekst": "stop"})
        assert gestopt(bezoek)
        assert gestopt(ander)

    def test_another_answer_is_for_a_person_once_a_day_and_is_not_kept(self, bezoek, nummer):
        coordinator = gebruiker_met_rol("coordinator", gebied=bezoek.gebied)
        for _keer in range(2):
            self.haak("ontvangst", {"van": nummer, "tekst": "Kan het ook een andere dag, mijn dochter is ziek"})
        assert not gestopt(bezoek)
        (rij,) = Bericht.objects.filter(soort="smsAntwoord")
        assert rij.gebruiker_id == coordinator.pk
        assert "ziek" not in json.dumps(rij.context)

    def test_a_number_nobody_has(self):
        assert self.haak("ontvangst", {"van": "+31600000000", "tekst": "stop"}).status_code == 204

    @pytest.mark.parametrize("naam", ["ontvangst", "bezorging"])
    def test_without_the_key_nothing_happens(self, bezoek, nummer, naam, settings):
        assert self.haak(naam, {"van": nummer, "tekst": "stop"}, "fout").status_code == 401
        settings.SMS_HAAKSLEUTEL = ""
        assert self.haak(naam, {"van": nummer, "tekst": "stop"}, "").status_code == 401
        assert not gestopt(bezoek)

    def test_what_cannot_be_read_is_said_so(self, nummer):
        assert self.haak("ontvangst", {"van": "geen nummer", "tekst": "stop"}).status_code == 400
        assert self.haak("ontvangst", ["stop"]).status_code == 400
        assert self.haak("ontvangst", {"van": nummer}).status_code == 400
        assert self.haak("bezorging", {"sleutel": "x", "status": "misschien"}).status_code == 400
        assert Client().get("/haken/sms/ontvangst").status_code == 405

    def test_a_delivery_report(self, bezoek):
        rij = Bericht.objects.get()
        Bericht.objects.update(kanaal="sms", status="verzonden", verzonden_op=rij.gepland_op)
        assert self.haak("bezorging", {"sleutel": str(rij.pk), "status": "bezorgd"}).status_code == 204
        rij.refresh_from_db()
        assert rij.bezorging == "bezorgd"


@pytest.mark.parametrize(
    ("tekst", "stop"),
    [
        ("stop", True),
        ("STOP!!", True),
        ("stop met sturen", True),
        ("Antwoord STOP", True),
        ("Reply STOP please", True),
        ("S.T.O.P.", True),
        ("STOP STOP STOP STOP", True),
        ("ＳＴＯＰ", True),
        ("\u200fقِف\u200f", True),
        ("تــوقّف", True),
        ("اوقف", True),
        ("الغاء الاشتراك", True),
        ("zakoncz", True),
        ("ZAKOŃCZ", True),
        ("IPTAL", True),
        ("iptal", True),
        ("Durdur lütfen", True),
        ("Зупинити!", True),
        ("Abbestellen", True),
        ("ደው ኣብሉ", True),
        ("ik wil niet stoppen", False),
        ("durum nasıl", False),
        ("antwoord", False),
        ("1", False),
        ("", False),
        ("👍", False),
        ("ja", False),
        ("stop maar niet met die leuke berichten", False),
        ("niet stoppen", False),
        ("bustop", False),
    ],
)
def test_what_counts_as_a_stop(tekst, stop):
    assert is_stop(tekst) is stop


def test_a_coordinator_notes_it_per_channel_and_purpose(als):
    bezoek = bezoek_met_kinderen()
    client = als("coordinator", gebied=bezoek.gebied)
    pad = f"/api/v1/gezinnen/{bezoek.gezin_id}/kanaalstops"
    assert client.put(f"{pad}/sms", {"doel": "cafe"}, format="json").status_code == 204
    assert client.put(f"{pad}/duif", {}, format="json").status_code == 404
    assert als("coordinator").put(f"{pad}/sms", {}, format="json").status_code == 404
    assert list(Kanaalstop.objects.values_list("kanaal", "doel")) == [("sms", "cafe")]
    assert client.delete(f"{pad}/sms", {"doel": "cafe"}, format="json").status_code == 204
    assert not Kanaalstop.objects.exists()

"""The pages of messages: kinds in words, letters to print, the days to come, texts per language, broken numbers."""

from __future__ import annotations

import pytest
from django.test import Client

from bezoeken.berichten.woorden import soort_in_woorden
from notifications.models import Briefpartij, Briefregel, Onbereikbaar, Tekstversie
from notifications.services.teksten import soorten
from ooievaar.platform import clock
from tests.factories import GebiedFactory, GezinFactory, WijkFactory, gebruiker_met_rol
from tests.factories.notifications import BerichtFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def client(wijk):
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied, first_name="Ans"))
    return client


@pytest.fixture
def van_wijk(wijk):
    """A coordinator of one wijk only."""
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[wijk]))
    return client


def _brief(wijk, **adres) -> Briefregel:
    gezin = GezinFactory(
        wijk=wijk, straat="Sjpruutstraat", huisnummer=3, postcode="6412AB", woonplaats="Heerlen", **adres
    )
    bericht = BerichtFactory(gezin=gezin, kanaal="brief", status="verzonden", verzonden_op=clock.nu())
    return Briefregel.objects.create(bericht=bericht, gebied=wijk.gebied, dag=clock.vandaag())


def _tekst(antwoord) -> str:
    return " ".join(antwoord.content.decode().split())


def test_every_kind_has_words():
    kaal = [soort for soort in soorten() if soort_in_woorden(soort) == soort]
    assert kaal == []


def test_a_list_says_kinds_in_words(client, wijk):
    bericht = BerichtFactory(gezin=GezinFactory(wijk=wijk), soort="nietToegewezen")
    for pad in ("/berichten", f"/berichten/{bericht.pk}", f"/gezinnen/{bericht.gezin_id}"):
        tekst = _tekst(client.get(pad))
        assert "Nog voor niemand" in tekst
        assert "nietToegewezen" not in tekst


class TestBrieven:
    def test_from_waiting_to_printed(self, client, wijk):
        _brief(wijk)
        assert "1 brief wacht op drukken" in _tekst(client.get("/berichten/brieven"))
        assert client.post("/berichten/brieven")["Location"] == "/berichten/brieven"
        partij = Briefpartij.objects.get()
        pdf = client.get(f"/berichten/brieven/{partij.pk}/pdf")
        assert pdf["Content-Type"] == "application/pdf"
        assert pdf.content.startswith(b"%PDF")
        assert "no-store" in pdf["Cache-Control"]
        client.post(f"/berichten/brieven/{partij.pk}/gedrukt")
        partij.refresh_from_db()
        assert partij.gedrukt_op is not None
        tekst = _tekst(client.get("/berichten/brieven"))
        assert "Er wachten geen brieven" in tekst
        assert "Markeer als gedrukt" not in tekst

    def test_a_printer_that_stops_half_way(self, client, wijk):
        for _nummer in range(3):
            _brief(wijk)
        client.post("/berichten/brieven")
        partij = Briefpartij.objects.get()
        pad = f"/berichten/brieven/{partij.pk}/gestopt"
        antwoord = client.post(pad, {"gedrukt": ""})
        assert antwoord.status_code == 409
        assert 'href="#id_gedrukt"' in antwoord.content.decode()
        assert client.post(pad, {"gedrukt": "1"}).status_code == 302
        assert "2 brieven wachten" in _tekst(client.get("/berichten/brieven"))
        assert client.post(pad, {"gedrukt": "1"}).status_code == 409

    def test_nothing_to_print_is_said(self, client):
        antwoord = client.post("/berichten/brieven", follow=True)
        assert not Briefpartij.objects.exists()
        assert "melding--error" in antwoord.content.decode()

    def test_a_batch_is_for_who_coordinates_all_of_the_gebied(self, client, van_wijk, wijk):
        _brief(wijk)
        client.post("/berichten/brieven")
        partij = Briefpartij.objects.get()
        assert van_wijk.get("/berichten/brieven").status_code == 403
        for einde in ("pdf", "gestopt"):
            assert van_wijk.get(f"/berichten/brieven/{partij.pk}/{einde}").status_code == 404
        assert van_wijk.post(f"/berichten/brieven/{partij.pk}/gedrukt").status_code == 404
        partij.refresh_from_db()
        assert partij.gedrukt_op is None


class TestTeksten:
    PAD = "/berichten/teksten/aankondiging/sms/pl"

    def test_which_were_read_by_a_speaker(self, client):
        tekst = _tekst(client.get("/berichten/teksten"))
        assert tekst.count("nog niet nagekeken door een spreker") > 3
        assert "Pools" in tekst
        tekst = _tekst(client.get("/berichten/teksten/aankondiging/brief/ar"))
        assert 'dir="rtl"' in tekst
        assert "De Nederlandse tekst" in tekst

    def test_looking_saves_nothing_and_saving_is_a_new_version(self, client, wijk):
        nieuw = "Ooievaarsmoeder przyjdzie {van} - {tot}. {bel} {stop} {gebied}"
        gezien = _tekst(client.post(self.PAD, {"onderwerp": "", "tekst": nieuw, "bekijk": "1"}))
        assert "Ooievaarsmoeder przyjdzie" in gezien
        assert "Dit kost" in gezien
        assert not Tekstversie.objects.exists()
        assert client.post(self.PAD, {"onderwerp": "", "tekst": nieuw, "nagekeken": "on", "bewaar": "1"})["Location"]
        versie = Tekstversie.objects.get()
        assert (versie.tekst, versie.gebied, versie.nagekeken_op is not None) == (nieuw, wijk.gebied, True)
        assert "eigen tekst, versie 1" in _tekst(client.get("/berichten/teksten"))

    def test_what_cannot_be_sent_is_refused_at_its_field_and_kept(self, client):
        antwoord = client.post(self.PAD, {"onderwerp": "", "tekst": "Bez zwrotu {onbekend}", "bewaar": "1"})
        assert antwoord.status_code == 409
        assert 'href="#id_tekst"' in antwoord.content.decode()
        assert "Bez zwrotu {onbekend}" in antwoord.content.decode()
        assert not Tekstversie.objects.exists()

    @pytest.mark.parametrize("plek", ["onzin/sms/pl", "aankondiging/duif/pl", "aankondiging/sms/xx"])
    def test_a_text_that_there_is_not(self, client, plek):
        assert client.get(f"/berichten/teksten/{plek}").status_code == 404


class TestNummers:
    def test_it_waits_in_vandaag_until_somebody_has_seen_to_it(self, client, wijk):
        gezin = GezinFactory(wijk=wijk)
        taak = Onbereikbaar.objects.create(gezin=gezin, kanaal="sms", fout="onbekendNummer", sinds=clock.nu())
        assert f"/berichten/nummers/{taak.pk}" in _tekst(client.get("/vandaag"))
        assert "Dit nummer bestaat niet." in _tekst(client.get(f"/berichten/nummers/{taak.pk}"))
        assert client.post(f"/berichten/nummers/{taak.pk}")["Location"] == "/vandaag"
        taak.refresh_from_db()
        assert taak.opgelost_op is not None
        assert f"/berichten/nummers/{taak.pk}" not in _tekst(client.get("/vandaag"))
        assert client.post(f"/berichten/nummers/{taak.pk}").status_code == 404

    def test_of_another_wijk(self, wijk):
        taak = Onbereikbaar.objects.create(
            gezin=GezinFactory(wijk=wijk), kanaal="sms", fout="onbekendNummer", sinds=clock.nu()
        )
        elders = Client()
        elders.force_login(
            gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[WijkFactory(gebied=wijk.gebied)])
        )
        assert elders.get(f"/berichten/nummers/{taak.pk}").status_code == 404
        assert elders.post(f"/berichten/nummers/{taak.pk}").status_code == 404


def test_an_uncertain_message_that_turned_out_to_have_arrived(client, wijk):
    bericht = BerichtFactory(gezin=GezinFactory(wijk=wijk), status="onzeker")
    client.post(f"/berichten/{bericht.pk}", {"aangekomen": "1"})
    bericht.refresh_from_db()
    assert bericht.status == "verzonden"

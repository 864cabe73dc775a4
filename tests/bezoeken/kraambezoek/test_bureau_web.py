"""What a coordinator writes down from a family's page: attempt, appointment, visit, move, contacts, secrecy."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from ooievaar.models import Contactpersoon, VrijePeriode
from ooievaar.platform import clock
from tests.factories import (
    ContactpersoonFactory,
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    WijkFactory,
    gebruiker_met_rol,
    toegewezen_bezoek,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory(), naam="Proefwijk")


@pytest.fixture
def coordinator(wijk):
    return gebruiker_met_rol("coordinator", gebied=wijk.gebied, first_name="Ans")


@pytest.fixture
def client(coordinator):
    client = Client()
    client.force_login(coordinator)
    return client


@pytest.fixture
def bezoek(wijk):
    moeder = OoievaarsmoederFactory(gebied=wijk.gebied)
    geboren = clock.vandaag() - timedelta(days=45)
    return toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk), geboortedatum=geboren, kinderen=2)


@pytest.fixture
def contact(bezoek):
    return ContactpersoonFactory(gezin=bezoek.gezin, naam="A. Voorbeeld", telefoonnummer="+31612345678")


def test_free_days_in_the_window_warn_and_do_not_move_it(client, wijk, time_machine):
    """domain.md, The window: public holidays, school holidays and soft days warn, they never extend the window."""
    time_machine.move_to("2026-04-20T10:00:00+02:00")
    moeder = OoievaarsmoederFactory(gebied=wijk.gebied)
    bezoek = toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk), geboortedatum=date(2026, 3, 27))

    def periode(naam, begin, eind, gebied=wijk.gebied, soort="schoolvakantie"):
        VrijePeriode.objects.create(gebied=gebied, soort=soort, naam=naam, begin=begin, eind=eind)

    periode("Meivakantie", date(2026, 4, 25), date(2026, 5, 8))
    periode("Offerfeest", date(2026, 5, 22), date(2026, 5, 23), soort="zachteDag")
    periode("Te vroeg", date(2026, 4, 25), date(2026, 5, 7))
    periode("Te laat", date(2026, 5, 23), date(2026, 6, 1))
    periode("Elders", date(2026, 5, 10), date(2026, 5, 11), gebied=GebiedFactory())
    tekst = " ".join(client.get(f"/gezinnen/{bezoek.gezin_id}").content.decode().split())
    assert "8 mei tot en met 22 mei 2026" in tekst
    assert (
        "Let op, in deze dagen valt: Meivakantie (25 april tot en met 8 mei), Hemelvaartsdag (14 mei), "
        "Offerfeest (22 mei tot en met 23 mei)</p>"
    ) in tekst
    time_machine.move_to("2026-05-15T10:00:00+02:00")
    tekst = " ".join(client.get(f"/gezinnen/{bezoek.gezin_id}").content.decode().split())
    assert "Let op, in deze dagen valt: Offerfeest (22 mei tot en met 23 mei)</p>" in tekst


def _doe(client, pad, rij, **velden):
    return client.post(pad, {"versie": rij.versie, **velden})


def _gisteren(uur: str = "10:00") -> dict[str, str]:
    return {"dag": (clock.vandaag() - timedelta(days=1)).isoformat(), "tijd": uur}


class TestBezoek:
    def test_an_attempt_somebody_phones_in(self, client, coordinator, bezoek):
        pad = f"/bezoeken/{bezoek.pk}/poging"
        antwoord = _doe(client, pad, bezoek, soort="telefoon", uitkomst="geenGehoor", **_gisteren())
        assert antwoord["Location"] == f"/gezinnen/{bezoek.gezin_id}"
        poging = bezoek.pogingen.get()
        assert (poging.soort, poging.uitkomst, poging.door) == ("telefoon", "geenGehoor", coordinator)
        assert clock.dag_van(poging.moment) == clock.vandaag() - timedelta(days=1)

    def test_an_attempt_tomorrow_is_said_at_its_day(self, client, bezoek):
        morgen = {"dag": (clock.vandaag() + timedelta(days=1)).isoformat(), "tijd": "10:00"}
        antwoord = _doe(
            client, f"/bezoeken/{bezoek.pk}/poging", bezoek, soort="telefoon", uitkomst="geenGehoor", **morgen
        )
        tekst = antwoord.content.decode()
        assert antwoord.status_code == 409
        assert 'href="#id_dag"' in tekst
        assert "ligt in de toekomst" in tekst
        assert not bezoek.pogingen.exists()

    def test_an_appointment_outside_the_hours_only_when_it_was_agreed_so(self, client, bezoek):
        zondag = clock.vandaag() + timedelta(days=(6 - clock.vandaag().weekday()) or 7)
        velden = {"dag": zondag.isoformat(), "tijd": "20:00", "duur": "60"}
        antwoord = _doe(client, f"/bezoeken/{bezoek.pk}/afspraak", bezoek, **velden)
        assert antwoord.status_code == 409
        assert 'value="20:00"' in antwoord.content.decode()
        bezoek.refresh_from_db()
        assert _doe(client, f"/bezoeken/{bezoek.pk}/afspraak", bezoek, toch="on", **velden).status_code == 302
        afspraak = bezoek.afspraken.get()
        assert clock.dag_van(afspraak.begin) == zondag
        assert afspraak.duur_minuten == 60
        bezoek.refresh_from_db()
        assert bezoek.status == "gepland"

    def test_the_visit_itself_with_a_box_for_one_of_two(self, client, coordinator, bezoek):
        velden = {"vorm": "huisbezoek", "doos0": "on", "voucher0": "", "uitnodigen": "on", "onderwerpen": ["zwemles"]}
        antwoord = _doe(client, f"/bezoeken/{bezoek.pk}/bezocht", bezoek, **_gisteren(), **velden)
        assert antwoord.status_code == 302
        bezoek.refresh_from_db()
        assert (bezoek.status, bezoek.vorm, bezoek.onderwerpen, bezoek.uitnodigen) == (
            "bezocht",
            "huisbezoek",
            ["zwemles"],
            True,
        )
        assert sorted(bezoek.kinderen.values_list("doos_gegeven", flat=True)) == [False, True]
        assert "Leg het bezoek vast" not in client.get(f"/gezinnen/{bezoek.gezin_id}").content.decode()

    def test_a_voucher_without_its_box_and_a_day_before_the_birth(self, client, bezoek):
        pad = f"/bezoeken/{bezoek.pk}/bezocht"
        antwoord = _doe(client, pad, bezoek, vorm="elders", voucher1="ABCD", **_gisteren())
        assert 'href="#id_doos1"' in antwoord.content.decode()
        vroeg = {"dag": (bezoek.geboortedatum - timedelta(days=3)).isoformat(), "tijd": "10:00"}
        antwoord = _doe(client, pad, bezoek, vorm="elders", **vroeg)
        assert "voor de geboorte" in antwoord.content.decode()
        bezoek.refresh_from_db()
        assert bezoek.status == "toegewezen"


class TestGezin:
    ADRES = {"straat": "Nieuwstraat", "nummer": "12a", "postcode": "6411 zz", "woonplaats": "Heerlen"}

    def test_a_move_inside_the_gebied(self, client, bezoek, wijk):
        ander = WijkFactory(gebied=wijk.gebied)
        velden = {**self.ADRES, "wijk": ander.code, "bevestigd": "on"}
        assert _doe(client, f"/gezinnen/{bezoek.gezin_id}/verhuizing", bezoek.gezin, **velden).status_code == 302
        bezoek.refresh_from_db()
        gezin = bezoek.gezin
        gezin.refresh_from_db()
        assert (gezin.straat, gezin.huisnummer, gezin.huisletter, gezin.postcode) == ("Nieuwstraat", 12, "a", "6411ZZ")
        assert (gezin.wijk, bezoek.wijk, bezoek.status) == (ander, ander, "open")

    def test_a_move_out_of_her_own_wijken_leaves_nothing_to_look_at(self, bezoek, wijk):
        ander = WijkFactory(gebied=wijk.gebied)
        client = Client()
        client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[wijk]))
        velden = {**self.ADRES, "wijk": ander.code, "bevestigd": "on"}
        antwoord = _doe(client, f"/gezinnen/{bezoek.gezin_id}/verhuizing", bezoek.gezin, **velden)
        assert antwoord["Location"] == "/vandaag"
        assert client.get(f"/gezinnen/{bezoek.gezin_id}").status_code == 404

    def test_every_fault_of_an_address_at_once_and_what_was_typed_stays(self, client, bezoek):
        velden = {"straat": "Nieuwstraat", "nummer": "geen", "postcode": "12345", "woonplaats": ""}
        antwoord = _doe(client, f"/gezinnen/{bezoek.gezin_id}/verhuizing", bezoek.gezin, **velden)
        tekst = antwoord.content.decode()
        for veld in ("nummer", "postcode", "woonplaats", "bevestigd"):
            assert f'href="#id_{veld}"' in tekst
        assert 'value="Nieuwstraat"' in tekst
        bezoek.gezin.refresh_from_db()
        assert bezoek.gezin.straat != "Nieuwstraat"

    def test_contacts_added_changed_and_a_wrong_number(self, client, bezoek, contact):
        gezin = bezoek.gezin
        nieuw = {
            "naam": "B. Voorbeeld",
            "rol": "vader",
            "telefoonnummer": "06 87654321",
            "taal": "pl",
            "emailadres": "",
        }
        nieuw |= {"voorkeurskanaal": "sms", "tolk_nodig": "on"}
        assert _doe(client, f"/gezinnen/{gezin.pk}/contactpersoon", gezin, **nieuw).status_code == 302
        persoon = Contactpersoon.objects.get(gezin=gezin, naam="B. Voorbeeld")
        assert (persoon.telefoonnummer, persoon.taal, persoon.voorkeurskanaal) == ("+31687654321", "pl", "sms")
        gezin.refresh_from_db()
        pad = f"/contactpersonen/{contact.pk}"
        tekst = client.get(f"{pad}/wijzigen").content.decode()
        assert 'value="A. Voorbeeld"' in tekst
        assert "12345678" in tekst
        velden = {"naam": "A. Anders", "rol": "moeder", "telefoonnummer": "0612345678", "taal": "nl"}
        assert _doe(client, f"{pad}/wijzigen", gezin, **velden).status_code == 302
        contact.refresh_from_db()
        assert (contact.naam, contact.telefoonnummer) == ("A. Anders", "+31612345678")
        gezin.refresh_from_db()
        assert _doe(client, f"{pad}/verkeerd-nummer", gezin, bevestigd="on").status_code == 302
        contact.refresh_from_db()
        assert contact.telefoonnummer == ""
        assert "klopt niet" in client.get(f"/gezinnen/{gezin.pk}").content.decode()  # of the other one

    def test_a_channel_needs_its_number(self, client, bezoek):
        velden = {"naam": "B. Voorbeeld", "rol": "vader", "taal": "nl", "voorkeurskanaal": "sms"}
        antwoord = _doe(client, f"/gezinnen/{bezoek.gezin_id}/contactpersoon", bezoek.gezin, **velden)
        assert 'href="#id_telefoonnummer"' in antwoord.content.decode()
        antwoord = _doe(
            client,
            f"/gezinnen/{bezoek.gezin_id}/contactpersoon",
            bezoek.gezin,
            **{**velden, "telefoonnummer": "06-1"},
        )
        assert "geen geldig telefoonnummer" in antwoord.content.decode()
        assert not Contactpersoon.objects.filter(naam="B. Voorbeeld").exists()

    def test_a_secret_address_is_for_who_made_it_so(self, client, coordinator, bezoek, wijk):
        gezin = bezoek.gezin
        ander = Client()
        ander.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied))
        assert _doe(client, f"/gezinnen/{gezin.pk}/geheim-adres", gezin, bevestigd="on").status_code == 302
        gezin.refresh_from_db()
        assert (gezin.geheim, gezin.geheim_voor) == (True, coordinator)
        assert gezin.straat in client.get(f"/gezinnen/{gezin.pk}").content.decode()
        assert gezin.straat not in ander.get(f"/gezinnen/{gezin.pk}").content.decode()
        antwoord = _doe(ander, f"/gezinnen/{gezin.pk}/adres-niet-geheim", gezin, bevestigd="on")
        assert "geheim voor een andere" in antwoord.content.decode()
        assert _doe(client, f"/gezinnen/{gezin.pk}/adres-niet-geheim", gezin, bevestigd="on").status_code == 302
        gezin.refresh_from_db()
        assert not gezin.geheim

    def test_after_a_death_only_a_person_ends_the_silence(self, client, bezoek):
        gezin = bezoek.gezin
        kind = bezoek.kinderen.first().pasgeborene_id
        _doe(client, f"/pasgeborenen/{kind}/overlijden", gezin, bevestigd="on")
        gezin.refresh_from_db()
        assert gezin.stil_sinds is not None
        assert "stilte-voorbij" in client.get(f"/gezinnen/{gezin.pk}").content.decode()
        _doe(client, f"/gezinnen/{gezin.pk}/stilte-voorbij", gezin, bevestigd="on", reden="Besproken")
        gezin.refresh_from_db()
        assert gezin.stil_sinds is None

    def test_who_may_not_see_the_family_changes_nothing(self, bezoek, contact, wijk):
        vreemd = Client()
        elders = WijkFactory(gebied=wijk.gebied)
        vreemd.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[elders]))
        for pad in (
            f"/contactpersonen/{contact.pk}/wijzigen",
            f"/contactpersonen/{contact.pk}/verkeerd-nummer",
            f"/gezinnen/{bezoek.gezin_id}/verhuizing",
            f"/gezinnen/{bezoek.gezin_id}/verhaal",
            f"/bezoeken/{bezoek.pk}/bezocht",
        ):
            assert vreemd.get(pad).status_code == 404
        contact.refresh_from_db()
        assert contact.telefoonnummer == "+31612345678"

    def test_two_coordinators_at_one_contact(self, client, bezoek, contact, wijk):
        ander = Client()
        ander.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied, first_name="Fatma"))
        gezien = bezoek.gezin
        _doe(ander, f"/contactpersonen/{contact.pk}/verkeerd-nummer", gezien, bevestigd="on")
        velden = {"naam": "A. Anders", "rol": "moeder", "telefoonnummer": "0612345678", "taal": "nl"}
        antwoord = _doe(client, f"/contactpersonen/{contact.pk}/wijzigen", gezien, **velden)
        assert "Fatma heeft dit net gewijzigd" in antwoord.content.decode()
        assert 'value="A. Anders"' in antwoord.content.decode()
        contact.refresh_from_db()
        assert contact.telefoonnummer == ""

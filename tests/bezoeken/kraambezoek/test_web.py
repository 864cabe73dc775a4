"""Every stop and restore on the site: two clicks, a second confirmation, the same services as the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from bezoeken.kraambezoek.handelingen import VAN_BEZOEK, VAN_GEZIN, VAN_KIND
from ooievaar.platform import clock
from tests.factories import GebiedFactory, GezinFactory, WijkFactory, bezoek_met_kinderen, gebruiker_met_rol
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
def bezoek(wijk):
    return bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk), geboortedatum=clock.vandaag() - timedelta(days=45))


def _doe(client, pad, versie, **velden):
    return client.post(pad, {"versie": versie, "bevestigd": "on", **velden})


def _zonder_bevestiging(client, pad, versie, **velden):
    return client.post(pad, {"versie": versie, **velden})


def test_close_and_open_again_with_a_reason(client, bezoek):
    pad = f"/bezoeken/{bezoek.pk}"
    assert _doe(client, f"{pad}/sluiting", bezoek.versie, afsluitreden="verhuisd")["Location"] == (
        f"/gezinnen/{bezoek.gezin_id}"
    )
    bezoek.refresh_from_db()
    assert (bezoek.status, bezoek.afsluitreden) == ("afgesloten", "verhuisd")
    _doe(client, f"{pad}/herstel", bezoek.versie, reden="Toch niet verhuisd")
    bezoek.refresh_from_db()
    assert bezoek.status == "open"
    tekst = " ".join(client.get(f"/gezinnen/{bezoek.gezin_id}/verhaal").content.decode().split())
    assert 'Het bezoek is gesloten: het gezin is verhuisd. <span class="zacht">(Ans)</span>' in tekst
    assert 'Het bezoek is weer geopend. <span class="zacht">(Ans)</span> Reden: Toch niet verhuisd' in tekst


@pytest.mark.parametrize(
    ("handeling", "velden"),
    [
        ("sluiting", {"afsluitreden": "verhuisd"}),
        ("weigering", {"alles": "bezoek"}),
        ("venster", {"begin": "2027-01-01", "eind": "2027-01-10", "reden": "opVerzoek"}),
    ],
)
def test_without_the_second_confirmation_nothing_happens_and_what_was_typed_stays(client, bezoek, handeling, velden):
    antwoord = _zonder_bevestiging(client, f"/bezoeken/{bezoek.pk}/{handeling}", bezoek.versie, **velden)
    tekst = antwoord.content.decode()
    versie = bezoek.versie
    bezoek.refresh_from_db()
    assert (antwoord.status_code, bezoek.status, bezoek.versie) == (409, "open", versie)
    assert 'href="#id_bevestigd"' in tekst
    for waarde in velden.values():
        assert f'value="{waarde}"' in tekst


def test_refusing_the_visit_is_not_refusing_all_contact(client, bezoek):
    _doe(client, f"/bezoeken/{bezoek.pk}/weigering", bezoek.versie, alles="bezoek")
    bezoek.gezin.refresh_from_db()
    assert bezoek.gezin.contactstop_reden == ""
    bezoek.refresh_from_db()
    assert bezoek.afsluitreden == "geweigerd"


def test_refusing_everything_stops_the_family(client, bezoek):
    _doe(client, f"/bezoeken/{bezoek.pk}/weigering", bezoek.versie, alles="alles")
    bezoek.gezin.refresh_from_db()
    assert bezoek.gezin.contactstop_reden == "geweigerd"


def test_contactstop_and_the_family_asks_for_contact_again(client, bezoek):
    gezin = bezoek.gezin
    bericht = BerichtFactory(gezin=gezin, gepland_op=clock.nu() + timedelta(days=1))
    _doe(client, f"/gezinnen/{gezin.pk}/contactstop", gezin.versie, reden="anders")
    gezin.refresh_from_db()
    bericht.refresh_from_db()
    assert (gezin.contactstop_reden, bericht.status) == ("anders", "geannuleerd")
    assert "Geen contact." in client.get(f"/gezinnen/{gezin.pk}").content.decode()
    _doe(client, f"/gezinnen/{gezin.pk}/weer-contact", gezin.versie, reden="Belde zelf")
    gezin.refresh_from_db()
    bericht.refresh_from_db()
    assert (gezin.contactstop_reden, bericht.status) == ("", "geannuleerd")


def test_a_death_stops_everything_and_a_mistake_is_put_back(client, bezoek):
    kind = bezoek.kinderen.get().pasgeborene
    pad = f"/pasgeborenen/{kind.pk}"
    assert _zonder_bevestiging(client, f"{pad}/overlijden", bezoek.gezin.versie).status_code == 409
    _doe(client, f"{pad}/overlijden", bezoek.gezin.versie)
    bezoek.refresh_from_db()
    bezoek.gezin.refresh_from_db()
    assert (bezoek.status, bezoek.afsluitreden) == ("afgesloten", "vervallen")
    _doe(client, f"{pad}/herstel", bezoek.gezin.versie, reden="Verkeerd gezin")
    bezoek.refresh_from_db()
    kind.refresh_from_db()
    assert (bezoek.status, kind.status) == ("open", "actief")


def test_a_window_that_ends_before_it_begins_and_every_other_fault_at_once(client, bezoek):
    antwoord = _zonder_bevestiging(
        client, f"/bezoeken/{bezoek.pk}/venster", bezoek.versie, begin="2027-02-02", eind="2027-02-01"
    )
    tekst = antwoord.content.decode()
    for veld in ("eind", "reden", "bevestigd"):
        assert f'href="#id_{veld}"' in tekst


def test_moving_the_window(client, bezoek):
    _doe(
        client,
        f"/bezoeken/{bezoek.pk}/venster",
        bezoek.versie,
        begin="2027-02-01",
        eind="2027-02-09",
        reden="opVerzoek",
    )
    bezoek.refresh_from_db()
    assert (str(bezoek.venster_begin), str(bezoek.venster_eind)) == ("2027-02-01", "2027-02-09")


def test_what_a_rule_refuses_is_said_in_words(client, bezoek):
    _doe(client, f"/bezoeken/{bezoek.pk}/sluiting", bezoek.versie, afsluitreden="verhuisd")
    bezoek.refresh_from_db()
    antwoord = _doe(client, f"/bezoeken/{bezoek.pk}/weigering", bezoek.versie, alles="bezoek")
    assert antwoord.status_code == 409
    assert "Dit bezoek is afgesloten" in antwoord.content.decode()


def test_two_coordinators_at_once(client, bezoek, wijk):
    ander = Client()
    ander.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied, first_name="Fatma"))
    gezien = bezoek.versie
    _doe(ander, f"/bezoeken/{bezoek.pk}/venster", gezien, begin="2027-02-01", eind="2027-02-09", reden="opVerzoek")
    antwoord = _doe(client, f"/bezoeken/{bezoek.pk}/sluiting", gezien, afsluitreden="verhuisd")
    assert antwoord.status_code == 409
    assert "Fatma heeft dit net gewijzigd" in antwoord.content.decode()
    bezoek.refresh_from_db()
    assert bezoek.status == "open"
    # She has seen it now: the form holds the new version, and her choice.
    assert f'name="versie" value="{bezoek.versie}"' in antwoord.content.decode()
    assert 'value="verhuisd"' in antwoord.content.decode()


def _paden(bezoek):
    kind = bezoek.kinderen.get().pasgeborene_id
    return (
        [f"/bezoeken/{bezoek.pk}/{h}" for h in VAN_BEZOEK]
        + [f"/gezinnen/{bezoek.gezin_id}/{h}" for h in VAN_GEZIN]
        + [f"/pasgeborenen/{kind}/{h}" for h in VAN_KIND]
    )


def test_looking_at_a_page_changes_nothing(client, bezoek):
    for pad in _paden(bezoek):
        assert client.get(pad).status_code == 200
    versie = bezoek.versie
    bezoek.refresh_from_db()
    assert bezoek.versie == versie


def test_another_wijk_or_an_unknown_action_is_not_found(client, bezoek, wijk):
    ander = Client()
    elders = WijkFactory(gebied=wijk.gebied)
    ander.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[elders]))
    for pad in [*_paden(bezoek), f"/gezinnen/{bezoek.gezin_id}"]:
        assert ander.get(pad).status_code == 404
        if pad != f"/gezinnen/{bezoek.gezin_id}":
            assert _doe(ander, pad, 1, reden="x").status_code == 404
    assert client.get(f"/bezoeken/{bezoek.pk}/onzin").status_code == 404
    bezoek.refresh_from_db()
    assert bezoek.status == "open"

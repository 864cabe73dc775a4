"""Vandaag: everything that waits for a person is there, once, the most urgent and the oldest first, with its action."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bezoeken.intake.normaliseren import Melding
from bezoeken.models import Afspraak, Geboortemelding, Herinneringsregel, Poging, Toewijzing
from bezoeken.vandaag.bronnen import BRONNEN, SOORTEN
from bezoeken.vandaag.selectors import werklijst
from bezoeken.werk import Orde
from ooievaar.models import Afwezigheid
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    WijkFactory,
    bezoek_met_kinderen,
    gebruiker_met_rol,
    toegewezen_bezoek,
)
from tests.factories.notifications import BerichtFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def coordinator(wijk):
    return gebruiker_met_rol("coordinator", gebied=wijk.gebied)


@pytest.fixture
def client(coordinator):
    client = Client()
    client.force_login(coordinator)
    return client


def _geboren(dagen):
    return clock.vandaag() - timedelta(days=dagen)


def _bezoek(wijk, dagen, **velden):
    return bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk), geboortedatum=_geboren(dagen), **velden)


def _gegeven(wijk, dagen, *, aanvaard=True, dagen_geleden=0, **velden):
    bezoek = toegewezen_bezoek(
        OoievaarsmoederFactory(gebied=wijk.gebied),
        aanvaard=aanvaard,
        gezin=GezinFactory(wijk=wijk),
        geboortedatum=_geboren(dagen),
        **velden,
    )
    Toewijzing.objects.filter(bezoek=bezoek).update(toegewezen_op=clock.nu() - timedelta(days=dagen_geleden))
    return bezoek


def _afspraak(bezoek, over_dagen):
    begin = clock.nu() + timedelta(days=over_dagen)
    Afspraak.objects.create(
        bezoek=bezoek,
        ooievaarsmoeder=bezoek.ooievaarsmoeder,
        begin=begin,
        duur_minuten=60,
        periode=(begin, begin + timedelta(hours=1)),
    )


def _melding(wijk, **velden):
    gegevens = Melding("jgz", "k", _geboren(5), voornaam="Noor", achternaam="Wacht-Voorbeeld").als_gegevens()
    return Geboortemelding.objects.create(
        **{
            "gebied": wijk.gebied,
            "bron": "jgz",
            "kenmerk": f"k-{Geboortemelding.objects.count()}",
            "inhoud_hash": "0" * 64,
            "gegevens": gegevens,
            "geboortedatum": _geboren(5),
            "wijk": wijk,
            "status": "teBeoordelen",
            "gemeld_op": clock.nu(),
            **velden,
        }
    )


def _soorten(coordinator):
    """The kind of each subject's line, but for boxes: these tests give nobody any (`test_bronnen` does)."""
    regels = werklijst(coordinator, nu=clock.nu()).regels
    return {regel.onderwerp: regel.soort for regel in regels if regel.soort != "geenDoos"}


@pytest.mark.parametrize(
    ("dagen", "soort"),
    [(30, None), (31, "nietToegewezen"), (52, "nietToegewezen"), (53, "laatsteKans"), (57, "teLaat"), (84, "sluiten")],
)
def test_an_open_visit_comes_up_on_the_days_of_the_rules(coordinator, wijk, dagen, soort):
    bezoek = _bezoek(wijk, dagen)
    assert _soorten(coordinator).get(bezoek.pk) == soort


@pytest.mark.parametrize(
    ("dagen", "soort"), [(48, None), (49, "geenAfspraak"), (53, "laatsteKans"), (57, "teLaat"), (84, "sluiten")]
)
def test_an_accepted_visit_without_an_appointment(coordinator, wijk, dagen, soort):
    bezoek = _gegeven(wijk, dagen)
    assert _soorten(coordinator).get(bezoek.pk) == soort


def test_an_appointment_in_time_needs_nobody_and_one_that_is_too_late_does(coordinator, wijk):
    op_tijd, te_laat = _gegeven(wijk, 54), _gegeven(wijk, 54)
    _afspraak(op_tijd, 1)
    _afspraak(te_laat, 9)
    soorten = _soorten(coordinator)
    assert op_tijd.pk not in soorten
    assert soorten[te_laat.pk] == "laatsteKans"


@pytest.mark.parametrize(("dagen_geleden", "soort"), [(2, None), (3, "geenAntwoord")])
def test_no_answer_in_three_days(coordinator, wijk, dagen_geleden, soort):
    bezoek = _gegeven(wijk, 35, aanvaard=False, dagen_geleden=dagen_geleden)
    assert _soorten(coordinator).get(bezoek.pk) == soort


def test_three_attempts_ask_for_a_decision_whatever_else_holds(coordinator, wijk):
    bezoek = _gegeven(wijk, 58, aantal_pogingen=3)
    Poging.objects.create(
        bezoek=bezoek, moment=clock.nu(), soort="aanDeDeur", uitkomst="nietThuis", gelogd_op=clock.nu()
    )
    assert _soorten(coordinator)[bezoek.pk] == "pogingenOp"


def test_the_days_of_the_gebied_count_also_when_their_message_is_switched_off(coordinator, wijk):
    Herinneringsregel.objects.create(
        gebied=wijk.gebied, soort="nietToegewezen", ontvanger="coordinator", dag=29, actief=False
    )
    bezoek = _bezoek(wijk, 29)
    assert _soorten(coordinator)[bezoek.pk] == "nietToegewezen"


def test_a_moved_window_moves_its_days_along(coordinator, wijk):
    begin = clock.vandaag() + timedelta(days=12)
    bezoek = _bezoek(
        wijk, 45, venster_begin=begin, venster_eind=begin + timedelta(days=14), venster_reden="nogInZiekenhuis"
    )
    assert bezoek.pk not in _soorten(coordinator)


def test_notices_and_messages_that_wait(coordinator, wijk):
    melding = _melding(wijk)
    klaar = _melding(wijk, status="afgewezen")
    mislukt = BerichtFactory(gezin=GezinFactory(wijk=wijk), status="mislukt")
    onzeker = BerichtFactory(gezin=GezinFactory(wijk=wijk), status="onzeker")
    verstuurd = BerichtFactory(gezin=GezinFactory(wijk=wijk), status="verzonden", verzonden_op=clock.nu())
    soorten = _soorten(coordinator)
    assert (soorten[melding.pk], soorten[mislukt.pk], soorten[onzeker.pk]) == ("melding", "mislukt", "onzeker")
    assert klaar.pk not in soorten
    assert verstuurd.pk not in soorten


def test_one_line_for_all_visits_of_a_volunteer_who_is_away(coordinator, wijk):
    bezoek = _gegeven(wijk, 43)
    moeder = bezoek.ooievaarsmoeder
    toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk), geboortedatum=_geboren(44))
    Afwezigheid.objects.create(ooievaarsmoeder=moeder, begin=clock.vandaag(), eind=None)
    regels = [r for r in werklijst(coordinator, nu=clock.nu()).regels if r.soort == "overdragen"]
    assert [(r.onderwerp, r.aantal, r.naam) for r in regels] == [(moeder.pk, 2, moeder.naam)]


def test_only_what_is_hers(wijk):
    elders = WijkFactory(gebied=wijk.gebied)
    _bezoek(elders, 45)
    _melding(elders)
    BerichtFactory(gezin=GezinFactory(wijk=elders), status="mislukt")
    van_een_wijk = gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[wijk])
    assert werklijst(van_een_wijk, nu=clock.nu()).regels == []


def test_urgent_first_and_then_the_oldest(coordinator, wijk):
    nieuw = _melding(wijk)
    oud = _melding(wijk, gemeld_op=clock.nu() - timedelta(days=6))
    laat = _gegeven(wijk, 50)  # no appointment: can wait until the others are done
    regels = [r.onderwerp for r in werklijst(coordinator, nu=clock.nu()).regels if r.soort != "geenDoos"]
    assert regels == [oud.pk, nieuw.pk, laat.pk]
    assert SOORTEN["geenAfspraak"].orde > SOORTEN["melding"].orde > Orde.ALARM


def test_every_line_has_its_one_action_and_the_page_behind_it_opens(client, coordinator, wijk):
    _melding(wijk)
    _gegeven(wijk, 35, aanvaard=False, dagen_geleden=4)
    BerichtFactory(gezin=GezinFactory(wijk=wijk), status="mislukt")
    for dagen in (40, 54, 58, 90):
        _bezoek(wijk, dagen)
    antwoord = client.get("/vandaag")
    regels = antwoord.context["regels"]
    assert len(regels) == 7
    for regel in regels:
        assert f'href="{regel["adres"]}"' in antwoord.content.decode()
        assert client.get(regel["adres"], follow=True).status_code == 200


def test_one_kind_paging_and_nothing_left_out(client, wijk):
    for _nummer in range(30):
        _melding(wijk)
    _bezoek(wijk, 40)
    alles = client.get("/vandaag")
    assert "31 dingen wachten" in alles.content.decode()
    assert len(alles.context["regels"]) == 25
    assert len(client.get("/vandaag?pagina=2").context["regels"]) == 6
    assert len(client.get("/vandaag?soort=nietToegewezen").context["regels"]) == 1
    assert len(client.get("/vandaag?soort=onzin").context["regels"]) == 25


def test_nothing_to_do_says_so(client):
    assert "Er wacht nu niets op u" in client.get("/vandaag").content.decode()


def test_every_source_is_registered_with_kinds_that_lead_somewhere():
    codes = [soort.code for bron in BRONNEN for soort in bron.soorten]
    assert len(codes) == len(set(codes)) >= 11
    for soort in SOORTEN.values():
        assert reverse(soort.naar, args=["00000000-0000-0000-0000-000000000001"])
    assert all((bron.rijen is None) != (bron.regels is None) for bron in BRONNEN)

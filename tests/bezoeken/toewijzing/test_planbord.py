"""Planbord and Ooievaarsmoeders: give one or many, all or nothing, undone in one go; absence leads to her visits."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from bezoeken.models import Afspraak, Bezoek
from bezoeken.toewijzing.doorgeven import voorstellen_voor_samen
from bezoeken.toewijzing.selectors import toewijsfeiten
from ooievaar.models import Apparaat, Koppelcode
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def client(wijk):
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied))
    return client


def _moeder(wijk, **velden):
    return OoievaarsmoederFactory(gebied=wijk.gebied, **velden)


def _bezoek(wijk, dagen=45):
    datum = clock.vandaag() - timedelta(days=dagen)
    return bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk), geboortedatum=datum)


def _van(moeder, wijk, **velden):
    datum = clock.vandaag() - timedelta(days=45)
    return toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk), geboortedatum=datum, **velden)


def _keuzes(*paren):
    return {
        k: v for bezoek, wie in paren for k, v in ((f"naar-{bezoek.pk}", wie), (f"versie-{bezoek.pk}", bezoek.versie))
    }


def _bij(bezoek):
    bezoek.refresh_from_db()
    return bezoek.ooievaarsmoeder


@pytest.mark.parametrize("versie", ["None", "", "1"])
def test_the_board_gives_no_visit_outside_her_reach(client, versie):
    elders = WijkFactory(gebied=GebiedFactory())
    bezoek, moeder = _bezoek(elders), _moeder(elders)
    antwoord = client.post("/planbord", {f"naar-{bezoek.pk}": moeder.pk, f"versie-{bezoek.pk}": versie})
    assert antwoord.status_code == 409
    assert _bij(bezoek) is None


def test_the_board_shows_load_maximum_and_what_nobody_has(client, wijk):
    bezoek, moeder = _bezoek(wijk), _moeder(wijk, maximum_per_week=4)
    _van(moeder, wijk)
    tekst = client.get("/planbord").content.decode()
    assert "Niet toegewezen (1)" in tekst
    assert "1 van 4 in haar drukste week" in tekst
    assert f'name="naar-{bezoek.pk}"' in tekst


def test_give_several_in_one_go_and_undo_it(client, wijk):
    een, twee, drie = _bezoek(wijk), _bezoek(wijk), _bezoek(wijk)
    ans, bea = _moeder(wijk), _moeder(wijk)
    antwoord = client.post("/planbord", _keuzes((een, ans.pk), (twee, bea.pk), (drie, "")), follow=True)
    assert "2 bezoeken zijn gegeven" in antwoord.content.decode()
    assert (_bij(een), _bij(twee), _bij(drie)) == (ans, bea, None)
    client.post("/toewijzingen/terugdraaien", {"naar": "planbord"})
    assert (_bij(een), _bij(twee), een.status) == (None, None, "open")


def test_give_only_the_one_of_the_button(client, wijk):
    een, twee, ans = _bezoek(wijk), _bezoek(wijk), _moeder(wijk)
    client.post("/planbord", {**_keuzes((een, ans.pk), (twee, ans.pk)), "een": twee.pk})
    assert (_bij(een), _bij(twee)) == (None, ans)


def test_a_refusal_leaves_all_of_them_and_leads_to_the_one_it_is_about(client, wijk):
    een, twee = _bezoek(wijk, 50), _bezoek(wijk, 45)
    ans, zonder_vog = _moeder(wijk), _moeder(wijk, vog_datum=None)
    antwoord = client.post("/planbord", _keuzes((een, ans.pk), (twee, zonder_vog.pk)))
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert f'href="#naar-{twee.pk}"' in tekst
    assert "VOG ontbreekt" in tekst
    assert f'value="{ans.pk}" selected' in tekst
    assert (_bij(een), _bij(twee)) == (None, None)


@pytest.mark.parametrize("waarde", ["", "onzin"])
def test_nothing_or_nonsense_chosen(client, wijk, waarde):
    bezoek = _bezoek(wijk)
    antwoord = client.post("/planbord", _keuzes((bezoek, waarde)))
    assert antwoord.status_code == 409
    assert "Kies" in antwoord.content.decode()
    assert _bij(bezoek) is None


def test_somebody_else_was_first(client, wijk):
    bezoek, ans = _bezoek(wijk), _moeder(wijk)
    bezoek.versie += 1
    antwoord = client.post("/planbord", _keuzes((bezoek, ans.pk)))
    assert "net gewijzigd" in antwoord.content.decode()
    assert _bij(bezoek) is None


def test_a_card_that_somebody_else_gave_away_is_named_and_led_to_no_more(client, wijk):
    weg, blijft, ans, bea = _bezoek(wijk), _bezoek(wijk), _moeder(wijk), _moeder(wijk)
    keuzes = _keuzes((weg, ans.pk), (blijft, ans.pk))
    client.post("/planbord", _keuzes((weg, bea.pk)))
    tekst = client.post("/planbord", keuzes).content.decode()
    naam = weg.kinderen.get().pasgeborene.achternaam
    assert re.search(rf"<li>Familie {naam}: [^<]*net gewijzigd", tekst)
    assert f'href="#naar-{weg.pk}"' not in tekst
    # What she chose for the others stays.
    assert f'value="{ans.pk}" selected' in tekst
    assert (_bij(weg), _bij(blijft)) == (bea, None)


def test_a_visit_of_another_wijk_is_not_given(client, wijk):
    vreemd = _bezoek(WijkFactory(gebied=GebiedFactory()))
    assert client.post("/planbord", _keuzes((vreemd, _moeder(wijk).pk))).status_code == 409
    assert _bij(vreemd) is None


def test_the_first_proposals_together_respect_each_maximum(wijk):
    bezoeken = [_bezoek(wijk) for _nummer in range(3)]
    _moeder(wijk, maximum_per_week=1, wijken=[wijk])
    _moeder(wijk, maximum_per_week=1)
    feiten = toewijsfeiten(Bezoek.objects.all(), nu=clock.nu())
    samen = voorstellen_voor_samen(feiten, [b.pk for b in bezoeken])
    eersten = [samen[b.pk][0].moeder.id for b in bezoeken if samen[b.pk]]
    assert len(eersten) == len(set(eersten)) == 2


def test_absence_leads_to_her_visits_and_they_move_in_one_go_and_back(client, wijk):
    ans, bea = _moeder(wijk), _moeder(wijk)
    een, twee = _van(ans, wijk), _van(ans, wijk)
    begin = clock.nu() + timedelta(days=1)
    afspraak = {"begin": begin, "duur_minuten": 60, "periode": (begin, begin + timedelta(hours=1))}
    Afspraak.objects.create(bezoek=een, ooievaarsmoeder=ans, **afspraak)
    Bezoek.objects.filter(pk=een.pk).update(status="gepland")
    pad = f"/ooievaarsmoeders/{ans.pk}"
    antwoord = client.post(f"{pad}/afwezig", {"begin": clock.vandaag(), "reden": "ziek"}, follow=True)
    tekst = antwoord.content.decode()
    assert antwoord.redirect_chain[-1][0] == f"{pad}/overdragen"
    assert tekst.count(f'value="{bea.pk}" selected') == 2
    een.refresh_from_db()
    twee.refresh_from_db()
    client.post(f"{pad}/overdragen", _keuzes((een, bea.pk), (twee, "niemand")))
    assert (_bij(een), _bij(twee)) == (bea, None)
    assert "U gaf net 2 bezoeken door" in client.get("/vandaag").content.decode()
    client.post("/toewijzingen/terugdraaien")
    assert (_bij(een), _bij(twee)) == (ans, ans)
    assert (een.status, twee.status) == ("gepland", "toegewezen")
    assert een.aanvaard_op is not None
    assert "niets meer om terug te draaien" in client.post("/toewijzingen/terugdraaien", follow=True).content.decode()


def test_undo_leaves_what_somebody_changed_since(client, wijk):
    ans, bea = _moeder(wijk), _moeder(wijk)
    bezoek = _van(ans, wijk)
    client.post(f"/ooievaarsmoeders/{ans.pk}/overdragen", _keuzes((bezoek, bea.pk)))
    Bezoek.objects.filter(pk=bezoek.pk).update(aanvaard_op=clock.nu())
    tekst = client.post("/toewijzingen/terugdraaien", follow=True).content.decode()
    assert "iemand heeft het intussen gewijzigd" in tekst
    assert _bij(bezoek) == bea


def test_papers_are_changed_with_all_faults_at_once(client, wijk):
    moeder = _moeder(wijk)
    pad = f"/ooievaarsmoeders/{moeder.pk}"
    fout = client.post(pad, {"versie": moeder.versie, "maximum_per_week": "veel", "vog_datum": "2999-01-01"})
    assert fout.status_code == 409
    assert 'href="#id_maximum_per_week"' in fout.content.decode()
    assert 'href="#id_vog_datum"' in fout.content.decode()
    gegevens = {"maximum_per_week": 3, "vog_datum": clock.vandaag(), "actief": "on", "training_afgerond": "on"}
    client.post(pad, {"versie": moeder.versie, **gegevens})
    moeder.refresh_from_db()
    assert (moeder.maximum_per_week, moeder.verklaring_getekend) == (3, False)
    assert "net gewijzigd" in client.post(pad, {"versie": 1, **gegevens}).content.decode()


def test_a_phone_is_paired_by_code_and_qr_and_revoked(client, wijk):
    moeder = _moeder(wijk)
    pad = f"/ooievaarsmoeders/{moeder.pk}"
    assert client.get(f"{pad}/koppelcode").status_code == 405
    tekst = client.post(f"{pad}/koppelcode").content.decode()
    assert Koppelcode.objects.count() == 1
    assert 'src="data:image/svg+xml' in tekst
    moeder.refresh_from_db()
    telefoon = Apparaat.objects.create(gebruiker=moeder.gebruiker, naam="Telefoon", gekoppeld_op=clock.nu())
    client.post(f"{pad}/telefoons", {"apparaat": telefoon.pk})
    telefoon.refresh_from_db()
    assert telefoon.ingetrokken_op is not None
    assert client.post(f"{pad}/telefoons", {"apparaat": "onzin"}).status_code == 404


def test_a_volunteer_of_another_area_is_not_found(client):
    vreemd = OoievaarsmoederFactory()
    for pad, methode in (
        ("", client.get),
        ("/overdragen", client.get),
        ("/koppelcode", client.post),
        ("/afwezig", client.post),
    ):
        assert methode(f"/ooievaarsmoeders/{vreemd.pk}{pad}").status_code == 404

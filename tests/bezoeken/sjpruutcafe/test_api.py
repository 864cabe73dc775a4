"""The calls about cafés, as api.md fixes them: shapes, rights per role, refusals."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from unittest import mock

import pytest
from django.test import Client
from icalendar import Calendar

from bezoeken.models import Cafeaanmelding, Cafeuitnodiging, Sjpruutcafe
from ooievaar.kalender import AMSTERDAM
from ooievaar.models import RolToekenning
from ooievaar.platform import clock
from tests.factories import (
    CafeplaatsFactory,
    GebiedFactory,
    SjpruutcafeFactory,
    WijkFactory,
    cafegezin,
    gebruiker_met_rol,
    toegewezen_bezoek,
)

pytestmark = pytest.mark.django_db
PAD = "/api/v1/sjpruutcafes"


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def coordinator(als, gebied):
    return als("coordinator", gebied=gebied)


def gegevens(**velden):
    begin = (clock.nu() + timedelta(days=9)).replace(microsecond=0)
    basis = {
        "begin": begin.isoformat(),
        "duurMinuten": 90,
        "plaats": "Buurthuis Voorbeeld",
        "thema": "opvoeding",
        "capaciteitVolwassenen": 4,
        "capaciteitKinderen": 6,
    }
    return {**basis, **velden}


class TestPlannen:
    def test_a_café_with_the_name_of_a_new_place(self, coordinator):
        antwoord = coordinator.post(PAD, gegevens(), format="json")
        assert antwoord.status_code == 201
        assert antwoord["ETag"] == '"1"'
        cafe = antwoord.json()
        assert antwoord["Location"] == f"{PAD}/{cafe['id']}"
        verwacht = {
            "plaats": "Buurthuis Voorbeeld", "thema": "opvoeding", "workshop": False, "status": "gepland",
            "capaciteitVolwassenen": 4, "vrijVolwassenen": 4, "vrijKinderen": 6, "aangemeld": 0, "wachtlijst": 0,
            "gastvrouwen": [], "reeks": None, "duurMinuten": 90,
        }  # fmt: skip
        assert verwacht.items() <= cafe.items()
        # The same name is the same place.
        assert coordinator.post(PAD, gegevens(), format="json").json()["cafeplaats"] == cafe["cafeplaats"]
        assert cafe["id"] in {rij["id"] for rij in coordinator.get(PAD).json()["results"]}

    def test_all_faults_at_once(self, coordinator):
        antwoord = coordinator.post(PAD, gegevens(thema="sport", capaciteitVolwassenen=0, extra=1), format="json")
        assert antwoord.status_code == 400
        assert {f["name"] for f in antwoord.json()["invalidParams"]} == {"thema", "capaciteitVolwassenen", "extra"}
        voorbij = coordinator.post(PAD, gegevens(begin="2020-01-01T10:00:00Z"), format="json")
        assert voorbij.json()["invalidParams"][0]["code"] == "inVerleden"
        onbekend = coordinator.post(PAD, gegevens(gastvrouwen=["niemand"]), format="json")
        assert onbekend.json()["invalidParams"][0]["name"] == "gastvrouwen"

    def test_a_series_on_the_clock_over_both_nights(self, coordinator):
        reeks = gegevens(eersteDag="2027-03-21", laatsteDag="2027-11-07", weken=1, tijd="10:00", thema="kinderEhbo")
        del reeks["begin"]
        antwoord = coordinator.post("/api/v1/sjpruutcafereeksen", reeks, format="json")
        assert antwoord.status_code == 201
        rijen = Sjpruutcafe.objects.filter(reeks=antwoord.json()["id"]).order_by("begin")
        assert len(rijen) == len(antwoord.json()["sjpruutcafes"]) == 34
        assert {rij.begin.astimezone(AMSTERDAM).time() for rij in rijen} == {time(10)}
        assert len({rij.begin.time() for rij in rijen}) == 2  # 9.00 and 8.00 UTC
        # One of them is moved; the others stay.
        een = rijen[0]
        coordinator.patch(f"{PAD}/{een.pk}", {"begin": "2027-03-22T13:30:00+01:00"}, format="json")
        een.refresh_from_db()
        assert (een.dag, een.tijd, een.reeks_dag) == (date(2027, 3, 22), time(13, 30), date(2027, 3, 21))
        assert rijen[1].dag == date(2027, 3, 28)

    def test_move_call_off_and_an_old_version(self, coordinator, gebied):
        cafe = SjpruutcafeFactory(gebied=gebied)
        oud = coordinator.get(f"{PAD}/{cafe.pk}")["ETag"]
        goed = coordinator.patch(f"{PAD}/{cafe.pk}", {"capaciteitKinderen": 3}, format="json", HTTP_IF_MATCH=oud)
        assert (goed.status_code, goed.json()["capaciteitKinderen"]) == (200, 3)
        assert coordinator.patch(f"{PAD}/{cafe.pk}", {}, format="json", HTTP_IF_MATCH=oud).status_code == 412
        af = coordinator.post(f"{PAD}/{cafe.pk}/afgelasting", {}, format="json")
        assert (af.status_code, af.json()["status"]) == (200, "afgelast")
        assert (
            coordinator.patch(f"{PAD}/{cafe.pk}", {"thema": "voorlezen"}, format="json").json()["code"]
            == "cafeAfgelast"
        )

    def test_fewer_chairs_than_people(self, coordinator, gebied):
        cafe = SjpruutcafeFactory(gebied=gebied)
        gezin = cafegezin(gebied=gebied)
        coordinator.post(f"{PAD}/{cafe.pk}/aanmeldingen", {"gezin": str(gezin.pk), "volwassenen": 2}, format="json")
        antwoord = coordinator.patch(f"{PAD}/{cafe.pk}", {"capaciteitVolwassenen": 1}, format="json")
        assert (antwoord.status_code, antwoord.json()["code"]) == (409, "capaciteitTeKlein")


class TestAanmelden:
    def test_in_and_then_waiting_and_the_first_answer_again(self, coordinator, gebied):
        cafe = SjpruutcafeFactory(gebied=gebied, capaciteit_volwassenen=1)
        een, twee = cafegezin(gebied=gebied), cafegezin(gebied=gebied)
        lichaam = {"gezin": str(een.pk), "volwassenen": 1, "kinderen": 1}
        eerste = coordinator.post(f"{PAD}/{cafe.pk}/aanmeldingen", lichaam, format="json")
        assert (eerste.status_code, eerste.json()["status"]) == (201, "aangemeld")
        weer = coordinator.post(f"{PAD}/{cafe.pk}/aanmeldingen", {**lichaam, "kinderen": 2}, format="json")
        assert (weer.status_code, weer.json()) == (200, eerste.json())
        tweede = coordinator.post(f"{PAD}/{cafe.pk}/aanmeldingen", {"gezin": str(twee.pk)}, format="json")
        assert tweede.json()["status"] == "wachtlijst"
        rijen = coordinator.get(f"{PAD}/{cafe.pk}/aanmeldingen").json()["results"]
        assert [(rij["status"], rij["namen"]) for rij in rijen] == [("aangemeld", ["Noor"]), ("wachtlijst", ["Noor"])]
        weg = coordinator.delete(f"{PAD}/{cafe.pk}/aanmeldingen/{eerste.json()['id']}")
        assert weg.status_code == 204
        aanname = coordinator.post(f"{PAD}/{cafe.pk}/aanmeldingen/{tweede.json()['id']}/aanname", {}, format="json")
        assert (aanname.status_code, aanname.json()["code"]) == (409, "geenAanbod")

    def test_a_volunteer_only_her_own_families(self, als, gebied):
        zij = als("ooievaarsmoeder", gebied=gebied)
        bezoek = toegewezen_bezoek(zij.gebruiker.ooievaarsmoeder)
        cafe = SjpruutcafeFactory(gebied=gebied)
        vreemd = cafegezin(gebied=gebied)
        goed = zij.post(f"{PAD}/{cafe.pk}/aanmeldingen", {"gezin": str(bezoek.gezin_id)}, format="json")
        assert (goed.status_code, goed.json()["aangemeldVia"]) == (201, "telefoon")
        assert zij.post(f"{PAD}/{cafe.pk}/aanmeldingen", {"gezin": str(vreemd.pk)}, format="json").status_code == 404
        assert zij.get(f"{PAD}/{cafe.pk}/aanmeldingen").status_code == 403

    def test_jens_sees_cafés_and_no_sign_ups(self, als, coordinator, gebied):
        cafe = SjpruutcafeFactory(gebied=gebied)
        gezin = cafegezin(gebied=gebied)
        coordinator.post(f"{PAD}/{cafe.pk}/aanmeldingen", {"gezin": str(gezin.pk)}, format="json")
        gezien = als("jens", gebied=gebied).get(f"{PAD}/{cafe.pk}").json()
        aantallen = ("vrijVolwassenen", "vrijKinderen", "aangemeld", "wachtlijst", "uitgenodigd", "gekomenKinderen")
        assert {gezien[naam] for naam in aantallen} == {None}
        assert gezien["capaciteitVolwassenen"] == 10

    def test_a_host_has_the_list_of_her_own_cafés_around_their_day(self, als, gebied):
        zij, ander = als("gastvrouw", gebied=gebied), gebruiker_met_rol("gastvrouw", gebied=gebied)
        van_haar = SjpruutcafeFactory(
            gebied=gebied, dag=clock.vandaag() + timedelta(days=3), gastvrouwen=[zij.gebruiker]
        )
        van_niemand = SjpruutcafeFactory(gebied=gebied, dag=clock.vandaag() + timedelta(days=3))
        van_ander = SjpruutcafeFactory(gebied=gebied, dag=clock.vandaag() + timedelta(days=3), gastvrouwen=[ander])
        later = SjpruutcafeFactory(gebied=gebied, dag=clock.vandaag() + timedelta(days=9), gastvrouwen=[zij.gebruiker])
        status = [zij.get(f"{PAD}/{c.pk}/aanmeldingen").status_code for c in (van_haar, van_niemand, van_ander, later)]
        assert status == [200, 200, 404, 404]
        # An invited family she may sign up, another one she does not know.
        genood, vreemd = cafegezin(gebied=gebied), cafegezin(gebied=gebied)
        Cafeuitnodiging.objects.create(
            cafe=van_haar, gezin=genood, reden="regel", dag=clock.vandaag(), uitgenodigd_op=clock.nu()
        )
        pad = f"{PAD}/{van_haar.pk}/aanmeldingen"
        assert zij.post(pad, {"gezin": str(genood.pk)}, format="json").json()["aangemeldVia"] == "gastvrouw"
        assert zij.post(pad, {"gezin": str(vreemd.pk)}, format="json").status_code == 404

    def test_who_hosts_elsewhere_is_no_host_here(self, als, gebied):
        zij = als("gastvrouw")
        RolToekenning.objects.create(gebruiker=zij.gebruiker, gebied=gebied, rol="ooievaarsmoeder")
        cafe, genood = SjpruutcafeFactory(gebied=gebied), cafegezin(gebied=gebied)
        Cafeuitnodiging.objects.create(
            cafe=cafe, gezin=genood, reden="regel", dag=clock.vandaag(), uitgenodigd_op=clock.nu()
        )
        antwoord = zij.post(f"{PAD}/{cafe.pk}/aanmeldingen", {"gezin": str(genood.pk)}, format="json")
        assert antwoord.status_code == 404


class TestUitnodigingen:
    def test_previewed_then_sent_by_rule(self, coordinator, gebied):
        cafe = SjpruutcafeFactory(gebied=gebied)
        wijk = WijkFactory(gebied=gebied)
        gezin, ver = cafegezin(wijk=wijk), cafegezin(wijk=WijkFactory(gebied=gebied, lengtegraad=6.1))
        pad = f"{PAD}/{cafe.pk}/uitnodigingen"
        proef = coordinator.post(pad, {"proef": True}, format="json").json()
        assert (proef["aantal"], proef["uitgenodigd"]) == (1, [str(gezin.pk)])
        assert [(r["reden"], r["aantal"]) for r in proef["overgeslagen"]] == [("teVer", 1)]
        assert not Cafeuitnodiging.objects.exists()
        assert coordinator.post(pad, {}, format="json").json()["aantal"] == 1
        # By hand also somebody who lives far away; never twice a week.
        hand = coordinator.post(pad, {"gezinnen": [str(gezin.pk), str(ver.pk)]}, format="json").json()
        assert hand["uitgenodigd"] == [str(ver.pk)]
        assert [r["reden"] for r in hand["overgeslagen"]] == ["onlangs"]


class TestAanwezigheid:
    def test_came_or_not_walk_ins_and_children_counted(self, coordinator, gebied):
        cafe = SjpruutcafeFactory(gebied=gebied, dag=clock.vandaag(), tijd=time(0, 1))
        kwam, niet = cafegezin(gebied=gebied), cafegezin(gebied=gebied)
        for nummer, gezin in enumerate((kwam, niet)):
            Cafeaanmelding.objects.create(
                cafe=cafe, gezin=gezin, status="aangemeld", volgnummer=nummer, via="link", aangemeld_op=clock.nu()
            )
        gasten = [
            {"gezin": str(kwam.pk), "volwassenen": 1, "kinderen": 2},
            {"gezin": str(niet.pk), "gekomen": False},
            {"volwassenen": 2, "kinderen": 3},
        ]
        pad = f"{PAD}/{cafe.pk}/aanwezigheid"
        for _keer in range(2):
            antwoord = coordinator.put(pad, {"gasten": gasten}, format="json")
            assert antwoord.status_code == 200
            assert (antwoord.json()["volwassenen"], antwoord.json()["kinderen"]) == (3, 5)
        assert len(antwoord.json()["gasten"]) == 3
        gezien = coordinator.get(f"{PAD}/{cafe.pk}").json()
        assert (gezien["gekomenVolwassenen"], gezien["gekomenKinderen"]) == (3, 5)
        vreemd = cafegezin()
        fout = coordinator.put(pad, {"gasten": [{"gezin": str(vreemd.pk), "volwassenen": 1}, {}]}, format="json")
        assert [f["name"] for f in fout.json()["invalidParams"]] == ["gasten.0.gezin", "gasten.1.volwassenen"]

    def test_not_before_it_begins(self, coordinator, gebied):
        cafe = SjpruutcafeFactory(gebied=gebied)
        antwoord = coordinator.put(f"{PAD}/{cafe.pk}/aanwezigheid", {"gasten": []}, format="json")
        assert (antwoord.status_code, antwoord.json()["code"]) == (409, "nogNietBegonnen")


class TestAgenda:
    def test_one_café_for_a_calendar(self, als, gebied):
        cafe = SjpruutcafeFactory(gebied=gebied, dag=date(2027, 3, 28))
        antwoord = als("jens", gebied=gebied).get(f"{PAD}/{cafe.pk}/agenda")
        assert antwoord["Content-Type"] == "text/calendar; charset=utf-8"
        [rij] = Calendar.from_ical(antwoord.content).walk("VEVENT")
        assert rij.decoded("dtstart") == datetime(2027, 3, 28, 10, tzinfo=AMSTERDAM)
        assert rij.decoded("dtend") == datetime(2027, 3, 28, 12, tzinfo=AMSTERDAM)
        assert str(rij["location"]) == f"{cafe.plaats.naam}, Wiegpad 1, Heerlen"
        assert als("coordinator").get(f"{PAD}/{cafe.pk}/agenda").status_code == 404

    def test_a_feed_for_who_has_the_link_until_it_is_revoked(self, coordinator, gebied):
        cafe = SjpruutcafeFactory(gebied=gebied)
        SjpruutcafeFactory(gebied=gebied, status="afgelast", afgelast_op=clock.nu(), tijd=time(14))
        SjpruutcafeFactory()
        gezin = cafegezin(gebied=gebied)
        coordinator.post(f"{PAD}/{cafe.pk}/aanmeldingen", {"gezin": str(gezin.pk)}, format="json")
        feed = coordinator.post("/api/v1/agendafeeds", {"naam": "balie"}, format="json")
        assert feed.status_code == 201
        pad = feed.json()["adres"].partition("8000")[2] or feed.json()["adres"].partition("testserver")[2]
        antwoord = Client().get(pad)
        assert antwoord["Content-Type"] == "text/calendar; charset=utf-8"
        tekst = antwoord.content.decode()
        assert [str(e["status"]) for e in Calendar.from_ical(tekst).walk("VEVENT")] == ["CONFIRMED", "CANCELLED"]
        assert "Noor" not in tekst
        assert str(gezin.pk) not in tekst
        assert "adres" not in coordinator.get("/api/v1/agendafeeds").json()["results"][0]
        assert coordinator.delete(f"/api/v1/agendafeeds/{feed.json()['id']}").status_code == 204
        assert Client().get(pad).status_code == 404
        assert Client().get("/cafes/agenda/onzin.ics").status_code == 404

    def test_a_moved_café_is_the_same_event_with_a_higher_sequence(self, coordinator, gebied):
        cafe = SjpruutcafeFactory(gebied=gebied)

        def rij():
            antwoord = coordinator.get(f"{PAD}/{cafe.pk}/agenda")
            [een] = Calendar.from_ical(antwoord.content).walk("VEVENT")
            return een

        eerst = rij()
        coordinator.patch(f"{PAD}/{cafe.pk}", {"begin": gegevens()["begin"]}, format="json")
        daarna = rij()
        assert eerst["uid"] == daarna["uid"]
        assert daarna["sequence"] > eerst["sequence"]


def test_places(coordinator, gebied):
    wijk = WijkFactory(gebied=gebied)
    nieuw = coordinator.post("/api/v1/cafeplaatsen", {"naam": "Bibliotheek", "wijk": wijk.code}, format="json")
    assert (nieuw.status_code, nieuw.json()["wijk"]) == (201, wijk.code)
    dubbel = coordinator.post("/api/v1/cafeplaatsen", {"naam": "Bibliotheek"}, format="json")
    assert dubbel.json()["invalidParams"][0]["code"] == "bestaatAl"
    pad = f"/api/v1/cafeplaatsen/{nieuw.json()['id']}"
    half = coordinator.patch(pad, {"lengtegraad": 6.0, "wijk": "WK999999"}, format="json")
    assert {f["name"] for f in half.json()["invalidParams"]} == {"breedtegraad", "wijk"}
    assert coordinator.post(PAD, gegevens(plaats=nieuw.json()["id"]), format="json").json()["plaats"] == "Bibliotheek"
    vreemd = CafeplaatsFactory()
    assert coordinator.post(PAD, gegevens(plaats=str(vreemd.pk)), format="json").status_code == 400


def test_the_sweeps_are_known_to_celery():
    from bezoeken.sjpruutcafe import tasks
    from config.celery import app

    namen = {regel["task"] for regel in app.conf.beat_schedule.values()}
    assert {tasks.cafes.name, tasks.cafe_uitnodigingen.name} <= namen
    with (
        mock.patch.object(tasks, "cafes_bewaken") as bewaken,
        mock.patch.object(tasks, "uitnodigingen_plannen") as plan,
    ):
        tasks.cafes()
        tasks.cafe_uitnodigingen()
    assert bewaken.called
    assert plan.called

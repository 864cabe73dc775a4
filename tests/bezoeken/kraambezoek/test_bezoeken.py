"""GET /bezoeken and /bezoeken/{id}; acceptance, appointment, attempts."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from bezoeken.models import Afspraak
from ooievaar.platform import clock
from tests.factories import GezinFactory, WijkFactory, bezoek_met_kinderen, toegewezen_bezoek
from voorraad.models import Reservering

pytestmark = pytest.mark.django_db


def test_the_list_costs_three_queries_for_2_visits_as_for_50(als, django_assert_num_queries):
    wijk = WijkFactory()
    client = als("coordinator", gebied=wijk.gebied)
    for aantal in (2, 48):
        for _ in range(aantal):
            bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk))
        with django_assert_num_queries(3):
            antwoord = client.get("/api/v1/bezoeken?pageSize=100").json()
        assert antwoord["count"] == len(antwoord["results"])
    assert antwoord["count"] == 50


def test_an_ooievaarsmoeder_sees_her_own_and_before_accepting_only_wijk_and_language(wereld):
    w = wereld()
    bezoek_met_kinderen(gezin=GezinFactory(wijk=w.gezin.wijk))
    (mijn,) = w.zij.get("/api/v1/bezoeken").json()["results"]
    assert (mijn["gezin"], mijn["pasgeborenen"], mijn["geboortedatum"]) == (None, None, None)
    assert (mijn["wijk"], mijn["taal"]) == (w.gezin.wijk.code, "nl")
    w.zij.post(f"{w.pad}/aanvaarding", {}, format="json")
    assert w.zij.get(w.pad).json()["gezin"] == str(w.gezin.pk)
    assert w.coordinator.get("/api/v1/bezoeken").json()["count"] == 2


def test_a_coordinator_of_some_wijken_sees_those_only(als):
    hier, daar = WijkFactory(), None
    daar = WijkFactory(gebied=hier.gebied)
    bezoek_met_kinderen(gezin=GezinFactory(wijk=hier))
    elders = bezoek_met_kinderen(gezin=GezinFactory(wijk=daar))
    client = als("coordinator", gebied=hier.gebied, wijken=[hier])
    assert [b["wijk"] for b in client.get("/api/v1/bezoeken").json()["results"]] == [hier.code]
    assert client.get(f"/api/v1/bezoeken/{elders.pk}").status_code == 404


@pytest.mark.parametrize(
    ("dagen", "fase"), [(27, "wachten"), (28, "voorbereiden"), (42, "inVenster"), (57, "teLaat"), (85, "verlopen")]
)
def test_the_filter_on_phase_finds_what_the_phase_says(als, dagen, fase):
    wijk = WijkFactory()
    client = als("coordinator", gebied=wijk.gebied)
    for leeftijd in (27, 28, 42, 57, 85):
        bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk), geboortedatum=clock.vandaag() - timedelta(days=leeftijd))
    gevonden = client.get(f"/api/v1/bezoeken?fase={fase}").json()["results"]
    assert [(b["geboortedatum"], b["fase"]) for b in gevonden] == [
        ((clock.vandaag() - timedelta(days=dagen)).isoformat(), fase)
    ]


def test_acceptance_reserves_a_box_per_child_as_far_as_there_are(wereld):
    w = wereld(dozen=1, kinderen=2)
    for _keer in range(2):
        assert w.zij.post(f"{w.pad}/aanvaarding", {}, format="json").status_code == 200
    assert Reservering.objects.filter(status="actief").count() == 1


def test_declining_opens_the_visit_again_and_ends_her_view(wereld):
    w = wereld()
    assert w.zij.post(f"{w.pad}/afwijzing", {"reden": "geenTijd"}, format="json").status_code == 204
    assert w.zij.get(w.pad).status_code == 404
    assert w.coordinator.get(w.pad).json()["status"] == "open"
    assert w.coordinator.post(f"{w.pad}/aanvaarding", {}, format="json").json()["code"] == "nietToegewezen"


def test_two_appointments_at_once_are_refused_by_the_database(wereld):
    w = wereld(aanvaard=True)
    ander = toegewezen_bezoek(w.moeder, gezin=GezinFactory(wijk=w.gezin.wijk))
    dinsdag = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)
    assert w.zij.put(f"{w.pad}/afspraak", {"begin": dinsdag.isoformat()}, format="json").status_code == 200
    later = (dinsdag + timedelta(minutes=59)).isoformat()
    antwoord = w.zij.put(f"/api/v1/bezoeken/{ander.pk}/afspraak", {"begin": later}, format="json")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "dubbeleAfspraak")
    uur_later = (dinsdag + timedelta(minutes=60)).isoformat()
    antwoord = w.zij.put(f"/api/v1/bezoeken/{ander.pk}/afspraak", {"begin": uur_later}, format="json")
    assert antwoord.json()["afspraak"] == {"begin": "2027-01-12T11:00:00Z", "duurMinuten": 60}


@pytest.mark.parametrize("begin", ["2027-01-10T10:00:00+01:00", "2027-01-12T20:00:00+01:00", "2027-04-27T10:00:00Z"])
def test_outside_the_visiting_hours_is_asked_about(wereld, begin):
    w = wereld(aanvaard=True)
    antwoord = w.zij.put(f"{w.pad}/afspraak", {"begin": begin}, format="json")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "buitenBezoekuren")
    assert w.zij.put(f"{w.pad}/afspraak", {"begin": begin, "toch": True}, format="json").status_code == 200


def test_moving_an_appointment_keeps_the_old_one_in_the_history(wereld):
    w = wereld(aanvaard=True)
    etags = set()
    for uur in (10, 12, 12):
        antwoord = w.zij.put(f"{w.pad}/afspraak", {"begin": f"2027-01-12T{uur}:00:00Z"}, format="json")
        etags.add(antwoord["ETag"])
    assert Afspraak.objects.filter(vervallen_op__isnull=True).count() == 1
    assert Afspraak.objects.count() == 2
    assert len(etags) == 2


def test_a_fourth_attempt_is_stored_with_a_warning_and_moving_does_not_count(wereld):
    w = wereld(aanvaard=True)
    uitkomsten = ["nietThuis", "verplaatst", "nietThuis", "geenGehoor", "nietThuis"]
    for uren, uitkomst in zip(itertools.count(50, -10), uitkomsten, strict=False):
        lichaam = {
            "moment": (clock.nu() - timedelta(hours=uren)).isoformat(),
            "soort": "telefoon",
            "uitkomst": uitkomst,
        }
        antwoord = w.zij.post(f"{w.pad}/pogingen", lichaam, format="json")
        assert antwoord.status_code == 201
    codes = [p["waarschuwingen"] for p in antwoord.json()["pogingen"]]
    assert "vierdePoging" in codes[-1]
    assert all("vierdePoging" not in c for c in codes[:-1])


def test_a_knock_before_the_announcement_is_stored_with_a_warning(wereld):
    w = wereld(aanvaard=True)
    lichaam = {"moment": clock.nu().isoformat(), "soort": "aanDeDeur", "uitkomst": "nietThuis"}
    antwoord = w.zij.post(f"{w.pad}/pogingen", lichaam, format="json").json()
    assert antwoord["pogingen"][0]["waarschuwingen"] == ["voorAankondiging"]


def test_an_old_version_is_refused_and_says_who_changed_it_when(wereld):
    w = wereld(aanvaard=True)
    oud = w.zij.get(w.pad)["ETag"]
    lichaam = {"moment": clock.nu().isoformat(), "soort": "telefoon", "uitkomst": "geenGehoor"}
    assert w.zij.post(f"{w.pad}/pogingen", lichaam, format="json", HTTP_IF_MATCH=oud).status_code == 201
    antwoord = w.coordinator.post(
        f"{w.pad}/sluiting", {"afsluitreden": "nietBereikt"}, format="json", HTTP_IF_MATCH=oud
    )
    assert antwoord.status_code == 412
    assert antwoord.json()["gewijzigdDoor"] == w.zij.gebruiker.first_name
    assert antwoord.json()["gewijzigdOp"].endswith("Z")


def test_the_same_key_gives_the_first_answer_again(wereld):
    w = wereld(aanvaard=True)
    lichaam = {"moment": clock.nu().isoformat(), "soort": "telefoon", "uitkomst": "geenGehoor"}
    sleutel = {"HTTP_IDEMPOTENCY_KEY": "telefoon-1"}
    eerste = w.zij.post(f"{w.pad}/pogingen", lichaam, format="json", **sleutel)
    tweede = w.zij.post(f"{w.pad}/pogingen", lichaam, format="json", **sleutel)
    assert (eerste.status_code, eerste.json()) == (tweede.status_code, tweede.json())
    assert tweede["Idempotency-Replayed"] == "true"
    assert len(tweede.json()["pogingen"]) == 1
    ander = w.zij.post(f"{w.pad}/pogingen", {**lichaam, "soort": "brief"}, format="json", **sleutel)
    assert (ander.status_code, ander.json()["code"]) == (409, "andereInhoud")


def test_the_window_moves_and_a_catch_up_visit_has_its_own(wereld):
    w = wereld(aanvaard=True)
    begin = clock.vandaag() + timedelta(days=10)
    venster = {"begin": begin.isoformat(), "eind": (begin + timedelta(days=14)).isoformat()}
    antwoord = w.coordinator.put(f"{w.pad}/venster", {**venster, "reden": "nogInZiekenhuis"}, format="json")
    assert (antwoord.json()["venster"], antwoord.json()["fase"]) == (venster, "voorbereiden")
    inhaal = {"pasgeborene": w.kinderen[0], "venster": venster, "reden": "wijk startte later"}
    assert w.coordinator.post("/api/v1/bezoeken", inhaal, format="json").json()["code"] == "heeftBezoek"
    w.coordinator.post(f"{w.pad}/sluiting", {"afsluitreden": "geenCapaciteit"}, format="json")
    antwoord = w.coordinator.post("/api/v1/bezoeken", inhaal, format="json")
    assert (antwoord.status_code, antwoord.json()["soort"]) == (201, "inhaal")


@pytest.mark.parametrize("begin", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
@pytest.mark.parametrize("toch", [True, False])
def test_an_appointment_at_the_end_of_the_calendar_is_refused(wereld, begin, toch):
    w = wereld(aanvaard=True)
    antwoord = w.zij.put(f"{w.pad}/afspraak", {"begin": begin, "duurMinuten": 480, "toch": toch}, format="json")
    assert (antwoord.status_code, antwoord.json()["invalidParams"][0]["name"]) == (400, "begin")


def test_a_window_at_the_end_of_the_calendar_is_refused(wereld):
    """Its phase could not be computed any more, in every list in which it stands."""
    w = wereld()
    lichaam = {"begin": "9999-12-01", "eind": "9999-12-31", "reden": "opVerzoek"}
    antwoord = w.coordinator.put(f"{w.pad}/venster", lichaam, format="json")
    assert [fout["name"] for fout in antwoord.json()["invalidParams"]] == ["begin", "eind"]

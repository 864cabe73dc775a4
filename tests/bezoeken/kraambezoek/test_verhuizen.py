"""POST /gezinnen/{id}/verhuizing (domain.md, rule 6; api.md, Settled details: Move)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bezoeken.herinneren.services import herinneringen_plannen, standaardregels
from bezoeken.models import Afspraak, Bezoek, Bezoekkind, Toewijzing
from notifications.models import Bericht
from ooievaar.models import Gezinskoppeling, Postcode
from ooievaar.platform import clock
from tests.factories import (
    ContactpersoonFactory,
    GezinFactory,
    PasgeboreneFactory,
    WijkFactory,
    gebruiker_met_rol,
)
from voorraad.models import Reservering

pytestmark = pytest.mark.django_db


def adres(**anders) -> dict:
    return {"straat": "Boxpad", "huisnummer": 7, "postcode": "6411 CD", "woonplaats": "Heerlen", **anders}


@pytest.fixture
def wereld(wereld):
    """As the room's own, with a second wijk in the Gebied and lines of the postcode table."""

    def _wereld(**velden):
        w = wereld(**velden)
        w.nieuwe_wijk = WijkFactory(gebied=w.gebied)
        Postcode.objects.bulk_create(
            Postcode(pc6=pc6, huisnummer=7, wijk_code=code, gemeente_code="GM0917")
            for pc6, code in (("6411CD", w.nieuwe_wijk.code), ("6411ZZ", w.gezin.wijk.code), ("9999ZZ", "WK999999"))
        )
        w.verhuizing = f"/api/v1/gezinnen/{w.gezin.pk}/verhuizing"
        return w

    return _wereld


@pytest.fixture
def onderweg(wereld):
    """Accepted with a box, an appointment, and the announcement and the reminders waiting."""

    def _onderweg(**velden):
        w = wereld(dozen=2, **velden)
        standaardregels(w.gebied)
        w.zij.post(f"{w.pad}/aanvaarding", {}, format="json")
        morgen = (clock.nu() + timedelta(days=1)).isoformat()
        assert w.zij.put(f"{w.pad}/afspraak", {"begin": morgen, "toch": True}, format="json").status_code == 200
        herinneringen_plannen(nu=clock.nu(), gebied=w.gebied)
        return w

    return _onderweg


def verhuis(w, **anders):
    return w.coordinator.post(w.verhuizing, {"adres": adres(**anders)}, format="json")


def test_to_another_wijk_the_visit_follows_and_is_open_for_a_new_match(onderweg):
    w = onderweg()
    assert Bericht.objects.filter(gezin=w.gezin, soort="aankondiging", status="gepland").exists()
    antwoord = verhuis(w)
    assert antwoord.status_code == 200
    assert antwoord.json()["wijk"] == w.nieuwe_wijk.code
    assert antwoord.json()["adres"]["postcode"] == "6411 CD"
    assert antwoord["ETag"]
    bezoek = w.coordinator.get(w.pad).json()
    assert (bezoek["wijk"], bezoek["status"], bezoek["ooievaarsmoeder"]) == (w.nieuwe_wijk.code, "open", None)
    assert not Afspraak.objects.filter(vervallen_op__isnull=True).exists()
    assert not Reservering.objects.filter(status="actief").exists()
    assert Toewijzing.objects.get().eindreden == "verhuisd"
    assert Bezoekkind.objects.get().wijk_id == w.nieuwe_wijk.pk
    assert w.zij.get(w.pad).status_code == 404, "her access ends at once"
    # What the family was told stays true; her own reminders and those of the appointment go.
    assert Bericht.objects.filter(gezin=w.gezin, soort="aankondiging", status="gepland").exists()
    assert not Bericht.objects.filter(soort="bezoekherinnering", status="gepland").exists()
    assert not Bericht.objects.filter(ooievaarsmoeder=w.moeder, status="gepland").exists()


def test_within_one_wijk_only_the_address_changes(onderweg):
    w = onderweg()
    assert verhuis(w, postcode="6411ZZ").json()["wijk"] == w.gezin.wijk.code
    bezoek = w.zij.get(w.pad).json()
    assert (bezoek["status"], bezoek["ooievaarsmoeder"]) == ("gepland", str(w.moeder.pk))
    assert w.zij.get(f"/api/v1/gezinnen/{w.gezin.pk}").json()["adres"]["huisnummer"] == 7
    assert Reservering.objects.filter(status="actief").count() == 1


@pytest.mark.parametrize(
    "anders",
    [
        {"postcode": "9999ZZ"},
        {"postcode": "6411AA", "wijk": "WK123456"},
        {"postcode": "1234AB", "woonplaats": "Groningen"},
    ],
)
def test_outside_the_gebied_it_closes_as_moved_and_the_new_address_is_not_kept(onderweg, anders):
    w = onderweg()
    oud = w.gezin.postcode
    antwoord = verhuis(w, **anders)
    assert antwoord.status_code == 200
    bezoek = w.coordinator.get(w.pad).json()
    assert (bezoek["status"], bezoek["afsluitreden"], bezoek["afspraak"]) == ("afgesloten", "verhuisd", None)
    assert w.coordinator.get(f"/api/v1/pasgeborenen/{w.kinderen[0]}").json()["status"] == "verhuisd"
    assert not Bericht.objects.filter(status="gepland", gezin=w.gezin).exists()
    assert not Reservering.objects.filter(status="actief").exists()
    assert Bezoekkind.objects.get().uitkomst == "verhuisd"
    w.gezin.refresh_from_db()
    assert w.gezin.postcode == oud


@pytest.mark.parametrize("pad", ["bezoek", "pasgeborene"])
def test_a_move_out_is_put_back_with_a_reason_and_sends_nothing_by_itself(onderweg, pad):
    w = onderweg()
    verhuis(w, postcode="9999ZZ")
    pad = w.pad if pad == "bezoek" else f"/api/v1/pasgeborenen/{w.kinderen[0]}"
    zonder = w.coordinator.post(f"{pad}/herstel", {"reden": "Zij bleven", "bevestigd": False}, format="json")
    assert zonder.json()["code"] == "nietBevestigd"
    assert (
        w.coordinator.post(f"{pad}/herstel", {"reden": "Zij bleven", "bevestigd": True}, format="json").status_code
        == 200
    )
    assert w.coordinator.get(w.pad).json()["status"] == "open"
    assert w.coordinator.get(f"/api/v1/pasgeborenen/{w.kinderen[0]}").json()["status"] == "actief"
    assert Bezoekkind.objects.get().uitkomst == "lopend"
    herinneringen_plannen(nu=clock.nu(), gebied=w.gebied)
    assert not Bericht.objects.filter(status="gepland", gezin=w.gezin).exists()


def test_an_unknown_postcode_in_our_gemeente_waits_for_a_person_who_gives_the_wijk(onderweg):
    w = onderweg()
    antwoord = verhuis(w, postcode="6411 XX")
    assert antwoord.status_code == 200
    assert antwoord.json()["wijk"] is None
    bezoek = w.coordinator.get(w.pad).json()
    assert (bezoek["wijk"], bezoek["status"]) == (None, "open")
    assert verhuis(w, postcode="6411 XX", wijk=w.nieuwe_wijk.code).json()["wijk"] == w.nieuwe_wijk.code
    assert w.coordinator.get(w.pad).json()["wijk"] == w.nieuwe_wijk.code


def test_the_wijk_is_fixed_once_visited(wereld, afronding):
    w = wereld(aanvaard=True)
    oud = w.gezin.wijk.code
    w.zij.post(f"{w.pad}/afronding", afronding(w), format="json")
    assert verhuis(w).json()["wijk"] == w.nieuwe_wijk.code
    bezoek = w.coordinator.get(w.pad).json()
    assert (bezoek["wijk"], bezoek["status"]) == (oud, "bezocht")
    assert verhuis(w, postcode="9999ZZ").status_code == 200
    assert w.coordinator.get(w.pad).json()["status"] == "bezocht"


def test_a_closed_visit_keeps_its_wijk_and_follows_when_it_is_reopened(wereld):
    w = wereld()
    oud = w.gezin.wijk.code
    w.coordinator.post(f"{w.pad}/sluiting", {"afsluitreden": "nietBereikt"}, format="json")
    verhuis(w)
    assert w.coordinator.get(w.pad).json()["wijk"] == oud
    w.coordinator.post(f"{w.pad}/herstel", {"reden": "Zij belden", "bevestigd": True}, format="json")
    assert w.coordinator.get(w.pad).json()["wijk"] == w.nieuwe_wijk.code


def test_a_family_that_had_left_and_moves_back_lives_here_and_stays_closed(onderweg):
    w = onderweg()
    verhuis(w, postcode="9999ZZ")
    verhuis(w)
    assert w.coordinator.get(f"/api/v1/pasgeborenen/{w.kinderen[0]}").json()["status"] == "actief"
    assert Bezoek.objects.get().afsluitreden == "verhuisd"


def test_closing_as_moved_is_a_move_of_the_whole_family(wereld):
    w = wereld(kinderen=2)
    w.coordinator.post(f"{w.pad}/sluiting", {"afsluitreden": "verhuisd"}, format="json")
    assert {k["status"] for k in w.coordinator.get("/api/v1/pasgeborenen").json()["results"]} == {"verhuisd"}


def test_who_looks_like_the_same_people_at_the_new_address_is_proposed_as_a_link(wereld):
    w = wereld()
    ander = GezinFactory(wijk=w.nieuwe_wijk, huisnummer=7, postcode="6411CD", dubbelsleutel="6411CD|7||")
    kind = PasgeboreneFactory(gezin=ander)
    w.bezoek.kinderen.get().pasgeborene.__class__.objects.filter(pk=w.kinderen[0]).update(naamsleutel=kind.naamsleutel)
    verhuis(w)
    koppeling = Gezinskoppeling.objects.get()
    assert {koppeling.een_id, koppeling.ander_id} == {ander.pk, w.gezin.pk}
    assert (koppeling.status, koppeling.gronden) == ("voorgesteld", ["naamEnAdres"])


def test_a_secret_address_stays_masked_after_a_move(wereld):
    w = wereld()
    w.gezin.geheim = True
    w.gezin.save()
    assert verhuis(w).json()["adres"] is None


def test_who_may_move_a_family_and_what_is_refused(wereld, als):
    w = wereld()
    ContactpersoonFactory(gezin=w.gezin)
    assert w.zij.post(w.verhuizing, {"adres": adres()}, format="json").status_code == 403
    elders = als(gebruiker=gebruiker_met_rol("coordinator"))
    assert elders.post(w.verhuizing, {"adres": adres()}, format="json").status_code == 404
    fout = w.coordinator.post(w.verhuizing, {"adres": {"postcode": "12AB", "huisnummer": 0, "x": 1}}, format="json")
    assert {p["name"] for p in fout.json()["invalidParams"]} == {"adres.postcode", "adres.huisnummer", "adres.x"}
    oud = w.coordinator.post(w.verhuizing, {"adres": adres()}, format="json", HTTP_IF_MATCH='"0"')
    assert (oud.status_code, oud.json()["code"]) == (412, "gewijzigd")


def test_a_coordinator_of_one_wijk_sees_the_family_leave_her_reach(wereld, als):
    w = wereld()
    zij = als(gebruiker=gebruiker_met_rol("coordinator", gebied=w.gebied, wijken=[w.gezin.wijk]))
    antwoord = zij.post(w.verhuizing, {"adres": adres()}, format="json")
    assert (antwoord.status_code, antwoord.json()["bezoeken"], antwoord.json()["pasgeborenen"]) == (200, [], [])
    assert zij.get(f"/api/v1/gezinnen/{w.gezin.pk}").status_code == 404

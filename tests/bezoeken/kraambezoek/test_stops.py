"""Stops and restores: death, contactstop, refusal, closing (domain.md, rules 3 and 4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bezoeken.herinneren.services import herinneringen_plannen, standaardregels
from bezoeken.models import Afspraak, Bezoek, Bezoekkind
from notifications.models import Bericht
from ooievaar.models import Pasgeborene
from ooievaar.platform import clock
from voorraad.models import Reservering

pytestmark = pytest.mark.django_db


@pytest.fixture
def onderweg(wereld):
    """A visit in full swing: accepted with boxes, an appointment, messages waiting."""

    def _onderweg(**velden):
        w = wereld(dozen=2, **velden)
        standaardregels(w.gebied)
        w.zij.post(f"{w.pad}/aanvaarding", {}, format="json")
        morgen = (clock.nu() + timedelta(days=1)).isoformat()
        assert w.zij.put(f"{w.pad}/afspraak", {"begin": morgen, "toch": True}, format="json").status_code == 200
        herinneringen_plannen(nu=clock.nu(), gebied=w.gebied)
        assert Bericht.objects.filter(status="gepland").exists()
        return w

    return _onderweg


def alles_is_stil(w) -> None:
    assert not Bericht.objects.filter(status="gepland").exists()
    assert not Reservering.objects.filter(status="actief").exists()
    assert not Afspraak.objects.filter(vervallen_op__isnull=True).exists()
    for dag in range(0, 60, 7):
        herinneringen_plannen(nu=clock.nu() + timedelta(days=dag), gebied=w.gebied)
    assert not Bericht.objects.filter(status="gepland", gezin=w.gezin).exists()


def test_after_a_death_everything_stops_and_stays_quiet_also_for_the_twin(onderweg):
    w = onderweg(kinderen=2)
    assert w.zij.post(f"/api/v1/pasgeborenen/{w.kinderen[0]}/overlijden", {}, format="json").status_code == 204
    bezoek = w.coordinator.get(w.pad).json()
    assert (bezoek["status"], bezoek["afsluitreden"], bezoek["afspraak"]) == ("afgesloten", "vervallen", None)
    assert set(Bezoekkind.objects.values_list("uitkomst", flat=True)) == {""}
    assert Pasgeborene.objects.get(pk=w.kinderen[0]).status == "vervallen"
    alles_is_stil(w)
    assert w.coordinator.post(f"/api/v1/pasgeborenen/{w.kinderen[0]}/overlijden", {}, format="json").status_code == 204


def test_a_death_after_the_visit_leaves_the_figures_and_its_twin_stays_in_them(wereld, afronding):
    w = wereld(aanvaard=True, kinderen=2)
    assert w.zij.post(f"{w.pad}/afronding", afronding(w), format="json").status_code == 201
    geteld = dict(Bezoekkind.objects.values_list("pasgeborene_id", "uitkomst"))
    assert all(geteld.values())
    overleden, ander = Pasgeborene.objects.filter(pk__in=w.kinderen).order_by("pk").values_list("pk", flat=True)
    assert w.coordinator.post(f"/api/v1/pasgeborenen/{overleden}/overlijden", {}, format="json").status_code == 204
    assert dict(Bezoekkind.objects.values_list("pasgeborene_id", "uitkomst")) == {overleden: "", ander: geteld[ander]}


def test_a_death_after_the_visit_is_not_told_to_who_visited(wereld, afronding):
    w = wereld(aanvaard=True)
    assert w.zij.post(f"{w.pad}/afronding", afronding(w), format="json").status_code == 201
    kind, gezin = f"/api/v1/pasgeborenen/{w.kinderen[0]}", f"/api/v1/gezinnen/{w.gezin.pk}"
    assert [w.zij.get(pad).status_code for pad in (kind, gezin)] == [200, 200]
    w.coordinator.post(f"{kind}/overlijden", {}, format="json")
    assert [w.zij.get(pad).status_code for pad in (kind, gezin)] == [404, 404]
    assert "vervallen" not in w.zij.get("/api/v1/pasgeborenen").content.decode()
    assert w.coordinator.get(kind).json()["status"] == "vervallen"


def test_a_death_reported_by_mistake_is_put_back_and_sends_nothing_by_itself(onderweg):
    w = onderweg()
    pad = f"/api/v1/pasgeborenen/{w.kinderen[0]}"
    w.coordinator.post(f"{pad}/overlijden", {}, format="json")
    zonder = w.coordinator.post(f"{pad}/herstel", {"reden": "vergissing", "bevestigd": False}, format="json")
    assert (zonder.status_code, zonder.json()["code"]) == (409, "nietBevestigd")
    assert w.zij.post(f"{pad}/herstel", {"reden": "x", "bevestigd": True}, format="json").status_code == 403
    assert w.coordinator.post(f"{pad}/herstel", {"reden": "x", "bevestigd": True}, format="json").status_code == 200
    assert w.coordinator.get(w.pad).json()["status"] == "open"
    assert Bezoekkind.objects.get().uitkomst == "lopend"
    assert not Bericht.objects.filter(status="gepland", gezin=w.gezin).exists()
    weer = w.coordinator.post(f"{pad}/herstel", {"reden": "x", "bevestigd": True}, format="json")
    assert weer.json()["code"] == "nietAfgesloten"


def test_a_contactstop_closes_what_runs_and_only_the_family_ends_it(onderweg):
    w = onderweg()
    pad = f"/api/v1/gezinnen/{w.gezin.pk}/contactstop"
    antwoord = w.zij.put(pad, {"reden": "geweigerd"}, format="json")
    assert (antwoord.status_code, antwoord.json()["contactstop"]["reden"]) == (200, "geweigerd")
    assert Bezoek.objects.get().afsluitreden == "geweigerd"
    alles_is_stil(w)
    assert w.coordinator.delete(pad, {"reden": "Het gezin belde zelf"}, format="json").status_code == 204
    w.gezin.refresh_from_db()
    assert w.gezin.contactstop_op is None
    assert w.gezin.hersteld_op is not None


@pytest.mark.parametrize("alles", [True, False])
def test_a_refusal_closes_and_with_alles_stops_all_contact(onderweg, alles):
    w = onderweg()
    antwoord = w.zij.post(f"{w.pad}/weigering", {"alles": alles}, format="json")
    assert (antwoord.status_code, antwoord.json()["afsluitreden"]) == (200, "geweigerd")
    w.gezin.refresh_from_db()
    assert bool(w.gezin.contactstop_op) is alles
    alles_is_stil(w)
    assert w.zij.post(f"{w.pad}/weigering", {"alles": alles}, format="json").status_code == 200


def test_only_a_coordinator_closes_and_a_visit_that_took_place_stays(wereld, afronding):
    w = wereld(aanvaard=True)
    assert w.zij.post(f"{w.pad}/sluiting", {"afsluitreden": "nietBereikt"}, format="json").status_code == 403
    w.zij.post(f"{w.pad}/afronding", afronding(w), format="json")
    antwoord = w.coordinator.post(f"{w.pad}/sluiting", {"afsluitreden": "nietBereikt"}, format="json")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "bezocht")


def test_a_stop_on_an_old_version_of_the_child_is_refused_and_stops_nothing(wereld):
    w = wereld()
    kind = f"/api/v1/pasgeborenen/{w.kinderen[0]}"
    etag = w.coordinator.get(kind)["ETag"]
    for pad, lichaam in ((f"{kind}/overlijden", {}), (f"{kind}/herstel", {"reden": "vergissing", "bevestigd": True})):
        oud = w.coordinator.post(pad, lichaam, format="json", HTTP_IF_MATCH='"77"')
        assert (oud.status_code, oud.json()["code"]) == (412, "gewijzigd")
    assert w.coordinator.get(kind).json()["status"] == "actief"
    assert w.coordinator.post(f"{kind}/overlijden", {}, format="json", HTTP_IF_MATCH=etag).status_code == 204

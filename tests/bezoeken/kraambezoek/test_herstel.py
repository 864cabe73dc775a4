"""Stops put back (domain.md, rules 3 and 4): by a person, with a reason; what was stopped waits for a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bezoeken.herinneren.services import herinneringen_plannen, standaardregels
from bezoeken.models import Bezoek, Bezoekkind
from notifications.models import Bericht
from ooievaar.models import Gezin, Pasgeborene
from ooievaar.platform import clock
from ooievaar.selectors.benaderbaar import mag_benaderd_worden
from tests.bezoeken.intake.hulp import PAD as MELDINGEN
from tests.bezoeken.intake.hulp import gebied_met_adressen, melding
from tests.factories import BezoekkindFactory

pytestmark = pytest.mark.django_db
JA = {"reden": "Vergissing", "bevestigd": True}


def dood(w, nummer=0):
    antwoord = w.coordinator.post(f"/api/v1/pasgeborenen/{w.kinderen[nummer]}/overlijden", {}, format="json")
    assert antwoord.status_code == 204


def zet_terug(w, nummer=0):
    return w.coordinator.post(f"/api/v1/pasgeborenen/{w.kinderen[nummer]}/herstel", JA, format="json")


def tweeling(wereld, **velden):
    w = wereld(kinderen=2, dozen=3, **velden)
    standaardregels(w.gebied)
    return w


def test_a_person_restarts_the_visit_of_the_surviving_twin_with_one_box(wereld):
    w = tweeling(wereld)
    dood(w)
    assert w.coordinator.post(f"{w.pad}/herstel", JA, format="json").status_code == 200
    assert w.coordinator.get(w.pad).json()["status"] == "open"
    assert mag_benaderd_worden(w.gezin.pk)
    statussen = dict(Pasgeborene.objects.values_list("pk", "status"))
    assert sorted(statussen.values()) == ["actief", "vervallen"], "the death stays on record"
    assert sorted(Bezoekkind.objects.values_list("uitkomst", flat=True)) == ["", "lopend"]
    w.coordinator.put(f"{w.pad}/toewijzing", {"ooievaarsmoeder": str(w.moeder.pk)}, format="json")
    w.zij.post(f"{w.pad}/aanvaarding", {}, format="json")
    from voorraad.models import Reservering

    assert Reservering.objects.filter(status="actief").count() == 1


def test_one_of_two_reported_deaths_put_back_keeps_the_family_silent(wereld):
    w = tweeling(wereld)
    dood(w, 0)
    dood(w, 1)
    assert zet_terug(w, 0).status_code == 200
    assert not mag_benaderd_worden(w.gezin.pk)
    assert Bezoek.objects.get().status == "afgesloten"
    assert zet_terug(w, 1).status_code == 200
    assert mag_benaderd_worden(w.gezin.pk)
    assert Bezoek.objects.get().status == "open"


def test_a_mistake_about_a_later_child_leaves_the_silence_of_an_earlier_death(wereld):
    w = wereld(kinderen=2)
    eerder = clock.nu() - timedelta(days=400)
    Pasgeborene.objects.filter(pk=w.kinderen[0]).update(status="vervallen", overleden_gemeld_op=eerder)
    Gezin.objects.update(stil_sinds=eerder)
    dood(w, 1)
    assert zet_terug(w, 1).status_code == 200
    assert Gezin.objects.get(pk=w.gezin.pk).stil_sinds == eerder


def test_reopening_the_visit_of_a_child_reported_dead_says_it_was_a_mistake(wereld):
    w = wereld()
    dood(w)
    assert w.coordinator.post(f"{w.pad}/herstel", JA, format="json").status_code == 200
    kind = Pasgeborene.objects.get()
    assert (kind.status, kind.overleden_gemeld_op) == ("actief", None)
    assert Bezoekkind.objects.get().uitkomst == "lopend"


def test_reporting_a_death_again_after_a_restart_changes_nothing(wereld):
    w = tweeling(wereld)
    dood(w)
    w.coordinator.post(f"{w.pad}/herstel", JA, format="json")
    dood(w)
    assert Bezoek.objects.get().status == "open"
    assert mag_benaderd_worden(w.gezin.pk)


def test_a_death_also_closes_a_catch_up_visit_and_its_restore_opens_both(wereld):
    w = wereld()
    ander = BezoekkindFactory(bezoek__gezin=w.gezin, bezoek__soort="inhaal", telt_mee=False).bezoek
    dood(w)
    assert set(Bezoek.objects.values_list("afsluitreden", flat=True)) == {"vervallen"}
    zet_terug(w)
    assert set(Bezoek.objects.values_list("status", flat=True)) == {"open"}
    assert not Bezoekkind.objects.get(bezoek=ander).telt_mee


@pytest.mark.parametrize(
    "stop",
    [
        lambda w: w.zij.post(f"{w.pad}/weigering", {"alles": False}, format="json"),
        lambda w: w.coordinator.post(f"{w.pad}/sluiting", {"afsluitreden": "nietBereikt"}, format="json"),
        lambda w: w.coordinator.post(f"{w.pad}/sluiting", {"afsluitreden": "vervallen"}, format="json"),
        lambda w: w.coordinator.post(f"{w.pad}/sluiting", {"afsluitreden": "verhuisd"}, format="json"),
        lambda w: w.coordinator.post(f"/api/v1/pasgeborenen/{w.kinderen[0]}/overlijden", {}, format="json"),
    ],
    ids=["geweigerd", "nietBereikt", "vervallen", "verhuisd", "overleden"],
)
def test_after_every_restore_nothing_is_sent_until_a_person_plans_it_again(wereld, stop):
    w = wereld()
    standaardregels(w.gebied)
    herinneringen_plannen(nu=clock.nu(), gebied=w.gebied)
    eerst = set(Bericht.objects.filter(status="gepland", gezin=w.gezin).values_list("sleutel", flat=True))
    assert any("aankondiging" in sleutel for sleutel in eerst)
    assert stop(w).status_code in (200, 204)
    assert not Bericht.objects.filter(status="gepland", gezin=w.gezin).exists()
    assert w.coordinator.post(f"{w.pad}/herstel", JA, format="json").status_code == 200
    herinneringen_plannen(nu=clock.nu(), gebied=w.gebied)
    assert not Bericht.objects.filter(status="gepland", gezin=w.gezin).exists()

    pad = f"/api/v1/gezinnen/{w.gezin.pk}/berichthervatting"
    assert w.zij.post(pad, {}, format="json").status_code == 403
    antwoord = w.coordinator.post(pad, {"soorten": ["aankondiging"]}, format="json")
    assert (antwoord.status_code, len(antwoord.json()["berichten"])) == (200, 1)
    weer = Bericht.objects.get(status="gepland", gezin=w.gezin)
    assert (weer.soort, str(weer.pk)) == ("aankondiging", antwoord.json()["berichten"][0])
    assert weer.sleutel in eerst, "the same row: nothing can be sent twice"
    assert w.coordinator.post(pad, {"soorten": ["aankondiging"]}, format="json").json()["berichten"] == []


def test_what_fell_due_during_a_stop_is_planned_when_a_person_asks_for_it(wereld, time_machine):
    w = wereld()
    standaardregels(w.gebied)
    w.coordinator.post(f"{w.pad}/sluiting", {"afsluitreden": "geenCapaciteit"}, format="json")
    w.coordinator.post(f"{w.pad}/herstel", JA, format="json")
    assert not Bericht.objects.exists()
    pad = f"/api/v1/gezinnen/{w.gezin.pk}/berichthervatting"
    w.coordinator.post(pad, {}, format="json")
    assert "aankondiging" in set(Bericht.objects.values_list("soort", flat=True))
    w.coordinator.put(f"/api/v1/gezinnen/{w.gezin.pk}/contactstop", {"reden": "geweigerd"}, format="json")
    weigering = w.coordinator.post(pad, {}, format="json")
    assert (weigering.status_code, weigering.json()["code"]) == (409, "geenContact")


def test_what_was_sent_is_not_planned_again(wereld):
    w = wereld()
    standaardregels(w.gebied)
    herinneringen_plannen(nu=clock.nu(), gebied=w.gebied)
    Bericht.objects.filter(soort="aankondiging").update(status="verzonden", verzonden_op=clock.nu())
    w.coordinator.post(f"{w.pad}/sluiting", {"afsluitreden": "nietBereikt"}, format="json")
    w.coordinator.post(f"{w.pad}/herstel", JA, format="json")
    w.coordinator.post(f"/api/v1/gezinnen/{w.gezin.pk}/berichthervatting", {}, format="json")
    assert Bericht.objects.get(soort="aankondiging").status == "verzonden"


def test_nobody_is_sent_to_a_stopped_family_whose_visit_was_reopened(wereld):
    w = wereld()
    w.zij.post(f"{w.pad}/weigering", {"alles": True}, format="json")
    assert w.coordinator.post(f"{w.pad}/herstel", JA, format="json").status_code == 200
    toewijzing = {"ooievaarsmoeder": str(w.moeder.pk)}
    weigering = w.coordinator.put(f"{w.pad}/toewijzing", toewijzing, format="json")
    assert (weigering.status_code, weigering.json()["code"]) == (409, "geenContact")
    w.coordinator.delete(f"/api/v1/gezinnen/{w.gezin.pk}/contactstop", {"reden": "Zij belden"}, format="json")
    assert w.coordinator.put(f"{w.pad}/toewijzing", toewijzing, format="json").status_code == 200


def test_a_later_child_after_a_death_waits_until_a_person_restarts_contact(als):
    gebied = gebied_met_adressen()
    client = als("coordinator", gebied=gebied)

    def stuur(*args, **velden):
        return client.post(MELDINGEN, melding(*args, **velden), format="json").json()

    eerste = stuur(dagen=400)
    eerste = client.post(f"{MELDINGEN}/{eerste['id']}/beoordeling", {"besluit": "aanvaarden"}, format="json").json()
    assert client.post(f"/api/v1/pasgeborenen/{eerste['pasgeborene']}/overlijden", {}, format="json").status_code == 204
    later = stuur("K-2", kind__voornaam="Mila")
    assert later["status"] == "teBeoordelen"
    besluit = {"besluit": "aanvaarden", "met": eerste["pasgeborene"]}
    pad = f"{MELDINGEN}/{later['id']}/beoordeling"
    assert client.post(pad, besluit, format="json").json()["code"] == "gezinGestopt"
    gezin = Gezin.objects.get()
    herstel = f"/api/v1/gezinnen/{gezin.pk}/contactherstel"
    assert client.post(herstel, {"reden": "Moeder belde", "bevestigd": True}, format="json").status_code == 200
    assert client.post(herstel, {"reden": "x", "bevestigd": True}, format="json").json()["code"] == "nietAfgesloten"
    assert client.post(pad, besluit, format="json").json()["status"] == "verwerkt"
    assert Bezoek.objects.filter(status="open").count() == 1
    assert Pasgeborene.objects.get(pk=eerste["pasgeborene"]).status == "vervallen"

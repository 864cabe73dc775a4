"""POST /bezoeken/{id}/afronding."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from bezoeken.kraambezoek.services.afronden import Afronding, Doos, bezoek_afronden
from bezoeken.models import Bezoek, Bezoekkind
from ooievaar.models import Toestemming
from ooievaar.platform import clock
from tests.factories import PasgeboreneFactory
from voorraad.models import Mutatie, Reservering, Stand
from voorraad.selectors import standen_kloppen

pytestmark = pytest.mark.django_db


def test_logs_the_visit_and_takes_one_box_per_child(wereld, afronding):
    w = wereld(dozen=3, kinderen=2)
    assert w.zij.post(f"{w.pad}/aanvaarding", {}, format="json").status_code == 200
    antwoord = w.zij.post(f"{w.pad}/afronding", afronding(w), format="json")
    assert antwoord.status_code == 201
    assert antwoord.json()["status"] == "bezocht"
    assert antwoord["ETag"]
    assert Stand.objects.get(locatie=w.plek).aantal == 1
    assert set(Reservering.objects.values_list("status", flat=True)) == {"verbruikt"}
    assert set(Bezoekkind.objects.values_list("uitkomst", "doos_gegeven", "bezoek_status")) == {
        ("inVenster", True, "bezocht")
    }
    assert Toestemming.objects.get(gezin=w.gezin).doel == "cafe"
    assert standen_kloppen() == []


def test_the_identical_log_again_is_200_and_another_is_refused(wereld, afronding):
    w = wereld(aanvaard=True)
    lichaam = afronding(w, dozen=[{"pasgeborene": w.kinderen[0], "vouchercode": "ZWEM-1234-ab"}])
    assert w.zij.post(f"{w.pad}/afronding", lichaam, format="json").status_code == 201
    assert w.zij.post(f"{w.pad}/afronding", lichaam, format="json").status_code == 200
    ander = w.zij.post(f"{w.pad}/afronding", {**lichaam, "vorm": "elders"}, format="json")
    assert (ander.status_code, ander.json()["code"]) == (409, "alAfgerond")
    assert Mutatie.objects.filter(soort="uitgifte").count() == 1


def test_of_a_voucher_only_a_hash_and_the_last_four_are_kept(wereld, afronding):
    w = wereld(aanvaard=True)
    code = "ZWEM-1234-abcd"
    lichaam = afronding(w, dozen=[{"pasgeborene": w.kinderen[0], "vouchercode": code}])
    assert w.zij.post(f"{w.pad}/afronding", lichaam, format="json").status_code == 201
    kind = Bezoekkind.objects.get()
    assert (kind.voucher_gegeven, kind.voucher_einde, len(kind.voucher_hash)) == (True, "ABCD", 64)
    assert "1234" not in kind.voucher_hash + kind.voucher_einde


def test_without_a_box_on_record_the_visit_is_logged_all_the_same(wereld, afronding):
    w = wereld(dozen=0, aanvaard=True)
    assert w.zij.post(f"{w.pad}/afronding", afronding(w), format="json").status_code == 201
    assert Bezoekkind.objects.get().doos_gegeven
    assert not Mutatie.objects.exists()


def test_a_visit_after_day_84_can_still_be_logged(wereld, afronding):
    w = wereld(aanvaard=True, geboortedatum=clock.vandaag() - timedelta(days=120))
    assert w.zij.post(f"{w.pad}/afronding", afronding(w), format="json").status_code == 201
    assert Bezoekkind.objects.get().uitkomst == "teLaat"


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"bezochtOp": "2999-01-01T10:00:00Z"}, "bezochtOp"),
        ({"bezochtOp": "2020-01-01T10:00:00Z"}, "bezochtOp"),
        ({"bezochtOp": "2026-11-24T10:00:00"}, "bezochtOp"),
        ({"vorm": "gebeld"}, "vorm"),
        ({"onderwerpen": ["het kind is ziek"]}, "onderwerpen.0"),
        ({"notitie": "vrije tekst"}, "notitie"),
        ({"uitnodigen": "ja"}, "uitnodigen"),
        ({"dozen": "twee"}, "dozen"),
    ],
)
def test_says_which_field_is_wrong(wereld, afronding, anders, veld):
    w = wereld(aanvaard=True)
    antwoord = w.zij.post(f"{w.pad}/afronding", afronding(w, **anders), format="json")
    assert antwoord.status_code == 400
    assert [f["name"] for f in antwoord.json()["invalidParams"]] == [veld]
    assert Bezoek.objects.get().status == "toegewezen"


def test_a_child_of_another_family_or_twice_the_same_is_refused(wereld, afronding):
    w = wereld(aanvaard=True)
    dozen = [{"pasgeborene": str(PasgeboreneFactory().pk)}, *[{"pasgeborene": w.kinderen[0]}] * 2]
    antwoord = w.zij.post(f"{w.pad}/afronding", afronding(w, dozen=dozen), format="json")
    assert [f["code"] for f in antwoord.json()["invalidParams"]] == ["onbekend", "dubbel"]


def test_a_closed_visit_is_refused_until_a_coordinator_reopens_it(wereld, afronding):
    w = wereld(aanvaard=True)
    w.coordinator.post(f"{w.pad}/sluiting", {"afsluitreden": "nietBereikt"}, format="json")
    assert w.zij.post(f"{w.pad}/afronding", afronding(w), format="json").json()["code"] == "afgesloten"
    herstel = w.coordinator.post(f"{w.pad}/herstel", {"reden": "Toch geweest", "bevestigd": True}, format="json")
    assert herstel.json()["status"] == "open"
    assert w.coordinator.post(f"{w.pad}/afronding", afronding(w), format="json").status_code == 201


def test_somebody_else_gets_404(wereld, afronding, als):
    w = wereld(aanvaard=True)
    ander = als("ooievaarsmoeder", gebied=w.gebied)
    assert ander.post(f"{w.pad}/afronding", afronding(w), format="json").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_eight_threads_complete_one_visit_once_and_take_one_box(wereld):
    w = wereld(dozen=5, aanvaard=True)
    kind = w.bezoek.kinderen.get().pasgeborene_id
    log = Afronding(clock.nu(), "huisbezoek", [Doos(kind)])
    nieuw: list[bool] = []
    klaar = threading.Barrier(8)

    def doe() -> None:
        try:
            klaar.wait()
            nieuw.append(bezoek_afronden(bezoek_id=w.bezoek.pk, afronding=log, door=None, nu=clock.nu())[1])
        finally:
            connection.close()

    draden = [threading.Thread(target=doe) for _ in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(nieuw) == [False] * 7 + [True]
    assert Stand.objects.get(locatie=w.plek).aantal == 4
    assert Mutatie.objects.filter(soort="uitgifte").count() == 1

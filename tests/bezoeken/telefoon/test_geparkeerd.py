"""/geparkeerde-handelingen: the list, and what a coordinator decides."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bezoeken.kraambezoek.services.sluiten import bezoek_sluiten
from bezoeken.models import Bezoek, Bezoekkind, Handeling, Poging
from bezoeken.toestand import Afsluitreden
from ooievaar.models import Toestemming
from ooievaar.platform import clock
from tests.bezoeken.telefoon.conftest import kinderen_van
from tests.factories import WijkFactory
from voorraad.models import Stand
from voorraad.selectors import standen_kloppen

pytestmark = pytest.mark.django_db
PAD = "/api/v1/geparkeerde-handelingen"


def lijst(client, **vraag) -> list[dict]:
    antwoord = client.get(PAD, vraag)
    assert antwoord.status_code == 200, antwoord.json()
    return antwoord.json()["results"]


def besluit(client, rij, besluit_, reden="Overlegd", **koppen):
    body = {"besluit": besluit_, **({"reden": reden} if reden is not None else {})}
    return client.post(f"{PAD}/{rij['id']}/besluit", body, format="json", **koppen)


@pytest.fixture
def twee_verslagen(veld):
    """The same visit logged by her first, and otherwise by the one who has it now."""
    v = veld()
    v.visit = v.bezoek()
    v.eerste = v.telefoon.afronding(v.visit, uitnodigen=True)
    v.geef_aan_ander(v.visit)
    [kind] = kinderen_van(v.visit)
    v.andere_telefoon.oordelen(v.andere_telefoon.afronding(v.visit, vorm="elders", uitnodigen=True))
    v.late = v.telefoon.afronding(
        v.visit, vorm="aanDeDeur", uitnodigen=False, dozen=[{"pasgeborene": str(kind), "vouchercode": "ZWEM-1234"}]
    )
    assert v.telefoon.oordelen(v.late) == [("geparkeerd", "alAfgerond")]
    return v


def test_the_list_says_what_waits_and_why(veld):
    v = veld()
    bezoek = v.bezoek()
    h = v.telefoon.poging(bezoek)
    straks = clock.nu() + timedelta(hours=1)
    v.telefoon.oordelen({**h, "moment": straks.isoformat()})
    [rij] = lijst(v.coordinator)
    assert (rij["handeling"], rij["soort"], rij["bezoek"]) == (h["id"], "poging", str(bezoek.pk))
    assert (rij["reden"], rij["status"], rij["besluit"]) == ("klokWijktAf", "geparkeerd", None)
    assert rij["gegevens"] == h["gegevens"]
    assert (rij["ooievaarsmoeder"], rij["gelogdDoor"]) == (str(v.moeder.pk), v.moeder.naam)
    assert rij["tekst"]
    assert rij["id"] != h["id"]
    een = v.coordinator.get(f"{PAD}/{rij['id']}")
    assert (een.json(), bool(een["ETag"])) == (rij, True)


def test_of_a_voucher_only_the_end_is_shown(twee_verslagen):
    [rij] = lijst(twee_verslagen.coordinator)
    [doos] = rij["gegevens"]["dozen"]
    assert doos == {"pasgeborene": doos["pasgeborene"], "voucherEinde": "1234"}


def test_a_coordinator_sees_her_wijken_only(veld, als):
    v = veld()
    t = v.telefoon
    t.oordelen(
        t.handeling("doorverwijzing", v.bezoek()), t.handeling("doorverwijzing", None, {"organisatie": "BoekStart"})
    )
    assert len(lijst(v.coordinator)) == 2
    assert len(lijst(als("coordinator", gebied=v.gebied, wijken=[v.wijk]))) == 2
    elders = als("coordinator", gebied=v.gebied, wijken=[WijkFactory(gebied=v.gebied)])
    assert lijst(elders) == []
    assert lijst(als("coordinator")) == []
    [rij, _ander] = lijst(v.coordinator)
    assert elders.get(f"{PAD}/{rij['id']}").status_code == 404
    assert besluit(elders, rij, "verwerpen").status_code == 404
    assert v.telefoon.client.get(PAD).status_code == 403


def test_applying_does_what_she_logged_in_her_name(veld):
    v = veld()
    bezoek = v.bezoek()
    h = v.telefoon.afronding(bezoek)
    bezoek_sluiten(bezoek_id=bezoek.pk, reden=Afsluitreden.NIET_BEREIKT, nu=clock.nu())
    assert v.telefoon.oordelen(h) == [("geparkeerd", "afgesloten")]
    [rij] = lijst(v.coordinator)
    assert besluit(v.coordinator, rij, "toepassen").json()["code"] == "afgesloten"  # reopen it first
    v.coordinator.post(
        f"/api/v1/bezoeken/{bezoek.pk}/herstel", {"reden": "Zij was er", "bevestigd": True}, format="json"
    )
    antwoord = besluit(v.coordinator, rij, "toepassen", "Zij was er echt")
    assert antwoord.status_code == 200
    na = antwoord.json()
    assert (na["status"], na["gegevens"], na["besluit"]["besluit"]) == ("toegepast", None, "toepassen")
    assert (na["besluit"]["reden"], na["besluit"]["door"]) == ("Zij was er echt", "Testpersoon")
    assert (na["gelogdDoor"], na["moment"][:19]) == (v.moeder.naam, rij["moment"][:19])
    bezoek.refresh_from_db()
    assert bezoek.status == "bezocht"
    assert Stand.objects.get(locatie__houder=v.moeder).aantal == 1  # the box was hers
    assert v.telefoon.oordelen(h) == [("alToegepast", None)]
    assert lijst(v.coordinator) == []
    assert len(lijst(v.coordinator, status="toegepast")) == 1


def test_an_attempt_that_was_applied_is_hers(veld):
    v = veld()
    bezoek = v.bezoek()
    bezoek_sluiten(bezoek_id=bezoek.pk, reden=Afsluitreden.NIET_BEREIKT, nu=clock.nu() - timedelta(hours=3))
    assert v.telefoon.oordelen(v.telefoon.poging(bezoek)) == [("geparkeerd", "afgesloten")]
    v.coordinator.post(f"/api/v1/bezoeken/{bezoek.pk}/herstel", {"reden": "Toch", "bevestigd": True}, format="json")
    [rij] = lijst(v.coordinator)
    assert besluit(v.coordinator, rij, "toepassen").status_code == 200
    assert Poging.objects.get().door == v.zij


def test_of_two_logs_the_chosen_one_holds_and_the_boxes_follow(twee_verslagen):
    v = twee_verslagen
    [rij] = lijst(v.coordinator)
    assert besluit(v.coordinator, rij, "toepassen", "Gebeld met het gezin").status_code == 200
    v.visit.refresh_from_db()
    assert (v.visit.status, v.visit.vorm, v.visit.uitnodigen) == ("bezocht", "aanDeDeur", False)
    assert not Toestemming.objects.filter(doel="cafe", tot=None).exists()
    kind = Bezoekkind.objects.get()
    assert (kind.doos_gegeven, kind.voucher_gegeven, kind.voucher_einde, kind.vorm) == (True, True, "1234", "aanDeDeur")
    standen = dict(Stand.objects.filter(locatie__houder__isnull=False).values_list("locatie__houder", "aantal"))
    assert standen == {v.moeder.pk: 1, v.andere_moeder.pk: 2}
    assert standen_kloppen() == []
    # The code that was never kept is recognised when it is logged again.
    assert v.telefoon.oordelen({**v.late, "id": str(uuid4())}) == [("alToegepast", None)]


def test_rejecting_leaves_all_as_it_is_and_she_hears_it(twee_verslagen):
    v = twee_verslagen
    [rij] = lijst(v.coordinator)
    na = besluit(v.coordinator, rij, "verwerpen", "Het andere verslag klopt").json()
    assert (na["status"], na["besluit"]["besluit"]) == ("verworpen", "verwerpen")
    assert na["gegevens"] == rij["gegevens"]  # what she logged is not lost
    assert Bezoek.objects.get().vorm == "elders"
    antwoord = v.telefoon.stuur(v.late).json()["resultaten"][0]
    assert (antwoord["status"], antwoord["code"]) == ("geweigerd", "verworpen")
    assert "Het andere verslag" not in antwoord["detail"]
    assert v.telefoon.oordelen({**v.late, "moment": clock.nu().isoformat()}) == [("geweigerd", "andereInhoud")]


def test_rejecting_needs_a_reason(twee_verslagen):
    [rij] = lijst(twee_verslagen.coordinator)
    for reden in (None, ""):
        antwoord = besluit(twee_verslagen.coordinator, rij, "verwerpen", reden)
        assert [f["name"] for f in antwoord.json()["invalidParams"]] == ["reden"]
    assert besluit(twee_verslagen.coordinator, rij, "toepassen", None).status_code == 200


def test_one_decides_once(twee_verslagen):
    v = twee_verslagen
    [rij] = lijst(v.coordinator)
    assert besluit(v.coordinator, rij, "verwerpen", HTTP_IF_MATCH='"7"').status_code == 412
    assert besluit(v.coordinator, rij, "verwerpen").status_code == 200
    for keuze in ("verwerpen", "toepassen"):
        antwoord = besluit(v.coordinator, rij, keuze)
        assert (antwoord.status_code, antwoord.json()["code"]) == (409, "alBesloten")
    assert v.coordinator.post(f"{PAD}/{uuid4()}/besluit", {"besluit": "toepassen"}, format="json").status_code == 404


@pytest.mark.parametrize("soort", ["aanvaarding", "afwijzing"])
def test_nobody_accepts_or_declines_for_who_has_the_visit_now(veld, soort):
    v = veld()
    bezoek = v.bezoek(aanvaard=False)
    v.geef_aan_ander(bezoek)
    v.telefoon.oordelen(v.telefoon.handeling(soort, bezoek, {"reden": "ziek"} if soort == "afwijzing" else {}))
    [rij] = lijst(v.coordinator)
    assert besluit(v.coordinator, rij, "toepassen").json()["code"] == "nietToegewezen"


def test_what_is_arranged_by_hand_is_rejected_with_what_was_done(veld):
    v = veld()
    t = v.telefoon
    h = t.handeling("doorverwijzing", v.bezoek(), {"organisatie": "BoekStart"})
    t.oordelen(h)
    [rij] = lijst(v.coordinator)
    assert besluit(v.coordinator, rij, "toepassen").json()["code"] == "nogNietToepasbaar"
    assert besluit(v.coordinator, rij, "verwerpen", "Zelf gebeld").status_code == 200


def test_filters_and_pages_in_a_fixed_number_of_queries(veld):
    v = veld()
    t = v.telefoon
    bezoek, ander = v.bezoek(), v.bezoek()

    def meet() -> int:
        with CaptureQueriesContext(connection) as queries:
            lijst(v.coordinator)
        return len(queries)

    sjop = {"wensen": [{"categorie": "rompers"}]}
    t.oordelen(t.handeling("doorverwijzing", bezoek), t.handeling("doorverwijzing", ander))
    twee = meet()
    t.oordelen(*[t.handeling("sjopaanvraag", None, sjop) for _nummer in range(10)])
    assert meet() == twee == 3
    assert len(lijst(v.coordinator, soort="doorverwijzing")) == 2
    assert len(lijst(v.coordinator, bezoek=str(ander.pk))) == 1
    assert v.coordinator.get(PAD, {"pageSize": 5, "page": 3}).json()["count"] == 12
    assert v.coordinator.get(PAD, {"status": "kwijt"}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_decide_once(twee_verslagen, als):
    v = twee_verslagen
    [rij] = lijst(v.coordinator)
    clients = [als("coordinator", gebied=v.gebied) for _nummer in range(4)]
    start = threading.Barrier(4)
    codes: list[int] = []

    def doe(nummer: int) -> None:
        try:
            start.wait()
            codes.append(besluit(clients[nummer], rij, "toepassen" if nummer % 2 else "verwerpen").status_code)
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=[nummer]) for nummer in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(codes) == [200, 409, 409, 409]
    assert standen_kloppen() == []
    assert Handeling.objects.exclude(besluit="").count() == 1

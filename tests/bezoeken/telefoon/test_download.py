"""GET /synchronisatie."""

from __future__ import annotations

from datetime import timedelta

import orjson
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bezoeken.kraambezoek.services.sluiten import bezoek_sluiten, gezin_stoppen, overlijden_melden
from bezoeken.toestand import Afsluitreden
from bezoeken.toewijzing.services import toewijzen, toewijzing_intrekken
from ooievaar.platform import clock
from tests.bezoeken.telefoon.conftest import PAD, kinderen_van
from tests.factories import ContactpersoonFactory, GezinFactory

pytestmark = pytest.mark.django_db
DELEN = {"bezoeken", "gezinnen", "pasgeborenen", "dozen", "sjpruutcafes", "verwijderd", "cursor"}


def ids(rijen) -> set[str]:
    return {rij["id"] for rij in rijen}


def alles(inhoud) -> set[str]:
    return ids(inhoud["bezoeken"]) | ids(inhoud["gezinnen"]) | ids(inhoud["pasgeborenen"])


def van(bezoek) -> set[str]:
    """The ids of a visit, its family and its children."""
    return {str(bezoek.pk), str(bezoek.gezin_id), *map(str, kinderen_van(bezoek))}


def test_it_holds_her_visits_with_their_families_and_her_boxes(veld):
    v = veld(dozen=3)
    bezoek = v.bezoek(kinderen=2)
    v.bezoek(moeder=v.andere_moeder)
    inhoud = v.telefoon.haal()
    assert inhoud.keys() == DELEN
    assert alles(inhoud) == van(bezoek)
    [gezin] = inhoud["gezinnen"]
    assert gezin["adres"]["straat"] == "Sjpruutstraat"
    assert [(d["aantal"], d["beschikbaar"]) for d in inhoud["dozen"]] == [(3, 3)]
    assert inhoud["verwijderd"] == []
    rest = v.telefoon.client.get(f"/api/v1/bezoeken/{bezoek.pk}").json()
    assert inhoud["bezoeken"] == [{**rest, "afgeslotenOp": None, "maatregelen": [], "incheck": None}]


def test_it_says_what_to_do_for_her_safety_and_not_why(veld):
    v = veld()
    bezoek, ander = v.bezoek(), v.bezoek(aanvaard=False)
    for visit in (bezoek, ander):
        pad = f"/api/v1/gezinnen/{visit.gezin_id}/veiligheidsvlaggen"
        vlag = v.coordinator.post(pad, {"soort": "geweldsrisico", "maatregel": "duoBezoek"}, format="json")
        assert vlag.status_code == 201
    inhoud = v.telefoon.haal()
    maatregelen = {rij["id"]: [m["code"] for m in rij["maatregelen"]] for rij in inhoud["bezoeken"]}
    assert maatregelen == {str(bezoek.pk): ["duoBezoek"], str(ander.pk): []}
    assert "geweld" not in orjson.dumps(inhoud).decode()


def test_before_acceptance_she_has_wijk_and_language_only(veld):
    v = veld()
    bezoek = v.bezoek(aanvaard=False)
    inhoud = v.telefoon.haal()
    [rij] = inhoud["bezoeken"]
    assert (rij["gezin"], rij["pasgeborenen"], rij["geboortedatum"]) == (None, None, None)
    assert (rij["wijk"], rij["taal"]) == (v.wijk.code, "nl")
    assert (inhoud["gezinnen"], inhoud["pasgeborenen"]) == ([], [])
    assert not (van(bezoek) - {str(bezoek.pk)}) & set(orjson.dumps(inhoud).decode().split('"'))


def test_what_went_to_another_is_erased_from_hers_and_told_once_more_after_a_lost_answer(veld):
    v = veld()
    bezoek = v.bezoek(kinderen=2)
    cursor = v.telefoon.haal()["cursor"]
    v.geef_aan_ander(bezoek)
    verloren, weer = v.telefoon.haal(cursor), v.telefoon.haal(cursor)
    for inhoud in (verloren, weer, v.telefoon.haal(weer["cursor"])):
        assert not alles(inhoud)
        assert ids(inhoud["verwijderd"]) == van(bezoek)
        assert {(w["soort"], w["reden"]) for w in inhoud["verwijderd"]} == {
            ("bezoek", "overgedragen"),
            ("gezin", "overgedragen"),
            ("pasgeborene", "overgedragen"),
        }
    # The other has not accepted: she is told nothing of the family.
    assert alles(v.andere_telefoon.haal()) == {str(bezoek.pk)}


def test_of_a_visit_she_never_accepted_only_the_visit_is_named(veld):
    v = veld()
    bezoek = v.bezoek(aanvaard=False)
    toewijzing_intrekken(bezoek_id=bezoek.pk, nu=clock.nu())
    assert v.telefoon.haal()["verwijderd"] == [{"id": str(bezoek.pk), "soort": "bezoek", "reden": "overgedragen"}]


def test_a_visit_that_came_back_to_her_is_without_its_family_until_she_accepts_anew(veld):
    v = veld()
    bezoek = v.bezoek()
    v.geef_aan_ander(bezoek)
    toewijzen(bezoek_id=bezoek.pk, ooievaarsmoeder_id=v.moeder.pk, door=None, nu=clock.nu())
    inhoud = v.telefoon.haal()
    assert alles(inhoud) == {str(bezoek.pk)}
    assert ids(inhoud["verwijderd"]) == van(bezoek) - {str(bezoek.pk)}
    v.telefoon.oordelen(v.telefoon.handeling("aanvaarding", bezoek))
    inhoud = v.telefoon.haal()
    assert (alles(inhoud), inhoud["verwijderd"]) == (van(bezoek), [])


def test_a_family_that_she_still_has_through_another_visit_stays(veld):
    v = veld()
    gezin = GezinFactory(wijk=v.wijk)
    weg, blijft = v.bezoek(gezin=gezin), v.bezoek(gezin=gezin)
    v.geef_aan_ander(weg)
    inhoud = v.telefoon.haal()
    assert alles(inhoud) == van(blijft)
    assert str(gezin.pk) not in ids(inhoud["verwijderd"])


@pytest.mark.parametrize(
    "stop",
    [
        lambda b: overlijden_melden(pasgeborene_id=kinderen_van(b)[0], nu=clock.nu()),
        lambda b: bezoek_sluiten(bezoek_id=b.pk, reden=Afsluitreden.VERVALLEN, nu=clock.nu()),
        lambda b: gezin_stoppen(gezin_id=b.gezin_id, reden="ingetrokken", nu=clock.nu()),
    ],
    ids=["overlijden", "vervallen", "contactstop"],
)
def test_after_a_stop_nothing_of_the_family_stays_and_no_cause_is_told(veld, stop):
    v = veld()
    bezoek = v.bezoek(kinderen=2)
    cursor = v.telefoon.haal()["cursor"]
    stop(bezoek)
    inhoud = v.telefoon.haal(cursor)
    assert not alles(inhoud)
    assert ids(inhoud["verwijderd"]) == van(bezoek)
    assert {w["reden"] for w in inhoud["verwijderd"]} == {"gestopt"}
    tekst = orjson.dumps(inhoud).decode()
    assert not [
        woord
        for woord in ("vervallen", "overl", "contactstop", "ingetrokken", 'reden":"ge')
        if woord in tekst.replace('"reden":"gestopt"', "")
    ]


def test_a_former_assignee_does_not_hear_of_a_later_stop(veld):
    v = veld()
    bezoek = v.bezoek()
    v.geef_aan_ander(bezoek)
    overlijden_melden(pasgeborene_id=kinderen_van(bezoek)[0], nu=clock.nu())
    assert {w["reden"] for w in v.telefoon.haal()["verwijderd"]} == {"overgedragen"}


def test_a_closed_visit_stays_for_seven_days(veld):
    v = veld()
    nu = clock.nu()
    with time_machine.travel(nu, tick=False) as tijd:
        bezoek = v.bezoek()
        bezoek_sluiten(bezoek_id=bezoek.pk, reden=Afsluitreden.NIET_BEREIKT, nu=nu)
        tijd.shift(timedelta(days=7) - timedelta(seconds=1))
        eerst = v.telefoon.haal()
        assert alles(eerst) == van(bezoek)
        tijd.shift(timedelta(seconds=1))
        daarna = v.telefoon.haal(eerst["cursor"])
    assert not alles(daarna)
    assert ids(daarna["verwijderd"]) == van(bezoek)
    assert {w["reden"] for w in daarna["verwijderd"]} == {"afgesloten"}


def test_a_phone_that_was_away_for_months_still_hears_what_to_erase(veld):
    v = veld()
    nu = clock.nu()
    with time_machine.travel(nu, tick=False) as tijd:
        bezoek = v.bezoek()
        cursor = v.telefoon.haal()["cursor"]
        v.geef_aan_ander(bezoek)
        tijd.shift(timedelta(days=200))
        assert ids(v.telefoon.haal(cursor)["verwijderd"]) == van(bezoek)
        # A phone that starts now never had it.
        assert v.telefoon.haal()["verwijderd"] == []


@pytest.mark.parametrize(
    "cursor", ["", "onzin", "MS4", "é", "x" * 500, "Mi4xNzk1NTMwMDAw", "../../etc", "MS45OTk5OTk5OTk5OTk5"]
)
def test_a_cursor_we_do_not_know_gives_everything(veld, cursor):
    v = veld()
    bezoek = v.bezoek()
    assert alles(v.telefoon.haal(cursor)) == van(bezoek)


def test_who_left_the_programme_holds_nothing(veld):
    v = veld()
    bezoek = v.bezoek()
    v.moeder.actief = False
    v.moeder.save()
    inhoud = v.telefoon.haal()
    assert not alles(inhoud)
    assert ids(inhoud["verwijderd"]) == van(bezoek)


def test_a_coordinator_without_visits_of_her_own_gets_empty_lists(veld):
    v = veld()
    v.bezoek()
    inhoud = v.coordinator.get(PAD).json()
    assert {naam for naam in DELEN - {"cursor"} if inhoud[naam]} == set()


def test_another_query_key_is_refused(veld):
    antwoord = veld().telefoon.client.get(PAD, {"since": "x"})
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "onbekendeParameter")


def test_the_number_of_queries_does_not_grow_and_thirty_families_fit_in_50_kb(veld):
    v = veld()

    def meet() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            v.telefoon.haal()
        return len(queries)

    for _nummer in range(2):
        v.geef_aan_ander(v.bezoek())
        v.bezoek()
    twee = meet()
    for _nummer in range(28):
        bezoek = v.bezoek()
        ContactpersoonFactory(gezin=bezoek.gezin, telefoonnummer="+31612345678", emailadres="iemand@example.org")
    assert meet() == twee <= 10
    inhoud = v.telefoon.client.get(PAD).content
    assert len(orjson.loads(inhoud)["gezinnen"]) == 30
    assert len(inhoud) <= 50_000

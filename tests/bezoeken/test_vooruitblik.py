"""Looking ahead and changing rules: pure functions, and the API around them."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from bezoeken.herinneren.vooruitblik import keur_regel, met_regel, verschil, vooruitblik
from bezoeken.herinneringen import Ontvanger, Regel
from bezoeken.models import Herinneringsregel
from notifications.models import Bericht
from ooievaar.kalender import Uren
from ooievaar.platform import clock
from tests.bezoeken.test_herinneringen import OMGEVING, stand
from tests.factories import toegewezen_bezoek

GEBOREN = date(2026, 9, 30)
G, C = Ontvanger.GEZIN, Ontvanger.COORDINATOR


def dagen(zichten):
    return {(z.soort, z.ontvanger.value): (z.dag - GEBOREN).days for z in zichten}


def alles(standen, omgeving=OMGEVING):
    return vooruitblik(standen, omgeving, GEBOREN, GEBOREN + timedelta(days=200))


def test_who_gets_what_when_for_an_unassigned_visit():
    zichten = dagen(alles([stand(geboren=GEBOREN, status="open")]))
    assert zichten["aankondiging", "gezin"] == 35
    assert zichten["nietToegewezen", "coordinator"] in (30, 31)
    assert ("bellenEnPlannen", "ooievaarsmoeder") not in zichten


def test_any_day_can_be_asked_and_the_days_add_up():
    standen = [stand(bezoek_id=UUID(int=n), geboren=GEBOREN + timedelta(days=n), status="open") for n in range(9)]
    heel = vooruitblik(standen, OMGEVING, GEBOREN, GEBOREN + timedelta(days=120))
    per_dag = [
        zicht
        for n in range(121)
        for zicht in vooruitblik(standen, OMGEVING, GEBOREN + timedelta(days=n), GEBOREN + timedelta(days=n))
    ]
    assert heel == per_dag != []


def test_nothing_on_quiet_days_and_nothing_for_who_may_not_be_contacted():
    standen = [stand(geboren=GEBOREN + timedelta(days=n), status="open") for n in range(60)]
    assert not [z for z in alles(standen) if OMGEVING.stil(z.dag)]
    assert alles([stand(geboren=GEBOREN, mag_benaderd=False)]) == []


def test_what_a_change_adds_and_drops():
    visite = stand(geboren=GEBOREN, status="open")
    later = met_regel(OMGEVING, Regel("aankondiging", G, 37), actief=True)
    uitkomst = verschil([visite], OMGEVING, later, GEBOREN, GEBOREN + timedelta(days=100))
    assert [(z.soort, (z.dag - GEBOREN).days) for z in uitkomst.weg] == [("aankondiging", 35)]
    assert [(z.soort, (z.dag - GEBOREN).days) for z in uitkomst.erbij] == [("aankondiging", 37)]
    uit = met_regel(OMGEVING, Regel("aankondiging", G, 35), actief=False)
    weg = verschil([visite], OMGEVING, uit, GEBOREN, GEBOREN + timedelta(days=100))
    assert ([z.soort for z in weg.weg], weg.erbij) == (["aankondiging"], [])


@pytest.mark.parametrize(
    ("regel", "fouten"),
    [
        (Regel("aankondiging", G, 35), []),
        (Regel("aankondiging", G, 20), [("dag", "voorContact")]),
        (Regel("aankondiging", G, 35, time(21)), [("tijd", "buitenUren")]),
        (Regel("aankondiging", G, 35, time(20)), [("tijd", "buitenUren")]),
        (Regel("aankondiging", G, 35, time(19, 59)), []),
        (Regel("aankondiging", G, 20, time(3)), [("dag", "voorContact"), ("tijd", "buitenUren")]),
        (Regel("aankondiging", C, 35), [("ontvanger", "pastNiet")]),
        (Regel("sluiten", C, 300), [("dag", "teHoog")]),
        (Regel("bezoekherinnering", G, -1), []),
        (Regel("bezoekherinnering", G, 0), [("dag", "teHoog")]),
        (Regel("onzin", G, 30), [("soort", "onbekend")]),
    ],
)
def test_a_rule_at_night_or_before_contact_is_refused(regel, fouten):
    assert keur_regel(regel, contact_vanaf=21, uren=Uren()) == fouten


def test_a_rule_has_its_own_time_of_the_day():
    from datetime import datetime

    from bezoeken.herinneringen import verschuldigd
    from ooievaar.kalender import AMSTERDAM

    omgeving = replace(OMGEVING, regels=(Regel("aankondiging", G, 35, time(17)),))
    dag = GEBOREN + timedelta(days=35)
    visite = stand(geboren=GEBOREN, status="open")

    def om(uur):
        return verschuldigd(visite, omgeving, datetime.combine(dag, time(uur), tzinfo=AMSTERDAM))

    assert (om(16), len(om(17))) == ([], 1)


@pytest.mark.django_db
class TestApi:
    pad = "/api/v1/herinneringsregels/aankondiging/gezin"

    def test_change_one_and_the_others_of_domain_md_stay(self, als):
        client = als("coordinator")
        voor = client.get("/api/v1/herinneringsregels").json()
        assert not Herinneringsregel.objects.exists()
        antwoord = client.put(self.pad, {"dag": 36, "tijd": "10:30"}, format="json")
        assert (antwoord.status_code, antwoord.json()["tijd"]) == (200, "10:30")
        na = client.get("/api/v1/herinneringsregels").json()
        assert na["count"] == voor["count"] == Herinneringsregel.objects.count()
        anders = [n for n, v in zip(na["results"], voor["results"], strict=True) if n != v]
        assert [(r["soort"], r["dag"]) for r in anders] == [("aankondiging", 36)]

    @pytest.mark.parametrize(
        ("inhoud", "veld", "code"),
        [
            ({"dag": 35, "tijd": "22:00"}, "tijd", "buitenUren"),
            ({"dag": 35, "tijd": "03:00"}, "tijd", "buitenUren"),
            ({"dag": 10}, "dag", "voorContact"),
            ({"dag": 300}, "dag", "teHoog"),
        ],
    )
    def test_at_night_or_before_contact_cannot_be_saved(self, als, inhoud, veld, code):
        antwoord = als("coordinator").put(self.pad, inhoud, format="json")
        assert antwoord.status_code == 400
        assert [(p["name"], p["code"]) for p in antwoord.json()["invalidParams"]] == [(veld, code)]
        assert not Herinneringsregel.objects.exists()

    def test_a_kind_that_is_not_there(self, als):
        client = als("coordinator")
        assert client.put("/api/v1/herinneringsregels/onzin/gezin", {"dag": 35}, format="json").status_code == 404
        assert client.put("/api/v1/herinneringsregels/sluiten/gezin", {"dag": 35}, format="json").status_code == 400

    def test_preview_plans_nothing(self, als):
        bezoek = toegewezen_bezoek(geboortedatum=clock.vandaag() - timedelta(days=10))
        client = als("coordinator", gebied=bezoek.gebied)
        vandaag = clock.vandaag()
        over = f"van={vandaag}&tot={vandaag + timedelta(days=100)}&pageSize=100"
        rijen = client.get(f"/api/v1/vooruitblik?{over}").json()["results"]
        assert {r["bezoek"] for r in rijen} == {str(bezoek.pk)}
        assert "aankondiging" in {r["soort"] for r in rijen}
        inhoud = {"soort": "aankondiging", "ontvanger": "gezin", "dag": 40, "actief": False}
        inhoud |= {"van": str(vandaag), "tot": str(vandaag + timedelta(days=100))}
        uitkomst = client.post("/api/v1/herinneringsregel-voorbeelden", inhoud, format="json").json()
        assert ([r["soort"] for r in uitkomst["weg"]], uitkomst["erbij"]) == (["aankondiging"], [])
        assert not Bericht.objects.exists()
        assert not Herinneringsregel.objects.exists()

    def test_a_period_the_wrong_way_round_or_too_long(self, als):
        client = als("coordinator")
        assert client.get("/api/v1/vooruitblik?van=2026-11-24&tot=2026-11-23").status_code == 400
        assert client.get("/api/v1/vooruitblik?van=2026-01-01&tot=2026-12-31").status_code == 400

"""The sweep: from visits in the database to rows in the outbox, once (quality.md, R5, R8, R9)."""

import threading
from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bezoeken.herinneren.services import herinneringen_plannen, standaardregels
from bezoeken.models import Bezoek, Herinneringsregel
from notifications.models import Bericht
from notifications.services import berichten_annuleren
from ooievaar.models import Gezin
from tests.factories import ContactpersoonFactory, bezoek_met_kinderen, gebruiker_met_rol, toegewezen_bezoek

NU = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
pytestmark = pytest.mark.django_db


def geboren(dagen):
    """The birth date of a child that is this many days old at NU."""
    return date(2026, 11, 24) - timedelta(days=dagen)


def bezoek(dagen, **velden):
    return bezoek_met_kinderen(geboortedatum=geboren(dagen), **velden)


def test_announces_by_letter_and_only_once():
    rij = bezoek(35)
    assert herinneringen_plannen(nu=NU)["aankondiging"] == 1
    brief = Bericht.objects.get(soort="aankondiging")
    assert (brief.kanaal, brief.gezin_id, brief.aanleiding) == ("brief", rij.gezin_id, f"bezoek:{rij.pk}")
    assert brief.context == {"van": rij.venster_begin.isoformat(), "tot": rij.venster_eind.isoformat()}
    assert herinneringen_plannen(nu=NU + timedelta(minutes=15)).total() == 0
    Bezoek.objects.update(venster_begin=rij.venster_begin + timedelta(days=1), venster_reden="opVerzoek")
    assert herinneringen_plannen(nu=NU + timedelta(days=1))["aankondiging"] == 0, "nor after the window moved"


def test_by_e_mail_when_the_family_prefers_that():
    rij = bezoek(36)
    ContactpersoonFactory(gezin=rij.gezin, emailadres="a@example.org", voorkeurskanaal="email")
    herinneringen_plannen(nu=NU)
    assert Bericht.objects.get(soort="aankondiging").kanaal == "email"


def test_coordinators_of_the_wijk_hear_or_else_those_of_the_whole_gebied():
    rij = bezoek(32)
    geheel = gebruiker_met_rol("coordinator", gebied=rij.gebied)
    gebruiker_met_rol("coordinator")
    herinneringen_plannen(nu=NU)
    assert set(Bericht.objects.values_list("gebruiker_id", flat=True)) == {geheel.pk}
    van_wijk = gebruiker_met_rol("coordinator", gebied=rij.gebied, wijken=[rij.wijk], email="c@example.org")
    ander = bezoek(32, gezin=rij.gezin)
    herinneringen_plannen(nu=NU)
    over_ander = Bericht.objects.get(aanleiding=f"bezoek:{ander.pk}")
    assert (over_ander.gebruiker_id, over_ander.kanaal) == (van_wijk.pk, "email")


def test_before_day_21_and_after_the_visit_nothing():
    bezoek(20)
    bezoek(60, status="bezocht", bezocht_op=NU, afgerond_op=NU, vorm="huisbezoek")
    assert herinneringen_plannen(nu=NU).total() == 0


@pytest.mark.parametrize("veld", [{"contactstop_op": NU, "contactstop_reden": "geweigerd"}, {"stil_sinds": NU}])
def test_nothing_about_a_family_that_may_not_be_contacted(veld):
    gebruiker_met_rol("coordinator", gebied=bezoek(58).gebied)
    Gezin.objects.update(**veld)
    assert herinneringen_plannen(nu=NU).total() == 0


def test_a_cancelled_message_stays_cancelled_and_a_restore_sends_nothing_by_itself():
    rij = bezoek(35)
    herinneringen_plannen(nu=NU)
    assert berichten_annuleren(aanleiding=f"bezoek:{rij.pk}", nu=NU) == 1
    assert herinneringen_plannen(nu=NU + timedelta(hours=1)).total() == 0
    ander = bezoek(36)
    Gezin.objects.filter(pk=ander.gezin_id).update(hersteld_op=NU)
    assert herinneringen_plannen(nu=NU + timedelta(hours=1)).total() == 0


def test_a_trial_writes_nothing_and_promises_what_the_sweep_does():
    gebruiker_met_rol("coordinator", gebied=bezoek(50).gebied)
    beloofd = herinneringen_plannen(nu=NU, proef=True)
    assert not Bericht.objects.exists()
    assert beloofd.total() > 0
    assert herinneringen_plannen(nu=NU) == beloofd


def test_three_days_down_loses_and_doubles_nothing():
    rij = toegewezen_bezoek(geboortedatum=geboren(37))
    elke_dag, met_uitval = Counter(), Counter()
    for dag in range(12):
        elke_dag += herinneringen_plannen(nu=NU + timedelta(days=dag))
    Bericht.objects.all().delete()
    for dag in (0, 4, 5, 6, 7, 8, 9, 10, 11):
        met_uitval += herinneringen_plannen(nu=NU + timedelta(days=dag))
    assert met_uitval == elke_dag == Counter(aankondiging=1, bellenEnPlannen=1, geenAfspraak=1)
    assert set(Bericht.objects.values_list("aanleiding", flat=True)) == {f"bezoek:{rij.pk}"}


def test_rules_of_a_gebied_are_data():
    gebied = bezoek(40).gebied
    gebied.antwoord_dagen = 5
    assert standaardregels(gebied) == Herinneringsregel.objects.count() > 8
    assert standaardregels(gebied) == 0
    assert Herinneringsregel.objects.get(soort="geenAntwoord").dag == 5
    Herinneringsregel.objects.filter(soort="aankondiging").update(actief=False)
    assert herinneringen_plannen(nu=NU)["aankondiging"] == 0


def test_as_many_queries_for_2_visits_as_for_20():
    aantallen = []
    for aantal in (2, 18):
        for _nummer in range(aantal):
            bezoek(35)
        with CaptureQueriesContext(connection) as vragen:
            herinneringen_plannen(nu=NU)
        aantallen.append(len(vragen))
    assert aantallen[0] == aantallen[1]


def test_the_command_prints_by_kind_and_a_trial_writes_nothing():
    bezoek(35)
    uit = StringIO()
    call_command("herinneringen", "--op", "2026-11-24T09:00", "--proef", stdout=uit)
    assert "aankondiging: 1" in uit.getvalue()
    assert "totaal (proef): 1" in uit.getvalue()
    assert not Bericht.objects.exists()
    call_command("herinneringen", "--op", "2026-11-24T09:00", stdout=StringIO())
    assert Bericht.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_plan_once():
    for _nummer in range(20):
        bezoek(36)
    start, uitkomsten = threading.Barrier(2), []

    def veeg():
        start.wait()
        uitkomsten.append(herinneringen_plannen(nu=NU).total())
        connection.close()

    draden = [threading.Thread(target=veeg) for _nummer in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert sum(uitkomsten) == Bericht.objects.count() == 20


def test_the_tasks_are_found_by_their_names_and_do_what_the_commands_do(monkeypatch):
    from config.celery import app
    from notifications.tasks import verzend_berichten
    from ooievaar.platform import clock

    app.loader.import_default_modules()
    namen = {"bezoeken.herinneringen", "notifications.verzend"}
    assert namen <= set(app.tasks)
    assert namen <= {regel["task"] for regel in app.conf.beat_schedule.values()}
    bezoek(35)
    monkeypatch.setattr(clock, "nu", lambda: NU)
    app.tasks["bezoeken.herinneringen"].apply(throw=True)
    verzend_berichten.apply(throw=True)
    assert Bericht.objects.get().status == "verzonden"

"""manage.py brievenlijst, and verzend_berichten that fills it."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from notifications.models import Bericht, Briefregel
from ooievaar.models import Gezin, Inzage
from ooievaar.selectors.logboek import OP_DE_SERVER
from tests.factories import ContactpersoonFactory, GezinFactory
from tests.factories.notifications import BerichtFactory

pytestmark = pytest.mark.django_db(transaction=True)


def brief(**velden):
    gezin = GezinFactory(**velden)
    ContactpersoonFactory(gezin=gezin, naam=velden.get("straat", "A. Voorbeeld"))
    return BerichtFactory(
        gezin=gezin, kanaal="brief", gepland_op="2026-11-24T08:00Z", aangemaakt_op="2026-11-24T08:00Z"
    )


def lijst():
    uit, fout = StringIO(), StringIO()
    call_command("brievenlijst", dag=date(2026, 11, 24), stdout=uit, stderr=fout)
    return list(csv.DictReader(StringIO(uit.getvalue()), delimiter=";")), fout.getvalue()


def test_addresses_of_now_formulas_escaped_secret_and_stopped_families_left_out():
    gewoon, gestopt = brief(), brief()
    for velden in ({"straat": '=HYPERLINK("x")'}, {"geheim": True}, {"postcode": ""}):
        brief(**velden)
    call_command("verzend_berichten", "--op", "2026-11-24T10:00", stdout=StringIO())
    assert Bericht.objects.filter(status="verzonden").count() == Briefregel.objects.count() == 5
    Gezin.objects.filter(pk=gewoon.gezin_id).update(straat="Nieuwstraat")
    Gezin.objects.filter(pk=gestopt.gezin_id).update(contactstop_reden="geweigerd", contactstop_op="2026-11-24T11:00Z")
    rijen, fout = lijst()
    assert [rij["straat"] for rij in rijen] == ['\'=HYPERLINK("x")', "Nieuwstraat"]
    assert rijen[1]["postcode"] == "6400 AA"
    assert "Ooievaarsmoeder" in rijen[1]["tekst"]
    assert fout.count("Niet op de lijst: 1") == 3
    assert Inzage.objects.filter(waar="brief", gebruiker_id=OP_DE_SERVER).count() == len(rijen)


def test_a_moment_that_is_none_is_refused():
    with pytest.raises(CommandError, match="--op"):
        call_command("verzend_berichten", "--op", "gisteren")

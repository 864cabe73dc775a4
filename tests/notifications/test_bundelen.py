"""What one of us would get within minutes is one message, whoever claims it and in whatever chunks."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from notifications.kanalen import Oordeel, Uitkomst
from notifications.models import Bericht
from notifications.services import verzend
from notifications.services.bundelen import PAUZE
from notifications.services.claimen import LEASE
from tests.factories import OoievaarsmoederFactory, gebruiker_met_rol
from tests.factories.notifications import BerichtFactory
from tests.notifications.stub import StubKanaal

NU = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def zij():
    return OoievaarsmoederFactory()


def bericht(zij, **velden):
    basis = {"soort": "bellenEnPlannen", "gepland_op": NU - timedelta(hours=1), "aangemaakt_op": NU, "context": {}}
    return BerichtFactory(**{**basis, "gezin": None, "gebied": zij.gebied, "ooievaarsmoeder": zij, **velden})


def met_zijn_tweeen(*stubs, **hoe):
    """A sender each, at the same moment."""
    start = threading.Barrier(len(stubs))

    def zender(stub):
        start.wait()
        verzend(nu=NU, kanalen=[stub], **hoe)
        connection.close()

    draden = [threading.Thread(target=zender, args=(stub,)) for stub in stubs]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)


@pytest.mark.parametrize("naam", ["email", "push"])
def test_two_senders_with_chunks_of_one_make_one_message_for_each_person(naam):
    moeders = [OoievaarsmoederFactory() for _nummer in range(8)]
    coordinator = gebruiker_met_rol("coordinator")
    for nummer in range(4):
        for zij in moeders:
            bericht(zij, kanaal=naam, gepland_op=NU - timedelta(minutes=nummer))
        bericht(moeders[0], kanaal=naam, ooievaarsmoeder=None, gebruiker=coordinator, soort="nietToegewezen")
    stubs = [StubKanaal(partij=1), StubKanaal(partij=1)]
    for stub in stubs:
        stub.naam = naam
    met_zijn_tweeen(*stubs, batch=1)
    adressen = [zending.adres for stub in stubs for zending in stub.aangeboden]
    assert len(adressen) == len(set(adressen)) == 9
    assert Bericht.objects.filter(status="verzonden").count() == 36


def test_a_family_gets_each_with_its_own_stop():
    gezin = BerichtFactory(gepland_op=NU, aangemaakt_op=NU).gezin
    BerichtFactory(gezin=gezin, gepland_op=NU, aangemaakt_op=NU)
    stub = StubKanaal()
    verzend(nu=NU, kanalen=[stub])
    assert len(stub.aangeboden) == 2


def test_what_comes_due_while_hers_is_on_its_way_goes_after_a_pause_as_one(zij):
    bericht(zij)
    ander = StubKanaal()

    def tweede():
        for _keer in range(2):
            bericht(zij, gepland_op=NU)
        verzend(nu=NU, kanalen=[ander])
        connection.close()

    def tijdens(_zending):
        draad = threading.Thread(target=tweede)
        draad.start()
        draad.join(30)
        return Uitkomst(Oordeel.GELUKT)

    verzend(nu=NU, kanalen=[StubKanaal(bij=tijdens)])
    assert Bericht.objects.filter(status="gepland").count() == 2, "another sender leaves her alone"
    stub = StubKanaal()
    verzend(nu=NU + PAUZE - timedelta(minutes=1), kanalen=[stub])
    assert stub.aangeboden == []
    verzend(nu=NU + PAUZE + timedelta(minutes=1), kanalen=[stub])
    assert [zending.onderwerp for zending in stub.aangeboden] == ["2 berichten voor u"]


def test_nothing_waits_into_the_quiet_hours_nor_until_it_has_no_use_any_more(zij):
    avond = NU.replace(hour=19, minute=55)
    bericht(zij, status="verzonden", verzonden_op=avond)
    bericht(zij, gepland_op=avond)
    stub = StubKanaal()
    verzend(nu=avond, kanalen=[stub])
    assert len(stub.aangeboden) == 1

    bericht(zij, status="verzonden", verzonden_op=NU)
    bericht(zij, verloopt_op=NU + timedelta(minutes=5))
    bericht(zij)
    verzend(nu=NU, kanalen=[stub])
    assert [zending.onderwerp for zending in stub.aangeboden[1:]] == ["2 berichten voor u"], "and takes the other along"


def test_somebodys_safety_neither_waits_nor_is_merged(zij):
    bericht(zij, status="verzonden", verzonden_op=NU)
    alarmen = [bericht(zij, soort="veiligheidVraag", spoed=True) for _keer in range(2)]
    gewoon = bericht(zij)
    stub = StubKanaal()
    met_zijn_tweeen(stub, StubKanaal(), spoed=True, batch=1)
    verzend(nu=NU, kanalen=[stub])
    assert set(Bericht.objects.filter(status="verzonden", spoed=True)) == set(alarmen)
    assert Bericht.objects.filter(bundel__isnull=False).count() == 0
    gewoon.refresh_from_db()
    assert gewoon.status == "gepland"


def test_what_may_have_arrived_goes_again_as_it_was_and_what_did_not_is_merged_anew(zij):
    for _keer in range(2):
        bericht(zij)
    stub = StubKanaal(bij=lambda _z: Uitkomst(Oordeel.ONZEKER, "geenAntwoord"))
    verzend(nu=NU, kanalen=[stub])
    straks = NU + timedelta(minutes=5)
    bericht(zij, gepland_op=straks)
    stub.bij = None
    verzend(nu=straks, kanalen=[stub])
    eerst, weer = stub.aangeboden
    assert (eerst.id, eerst.tekst) == (weer.id, weer.tekst), "under the same key, the same message"

    ander = OoievaarsmoederFactory()
    twee = [bericht(ander) for _keer in range(2)]
    stub.bij = lambda _z: Uitkomst(Oordeel.LATER, "tijdelijkGeweigerd")
    verzend(nu=NU, kanalen=[stub])
    twee[0].delete()
    stub.bij = None
    verzend(nu=straks, kanalen=[stub])
    assert stub.aangeboden[-1].id == twee[1].pk, "alone now, so in its own words"


def test_after_a_crash_hers_waits_for_the_lease_and_comes_as_one(zij):
    bericht(zij, status="bezig", lease_tot=NU + LEASE, pogingen=1)
    bericht(zij)
    stub = StubKanaal()
    verzend(nu=NU, kanalen=[stub])
    assert stub.aangeboden == []
    verzend(nu=NU + LEASE, kanalen=[stub])
    assert [zending.onderwerp for zending in stub.aangeboden] == ["2 berichten voor u"]

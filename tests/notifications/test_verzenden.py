"""The sender: what goes, what waits, what is never sent (quality.md, R5 to R9)."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from notifications.kanalen import BriefKanaal, EmailKanaal, Oordeel, Uitkomst
from notifications.models import Bericht, Briefregel
from notifications.services import berichten_annuleren, verzend
from notifications.services.claimen import LEASE
from notifications.services.markeren import MAXIMUM_POGINGEN
from ooievaar.models import Gezin, VrijePeriode
from tests.factories import ContactpersoonFactory, GebiedFactory, GezinFactory, OoievaarsmoederFactory
from tests.factories.notifications import BerichtFactory
from tests.notifications.stub import StubKanaal

NU = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
db = pytest.mark.django_db(transaction=True)
pytestmark = db


def bericht(**velden):
    return BerichtFactory(**{"gepland_op": NU - timedelta(hours=1), "aangemaakt_op": NU, **velden})


def stop(gezin):
    Gezin.objects.filter(pk=gezin.pk).update(contactstop_reden="geweigerd", contactstop_op=NU)


def test_sends_what_is_due_and_marks_it():
    due, later = bericht(), bericht(gepland_op=NU + timedelta(hours=1))
    stub = StubKanaal()
    assert verzend(nu=NU, kanalen=[stub]).verzonden == 1
    assert stub.sleutels == [due.pk]
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.status, due.pogingen, due.lease_tot, due.begonnen_op) == ("verzonden", 1, None, None)
    assert due.verzonden_op is not None
    assert later.status == "gepland"
    assert "woensdag 11 november" in stub.aangeboden[0].tekst
    assert verzend(nu=NU, kanalen=[stub]).verzonden == 0


def test_chunks_until_nothing_is_left():
    gezin = GezinFactory()
    for _nummer in range(7):
        bericht(gezin=gezin)
    stub = StubKanaal(partij=2)
    assert verzend(nu=NU, kanalen=[stub], batch=3).verzonden == 7
    assert len(set(stub.sleutels)) == 7


@pytest.mark.parametrize("moment", ["2026-11-24T08:59+01:00", "2026-11-24T20:00+01:00", "2026-11-22T12:00+01:00"])
def test_nothing_in_quiet_hours_or_on_a_sunday(moment):
    rij = bericht(gepland_op=NU - timedelta(days=9))
    stub = StubKanaal()
    verzend(nu=datetime.fromisoformat(moment), kanalen=[stub])
    rij.refresh_from_db()
    assert (rij.status, rij.pogingen, stub.sleutels) == ("gepland", 0, [])


def test_nothing_in_a_quiet_period_of_its_own_gebied():
    rij, ander = bericht(), bericht()
    VrijePeriode.objects.create(
        gebied=rij.gebied, soort="vrijeDag", naam="dag", begin=NU.date(), eind=NU.date(), stil=True
    )
    stub = StubKanaal()
    verzend(nu=NU, kanalen=[stub])
    assert stub.sleutels == [ander.pk]


@pytest.mark.parametrize("veld", ["contactstop", "stil"])
def test_nothing_to_a_family_that_may_not_be_contacted(veld):
    rij = bericht()
    if veld == "contactstop":
        stop(rij.gezin)
    else:
        Gezin.objects.filter(pk=rij.gezin_id).update(stil_sinds=NU)
    stub = StubKanaal()
    assert verzend(nu=NU, kanalen=[stub]).geannuleerd == 1
    rij.refresh_from_db()
    assert (rij.status, rij.fout, stub.sleutels) == ("geannuleerd", "nietBenaderbaar", [])


class _StopTussenClaimEnVerzenden(StubKanaal):
    """Its first message of a batch lets a stop for the second family commit."""

    def __init__(self, gezin, **rest):
        super().__init__(partij=1, **rest)
        self.gezin = gezin

    def verzend(self, zendingen):
        if self.gezin is not None:
            draad = threading.Thread(target=self._stop)
            draad.start()
            draad.join(10)
        return super().verzend(zendingen)

    def _stop(self):
        gezin, self.gezin = self.gezin, None
        with transaction.atomic():
            stop(gezin)
            berichten_annuleren(gezin_id=gezin.pk, nu=NU)
        connection.close()


def test_a_stop_that_commits_between_claim_and_send_is_obeyed():
    eerste = bericht(gepland_op=NU - timedelta(hours=2))
    tweede = bericht()
    stub = _StopTussenClaimEnVerzenden(tweede.gezin)
    verzend(nu=NU, kanalen=[stub])
    tweede.refresh_from_db()
    assert stub.sleutels == [eerste.pk]
    assert tweede.status == "geannuleerd"


def test_a_stop_waits_for_the_message_that_is_being_sent():
    """The stop comes while the provider is called: it commits after the mark, so what was sent is on record."""
    rij = bericht()
    volgorde = []
    klaar = threading.Event()

    def stopper():
        try:
            with transaction.atomic():
                klaar.set()
                stop(rij.gezin)
                volgorde.append(("stop", Bericht.objects.get(pk=rij.pk).status))
                berichten_annuleren(gezin_id=rij.gezin_id, nu=NU)
        finally:
            connection.close()

    draad = threading.Thread(target=stopper)

    def tijdens(zending):
        draad.start()
        klaar.wait(10)
        draad.join(0.2)  # it can not get past our lock
        volgorde.append(("verzonden", None))
        return Uitkomst(Oordeel.GELUKT)

    verzend(nu=NU, kanalen=[StubKanaal(bij=tijdens)])
    draad.join(10)
    assert volgorde == [("verzonden", None), ("stop", "verzonden")]
    rij.refresh_from_db()
    assert rij.status == "verzonden"


def test_expired_is_cancelled_not_sent():
    rij = bericht(verloopt_op=NU - timedelta(minutes=1))
    stub = StubKanaal()
    assert verzend(nu=NU, kanalen=[stub]).verlopen == 1
    rij.refresh_from_db()
    assert (rij.status, rij.fout, stub.sleutels) == ("geannuleerd", "verlopen", [])


def test_three_days_down_sends_late_what_still_has_use():
    nog, niet_meer = bericht(verloopt_op=NU + timedelta(days=4)), bericht(verloopt_op=NU + timedelta(days=2))
    stub = StubKanaal()
    verzend(nu=NU + timedelta(days=3), kanalen=[stub])
    assert stub.sleutels == [nog.pk]
    niet_meer.refresh_from_db()
    assert niet_meer.fout == "verlopen"


def test_a_temporary_failure_is_tried_again_with_growing_pauses_and_then_fails():
    rij = bericht()
    stub = StubKanaal(bij=lambda z: Uitkomst(Oordeel.LATER, "geenVerbinding"))
    nu, pauzes = NU, []
    for _keer in range(MAXIMUM_POGINGEN):
        verzend(nu=nu, kanalen=[stub])
        rij.refresh_from_db()
        if rij.status == "gepland":
            assert verzend(nu=nu, kanalen=[stub]).aantallen.total() == 0, "not before its time"
            pauzes.append(rij.gepland_op - nu)
            nu = rij.gepland_op
    assert (rij.status, rij.fout, rij.pogingen) == ("mislukt", "geenVerbinding", MAXIMUM_POGINGEN)
    assert pauzes == sorted(pauzes)
    assert set(stub.sleutels) == {rij.pk}, "the same key every time"


def test_a_retry_is_never_put_in_quiet_hours():
    avond = datetime.fromisoformat("2026-11-28T19:59:30+01:00")  # a Saturday
    rij = bericht(gepland_op=avond)
    verzend(nu=avond, kanalen=[StubKanaal(bij=lambda z: Uitkomst(Oordeel.LATER, "x"))])
    rij.refresh_from_db()
    assert rij.gepland_op == datetime.fromisoformat("2026-11-30T09:00:00+01:00")


def test_what_can_not_be_delivered_fails_at_once():
    rij = bericht()
    verzend(nu=NU, kanalen=[StubKanaal(bij=lambda z: Uitkomst(Oordeel.NOOIT, "geweigerd"))])
    rij.refresh_from_db()
    assert (rij.status, rij.fout) == ("mislukt", "geweigerd")


class TestUncertain:
    """R6: a time-out after the provider may have accepted."""

    onzeker = staticmethod(lambda z: Uitkomst(Oordeel.ONZEKER, "geenAntwoord"))

    def test_a_provider_with_keys_is_asked_again_with_the_same_key(self):
        rij = bericht()
        stub = StubKanaal(bij=self.onzeker)
        assert verzend(nu=NU, kanalen=[stub]).later == 1
        stub.bij = None
        verzend(nu=NU + timedelta(minutes=5), kanalen=[stub])
        rij.refresh_from_db()
        assert (rij.status, stub.sleutels) == ("verzonden", [rij.pk, rij.pk])

    def test_but_not_after_its_window(self):
        rij = bericht()
        stub = StubKanaal(bij=self.onzeker, venster=timedelta(hours=1))
        verzend(nu=NU, kanalen=[stub])
        assert verzend(nu=NU + timedelta(hours=2), kanalen=[stub]).onzeker == 1
        rij.refresh_from_db()
        assert (rij.status, stub.sleutels) == ("onzeker", [rij.pk])

    def test_a_certain_failure_after_an_uncertain_one_leaves_it_uncertain(self):
        rij = bericht()
        stub = StubKanaal(bij=self.onzeker)
        verzend(nu=NU, kanalen=[stub])
        stub.bij = lambda z: Uitkomst(Oordeel.NOOIT, "geweigerd")
        verzend(nu=NU + timedelta(minutes=5), kanalen=[stub])
        rij.refresh_from_db()
        assert rij.status == "onzeker"

    def test_without_keys_a_person_decides_and_nothing_is_sent_again(self):
        rij = bericht()
        stub = StubKanaal(bij=self.onzeker, venster=None)
        assert verzend(nu=NU, kanalen=[stub]).onzeker == 1
        verzend(nu=NU + timedelta(days=1), kanalen=[stub])
        rij.refresh_from_db()
        assert (rij.status, stub.sleutels) == ("onzeker", [rij.pk])

    def test_a_channel_that_breaks_counts_as_perhaps_delivered(self):
        rij = bericht()

        def kapot(zending):
            raise RuntimeError

        verzend(nu=NU, kanalen=[StubKanaal(bij=kapot, venster=None)])
        rij.refresh_from_db()
        assert (rij.status, rij.fout) == ("onzeker", "geenAntwoord")


def test_two_senders_at_once_send_each_message_once():
    gezin = GezinFactory()
    for _nummer in range(60):
        bericht(gezin=gezin)
    stubs = [StubKanaal(partij=5) for _nummer in range(2)]
    start = threading.Barrier(2)

    def zender(stub):
        start.wait()
        verzend(nu=NU, kanalen=[stub], batch=10)
        connection.close()

    draden = [threading.Thread(target=zender, args=(stub,)) for stub in stubs]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    sleutels = [*stubs[0].sleutels, *stubs[1].sleutels]
    assert (len(sleutels), len(set(sleutels))) == (60, 60)
    assert Bericht.objects.filter(status="verzonden").count() == 60


def test_a_claim_of_a_dead_sender_comes_back_after_its_lease():
    rij = bericht(status="bezig", lease_tot=NU + LEASE, pogingen=1)
    stub = StubKanaal()
    verzend(nu=NU, kanalen=[stub])
    assert stub.sleutels == []
    verzend(nu=NU + LEASE, kanalen=[stub])
    rij.refresh_from_db()
    assert (rij.status, rij.pogingen) == ("verzonden", 2)


class TestEmail:
    def test_neutral_subject_stable_id_and_the_address_of_now(self, mailoutbox):
        rij = bericht()
        persoon = ContactpersoonFactory(gezin=rij.gezin, emailadres="oud@example.org")
        persoon.emailadres = "nieuw@example.org"
        persoon.save()
        verzend(nu=NU, kanalen=[EmailKanaal()])
        (mail,) = mailoutbox
        assert mail.to == ["nieuw@example.org"]
        assert mail.extra_headers["Message-ID"] == f"<{rij.pk}@ooievaar>"
        assert persoon.naam not in mail.subject + mail.body
        assert not {"baby", "kind", "gezin", "bezoek"} & set(mail.subject.lower().split())

    def test_no_address_is_said(self, mailoutbox):
        rij = bericht(gezin=None, gebied=GebiedFactory(), ooievaarsmoeder=OoievaarsmoederFactory())
        verzend(nu=NU, kanalen=[EmailKanaal()])
        rij.refresh_from_db()
        assert (rij.status, rij.fout, mailoutbox) == ("mislukt", "geenAdres", [])


def test_letters_go_on_the_list_of_the_day_once():
    rij = bericht(kanaal="brief")
    assert verzend(nu=NU, kanalen=[BriefKanaal()]).verzonden == 1
    assert Briefregel.objects.get().dag == NU.date()
    assert Briefregel.objects.get().bericht_id == rij.pk


def test_cancelling_needs_a_reason_to_stop_at():
    with pytest.raises(ValueError, match="at least one"):
        berichten_annuleren(nu=NU)

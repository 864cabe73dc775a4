"""Check in, be late, be found: to the minute, at any hour, once (domain.md, rule 11)."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from bezoeken.kraambezoek.fouten import Afgesloten, NietToegewezen
from bezoeken.kraambezoek.services.sluiten import overlijden_melden
from bezoeken.models import Alarm, Incheck
from bezoeken.veiligheid.fouten import AlarmGesloten, AlOpgepakt, GeenAchterwacht, NietIngecheckt, NogIngecheckt
from bezoeken.veiligheid.services import bewaken, inchecken, uitchecken, verlengen
from bezoeken.veiligheid.services.alarm import alarm_afsluiten, alarm_oppakken
from notifications.kanalen import AppKanaal, EmailKanaal
from notifications.models import Bericht
from notifications.services import verzend
from tests.factories import AchterwachtdienstFactory, OoievaarsmoederFactory, gebruiker_met_rol, toegewezen_bezoek

# A Sunday evening: nothing else is sent then.
NU = datetime.fromisoformat("2026-11-22T20:00:00+01:00")
MINUUT = timedelta(minutes=1)


@pytest.fixture
def dienst(db):
    return AchterwachtdienstFactory(begin=NU - timedelta(hours=2))


@pytest.fixture
def bezoek(dienst):
    return toegewezen_bezoek(OoievaarsmoederFactory(gebied=dienst.gebied, emailadres="zij@example.org"))


def naar_binnen(bezoek, nu=NU, minuten=60):
    return inchecken(
        bezoek_id=bezoek.pk, ooievaarsmoeder_id=bezoek.ooievaarsmoeder_id, verwachte_minuten=minuten, door=None, nu=nu
    )[0]


def naar_buiten(bezoek, nu):
    return uitchecken(bezoek_id=bezoek.pk, ooievaarsmoeder_id=bezoek.ooievaarsmoeder_id, door=None, nu=nu)


def berichten(soort):
    return list(Bericht.objects.filter(soort=soort).order_by("kanaal"))


def test_to_the_minute_she_then_the_achterwacht_then_the_second(bezoek, dienst):
    naar_binnen(bezoek)
    verwacht = {75: "waarschuwing", 90: "alarm", 100: "tweede"}
    gebeurd = {}
    for minuut in range(180):
        for soort, aantal in bewaken(nu=NU + minuut * MINUUT).items():
            if aantal:
                gebeurd[minuut] = soort
    assert gebeurd == verwacht
    assert {b.ooievaarsmoeder_id for b in berichten("veiligheidVraag")} == {bezoek.ooievaarsmoeder_id}
    assert {b.gebruiker_id for b in berichten("veiligheidAlarm")} == {dienst.eerste_id, dienst.tweede_id}
    assert all(b.spoed for b in Bericht.objects.all())


def test_an_alarm_on_a_sunday_evening_leaves_at_once(bezoek, dienst, mailoutbox):
    dienst.eerste.email = "achterwacht@example.org"
    dienst.eerste.save()
    naar_binnen(bezoek, NU - timedelta(minutes=90))
    bewaken(nu=NU)
    resultaat = verzend(nu=NU, spoed=True, kanalen=[AppKanaal(), EmailKanaal()])
    assert resultaat.verzonden == 4
    assert {m.to[0] for m in mailoutbox} == {"zij@example.org", "achterwacht@example.org"}
    # No name, address or number in what others may read over her shoulder.
    tekst = " ".join(m.subject + m.body for m in mailoutbox)
    assert bezoek.ooievaarsmoeder.naam not in tekst
    assert bezoek.gezin.straat not in tekst


def test_the_ordinary_sender_leaves_urgent_messages_to_their_own(bezoek):
    naar_binnen(bezoek, NU - timedelta(minutes=80))
    bewaken(nu=NU)
    assert verzend(nu=NU, kanalen=[AppKanaal(), EmailKanaal()]).aantallen.total() == 0


def test_checking_out_in_time_sends_nothing(bezoek):
    naar_binnen(bezoek)
    naar_buiten(bezoek, NU + 74 * MINUUT)
    assert naar_buiten(bezoek, NU + 75 * MINUUT).uitgecheckt_op == NU + 74 * MINUUT
    assert not bewaken(nu=NU + timedelta(hours=5)).total()
    assert not Bericht.objects.exists()


def test_checking_out_after_the_alarm_tells_who_heard_it(bezoek, dienst):
    naar_binnen(bezoek)
    bewaken(nu=NU + 91 * MINUUT)
    verzend(nu=NU + 91 * MINUUT, spoed=True)
    naar_buiten(bezoek, NU + 95 * MINUUT)
    assert Alarm.objects.get().uitkomst == "uitgecheckt"
    assert {b.gebruiker_id for b in berichten("veiligheidVoorbij")} == {dienst.eerste_id}
    assert not bewaken(nu=NU + timedelta(hours=3)).total()


def test_what_has_not_left_when_she_checks_out_stays(bezoek):
    naar_binnen(bezoek)
    bewaken(nu=NU + 76 * MINUUT)
    naar_buiten(bezoek, NU + 76 * MINUUT)
    assert {b.status for b in berichten("veiligheidVraag")} == {"geannuleerd"}


def test_staying_longer_moves_everything_along(bezoek):
    naar_binnen(bezoek)
    bewaken(nu=NU + 75 * MINUUT)
    verlengen(
        bezoek_id=bezoek.pk, ooievaarsmoeder_id=bezoek.ooievaarsmoeder_id, minuten=15, door=None, nu=NU + 80 * MINUUT
    )
    # A new end at 95: a message at 110, an alarm at 125.
    assert not bewaken(nu=NU + 109 * MINUUT).total()
    assert bewaken(nu=NU + 110 * MINUUT)["waarschuwing"] == 1
    assert bewaken(nu=NU + 125 * MINUUT)["alarm"] == 1
    assert len({b.sleutel for b in berichten("veiligheidVraag")}) == 4, "twice, on two channels"


def test_after_hours_of_silence_of_the_server_everything_is_caught_up(bezoek):
    naar_binnen(bezoek)
    assert dict(bewaken(nu=NU + timedelta(hours=6))) == {"waarschuwing": 1, "alarm": 1}
    assert bewaken(nu=NU + timedelta(hours=6, minutes=10))["tweede"] == 1


def test_the_alarm_goes_to_who_is_on_duty_then(bezoek, dienst):
    dienst.eind = NU + 80 * MINUUT
    dienst.save()
    straks = AchterwachtdienstFactory(gebied=dienst.gebied, begin=NU + 80 * MINUUT)
    naar_binnen(bezoek)
    bewaken(nu=NU + 90 * MINUUT)
    assert Alarm.objects.get().eerste_id == straks.eerste_id


def test_when_nobody_is_on_duty_any_more_it_goes_to_who_was(bezoek, dienst):
    dienst.eind = NU + 80 * MINUUT
    dienst.save()
    naar_binnen(bezoek)
    bewaken(nu=NU + 90 * MINUUT)
    assert Alarm.objects.get().eerste_id == dienst.eerste_id


def test_without_a_second_person_the_coordinators_hear_it(bezoek, dienst):
    dienst.tweede = None
    dienst.save()
    ander = gebruiker_met_rol("coordinator", gebied=dienst.gebied)
    elders = gebruiker_met_rol("coordinator")
    naar_binnen(bezoek)
    bewaken(nu=NU + 90 * MINUUT)
    bewaken(nu=NU + 100 * MINUUT)
    wie = {b.gebruiker_id for b in berichten("veiligheidAlarm")}
    assert ander.pk in wie
    assert elders.pk not in wie


class TestRefusals:
    def test_nobody_on_duty(self, bezoek, dienst):
        with pytest.raises(GeenAchterwacht):
            naar_binnen(bezoek, dienst.eind)
        assert not Incheck.objects.exists()

    def test_duty_of_another_area_does_not_count(self, dienst):
        with pytest.raises(GeenAchterwacht):
            naar_binnen(toegewezen_bezoek())

    def test_not_hers_or_not_accepted(self, bezoek, dienst):
        niet_aanvaard = toegewezen_bezoek(OoievaarsmoederFactory(gebied=dienst.gebied), aanvaard=False)
        with pytest.raises(NietToegewezen):
            naar_binnen(niet_aanvaard)
        with pytest.raises(NietToegewezen):
            inchecken(
                bezoek_id=bezoek.pk,
                ooievaarsmoeder_id=niet_aanvaard.ooievaarsmoeder_id,
                verwachte_minuten=60,
                door=None,
                nu=NU,
            )

    def test_a_visit_that_does_not_go_on(self, bezoek):
        overlijden_melden(pasgeborene_id=bezoek.kinderen.get().pasgeborene_id, nu=NU)
        with pytest.raises(Afgesloten):
            naar_binnen(bezoek)

    def test_but_who_is_inside_when_it_stops_can_check_out_and_is_still_watched(self, bezoek):
        naar_binnen(bezoek)
        overlijden_melden(pasgeborene_id=bezoek.kinderen.get().pasgeborene_id, nu=NU + MINUUT)
        assert bewaken(nu=NU + 90 * MINUUT)["alarm"] == 1
        assert naar_buiten(bezoek, NU + 91 * MINUUT).uitgecheckt_op

    def test_one_family_at_a_time_and_the_same_one_twice_is_once(self, bezoek):
        eerste = naar_binnen(bezoek)
        assert naar_binnen(bezoek, NU + MINUUT).pk == eerste.pk
        ander = toegewezen_bezoek(bezoek.ooievaarsmoeder)
        with pytest.raises(NogIngecheckt):
            naar_binnen(ander, NU + MINUUT)
        naar_buiten(bezoek, NU + 2 * MINUUT)
        assert naar_binnen(ander, NU + 3 * MINUUT).pk != eerste.pk

    def test_never_checked_in(self, bezoek):
        with pytest.raises(NietIngecheckt):
            naar_buiten(bezoek, NU)

    def test_the_database_guards_it_too(self, bezoek):
        incheck = naar_binnen(bezoek)
        with pytest.raises(IntegrityError), transaction.atomic():
            Incheck.objects.create(
                bezoek=bezoek,
                ooievaarsmoeder=bezoek.ooievaarsmoeder,
                ingecheckt_op=NU,
                verwachte_minuten=60,
                verwacht_eind=NU,
            )
        bewaken(nu=NU + 90 * MINUUT)
        with pytest.raises(IntegrityError), transaction.atomic():
            Alarm.objects.create(incheck=incheck, gestart_op=NU)


class TestClaim:
    @pytest.fixture
    def alarm(self, bezoek):
        naar_binnen(bezoek)
        bewaken(nu=NU + 90 * MINUUT)
        return Alarm.objects.get()

    def test_one_person_takes_it_and_the_second_is_not_called(self, alarm, dienst):
        op = NU + 92 * MINUUT
        alarm_oppakken(alarm_id=alarm.pk, door=dienst.eerste, nu=op)
        assert alarm_oppakken(alarm_id=alarm.pk, door=dienst.eerste, nu=op + MINUUT).geclaimd_op == op
        with pytest.raises(AlOpgepakt):
            alarm_oppakken(alarm_id=alarm.pk, door=dienst.tweede, nu=op)
        assert not bewaken(nu=NU + timedelta(hours=3)).total()

    def test_closing_checks_her_out(self, alarm, dienst):
        alarm_afsluiten(alarm_id=alarm.pk, uitkomst="gesproken", door=dienst.eerste, nu=NU + 95 * MINUUT)
        assert Incheck.objects.get().uitgecheckt_op == NU + 95 * MINUUT
        with pytest.raises(AlarmGesloten):
            alarm_oppakken(alarm_id=alarm.pk, door=dienst.tweede, nu=NU + 96 * MINUUT)
        with pytest.raises(AlarmGesloten):
            alarm_afsluiten(alarm_id=alarm.pk, uitkomst="hulpdiensten", door=dienst.eerste, nu=NU + 96 * MINUUT)


@pytest.mark.django_db(transaction=True)
def test_two_who_claim_at_once_one_gets_it():
    dienst = AchterwachtdienstFactory(begin=NU - timedelta(hours=2))
    bezoek = toegewezen_bezoek(OoievaarsmoederFactory(gebied=dienst.gebied))
    naar_binnen(bezoek)
    bewaken(nu=NU + 90 * MINUUT)
    alarm = Alarm.objects.get()
    start, uitslag = threading.Barrier(2), []

    def claim(wie):
        start.wait()
        try:
            alarm_oppakken(alarm_id=alarm.pk, door=wie, nu=NU + 91 * MINUUT)
            uitslag.append(wie.pk)
        except AlOpgepakt:
            uitslag.append(None)
        finally:
            connection.close()

    draden = [threading.Thread(target=claim, args=(wie,)) for wie in (dienst.eerste, dienst.tweede)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(20)
    assert sorted(u is None for u in uitslag) == [False, True]
    alarm.refresh_from_db()
    assert alarm.geclaimd_door_id in uitslag


@pytest.mark.django_db(transaction=True)
def test_two_guards_at_once_do_everything_once():
    dienst = AchterwachtdienstFactory(begin=NU - timedelta(hours=2))
    for _nummer in range(8):
        naar_binnen(toegewezen_bezoek(OoievaarsmoederFactory(gebied=dienst.gebied)))
    start = threading.Barrier(2)
    tellingen = []

    def kijk():
        start.wait()
        tellingen.append(bewaken(nu=NU + 90 * MINUUT))
        connection.close()

    draden = [threading.Thread(target=kijk) for _nummer in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert len(tellingen) == 2
    assert (tellingen[0] + tellingen[1])["alarm"] == 8 == Alarm.objects.count()

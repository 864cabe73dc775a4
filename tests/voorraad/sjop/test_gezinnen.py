"""Families at the Sjop: first come first served, limits, appointments, loans, and the stop that ends it quietly."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from tests.factories.sjop import aangevraagd, categorie, gegeven, ingebracht, pas, sjopgebied
from voorraad.fouten import AlTeruggedraaid, OnvoldoendeVoorraad
from voorraad.models import Bruikleen, Mutatie, Reservering, Sjopafspraak, Sjopcategorie, Sjopinstelling, Stand
from voorraad.openingstijden import Opening, slots
from voorraad.selectors import standen_kloppen
from voorraad.selectors.sjop import gezinnen_per_wijk, recht_voor, te_herinneren, verslag
from voorraad.services import sjop
from voorraad.sjopfouten import (
    AanvraagAfgesloten,
    BruikleenAfgesloten,
    LimietBereikt,
    MagNietMee,
    NietMeerVerlengen,
    OpBlokkeerlijst,
    PasGeldtNiet,
    TijdslotVol,
)

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


# The waiting list ----------------------------------------------------------------------------
def test_who_asked_first_gets_first_and_only_what_suits():
    gebied = sjopgebied()
    nu = clock.nu()
    laat = aangevraagd(pas(gebied), maat="62", nu=nu)
    vroeg = aangevraagd(pas(gebied), maat="62", nu=nu - DAG)
    andere_maat = aangevraagd(pas(gebied), maat="80", nu=nu - 2 * DAG)
    stuk = ingebracht(gebied, maat="62")
    for aanvraag in (laat, vroeg, andere_maat):
        aanvraag.refresh_from_db()
    assert (vroeg.status, vroeg.inbreng) == ("toegezegd", stuk)
    assert (laat.status, andere_maat.status) == ("wacht", "wacht")
    assert Stand.objects.get(partij=stuk.partij).gereserveerd == 1
    # She does not need it any more: the next one has it.
    sjop.aanvraag_annuleren(aanvraag_id=vroeg.pk, nu=nu)
    laat.refresh_from_db()
    assert laat.inbreng == stuk
    with pytest.raises(AanvraagAfgesloten):
        sjop.aanvraag_annuleren(aanvraag_id=vroeg.pk, nu=nu)


def test_a_season_is_kept_and_all_year_always_suits():
    gebied = sjopgebied()
    winter = aangevraagd(pas(gebied), "kleding", maat="62", seizoen="winter")
    ingebracht(gebied, "kleding", maat="62", seizoen="zomer")
    winter.refresh_from_db()
    assert winter.status == "wacht"
    ingebracht(gebied, "kleding", maat="62", seizoen="heelJaar")
    winter.refresh_from_db()
    assert winter.status == "toegezegd"


def test_what_lay_ready_goes_to_the_family_it_was_promised_to_and_to_nobody_else():
    gebied = sjopgebied()
    haar, ander = pas(gebied), pas(gebied)
    stuk = ingebracht(gebied)
    aanvraag = aangevraagd(haar, maat="62")
    with pytest.raises(OnvoldoendeVoorraad):
        gegeven(ander, stuk)
    uitgifte = gegeven(haar, stuk)
    aanvraag.refresh_from_db()
    assert (aanvraag.status, uitgifte.aanvraag) == ("gegeven", aanvraag)
    assert Reservering.objects.get().status == "verbruikt"
    assert standen_kloppen() == []


def test_what_nobody_came_for_is_free_after_its_time():
    gebied = sjopgebied()
    nu = clock.nu()
    ingebracht(gebied, nu=nu - 20 * DAG)
    oud, nieuw = aangevraagd(pas(gebied), nu=nu - 20 * DAG), aangevraagd(pas(gebied), nu=nu)
    assert (oud.status, nieuw.status) == ("toegezegd", "wacht")
    assert sjop.toezegging_verlopen(gebied_id=gebied.pk, nu=nu) == 1
    assert sjop.wachtlijst_bijwerken(gebied_id=gebied.pk, nu=nu) == 1
    oud.refresh_from_db()
    nieuw.refresh_from_db()
    assert (oud.status, nieuw.status) == ("geannuleerd", "toegezegd")


def test_a_request_after_a_count_that_found_less_waits_again():
    gebied = sjopgebied()
    ingebracht(gebied)
    aanvraag = aangevraagd(pas(gebied))
    Reservering.objects.update(status="vrijgegeven", beeindigd_op=clock.nu())
    Stand.objects.update(gereserveerd=0, aantal=0)
    sjop.wachtlijst_bijwerken(gebied_id=gebied.pk, nu=clock.nu())
    aanvraag.refresh_from_db()
    assert (aanvraag.status, aanvraag.inbreng) == ("wacht", None)


def test_what_may_not_be_given_is_not_asked_for_either():
    gebied = sjopgebied()
    with pytest.raises(OpBlokkeerlijst):
        aangevraagd(pas(gebied), "autostoel")
    with pytest.raises(Ongeldig) as fout:
        sjop.aanvraag_doen(pas_id=pas(gebied).pk, categorie=categorie(gebied), aantal=0, seizoen="lente", nu=clock.nu())
    assert {naam for naam, *_rest in fout.value.fouten} == {"aantal", "seizoen"}


# Limits --------------------------------------------------------------------------------------
def test_a_family_gets_no_more_than_the_limits_of_its_gebied():
    gebied = sjopgebied()
    Sjopinstelling.objects.update(stuks_per_periode=3, stuks_per_dag=2, periode_dagen=30)
    stuk, haar, nu = ingebracht(gebied, aantal=10, nu=clock.nu() - 60 * DAG), pas(gebied), clock.nu()
    with pytest.raises(LimietBereikt) as fout:
        gegeven(haar, stuk, aantal=3)
    assert fout.value.extra == {"gevraagd": 3, "over": 2}
    gegeven(haar, stuk, aantal=2, nu=nu - 10 * DAG)
    gegeven(haar, stuk, nu=nu - 9 * DAG)
    with pytest.raises(LimietBereikt):
        gegeven(haar, stuk)
    assert recht_voor(haar, nu).over == 0
    # 30 days, the first one included: what was given on day 1 counts until and including day 30.
    assert recht_voor(haar, nu + 19 * DAG).over == 0
    assert recht_voor(haar, nu + 20 * DAG).over == 2
    assert recht_voor(pas(gebied), nu).over == 2


def test_a_limit_of_one_kind_and_what_was_taken_back_does_not_count():
    gebied = sjopgebied()
    Sjopcategorie.objects.filter(artikel__code="jassen").update(limiet=1)
    haar, jas, ander = pas(gebied), ingebracht(gebied, "jassen"), ingebracht(gebied, "jassen")
    eerste = gegeven(haar, jas)
    with pytest.raises(LimietBereikt):
        gegeven(haar, ander)
    sjop.uitgifte_terugdraaien(uitgifte_id=eerste.pk, door=None, reden="vergissing", nu=clock.nu())
    assert gegeven(haar, ander).aantal == 1
    with pytest.raises(AlTeruggedraaid):
        sjop.uitgifte_terugdraaien(uitgifte_id=eerste.pk, door=None, reden="vergissing", nu=clock.nu())
    assert standen_kloppen() == []


def test_all_or_nothing_and_the_same_form_twice_is_one_hand_out():
    gebied = sjopgebied()
    haar, een, wacht = pas(gebied), ingebracht(gebied), ingebracht(gebied, "speeltjes", vrij=False)
    with pytest.raises(MagNietMee):
        sjop.uitgeven(pas_id=haar.pk, keuzes=[sjop.Keuze(een.pk), sjop.Keuze(wacht.pk)], door=None, nu=clock.nu())
    assert not Mutatie.objects.filter(soort="uitgifte").exists()
    keer = [
        sjop.uitgeven(pas_id=haar.pk, keuzes=[sjop.Keuze(een.pk)], door=None, nu=clock.nu(), sleutel="formulier")
        for _keer in range(2)
    ]
    assert keer[0] == keer[1]
    assert Mutatie.objects.filter(soort="uitgifte").count() == 1


def test_an_expired_pass_gets_nothing():
    gebied = sjopgebied()
    haar, stuk = pas(gebied, nu=clock.nu() - 366 * DAG), ingebracht(gebied)
    with pytest.raises(PasGeldtNiet):
        gegeven(haar, stuk)
    with pytest.raises(PasGeldtNiet):
        aangevraagd(haar)


# Loans ---------------------------------------------------------------------------------------
def test_a_loan_is_extended_twice_at_most_and_comes_back_to_be_checked():
    gebied = sjopgebied()
    stuk, nu = ingebracht(gebied, "kinderstoel"), clock.nu()
    lening = gegeven(pas(gebied), stuk).bruikleen
    assert lening.terug_op == clock.dag_van(nu) + 180 * DAG
    for keer in (1, 2):
        sjop.bruikleen_verlengen(bruikleen_id=lening.pk, nu=nu)
        lening.refresh_from_db()
        assert (lening.verlengingen, lening.terug_op) == (keer, clock.dag_van(nu) + (180 + 30 * keer) * DAG)
    with pytest.raises(NietMeerVerlengen):
        sjop.bruikleen_verlengen(bruikleen_id=lening.pk, nu=nu)
    sjop.bruikleen_terugnemen(bruikleen_id=lening.pk, door=None, nu=nu)
    stuk.refresh_from_db()
    assert (stuk.status, Stand.objects.get(partij=stuk.partij, locatie__code="sjop-quarantaine").aantal) == (
        "quarantaine",
        1,
    )
    with pytest.raises(BruikleenAfgesloten):
        sjop.bruikleen_terugnemen(bruikleen_id=lening.pk, door=None, nu=nu)
    assert standen_kloppen() == []


def test_late_is_extended_from_today_and_broken_is_thrown_away():
    gebied = sjopgebied()
    nu = clock.nu()
    stuk = ingebracht(gebied, "kinderstoel", nu=nu - 300 * DAG)
    lening = gegeven(pas(gebied, nu=nu - 200 * DAG), stuk, nu=nu - 200 * DAG).bruikleen
    sjop.bruikleen_verlengen(bruikleen_id=lening.pk, nu=nu)
    lening.refresh_from_db()
    assert lening.terug_op == clock.dag_van(nu) + 30 * DAG
    sjop.bruikleen_terugnemen(bruikleen_id=lening.pk, door=None, nu=nu, afkeurreden="kapot")
    stuk.refresh_from_db()
    assert (stuk.status, stuk.afkeurreden) == ("afgekeurd", "kapot")
    assert standen_kloppen() == []


def test_lost_costs_nothing_and_what_turns_up_again_is_welcome():
    gebied = sjopgebied()
    haar, stuk = pas(gebied), ingebracht(gebied, "kinderstoel")
    lening = gegeven(haar, stuk).bruikleen
    sjop.bruikleen_verloren(bruikleen_id=lening.pk, nu=clock.nu())
    assert recht_voor(haar, clock.nu()).leningen_over == 3
    with pytest.raises(BruikleenAfgesloten):
        sjop.bruikleen_verlengen(bruikleen_id=lening.pk, nu=clock.nu())
    sjop.bruikleen_terugnemen(bruikleen_id=lening.pk, door=None, nu=clock.nu())
    lening.refresh_from_db()
    assert lening.status == "terug"
    assert standen_kloppen() == []


def test_loans_have_a_limit_of_their_own():
    gebied = sjopgebied()
    Sjopinstelling.objects.update(leningen=1)
    haar = pas(gebied)
    gegeven(haar, ingebracht(gebied, "kinderstoel"))
    with pytest.raises(LimietBereikt):
        gegeven(haar, ingebracht(gebied, "kinderwagen"))
    assert recht_voor(haar, clock.nu()).over == 10  # a loan is not a piece that was given


# The stop ------------------------------------------------------------------------------------
def test_a_stop_ends_everything_that_was_planned_and_the_name_is_gone():
    gebied = sjopgebied()
    haar, volgende = pas(gebied, aanleiding="gezin:1"), pas(gebied)
    ingebracht(gebied)
    klaar, wacht = aangevraagd(haar), aangevraagd(haar, "jassen")
    slot = sjop.tijdsloten(gebied_id=gebied.pk, van=clock.vandaag(), tot=clock.vandaag() + 14 * DAG, nu=clock.nu())[0][
        0
    ]
    sjop.afspraak_zetten(pas_id=haar.pk, begin=slot.begin, nu=clock.nu())
    stoel = gegeven(haar, ingebracht(gebied, "kinderstoel")).bruikleen
    for _keer in range(2):
        sjop.sjop_stoppen(aanleiding="gezin:1", nu=clock.nu())
    for rij in (haar, klaar, wacht, stoel):
        rij.refresh_from_db()
    assert (klaar.status, wacht.status, haar.voornaam) == ("geannuleerd", "geannuleerd", "")
    assert Sjopafspraak.objects.filter(vervallen_op__isnull=True).count() == 0
    assert stoel.status == Bruikleen.Status.UITGELEEND
    Bruikleen.objects.update(terug_op=clock.vandaag() + DAG)
    assert te_herinneren(clock.vandaag()) == []
    # What came free goes to the next by the sweep; the family itself gets nothing until a person asks for it.
    assert aangevraagd(volgende).status == "toegezegd"
    with pytest.raises(PasGeldtNiet):
        aangevraagd(haar)
    weer = pas(gebied, aanleiding="gezin:1", voornaam="Bo")
    assert (weer.pk, weer.voornaam, weer.gestopt_op) == (haar.pk, "Bo", None)
    assert standen_kloppen() == []


def test_a_stop_of_somebody_who_never_came_is_nothing():
    sjop.sjop_stoppen(aanleiding="gezin:onbekend", nu=clock.nu())


# Appointments --------------------------------------------------------------------------------
DINSDAG = date(2026, 12, 1)


def test_the_example_afternoon_is_six_slots_of_two_families():
    gebied = sjopgebied()
    nu = datetime(2026, 11, 30, 9, tzinfo=UTC)
    gevonden = sjop.tijdsloten(gebied_id=gebied.pk, van=DINSDAG, tot=DINSDAG, nu=nu)
    assert [(slot.begin.hour, slot.begin.minute, vrij) for slot, vrij in gevonden] == [
        (12, 30, 2), (13, 0, 2), (13, 30, 2), (14, 0, 2), (14, 30, 2), (15, 0, 2),
    ]  # fmt: skip
    een, twee, drie = (pas(gebied, nu=nu) for _nummer in range(3))
    begin = gevonden[0][0].begin
    for wie in (een, twee, twee):
        sjop.afspraak_zetten(pas_id=wie.pk, begin=begin, nu=nu)
    with pytest.raises(TijdslotVol):
        sjop.afspraak_zetten(pas_id=drie.pk, begin=begin, nu=nu)
    # Another time: the first seat is free again.
    sjop.afspraak_zetten(pas_id=een.pk, begin=gevonden[1][0].begin, nu=nu)
    sjop.afspraak_zetten(pas_id=drie.pk, begin=begin, nu=nu)
    assert Sjopafspraak.objects.filter(begin=begin, vervallen_op__isnull=True).count() == 2
    sjop.afspraak_afzeggen(pas_id=drie.pk, nu=nu)
    assert sjop.tijdsloten(gebied_id=gebied.pk, van=DINSDAG, tot=DINSDAG, nu=nu)[0][1] == 1


@pytest.mark.parametrize(
    "begin",
    [
        datetime(2026, 12, 1, 12, 31, tzinfo=UTC),
        datetime(2026, 12, 2, 12, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 12, 30, tzinfo=UTC),
        datetime(2027, 12, 7, 12, 30, tzinfo=UTC),
    ],
)
def test_a_time_that_is_no_slot_is_refused(begin):
    gebied = sjopgebied()
    nu = datetime(2026, 11, 30, 9, tzinfo=UTC)
    with pytest.raises(Ongeldig):
        sjop.afspraak_zetten(pas_id=pas(gebied, nu=nu).pk, begin=begin, nu=nu)


def test_closed_on_holidays_and_on_days_that_people_set():
    gebied = sjopgebied()
    nu = datetime(2026, 11, 30, 9, tzinfo=UTC)
    sjop.openingstijd_toevoegen(gebied_id=gebied.pk, weekdag=5, van=time(9), tot=time(10))
    kerst = date(2026, 12, 25)
    assert sjop.tijdsloten(gebied_id=gebied.pk, van=kerst, tot=kerst, nu=nu) == []
    sjop.instelling_wijzigen(gebied_id=gebied.pk, gesloten=[DINSDAG])
    assert sjop.tijdsloten(gebied_id=gebied.pk, van=DINSDAG, tot=DINSDAG, nu=nu) == []


@pytest.mark.parametrize(
    ("dag", "lokaal", "utc"),
    [
        (date(2027, 3, 23), "13:30", "12:30"),  # winter time
        (date(2027, 3, 30), "13:30", "11:30"),  # the Tuesday after the spring night: an hour earlier in UTC
        (date(2026, 10, 20), "13:30", "11:30"),
        (date(2026, 10, 27), "13:30", "12:30"),
    ],
)
def test_a_slot_keeps_its_wall_clock_time_over_the_change(dag, lokaal, utc):
    van = time.fromisoformat(lokaal)
    (eerste, *_rest) = slots([Opening(2, van, time(16, 30), 30, 2)], dag, dag, lambda _dag: False)
    assert f"{eerste.begin:%H:%M}" == utc
    assert f"{eerste.begin.astimezone(clock.AMSTERDAM):%H:%M}" == lokaal


def test_in_the_spring_night_an_hour_has_no_slots_and_in_autumn_no_slot_comes_twice():
    nacht = [Opening(7, time(1, 0), time(4, 0), 30, 2)]
    voorjaar = [
        s.begin.astimezone(clock.AMSTERDAM) for s in slots(nacht, date(2027, 3, 28), date(2027, 3, 28), lambda _: False)
    ]
    assert [f"{moment:%H:%M}" for moment in voorjaar] == ["01:00", "01:30", "03:00", "03:30"]
    najaar = [s.begin for s in slots(nacht, date(2026, 10, 25), date(2026, 10, 25), lambda _: False)]
    assert len(najaar) == len(set(najaar)) == 6


# Figures -------------------------------------------------------------------------------------
def test_the_report_tells_given_lent_and_waste_with_reasons_from_the_ledger():
    gebied = sjopgebied()
    stuk = ingebracht(gebied, aantal=5)
    gegeven(pas(gebied, wijk="WK091720"), stuk, aantal=2)
    sjop.inbreng_afkeuren(inbreng_id=stuk.pk, reden="vuil", aantal=1, door=None, nu=clock.nu())
    terug = gegeven(pas(gebied, wijk="WK091721"), stuk)
    sjop.uitgifte_terugdraaien(uitgifte_id=terug.pk, door=None, reden="x", nu=clock.nu())
    gegeven(pas(gebied, wijk="WK091720"), ingebracht(gebied, "kinderstoel"))
    dag = clock.vandaag()
    regels = {r.naam: (r.ingebracht, r.gegeven, r.uitgeleend, r.weg) for r in verslag(gebied.pk, dag, dag)}
    assert regels == {"Rompers en hemdjes": (5, 2, 0, {"vuil": 1}), "Kinderstoel": (1, 0, 1, {})}
    assert gezinnen_per_wijk(gebied.pk, dag, dag) == {"WK091720": 2}
    assert verslag(gebied.pk, dag - DAG, dag - DAG) == []

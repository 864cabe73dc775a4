"""What is due when (pure): the table of domain.md, on any day, over a year of sweeps with outages."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bezoeken.herinneringen import (
    SOORTEN,
    Bezoekstand,
    Gezinsbereik,
    Kanaal,
    Omgeving,
    Ontvanger,
    Regel,
    standaard,
    verschuldigd,
)
from bezoeken.venster import Venster, Vensterregels, venster
from ooievaar.kalender import AMSTERDAM, Uren, dag_van, is_stil, moment_op

REGELS = Vensterregels()
OMGEVING = Omgeving(tuple(standaard()), REGELS, 21, Uren(), is_stil)
GEBOREN = date(2026, 9, 1)  # a Tuesday: the days of the table fall on no holiday


def stand(geboren=GEBOREN, **velden) -> Bezoekstand:
    return Bezoekstand(
        bezoek_id=velden.pop("bezoek_id", UUID(int=1)),
        geboortedatum=geboren,
        venster=velden.pop("venster", venster(geboren, REGELS)),
        status=velden.pop("status", "open"),
        **velden,
    )


def toegewezen(geboren=GEBOREN, **velden) -> Bezoekstand:
    return stand(
        geboren,
        status="toegewezen",
        toewijzing_id=UUID(int=2),
        toegewezen_op=moment_op(geboren + timedelta(days=29), time(12)),
        aanvaard=velden.pop("aanvaard", True),
        **velden,
    )


def op(geboren, dag, tijd=time(10)):
    return moment_op(geboren + timedelta(days=dag), tijd)


def soorten(bezoek, dag, tijd=time(10), omgeving=OMGEVING):
    return {(r.soort, r.ontvanger.value) for r in verschuldigd(bezoek, omgeving, op(bezoek.geboortedatum, dag, tijd))}


def nieuw_op(bezoek, dag):
    """What is due on a day and was not the day before."""
    return soorten(bezoek, dag) - soorten(bezoek, dag - 1)


class TestTable:
    # Born on a Tuesday: none of these days is quiet or moves.
    geboren = date(2026, 9, 1)

    @pytest.mark.parametrize(
        ("dag", "verwacht"),
        [
            (31, {("nietToegewezen", "coordinator")}),
            (35, {("aankondiging", "gezin")}),
            (49, {("geenAfspraak", "coordinator")}),
            (57, {("teLaat", "coordinator")}),
            (84, {("sluiten", "coordinator")}),
        ],
    )
    def test_an_open_visit(self, dag, verwacht):
        assert nieuw_op(stand(self.geboren), dag) == verwacht

    @pytest.mark.parametrize(("dag", "soort"), [(38, "bellenEnPlannen"), (46, "geenAfspraak")])
    def test_her_own_reminders_come_when_she_has_accepted(self, dag, soort):
        assert (soort, "ooievaarsmoeder") in nieuw_op(toegewezen(self.geboren), dag)
        assert (soort, "ooievaarsmoeder") not in soorten(toegewezen(self.geboren, aanvaard=False), dag)

    def test_recheck_and_last_chance(self):
        assert nieuw_op(stand(date(2026, 9, 2)), 33) == {("hercontrole", "coordinator")}
        assert nieuw_op(stand(date(2026, 9, 1)), 53) == {("laatsteKans", "coordinator")}

    def test_an_appointment_ends_the_urging(self):
        begin = op(self.geboren, 50)
        bezoek = toegewezen(self.geboren, afspraak_id=UUID(int=3), afspraak_begin=begin)
        for dag in range(36, 57):
            assert not {s for s, _w in soorten(bezoek, dag)} & {"bellenEnPlannen", "geenAfspraak", "laatsteKans"}

    def test_an_appointment_after_the_window_is_still_a_last_chance(self):
        bezoek = toegewezen(self.geboren, afspraak_id=UUID(int=3), afspraak_begin=op(self.geboren, 60))
        assert ("laatsteKans", "coordinator") in soorten(bezoek, 53)

    def test_the_day_before_a_visit_on_monday_is_saturday(self):
        maandag = datetime(2026, 10, 19, 12, tzinfo=UTC)
        bezoek = toegewezen(
            self.geboren, afspraak_id=UUID(int=3), afspraak_begin=maandag, bereik=Gezinsbereik(True, "email")
        )
        nu = datetime(2026, 10, 17, 8, tzinfo=UTC)
        beide = {("bezoekherinnering", "gezin"), ("bezoekherinnering", "ooievaarsmoeder")}
        assert beide <= {(r.soort, r.ontvanger.value) for r in verschuldigd(bezoek, OMGEVING, nu)}
        vrijdag = nu - timedelta(days=1)
        assert "bezoekherinnering" not in {r.soort for r in verschuldigd(bezoek, OMGEVING, vrijdag)}
        assert "bezoekherinnering" not in {r.soort for r in verschuldigd(bezoek, OMGEVING, maandag)}

    def test_no_answer_in_three_days(self):
        bezoek = toegewezen(self.geboren, aanvaard=False)  # assigned on D+29
        assert ("geenAntwoord", "coordinator") not in soorten(bezoek, 31)
        assert ("geenAntwoord", "coordinator") in soorten(bezoek, 32)
        assert ("geenAntwoord", "coordinator") not in soorten(replace(bezoek, aanvaard=True), 32)

    def test_a_late_notice_is_announced_at_once(self):
        assert ("aankondiging", "gezin") in soorten(stand(self.geboren), 52)

    def test_announced_once_even_when_the_window_moves(self):
        verschoven = Venster(self.geboren + timedelta(days=70), self.geboren + timedelta(days=84))
        bezoek = stand(self.geboren, venster=verschoven, aangekondigd=True)
        assert "aankondiging" not in {s for s, _w in soorten(bezoek, 70)}

    @given(st.integers(1, 60))
    def test_a_moved_window_takes_its_days_along(self, verschuiving):
        d = timedelta(days=verschuiving)
        gewoon = venster(self.geboren, REGELS)
        bezoek = stand(self.geboren, venster=Venster(gewoon.begin + d, gewoon.eind + d))
        dagen = {
            r.soort: r.dag for dag in range(20, 180) for r in verschuldigd(bezoek, OMGEVING, op(self.geboren, dag))
        }
        assert dagen["aankondiging"] == self.geboren + timedelta(days=35) + d
        assert dagen["teLaat"] == self.geboren + timedelta(days=57) + d


class TestChannels:
    @pytest.mark.parametrize(
        ("bereik", "aankondiging", "herinnering"),
        [
            (Gezinsbereik(), Kanaal.BRIEF, None),
            (Gezinsbereik(True, ""), Kanaal.BRIEF, Kanaal.EMAIL),
            (Gezinsbereik(True, "email"), Kanaal.EMAIL, Kanaal.EMAIL),
            (Gezinsbereik(True, "brief"), Kanaal.BRIEF, None),
            (Gezinsbereik(False, "email"), Kanaal.BRIEF, None),
        ],
    )
    def test_a_letter_unless_e_mail_is_known_and_preferred(self, bereik, aankondiging, herinnering):
        bezoek = toegewezen(bereik=bereik, afspraak_id=UUID(int=3), afspraak_begin=op(GEBOREN, 45))
        gevonden = {
            r.soort: r.kanaal for r in verschuldigd(bezoek, OMGEVING, op(GEBOREN, 44)) if r.ontvanger is Ontvanger.GEZIN
        }
        assert gevonden.get("aankondiging") == aankondiging
        assert gevonden.get("bezoekherinnering") == herinnering


standen = st.builds(
    lambda geboren, status, aanvaard, afspraak, verschuiving, late: replace(
        stand(
            geboren,
            status=status,
            venster=Venster(geboren + timedelta(days=42 + verschuiving), geboren + timedelta(days=56 + verschuiving)),
            bereik=Gezinsbereik(True, "email"),
        ),
        toewijzing_id=UUID(int=2) if status in ("toegewezen", "gepland") else None,
        toegewezen_op=op(geboren, 5 + late) if status in ("toegewezen", "gepland") else None,
        aanvaard=aanvaard and status in ("toegewezen", "gepland"),
        afspraak_id=UUID(int=3) if status == "gepland" else None,
        afspraak_begin=op(geboren, afspraak) if status == "gepland" else None,
    ),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["open", "toegewezen", "gepland", "bezocht", "afgesloten"]),
    st.booleans(),
    st.integers(5, 80),
    st.integers(-40, 60),
    st.integers(0, 40),
)


@given(standen, st.integers(-10, 200), st.times())
def test_any_moment_may_be_asked(bezoek, dag, tijd):
    nu = op(bezoek.geboortedatum, dag, tijd)
    for rij in verschuldigd(bezoek, OMGEVING, nu):
        lokaal = rij.moment.astimezone(AMSTERDAM)
        assert bezoek.status in ("open", "toegewezen", "gepland")
        assert dag_van(rij.moment) >= bezoek.geboortedatum + timedelta(days=21)
        assert rij.dag >= bezoek.geboortedatum + timedelta(days=21)
        assert nu <= rij.moment < rij.verloopt_op
        assert time(9) <= lokaal.time() < time(20)
        assert not is_stil(lokaal.date())


@given(standen, st.integers(0, 150))
def test_nobody_hears_anything_about_a_family_that_may_not_be_contacted(bezoek, dag):
    assert verschuldigd(replace(bezoek, mag_benaderd=False), OMGEVING, op(bezoek.geboortedatum, dag)) == []


@given(standen, st.integers(22, 150))
def test_after_a_restore_nothing_is_sent_that_fell_due_before(bezoek, dag):
    hersteld = op(bezoek.geboortedatum, dag)
    for rij in verschuldigd(replace(bezoek, hersteld_op=hersteld), OMGEVING, hersteld + timedelta(minutes=1)):
        assert rij.dag > dag_van(hersteld)


@given(
    standen.filter(lambda b: b.lopend),
    st.integers(0, 140),
    st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles"]),
)
def test_daily_sweeps_with_three_days_down_plan_each_key_once_and_miss_none(bezoek, uitval, zone):
    """A sweep each quarter of a day; for three days none runs: every key comes, unless it lost its use meanwhile."""
    momenten = [
        datetime.combine(bezoek.geboortedatum, time(0, 7), tzinfo=UTC) + timedelta(hours=6 * n) for n in range(4 * 190)
    ]
    dicht = range(uitval * 4, uitval * 4 + 12)

    def jaar(slaat_over):
        gezien = {}
        for n, nu in enumerate(momenten):
            if n in slaat_over:
                continue
            for rij in verschuldigd(bezoek, OMGEVING, nu):
                gezien.setdefault((rij.ontvanger, rij.soort, rij.onderwerp, rij.dag), rij)
        return gezien

    zonder, met = jaar(range(0)), jaar(dicht)
    per_soort = {(ontvanger, soort) for ontvanger, soort, _o, _d in met}
    assert len(per_soort) == len(met), "one key per kind and recipient"
    hersteld = momenten[dicht.stop]
    for sleutel, rij in zonder.items():
        assert sleutel in met or rij.verloopt_op <= max(hersteld, rij.moment) + timedelta(days=5)


@pytest.mark.parametrize("nacht", [date(2026, 3, 29), date(2026, 10, 25)])
def test_each_key_once_over_a_dst_night(nacht):
    """Every rule falls on the DST night itself (a Sunday) for one of these births: it goes on the Saturday."""
    for regel in standaard():
        if regel.soort in ("bezoekherinnering", "geenAntwoord"):
            continue
        geboren = nacht - timedelta(days=regel.dag)
        omgeving = replace(OMGEVING, regels=(regel,))
        bezoek = toegewezen(geboren) if regel.ontvanger is Ontvanger.OOIEVAARSMOEDER else stand(geboren)
        begin = moment_op(nacht - timedelta(days=3), time(0))
        gezien = {}
        for uur in range(24 * 6):
            nu = begin + timedelta(hours=uur)
            for rij in verschuldigd(bezoek, omgeving, nu):
                gezien.setdefault((rij.soort, rij.dag), nu)
        (eerste,) = gezien.values()
        assert eerste.astimezone(AMSTERDAM) == datetime.combine(nacht - timedelta(days=1), time(9), tzinfo=AMSTERDAM)


def test_an_unknown_kind_in_the_table_is_left_alone():
    omgeving = replace(OMGEVING, regels=(Regel("ietsNieuws", Ontvanger.GEZIN, 35),))
    assert verschuldigd(stand(bezoek_id=uuid4()), omgeving, op(GEBOREN, 40)) == []


def test_every_kind_has_a_default_day():
    assert {r.soort for r in standaard()} == set(SOORTEN)


def test_each_birth_of_a_year_hears_on_the_day_of_the_table_or_earlier_when_that_day_is_quiet():
    """Sundays, holidays and Carnaval: never later than its day, never on a quiet one, and nothing else."""
    tabel = {
        ("nietToegewezen", "coordinator"): 31, ("hercontrole", "coordinator"): 33, ("aankondiging", "gezin"): 35,
        ("geenAfspraak", "coordinator"): 49, ("laatsteKans", "coordinator"): 53, ("teLaat", "coordinator"): 57,
        ("sluiten", "coordinator"): 84,
    }  # fmt: skip
    for nummer in range(365):
        geboren = date(2026, 1, 1) + timedelta(days=nummer)
        bezoek, eerst = stand(geboren), {}
        for dag in range(26, 86):  # one day after the other: what is new on each
            for wat in soorten(bezoek, dag):
                eerst.setdefault(wat, dag)
        assert eerst.keys() == tabel.keys(), geboren
        for wat, dag in tabel.items():
            moet = dag
            while is_stil(geboren + timedelta(days=moet)):
                moet -= 1
            assert eerst[wat] == moet, (geboren, wat)

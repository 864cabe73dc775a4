"""The hard rules, the weekly load and the score (domain.md, rules 7 and 8): pure."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bezoeken.toewijzing import regels
from bezoeken.toewijzing.regels import Bezoekfeiten, Bezwaar, GeplandBezoek, Moederfeiten, Periode, Reden

VANDAAG = date(2026, 11, 24)
GEBIED, WIJK, BUUR, VER, GEZIN = (UUID(int=n) for n in range(1, 6))
BEZOEK = Bezoekfeiten(
    id=uuid4(),
    gezin_id=GEZIN,
    gebied_id=GEBIED,
    begin=VANDAAG + timedelta(days=3),
    eind=VANDAAG + timedelta(days=17),
    wijk=WIJK,
    buurwijken=frozenset({BUUR}),
    taal="pl",
)
MOEDER = Moederfeiten(id=uuid4(), naam="A", gebied_id=GEBIED, maximum=2, vog_tot=VANDAAG + timedelta(days=300))


def na(dagen: int) -> date:
    return VANDAAG + timedelta(days=dagen)


def gepland(*dagen: int) -> tuple[GeplandBezoek, ...]:
    return tuple(GeplandBezoek(uuid4(), na(dag)) for dag in dagen)


@pytest.mark.parametrize(
    ("verandering", "verwacht", "code"),
    [
        ({}, None, None),
        ({"actief": False}, Bezwaar.NIET_ACTIEF, "nietActief"),
        ({"verklaring_getekend": False}, Bezwaar.VERKLARING_ONTBREEKT, "nietActief"),
        ({"training_afgerond": False}, Bezwaar.TRAINING_ONTBREEKT, "nietActief"),
        ({"vog_tot": None}, Bezwaar.VOG_VERLOPEN, "vogVerlopen"),
        ({"vog_tot": VANDAAG}, Bezwaar.VOG_VERLOPEN, "vogVerlopen"),
        ({"vog_tot": na(1)}, None, None),
        ({"relaties": frozenset({GEZIN})}, Bezwaar.RELATIE, "relatie"),
        ({"relaties": frozenset({VER})}, None, None),
        ({"afwezig": (Periode(na(3), na(17)),)}, Bezwaar.AFWEZIG, "afwezig"),
        ({"afwezig": (Periode(na(0), None),)}, Bezwaar.AFWEZIG, "afwezig"),
        ({"afwezig": (Periode(na(0), na(10)), Periode(na(11), na(20)))}, Bezwaar.AFWEZIG, "afwezig"),
        ({"afwezig": (Periode(na(3), na(16)),)}, None, None),
        ({"afwezig": (Periode(na(0), na(2)),)}, None, None),
        ({"maximum": 0}, Bezwaar.VOL, "vol"),
        ({"gepland": gepland(3, 9)}, Bezwaar.VOL, "vol"),
        ({"gepland": gepland(-3, -2)}, Bezwaar.VOL, "vol"),
        ({"gepland": gepland(3, 10)}, None, None),
    ],
)
def test_each_hard_rule(verandering, verwacht, code):
    bezwaar = regels.bezwaar(replace(MOEDER, **verandering), BEZOEK, VANDAAG)
    assert bezwaar == verwacht
    assert (bezwaar and bezwaar.code) == code


def test_after_the_window_only_today_counts():
    laat = replace(BEZOEK, begin=na(-30), eind=na(-16))
    assert regels.bezwaar(replace(MOEDER, afwezig=(Periode(na(0), na(0)),)), laat, VANDAAG) is Bezwaar.AFWEZIG
    assert regels.bezwaar(replace(MOEDER, afwezig=(Periode(na(1), na(9)),)), laat, VANDAAG) is None


def test_the_visit_itself_is_no_load():
    eigen = (GeplandBezoek(BEZOEK.id, na(3)), GeplandBezoek(uuid4(), na(3)))
    assert regels.bezwaar(replace(MOEDER, gepland=eigen), BEZOEK, VANDAAG) is None


@pytest.mark.parametrize(
    ("afgegeven", "tot"),
    [
        (date(2023, 11, 24), date(2026, 11, 24)),
        (date(2024, 2, 29), date(2027, 3, 1)),
        (None, None),
    ],
)
def test_a_vog_ages_in_years(afgegeven, tot):
    assert regels.vog_tot(afgegeven, 3) == tot


dagen = st.lists(st.integers(-20, 40).map(na), max_size=25)


@given(dagen)
def test_the_busiest_week_is_the_maximum_over_all_weeks_from_today(geplande):
    verwacht = max(
        sum(start <= dag < start + timedelta(days=7) for dag in geplande if dag >= VANDAAG)
        for start in (na(n) for n in range(-7, 50))
    )
    assert regels.drukste_week(geplande, VANDAAG) == verwacht


@given(dagen, st.integers(0, 30).map(na))
def test_the_week_around_a_day_holds_that_day(geplande, dag):
    rond = regels.drukste_week_rond(geplande, dag)
    assert geplande.count(dag) <= rond <= sum(abs((ander - dag).days) < 7 for ander in geplande)
    # One visit more on that day is one more in the busiest week around it: the maximum can not be passed unseen.
    assert regels.drukste_week_rond([*geplande, dag], dag) == rond + 1


@given(st.lists(st.integers(0, 40), max_size=30), st.integers(1, 4))
def test_who_is_never_given_a_visit_when_full_never_passes_her_maximum(begindagen, maximum):
    """Assign visits one after the other: no 7 consecutive days ever hold more than she wants."""
    moeder = replace(MOEDER, maximum=maximum)
    for dag in begindagen:
        bezoek = replace(BEZOEK, id=uuid4(), begin=na(dag), eind=na(dag + 14))
        if regels.bezwaar(moeder, bezoek, VANDAAG) is None:
            moeder = replace(moeder, gepland=(*moeder.gepland, GeplandBezoek(bezoek.id, na(dag))))
    assert regels.drukste_week((g.dag for g in moeder.gepland), VANDAAG) <= maximum


perioden = st.builds(
    lambda begin, duur: Periode(na(begin), None if duur is None else na(begin + duur)),
    st.integers(-10, 30),
    st.none() | st.integers(0, 40),
)
moeders = st.builds(
    lambda **velden: replace(MOEDER, id=uuid4(), **velden),
    gebied_id=st.sampled_from([GEBIED, VER]),
    wijken=st.frozensets(st.sampled_from([WIJK, BUUR, VER])),
    talen=st.frozensets(st.sampled_from(["nl", "pl"])),
    maximum=st.integers(0, 4),
    actief=st.booleans(),
    verklaring_getekend=st.booleans(),
    training_afgerond=st.booleans(),
    vog_tot=st.none() | st.integers(-5, 30).map(na),
    afwezig=st.lists(perioden, max_size=3).map(tuple),
    relaties=st.frozensets(st.sampled_from([GEZIN, VER])),
    gepland=st.lists(st.integers(0, 20), max_size=6).map(lambda d: gepland(*d)),
)


@given(st.lists(moeders, max_size=8), st.integers(-20, 30), st.booleans())
def test_everybody_of_the_gebied_is_proposed_or_falls_off_by_the_same_rules(kandidaten, begin, van_buiten):
    bezoek = replace(BEZOEK, begin=na(begin), eind=na(begin + 14), wil_iemand_van_buiten=van_buiten)
    oordeel = regels.beoordeel(bezoek, kandidaten, VANDAAG)
    voorgesteld = {v.moeder.id for v in oordeel.voorstellen}
    afgevallen = {a.moeder.id: a.bezwaar for a in oordeel.afgevallen}
    for moeder in kandidaten:
        bezwaar = regels.bezwaar(moeder, bezoek, VANDAAG)
        if moeder.gebied_id != GEBIED:
            assert moeder.id not in voorgesteld | afgevallen.keys()
        else:
            assert (moeder.id in voorgesteld) == (bezwaar is None)
            assert afgevallen.get(moeder.id) == bezwaar
    scores = [v.score for v in oordeel.voorstellen]
    assert scores == sorted(scores, reverse=True)
    assert all(v.redenen and v.bezet < v.moeder.maximum for v in oordeel.voorstellen)


def volgorde(bezoek: Bezoekfeiten, **kandidaten: dict) -> list[str]:
    rijen = [replace(MOEDER, id=uuid4(), naam=naam, **velden) for naam, velden in kandidaten.items()]
    return [v.moeder.naam for v in regels.beoordeel(bezoek, rijen, VANDAAG).voorstellen]


def test_wijk_language_and_load_order_the_proposals():
    kandidaten = {
        "ver": {"wijken": frozenset({VER})},
        "buur": {"wijken": frozenset({BUUR})},
        "zelfde": {"wijken": frozenset({WIJK})},
        "zelfde_druk": {"wijken": frozenset({WIJK}), "gepland": gepland(4)},
        "pools_ver": {"wijken": frozenset({VER}), "talen": frozenset({"pl"})},
    }
    assert volgorde(BEZOEK, **kandidaten) == ["pools_ver", "zelfde", "buur", "zelfde_druk", "ver"]


def test_a_family_that_wants_somebody_from_outside_gets_a_neighbouring_wijk_first():
    kandidaten = {"zelfde": {"wijken": frozenset({WIJK})}, "buur": {"wijken": frozenset({BUUR})}}
    assert volgorde(BEZOEK, **kandidaten) == ["zelfde", "buur"]
    assert volgorde(replace(BEZOEK, wil_iemand_van_buiten=True), **kandidaten) == ["buur", "zelfde"]


def test_the_volunteer_of_an_earlier_sibling_comes_first():
    bekend = replace(MOEDER, id=uuid4(), naam="bekend", wijken=frozenset({VER}))
    pools = replace(MOEDER, id=uuid4(), naam="pools", talen=frozenset({"pl"}))
    oordeel = regels.beoordeel(replace(BEZOEK, eerder=frozenset({bekend.id})), [pools, bekend], VANDAAG)
    assert [v.moeder.naam for v in oordeel.voorstellen] == ["bekend", "pools"]
    assert Reden.EERDER_BEZOEK in oordeel.voorstellen[0].redenen


def test_being_away_for_some_of_the_days_counts_against_her():
    deels = replace(MOEDER, afwezig=(Periode(na(3), na(5)),))
    assert regels.voorstel(deels, BEZOEK, VANDAAG).score < regels.voorstel(MOEDER, BEZOEK, VANDAAG).score
    assert Reden.DEELS_AFWEZIG in regels.voorstel(deels, BEZOEK, VANDAAG).redenen


@pytest.mark.parametrize(
    ("moeder", "feiten", "verwacht"),
    [
        ({}, {}, ()),
        ({"gepland": gepland(3, 3, 3)}, {}, ()),  # full is no reason to take away what she has
        ({"actief": False}, {}, ("nietActief",)),
        ({"vog_tot": na(17)}, {}, ("vogVerloopt",)),
        ({"vog_tot": na(18)}, {}, ()),
        ({}, {"aanvaard": False, "toegewezen_op": na(-2)}, ()),
        ({}, {"aanvaard": False, "toegewezen_op": na(-3)}, ("geenAntwoord",)),
        ({"afwezig": (Periode(na(0)),)}, {"aanvaard": False, "toegewezen_op": na(-9)}, ("afwezig", "geenAntwoord")),
    ],
)
def test_what_must_be_handed_over(moeder, feiten, verwacht):
    feiten = {"toegewezen_op": na(-5), "aanvaard": True, "antwoord_dagen": 3, **feiten}
    assert regels.overdrachtsredenen(replace(MOEDER, **moeder), BEZOEK, VANDAAG, **feiten) == verwacht


def test_away_on_the_day_of_the_appointment_must_be_handed_over():
    bezoek = replace(BEZOEK, afspraak=na(5))
    moeder = replace(MOEDER, afwezig=(Periode(na(5), na(6)),))
    redenen = regels.overdrachtsredenen(moeder, bezoek, VANDAAG, toegewezen_op=VANDAAG, aanvaard=True, antwoord_dagen=3)
    assert redenen == ("afwezig",)

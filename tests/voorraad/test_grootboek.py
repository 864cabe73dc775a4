"""The ledger: its rules against a plain dictionary, its reversals, and what the database itself refuses."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from tests.factories import (
    ArtikelFactory,
    GebiedFactory,
    LocatieFactory,
    OoievaarsmoederFactory,
    PartijFactory,
    doos,
    dozen_bij_moeder,
    ontvangen,
)
from voorraad import fouten, models, selectors, services

pytestmark = pytest.mark.django_db


def boek(soort, artikel, aantal=1, **velden):
    return services.mutatie_boeken(soort=soort, artikel=artikel, aantal=aantal, door=None, nu=clock.nu(), **velden)


# Steps name a volunteer (0-1), a visit (0-3) and a child (0-1); every step is tried on the model and on the real thing.
stap = st.one_of(
    st.tuples(st.just("ontvangst"), st.integers(0, 1), st.integers(1, 3)),
    st.tuples(st.just("verplaatsing"), st.integers(0, 1), st.integers(1, 3)),
    st.tuples(st.just("afkeur"), st.integers(0, 1), st.integers(1, 3)),
    st.tuples(st.just("reserveren"), st.integers(0, 1), st.integers(0, 3), st.integers(0, 1)),
    st.tuples(st.just("vrijgeven"), st.integers(0, 3)),
    st.tuples(st.just("uitgeven"), st.integers(0, 1), st.integers(0, 3), st.integers(0, 1)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stappen=st.lists(stap, max_size=20))
def test_any_story_ends_with_the_books_of_a_plain_dictionary(stappen):
    with transaction.atomic():
        verhaal(stappen)
        transaction.set_rollback(True)


def verhaal(stappen):
    gebied = GebiedFactory()
    artikel = doos(gebied)
    moeders = [OoievaarsmoederFactory(gebied=gebied) for _n in range(2)]
    plekken = [services.thuisplek(ooievaarsmoeder=moeder) for moeder in moeders]
    nu = clock.nu()
    ligt = {0: 0, 1: 0}
    beloofd: dict[tuple[str, str], int] = {}
    gegeven: set[tuple[str, str]] = set()

    def vrij(wie):
        return ligt[wie] - list(beloofd.values()).count(wie)

    for soort, *waarden in stappen:
        if soort == "ontvangst":
            wie, aantal = waarden
            boek("ontvangst", artikel, aantal, naar=plekken[wie])
            ligt[wie] += aantal
        elif soort in ("verplaatsing", "afkeur"):
            wie, aantal = waarden
            naar = {"naar": plekken[1 - wie]} if soort == "verplaatsing" else {}
            if vrij(wie) < aantal:
                with pytest.raises(fouten.OnvoldoendeVoorraad):
                    boek(soort, artikel, aantal, van=plekken[wie], **naar)
                continue
            boek(soort, artikel, aantal, van=plekken[wie], **naar)
            ligt[wie] -= aantal
            if naar:
                ligt[1 - wie] += aantal
        elif soort == "vrijgeven":
            aanleiding = f"bezoek:{waarden[0]}"
            weg = [deel for deel in beloofd if deel[0] == aanleiding]
            assert services.reserveringen_vrijgeven(aanleiding=aanleiding, nu=nu) == len(weg)
            for deel in weg:
                del beloofd[deel]
        else:
            wie, bezoek, kind = waarden
            deel = f"bezoek:{bezoek}", f"kind-{kind}"
            if soort == "reserveren":
                kan = deel in beloofd or vrij(wie) > 0
                uitkomst = services.dozen_reserveren(
                    houder_id=moeders[wie].pk, aanleiding=deel[0], onderdelen=[deel[1]], nu=nu
                )
                assert uitkomst == int(kan)
                if kan:
                    beloofd.setdefault(deel, wie)
                continue
            kan = deel in gegeven or deel in beloofd or vrij(wie) > 0
            uitkomst = services.doos_uitgeven(
                houder_id=moeders[wie].pk, aanleiding=deel[0], onderdeel=deel[1], door=None, gebeurd_op=nu, nu=nu
            )
            assert uitkomst is kan
            if kan and deel not in gegeven:
                ligt[beloofd.pop(deel, wie)] -= 1
                gegeven.add(deel)

    stand = selectors.dozen_bij([m.pk for m in moeders])
    assert {wie: tuple(stand[m.pk]) for wie, m in enumerate(moeders)} == {wie: (ligt[wie], vrij(wie)) for wie in ligt}
    assert selectors.standen_kloppen() == []


def test_each_kind_of_movement_with_the_side_left_out():
    gebied = GebiedFactory()
    artikel, onderdeel = doos(gebied), ArtikelFactory(gebied=gebied)
    magazijn = models.Locatie.objects.get(gebied=gebied, code="magazijn")

    def paar(regel):
        return regel.van.code, regel.naar.code

    assert paar(boek("ontvangst", artikel, 9)) == ("leverancier", "magazijn")
    assert paar(boek("ontvangst", onderdeel, 9)) == ("leverancier", "magazijn")
    assert paar(boek("samenstelling", artikel)) == ("samenstelling", "magazijn")
    assert paar(boek("samenstelling", onderdeel)) == ("magazijn", "samenstelling")
    assert paar(boek("uitgifte", artikel, van=magazijn)) == ("magazijn", "gezin")
    assert paar(boek("retour", artikel, naar=magazijn)) == ("gezin", "magazijn")
    assert paar(boek("afkeur", artikel, van=magazijn)) == ("magazijn", "afval")
    assert paar(boek("correctie", artikel, naar=magazijn)) == ("correctie", "magazijn")
    assert paar(boek("correctie", artikel, van=magazijn)) == ("magazijn", "correctie")
    with pytest.raises(Ongeldig):
        boek("correctie", artikel)
    assert selectors.standen_kloppen() == []


def test_stock_spread_over_lots_asks_for_a_lot():
    artikel = doos(GebiedFactory())
    plek = LocatieFactory(gebied=artikel.gebied)
    for aantal in (2, 3):
        ontvangen(artikel, plek, aantal, partij=PartijFactory(artikel=artikel))
    assert boek("uitgifte", artikel, 3, van=plek).aantal == 3
    ontvangen(artikel, plek, 1)
    with pytest.raises(fouten.OnvoldoendeVoorraad) as fout:
        boek("uitgifte", artikel, 3, van=plek)
    assert fout.value.extra["beschikbaar"] == 3
    assert "per partij" in str(fout.value.detail)


def test_an_expired_part_does_not_go_out_but_one_of_today_does():
    artikel = ArtikelFactory()
    services.plekken_aanmaken(gebied=artikel.gebied)
    plek = LocatieFactory(gebied=artikel.gebied)
    for dagen in (-1, 0):
        dag = clock.vandaag() + timedelta(days=dagen)
        ontvangen(artikel, plek, 1, partij=PartijFactory(artikel=artikel, houdbaar_tot=dag))
    assert boek("uitgifte", artikel, van=plek).partij.houdbaar_tot == clock.vandaag()
    with pytest.raises(fouten.VerlopenPartij):
        boek("uitgifte", artikel, van=plek)


def test_a_reversal_is_a_linked_line_and_happens_once():
    artikel = doos(GebiedFactory())
    plek = LocatieFactory(gebied=artikel.gebied)
    regel = ontvangen(artikel, plek, 5)
    terug = services.mutatie_terugdraaien(mutatie=regel, door=None, reden="dubbel", nu=clock.nu())
    assert (terug.van, terug.naar, terug.aantal, terug.draait_terug) == (regel.naar, regel.van, 5, regel)
    for wat in (regel, terug):
        with pytest.raises(fouten.AlTeruggedraaid):
            services.mutatie_terugdraaien(mutatie=wat, door=None, reden="", nu=clock.nu())
    weg = ontvangen(artikel, plek, 5)
    boek("afkeur", artikel, 1, van=plek)
    with pytest.raises(fouten.OnvoldoendeVoorraad):
        services.mutatie_terugdraaien(mutatie=weg, door=None, reden="", nu=clock.nu())
    assert selectors.standen_kloppen() == []


def test_the_checker_names_a_balance_that_is_wrong(capsys):
    moeder = OoievaarsmoederFactory()
    dozen_bij_moeder(moeder, 3)
    call_command("controleer_voorraad")
    assert "Alle standen kloppen." in capsys.readouterr().out
    models.Stand.objects.update(aantal=F("aantal") + 1, gereserveerd=1)
    assert {(v.wat, v.stand, v.boeken) for v in selectors.standen_kloppen()} == {
        ("aantal", 4, 3),
        ("gereserveerd", 1, 0),
    }
    with pytest.raises(CommandError):
        call_command("controleer_voorraad")


# What the database refuses, whatever code runs -----------------------------------------------
@pytest.fixture
def stand():
    moeder = OoievaarsmoederFactory()
    plek = dozen_bij_moeder(moeder, 3)
    services.dozen_reserveren(houder_id=moeder.pk, aanleiding="x", onderdelen=["a"], nu=clock.nu())
    return models.Stand.objects.get(locatie=plek)


def kopie(rij, **velden):
    waarden = {f.attname: getattr(rij, f.attname) for f in rij._meta.concrete_fields if not f.primary_key}
    return type(rij)(**{**waarden, **velden})


@pytest.mark.parametrize(
    ("naam", "breken"),
    [
        ("stand_nooit_onder_nul", lambda s: models.Stand.objects.filter(pk=s.pk).update(aantal=0)),
        ("stand_nooit_onder_nul", lambda s: models.Stand.objects.filter(pk=s.pk).update(aantal=-1)),
        ("gereserveerd", lambda s: models.Stand.objects.filter(pk=s.pk).update(gereserveerd=-1)),
        ("stand_een_per_plek", lambda s: kopie(s).save()),
        ("mutatie_aantal_positief", lambda s: kopie(models.Mutatie.objects.first(), aantal=0).save()),
        ("mutatie_van_naar_verschillen", lambda s: kopie(m := models.Mutatie.objects.first(), naar_id=m.van_id).save()),
        ("sleutel", lambda s: [kopie(models.Mutatie.objects.first(), sleutel="s").save() for _keer in range(2)]),
        ("reservering_een_actief", lambda s: kopie(models.Reservering.objects.get()).save()),
        ("reservering_aantal_positief", lambda s: models.Reservering.objects.update(aantal=0)),
        ("artikel_code_uniek", lambda s: kopie(s.artikel).save()),
        ("locatie_code_uniek", lambda s: kopie(s.locatie, houder_id=None, soort="magazijn").save()),
        ("locatie_thuis_heeft_houder", lambda s: models.Locatie.objects.filter(pk=s.locatie_id).update(houder=None)),
        ("houder_id", lambda s: kopie(s.locatie, code="tweede-thuis").save()),
        ("partij_code_uniek", lambda s: [models.Partij(artikel=s.artikel, code="p").save() for _keer in range(2)]),
    ],
)
def test_a_broken_invariant_is_refused(stand, naam, breken):
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        breken(stand)


@pytest.mark.parametrize(
    "breken",
    [lambda regels: regels.update(reden="anders"), lambda regels: regels.all()._raw_delete("default")],
)
def test_the_ledger_can_only_grow(stand, breken):
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        breken(models.Mutatie.objects.all())

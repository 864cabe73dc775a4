"""Boxes packed by a recipe and taken apart; what is short is named; a recall finds every box, place and occasion."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from tests.factories import ArtikelFactory, GebiedFactory, OoievaarsmoederFactory, PartijFactory, doos, ontvangen
from voorraad import fouten, models, selectors, services

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
DELEN = {"speelgoed": 1, "boekjes": 2, "verzorging": 1, "ehbo-koffertje": 1, "zwembadvoucher": 1}


@pytest.fixture
def artikel():
    return doos(GebiedFactory())


@pytest.fixture
def magazijn(artikel):
    return models.Locatie.objects.get(gebied=artikel.gebied, code="magazijn")


@pytest.fixture
def coordinator(als, artikel):
    return als("coordinator", gebied=artikel.gebied)


@pytest.fixture
def delen(artikel):
    return {code: ArtikelFactory(gebied=artikel.gebied, code=code) for code in DELEN}


@pytest.fixture
def recept(artikel, delen):
    regels = [(delen[code], aantal) for code, aantal in DELEN.items()]
    return services.samenstelling_vaststellen(artikel=artikel, regels=regels, door=None, nu=clock.nu())


def partij(artikel, dagen):
    tot = None if dagen is None else clock.vandaag() + timedelta(days=dagen)
    return PartijFactory(artikel=artikel, houdbaar_tot=tot)


def vul(delen, plek, aantal=100, **anders):
    """So many of each part without a lot, or as (amount, days) per part."""
    lots = {}
    for code, artikel in delen.items():
        for hoeveel, dagen in anders.get(code.replace("-", "_"), [(aantal, None)]):
            lot = partij(artikel, dagen) if dagen is not None else None
            ontvangen(artikel, plek, hoeveel, partij=lot)
            lots.setdefault(code, []).append(lot)
    return lots


def pak_in(artikel, plek, aantal, **velden):
    return services.dozen_samenstellen(artikel=artikel, aantal=aantal, plek=plek, door=None, nu=clock.nu(), **velden)


def haal_uit_elkaar(artikel, partij, plek, aantal):
    return services.dozen_uit_elkaar_halen(
        artikel=artikel, partij=partij, aantal=aantal, plek=plek, door=None, nu=clock.nu()
    )


def ligt(artikel, plek):
    standen = models.Stand.objects.filter(artikel=artikel, locatie=plek, aantal__gt=0)
    return {stand.partij: stand.aantal for stand in standen}


def test_packing_takes_the_parts_and_gives_a_lot_with_the_earliest_date(artikel, magazijn, delen, recept):
    lots = vul(delen, magazijn, verzorging=[(3, 120), (9, 200)], ehbo_koffertje=[(50, 400)])
    regel = pak_in(artikel, magazijn, 5)
    assert regel.partij.houdbaar_tot == clock.vandaag() + timedelta(days=120)
    assert regel.partij.samenstelling == recept
    assert ligt(artikel, magazijn) == {regel.partij: 5}
    assert ligt(delen["boekjes"], magazijn) == {None: 90}
    # The earliest date goes first: three from the first lot, two from the next.
    assert ligt(delen["verzorging"], magazijn) == {lots["verzorging"][1]: 7}
    bundel = models.Mutatie.objects.filter(bundel=regel.bundel)
    assert bundel.count() == 7
    assert sum(m.aantal for m in bundel if m.naar.soort == "samenstelling") == 5 * sum(DELEN.values())
    assert selectors.standen_kloppen() == []


def test_without_dates_a_box_does_not_expire(artikel, magazijn, delen, recept):
    vul(delen, magazijn)
    assert pak_in(artikel, magazijn, 1).partij.houdbaar_tot is None


def test_every_part_that_is_short_is_named_with_what_was_asked_and_available(artikel, magazijn, delen, recept):
    vul(delen, magazijn, boekjes=[(15, None)], verzorging=[(4, 300), (99, 89)])
    with pytest.raises(fouten.TekortOnderdelen) as fout:
        pak_in(artikel, magazijn, 10)
    assert fout.value.code == "onvoldoendeVoorraad"
    tekorten = {t["code"]: (t["gevraagd"], t["beschikbaar"]) for t in fout.value.extra["tekorten"]}
    # The 99 keep less than 90 days: a box with them could not be handed out.
    assert tekorten == {"boekjes": (20, 15), "verzorging": (10, 4)}
    assert (fout.value.extra["gevraagd"], fout.value.extra["beschikbaar"]) == (10, 4)
    for woord in ("in-de-box", "magazijn", "boekjes", "verzorging", "20", "15", "10", "4"):
        assert woord in fout.value.detail
    assert not models.Mutatie.objects.filter(soort="samenstelling").exists()
    assert pak_in(artikel, magazijn, 4).aantal == 4


def test_a_new_version_of_the_recipe_leaves_packed_boxes_as_they_are(artikel, magazijn, delen, recept):
    vul(delen, magazijn)
    oud = pak_in(artikel, magazijn, 2).partij
    nieuw = services.samenstelling_vaststellen(
        artikel=artikel, regels=[(delen["boekjes"], 1)], door=None, nu=clock.nu()
    )
    assert nieuw.nummer == 2
    assert selectors.huidige_samenstelling(artikel.pk) == nieuw
    pak_in(artikel, magazijn, 1)
    assert ligt(delen["boekjes"], magazijn) == {None: 95}
    haal_uit_elkaar(artikel, oud, magazijn, 2)
    assert ligt(delen["boekjes"], magazijn) == {None: 99}
    assert ligt(delen["speelgoed"], magazijn) == {None: 100}


def test_a_recipe_that_does_not_fit_is_refused_with_all_its_faults(artikel, delen):
    def stel_vast(doos_artikel, *regels):
        with pytest.raises(Ongeldig) as fout:
            services.samenstelling_vaststellen(artikel=doos_artikel, regels=regels, door=None, nu=clock.nu())
        return {naam: code for naam, code, _reden in fout.value.fouten}

    assert stel_vast(artikel) == {"regels": "verplicht"}
    speelgoed = delen["speelgoed"]
    assert stel_vast(speelgoed, (delen["boekjes"], 1)) == {"artikel": "ongeldig"}
    assert stel_vast(artikel, (speelgoed, 0), (speelgoed, 1), (ArtikelFactory(), 101), (artikel, 1)) == {
        "regels.0.aantal": "teLaag",
        "regels.1.artikel": "dubbel",
        "regels.2.artikel": "ongeldig",
        "regels.2.aantal": "teHoog",
        "regels.3.artikel": "ongeldig",
    }


def test_a_recipe_is_never_changed_in_the_database(recept):
    for poging in (lambda: recept.save(), lambda: recept.regels.update(aantal=9), lambda: recept.regels.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            poging()


def test_taking_apart_gives_the_parts_back_to_their_lots(artikel, magazijn, delen, recept):
    lots = vul(delen, magazijn, verzorging=[(3, 120), (9, 200)])
    regel = pak_in(artikel, magazijn, 5)
    haal_uit_elkaar(artikel, regel.partij, magazijn, 2)
    # What keeps longest comes back first: the three boxes that stay still hold the earliest date.
    assert ligt(delen["verzorging"], magazijn) == {lots["verzorging"][1]: 9}
    haal_uit_elkaar(artikel, regel.partij, magazijn, 3)
    assert ligt(delen["verzorging"], magazijn) == {lots["verzorging"][0]: 3, lots["verzorging"][1]: 9}
    assert ligt(artikel, magazijn) == {}
    assert not any(selectors.inhoud_van_partij(regel.partij.pk).values())
    with pytest.raises(fouten.OnvoldoendeVoorraad):
        haal_uit_elkaar(artikel, regel.partij, magazijn, 1)
    assert selectors.standen_kloppen() == []


def test_a_lot_that_we_did_not_pack_is_not_taken_apart(artikel, magazijn, recept):
    lot = partij(artikel, 300)
    ontvangen(artikel, magazijn, 3, partij=lot)
    with pytest.raises(Ongeldig):
        haal_uit_elkaar(artikel, lot, magazijn, 1)


def test_reversing_any_line_reverses_the_whole_packing(artikel, magazijn, delen, recept):
    vul(delen, magazijn)
    pak_in(artikel, magazijn, 4)
    regel = models.Mutatie.objects.filter(soort="samenstelling", artikel=delen["boekjes"]).get()
    terug = services.mutatie_terugdraaien(mutatie=regel, door=None, reden="te veel", nu=clock.nu())
    assert terug.draait_terug == regel
    assert models.Mutatie.objects.filter(bundel=terug.bundel).count() == 6
    assert ligt(artikel, magazijn) == {}
    assert all(ligt(deel, magazijn) == {None: 100} for deel in delen.values())
    with pytest.raises(fouten.AlTeruggedraaid):
        services.mutatie_terugdraaien(
            mutatie=models.Mutatie.objects.get(artikel=artikel, draait_terug=None), door=None, reden="x", nu=clock.nu()
        )


def test_a_packing_of_which_a_box_has_left_is_not_reversed(artikel, magazijn, delen, recept):
    vul(delen, magazijn)
    regel = pak_in(artikel, magazijn, 2)
    services.mutatie_boeken(soort="uitgifte", artikel=artikel, van=magazijn, aantal=1, door=None, nu=clock.nu())
    with pytest.raises(fouten.OnvoldoendeVoorraad):
        services.mutatie_terugdraaien(mutatie=regel, door=None, reden="x", nu=clock.nu())
    assert selectors.standen_kloppen() == []


def test_a_blocked_part_is_named(artikel, magazijn, delen, recept):
    vul(delen, magazijn)
    services.artikel_wijzigen(artikel=delen["ehbo-koffertje"], geblokkeerd=True)
    with pytest.raises(fouten.GeblokkeerdArtikel) as fout:
        pak_in(artikel, magazijn, 1)
    assert "ehbo-koffertje" in fout.value.detail


# Through the API -----------------------------------------------------------------------------------


def test_the_movement_of_the_api_packs_and_takes_apart(coordinator, artikel, magazijn, delen):
    regels = [{"artikel": str(deel.pk), "aantal": DELEN[code]} for code, deel in delen.items()]
    body = {"artikel": str(artikel.pk), "regels": regels}
    nieuw = coordinator.post(f"{V1}/samenstellingen", body, format="json")
    assert nieuw.status_code == 201
    assert nieuw.json()["nummer"] == 1
    assert sorted(nieuw.json()["regels"], key=str) == sorted(regels, key=str)
    assert coordinator.get(f"{V1}/samenstellingen/{nieuw.json()['id']}").json() == nieuw.json()
    vul(delen, magazijn, 20)
    boeking = {"soort": "samenstelling", "artikel": str(artikel.pk), "aantal": 7}
    regel = coordinator.post(f"{V1}/voorraadmutaties", boeking, format="json").json()
    assert (regel["naar"], regel["aantal"]) == (str(magazijn.pk), 7)
    bundel = coordinator.get(f"{V1}/voorraadmutaties", {"bundel": regel["bundel"]}).json()
    assert bundel["count"] == 6
    te_veel = coordinator.post(f"{V1}/voorraadmutaties", {**boeking, "aantal": 5}, format="json").json()
    assert te_veel["code"] == "onvoldoendeVoorraad"
    assert te_veel["tekorten"] == [
        {"artikel": str(delen["boekjes"].pk), "code": "boekjes", "gevraagd": 10, "beschikbaar": 6}
    ]
    zonder = {**boeking, "aantal": 2, "van": str(magazijn.pk)}
    fout = coordinator.post(f"{V1}/voorraadmutaties", zonder, format="json").json()
    assert [p["name"] for p in fout["invalidParams"]] == ["partij"]
    uit = coordinator.post(f"{V1}/voorraadmutaties", {**zonder, "partij": regel["partij"]}, format="json")
    assert uit.status_code == 201
    assert ligt(delen["boekjes"], magazijn) == {None: 10}


def test_a_recipe_names_what_it_does_not_know(coordinator, artikel, delen):
    def post(**body):
        antwoord = coordinator.post(f"{V1}/samenstellingen", body, format="json").json()
        return [(p["name"], p["code"]) for p in antwoord["invalidParams"]]

    speelgoed = str(delen["speelgoed"].pk)
    vreemd = str(ArtikelFactory().pk)
    assert post(artikel=vreemd, regels=[]) == [("artikel", "onbekend")]
    assert post(artikel=str(artikel.pk), regels=[{"artikel": vreemd, "aantal": 1}]) == [
        ("regels.0.artikel", "onbekend")
    ]
    fout = post(artikel=str(artikel.pk), regels=[{"artikel": speelgoed, "aantal": 1.5}])
    assert fout == [("regels.0.aantal", "ongeldig")]


@pytest.mark.parametrize("pad", ["samenstellingen"])
def test_the_list_costs_the_same_for_2_and_for_20(coordinator, artikel, delen, pad, django_assert_num_queries):
    for keer in (2, 18):
        for _nummer in range(keer):
            services.samenstelling_vaststellen(
                artikel=artikel, regels=[(delen["boekjes"], 1)], door=None, nu=clock.nu()
            )
        with django_assert_num_queries(4):
            assert coordinator.get(f"{V1}/{pad}").json()["count"] >= keer


# Recalls ------------------------------------------------------------------------------------------


@pytest.fixture
def verspreid(artikel, magazijn, delen, recept):
    """Two lots of care products; boxes of the first lot in the magazijn, at two volunteers and with a family."""
    lots = vul(delen, magazijn, verzorging=[(6, 200), (50, 300)])
    eerste, tweede = lots["verzorging"]
    doos_a = pak_in(artikel, magazijn, 4).partij  # only the first lot
    doos_b = pak_in(artikel, magazijn, 4).partij  # two of the first, two of the second
    doos_c = pak_in(artikel, magazijn, 4).partij  # only the second
    moeders = [OoievaarsmoederFactory(gebied=artikel.gebied) for _n in range(2)]
    nu = clock.nu()
    for moeder, lot, aantal in ((moeders[0], doos_a, 2), (moeders[1], doos_b, 1), (moeders[1], doos_c, 1)):
        services.mutatie_boeken(
            soort="verplaatsing", artikel=artikel, partij=lot, van=magazijn,
            naar=services.thuisplek(ooievaarsmoeder=moeder), aantal=aantal, door=None, nu=nu,
        )  # fmt: skip
    assert services.doos_uitgeven(
        houder_id=moeders[0].pk, aanleiding="bezoek:geweest", onderdeel="kind", door=None, gebeurd_op=nu, nu=nu
    )
    return eerste, tweede, (doos_a, doos_b, doos_c), moeders


def test_a_recall_finds_every_box_place_and_occasion(coordinator, verspreid):
    eerste, _tweede, (doos_a, doos_b, doos_c), moeders = verspreid
    gevonden = coordinator.get(f"{V1}/partijen/{eerste.pk}/terugroeping").json()
    assert {p["id"] for p in gevonden["partijen"]} == {str(p.pk) for p in (eerste, doos_a, doos_b)}
    waar = {(p["partij"], p["locatie"]): p["aantal"] for p in gevonden["plekken"]}
    thuis = [str(services.thuisplek(ooievaarsmoeder=m).pk) for m in moeders]
    assert waar[str(doos_a.pk), thuis[0]] == 1
    assert waar[str(doos_b.pk), thuis[1]] == 1
    assert sum(waar.values()) == 7
    assert gevonden["uitgegeven"] == [{"aanleiding": "bezoek:geweest", "onderdeel": "kind"}]
    assert gevonden["teruggeroepenOp"] is None
    assert str(doos_c.pk) not in str(gevonden)


def test_after_a_recall_nothing_of_it_goes_out_and_promises_move_to_other_boxes(
    coordinator, artikel, magazijn, verspreid
):
    eerste, _tweede, (doos_a, _doos_b, doos_c), moeders = verspreid
    nu = clock.nu()
    for moeder, naam in ((moeders[0], "bezoek:een"), (moeders[1], "bezoek:twee")):
        assert services.dozen_reserveren(houder_id=moeder.pk, aanleiding=naam, onderdelen=["k"], nu=nu) == 1
    antwoord = coordinator.put(f"{V1}/partijen/{eerste.pk}/terugroeping", {"reden": "splinters"}, format="json").json()
    assert antwoord["teruggeroepenOp"]
    # The first volunteer has no other box; the second has one of lot c, and that is promised now.
    assert antwoord["zonderDoos"] == [{"aanleiding": "bezoek:een", "onderdeel": "k"}]
    assert models.Reservering.objects.get(status="actief").stand.partij == doos_c
    with pytest.raises(fouten.TeruggeroepenPartij):
        services.mutatie_boeken(
            soort="uitgifte", artikel=artikel, partij=doos_a, van=magazijn, aantal=1, door=None, nu=nu
        )
    assert (
        services.mutatie_boeken(soort="uitgifte", artikel=artikel, van=magazijn, aantal=1, door=None, nu=nu).partij
        == doos_c
    )
    # Discarding and sending back stay possible, and new boxes are made of what is left.
    services.mutatie_boeken(soort="afkeur", artikel=artikel, partij=doos_a, van=magazijn, aantal=1, door=None, nu=nu)
    assert pak_in(artikel, magazijn, 2).partij.houdbaar_tot == clock.vandaag() + timedelta(days=300)
    assert selectors.standen_kloppen() == []


def test_a_recall_by_mistake_is_taken_back_except_for_another_recalled_part(coordinator, verspreid):
    eerste, tweede, dozen, _moeders = verspreid
    for lot in (eerste, tweede):
        services.partij_terugroepen(partij=lot, reden="x", nu=clock.nu())
    assert coordinator.delete(f"{V1}/partijen/{eerste.pk}/terugroeping").status_code == 204
    terug = [models.Partij.objects.get(pk=p.pk).teruggeroepen_op is not None for p in (eerste, tweede, *dozen)]
    assert terug == [False, True, False, True, True]


def test_more_boxes_than_were_packed_are_not_taken_apart_from_thin_air(artikel, magazijn, delen, recept):
    vul(delen, magazijn)
    regel = pak_in(artikel, magazijn, 1)
    services.mutatie_boeken(
        soort="correctie", artikel=artikel, partij=regel.partij, naar=magazijn, aantal=1, reden="geteld",
        door=None, nu=clock.nu(),
    )  # fmt: skip
    haal_uit_elkaar(artikel, regel.partij, magazijn, 1)
    with pytest.raises(Ongeldig) as fout:
        haal_uit_elkaar(artikel, regel.partij, magazijn, 1)
    assert fout.value.fouten[0][:2] == ("partij", "onbekendeInhoud")
    assert selectors.standen_kloppen() == []

"""The forecast through the API, the lists of work, families of a recall, and the alarm that comes once."""

from datetime import timedelta

import pytest

from bezoeken.dozen.services import voorraad_bewaken
from bezoeken.kraambezoek.services.aanvaarden import bezoek_aanvaarden
from bezoeken.kraambezoek.services.afronden import Afronding, Doos, bezoek_afronden
from bezoeken.kraambezoek.services.sluiten import overlijden_melden
from bezoeken.models import Bezoekkind
from bezoeken.toewijzing.services import toewijzen
from notifications.models import Bericht
from ooievaar.platform import clock
from tests.factories import (
    ArtikelFactory,
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    PartijFactory,
    WijkFactory,
    bezoek_met_kinderen,
    doos,
    dozen_bij_moeder,
    gebruiker_met_rol,
    ontvangen,
    toegewezen_bezoek,
)
from voorraad import models, selectors, services

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def wijk(gebied):
    return WijkFactory(gebied=gebied)


@pytest.fixture
def artikel(gebied):
    return doos(gebied)


@pytest.fixture
def magazijn(artikel):
    return models.Locatie.objects.get(gebied=artikel.gebied, code="magazijn")


@pytest.fixture
def coordinator(als, gebied, artikel):
    return als("coordinator", gebied=gebied)


@pytest.fixture
def moeder(gebied):
    return OoievaarsmoederFactory(gebied=gebied)


def kind_dat_wacht(wijk, dagen=40, **velden):
    datum = clock.vandaag() - timedelta(days=dagen)
    return bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk), geboortedatum=datum, **velden)


def bezocht(moeder, wijk, *, met_doos=True, **velden):
    bezoek = toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk), aanvaard=True, **velden)
    kinderen = list(bezoek.kinderen.values_list("pasgeborene_id", flat=True)) if met_doos else []
    nu = clock.nu()
    bezoek_afronden(
        bezoek_id=bezoek.pk, afronding=Afronding(nu, "huisbezoek", [Doos(k) for k in kinderen]), door=None, nu=nu
    )
    return bezoek


def prognose(client, **vraag):
    antwoord = client.get(f"{V1}/voorraadprognose", vraag)
    assert antwoord.status_code == 200, antwoord.json()
    return antwoord.json()


def test_the_forecast_sets_boxes_and_parts_against_demand_orders_and_dates(coordinator, artikel, magazijn, wijk):
    for _nummer in range(10):
        kind_dat_wacht(wijk)
    boekje, zeep = (ArtikelFactory(gebied=artikel.gebied, code=code) for code in ("boekje", "zeep"))
    services.samenstelling_vaststellen(artikel=artikel, regels=[(boekje, 2), (zeep, 1)], door=None, nu=clock.nu())
    ontvangen(artikel, magazijn, 4)
    kort = PartijFactory(artikel=zeep, houdbaar_tot=clock.vandaag() + timedelta(days=89))
    ontvangen(zeep, magazijn, 50, partij=kort)
    ontvangen(boekje, magazijn, 100)
    uit = prognose(coordinator)
    assert len(uit["weken"]) == 8
    assert sum(week["verwacht"] for week in uit["weken"]) == pytest.approx(10, abs=0.5)
    assert all(week["laag"] <= week["verwacht"] + 1 and week["verwacht"] - 1 <= week["hoog"] for week in uit["weken"])
    dozen, boekjes, zepen = uit["artikelen"]
    assert (dozen["code"], dozen["perDoos"], dozen["voorraad"]) == ("in-de-box", None, 4)
    assert dozen["tekortVanaf"] is not None
    # Six boxes are to be packed: twelve booklets are needed, and there are enough; the soap keeps too short.
    assert sum(week["nodig"] for week in boekjes["weken"]) == pytest.approx(12, abs=1)
    assert boekjes["tekortVanafHoog"] is None
    assert (zepen["voorraad"], zepen["bruikbaar"]) == (50, 0)
    assert zepen["weken"][0]["vervalt"] == 50
    assert zepen["tekortVanaf"] == dozen["tekortVanaf"]
    bestelling = {"artikel": str(artikel.pk), "aantal": 40, "verwachtOp": clock.vandaag().isoformat()}
    assert coordinator.post(f"{V1}/bestellingen", bestelling, format="json").status_code == 201
    dozen = prognose(coordinator)["artikelen"][0]
    assert (dozen["besteld"], dozen["tekortVanafHoog"]) == (40, None)


def test_an_empty_area_has_a_forecast_of_zeros(coordinator):
    uit = prognose(coordinator, weken=2)
    assert [week["verwacht"] for week in uit["weken"]] == [0, 0]
    assert uit["artikelen"][0]["tekortVanafHoog"] is None


@pytest.mark.parametrize("weken", ["0", "27", "acht"])
def test_a_wrong_number_of_weeks_is_named(coordinator, weken):
    antwoord = coordinator.get(f"{V1}/voorraadprognose", {"weken": weken})
    assert antwoord.json()["invalidParams"][0]["name"] == "weken"


def test_who_has_two_areas_names_one(als, gebied):
    wie = gebruiker_met_rol("coordinator", gebied=gebied)
    ander = GebiedFactory()
    wie.toekenningen.create(rol="coordinator", gebied=ander)
    client = als(gebruiker=wie)
    assert client.get(f"{V1}/voorraadprognose").json()["invalidParams"][0]["code"] == "verplicht"
    assert prognose(client, gebied=ander.code)["gebied"] == ander.code
    assert client.get(f"{V1}/voorraadprognose", {"gebied": "x"}).json()["invalidParams"][0]["code"] == "onbekend"


def test_the_forecast_costs_the_same_for_2_and_for_40_visits(coordinator, wijk, django_assert_max_num_queries):
    for keer in (2, 38):
        for _nummer in range(keer):
            kind_dat_wacht(wijk)
        with django_assert_max_num_queries(11):
            prognose(coordinator)


# Orders -------------------------------------------------------------------------------------------


def test_an_order_is_received_once_and_counts_until_then(coordinator, artikel, magazijn):
    body = {"artikel": str(artikel.pk), "aantal": 20, "verwachtOp": (clock.vandaag() + timedelta(days=9)).isoformat()}
    bestelling = coordinator.post(f"{V1}/bestellingen", body, format="json").json()
    url = f"{V1}/bestellingen/{bestelling['id']}"
    for _keer in range(2):
        uit = coordinator.post(f"{url}/ontvangst", {"aantal": 18}, format="json").json()
        assert uit["status"] == "ontvangen"
    assert models.Stand.objects.get(locatie=magazijn).aantal == 18
    assert coordinator.get(f"{V1}/voorraadmutaties/{uit['ontvangst']}").json()["aantal"] == 18
    assert coordinator.post(f"{url}/annulering", {}, format="json").json()["code"] == "bestellingGesloten"
    weg = coordinator.post(f"{V1}/bestellingen", body, format="json").json()["id"]
    for _keer in range(2):
        geannuleerd = coordinator.post(f"{V1}/bestellingen/{weg}/annulering", {}, format="json").json()
        assert geannuleerd["status"] == "geannuleerd"
    assert coordinator.post(f"{V1}/bestellingen/{weg}/ontvangst", {}, format="json").status_code == 409
    fout = coordinator.post(f"{V1}/bestellingen", {**body, "aantal": 0, "verwachtOp": "2020-01-01"}, format="json")
    assert [p["name"] for p in fout.json()["invalidParams"]] == ["aantal"]
    fout = coordinator.post(f"{V1}/bestellingen", {**body, "verwachtOp": "2020-01-01"}, format="json").json()
    assert fout["invalidParams"][0]["code"] == "voorbij"


# Work to do ---------------------------------------------------------------------------------------


def test_visited_without_a_box_is_work_until_one_is_booked(coordinator, moeder, artikel, wijk):
    bezoek = bezocht(moeder, wijk)
    zonder = bezocht(moeder, wijk, met_doos=False)
    rijen = coordinator.get(f"{V1}/bezoeken-zonder-doos").json()["results"]
    assert {r["bezoek"]: r["soort"] for r in rijen} == {str(bezoek.pk): "nietGeboekt", str(zonder.pk): "nietGegeven"}
    (rij,) = coordinator.get(f"{V1}/bezoeken-zonder-doos", {"soort": "nietGeboekt"}).json()["results"]
    url = f"{V1}/bezoeken-zonder-doos/{rij['id']}/boeking"
    assert coordinator.post(url, {}, format="json").json()["code"] == "geenDoosOpPlek"
    dozen_bij_moeder(moeder, 2)
    assert coordinator.post(url, {}, format="json").status_code == 204
    assert coordinator.post(url, {}, format="json").status_code == 404
    assert coordinator.get(f"{V1}/bezoeken-zonder-doos").json()["count"] == 1
    regel = selectors.geboekt_voor(f"bezoek:{bezoek.pk}").get()
    assert regel.gebeurd_op < regel.geboekt_op
    # A reversal makes it work again.
    services.mutatie_terugdraaien(mutatie=regel, door=None, reden="x", nu=clock.nu())
    assert coordinator.get(f"{V1}/bezoeken-zonder-doos").json()["count"] == 2
    assert selectors.standen_kloppen() == []


def test_of_a_child_that_died_nobody_asks_for_a_box(coordinator, moeder, artikel, wijk):
    from bezoeken.kraambezoek.services.sluiten import overlijden_melden

    bezoek = bezocht(moeder, wijk)
    overlijden_melden(pasgeborene_id=bezoek.kinderen.get().pasgeborene_id, nu=clock.nu())
    assert coordinator.get(f"{V1}/bezoeken-zonder-doos").json()["count"] == 0


def test_a_box_without_a_visit_is_work_until_it_is_reversed(coordinator, moeder, artikel, wijk):
    plek = dozen_bij_moeder(moeder, 5)
    bezocht(moeder, wijk)
    open_bezoek = kind_dat_wacht(wijk)
    nu = clock.nu()
    services.doos_uitgeven(
        houder_id=moeder.pk, aanleiding=f"bezoek:{open_bezoek.pk}", onderdeel="k", door=None, gebeurd_op=nu, nu=nu
    )
    los = services.mutatie_boeken(
        soort="uitgifte", artikel=artikel, van=plek, aantal=1, door=None, nu=nu, reden="Markt"
    )
    rijen = coordinator.get(f"{V1}/dozen-zonder-bezoek").json()["results"]
    assert {(r["bezoek"], r["bezoekstatus"], r["reden"]) for r in rijen} == {
        (str(open_bezoek.pk), "open", ""),
        (None, None, "Markt"),
    }
    coordinator.post(f"{V1}/voorraadmutaties/{los.pk}/terugdraaiing", {"reden": "vergissing"}, format="json")
    assert coordinator.get(f"{V1}/dozen-zonder-bezoek").json()["count"] == 1


def test_the_reservation_follows_the_visit(gebied, wijk, artikel, moeder):
    opvolger = OoievaarsmoederFactory(gebied=gebied)
    for wie in (moeder, opvolger):
        dozen_bij_moeder(wie, 1)
    bezoek = kind_dat_wacht(wijk)

    def vrij():
        gezien = selectors.dozen_bij([moeder.pk, opvolger.pk])
        return gezien[moeder.pk].beschikbaar, gezien[opvolger.pk].beschikbaar

    for wie, verwacht in ((moeder, (0, 1)), (opvolger, (1, 0))):
        toewijzen(bezoek_id=bezoek.pk, ooievaarsmoeder_id=wie.pk, door=None, nu=clock.nu())
        bezoek_aanvaarden(bezoek_id=bezoek.pk, nu=clock.nu())
        assert vrij() == verwacht


@pytest.mark.parametrize("pad", ["bezoeken-zonder-doos", "dozen-zonder-bezoek", "bestellingen"])
def test_a_list_costs_the_same_for_2_and_for_20(coordinator, moeder, wijk, artikel, pad, django_assert_max_num_queries):
    plek = dozen_bij_moeder(moeder, 50)
    for keer in (2, 18):
        for _nummer in range(keer):
            bezocht(moeder, wijk, met_doos=False)
            services.mutatie_boeken(soort="uitgifte", artikel=artikel, van=plek, aantal=1, door=None, nu=clock.nu())
            services.bestellen(artikel=artikel, aantal=1, verwacht_op=clock.vandaag(), kenmerk="", nu=clock.nu())
        with django_assert_max_num_queries(5):
            assert coordinator.get(f"{V1}/{pad}", {"pageSize": 50}).json()["count"] >= keer


def test_a_recall_finds_the_families_in_reach(als, coordinator, gebied, moeder, wijk, artikel, magazijn):
    zeep = ArtikelFactory(gebied=gebied, code="zeep")
    lot = PartijFactory(artikel=zeep, houdbaar_tot=clock.vandaag() + timedelta(days=300))
    services.samenstelling_vaststellen(artikel=artikel, regels=[(zeep, 1)], door=None, nu=clock.nu())
    ontvangen(zeep, magazijn, 5, partij=lot)
    dozen = services.dozen_samenstellen(artikel=artikel, aantal=3, plek=magazijn, door=None, nu=clock.nu())
    services.mutatie_boeken(
        soort="verplaatsing", artikel=artikel, partij=dozen.partij, van=magazijn,
        naar=services.thuisplek(ooievaarsmoeder=moeder), aantal=2, door=None, nu=clock.nu(),
    )  # fmt: skip
    bezoek = bezocht(moeder, wijk)
    url = f"{V1}/partijen/{lot.pk}/gezinnen"
    (rij,) = coordinator.get(url).json()["results"]
    assert (rij["gezin"], rij["bezoek"]) == (str(bezoek.gezin_id), str(bezoek.pk))
    elders = als("coordinator", gebied=gebied, wijken=[WijkFactory(gebied=gebied)])
    assert elders.get(url).json()["count"] == 0
    assert als("coordinator").get(url).status_code == 404
    # Nobody calls about a toy when the child has died.
    overlijden_melden(pasgeborene_id=bezoek.kinderen.get().pasgeborene_id, nu=clock.nu())
    assert coordinator.get(url).json()["count"] == 0


# The alarm ----------------------------------------------------------------------------------------


def test_a_shortage_is_told_once_to_who_keeps_the_stock_of_the_whole_area(gebied, wijk, artikel, magazijn):
    hoofd = gebruiker_met_rol("coordinator", gebied=gebied)
    gebruiker_met_rol("coordinator", gebied=gebied, wijken=[wijk])
    for _nummer in range(4):
        kind_dat_wacht(wijk)
    nu = clock.nu()
    assert voorraad_bewaken(nu=nu) == 1
    for later in range(1, 4):
        assert voorraad_bewaken(nu=nu + timedelta(days=later)) == 0
    bericht = Bericht.objects.get(soort="voorraadTekort")
    assert bericht.gebruiker_id == hoofd.pk
    assert bericht.context["artikel"] == artikel.naam
    # Over, and later short again: that is news.
    regel = ontvangen(artikel, magazijn, 50)
    assert voorraad_bewaken(nu=nu + timedelta(days=5)) == 0
    assert selectors.open_alarmen(gebied.pk) == []
    services.mutatie_terugdraaien(mutatie=regel, door=None, reden="x", nu=nu)
    assert voorraad_bewaken(nu=nu + timedelta(days=6)) == 1


def test_what_is_short_later_than_it_takes_to_come_is_no_alarm_yet(gebied, wijk, artikel):
    gebruiker_met_rol("coordinator", gebied=gebied)
    kind_dat_wacht(wijk, dagen=10)  # a window a month away
    services.artikel_wijzigen(artikel=artikel, levertijd_dagen=14)
    assert voorraad_bewaken(nu=clock.nu()) == 0
    services.artikel_wijzigen(artikel=artikel, levertijd_dagen=60)
    assert voorraad_bewaken(nu=clock.nu()) == 1


def test_boxes_that_can_still_be_packed_are_no_alarm(gebied, wijk, artikel, magazijn):
    gebruiker_met_rol("coordinator", gebied=gebied)
    kind_dat_wacht(wijk)
    boekje = ArtikelFactory(gebied=gebied)
    services.samenstelling_vaststellen(artikel=artikel, regels=[(boekje, 1)], door=None, nu=clock.nu())
    ontvangen(boekje, magazijn, 100)
    assert voorraad_bewaken(nu=clock.nu()) == 0
    assert Bezoekkind.objects.count() == 1

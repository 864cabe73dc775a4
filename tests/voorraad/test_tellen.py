"""Counts: uncounted is not zero, nobody overwrites anybody, and what moves during a count stays booked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from ooievaar.platform import clock
from tests.factories import (
    ArtikelFactory,
    GebiedFactory,
    OoievaarsmoederFactory,
    PartijFactory,
    doos,
    dozen_bij_moeder,
    gebruiker_met_rol,
    ontvangen,
)
from voorraad import models, selectors, services

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


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
def ander(als, artikel):
    return als("coordinator", gebied=artikel.gebied)


def begin(client, plek, **body):
    antwoord = client.post(f"{V1}/tellingen", {"locatie": str(plek.pk), **body}, format="json")
    assert antwoord.status_code == 201, antwoord.json()
    return f"{V1}/tellingen/{antwoord.json()['id']}"


def tel(client, url, artikel, geteld, partij=None, **body):
    body = {"artikel": str(artikel.pk), "partij": partij and str(partij.pk), "geteld": geteld, **body}
    return client.put(f"{url}/regels", body, format="json")


def stel_vast(client, url):
    return client.post(f"{url}/vaststelling", {}, format="json")


def stand(artikel, plek, partij=None):
    return models.Stand.objects.get(artikel=artikel, locatie=plek, partij=partij).aantal


def test_what_was_not_counted_stays_as_it_is(coordinator, artikel, magazijn):
    boekje = ArtikelFactory(gebied=artikel.gebied)
    ontvangen(artikel, magazijn, 10)
    ontvangen(boekje, magazijn, 7)
    url = begin(coordinator, magazijn)
    regels = {r["artikel"]: r for r in coordinator.get(url).json()["regels"]}
    assert (regels[str(boekje.pk)]["verwacht"], regels[str(boekje.pk)]["tellers"]) == (7, [])
    assert tel(coordinator, url, artikel, 8, reden="zoek").status_code == 200
    uit = stel_vast(coordinator, url).json()
    assert uit["status"] == "vastgesteld"
    assert (stand(artikel, magazijn), stand(boekje, magazijn)) == (8, 7)
    regel = models.Mutatie.objects.get(soort="correctie")
    assert (regel.aantal, regel.reden, regel.naar.code) == (2, "niet gevonden", "correctie")
    # Established again: nothing more happens.
    assert stel_vast(coordinator, url).status_code == 200
    assert models.Mutatie.objects.filter(soort="correctie").count() == 1
    assert tel(coordinator, url, artikel, 1).json()["code"] == "tellingAfgesloten"
    assert selectors.standen_kloppen() == []


def test_a_counted_zero_is_a_zero_and_what_was_found_comes_in(coordinator, artikel, magazijn):
    partij = PartijFactory(artikel=artikel)
    ontvangen(artikel, magazijn, 3)
    url = begin(coordinator, magazijn)
    tel(coordinator, url, artikel, 0, reden="beschadigd")
    tel(coordinator, url, artikel, 4, partij=partij, reden="gevonden")
    assert stel_vast(coordinator, url).status_code == 200
    assert (stand(artikel, magazijn), stand(artikel, magazijn, partij)) == (0, 4)
    assert selectors.standen_kloppen() == []


def test_a_difference_needs_a_reason(coordinator, artikel, magazijn):
    ontvangen(artikel, magazijn, 5)
    url = begin(coordinator, magazijn)
    tel(coordinator, url, artikel, 4)
    fout = stel_vast(coordinator, url)
    assert (fout.status_code, fout.json()["code"]) == (409, "redenNodig")
    assert fout.json()["regels"][0]["verschil"] == -1
    assert "in-de-box (-1)" in fout.json()["detail"]
    assert stand(artikel, magazijn) == 5
    tel(coordinator, url, artikel, 4, reden="anders")
    assert stel_vast(coordinator, url).status_code == 200


def test_a_blind_count_shows_nobody_what_the_books_say(coordinator, artikel, magazijn):
    ontvangen(artikel, magazijn, 5)
    url = begin(coordinator, magazijn, blind=True)
    tel(coordinator, url, artikel, 4, reden="zoek")
    (regel,) = coordinator.get(url).json()["regels"]
    assert (regel["verwacht"], regel["tellers"][0]["verschil"]) == (None, None)
    (regel,) = stel_vast(coordinator, url).json()["regels"]
    assert (regel["verwacht"], regel["tellers"][0]["verschil"]) == (4, -1)


def test_two_counters_keep_their_own_lines_and_must_agree(coordinator, ander, artikel, magazijn):
    ontvangen(artikel, magazijn, 10)
    url = begin(coordinator, magazijn, blind=True)
    tel(coordinator, url, artikel, 9, reden="zoek")
    tel(ander, url, artikel, 8)
    fout = stel_vast(coordinator, url).json()
    assert (fout["code"], sorted(fout["regels"][0]["geteld"])) == ("tellersVerschillen", [8, 9])
    assert "in-de-box" in fout["detail"]
    tel(ander, url, artikel, 9)
    assert stel_vast(coordinator, url).status_code == 200
    assert stand(artikel, magazijn) == 9


def test_what_moves_during_a_count_is_taken_into_account(coordinator, ander, artikel, magazijn):
    ontvangen(artikel, magazijn, 10)
    url = begin(coordinator, magazijn)
    tel(coordinator, url, artikel, 9, reden="zoek")
    services.mutatie_boeken(soort="uitgifte", artikel=artikel, van=magazijn, aantal=3, door=None, nu=clock.nu())
    # The second counts after that, sees six, and agrees.
    tel(ander, url, artikel, 6)
    assert stel_vast(coordinator, url).status_code == 200
    assert stand(artikel, magazijn) == 6
    assert selectors.standen_kloppen() == []


def test_what_had_happened_before_and_was_booked_later_is_no_difference(coordinator, artikel, magazijn):
    ontvangen(artikel, magazijn, 10)
    eerder = clock.nu()
    url = begin(coordinator, magazijn)
    tel(coordinator, url, artikel, 7)  # three had gone already, and nobody had booked it
    services.mutatie_boeken(
        soort="uitgifte", artikel=artikel, van=magazijn, aantal=3, door=None, nu=clock.nu(), gebeurd_op=eerder
    )
    assert coordinator.get(url).json()["regels"][0]["tellers"][0]["verschil"] == 0
    assert stel_vast(coordinator, url).status_code == 200
    assert stand(artikel, magazijn) == 7
    assert not models.Mutatie.objects.filter(soort="correctie").exists()


@pytest.mark.parametrize("volgorde", [(0, 1), (1, 0)])
def test_two_counts_of_one_shelf_book_a_difference_once(coordinator, ander, artikel, magazijn, volgorde):
    ontvangen(artikel, magazijn, 10)
    urls = [begin(coordinator, magazijn), begin(ander, magazijn)]
    for client, url in zip((coordinator, ander), urls, strict=True):
        tel(client, url, artikel, 8, reden="zoek")
    for nummer in volgorde:
        assert stel_vast(coordinator, urls[nummer]).status_code == 200
    assert stand(artikel, magazijn) == 8
    assert models.Mutatie.objects.filter(soort="correctie").count() == 1


def test_where_less_was_found_than_was_promised_the_newest_promise_is_let_go(coordinator, artikel):
    moeder = OoievaarsmoederFactory(gebied=artikel.gebied)
    plek = dozen_bij_moeder(moeder, 3)
    for nummer in range(3):
        nu = clock.nu() + timedelta(seconds=nummer)
        services.dozen_reserveren(houder_id=moeder.pk, aanleiding=f"bezoek:{nummer}", onderdelen=["k"], nu=nu)
    url = begin(coordinator, plek)
    tel(coordinator, url, artikel, 1, reden="zoek")
    uit = stel_vast(coordinator, url).json()
    assert sorted(uit["zonderDoos"]) == ["bezoek:1", "bezoek:2"]
    assert selectors.gereserveerd_voor("bezoek:0") == {"k"}
    assert selectors.standen_kloppen() == []


def test_more_that_left_than_was_counted_asks_for_another_count(coordinator, artikel, magazijn):
    ontvangen(artikel, magazijn, 10)
    url = begin(coordinator, magazijn)
    tel(coordinator, url, artikel, 2, reden="zoek")
    services.mutatie_boeken(soort="uitgifte", artikel=artikel, van=magazijn, aantal=5, door=None, nu=clock.nu())
    fout = stel_vast(coordinator, url).json()
    assert (fout["code"], fout["gevraagd"], fout["beschikbaar"]) == ("onvoldoendeVoorraad", 8, 5)
    assert stand(artikel, magazijn) == 5


def test_a_partial_count_takes_its_own_articles_only(coordinator, artikel, magazijn):
    boekje = ArtikelFactory(gebied=artikel.gebied, code="boekje")
    ontvangen(artikel, magazijn, 1)
    ontvangen(boekje, magazijn, 1)
    url = begin(coordinator, magazijn, artikelen=[str(artikel.pk)])
    assert [r["artikel"] for r in coordinator.get(url).json()["regels"]] == [str(artikel.pk)]
    fout = tel(coordinator, url, boekje, 1).json()["invalidParams"]
    assert [(p["name"], p["code"]) for p in fout] == [("artikel", "nietInTelling")]
    assert "boekje" in fout[0]["reason"]


@pytest.mark.parametrize(("geteld", "code"), [(-1, "teLaag"), (1.5, "ongeldig"), (10**9, "teHoog")])
def test_a_bad_amount_is_named(coordinator, artikel, magazijn, geteld, code):
    url = begin(coordinator, magazijn)
    fout = tel(coordinator, url, artikel, geteld).json()["invalidParams"]
    assert [(p["name"], p["code"]) for p in fout] == [("geteld", code)]


def test_unknown_things_are_named(coordinator, artikel, magazijn):
    def fouten(antwoord):
        return {p["name"]: p["code"] for p in antwoord.json()["invalidParams"]}

    url = f"{V1}/tellingen"
    gezin = models.Locatie.objects.get(gebied=artikel.gebied, code="gezin")
    assert fouten(coordinator.post(url, {"locatie": str(gezin.pk)}, format="json")) == {"locatie": "ongeldig"}
    leeg = {"locatie": str(magazijn.pk), "artikelen": []}
    assert fouten(coordinator.post(url, leeg, format="json")) == {"artikelen": "verplicht"}
    vreemd = {"locatie": str(magazijn.pk), "artikelen": [str(ArtikelFactory().pk)]}
    assert fouten(coordinator.post(url, vreemd, format="json")) == {"artikelen.0": "onbekend"}
    telling = begin(coordinator, magazijn)
    andere = PartijFactory(artikel=ArtikelFactory(gebied=artikel.gebied))
    assert fouten(tel(coordinator, telling, artikel, 1, partij=andere)) == {"partij": "onbekend"}


def test_a_cancelled_count_books_nothing(coordinator, artikel, magazijn):
    ontvangen(artikel, magazijn, 5)
    url = begin(coordinator, magazijn)
    tel(coordinator, url, artikel, 1, reden="zoek")
    for _keer in range(2):
        assert coordinator.post(f"{url}/annulering", {}, format="json").json()["status"] == "geannuleerd"
    assert stel_vast(coordinator, url).json()["code"] == "tellingAfgesloten"
    assert stand(artikel, magazijn) == 5
    klaar = begin(coordinator, magazijn)
    stel_vast(coordinator, klaar)
    assert coordinator.post(f"{klaar}/annulering", {}, format="json").json()["code"] == "tellingAfgesloten"


def test_the_sjop_counts_the_sjop(als, artikel, magazijn):
    client = als("sjop", gebied=artikel.gebied)
    romper = ArtikelFactory(gebied=artikel.gebied, soort="sjop")
    sjop = models.Locatie.objects.get(gebied=artikel.gebied, code="sjop")
    ontvangen(romper, sjop, 5)
    ontvangen(artikel, sjop, 5)
    fout = client.post(f"{V1}/tellingen", {"locatie": str(magazijn.pk)}, format="json").json()
    assert fout["invalidParams"][0]["code"] == "onbekend"
    url = begin(client, sjop)
    assert [r["artikel"] for r in client.get(url).json()["regels"]] == [str(romper.pk)]
    tel(client, url, romper, 4, reden="zoek")
    assert stel_vast(client, url).status_code == 200
    assert als("sjop").get(url).status_code == 404


def test_the_list_and_one_count_cost_the_same(coordinator, artikel, magazijn, django_assert_num_queries):
    url = begin(coordinator, magazijn)
    for keer in (2, 30):
        for _nummer in range(keer):
            ding = ArtikelFactory(gebied=artikel.gebied)
            ontvangen(ding, magazijn, 1)
            tel(coordinator, url, ding, 1)
            begin(coordinator, magazijn)
        with django_assert_num_queries(3):
            assert coordinator.get(f"{V1}/tellingen").json()["count"] > keer
        with django_assert_num_queries(5):
            assert len(coordinator.get(url).json()["regels"]) >= keer


@pytest.mark.django_db(transaction=True)
def test_two_counters_and_hand_overs_at_once_lose_nothing(artikel, magazijn):
    """Each writes down twenty times in the same count, in the same second: nobody's line is lost or doubled."""
    ontvangen(artikel, magazijn, 60)
    tellers = [gebruiker_met_rol("coordinator", gebied=artikel.gebied) for _n in range(2)]
    telling = services.telling_beginnen(locatie=magazijn, artikelen=None, blind=False, door=None, nu=clock.nu())
    start = Barrier(4)

    def tel_mee(wie):
        def werk():
            start.wait(20)
            for _keer in range(20):
                services.tellen(telling_id=telling.pk, artikel=artikel, partij=None, geteld=7, door=wie, nu=clock.nu())

        return werk

    def geef():
        start.wait(20)
        for _keer in range(10):
            services.mutatie_boeken(soort="uitgifte", artikel=artikel, van=magazijn, aantal=1, door=None, nu=clock.nu())

    def draai(taak):
        try:
            taak()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as draden:
        list(draden.map(draai, [*map(tel_mee, tellers), geef, geef]))
    assert models.Telregel.objects.filter(telling=telling).count() == 2
    for wie in tellers:  # now both count what is really there: 40 of the 60, of which two were lost
        services.tellen(
            telling_id=telling.pk, artikel=artikel, partij=None, geteld=38, door=wie, nu=clock.nu(), reden="zoek"
        )
    services.telling_vaststellen(telling_id=telling.pk, door=None, nu=clock.nu())
    assert stand(artikel, magazijn) == 38
    assert selectors.standen_kloppen() == []

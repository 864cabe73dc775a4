"""/artikelen, /locaties, /partijen, /voorraadstanden and /voorraadmutaties, as api.md promises them."""

import uuid
from datetime import timedelta

import pytest

from ooievaar.platform import clock
from tests.factories import (
    ArtikelFactory,
    GebiedFactory,
    LocatieFactory,
    OoievaarsmoederFactory,
    PartijFactory,
    WijkFactory,
    doos,
    dozen_bij_moeder,
    ontvangen,
)
from voorraad import models, services

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def artikel(gebied):
    return doos(gebied)


@pytest.fixture
def magazijn(artikel):
    return models.Locatie.objects.get(gebied=artikel.gebied, code="magazijn")


@pytest.fixture
def coordinator(als, gebied):
    return als("coordinator", gebied=gebied)


def boek(client, **body):
    body = {k: str(v.pk) if hasattr(v, "pk") else v for k, v in body.items()}
    return client.post(f"{V1}/voorraadmutaties", body, format="json")


def standen(client, **vraag):
    return client.get(f"{V1}/voorraadstanden", vraag).json()["results"]


def fouten(antwoord):
    assert antwoord.status_code == 400, antwoord.json()
    return {p["name"]: p["code"] for p in antwoord.json()["invalidParams"]}


def test_boxes_come_in_go_to_a_volunteer_and_out_to_a_family(coordinator, artikel, magazijn):
    thuis = services.thuisplek(ooievaarsmoeder=OoievaarsmoederFactory(gebied=artikel.gebied))
    assert boek(coordinator, soort="ontvangst", artikel=artikel, naar=magazijn, aantal=20).status_code == 201
    assert (
        boek(coordinator, soort="verplaatsing", artikel=artikel, van=magazijn, naar=thuis, aantal=5).status_code == 201
    )
    antwoord = boek(coordinator, soort="uitgifte", artikel=artikel, van=thuis, aantal=2, reden="Markt")
    assert antwoord.status_code == 201
    assert antwoord["ETag"]
    regel = antwoord.json()
    assert (regel["soort"], regel["aantal"], regel["reden"], regel["partij"]) == ("uitgifte", 2, "Markt", None)
    assert models.Locatie.objects.get(pk=regel["naar"]).soort == "gezin"
    assert regel["geboektOp"].endswith("Z")
    assert coordinator.get(f"{V1}/voorraadmutaties/{regel['id']}").json() == regel

    assert standen(coordinator, locatie=magazijn.pk)[0]["aantal"] == 15
    assert standen(coordinator, locatie=thuis.pk) == [
        {
            "artikel": str(artikel.pk),
            "locatie": str(thuis.pk),
            "partij": None,
            "aantal": 3,
            "gereserveerd": 0,
            "beschikbaar": 3,
        }
    ]


def test_too_many_is_refused_with_all_that_is_needed_to_act(coordinator, artikel, magazijn):
    ontvangen(artikel, magazijn, 3)
    antwoord = boek(coordinator, soort="uitgifte", artikel=artikel, van=magazijn, aantal=4)
    assert antwoord.status_code == 409
    fout = antwoord.json()
    assert fout["code"] == "onvoldoendeVoorraad"
    assert (fout["gevraagd"], fout["beschikbaar"]) == (4, 3)
    assert (fout["artikel"], fout["locatie"]) == (str(artikel.pk), str(magazijn.pk))
    assert "in-de-box" in fout["detail"]
    assert "magazijn" in fout["detail"]
    assert standen(coordinator)[0]["aantal"] == 3


def test_a_reserved_box_can_not_be_moved(coordinator, artikel, magazijn):
    moeder = OoievaarsmoederFactory(gebied=artikel.gebied)
    thuis = dozen_bij_moeder(moeder, 2)
    services.dozen_reserveren(houder_id=moeder.pk, aanleiding="x", onderdelen=["a", "b"], nu=clock.nu())
    antwoord = boek(coordinator, soort="verplaatsing", artikel=artikel, van=thuis, naar=magazijn, aantal=1)
    assert antwoord.json()["code"] == "onvoldoendeVoorraad"
    assert standen(coordinator, locatie=thuis.pk)[0]["beschikbaar"] == 0
    # The volunteer's name is in the name of her place, and stays out of the problem.
    assert moeder.naam not in antwoord.content.decode()


@pytest.mark.parametrize(
    ("aantal", "code"),
    [
        (-1, "teLaag"),
        (0, "teLaag"),
        (1.5, "ongeldig"),
        (10**12, "teHoog"),
        ("3", "ongeldig"),
        (True, "ongeldig"),
        (None, "verplicht"),
    ],
)
def test_a_bad_amount_is_named(coordinator, artikel, magazijn, aantal, code):
    antwoord = boek(coordinator, soort="ontvangst", artikel=artikel, naar=magazijn, aantal=aantal)
    assert fouten(antwoord) == {"aantal": code}
    assert not models.Mutatie.objects.exists()


def test_every_unknown_id_is_named_at_once(coordinator, artikel):
    vreemd = LocatieFactory()
    antwoord = boek(
        coordinator, soort="verplaatsing", artikel=uuid.uuid4(), van=vreemd, naar=str(uuid.uuid4()), aantal=1
    )
    assert fouten(antwoord) == {"artikel": "onbekend", "van": "onbekend", "naar": "onbekend"}


def test_another_areas_article_and_another_articles_lot_are_unknown(coordinator, artikel, magazijn):
    assert fouten(boek(coordinator, soort="ontvangst", artikel=ArtikelFactory(), naar=magazijn, aantal=1)) == {
        "artikel": "onbekend"
    }
    ander = PartijFactory(artikel=ArtikelFactory(gebied=artikel.gebied))
    antwoord = boek(coordinator, soort="ontvangst", artikel=artikel, partij=ander, naar=magazijn, aantal=1)
    assert fouten(antwoord) == {"partij": "onbekend"}


def test_a_place_that_does_not_fit_or_is_missing_is_named(coordinator, artikel, magazijn):
    gezin = models.Locatie.objects.get(gebied=artikel.gebied, code="gezin")
    assert fouten(boek(coordinator, soort="ontvangst", artikel=artikel, van=gezin, naar=magazijn, aantal=1)) == {
        "naar": "ongeldig"
    }
    assert fouten(boek(coordinator, soort="verplaatsing", artikel=artikel, van=magazijn, naar=magazijn, aantal=1)) == {
        "naar": "ongeldig"
    }
    assert fouten(boek(coordinator, soort="verplaatsing", artikel=artikel, aantal=1)) == {
        "van": "verplicht",
        "naar": "verplicht",
    }
    assert fouten(boek(coordinator, soort="weggooien", artikel=artikel, aantal=1, extra=1)) == {
        "soort": "onbekendeKeuze",
        "extra": "onbekendVeld",
    }


def test_a_box_close_to_its_date_is_not_handed_out_but_may_be_discarded(coordinator, artikel, magazijn):
    vandaag = clock.vandaag()
    partij = PartijFactory(artikel=artikel, houdbaar_tot=vandaag + timedelta(days=89))
    ontvangen(artikel, magazijn, 2, partij=partij)
    assert (
        boek(coordinator, soort="uitgifte", artikel=artikel, van=magazijn, aantal=1).json()["code"] == "verlopenPartij"
    )
    assert boek(coordinator, soort="afkeur", artikel=artikel, van=magazijn, aantal=1).status_code == 201
    goed = PartijFactory(artikel=artikel, houdbaar_tot=vandaag + timedelta(days=90))
    ontvangen(artikel, magazijn, 1, partij=goed)
    assert boek(coordinator, soort="uitgifte", artikel=artikel, van=magazijn, aantal=1).json()["partij"] == str(goed.pk)


def test_a_blocked_article_does_not_go_out(coordinator, artikel, magazijn):
    ontvangen(artikel, magazijn, 1)
    client = coordinator
    assert client.patch(f"{V1}/artikelen/{artikel.pk}", {"geblokkeerd": True}, format="json").json()["geblokkeerd"]
    assert (
        boek(client, soort="uitgifte", artikel=artikel, van=magazijn, aantal=1).json()["code"] == "geblokkeerdArtikel"
    )
    assert boek(client, soort="afkeur", artikel=artikel, van=magazijn, aantal=1).status_code == 201


def test_the_same_key_books_once(coordinator, artikel, magazijn):
    body = {"soort": "ontvangst", "artikel": str(artikel.pk), "naar": str(magazijn.pk), "aantal": 4}
    eerst, weer = (
        coordinator.post(f"{V1}/voorraadmutaties", body, format="json", headers={"Idempotency-Key": "k1"})
        for _keer in range(2)
    )
    assert eerst.json() == weer.json()
    assert standen(coordinator)[0]["aantal"] == 4


def test_the_ledger_can_be_filtered_and_ordered(coordinator, artikel, magazijn):
    ontvangen(artikel, magazijn, 3)
    sjop = models.Locatie.objects.get(gebied=artikel.gebied, code="sjop")
    boek(coordinator, soort="verplaatsing", artikel=artikel, van=magazijn, naar=sjop, aantal=1)

    def soorten(**vraag):
        return [r["soort"] for r in coordinator.get(f"{V1}/voorraadmutaties", vraag).json()["results"]]

    assert soorten() == ["verplaatsing", "ontvangst"]
    assert soorten(ordering="geboektOp") == ["ontvangst", "verplaatsing"]
    assert soorten(locatie=sjop.pk) == ["verplaatsing"]
    assert soorten(soort="ontvangst", artikel=artikel.pk) == ["ontvangst"]
    assert soorten(aanleiding="bezoek:iets") == []
    assert coordinator.get(f"{V1}/voorraadmutaties", {"houder": "x"}).json()["code"] == "onbekendeParameter"


def test_articles_places_and_lots_are_made_once(coordinator, artikel, gebied):
    body = {"code": "zwemvoucher", "naam": "Zwembadvoucher", "soort": "onderdeel"}
    antwoord = coordinator.post(f"{V1}/artikelen", body, format="json")
    assert antwoord.status_code == 201
    nieuw = antwoord.json()
    assert nieuw == {**body, "id": nieuw["id"], "eenheid": "stuk", "geblokkeerd": False, "levertijdDagen": 28}
    assert coordinator.post(f"{V1}/artikelen", body, format="json").json()["code"] == "bestaatAl"

    plek = {"code": "magazijn-2", "naam": "Tweede magazijn", "soort": "magazijn"}
    antwoord = coordinator.post(f"{V1}/locaties", plek, format="json")
    assert coordinator.get(f"{V1}/locaties/{antwoord.json()['id']}").json()["naam"] == "Tweede magazijn"
    assert coordinator.post(f"{V1}/locaties", plek, format="json").json()["code"] == "bestaatAl"
    thuis = coordinator.post(f"{V1}/locaties", {**plek, "code": "x", "soort": "ooievaarsmoeder"}, format="json")
    assert fouten(thuis) == {"soort": "ongeldig"}
    assert fouten(coordinator.post(f"{V1}/locaties", {**plek, "code": "gezin"}, format="json")) == {"code": "ongeldig"}

    partij = {"artikel": nieuw["id"], "code": "L1", "houdbaarTot": "2027-01-31"}
    antwoord = coordinator.post(f"{V1}/partijen", partij, format="json")
    erbij = {"id": antwoord.json()["id"], "samenstelling": None, "teruggeroepenOp": None}
    assert antwoord.json() == {**partij, **erbij}
    assert coordinator.get(f"{V1}/partijen", {"artikel": nieuw["id"]}).json()["count"] == 1
    assert coordinator.post(f"{V1}/partijen", partij, format="json").json()["code"] == "bestaatAl"


def test_a_stale_version_of_an_article_is_refused(coordinator, artikel):
    url = f"{V1}/artikelen/{artikel.pk}"
    oud = coordinator.get(url)["ETag"]
    nieuw = coordinator.patch(url, {"naam": "Doos"}, format="json", headers={"If-Match": oud})
    assert nieuw.status_code == 200
    assert nieuw["ETag"] != oud
    assert coordinator.patch(url, {"naam": "Pak"}, format="json", headers={"If-Match": oud}).status_code == 412
    assert fouten(coordinator.patch(url, {"code": "x"}, format="json")) == {"code": "onbekendVeld"}


def test_a_coordinator_of_one_wijk_sees_the_stock_of_the_gebied_and_of_no_other(als, gebied, artikel, magazijn):
    client = als("coordinator", gebied=gebied, wijken=[WijkFactory(gebied=gebied)])
    ontvangen(artikel, magazijn, 1)
    ander = doos(GebiedFactory())
    ontvangen(ander, models.Locatie.objects.get(gebied=ander.gebied, code="magazijn"), 1)
    assert [s["artikel"] for s in standen(client)] == [str(artikel.pk)]
    assert client.get(f"{V1}/artikelen/{ander.pk}").status_code == 404
    assert client.get(f"{V1}/voorraadmutaties").json()["count"] == 1


def test_a_sjop_worker_has_the_stock_of_the_sjop_only(als, gebied, artikel, magazijn):
    client = als("sjop", gebied=gebied)
    romper = ArtikelFactory(gebied=gebied, soort="sjop")
    sjop = models.Locatie.objects.get(gebied=gebied, code="sjop")
    ontvangen(artikel, sjop, 1)
    ontvangen(romper, magazijn, 1)
    assert boek(client, soort="ontvangst", artikel=romper, aantal=3).json()["naar"] == str(sjop.pk)
    assert [(s["artikel"], s["aantal"]) for s in standen(client)] == [(str(romper.pk), 3)]
    assert fouten(boek(client, soort="uitgifte", artikel=artikel, van=sjop, aantal=1)) == {"artikel": "onbekend"}
    assert fouten(boek(client, soort="uitgifte", artikel=romper, van=magazijn, aantal=1)) == {"van": "onbekend"}
    mag_niet = client.post(f"{V1}/artikelen", {"code": "k", "naam": "K", "soort": "doos"}, format="json")
    assert fouten(mag_niet) == {"soort": "nietToegestaan"}
    assert client.post(f"{V1}/locaties", {}, format="json").status_code == 403
    assert client.get(f"{V1}/voorraadmutaties").json()["count"] == 1


def test_a_volunteer_sees_her_own_place_only(als, gebied, artikel, magazijn):
    client = als("ooievaarsmoeder", gebied=gebied)
    dozen_bij_moeder(OoievaarsmoederFactory(gebied=gebied), 2)
    assert client.get(f"{V1}/artikelen").json()["count"] == 0
    thuis = dozen_bij_moeder(client.gebruiker.ooievaarsmoeder, 3)
    assert [(s["locatie"], s["aantal"]) for s in standen(client)] == [(str(thuis.pk), 3)]
    assert [p["id"] for p in client.get(f"{V1}/locaties").json()["results"]] == [str(thuis.pk)]
    assert [a["code"] for a in client.get(f"{V1}/artikelen").json()["results"]] == ["in-de-box"]
    assert client.get(f"{V1}/locaties/{magazijn.pk}").status_code == 404
    for pad in ("voorraadmutaties", "partijen"):
        assert client.get(f"{V1}/{pad}").status_code == 403
    assert boek(client, soort="uitgifte", artikel=artikel, van=thuis, aantal=1).status_code == 403
    assert client.patch(f"{V1}/artikelen/{artikel.pk}", {"naam": "x"}, format="json").status_code == 403


@pytest.mark.parametrize(
    "rol", ["gastvrouw", "aandachtsfunctionaris", "jens", "onderzoeker", "fg", "beheerder", "bron"]
)
@pytest.mark.parametrize("pad", ["artikelen", "locaties", "partijen", "voorraadstanden", "voorraadmutaties"])
def test_nobody_else_comes_in(als, rol, pad):
    client = als(rol)
    assert client.get(f"{V1}/{pad}").status_code == 403
    assert client.post(f"{V1}/{pad}", {}, format="json").status_code in (403, 405)


@pytest.mark.parametrize("pad", ["artikelen", "locaties", "partijen", "voorraadstanden", "voorraadmutaties"])
def test_a_list_costs_the_same_for_2_and_for_50_rows(coordinator, gebied, magazijn, pad, django_assert_num_queries):
    def erbij(aantal):
        for _nummer in range(aantal):
            artikel = ArtikelFactory(gebied=gebied)
            LocatieFactory(gebied=gebied)
            ontvangen(artikel, magazijn, 1, partij=PartijFactory(artikel=artikel))

    for aantal in (2, 48):
        erbij(aantal)
        with django_assert_num_queries(3):
            assert coordinator.get(f"{V1}/{pad}", {"pageSize": 50}).json()["count"] >= aantal

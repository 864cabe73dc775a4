"""Closed periods, reversals through the API, and the explanation of a balance."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from ooievaar.platform import clock
from tests.factories import GebiedFactory, LocatieFactory, OoievaarsmoederFactory, doos, dozen_bij_moeder, ontvangen
from voorraad import fouten, models, selectors, services

V1 = "/api/v1"
GISTEREN = timedelta(days=1)


@pytest.fixture
def artikel(db):
    return doos(GebiedFactory())


@pytest.fixture
def magazijn(artikel):
    return models.Locatie.objects.get(gebied=artikel.gebied, code="magazijn")


@pytest.fixture
def coordinator(als, artikel):
    return als("coordinator", gebied=artikel.gebied)


def sluit(artikel, dagen=1):
    nu = clock.nu()
    return services.periode_sluiten(
        gebied_id=artikel.gebied_id, tot_en_met=clock.dag_van(nu) - timedelta(days=dagen), door=None, nu=nu
    )


def test_a_booking_in_a_closed_period_is_refused_and_one_after_it_is_not(coordinator, artikel, magazijn):
    dag = clock.vandaag() - timedelta(days=2)
    antwoord = coordinator.post(f"{V1}/voorraadafsluitingen", {"totEnMet": dag.isoformat()}, format="json")
    assert antwoord.status_code == 201
    assert antwoord.json()["totEnMet"] == dag.isoformat()
    body = {"soort": "ontvangst", "artikel": str(artikel.pk), "naar": str(magazijn.pk), "aantal": 4}
    oud = {**body, "gebeurdOp": (clock.nu() - timedelta(days=2)).isoformat()}
    fout = coordinator.post(f"{V1}/voorraadmutaties", oud, format="json")
    assert (fout.status_code, fout.json()["code"], fout.json()["totEnMet"]) == (409, "periodeGesloten", dag.isoformat())
    nieuw = {**body, "gebeurdOp": (clock.nu() - timedelta(days=1)).isoformat()}
    regel = coordinator.post(f"{V1}/voorraadmutaties", nieuw, format="json").json()
    assert regel["gebeurdOp"] < regel["geboektOp"]
    assert models.Mutatie.objects.count() == 1


def test_closing_is_a_coordinators_act_and_of_days_that_are_past(coordinator, als, artikel):
    url = f"{V1}/voorraadafsluitingen"
    vandaag = clock.vandaag()

    def post(dag, client=coordinator):
        return client.post(url, {"totEnMet": dag.isoformat()}, format="json")

    assert post(vandaag).json()["invalidParams"][0]["code"] == "teLaat"
    assert post(vandaag - GISTEREN).status_code == 201
    # The same day again changes nothing; a day inside a closed period is named.
    assert post(vandaag - GISTEREN).status_code == 201
    assert post(vandaag - 2 * GISTEREN).json()["invalidParams"][0]["code"] == "alGesloten"
    assert coordinator.get(url).json()["count"] == 1
    sjop = als("sjop", gebied=artikel.gebied)
    assert post(vandaag - GISTEREN, sjop).status_code == 403
    assert sjop.get(url).json()["count"] == 1
    assert als("sjop").get(url).json()["count"] == 0


def test_a_moment_to_come_is_refused(coordinator, artikel, magazijn):
    body = {"soort": "ontvangst", "artikel": str(artikel.pk), "aantal": 1}
    morgen = (clock.nu() + GISTEREN).isoformat()
    fout = coordinator.post(f"{V1}/voorraadmutaties", {**body, "gebeurdOp": morgen}, format="json").json()
    assert fout["invalidParams"][0]["name"] == "gebeurdOp"


def test_a_visit_logged_late_books_its_box_in_the_open_period(artikel):
    moeder = OoievaarsmoederFactory(gebied=artikel.gebied)
    dozen_bij_moeder(moeder, 2)
    sluit(artikel)
    nu = clock.nu()
    assert services.doos_uitgeven(
        houder_id=moeder.pk, aanleiding="x", onderdeel="k", door=None, gebeurd_op=nu - timedelta(days=9), nu=nu
    )
    regel = models.Mutatie.objects.get(soort="uitgifte")
    assert regel.gebeurd_op == regel.geboekt_op == nu


def test_the_database_itself_keeps_a_closed_period_closed(artikel, magazijn):
    ontvangen(artikel, magazijn, 1)
    sluit(artikel)
    regel = models.Mutatie.objects.get()
    regel.pk, regel._state.adding = None, True
    regel.id = models.Mutatie().id
    regel.gebeurd_op = clock.nu() - GISTEREN
    with pytest.raises(OperationalError, match="periode gesloten"), transaction.atomic():
        regel.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_a_period_that_closes_during_a_booking_lets_nothing_slip_in(artikel, magazijn):
    geboekt, sluiten = Event(), Event()

    def boeken():
        try:
            with transaction.atomic():
                services.mutatie_boeken(
                    soort="ontvangst", artikel=artikel, naar=magazijn, aantal=1, door=None, nu=clock.nu(),
                    gebeurd_op=clock.nu() - GISTEREN,
                )  # fmt: skip
                geboekt.set()
                assert not sluiten.wait(0.5)  # the closing waits for us
        finally:
            connection.close()

    def dicht():
        try:
            geboekt.wait(20)
            sluit(artikel)
            sluiten.set()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as draden:
        for taak in [draden.submit(boeken), draden.submit(dicht)]:
            taak.result()
    assert models.Mutatie.objects.count() == 1
    with pytest.raises(fouten.PeriodeGesloten):
        services.mutatie_boeken(
            soort="ontvangst", artikel=artikel, naar=magazijn, aantal=1, door=None, nu=clock.nu(),
            gebeurd_op=clock.nu() - GISTEREN,
        )  # fmt: skip
    assert selectors.standen_kloppen() == []


def test_a_mistake_is_reversed_in_one_call_and_only_once(coordinator, artikel, magazijn):
    regel = ontvangen(artikel, magazijn, 5)
    url = f"{V1}/voorraadmutaties/{regel.pk}/terugdraaiing"
    assert coordinator.post(url, {}, format="json").json()["invalidParams"][0]["name"] == "reden"
    antwoord = coordinator.post(url, {"reden": "dubbel geboekt"}, format="json")
    assert antwoord.status_code == 201
    terug = antwoord.json()
    assert (terug["soort"], terug["draaitTerug"], terug["aantal"]) == ("correctie", str(regel.pk), 5)
    assert models.Stand.objects.get().aantal == 0
    assert coordinator.post(url, {"reden": "nog eens"}, format="json").json()["code"] == "alTeruggedraaid"
    ander = coordinator.post(f"{V1}/voorraadmutaties/{terug['id']}/terugdraaiing", {"reden": "x"}, format="json")
    assert ander.json()["code"] == "alTeruggedraaid"


def test_a_line_of_a_closed_period_can_still_be_reversed(coordinator, artikel, magazijn):
    regel = services.mutatie_boeken(
        soort="ontvangst", artikel=artikel, naar=magazijn, aantal=5, door=None, nu=clock.nu(),
        gebeurd_op=clock.nu() - GISTEREN,
    )  # fmt: skip
    sluit(artikel)
    url = f"{V1}/voorraadmutaties/{regel.pk}/terugdraaiing"
    assert coordinator.post(url, {"reden": "fout"}, format="json").status_code == 201


def test_what_is_no_longer_there_can_not_be_taken_back(coordinator, artikel, magazijn):
    regel = ontvangen(artikel, magazijn, 5)
    services.mutatie_boeken(soort="afkeur", artikel=artikel, van=magazijn, aantal=2, door=None, nu=clock.nu())
    fout = coordinator.post(f"{V1}/voorraadmutaties/{regel.pk}/terugdraaiing", {"reden": "x"}, format="json").json()
    assert (fout["code"], fout["gevraagd"], fout["beschikbaar"]) == ("onvoldoendeVoorraad", 5, 3)


def test_the_sjop_reverses_its_own_lines_only(als, artikel, magazijn):
    sjop = models.Locatie.objects.get(gebied=artikel.gebied, code="sjop")
    romper = models.Artikel.objects.create(gebied=artikel.gebied, code="romper", naam="Romper", soort="sjop")
    client = als("sjop", gebied=artikel.gebied)
    eigen = ontvangen(romper, sjop, 3)
    vandaar = services.mutatie_boeken(
        soort="verplaatsing", artikel=romper, van=sjop, naar=magazijn, aantal=1, door=None, nu=clock.nu()
    )
    doosregel = ontvangen(artikel, magazijn, 1)
    statussen = [
        client.post(f"{V1}/voorraadmutaties/{regel.pk}/terugdraaiing", {"reden": "x"}, format="json").status_code
        for regel in (doosregel, vandaar)
    ]
    assert statussen == [404, 403]
    models.Mutatie.objects.exclude(pk__in=[eigen.pk]).exists()
    ander = ontvangen(romper, sjop, 1)
    assert (
        client.post(f"{V1}/voorraadmutaties/{ander.pk}/terugdraaiing", {"reden": "x"}, format="json").status_code == 201
    )


def test_any_balance_is_explained_line_by_line(artikel, magazijn, capsys):
    moeder = OoievaarsmoederFactory(gebied=artikel.gebied)
    thuis = services.thuisplek(ooievaarsmoeder=moeder)
    partij = models.Partij.objects.create(artikel=artikel, code="P1")
    ontvangen(artikel, magazijn, 9, partij=partij)
    heen = services.mutatie_boeken(
        soort="verplaatsing", artikel=artikel, van=magazijn, naar=thuis, aantal=4, reden="brengen", door=None,
        nu=clock.nu(),
    )  # fmt: skip
    services.mutatie_terugdraaien(mutatie=heen, door=None, reden="verkeerde plek", nu=clock.nu())
    call_command("verklaar_stand", "in-de-box", "magazijn", "P1")
    regels = capsys.readouterr().out.splitlines()
    assert [regel.split()[2:4] for regel in regels[:3]] == [["+9", "9"], ["-4", "5"], ["+4", "9"]]
    assert f"draait {heen.pk} terug" in regels[2]
    assert regels[-1] == "Stand 9, waarvan 0 beloofd. Het grootboek zegt 9."
    services.mutatie_boeken(
        soort="verplaatsing", artikel=artikel, van=magazijn, naar=thuis, aantal=2, door=None, nu=clock.nu()
    )
    services.dozen_reserveren(houder_id=moeder.pk, aanleiding="bezoek:z", onderdelen=["k"], nu=clock.nu())
    call_command("verklaar_stand", "in-de-box", thuis.code, "P1", gebied=artikel.gebied.code)
    uit = capsys.readouterr().out
    assert "beloofd 1 aan bezoek:z" in uit
    assert "Stand 2, waarvan 1 beloofd." in uit
    call_command("verklaar_stand", "in-de-box", "sjop")
    assert "Stand 0" in capsys.readouterr().out


def test_an_unknown_or_doubtful_code_is_named(artikel):
    with pytest.raises(CommandError, match="geen artikel met code niets"):
        call_command("verklaar_stand", "niets", "magazijn")
    with pytest.raises(CommandError, match="geen plek met code nergens"):
        call_command("verklaar_stand", "in-de-box", "nergens")
    doos(GebiedFactory())
    with pytest.raises(CommandError, match="--gebied"):
        call_command("verklaar_stand", "in-de-box", "magazijn")


def test_a_balance_that_is_not_its_ledger_fails_the_explanation(artikel, magazijn):
    ontvangen(artikel, magazijn, 3)
    models.Stand.objects.update(aantal=2)
    with pytest.raises(CommandError, match="niet wat het grootboek zegt"):
        call_command("verklaar_stand", "in-de-box", "magazijn")


def test_the_list_of_closings_costs_the_same(coordinator, artikel, django_assert_num_queries):
    for dagen in range(5, 1, -1):
        sluit(artikel, dagen)
    LocatieFactory(gebied=artikel.gebied)
    with django_assert_num_queries(3):
        assert coordinator.get(f"{V1}/voorraadafsluitingen").json()["count"] == 4

"""PUT and DELETE /bezoeken/{id}/toewijzing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bezoeken.models import Afspraak, Toewijzing
from notifications.models import Bericht
from ooievaar.models import Afwezigheid, Relatie
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    WijkFactory,
    bezoek_met_kinderen,
    toegewezen_bezoek,
)
from voorraad.models import Artikel, Locatie, Reservering, Stand

pytestmark = pytest.mark.django_db


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def wijk(gebied):
    return WijkFactory(gebied=gebied)


@pytest.fixture
def bezoek(wijk):
    return bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk))


@pytest.fixture
def moeder(gebied):
    return OoievaarsmoederFactory(gebied=gebied, maximum_per_week=2)


@pytest.fixture
def coordinator(als, gebied):
    return als("coordinator", gebied=gebied)


def pad(bezoek) -> str:
    return f"/api/v1/bezoeken/{bezoek.pk}/toewijzing"


def geef(client, bezoek, moeder, **koppen):
    return client.put(pad(bezoek), {"ooievaarsmoeder": str(moeder.pk)}, format="json", **koppen)


def test_gives_the_visit_to_her(coordinator, bezoek, moeder):
    antwoord = geef(coordinator, bezoek, moeder)
    assert antwoord.status_code == 200, antwoord.json()
    assert antwoord.json()["status"] == "toegewezen"
    assert antwoord.json()["ooievaarsmoeder"] == str(moeder.pk)
    assert antwoord.json()["aanvaardOp"] is None
    bezoek.refresh_from_db()
    assert antwoord["ETag"] == f'"{bezoek.versie}"'
    rij = Toewijzing.objects.get(bezoek=bezoek)
    assert (rij.ooievaarsmoeder, rij.toegewezen_door, rij.beeindigd_op) == (moeder, coordinator.gebruiker, None)


def test_the_same_volunteer_again_changes_nothing(coordinator, bezoek, moeder):
    eerste = geef(coordinator, bezoek, moeder)
    moeder.vog_datum = None  # not even when a rule has come to object since
    moeder.save()
    tweede = geef(coordinator, bezoek, moeder)
    assert (tweede.status_code, tweede.json(), tweede["ETag"]) == (200, eerste.json(), eerste["ETag"])
    assert Toewijzing.objects.filter(bezoek=bezoek).count() == 1


def vandaag(dagen=0):
    return clock.vandaag() + timedelta(days=dagen)


def _vol(moeder, bezoek):
    for _nummer in range(moeder.maximum_per_week):
        toegewezen_bezoek(moeder)


def _met(**velden):
    def verander(moeder, bezoek):
        for veld, waarde in velden.items():
            setattr(moeder, veld, waarde() if callable(waarde) else waarde)
        moeder.save()

    return verander


WEIGERINGEN = {
    "nietActief": _met(actief=False),
    "nietActief (verklaring)": _met(verklaring_getekend=False),
    "nietActief (training)": _met(training_afgerond=False),
    "vogVerlopen (ontbreekt)": _met(vog_datum=None),
    "vogVerlopen": _met(vog_datum=lambda: vandaag(-3 * 366)),
    "afwezig": lambda moeder, bezoek: Afwezigheid.objects.create(ooievaarsmoeder=moeder, begin=vandaag()),
    "relatie": lambda moeder, bezoek: Relatie.objects.create(ooievaarsmoeder=moeder, gezin=bezoek.gezin),
    "vol": _vol,
}


@pytest.mark.parametrize("geval", WEIGERINGEN)
def test_each_rule_refuses_with_its_code_and_changes_nothing(geval, coordinator, bezoek, moeder):
    WEIGERINGEN[geval](moeder, bezoek)
    antwoord = geef(coordinator, bezoek, moeder)
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, geval.split()[0])
    bezoek.refresh_from_db()
    assert (bezoek.status, bezoek.versie) == ("open", 1)
    assert not Toewijzing.objects.filter(bezoek=bezoek).exists()


def test_what_she_lacks_is_said(coordinator, bezoek, moeder):
    _met(training_afgerond=False)(moeder, bezoek)
    assert "training" in geef(coordinator, bezoek, moeder).json()["detail"]


def test_the_age_of_a_vog_is_the_policy_of_the_gebied(coordinator, bezoek, moeder, gebied):
    _met(vog_datum=lambda: vandaag(-400))(moeder, bezoek)
    gebied.vog_jaren = 1
    gebied.save()
    assert geef(coordinator, bezoek, moeder).json()["code"] == "vogVerlopen"


def test_a_closed_visit_is_not_given_to_anybody(coordinator, bezoek, moeder):
    bezoek.status, bezoek.afsluitreden, bezoek.afgesloten_op = "afgesloten", "geweigerd", clock.nu()
    bezoek.save()
    assert geef(coordinator, bezoek, moeder).json()["code"] == "afgesloten"
    assert coordinator.delete(pad(bezoek)).json()["code"] == "afgesloten"


def _bezocht(bezoek):
    bezoek.status, bezoek.vorm = "bezocht", "huisbezoek"
    bezoek.bezocht_op = bezoek.afgerond_op = clock.nu()
    bezoek.save()


def test_a_visit_that_took_place_stays_with_who_did_it(coordinator, moeder):
    bezoek = toegewezen_bezoek(moeder)
    _bezocht(bezoek)
    ander = OoievaarsmoederFactory(gebied=moeder.gebied)
    assert geef(coordinator, bezoek, ander).json()["code"] == "afgesloten"
    antwoord = coordinator.delete(pad(bezoek))
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "bezocht")


def _alles_eraan(bezoek, moeder):
    """An appointment, a reserved box, messages to her and to the family."""
    begin = clock.nu() + timedelta(days=1)
    Afspraak.objects.create(
        bezoek=bezoek,
        ooievaarsmoeder=moeder,
        begin=begin,
        duur_minuten=60,
        periode=DateTimeTZRange(begin, begin + timedelta(hours=1)),
    )
    bezoek.status = "gepland"
    bezoek.save()
    plek = Locatie.objects.create(
        gebied=moeder.gebied, code=f"thuis-{moeder.pk}"[:50], naam="thuis", soort="ooievaarsmoeder", houder=moeder
    )
    doos = Artikel.objects.create(gebied=moeder.gebied, code=f"doos-{moeder.pk}"[:50], naam="doos", soort="doos")
    stand = Stand.objects.create(artikel=doos, locatie=plek, aantal=2, gereserveerd=1)
    aanleiding = f"bezoek:{bezoek.pk}"
    Reservering.objects.create(stand=stand, aanleiding=aanleiding, gereserveerd_op=clock.nu())
    vast = {"gebied": moeder.gebied, "aanleiding": aanleiding, "kanaal": "sms", "gepland_op": begin}
    for nummer, (soort, ontvanger) in enumerate(
        [
            ("belVoorAfspraak", {"ooievaarsmoeder": moeder}),
            ("bezoekherinnering", {"gezin": bezoek.gezin}),
            ("aankondiging", {"gezin": bezoek.gezin}),
        ]
    ):
        Bericht.objects.create(
            soort=soort, sleutel=f"{bezoek.pk}-{nummer}", aangemaakt_op=clock.nu(), **ontvanger, **vast
        )


def _niets_van_haar(bezoek):
    assert not Afspraak.objects.filter(bezoek=bezoek, vervallen_op__isnull=True).exists()
    assert not Reservering.objects.filter(aanleiding=f"bezoek:{bezoek.pk}", status="actief").exists()
    gepland = Bericht.objects.filter(aanleiding=f"bezoek:{bezoek.pk}", status="gepland")
    assert list(gepland.values_list("soort", flat=True)) == ["aankondiging"]


def test_reassigning_ends_all_that_the_first_had(coordinator, als, gebied, wijk):
    simone = als("ooievaarsmoeder", gebied=gebied)
    eerste = simone.gebruiker.ooievaarsmoeder
    bezoek = toegewezen_bezoek(eerste, gezin=GezinFactory(wijk=wijk))
    _alles_eraan(bezoek, eerste)
    gezin = f"/api/v1/gezinnen/{bezoek.gezin_id}"
    assert simone.get(gezin).status_code == 200
    tweede = OoievaarsmoederFactory(gebied=gebied)

    antwoord = geef(coordinator, bezoek, tweede)

    assert antwoord.status_code == 200, antwoord.json()
    uit = antwoord.json()
    assert (uit["status"], uit["ooievaarsmoeder"]) == ("toegewezen", str(tweede.pk))
    assert (uit["aanvaardOp"], uit["afspraak"]) == (None, None)
    _niets_van_haar(bezoek)
    oud = Toewijzing.objects.get(bezoek=bezoek, ooievaarsmoeder=eerste)
    assert oud.beeindigd_op is not None
    assert oud.eindreden == "overgedragen"
    assert oud.aanvaard_op is not None
    assert Toewijzing.objects.get(bezoek=bezoek, beeindigd_op__isnull=True).ooievaarsmoeder == tweede
    assert simone.get(gezin).status_code == 404  # her access ended with it


def test_a_refused_reassignment_leaves_all_where_it_was(coordinator, moeder, wijk):
    bezoek = toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk))
    _alles_eraan(bezoek, moeder)
    ander = OoievaarsmoederFactory(gebied=moeder.gebied, actief=False)
    assert geef(coordinator, bezoek, ander).status_code == 409
    bezoek.refresh_from_db()
    assert (bezoek.status, bezoek.ooievaarsmoeder) == ("gepland", moeder)
    assert Afspraak.objects.filter(bezoek=bezoek, vervallen_op__isnull=True).count() == 1
    assert Reservering.objects.filter(status="actief").count() == 1


def test_taking_back_opens_the_visit(coordinator, moeder, wijk):
    bezoek = toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk))
    _alles_eraan(bezoek, moeder)
    assert coordinator.delete(pad(bezoek)).status_code == 204
    bezoek.refresh_from_db()
    assert (bezoek.status, bezoek.ooievaarsmoeder, bezoek.aanvaard_op) == ("open", None, None)
    _niets_van_haar(bezoek)
    assert Toewijzing.objects.get(bezoek=bezoek).eindreden == "ingetrokken"
    assert coordinator.delete(pad(bezoek)).status_code == 204  # again: nothing to take back


@pytest.mark.parametrize(
    "inhoud",
    [
        {},
        {"ooievaarsmoeder": None},
        {"ooievaarsmoeder": 3},
        {"ooievaarsmoeder": "x"},
        {"ooievaarsmoeder": str(uuid4())},
    ],
)
def test_bad_input_names_the_field(inhoud, coordinator, bezoek):
    antwoord = coordinator.put(pad(bezoek), inhoud, format="json")
    assert antwoord.status_code == 400
    assert [fout["name"] for fout in antwoord.json()["invalidParams"]] == ["ooievaarsmoeder"]


def test_an_unknown_field_is_refused(coordinator, bezoek, moeder):
    antwoord = coordinator.put(pad(bezoek), {"ooievaarsmoeder": str(moeder.pk), "toch": True}, format="json")
    assert antwoord.json()["invalidParams"][0]["name"] == "toch"


def test_a_volunteer_of_another_gebied_is_not_known_here(coordinator, bezoek):
    antwoord = geef(coordinator, bezoek, OoievaarsmoederFactory())
    assert (antwoord.status_code, antwoord.json()["invalidParams"][0]["code"]) == (400, "onbekend")


def test_a_stale_if_match_is_refused(coordinator, bezoek, moeder):
    ander = OoievaarsmoederFactory(gebied=moeder.gebied)
    etag = geef(coordinator, bezoek, moeder)["ETag"]
    assert geef(coordinator, bezoek, ander, HTTP_IF_MATCH='"1"').status_code == 412
    assert coordinator.delete(pad(bezoek), HTTP_IF_MATCH='"1"').status_code == 412
    assert geef(coordinator, bezoek, ander, HTTP_IF_MATCH=etag).status_code == 200


def test_only_a_coordinator_of_this_wijk_assigns(als, gebied, wijk, bezoek, moeder):
    assert geef(als("coordinator", gebied=gebied, wijken=[wijk]), bezoek, moeder).status_code == 200
    for client in (als("coordinator", gebied=gebied, wijken=[WijkFactory(gebied=gebied)]), als("coordinator")):
        assert geef(client, bezoek, moeder).status_code == 404
        assert client.delete(pad(bezoek)).status_code == 404
        assert client.get(f"/api/v1/bezoeken/{bezoek.pk}/voorstellen").status_code == 404
    for rol in ("ooievaarsmoeder", "sjop", "gastvrouw", "jens", "beheerder", "bron", "fg", "onderzoeker"):
        antwoord = geef(als(rol, gebied=gebied), bezoek, moeder)
        assert (antwoord.status_code, antwoord.json()["code"]) == (403, "nietToegestaan")


def test_a_coordinator_who_volunteers_elsewhere_does_not_assign_there(als, bezoek, moeder):
    client = als("coordinator", "ooievaarsmoeder")
    zelf = client.gebruiker.ooievaarsmoeder
    eigen = toegewezen_bezoek(zelf)
    client.gebruiker.toekenningen.filter(rol="coordinator").update(gebied=GebiedFactory())
    assert geef(client, eigen, zelf).status_code == 404


def test_the_database_keeps_one_assignment_at_a_time(moeder):
    bezoek = toegewezen_bezoek(moeder)
    with pytest.raises(IntegrityError, match="toewijzing_een_tegelijk"), transaction.atomic():
        Toewijzing.objects.create(bezoek=bezoek, ooievaarsmoeder=moeder, toegewezen_op=clock.nu())

"""/gezinnen and /pasgeborenen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ooievaar.models import Contactpersoon, Toestemming
from ooievaar.platform import clock
from tests.factories import (
    ContactpersoonFactory,
    GebiedFactory,
    GezinFactory,
    PasgeboreneFactory,
    WijkFactory,
    bezoek_met_kinderen,
    toegewezen_bezoek,
)

pytestmark = pytest.mark.django_db
PAD = "/api/v1/gezinnen"


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def gezin(gebied):
    return GezinFactory(wijk__gebied=gebied, huisletter="a", postcode="6412AB")


@pytest.fixture
def coordinator(als, gebied):
    return als("coordinator", gebied=gebied)


def van(client, gezin):
    return client.get(f"{PAD}/{gezin.pk}")


def patch(client, gezin, gegevens, **koppen):
    return client.patch(f"{PAD}/{gezin.pk}", gegevens, format="json", **koppen)


def test_a_family_as_the_coordinator_sees_it(coordinator, gezin):
    bezoek = bezoek_met_kinderen(2, gezin=gezin)
    persoon = gezin.contactpersonen.get()
    nu = clock.nu().replace(microsecond=0)
    Toestemming.objects.create(gezin=gezin, doel="contact", sinds=nu)
    gezin.contactstop_reden, gezin.contactstop_op = "geweigerd", nu
    gezin.save()
    op = nu.isoformat().replace("+00:00", "Z")
    assert van(coordinator, gezin).json() == {
        "id": str(gezin.pk),
        "wijk": gezin.wijk.code,
        "adres": {
            "straat": gezin.straat,
            "huisnummer": gezin.huisnummer,
            "huisletter": "a",
            "toevoeging": None,
            "postcode": "6412 AB",
            "woonplaats": "Heerlen",
            "wijk": gezin.wijk.code,
        },
        "geheim": False,
        "geheimVoor": None,
        "wilIemandVanBuiten": False,
        "contactWacht": False,
        "contactpersonen": [
            {
                "id": str(persoon.pk),
                "naam": persoon.naam,
                "rol": "moeder",
                "telefoonnummer": None,
                "emailadres": None,
                "taal": "nl",
                "tolkNodig": False,
                "voorkeurskanaal": None,
            }
        ],
        "contactstop": {"reden": "geweigerd", "sinds": op},
        "toestemmingen": [{"doel": "contact", "sinds": op, "tot": None}],
        "pasgeborenen": [str(k.pasgeborene_id) for k in bezoek.kinderen.order_by("geboortedatum", "pasgeborene_id")],
        "bezoeken": [str(bezoek.pk)],
    }


def test_a_coordinator_sees_the_families_of_her_wijken(als, gebied, gezin):
    elders = GezinFactory(wijk__gebied=gebied)
    client = als("coordinator", gebied=gebied, wijken=[gezin.wijk])
    assert [rij["id"] for rij in client.get(PAD).json()["results"]] == [str(gezin.pk)]
    assert van(client, elders).status_code == 404
    assert patch(client, elders, {}).status_code == 404
    assert van(als("coordinator"), gezin).status_code == 404


@pytest.mark.parametrize("rol", ["sjop", "jens", "beheerder", "bron", "gastvrouw", "onderzoeker"])
def test_others_are_refused(rol, als, gebied, gezin):
    client = als(rol, gebied=gebied)
    for pad in (PAD, f"{PAD}/{gezin.pk}", "/api/v1/pasgeborenen", f"/api/v1/pasgeborenen/{uuid4()}"):
        assert client.get(pad).status_code == 403
    assert patch(client, gezin, {}).status_code == 403


class TestOoievaarsmoeder:
    @pytest.fixture
    def simone(self, als, gebied):
        return als("ooievaarsmoeder", gebied=gebied)

    @pytest.fixture
    def bezoek(self, simone, gezin):
        return toegewezen_bezoek(simone.gebruiker.ooievaarsmoeder, gezin=gezin)

    def kind(self, bezoek) -> str:
        return f"/api/v1/pasgeborenen/{bezoek.kinderen.get().pasgeborene_id}"

    def test_before_acceptance_there_is_nothing(self, simone, bezoek, gezin):
        bezoek.aanvaard_op = None
        bezoek.save()
        assert van(simone, gezin).status_code == 404
        assert simone.get(self.kind(bezoek)).status_code == 404
        assert simone.get(PAD).json()["count"] == 0

    def test_from_acceptance_she_sees_her_part_of_the_family(self, simone, bezoek, gezin):
        ouder_kind = PasgeboreneFactory(gezin=gezin, geboortedatum=clock.vandaag() - timedelta(days=900))
        bezoek_met_kinderen(gezin=gezin, geboortedatum=ouder_kind.geboortedatum)
        uit = van(simone, gezin).json()
        assert uit["adres"]["straat"] == gezin.straat
        assert uit["bezoeken"] == [str(bezoek.pk)]
        assert uit["pasgeborenen"] == [str(bezoek.kinderen.get().pasgeborene_id)]
        assert uit["wilIemandVanBuiten"] is None
        assert simone.get(self.kind(bezoek)).status_code == 200
        assert simone.get(f"/api/v1/pasgeborenen/{ouder_kind.pk}").status_code == 404
        assert patch(simone, gezin, {"wilIemandVanBuiten": True}).status_code == 403

    @pytest.mark.parametrize(("dagen", "status"), [(6, 200), (7, 404)])
    def test_the_family_closes_a_week_after_the_visit_did(self, simone, bezoek, gezin, dagen, status):
        bezoek.status, bezoek.afsluitreden = "afgesloten", "nietBereikt"
        bezoek.afgesloten_op = clock.nu() - timedelta(days=dagen)
        bezoek.save()
        assert van(simone, gezin).status_code == status
        assert simone.get(self.kind(bezoek)).status_code == status

    def test_the_week_is_a_setting_of_the_gebied(self, simone, bezoek, gezin, gebied):
        gebied.adres_dagen = 2
        gebied.save()
        bezoek.status, bezoek.vorm = "bezocht", "huisbezoek"
        bezoek.bezocht_op = bezoek.afgerond_op = clock.nu() - timedelta(days=3)
        bezoek.save()
        assert van(simone, gezin).status_code == 404

    def test_after_a_death_nothing_of_the_family_is_left(self, simone, bezoek, gezin):
        bezoek.status, bezoek.afsluitreden, bezoek.afgesloten_op = "afgesloten", "vervallen", clock.nu()
        bezoek.save()
        assert van(simone, gezin).status_code == 404
        assert simone.get(self.kind(bezoek)).status_code == 404

    def test_the_family_of_another_volunteer_is_not_there(self, simone, gebied):
        ander = toegewezen_bezoek(gezin=GezinFactory(wijk__gebied=gebied))
        assert van(simone, ander.gezin).status_code == 404


def test_a_secret_address_is_for_one_coordinator_only(als, coordinator, gebied, gezin):
    simone = als("ooievaarsmoeder", gebied=gebied)
    toegewezen_bezoek(simone.gebruiker.ooievaarsmoeder, gezin=gezin)
    gezin.geheim = True
    gezin.save()
    for client in (coordinator, simone):
        assert van(client, gezin).json()["adres"] is None
        assert client.get(PAD).json()["results"][0]["adres"] is None
        assert gezin.straat not in van(client, gezin).content.decode()
    gezin.geheim_voor = coordinator.gebruiker
    gezin.save()
    assert van(coordinator, gezin).json()["adres"]["straat"] == gezin.straat
    assert van(simone, gezin).json()["adres"] is None
    assert van(als("coordinator", gebied=gebied), gezin).json()["adres"] is None


class TestWijzigen:
    def test_changes_contacts_by_id_and_adds_new_ones(self, coordinator, gezin):
        persoon, ander = ContactpersoonFactory(gezin=gezin), ContactpersoonFactory(gezin=gezin)
        eerste = van(coordinator, gezin)
        gegevens = {
            "wilIemandVanBuiten": True,
            "contactpersonen": [
                {"id": str(persoon.pk), "telefoonnummer": "06-12345678", "tolkNodig": True, "taal": "pl"},
                {
                    "naam": "B. Voorbeeld",
                    "rol": "grootouder",
                    "emailadres": "b@example.org",
                    "voorkeurskanaal": "email",
                },
            ],
        }
        antwoord = patch(coordinator, gezin, gegevens, HTTP_IF_MATCH=eerste["ETag"])
        assert antwoord.status_code == 200, antwoord.json()
        personen = {p["naam"]: p for p in antwoord.json()["contactpersonen"]}
        assert personen[persoon.naam]["telefoonnummer"] == "+31612345678"
        assert (personen[persoon.naam]["taal"], personen[persoon.naam]["tolkNodig"]) == ("pl", True)
        assert personen[persoon.naam]["rol"] == "moeder"
        assert personen["B. Voorbeeld"]["voorkeurskanaal"] == "email"
        assert ander.naam in personen
        assert antwoord.json()["wilIemandVanBuiten"] is True
        assert antwoord["ETag"] != eerste["ETag"]

    def test_a_change_in_a_contact_alone_moves_the_etag_and_says_who(self, coordinator, gezin):
        persoon = ContactpersoonFactory(gezin=gezin)
        eerste = van(coordinator, gezin)
        wijziging = {"contactpersonen": [{"id": str(persoon.pk), "naam": "C. Voorbeeld"}]}
        assert patch(coordinator, gezin, wijziging)["ETag"] != eerste["ETag"]
        oud = patch(coordinator, gezin, wijziging, HTTP_IF_MATCH=eerste["ETag"])
        assert (oud.status_code, oud.json()["gewijzigdDoor"]) == (412, coordinator.gebruiker.get_full_name())

    def test_what_was_read_may_be_sent_back(self, coordinator, gezin):
        ContactpersoonFactory(gezin=gezin)
        personen = van(coordinator, gezin).json()["contactpersonen"]
        assert patch(coordinator, gezin, {"contactpersonen": personen}).json()["contactpersonen"] == personen

    def test_all_faults_at_once_and_nothing_is_changed(self, coordinator, gezin):
        vreemd = ContactpersoonFactory()
        antwoord = patch(
            coordinator,
            gezin,
            {
                "adres": {"straat": "Anders"},
                "contactpersonen": [
                    {"naam": "X", "telefoonnummer": "abc", "emailadres": "geen", "rol": "tante", "bsn": "1"}
                ],
            },
        )
        assert antwoord.status_code == 400
        assert {fout["name"] for fout in antwoord.json()["invalidParams"]} == {
            "adres",
            "contactpersonen.0.telefoonnummer",
            "contactpersonen.0.emailadres",
            "contactpersonen.0.rol",
            "contactpersonen.0.bsn",
        }
        vreemde = patch(coordinator, gezin, {"contactpersonen": [{"id": str(vreemd.pk), "naam": "X"}, {"taal": "nl"}]})
        assert [fout["name"] for fout in vreemde.json()["invalidParams"]] == [
            "contactpersonen.0.id",
            "contactpersonen.1.naam",
        ]
        assert not Contactpersoon.objects.filter(naam="X").exists()


def test_lists_cost_four_queries_whatever_their_length(coordinator, gebied):
    wijk = WijkFactory(gebied=gebied)
    tellingen = []
    for aantal in (2, 20):
        for _nummer in range(aantal):
            bezoek_met_kinderen(2, gezin=GezinFactory(wijk=wijk))
        for pad in (PAD, "/api/v1/pasgeborenen"):
            with CaptureQueriesContext(connection) as gevangen:
                assert coordinator.get(pad).json()["count"] >= 2
            tellingen.append(len(gevangen))
    # Who asks, the count, the rows, and one statement that writes down who saw which family.
    assert tellingen == [4, 4, 4, 4]


def test_a_newborn_says_no_reason(coordinator, gezin):
    kind = PasgeboreneFactory(gezin=gezin, status="vervallen", overleden_gemeld_op=clock.nu())
    antwoord = coordinator.get(f"/api/v1/pasgeborenen/{kind.pk}")
    assert antwoord.json() == {
        "id": str(kind.pk),
        "gezin": str(gezin.pk),
        "voornaam": kind.voornaam,
        "achternaam": kind.achternaam,
        "geboortedatum": str(kind.geboortedatum),
        "status": "vervallen",
    }
    assert antwoord["ETag"]
    assert coordinator.get(f"/api/v1/pasgeborenen/{uuid4()}").status_code == 404

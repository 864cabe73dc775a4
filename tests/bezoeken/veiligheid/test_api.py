"""Safety through the API: who sees what, and what is refused in which words."""

from datetime import timedelta

import pytest

from bezoeken.models import Achterwachtdienst, Alarm, Incheck, Veiligheidsvlag
from bezoeken.veiligheid.selectors import maatregelen_bij
from bezoeken.veiligheid.services import bewaken
from ooievaar.models import Gezin
from ooievaar.platform import clock
from tests.factories import (
    AchterwachtdienstFactory,
    GebiedFactory,
    OoievaarsmoederFactory,
    gebruiker_met_rol,
    toegewezen_bezoek,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def zij(als):
    return als("ooievaarsmoeder")


@pytest.fixture
def bezoek(zij):
    return toegewezen_bezoek(zij.gebruiker.ooievaarsmoeder)


@pytest.fixture
def dienst(bezoek):
    return AchterwachtdienstFactory(gebied=bezoek.gebied)


def pad(bezoek, deel):
    return f"/api/v1/bezoeken/{bezoek.pk}/{deel}"


def post(client, adres, data=None):
    return client.post(adres, data or {}, format="json")


class TestIncheck:
    def test_in_longer_out(self, zij, bezoek, dienst):
        antwoord = post(zij, pad(bezoek, "incheck"), {"verwachteMinuten": 45})
        assert antwoord.status_code == 201
        assert antwoord.json()["id"] == str(bezoek.pk)
        incheck = Incheck.objects.get()
        assert antwoord.json()["incheck"]["id"] == str(incheck.pk)
        assert incheck.verwacht_eind - incheck.ingecheckt_op == timedelta(minutes=45)
        assert post(zij, pad(bezoek, "incheck")).status_code == 200
        assert post(zij, pad(bezoek, "verlenging"), {"minuten": 15}).status_code == 200
        uit = post(zij, pad(bezoek, "uitcheck"))
        assert (uit.status_code, uit.json()["incheck"]["uitgechecktOp"] is not None) == (200, True)

    def test_refused_in_clear_words_when_nobody_is_on_duty(self, zij, bezoek):
        antwoord = post(zij, pad(bezoek, "incheck"), {"verwachteMinuten": 60})
        assert (antwoord.status_code, antwoord.json()["code"]) == (409, "geenAchterwacht")
        assert "achterwacht" in antwoord.json()["detail"]

    @pytest.mark.parametrize("minuten", [4, 481, "60", None, True])
    def test_a_duration_that_is_none(self, zij, bezoek, dienst, minuten):
        assert post(zij, pad(bezoek, "incheck"), {"verwachteMinuten": minuten}).status_code == 400

    def test_a_coordinator_may_do_it_for_her(self, als, bezoek, dienst):
        coordinator = als("coordinator", gebied=bezoek.gebied)
        assert post(coordinator, pad(bezoek, "incheck")).status_code == 201
        assert Incheck.objects.get().ooievaarsmoeder_id == bezoek.ooievaarsmoeder_id
        (rij,) = coordinator.get("/api/v1/inchecks").json()["results"]
        assert (rij["bezoek"], rij["naam"]) == (str(bezoek.pk), bezoek.ooievaarsmoeder.naam)
        assert als("coordinator").get("/api/v1/inchecks").json()["count"] == 0

    def test_not_by_somebody_else(self, als, bezoek, dienst):
        assert post(als("ooievaarsmoeder", gebied=bezoek.gebied), pad(bezoek, "incheck")).status_code == 404

    def test_out_after_the_visit_went_to_another(self, zij, bezoek, dienst):
        post(zij, pad(bezoek, "incheck"))
        ander = OoievaarsmoederFactory(gebied=bezoek.gebied)
        bezoek.ooievaarsmoeder = ander
        bezoek.save()
        # Through the API she no longer sees it; her phone's log still counts (telefoon uses the service).
        assert post(zij, pad(bezoek, "uitcheck")).status_code == 404


class TestMeasures:
    def vlag(self, client, bij, **velden):
        gegevens = {"soort": "geweldsrisico", "maatregel": "duoBezoek", **velden}
        return post(client, f"/api/v1/gezinnen/{bij.gezin_id}/veiligheidsvlaggen", gegevens)

    @pytest.fixture
    def coordinator(self, als, bezoek):
        return als("coordinator", gebied=bezoek.gebied)

    def test_she_sees_the_measure_never_the_cause(self, coordinator, zij, bezoek):
        gezet = self.vlag(coordinator, bezoek)
        assert (gezet.status_code, gezet.json()["gemeldDoor"]) == (201, "Testpersoon")
        antwoord = zij.get(pad(bezoek, "maatregelen"))
        assert antwoord.json() == {"maatregelen": [{"code": "duoBezoek", "tekst": "Ga hier met zijn tweeën naartoe."}]}
        assert "geweld" not in antwoord.content.decode()
        assert zij.get(f"/api/v1/gezinnen/{bezoek.gezin_id}/veiligheidsvlaggen").status_code == 403

    def test_it_ends_by_itself_within_six_months(self, coordinator, bezoek):
        vandaag = clock.vandaag()
        te_lang = self.vlag(coordinator, bezoek, tot=str(vandaag + timedelta(days=190)))
        assert (te_lang.status_code, te_lang.json()["invalidParams"][0]["name"]) == (400, "tot")
        assert self.vlag(coordinator, bezoek, tot=str(vandaag - timedelta(days=1))).status_code == 400
        self.vlag(coordinator, bezoek)
        assert maatregelen_bij([bezoek.pk], nu=clock.nu())
        assert not maatregelen_bij([bezoek.pk], nu=clock.nu() + timedelta(days=190))

    def test_for_one_visit_only_and_gravest_first(self, coordinator, bezoek):
        ander = toegewezen_bezoek(bezoek.ooievaarsmoeder, gezin=bezoek.gezin)
        self.vlag(coordinator, bezoek, maatregel="belEerst")
        self.vlag(coordinator, bezoek, maatregel="geenBezoek", bezoek=str(bezoek.pk))
        gevonden = maatregelen_bij([bezoek.pk, ander.pk], nu=clock.nu())
        assert [m.code for m in gevonden[bezoek.pk]] == ["geenBezoek", "belEerst"]
        assert [m.code for m in gevonden[ander.pk]] == ["belEerst"]
        vreemd = self.vlag(coordinator, bezoek, bezoek=str(toegewezen_bezoek().pk))
        assert vreemd.json()["invalidParams"][0]["name"] == "bezoek"

    def test_bulk_costs_the_same_for_many(self, bezoek, django_assert_num_queries):
        alle = [bezoek.pk, *(toegewezen_bezoek(bezoek.ooievaarsmoeder).pk for _n in range(8))]
        with django_assert_num_queries(2):
            maatregelen_bij(alle, nu=clock.nu())

    def test_withdrawn(self, coordinator, bezoek):
        vlag = self.vlag(coordinator, bezoek).json()["id"]
        lijst = f"/api/v1/gezinnen/{bezoek.gezin_id}/veiligheidsvlaggen"
        assert coordinator.get(lijst).json()["results"][0]["soort"] == "geweldsrisico"
        assert coordinator.delete(f"{lijst}/{vlag}").status_code == 204
        assert coordinator.get(lijst).json()["count"] == 0
        assert Veiligheidsvlag.objects.get().ingetrokken_op is not None

    def test_a_coordinator_of_elsewhere_finds_nothing(self, als, bezoek):
        assert self.vlag(als("coordinator"), bezoek).status_code == 404


class TestRoster:
    def gegevens(self, wie, van=1, tot=5, **velden):
        nu = clock.nu()
        return {
            "begin": (nu + timedelta(hours=van)).isoformat(),
            "eind": (nu + timedelta(hours=tot)).isoformat(),
            "eerste": wie.username,
            "eersteTelefoon": "06 12345678",
            **velden,
        }

    def test_put_on_duty_with_a_number(self, als):
        coordinator = als("coordinator")
        antwoord = post(coordinator, "/api/v1/achterwachtdiensten", self.gegevens(coordinator.gebruiker))
        assert antwoord.status_code == 201
        assert antwoord.json()["eerste"]["telefoonnummer"] == "+31612345678"
        assert antwoord.json()["tweede"] is None
        adres = antwoord["Location"]
        gebied = Achterwachtdienst.objects.get().gebied
        tweede = gebruiker_met_rol("ooievaarsmoeder", gebied=gebied)
        zonder = coordinator.patch(adres, {"tweede": tweede.username}, format="json")
        assert zonder.json()["invalidParams"][0]["name"] == "tweedeTelefoon"
        met = coordinator.patch(adres, {"tweede": tweede.username, "tweedeTelefoon": "0612345679"}, format="json")
        assert met.json()["tweede"]["telefoonnummer"] == "+31612345679"
        assert coordinator.delete(adres).status_code == 204

    def test_two_at_once_is_refused_and_after_each_other_is_fine(self, als):
        coordinator = als("coordinator")
        wie = coordinator.gebruiker
        assert post(coordinator, "/api/v1/achterwachtdiensten", self.gegevens(wie, 1, 5)).status_code == 201
        dubbel = post(coordinator, "/api/v1/achterwachtdiensten", self.gegevens(wie, 4, 6))
        assert (dubbel.status_code, dubbel.json()["code"]) == (409, "dienstOverlapt")
        eind = Achterwachtdienst.objects.get().eind
        aansluitend = self.gegevens(wie, 4, 8, begin=eind.isoformat())
        assert post(coordinator, "/api/v1/achterwachtdiensten", aansluitend).status_code == 201

    def test_all_faults_at_once(self, als):
        coordinator = als("coordinator")
        vreemd = gebruiker_met_rol("coordinator")
        antwoord = post(
            coordinator, "/api/v1/achterwachtdiensten", self.gegevens(vreemd, -3, -4, eersteTelefoon="0612345678")
        )
        assert {p["name"] for p in antwoord.json()["invalidParams"]} == {"eerste", "eind"}
        geen_nummer = post(coordinator, "/api/v1/achterwachtdiensten", self.gegevens(vreemd, eersteTelefoon="12"))
        assert [p["name"] for p in geen_nummer.json()["invalidParams"]] == ["eersteTelefoon"]

    def test_what_has_been_stays(self, als):
        coordinator = als("coordinator")
        gebied = coordinator.gebruiker.toekenningen.get().gebied
        oud = AchterwachtdienstFactory(
            gebied=gebied, begin=clock.nu() - timedelta(days=3), eerste=coordinator.gebruiker, tweede=None
        )
        adres = f"/api/v1/achterwachtdiensten/{oud.pk}"
        assert coordinator.delete(adres).json()["code"] == "dienstVoorbij"
        assert coordinator.get("/api/v1/achterwachtdiensten").json()["count"] == 0
        assert als("coordinator", gebied=GebiedFactory()).get(adres).status_code == 404


class TestAlarms:
    @pytest.fixture
    def alarm(self, zij, bezoek, dienst):
        post(zij, pad(bezoek, "incheck"))
        bewaken(nu=clock.nu() + timedelta(minutes=90))
        return Alarm.objects.get()

    def test_who_is_on_duty_sees_and_takes_it(self, als, alarm, dienst, bezoek):
        eerste, tweede = als(gebruiker=dienst.eerste), als(gebruiker=dienst.tweede)
        (gezien,) = eerste.get("/api/v1/alarmen?open=true").json()["results"]
        assert gezien["naam"] == bezoek.ooievaarsmoeder.naam
        assert gezien["adres"].startswith("Sjpruutstraat")
        geclaimd = post(eerste, f"/api/v1/alarmen/{alarm.pk}/claim")
        assert (geclaimd.status_code, geclaimd.json()["geclaimdDoor"]) == (200, "Testpersoon")
        te_laat = post(tweede, f"/api/v1/alarmen/{alarm.pk}/claim")
        assert (te_laat.status_code, te_laat.json()["code"]) == (409, "alOpgepakt")
        assert "Testpersoon" in te_laat.json()["detail"]
        klaar = post(eerste, f"/api/v1/alarmen/{alarm.pk}/afsluiting", {"uitkomst": "gesproken"})
        assert (klaar.json()["uitkomst"], klaar.json()["adres"]) == ("gesproken", None)
        assert eerste.get("/api/v1/alarmen?open=true").json()["count"] == 0

    def test_a_volunteer_who_is_not_on_duty_sees_none(self, als, zij, alarm, bezoek):
        assert zij.get("/api/v1/alarmen").json()["count"] == 0
        assert post(als("coordinator"), f"/api/v1/alarmen/{alarm.pk}/claim").status_code == 404

    def test_a_secret_address_stays_secret(self, als, alarm, dienst, bezoek):
        Gezin.objects.filter(pk=bezoek.gezin_id).update(geheim=True)
        assert als(gebruiker=dienst.eerste).get(f"/api/v1/alarmen/{alarm.pk}").json()["adres"] is None
        Gezin.objects.filter(pk=bezoek.gezin_id).update(geheim_voor=dienst.eerste)
        assert als(gebruiker=dienst.eerste).get(f"/api/v1/alarmen/{alarm.pk}").json()["adres"] is not None

    def test_lists_cost_the_same_for_many(self, als, alarm, dienst, bezoek, django_assert_max_num_queries):
        client = als(gebruiker=dienst.eerste)
        for _nummer in range(6):
            moeder = OoievaarsmoederFactory(gebied=bezoek.gebied)
            incheck = Incheck.objects.create(
                bezoek=toegewezen_bezoek(moeder),
                ooievaarsmoeder=moeder,
                ingecheckt_op=clock.nu(),
                verwachte_minuten=60,
                verwacht_eind=clock.nu(),
            )
            Alarm.objects.create(incheck=incheck, gestart_op=clock.nu(), eerste=dienst.eerste)
        for lijst in ("alarmen", "inchecks", "achterwachtdiensten"):
            with django_assert_max_num_queries(6):
                assert client.get(f"/api/v1/{lijst}").status_code == 200

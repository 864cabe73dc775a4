"""Links between families: proposed by a match, judged by a person, followed by every stop (domain.md, rule 2)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from bezoeken.herinneren.services import herinneringen_plannen, standaardregels
from bezoeken.koppelen.services import gezinnen_koppelen, koppeling_beoordelen
from bezoeken.kraambezoek.services.sluiten import gezin_stoppen
from bezoeken.models import Bezoek
from notifications.models import Bericht, Briefregel
from notifications.selectors import brievenlijst
from notifications.services import verzend
from ooievaar.kalender import dag_van, is_stil, moment_op
from ooievaar.models import Gezinskoppeling
from ooievaar.platform import clock
from ooievaar.selectors.benaderbaar import Contact, contactstanden
from ooievaar.services.koppelingen import koppeling_voorstellen, koppelingen_voorstellen
from tests.factories import (
    ContactpersoonFactory,
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    WijkFactory,
    bezoek_met_kinderen,
    gebruiker_met_rol,
    toegewezen_bezoek,
)
from tests.factories.notifications import BerichtFactory
from tests.notifications.stub import StubKanaal

pytestmark = pytest.mark.django_db
PAD = "/api/v1/gezinskoppelingen"
NU = datetime.fromisoformat("2026-11-24T10:00:00+01:00")


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def coordinator(als, gebied):
    return als("coordinator", gebied=gebied)


@pytest.fixture
def gezinnen(gebied):
    """Three families of one wijk, each with a running visit."""
    wijk = WijkFactory(gebied=gebied)
    return [bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk)).gezin for _nummer in range(3)]


def stel_voor(een, ander, grond="telefoonnummer"):
    return koppeling_voorstellen(gezin_id=een.pk, met=ander.pk, grond=grond, nu=clock.nu())


def koppel(een, ander):
    return gezinnen_koppelen(gezin_id=een.pk, met=ander.pk, door=None, nu=clock.nu())


def stop(client, gezin, reden="geweigerd"):
    return client.put(f"/api/v1/gezinnen/{gezin.pk}/contactstop", {"reden": reden}, format="json")


def stand(gezin):
    return contactstanden([gezin.pk])[gezin.pk]


@pytest.mark.parametrize("veld", ["telefoonnummer", "emailadres"])
def test_the_same_number_or_address_is_proposed_once_and_a_refused_one_never_again(coordinator, gezinnen, veld):
    een, ander, _derde = gezinnen
    waarde = {"telefoonnummer": "+31612345678", "emailadres": "Iemand@Voorbeeld.NL"}[veld]
    ContactpersoonFactory(gezin=ander, **{veld: waarde})
    body = {"contactpersonen": [{"naam": "A. Voorbeeld", veld: waarde.lower()}]}
    assert coordinator.patch(f"/api/v1/gezinnen/{een.pk}", body, format="json").status_code == 200
    koppeling = Gezinskoppeling.objects.get()
    assert (koppeling.status, koppeling.gronden) == ("voorgesteld", [veld])
    koppeling_beoordelen(koppeling_id=koppeling.pk, besluit="afwijzen", door=None, nu=clock.nu())
    assert koppelingen_voorstellen(gezin_ids=[een.pk, ander.pk], nu=clock.nu()) == []
    assert Gezinskoppeling.objects.get().status == "afgewezen"


def test_another_gebied_is_nobody_we_know(gezinnen):
    een, *_rest = gezinnen
    ContactpersoonFactory(gezin=een, telefoonnummer="+31612345678")
    ContactpersoonFactory(gezin=GezinFactory(), telefoonnummer="+31612345678")
    assert koppelingen_voorstellen(gezin_ids=[een.pk], nu=clock.nu()) == []


def test_a_contactstop_follows_every_linked_family_in_steps_and_so_does_taking_it_back(coordinator, gezinnen):
    een, ander, derde = gezinnen
    vreemd = bezoek_met_kinderen(gezin=GezinFactory(wijk=een.wijk)).gezin
    koppel(een, ander)
    koppel(ander, derde)
    BerichtFactory(gezin=derde)
    assert stop(coordinator, een).status_code == 200
    assert [stand(g) for g in (een, ander, derde, vreemd)] == [Contact.GESTOPT] * 3 + [Contact.MAG]
    assert coordinator.get(f"/api/v1/gezinnen/{derde.pk}").json()["contactstop"]["reden"] == "geweigerd"
    assert Bezoek.objects.filter(afsluitreden="geweigerd").count() == 3
    assert Bericht.objects.get().status == "geannuleerd"
    pad = f"/api/v1/gezinnen/{ander.pk}/contactstop"
    assert coordinator.delete(pad, {"reden": "Zij belden zelf"}, format="json").status_code == 204
    assert [stand(g) for g in (een, ander, derde)] == [Contact.MAG] * 3
    assert Bezoek.objects.filter(status="afgesloten").count() == 3, "a person reopens the visits"
    assert coordinator.delete(pad, {"reden": "x"}, format="json").json()["code"] == "nietAfgesloten"


def test_confirming_a_link_with_a_stopped_family_stops_the_other_one_at_once(coordinator, gezinnen):
    een, ander, _derde = gezinnen
    stop(coordinator, een, "ingetrokken")
    koppeling = stel_voor(een, ander)
    assert stand(ander) is Contact.WACHT
    antwoord = coordinator.post(f"{PAD}/{koppeling.pk}/beoordeling", {"besluit": "bevestigen"}, format="json")
    assert (antwoord.status_code, antwoord.json()["status"]) == (200, "bevestigd")
    assert antwoord.json()["beoordeeldDoor"] == str(coordinator.gebruiker.pk)
    ander.refresh_from_db()
    assert ander.contactstop_reden == "ingetrokken"
    assert Bezoek.objects.get(gezin=ander).afsluitreden == "geweigerd"


def test_while_in_doubt_contact_waits_and_after_a_refusal_it_goes_on(coordinator, gezinnen):
    een, ander, _derde = gezinnen
    standaardregels(een.gebied)
    stop(coordinator, een)
    koppeling = stel_voor(een, ander)
    herinneringen_plannen(nu=clock.nu(), gebied=een.gebied)
    assert not Bericht.objects.filter(gezin=ander).exists()
    moeder = OoievaarsmoederFactory(gebied=een.gebied)
    toewijzing = f"/api/v1/bezoeken/{Bezoek.objects.get(gezin=ander).pk}/toewijzing"
    geweigerd = coordinator.put(toewijzing, {"ooievaarsmoeder": str(moeder.pk)}, format="json")
    assert (geweigerd.status_code, geweigerd.json()["code"]) == (409, "koppelingOnbeslist")
    coordinator.post(f"{PAD}/{koppeling.pk}/beoordeling", {"besluit": "afwijzen", "reden": "Buren"}, format="json")
    assert stand(ander) is Contact.MAG
    herinneringen_plannen(nu=clock.nu(), gebied=een.gebied)
    assert Bericht.objects.filter(gezin=ander, soort="aankondiging").exists()
    assert coordinator.put(toewijzing, {"ooievaarsmoeder": str(moeder.pk)}, format="json").status_code == 200


def test_a_proposed_link_between_families_that_may_be_contacted_holds_nothing_up(gezinnen):
    een, ander, _derde = gezinnen
    stel_voor(een, ander)
    assert (stand(een), stand(ander)) == (Contact.MAG, Contact.MAG)


def test_just_before_sending_a_message_in_doubt_waits_unused_and_a_linked_stop_cancels_it(gezinnen):
    een, ander, _derde = gezinnen
    wacht = BerichtFactory(gezin=ander, gepland_op=NU - timedelta(minutes=1))
    een.contactstop_reden, een.contactstop_op = "geweigerd", NU
    een.save()
    koppeling = stel_voor(een, ander)
    stub = StubKanaal()
    assert verzend(nu=NU, kanalen=[stub]).later == 1
    wacht.refresh_from_db()
    assert (wacht.status, wacht.pogingen, wacht.gepland_op > NU) == ("gepland", 0, True)
    for uur in range(1, 10):
        assert verzend(nu=NU + timedelta(hours=uur), kanalen=[stub]).verzonden == 0
    wacht.refresh_from_db()
    assert (wacht.status, wacht.pogingen) == ("gepland", 0), "waiting uses no attempts up"
    koppeling_beoordelen(koppeling_id=koppeling.pk, besluit="afwijzen", door=None, nu=NU)
    assert verzend(nu=NU + timedelta(days=1), kanalen=[stub]).verzonden == 1
    # Confirmed behind the services' back: the check before sending follows the link by itself.
    Gezinskoppeling.objects.update(status="bevestigd")
    ook = BerichtFactory(gezin=ander, gepland_op=NU)
    assert verzend(nu=NU + timedelta(days=1), kanalen=[stub]).geannuleerd == 1
    ook.refresh_from_db()
    assert ook.fout == "nietBenaderbaar"


@pytest.mark.parametrize("besluit", ["afwijzen", "bevestigen"])
def test_in_doubt_she_is_not_sent_to_the_door_either(gezinnen, besluit):
    een, *_rest = gezinnen
    moeder = OoievaarsmoederFactory(gebied=een.gebied, emailadres="moeder@voorbeeld.nl")
    bezoek = toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=een.wijk))
    ander = bezoek.gezin
    standaardregels(een.gebied)
    nu = moment_op(bezoek.geboortedatum + timedelta(days=38), time(12))
    while is_stil(dag_van(nu)):
        nu += timedelta(days=1)
    herinneringen_plannen(nu=nu, gebied=een.gebied)
    haar = Bericht.objects.get(ooievaarsmoeder__isnull=False, soort="bellenEnPlannen")
    gezin_stoppen(gezin_id=een.pk, reden="geweigerd", nu=nu)
    koppeling = stel_voor(een, ander)
    stub = StubKanaal()
    verzend(nu=nu, kanalen=[stub])
    haar.refresh_from_db()
    assert (haar.status, haar.fout, haar.pogingen) == ("gepland", "wachtOpKoppeling", 0)
    koppeling_beoordelen(koppeling_id=koppeling.pk, besluit=besluit, door=None, nu=nu)
    verzend(nu=nu + timedelta(hours=2), kanalen=[stub])
    haar.refresh_from_db()
    assert haar.status == ("verzonden" if besluit == "afwijzen" else "geannuleerd")


def test_a_letter_of_a_family_in_doubt_is_not_on_the_list(gezinnen):
    een, ander, _derde = gezinnen
    bericht = BerichtFactory(gezin=ander, kanaal="brief", status="verzonden", verzonden_op=NU)
    Briefregel.objects.create(bericht=bericht, gebied=ander.gebied, dag=NU.date())
    ContactpersoonFactory(gezin=ander)
    assert len(brievenlijst(NU.date()).brieven) == 1
    een.stil_sinds = NU
    een.save()
    stel_voor(een, ander)
    lijst = brievenlijst(NU.date())
    assert (lijst.brieven, lijst.wacht, lijst.gestopt) == ([], 1, 0)


def test_a_death_silences_linked_families_too_and_only_a_person_restarts(coordinator, gezinnen):
    een, ander, _derde = gezinnen
    koppel(een, ander)
    kind = een.pasgeborenen.get()
    coordinator.post(f"/api/v1/pasgeborenen/{kind.pk}/overlijden", {}, format="json")
    assert (stand(een), stand(ander)) == (Contact.GESTOPT, Contact.GESTOPT)
    assert Bezoek.objects.get(gezin=ander).afsluitreden == "vervallen"
    weer = f"/api/v1/gezinnen/{ander.pk}/contactherstel"
    zonder = coordinator.post(weer, {"reden": "Moeder belde", "bevestigd": False}, format="json")
    assert zonder.json()["code"] == "nietBevestigd"
    assert coordinator.post(weer, {"reden": "Moeder belde", "bevestigd": True}, format="json").status_code == 200
    assert (stand(een), stand(ander)) == (Contact.MAG, Contact.MAG)
    assert Bezoek.objects.filter(status="afgesloten").count() == 2, "nothing opens by itself"
    kind.refresh_from_db()
    assert kind.status == "vervallen", "the death stays on record"


def test_a_mistaken_death_puts_back_what_it_closed_in_linked_families(coordinator, gezinnen):
    een, ander, _derde = gezinnen
    koppel(een, ander)
    pad = f"/api/v1/pasgeborenen/{een.pasgeborenen.get().pk}"
    coordinator.post(f"{pad}/overlijden", {}, format="json")
    assert coordinator.post(f"{pad}/herstel", {"reden": "x", "bevestigd": True}, format="json").status_code == 200
    assert set(Bezoek.objects.filter(gezin__in=[een, ander]).values_list("status", flat=True)) == {"open"}
    assert (stand(een), stand(ander)) == (Contact.MAG, Contact.MAG)


def test_by_hand_and_loose_again(coordinator, gezinnen):
    een, ander, _derde = gezinnen
    antwoord = coordinator.post(PAD, {"gezin": str(een.pk), "met": str(ander.pk), "reden": "Zussen"}, format="json")
    assert antwoord.status_code == 201
    data = antwoord.json()
    assert (data["status"], data["gronden"], data["reden"]) == ("bevestigd", ["hand"], "Zussen")
    assert {data["gezin"], data["met"]} == {str(een.pk), str(ander.pk)}
    assert coordinator.get(antwoord["Location"]).json() == data
    los = coordinator.post(f"{PAD}/{data['id']}/beoordeling", {"besluit": "afwijzen"}, format="json")
    assert los.json()["status"] == "afgewezen"
    stop(coordinator, een)
    assert stand(ander) is Contact.MAG
    weer = coordinator.post(PAD, {"gezin": str(ander.pk), "met": str(een.pk)}, format="json")
    assert (weer.status_code, weer.json()["status"], weer.json()["id"]) == (201, "bevestigd", data["id"])
    assert stand(ander) is Contact.GESTOPT


def test_refusals_and_reach(coordinator, als, gebied, gezinnen):
    een, ander, _derde = gezinnen
    elders = GezinFactory()
    koppeling = stel_voor(een, ander)
    for body, naam in (
        ({"gezin": str(een.pk), "met": str(elders.pk)}, "met"),
        ({"gezin": str(een.pk), "met": str(een.pk)}, "met"),
        ({"gezin": str(uuid4()), "met": str(een.pk)}, "gezin"),
    ):
        antwoord = coordinator.post(PAD, body, format="json")
        assert (antwoord.status_code, antwoord.json()["invalidParams"][0]["name"]) == (400, naam)
    vreemd = als(gebruiker=gebruiker_met_rol("coordinator"))
    assert vreemd.get(f"{PAD}/{koppeling.pk}").status_code == 404
    assert vreemd.post(f"{PAD}/{koppeling.pk}/beoordeling", {"besluit": "afwijzen"}, format="json").status_code == 404
    assert vreemd.get(PAD).json()["count"] == 0
    oud = coordinator.post(
        f"{PAD}/{koppeling.pk}/beoordeling", {"besluit": "afwijzen"}, format="json", HTTP_IF_MATCH='"0"'
    )
    assert oud.status_code == 412


def test_the_list_filters_and_costs_the_same_for_2_and_50(coordinator, gezinnen, django_assert_num_queries):
    een, ander, derde = gezinnen
    stel_voor(een, ander)
    bevestigd = koppel(ander, derde)
    assert coordinator.get(f"{PAD}?status=voorgesteld").json()["count"] == 1
    assert coordinator.get(f"{PAD}?gezin={derde.pk}").json()["results"][0]["id"] == str(bevestigd.pk)
    with django_assert_num_queries(3):
        coordinator.get(f"{PAD}?pageSize=50")
    for _nummer in range(48):
        stel_voor(een, GezinFactory(wijk=een.wijk))
    with django_assert_num_queries(3):
        assert len(coordinator.get(f"{PAD}?pageSize=50").json()["results"]) == 50


def test_the_database_keeps_one_link_per_pair_lowest_first(gezinnen):
    een, ander = sorted(gezinnen[:2], key=lambda g: g.pk)
    Gezinskoppeling.objects.create(een=een, ander=ander, voorgesteld_op=NU)
    for velden in ({"een": een, "ander": ander}, {"een": ander, "ander": een}, {"een": een, "ander": een}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Gezinskoppeling.objects.create(voorgesteld_op=NU, **velden)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gezinskoppeling.objects.update(status="bevestigd")


def test_who_visits_a_linked_family_loses_it_when_the_other_one_stops(als, gebied):
    zij = als("ooievaarsmoeder", gebied=gebied)
    bezoek = toegewezen_bezoek(zij.gebruiker.ooievaarsmoeder)
    ander = GezinFactory(wijk=bezoek.wijk)
    koppel(bezoek.gezin, ander)
    stop(als("coordinator", gebied=gebied), ander)
    assert zij.get(f"/api/v1/bezoeken/{bezoek.pk}").json()["afsluitreden"] == "geweigerd"


class TestInDoubt:
    """Rule 2: in doubt contact waits, also for who has the visit already."""

    @pytest.fixture
    def zij(self, als, gebied):
        return als("ooievaarsmoeder", gebied=gebied)

    @pytest.fixture
    def bezoek(self, zij):
        bezoek = toegewezen_bezoek(zij.gebruiker.ooievaarsmoeder)
        ContactpersoonFactory(gezin=bezoek.gezin, telefoonnummer="+31612345678", emailadres="a@voorbeeld.nl")
        return bezoek

    @staticmethod
    def bereikbaar(data) -> list:
        """How the family of this answer can be reached: its numbers, addresses and door."""
        personen = data["contactpersonen"]
        wegen = [p[veld] for p in personen for veld in ("telefoonnummer", "emailadres")] + [data["adres"]]
        return [weg for weg in wegen if weg]

    def van(self, client, bezoek) -> dict:
        return client.get(f"/api/v1/gezinnen/{bezoek.gezin_id}").json()

    def op_telefoon(self, client) -> dict:
        [gezin] = client.get("/api/v1/synchronisatie").json()["gezinnen"]
        return gezin

    @pytest.mark.parametrize("waardoor", ["contactstop", "overlijden"])
    def test_she_cannot_reach_the_family_until_somebody_decided(self, zij, coordinator, bezoek, gezinnen, waardoor):
        gestopt = gezinnen[0]
        koppeling = stel_voor(bezoek.gezin, gezinnen[1])
        stel_voor(gezinnen[1], gestopt)
        assert (len(self.bereikbaar(self.van(zij, bezoek))), self.van(zij, bezoek)["contactWacht"]) == (3, False)
        if waardoor == "contactstop":
            stop(coordinator, gestopt)
        else:
            kind = gestopt.pasgeborenen.get()
            assert coordinator.post(f"/api/v1/pasgeborenen/{kind.pk}/overlijden").status_code == 204
        lijst = zij.get("/api/v1/gezinnen").json()["results"]
        for gezin in (self.van(zij, bezoek), self.op_telefoon(zij), *lijst):
            assert (self.bereikbaar(gezin), gezin["contactWacht"]) == ([], True)
            assert gezin["contactpersonen"][0]["naam"]
        assert len(self.bereikbaar(self.van(coordinator, bezoek))) == 3, "who decides sees what it is about"
        koppeling_beoordelen(koppeling_id=koppeling.pk, besluit="afwijzen", door=None, nu=clock.nu())
        for gezin in (self.van(zij, bezoek), self.op_telefoon(zij)):
            assert (len(self.bereikbaar(gezin)), gezin["contactWacht"]) == (3, False)

    def test_nothing_is_agreed_but_what_she_did_is_kept(self, zij, coordinator, bezoek, gezinnen):
        stel_voor(bezoek.gezin, gezinnen[0])
        stop(coordinator, gezinnen[0])
        pad = f"/api/v1/bezoeken/{bezoek.pk}"
        afspraak = {"begin": "2030-05-14T10:00:00+02:00"}
        for wie in (zij, coordinator):
            geweigerd = wie.put(f"{pad}/afspraak", afspraak, format="json")
            assert (geweigerd.status_code, geweigerd.json()["code"]) == (409, "koppelingOnbeslist")
        poging = {"moment": clock.nu().isoformat(), "soort": "aanDeDeur", "uitkomst": "nietThuis"}
        assert zij.post(f"{pad}/pogingen", poging, format="json").status_code == 201

    def test_a_phone_shows_a_volunteer_no_more_when_she_coordinates_too(self, als, gebied, gezinnen, coordinator):
        zij = als("ooievaarsmoeder", "coordinator", gebied=gebied)
        bezoek = toegewezen_bezoek(zij.gebruiker.ooievaarsmoeder, gezin=gezinnen[1])
        ContactpersoonFactory(gezin=bezoek.gezin, telefoonnummer="+31612345678", emailadres="a@voorbeeld.nl")
        stel_voor(bezoek.gezin, gezinnen[0])
        stop(coordinator, gezinnen[0])
        assert self.bereikbaar(self.op_telefoon(zij)) == []
        assert len(self.bereikbaar(self.van(zij, bezoek))) == 3


class TestSecretAddress:
    """A link must not tell where a family lives that has a secret address (domain.md, rule 5)."""

    def koppeling(self, gezinnen, geheim_voor=None):
        open_gezin, geheim, _derde = gezinnen
        geheim.geheim, geheim.geheim_voor = True, geheim_voor
        geheim.save()
        return stel_voor(open_gezin, geheim, grond="naamEnAdres")

    @pytest.mark.parametrize("grond", ["naamEnAdres", "telefoonnummer"])
    def test_the_ground_is_for_the_one_who_knows_the_address(self, als, gebied, coordinator, client, gezinnen, grond):
        weet_het = als("coordinator", gebied=gebied)
        rij = self.koppeling(gezinnen, weet_het.gebruiker)
        Gezinskoppeling.objects.update(gronden=[grond])
        for wie, gronden in ((coordinator, []), (weet_het, [grond])):
            pad = f"{PAD}/{rij.pk}"
            assert wie.get(pad).json()["gronden"] == gronden
            assert wie.get(PAD).json()["results"][0]["gronden"] == gronden
            besluit = wie.post(f"{pad}/beoordeling", {"besluit": "bevestigen"}, format="json")
            assert besluit.json()["gronden"] == gronden
            body = {"gezin": str(gezinnen[0].pk), "met": str(gezinnen[1].pk)}
            assert wie.post(PAD, body, format="json").json()["gronden"] == gronden
            client.force_login(wie.gebruiker)
            bladzijde = " ".join(client.get(f"/koppelingen/{rij.pk}").content.decode().split())
            waarom = bladzijde.split("Zij lijken op elkaar")[1][:80]
            assert (f": {Gezinskoppeling.Grond(grond).label}." in waarom) == bool(gronden)

    def test_an_open_link_still_says_why(self, coordinator, gezinnen):
        rij = stel_voor(*gezinnen[:2], grond="naamEnAdres")
        assert coordinator.get(f"{PAD}/{rij.pk}").json()["gronden"] == ["naamEnAdres"]

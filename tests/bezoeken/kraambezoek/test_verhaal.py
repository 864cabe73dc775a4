"""A family's whole story: every change, message, box and reading in order, without repeating who the family is."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bezoeken.herinneren.services import herinneringen_plannen, standaardregels
from bezoeken.verhaal.selectors import verhaal, verhaal_voor
from ooievaar.models import Inzage
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.services.inzage import inzage_vastleggen
from tests.factories import ContactpersoonFactory, GezinFactory, gebruiker_met_rol, toegewezen_bezoek

pytestmark = pytest.mark.django_db


def vertel(gezin) -> str:
    uit = io.StringIO()
    call_command("verhaal", str(gezin.pk), stdout=uit)
    return uit.getvalue()


def in_volgorde(tekst: str, *stukken: str) -> None:
    plek = 0
    for stuk in stukken:
        gevonden = tekst.find(stuk, plek)
        assert gevonden >= 0, f"{stuk!r} is not in the story after position {plek}:\n{tekst}"
        plek = gevonden + len(stuk)


@pytest.fixture
def beleefd(wereld, afronding):
    """A family with a life: accepted, appointment, attempt, refused by mistake, moved, visited."""
    w = wereld(dozen=2)
    standaardregels(w.gebied)
    w.zij.gebruiker.first_name, w.coordinator.gebruiker.first_name = "Simone", "Corrie"
    w.zij.gebruiker.save()
    w.coordinator.gebruiker.save()
    ContactpersoonFactory(gezin=w.gezin, naam="A. Kanarie", telefoonnummer="+31612345678")
    morgen = (clock.nu() + timedelta(days=1)).isoformat()
    nu = clock.nu().replace(microsecond=0).isoformat()
    w.zij.post(f"{w.pad}/aanvaarding", {}, format="json")
    w.zij.get(f"/api/v1/gezinnen/{w.gezin.pk}")
    w.zij.put(f"{w.pad}/afspraak", {"begin": morgen, "toch": True}, format="json")
    herinneringen_plannen(nu=clock.nu(), gebied=w.gebied)
    poging = {"moment": nu, "soort": "aanDeDeur", "uitkomst": "nietThuis"}
    w.zij.post(f"{w.pad}/pogingen", poging, format="json")
    w.coordinator.post(f"{w.pad}/weigering", {"alles": True}, format="json")
    stop = f"/api/v1/gezinnen/{w.gezin.pk}/contactstop"
    w.coordinator.delete(stop, {"reden": "Zij belden zelf terug"}, format="json")
    w.coordinator.post(f"{w.pad}/herstel", {"reden": "Toch wel welkom", "bevestigd": True}, format="json")
    w.coordinator.put(f"{w.pad}/toewijzing", {"ooievaarsmoeder": str(w.moeder.pk)}, format="json")
    w.zij.post(f"{w.pad}/aanvaarding", {}, format="json")
    w.zij.post(f"{w.pad}/afronding", afronding(w), format="json")
    w.coordinator.get(w.pad)
    return w


# Committed one by one, as real requests are: so the moments of the changes differ.
@pytest.mark.django_db(transaction=True)
def test_the_story_in_order_with_who_and_why(beleefd):
    tekst = vertel(beleefd.gezin)
    in_volgorde(
        tekst,
        "Het gezin is ingeschreven.",
        "Er komt een kraambezoek, van",
        "heeft het bezoek aangenomen.",
        "Er is een doos apart gezet.",
        "Bekeken: het gezin.",
        "Er is een afspraak op",
        "Bericht aan het gezin (Aankondiging van het bezoek, brief) staat klaar.",
        "Poging op",
        "aan de deur, niet thuis.",
        "Het bezoek is gesloten: het gezin wil dit niet.",
        "Contactstop: geweigerd.",
        "De contactstop is opgeheven. Reden: Zij belden zelf terug",
        "Het bezoek is weer geopend. Reden: Toch wel welkom",
        "Het bezoek is gegeven aan",
        "Voorraad: 1 x",
        "Bekeken: het bezoek.",
    )
    assert "De doos is niet meer apart gezet." in tekst
    assert "Bericht aan het gezin (Aankondiging van het bezoek, brief) gaat niet door." in tekst
    assert "Het bezoek is geweest op" in tekst
    for regel in tekst.splitlines():
        if "Bekeken" in regel or "Contactstop:" in regel or "Poging op" in regel:
            assert "Simone" in regel or "Corrie" in regel


def test_it_says_what_changed_and_never_into_what(beleefd):
    kind = beleefd.gezin.pasgeborenen.get()
    kind.achternaam = "Zeldzaam-Nachtegaal"
    kind.save()
    persoon = beleefd.gezin.contactpersonen.get(naam="A. Kanarie")
    body = {"contactpersonen": [{"id": str(persoon.pk), "telefoonnummer": "+31687654321", "taal": "pl"}]}
    assert beleefd.coordinator.patch(f"/api/v1/gezinnen/{beleefd.gezin.pk}", body, format="json").status_code == 200
    adres = {"straat": "Kanariestraat", "huisnummer": 99, "postcode": "6411KN", "woonplaats": "Heerlen"}
    beleefd.coordinator.post(f"/api/v1/gezinnen/{beleefd.gezin.pk}/verhuizing", {"adres": adres}, format="json")
    tekst = vertel(beleefd.gezin)
    assert "Bij een contactpersoon is gewijzigd: het telefoonnummer, de taal." in tekst
    assert "Het adres is gewijzigd." in tekst
    for geheim in ("Kanarie", "612345678", "687654321", "6411KN", kind.achternaam, beleefd.gezin.straat):
        assert geheim not in tekst


def test_that_a_child_died_is_for_the_coordinator_of_the_whole_gebied(wereld):
    w = wereld()
    w.zij.post(f"/api/v1/pasgeborenen/{w.kinderen[0]}/overlijden", {}, format="json")
    w.coordinator.post(f"/api/v1/pasgeborenen/{w.kinderen[0]}/overlijden", {}, format="json")
    van_wijk = gebruiker_met_rol("coordinator", gebied=w.gebied, wijken=[w.gezin.wijk])
    alles = " ".join(regel.wat for regel in verhaal_voor(w.coordinator.gebruiker, w.gezin.pk).regels)
    deel = " ".join(regel.wat for regel in verhaal_voor(van_wijk, w.gezin.pk).regels)
    assert "overlijden" in alles
    assert "overlijden" not in deel
    assert "Een kind telt niet meer mee." in deel
    for vreemd in (w.zij.gebruiker, gebruiker_met_rol("coordinator"), gebruiker_met_rol("jens", gebied=w.gebied)):
        with pytest.raises(NietGevonden):
            verhaal_voor(vreemd, w.gezin.pk)


def test_a_longer_story_costs_no_more_queries(beleefd):
    def queries() -> int:
        with CaptureQueriesContext(connection) as gevangen:
            verhaal(beleefd.gezin.pk, met_reden=True)
        return len(gevangen)

    kort = queries()
    for _nummer in range(5):
        toegewezen_bezoek(beleefd.moeder, gezin=beleefd.gezin)
        beleefd.coordinator.get(f"/api/v1/gezinnen/{beleefd.gezin.pk}")
    assert queries() == kort <= 8


def test_another_family_is_not_in_it(beleefd):
    ander = GezinFactory(wijk=beleefd.gezin.wijk)
    assert [regel.wat for regel in verhaal(ander.pk, met_reden=True)] == ["Het gezin is ingeschreven."]


def test_a_family_that_is_not_there():
    with pytest.raises(CommandError):
        call_command("verhaal", "11111111-1111-4111-8111-111111111111")


class TestInzage:
    def test_one_family_opened_is_written_down_each_time(self, wereld):
        w = wereld(aanvaard=True)
        for pad in (f"gezinnen/{w.gezin.pk}", f"bezoeken/{w.bezoek.pk}", f"pasgeborenen/{w.kinderen[0]}"):
            assert w.zij.get(f"/api/v1/{pad}").status_code == 200
        rijen = Inzage.objects.order_by("op").values_list("gezin_id", "gebruiker_id", "waar")
        assert list(rijen) == [(w.gezin.pk, w.zij.gebruiker.pk, waar) for waar in ("gezin", "bezoek", "pasgeborene")]

    def test_a_list_is_written_down_once_a_day_per_family(self, wereld, django_assert_max_num_queries):
        w = wereld(aanvaard=True)
        for lijst in ("gezinnen", "bezoeken", "pasgeborenen", "gezinnen", "pasgeborenen"):
            with django_assert_max_num_queries(4):
                assert w.zij.get(f"/api/v1/{lijst}").json()["count"]
        rijen = Inzage.objects.values_list("gezin_id", "gebruiker_id", "waar")
        assert list(rijen) == [(w.gezin.pk, w.zij.gebruiker.pk, "lijst")]

    def test_who_found_a_family_by_searching_is_written_down_and_what_she_asked_is_not(self, wereld, client):
        w = wereld()
        naam = w.gezin.pasgeborenen.first().achternaam
        client.force_login(w.coordinator.gebruiker)
        for _keer in range(2):
            client.post("/gezinnen", {"vraag": naam})
            assert naam in client.get("/gezinnen").content.decode()
        client.post("/gezinnen", {"vraag": "Bestaat-Niet"})
        client.get("/gezinnen")
        [regel] = Inzage.objects.values()
        assert (regel["gezin_id"], regel["gebruiker_id"], regel["waar"]) == (
            w.gezin.pk,
            w.coordinator.gebruiker.pk,
            "zoeken",
        )
        assert naam not in str(regel)

    def test_what_is_read_on_the_server_is_in_the_story_too(self, wereld):
        w = wereld()
        vertel(w.gezin)
        assert "op de server  Bekeken: het hele verhaal." in vertel(w.gezin)

    def test_what_may_not_be_seen_was_not_opened(self, wereld):
        w = wereld()
        assert w.zij.get(w.pad).json()["gezin"] is None
        assert w.zij.get(f"/api/v1/gezinnen/{w.gezin.pk}").status_code == 404
        assert not Inzage.objects.exists()

    def test_a_phone_is_written_down_once_a_day_per_family(self, wereld, time_machine):
        time_machine.move_to("2026-11-24T23:30:00+01:00")
        w = wereld(aanvaard=True)
        for _keer in range(3):
            assert w.zij.get("/api/v1/synchronisatie").status_code == 200
        assert list(Inzage.objects.values_list("gezin_id", "waar")) == [(w.gezin.pk, "telefoon")]
        time_machine.move_to("2026-11-25T00:30:00+01:00")
        w.zij.get("/api/v1/synchronisatie")
        assert Inzage.objects.count() == 2

    def test_nobody_can_change_or_erase_a_line(self):
        inzage_vastleggen(gebruiker_id=GezinFactory().pk, gezin_ids=[GezinFactory().pk], waar="gezin", nu=clock.nu())
        for poging in (lambda: Inzage.objects.update(waar="bezoek"), lambda: Inzage.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                poging()
        assert Inzage.objects.get().waar == "gezin"

"""Importing and judging on the site: nothing is saved before it is confirmed, doubles stand side by side, all of it
can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from bezoeken.intake.lezen import KOLOMMEN
from bezoeken.intake.services.ongedaan import bestanden_opruimen
from bezoeken.models import Bestandsdeel, Bezoek, Geboorteimport, Geboortemelding, Poging
from ooievaar.models import Contactpersoon, Gezin, Inzage, Pasgeborene
from ooievaar.platform import clock
from tests.factories import GebiedFactory, WijkFactory, gebruiker_met_rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory(), code="WK091720")


@pytest.fixture
def client(wijk):
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied))
    return client


def _rij(nummer, **velden):
    dag = clock.vandaag() - timedelta(days=10)
    waarden = {
        "bron": "gemeente",
        "kenmerk": f"web-{nummer}",
        "geboortedatum": dag.isoformat(),
        "voornaam": "Noor",
        "achternaam": f"Proef-Voorbeeld-{nummer}",
        "contactpersoon": "A. Voorbeeld",
        "straat": "Sjpruutstraat",
        "huisnummer": str(nummer),
        "postcode": "6400 AA",
        "woonplaats": "Heerlen",
        "wijk": "WK091720",
        **velden,
    }
    return ";".join(waarden.get(kolom, "") for kolom in KOLOMMEN)


def _bestand(*rijen, naam="proef.csv"):
    return SimpleUploadedFile(naam, "\n".join([";".join(KOLOMMEN), *rijen]).encode())


def _controleer(client, *rijen):
    antwoord = client.post("/import", {"bestand": _bestand(*rijen)})
    assert antwoord.status_code == 302
    return antwoord["Location"]


def _importeer(client, *rijen):
    adres = _controleer(client, *rijen)
    return client.post(f"{adres}/bevestigen")["Location"]


def test_the_trial_shows_counts_and_faults_and_saves_nothing(client):
    adres = _controleer(client, _rij(1), _rij(2), _rij(3, geboortedatum="31-02-2026"), _rij(4, geheim="ja"))
    tekst = client.get(adres).content.decode()
    assert "Er is nog niets opgeslagen" in tekst
    assert "Importeer 2<" in tekst
    assert "Deze datum bestaat niet" in tekst
    assert "31-02-2026" not in tekst
    assert not Geboortemelding.objects.exists()
    assert not Gezin.objects.exists()


def test_confirming_imports_just_that_file_once(client):
    adres = _controleer(client, _rij(1), _rij(2))
    klaar = client.post(f"{adres}/bevestigen")["Location"]
    assert Bezoek.objects.count() == 2
    assert not Bestandsdeel.objects.exists()
    assert "Opgenomen" in client.get(klaar).content.decode()
    nog_eens = client.post(f"{adres}/bevestigen", follow=True)
    assert "al ingelezen" in nog_eens.content.decode()
    assert (Bezoek.objects.count(), Geboorteimport.objects.filter(proef=False).count()) == (2, 1)


def test_the_file_of_a_trial_is_forgotten_after_an_hour(client):
    adres = _controleer(client, _rij(1))
    assert bestanden_opruimen(nu=timezone.now() + timedelta(minutes=59)) == 0
    assert bestanden_opruimen(nu=timezone.now() + timedelta(minutes=61)) == 1
    assert "te lang geleden" in client.post(f"{adres}/bevestigen", follow=True).content.decode()


@pytest.mark.parametrize(
    ("bestand", "zin"),
    [
        (None, "Kies eerst een bestand."),
        (SimpleUploadedFile("leeg.csv", b""), "Het bestand is leeg."),
        (SimpleUploadedFile("tekst.csv", b"zomaar een zin\n"), "Dit is geen tabel."),
        (SimpleUploadedFile("kolom.csv", b"bron;kenmerk\ngemeente;1\n"), "Een verplichte kolom ontbreekt"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(client, bestand, zin):
    antwoord = client.post("/import", {"bestand": bestand} if bestand else {})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 400
    assert zin in tekst
    assert 'href="#id_bestand"' in tekst


def test_the_example_file_can_be_filled_in_and_read(client):
    kop = client.get("/import/voorbeeld.csv").content.decode("utf-8-sig").strip()
    assert kop.split(";") == list(KOLOMMEN)
    bestand = SimpleUploadedFile("x.csv", f"{kop}\n{_rij(1)}\n".encode())
    assert "Importeer 1<" in client.post("/import", {"bestand": bestand}, follow=True).content.decode()


def test_taking_an_import_back_leaves_nothing_of_it(client):
    klaar = _importeer(client, _rij(1), _rij(2, voornaam="Ab"), _rij(2, kenmerk="web-2b", voornaam="Bo"))
    assert (Pasgeborene.objects.count(), Bezoek.objects.count()) == (3, 2)
    tekst = client.post(f"{klaar}/terugdraaien", follow=True).content.decode()
    assert "3 meldingen zijn weg" in tekst
    for model in (Geboortemelding, Gezin, Pasgeborene, Bezoek, Contactpersoon):
        assert not model.objects.exists()
    assert "al teruggedraaid" in client.post(f"{klaar}/terugdraaien", follow=True).content.decode()


def test_what_people_worked_with_stays_when_an_import_is_taken_back(client):
    klaar = _importeer(client, _rij(1), _rij(2))
    bezoek = Bezoek.objects.order_by("pk").first()
    Poging.objects.create(
        bezoek=bezoek, moment=clock.nu(), soort="telefoon", uitkomst="geenGehoor", gelogd_op=clock.nu()
    )
    tekst = client.post(f"{klaar}/terugdraaien", follow=True).content.decode()
    assert "1 meldingen zijn weg" in tekst
    assert "1 meldingen blijven staan" in tekst
    assert list(Bezoek.objects.all()) == [bezoek]


def test_what_a_merge_filled_in_goes_again_when_the_import_is_taken_back(client):
    _importeer(client, _rij(1))
    tweede = _importeer(client, _rij(1, bron="jgz", kenmerk="jgz-1", telefoonnummer="0612345678"))
    persoon = Contactpersoon.objects.get()
    assert persoon.telefoonnummer == "+31612345678"
    client.post(f"{tweede}/terugdraaien")
    persoon.refresh_from_db()
    assert not persoon.telefoonnummer
    assert Geboortemelding.objects.count() == 1
    assert Bezoek.objects.count() == 1


def test_an_import_of_another_area_is_not_found(client):
    vreemd = Geboorteimport.objects.create(gebied=GebiedFactory(), begonnen_op=clock.nu(), status="klaar")
    for pad, methode in (("", client.get), ("/bevestigen", client.post), ("/terugdraaien", client.post)):
        assert methode(f"/import/{vreemd.pk}{pad}").status_code == 404


@pytest.fixture
def dubbel(client):
    """A notice that waits: without a first name it may be the child that is known."""
    _importeer(client, _rij(1, voornaam=""))
    _importeer(client, _rij(1, bron="jgz", kenmerk="jgz-1", telefoonnummer="0612345678"))
    return Geboortemelding.objects.get(status="teBeoordelen")


def _besluit(client, melding, besluit, **velden):
    return client.post(f"/meldingen/{melding.pk}", {"besluit": besluit, "versie": melding.versie, **velden})


def test_a_double_stands_beside_the_child_it_looks_like(client, dubbel):
    tekst = client.get(f"/meldingen/{dubbel.pk}").content.decode()
    assert "Deze melding" in tekst
    assert "Bekend kind" in tekst
    assert "lijkt op een kind" in tekst
    assert tekst.count("Proef-Voorbeeld-1") >= 2
    assert list(Inzage.objects.values_list("gezin_id", "waar")) == [(Gezin.objects.get().pk, "melding")]


def test_merge_and_take_it_back(client, dubbel):
    assert _besluit(client, dubbel, "samenvoegen").status_code == 302
    dubbel.refresh_from_db()
    assert (dubbel.status, dubbel.uitkomst) == ("verwerkt", "samengevoegd")
    assert Pasgeborene.objects.count() == 1
    assert "Neem dit besluit terug" in client.get(f"/meldingen/{dubbel.pk}").content.decode()
    client.post(f"/meldingen/{dubbel.pk}/terug", {"versie": dubbel.versie})
    dubbel.refresh_from_db()
    assert dubbel.status == "teBeoordelen"
    assert not Contactpersoon.objects.exclude(telefoonnummer="").exists()


def test_another_child_of_the_same_family_joins_its_visit(client, dubbel):
    _besluit(client, dubbel, "gezin")
    assert (Pasgeborene.objects.count(), Bezoek.objects.count(), Gezin.objects.count()) == (2, 1, 1)


def test_reject_and_go_to_the_next_one(client, dubbel, wijk):
    _importeer(client, _rij(7, wijk=""))  # an address nobody knows
    volgende = Geboortemelding.objects.get(kenmerk="web-7")
    antwoord = _besluit(client, dubbel, "afwijzen", volgende="1")
    assert antwoord["Location"] == f"/meldingen/{volgende.pk}"
    dubbel.refresh_from_db()
    assert dubbel.status == "afgewezen"


def test_nothing_chosen_says_so_and_leads_to_the_choice(client, dubbel):
    antwoord = client.post(f"/meldingen/{dubbel.pk}", {"versie": dubbel.versie})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert "Kies eerst wat er met de melding moet gebeuren" in tekst
    assert 'href="#id_besluit"' in tekst
    assert 'id="id_besluit"' in tekst


def test_somebody_else_decided_in_the_meantime(client, dubbel, wijk):
    fatma = gebruiker_met_rol("coordinator", gebied=wijk.gebied, first_name="Fatma")
    ander = Client()
    ander.force_login(fatma)
    _besluit(ander, dubbel, "afwijzen")
    antwoord = _besluit(client, dubbel, "samenvoegen")
    assert antwoord.status_code == 409
    assert "Fatma heeft dit net gewijzigd" in antwoord.content.decode()
    assert Pasgeborene.objects.count() == 1


def test_a_notice_of_another_wijk_is_not_found(dubbel, wijk):
    ander = Client()
    elders = WijkFactory(gebied=wijk.gebied)
    ander.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[elders]))
    assert ander.get(f"/meldingen/{dubbel.pk}").status_code == 404
    assert _besluit(ander, dubbel, "afwijzen").status_code == 404
    assert str(dubbel.pk) not in ander.get("/meldingen").content.decode()

"""Letters: a batch is made, printed, stopped half-way; what it looks like; who is left out."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from notifications.brieven.pdf import Briefdeel, Drukbrief, brieven_pdf
from notifications.kanalen import BriefKanaal
from notifications.models import Briefpartij, Briefregel
from notifications.services import verzend
from ooievaar.models import Gezin, Inzage
from tests.factories import ContactpersoonFactory, GebiedFactory, GezinFactory, WijkFactory
from tests.factories.notifications import BerichtFactory
from tests.notifications.test_verzenden import NU

LETTERS = Path(__file__).resolve().parents[2] / "notifications" / "brieven" / "letters"


def test_the_fonts_are_the_ones_that_were_looked_at():
    for regel in (LETTERS / "SHA256SUMS").read_text().splitlines():
        som, naam = regel.split()
        assert hashlib.sha256((LETTERS / naam).read_bytes()).hexdigest() == som
    assert "SIL OPEN FONT LICENSE Version 1.1" in (LETTERS / "OFL.txt").read_text()


def tekst_uit(pdf: bytes, tmp_path) -> list[str]:
    pad = tmp_path / "brieven.pdf"
    pad.write_bytes(pdf)
    klaar = subprocess.run(["pdftotext", "-layout", str(pad), "-"], capture_output=True, text=True, check=True)
    return klaar.stdout.split("\f")[:-1]


pdftotext = pytest.mark.skipif(
    subprocess.run(["sh", "-c", "command -v pdftotext"], capture_output=True).returncode != 0,
    reason="pdftotext (poppler-utils) is not here",
)


@pytest.fixture
def brieven(transactional_db):
    """Three families with a letter on the list, in the order of their postcodes: B, C, A."""
    wijk = WijkFactory()
    for postcode, taal in (("6411CC", "nl"), ("6411AA", "ar"), ("6411BB", "ti")):
        gezin = GezinFactory(wijk=wijk, postcode=postcode)
        ContactpersoonFactory(gezin=gezin, naam=f"Familie {postcode}", taal=taal)
        BerichtFactory(gezin=gezin, kanaal="brief", taal=taal, gepland_op=NU, aangemaakt_op=NU)
    assert verzend(nu=NU, kanalen=[BriefKanaal()]).verzonden == 3
    return wijk.gebied


@pytest.fixture
def client(als, brieven):
    return als("coordinator", gebied=brieven)


def maak(client):
    return client.post("/api/v1/briefpartijen", {"tot": str(NU.date())}, format="json")


def test_a_batch_once_and_then_there_is_nothing(client, brieven):
    antwoord = maak(client)
    assert (antwoord.status_code, antwoord.json()["aantal"]) == (201, 3)
    assert maak(client).json()["code"] == "geenBrieven"
    adressen = list(Briefregel.objects.order_by("volgnummer").values_list("bericht__gezin__postcode", flat=True))
    assert adressen == ["6411AA", "6411BB", "6411CC"]
    gedrukt = client.post(f"{antwoord['Location']}/gedrukt", {}, format="json")
    assert gedrukt.json()["gedruktDoor"] == client.gebruiker.username
    assert client.post(f"{antwoord['Location']}/annulering", {}, format="json").json()["code"] == "partijKlaar"


def test_cancelled_half_way_the_rest_waits_for_the_next(client, brieven):
    eerste = maak(client)["Location"]
    geannuleerd = client.post(f"{eerste}/annulering", {"gedrukt": 1}, format="json").json()
    assert (geannuleerd["aantal"], geannuleerd["geannuleerdOp"] is not None) == (1, True)
    tweede = maak(client)
    assert tweede.json()["aantal"] == 2
    over = Briefregel.objects.filter(partij=tweede.json()["id"]).values_list("bericht__gezin__postcode", flat=True)
    assert set(over) == {"6411BB", "6411CC"}


@pdftotext
def test_who_stopped_after_the_batch_was_made_is_not_in_the_pdf(client, brieven, tmp_path):
    adres = maak(client)["Location"]
    Gezin.objects.filter(postcode="6411AA").update(contactstop_reden="geweigerd", contactstop_op=NU)
    Gezin.objects.filter(postcode="6411BB").update(geheim=True)
    antwoord = client.get(f"{adres}/pdf")
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Cache-Control"] == "no-store"
    (bladzijde,) = tekst_uit(antwoord.content, tmp_path)
    assert "6411 CC HEERLEN" in " ".join(bladzijde.split())
    assert "/stop/" in bladzijde


def test_each_time_the_letters_are_opened_it_is_written_down_who_saw_which_family(client, brieven):
    adres = maak(client)["Location"]
    assert not Inzage.objects.exists(), "making a batch shows nothing"
    weg = Gezin.objects.get(postcode="6411BB")
    Gezin.objects.filter(pk=weg.pk).update(geheim=True)
    site = Client()
    site.force_login(client.gebruiker)
    partij = adres.rsplit("/", 1)[1]
    for antwoord in (client.get(f"{adres}/pdf"), site.get(f"/berichten/brieven/{partij}/pdf")):
        assert antwoord["Content-Type"] == "application/pdf"
    gezien = Inzage.objects.values_list("gezin_id", "gebruiker_id", "waar")
    anderen = Gezin.objects.exclude(pk=weg.pk).values_list("pk", flat=True)
    assert sorted(gezien) == sorted((pk, client.gebruiker.pk, "brief") for pk in anderen for _keer in range(2))


def test_secret_stopped_and_incomplete_addresses_stay_out_of_a_batch(client, brieven):
    Gezin.objects.filter(postcode="6411AA").update(geheim=True)
    Gezin.objects.filter(postcode="6411BB").update(straat="")
    assert maak(client).json()["aantal"] == 1


def test_only_for_who_coordinates_the_whole_area(als, brieven):
    van_een_wijk = als("coordinator", gebied=brieven, wijken=[WijkFactory(gebied=brieven)])
    assert maak(van_een_wijk).status_code == 403
    assert als("coordinator", gebied=GebiedFactory()).get("/api/v1/briefpartijen").json()["count"] == 0
    assert Briefpartij.objects.count() == 0


@pdftotext
def test_a_page_each_with_the_address_in_the_window(tmp_path):
    """The words of the address lie within 20-110 mm from the left and 45-80 mm from the top."""
    brief = Drukbrief(
        1, "Retour 1", ("Naamvoorbeeld", "Straatvoorbeeld 1", "6411 AA  PLAATS"), "", (Briefdeel("nl", "Tekst"),), "dag"
    )
    pad = tmp_path / "b.pdf"
    pad.write_bytes(brieven_pdf([brief, brief]))
    uit = subprocess.run(["pdftotext", "-bbox", str(pad), "-"], capture_output=True, text=True, check=True).stdout
    assert uit.count("<page ") == 2
    mm = 25.4 / 72
    plekken = [
        [float(deel.split('"')[1]) * mm for deel in regel.split()[1:5]]
        for regel in uit.splitlines()
        if any(woord in regel for woord in ("Naamvoorbeeld", "Straatvoorbeeld", "PLAATS"))
    ]
    assert len(plekken) == 6
    for links, boven, rechts, onder in plekken:
        assert links >= 20
        assert rechts <= 110
        assert boven >= 45
        assert onder <= 80


def test_a_long_letter_in_two_languages_still_fits_on_its_page():
    zin = "Een zin die best lang is en over de hele regel van de brief gaat lopen, en nog wat verder."
    lang = "\n\n".join([zin] * 12)
    brief = Drukbrief(1, "", ("A",), "", (Briefdeel("nl", lang), Briefdeel("en", lang)), "dag")
    assert brieven_pdf([brief]).count(b"/Type /Page\n") == 1

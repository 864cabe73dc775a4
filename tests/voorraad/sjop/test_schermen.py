"""The pages of the Sjop: each opens, costs the same for many rows, works without JavaScript and refuses in words."""

from __future__ import annotations

import io
import re
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from ooievaar.platform import clock
from tests.factories import gebruiker_met_rol
from tests.factories.sjop import aangevraagd, categorie, gegeven, ingebracht, pas, sjopgebied
from tests.voorraad.sjop.test_blokkeerlijst import VERBODEN
from voorraad.models import Bruikleen, Inbreng, Mutatie, Sjopaanvraag, Sjopafspraak, Sjopuitgifte, Terugroepactie

pytestmark = pytest.mark.django_db


@pytest.fixture
def gebied():
    return sjopgebied()


def inloggen(gebied, rol: str = "sjop") -> Client:
    client = Client()
    client.force_login(gebruiker_met_rol(rol, gebied=gebied))
    return client


@pytest.fixture
def client(gebied):
    return inloggen(gebied)


def tekst(antwoord, status: int = 200) -> str:
    assert antwoord.status_code == status, antwoord.content.decode()[:1500]
    return re.sub(r"\s+", " ", antwoord.content.decode())


def test_every_page_opens_and_costs_the_same_for_many_rows(gebied):
    client = inloggen(gebied, "coordinator")

    def vul(aantal: int) -> None:
        for nummer in range(aantal):
            haar = pas(gebied)
            aangevraagd(haar, "jassen", maat="86")
            gegeven(haar, ingebracht(gebied, "kinderstoel"))
            ingebracht(gebied, "speeltjes", vrij=False)
            Terugroepactie.objects.create(
                gebied=gebied, merk="m", merk_sleutel=f"m{uuid4().hex}{nummer}", uitleg="x", teruggeroepen_op=clock.nu()
            )

    vul(2)
    stuk, haar = Inbreng.objects.first(), pas(gebied)
    met_id = {
        "sjop_innemen_van": categorie(gebied).pk,
        "sjop_stuk": stuk.pk,
        "sjop_pas": haar.pk,
        "sjop_pas_afdrukken": haar.pk,
        "sjop_terugroeping": Terugroepactie.objects.first().pk,
        "sjop_terugroepgezinnen": Terugroepactie.objects.first().pk,
    }
    paden = {
        p.name: "/" + re.sub(r"<[^>]+>", lambda _m, naam=p.name: str(met_id[naam]), str(p.pattern))
        for deel in get_resolver().url_patterns
        for p in getattr(deel, "url_patterns", [])
        if str(getattr(p, "name", None)).startswith("sjop")
    }
    assert len(paden) == 18

    def meet() -> dict[str, int]:
        gemeten = {}
        for naam, pad in paden.items():
            with CaptureQueriesContext(connection) as queries:
                tekst(client.get(pad))
            gemeten[naam] = len([q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])
        return gemeten

    weinig = meet()
    vul(20)
    assert meet() == weinig
    assert max(weinig.values()) <= 14


def test_an_item_comes_in_with_one_form_and_pressing_twice_takes_in_one(gebied, client):
    adres = f"/sjop/innemen/{categorie(gebied).pk}"
    sleutel = re.search(r'name="sleutel" value="([^"]+)"', tekst(client.get(adres)))[1]
    for _keer in range(2):
        antwoord = client.post(adres, {"maat": "62", "staat": "B", "sleutel": sleutel})
        assert antwoord.status_code == 302
    assert Inbreng.objects.count() == Mutatie.objects.count() == 1
    bladzijde = tekst(client.get(adres))
    assert Inbreng.objects.get().partij.code in bladzijde
    assert "Bekijk of maak ongedaan" in bladzijde


def test_faults_are_named_and_what_was_typed_stays(gebied, client):
    bladzijde = tekst(
        client.post(f"/sjop/innemen/{categorie(gebied, 'kinderwagen').pk}", {"staat": "B", "merk": "Wiebel"}), 409
    )
    assert 'href="#model"' in bladzijde
    assert 'value="Wiebel"' in bladzijde


@pytest.mark.parametrize(("code", "velden"), VERBODEN.values(), ids=VERBODEN.keys())
def test_the_block_list_holds_on_the_screen(gebied, client, code, velden):
    namen = {"houdbaar_tot": "houdbaarTot"}
    form = {namen.get(naam, naam): ("on" if waarde is True else str(waarde)) for naam, waarde in velden.items()}
    antwoord = client.post(f"/sjop/innemen/{categorie(gebied, code).pk}", {"staat": "B", **form})
    assert "blokkeerlijst" in tekst(antwoord, 409)
    assert not Inbreng.objects.exists()


def test_hand_out_by_label_and_what_lay_ready_together(gebied, client):
    haar, klaar, los = pas(gebied), ingebracht(gebied), ingebracht(gebied, "boeken")
    aanvraag = aangevraagd(haar, maat="62")
    adres = f"/sjop/passen/{haar.pk}"
    assert klaar.partij.code in tekst(client.get(adres))
    fout = client.post(adres, {"doe": "geven", "codes": "S-NIET99"})
    assert "Label S-NIET99 kennen we niet" in tekst(fout, 409)
    form = {"doe": "geven", "klaar": [str(aanvraag.pk)], "codes": los.partij.code.lower(), "sleutel": str(uuid4())}
    for _keer in range(2):
        assert client.post(adres, form).status_code == 302
    assert Sjopuitgifte.objects.count() == 2
    aanvraag.refresh_from_db()
    assert aanvraag.status == "gegeven"
    assert "Vul" not in tekst(client.get(adres))
    assert "Kies wat u meegeeft" in tekst(client.post(adres, {"doe": "geven"}), 409)


def test_ask_appoint_cancel(gebied, client):
    haar = pas(gebied)
    adres = f"/sjop/passen/{haar.pk}"
    client.post(adres, {"doe": "vragen", "categorie": str(categorie(gebied, "jassen").pk), "maat": "86"})
    aanvraag = Sjopaanvraag.objects.get()
    assert (aanvraag.status, aanvraag.maat) == ("wacht", "86")
    client.post(adres, {"doe": "annuleren", "aanvraag": str(aanvraag.pk)})
    aanvraag.refresh_from_db()
    assert aanvraag.status == "geannuleerd"
    bladzijde = tekst(client.get(f"/sjop/afspraken?pas={haar.pk}"))
    begin = re.search(r'name="begin" value="([^"]+)"', bladzijde)[1]
    assert client.post("/sjop/afspraken", {"pas": str(haar.pk), "begin": begin}).status_code == 302
    assert Sjopafspraak.objects.filter(vervallen_op__isnull=True).count() == 1
    client.post(adres, {"doe": "afzeggen"})
    assert Sjopafspraak.objects.filter(vervallen_op__isnull=True).count() == 0
    assert client.post("/sjop/afspraken", {"begin": begin}).status_code == 404


def test_loans_on_the_screen(gebied, client):
    stuk = ingebracht(gebied, "kinderstoel")
    lening = gegeven(pas(gebied), stuk).bruikleen
    form = {"lening": str(lening.pk), "doe": "langer"}
    for _keer in range(2):
        assert client.post("/sjop/bruiklenen", form).status_code == 302
    assert "Nog een keer kan niet" in tekst(client.post("/sjop/bruiklenen", form), 409)
    assert "is niet uitgeleend" in tekst(client.post("/sjop/bruiklenen", {"code": "S-22", "doe": "terug"}), 409)
    assert client.post("/sjop/bruiklenen", {"code": stuk.partij.code, "doe": "terug"}).status_code == 302
    assert Bruikleen.objects.get().status == "terug"


def test_the_list_and_the_settings_are_edited(gebied, client):
    form = {
        "naam": "Draagzak",
        "uitleg": "Proef.",
        "voorwaarde": "altijd",
        "woorden": "Draag zak, sling",
        "actief": "on",
    }
    assert client.post("/sjop/blokkeerlijst", form).status_code == 302
    assert "draagzak, sling" in tekst(client.get("/sjop/blokkeerlijst"))
    assert "Vul in wat het is" in tekst(client.post("/sjop/blokkeerlijst", {"naam": ""}), 409)
    soort = categorie(gebied)
    form = {"doe": "soort", "soort": str(soort.pk), "checklist": "Schoon\n\nHeel", "limiet": "", "actief": "on"}
    assert client.post("/sjop/soorten", form).status_code == 302
    soort.refresh_from_db()
    assert (soort.checklist, soort.limiet) == (["Schoon", "Heel"], None)
    form = {"doe": "limieten", "stuks_per_periode": "x", "periode_dagen": "30", "stuks_per_dag": "5", "leningen": "1"}
    assert "Vul een heel getal in" in tekst(client.post("/sjop/soorten", form), 409)
    assert client.post("/sjop/soorten", form | {"stuks_per_periode": "7"}).status_code == 302
    form = {"doe": "tijd", "weekdag": "3", "van": "10:00", "tot": "09:00", "slotMinuten": "30", "capaciteit": "2"}
    assert "na het begin" in tekst(client.post("/sjop/soorten", form), 409)
    assert client.post("/sjop/soorten", form | {"tot": "12:00"}).status_code == 302


@pytest.mark.parametrize("waarde", ["9" * 30, "-1", "10001", "1.5"])
def test_a_limit_is_a_number_that_can_be_kept(gebied, client, waarde):
    soort = categorie(gebied, "boeken")
    velden = ("stuks_per_periode", "periode_dagen", "stuks_per_dag", "leningen")
    for veld in velden:
        form = {"doe": "limieten", **dict.fromkeys(velden, "5"), veld: waarde}
        assert client.post("/sjop/soorten", form).status_code == 409
    form = {"doe": "soort", "soort": str(soort.pk), "checklist": "heel", "limiet": waarde}
    assert client.post("/sjop/soorten", form).status_code == 409


@pytest.mark.parametrize("periode", ["9999", "9999-12", "0001-01", "٢٠٢٦", "+202", "2026-13", "2026-1", "x"])
def test_a_period_that_is_none_is_this_month(gebied, client, periode):
    antwoord = client.get("/sjop/verslag", {"periode": periode, "soort": "csv"})
    maand = f"{clock.vandaag():%Y-%m}"
    assert antwoord["Content-Disposition"] == f'attachment; filename="sjop-{maand}.csv"'


def test_a_file_has_no_formulas_and_the_same_numbers(gebied, client):
    soort = categorie(gebied, "boeken")
    type(soort.artikel).objects.filter(pk=soort.artikel_id).update(naam="=1+1")
    ingebracht(gebied, "boeken", aantal=3)
    csv = client.get("/sjop/verslag?soort=csv").content.decode("utf-8-sig")
    assert csv.splitlines() == ["soort,ingebracht,gegeven,uitgeleend,weg", "'=1+1,3,0,0,0"]
    blad = openpyxl.load_workbook(io.BytesIO(client.get("/sjop/verslag?soort=xlsx").content)).active
    assert [cel.value for cel in blad[2]] == ["'=1+1", 3, 0, 0, 0]


def zoek(client, vraag):
    """The answer to looking for a family at the counter."""
    return client.post("/sjop/gezinnen", {"zoek": vraag})


def test_who_is_looked_for_never_stands_in_an_address(gebied, client):
    haar = pas(gebied, voornaam="Noor")
    pas(gebied, voornaam="Sem")
    for vraag in ("noo", haar.code.lower(), " Noor "):
        antwoord = zoek(client, vraag)
        assert antwoord.status_code == 302
        assert "noo" not in antwoord.url.lower()
        gevonden = tekst(client.get(antwoord.url))
        assert (f"Noor ({haar.code})" in gevonden, "Sem (" in gevonden) == (True, False)
    assert "Noor (" not in tekst(client.get("/sjop/gezinnen")), "only right after she asked"
    assert "Noor (" not in tekst(client.get("/sjop/gezinnen?zoek=noor"))


def test_nothing_of_a_family_but_a_first_name_is_on_any_page(gebied, client):
    familie = "gezin:0b6f0000-0000-4000-8000-000000000001"
    haar = pas(gebied, aanleiding=familie, voornaam="Noor", wijk="WK091720")
    aangevraagd(haar, "jassen", maat="86")
    gegeven(haar, ingebracht(gebied, "kinderstoel"))
    assert zoek(client, "no").url == "/sjop/gezinnen?gevonden"
    gezien = "".join(
        tekst(client.get(pad))
        for pad in (
            "/sjop/gezinnen?status=wacht&gevonden",
            f"/sjop/passen/{haar.pk}",
            "/sjop/bruiklenen",
            "/voorraad/boekingen",
        )
    )
    assert "Noor" in gezien
    assert "0b6f0000" not in gezien
    assert "WK091720" not in gezien
    for pad in ("/sjop/per-wijk", f"/sjop/terugroepen/{uuid4()}/gezinnen"):
        assert client.get(pad).status_code == 403


def test_a_label_and_a_pass_on_paper_carry_an_id_only(gebied, client):
    haar, stuk = pas(gebied, voornaam="Noor"), ingebracht(gebied)
    label = tekst(client.get(f"/sjop/labels?stuk={stuk.pk}"))
    assert f"<title>{stuk.partij.code}</title>" in label
    op_papier = tekst(client.get(f"/sjop/passen/{haar.pk}/afdrukken"))
    assert f"<title>{haar.code}</title>" in op_papier
    assert "Noor" not in op_papier


def test_somebody_else_does_not_get_in(gebied):
    for rol, status in (("jens", 403), ("ooievaarsmoeder", 403), ("coordinator", 200)):
        assert inloggen(gebied, rol).get("/sjop").status_code == status
    daar = ingebracht(sjopgebied())
    assert inloggen(gebied).get(f"/sjop/stukken/{daar.pk}").status_code == 404

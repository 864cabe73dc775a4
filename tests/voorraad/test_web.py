"""The pages of the stock: every one opens, does its work without JavaScript, and says refusals in words."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ooievaar.models import RolToekenning
from ooievaar.platform import clock
from tests.factories import (
    ArtikelFactory,
    GebiedFactory,
    LocatieFactory,
    OoievaarsmoederFactory,
    PartijFactory,
    doos,
    dozen_bij_moeder,
    gebruiker_met_rol,
    ontvangen,
)
from voorraad import models, selectors, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def artikel():
    return doos(GebiedFactory())


@pytest.fixture
def magazijn(artikel):
    return models.Locatie.objects.get(gebied=artikel.gebied, code="magazijn")


def inloggen(rol, artikel):
    client = Client()
    client.force_login(gebruiker_met_rol(rol, gebied=artikel.gebied))
    return client


@pytest.fixture
def client(artikel):
    return inloggen("coordinator", artikel)


def tekst(antwoord, status=200):
    assert antwoord.status_code == status, antwoord.content.decode()[:2000]
    return re.sub(r"\s+", " ", antwoord.content.decode())


PAGINAS = ["", "/boekingen", "/inpakken", "/partijen", "/tellingen", "/vouchers", "/vooruitkijken", "/te-doen"]
PAGINAS += ["/bestellingen", "/sluiten"]


@pytest.mark.parametrize("pad", PAGINAS)
def test_every_page_opens_empty_and_is_in_the_bar(client, pad):
    bladzijde = tekst(client.get(f"/voorraad{pad}"))
    assert f'href="/voorraad{pad}" aria-current="page"' in bladzijde
    assert len(re.findall("<h1>", bladzijde)) == 1


@pytest.mark.parametrize("pad", PAGINAS)
def test_other_roles_do_not_come_in(artikel, pad):
    for rol in ("jens", "ooievaarsmoeder", "gastvrouw"):
        assert inloggen(rol, artikel).get(f"/voorraad{pad}").status_code == 403
    verwacht = 200 if pad in ("", "/boekingen", "/tellingen") else 403
    assert inloggen("sjop", artikel).get(f"/voorraad{pad}").status_code == verwacht


def test_the_sjop_sees_its_own_stock_only(artikel, magazijn):
    romper = ArtikelFactory(gebied=artikel.gebied, soort="sjop", naam="Romper maat 62")
    sjop = models.Locatie.objects.get(gebied=artikel.gebied, code="sjop")
    ontvangen(romper, sjop, 2)
    ontvangen(artikel, sjop, 3)
    bladzijde = tekst(inloggen("sjop", artikel).get("/voorraad"))
    assert "Romper maat 62" in bladzijde
    assert "In de Box</th>" not in bladzijde


def test_balances_per_place_and_as_files_with_formulas_escaped(client, artikel, magazijn):
    boos = ArtikelFactory(gebied=artikel.gebied, naam="=HYPERLINK(1)", code="boos")
    ander = LocatieFactory(gebied=artikel.gebied, naam="Kelder")
    partij = PartijFactory(artikel=artikel, code="L-1", houdbaar_tot=clock.vandaag() - timedelta(days=1))
    ontvangen(artikel, magazijn, 7, partij=partij)
    ontvangen(boos, ander, 2)
    bladzijde = tekst(client.get("/voorraad"))
    assert "L-1" in bladzijde
    assert "voorbij" in bladzijde
    alleen = tekst(client.get(f"/voorraad?plek={ander.pk}"))
    assert "Kelder</td>" in alleen
    assert "L-1" not in alleen
    csv = client.get("/voorraad?soort=csv")
    assert csv["Content-Disposition"] == 'attachment; filename="voorraad.csv"'
    assert "'=HYPERLINK(1)" in csv.content.decode("utf-8-sig")
    blad = openpyxl.load_workbook(io.BytesIO(client.get("/voorraad?soort=xlsx").content)).active
    assert [cel.value for cel in blad["B"]][1:] == ["'=HYPERLINK(1)", "In de Box"]
    assert all(cel.data_type != "f" for rij in blad for cel in rij)


def test_a_booking_and_its_reversal_in_one_click(client, artikel, magazijn):
    data = {"soort": "ontvangst", "artikel": artikel.pk, "aantal": "12", "reden": "=levering"}
    assert "Geboekt: 12 van In de Box." in tekst(client.post("/voorraad/boekingen", data, follow=True))
    regel = models.Mutatie.objects.get()
    assert "'=levering" in client.get("/voorraad/boekingen?soort=csv").content.decode("utf-8-sig")
    terug = tekst(client.post(f"/voorraad/boekingen/{regel.pk}/terugdraaien", follow=True))
    assert "De boeking is teruggedraaid." in terug
    assert models.Stand.objects.get().aantal == 0
    weer = tekst(client.post(f"/voorraad/boekingen/{regel.pk}/terugdraaien"), 409)
    assert "Deze boeking is al teruggedraaid" in weer


@pytest.mark.parametrize(
    ("data", "woord"),
    [
        ({"aantal": "-1"}, "Vul een heel getal in van 1"),
        ({"aantal": "twee"}, "Vul een heel getal in."),
        ({"aantal": "1.5"}, "Vul een heel getal in."),
        ({"aantal": "1", "artikel": ""}, "Kies er een uit de lijst."),
        ({"aantal": "1", "artikel": "rommel"}, "Kies er een uit de lijst."),
        ({"aantal": "1", "soort": "weggooien"}, "Deze soort boeking kennen we niet."),
        ({"aantal": "5", "soort": "uitgifte", "van": "magazijn"}, "in-de-box"),
    ],
)
def test_a_refused_booking_says_why_and_keeps_what_was_typed(client, artikel, magazijn, data, woord):
    data = {"soort": "ontvangst", "artikel": str(artikel.pk), "reden": "bewaar mij", **data}
    if data.get("van"):
        data["van"] = str(magazijn.pk)
    bladzijde = tekst(client.post("/voorraad/boekingen", data), 409)
    assert woord in bladzijde
    assert 'role="alert"' in bladzijde
    assert "bewaar mij" in bladzijde
    assert not models.Mutatie.objects.exists()


def test_a_recipe_packing_and_taking_apart(client, artikel, magazijn):
    boekje, zeep = (ArtikelFactory(gebied=artikel.gebied, code=code, naam=code) for code in ("boekje", "zeep"))
    recept = {"doe": "recept", f"onderdeel-{boekje.pk}": "2", f"onderdeel-{zeep.pk}": "1"}
    assert "Versie 1 van het recept" in tekst(client.post("/voorraad/inpakken", recept, follow=True))
    ontvangen(boekje, magazijn, 10)
    ontvangen(zeep, magazijn, 4)
    assert "genoeg voor 4 dozen" in tekst(client.get("/voorraad/inpakken"))
    pak = {"doe": "inpakken", "aantal": "5", "plek": magazijn.pk}
    fout = tekst(client.post("/voorraad/inpakken", pak), 409)
    assert "van zeep zijn er 5 nodig en 4 bruikbaar" in fout
    assert "3 dozen ingepakt" in tekst(client.post("/voorraad/inpakken", {**pak, "aantal": "3"}, follow=True))
    partij = models.Partij.objects.get(artikel=artikel)
    uit = {"doe": "uitpakken", "aantal": "1", "plek": magazijn.pk, "partij": partij.pk}
    assert "1 doos uit elkaar gehaald" in tekst(client.post("/voorraad/inpakken", uit, follow=True))
    assert models.Stand.objects.get(artikel=boekje).aantal == 6
    assert client.post("/voorraad/inpakken", {"doe": "anders"}).status_code == 404
    leeg = tekst(client.post("/voorraad/inpakken", {"doe": "recept"}), 409)
    assert "Noem wat er in de doos gaat." in leeg


def test_a_recall_on_a_page(client, artikel):
    moeder = OoievaarsmoederFactory(gebied=artikel.gebied, naam="Fatma Voorbeeld")
    dozen_bij_moeder(moeder, 2, houdbaar_tot=clock.vandaag() + timedelta(days=300))
    partij = models.Partij.objects.get()
    services.dozen_reserveren(houder_id=moeder.pk, aanleiding="bezoek:x", onderdelen=["k"], nu=clock.nu())
    url = f"/voorraad/partijen/{partij.pk}"
    assert "Bij Fatma Voorbeeld" in tekst(client.get(url))
    assert partij.code in tekst(client.get(f"/voorraad/partijen?zoek={partij.code}"))
    assert "geen partijen" in tekst(client.get("/voorraad/partijen?zoek=bestaatniet"))
    terug = tekst(client.post(url, {"reden": "splinters"}, follow=True))
    assert "1 bezoek mist nu zijn beloofde doos" in terug
    assert "splinters" in terug
    assert "mag weer uitgaan" in tekst(client.post(url, {"doe": "intrekken"}, follow=True))
    assert tekst(client.get(f"{url}/gezinnen"))
    assert inloggen("coordinator", doos(GebiedFactory())).get(url).status_code == 404


def test_a_blind_count_on_a_page(client, artikel, magazijn):
    ontvangen(artikel, magazijn, 5)
    begin = client.post("/voorraad/tellingen", {"locatie": magazijn.pk, "blind": "on"})
    url = begin["Location"]
    bladzijde = tekst(client.get(url))
    assert "Volgens de boeken" not in bladzijde
    veld = f"geteld-{artikel.pk}-"
    assert "Bewaard: 1 regel." in tekst(client.post(url, {veld: "4", "doe": "bewaren"}, follow=True))
    assert "Geef bij elk verschil een reden" in tekst(client.post(url, {"doe": "vaststellen"}), 409)
    assert "heel getal" in tekst(client.post(url, {veld: "vier", "doe": "bewaren"}), 409)
    klaar = {veld: "4", f"reden-{artikel.pk}-": "zoek", "doe": "vaststellen"}
    assert "Geboekte verschillen: 1" in tekst(client.post(url, klaar, follow=True))
    assert models.Stand.objects.get(locatie=magazijn).aantal == 4
    assert "Volgens de boeken" in tekst(client.get(url))
    fout = tekst(client.post("/voorraad/tellingen", {"locatie": "x"}), 409)
    assert "Kies er een uit de lijst." in fout


def test_a_count_that_is_stopped_books_nothing(client, artikel, magazijn):
    ontvangen(artikel, magazijn, 5)
    url = client.post("/voorraad/tellingen", {"locatie": magazijn.pk})["Location"]
    assert "Er is niets geboekt." in tekst(client.post(url, {"doe": "stoppen"}, follow=True))


def test_vouchers_are_shown_once_brought_in_void_and_replaced(client, artikel):
    bladzijde = tekst(client.post("/voorraad/vouchers", {"doe": "maken", "aantal": "2", "serie": "najaar"}))
    codes = re.findall(r"<code>([^<]+)</code>", bladzijde)
    assert len(codes) == 2
    assert not any(code in tekst(client.get("/voorraad/vouchers")) for code in codes)
    gebruik = services.Vouchergebruik(artikel.gebied_id, "bezoek:x", "k", services.sporen(codes[0]), clock.nu())
    services.vouchers_uitgeven(gebruik=[gebruik], nu=clock.nu())
    gegeven = models.Voucher.objects.get(status="uitgegeven")
    url = f"/voorraad/vouchers/{gegeven.pk}/intrekken"
    assert "is ingetrokken" in tekst(client.post(url, {"reden": "verloren"}, follow=True))
    vervang = {"doe": "vervangen", "voucher": gegeven.pk, "code": codes[1]}
    assert "de andere voucher" in tekst(client.post("/voorraad/vouchers", vervang, follow=True))
    assert "Dat kan niet" in tekst(client.post("/voorraad/vouchers", {**vervang, "code": "xx"}), 409)
    assert "Kies waarom." in tekst(client.post(url, {"reden": "zomaar"}), 409)
    bestand = SimpleUploadedFile("v.csv", f"code\n{codes[0]}\nfout\n".encode())
    uit = tekst(client.post("/voorraad/vouchers", {"doe": "inlezen", "bestand": bestand}, follow=True))
    assert "Regel 2: Deze code hebben we al." in uit
    assert "Regel 3:" in uit
    assert "Kies een CSV-bestand" in tekst(client.post("/voorraad/vouchers", {"doe": "inlezen"}), 409)
    assert client.post("/voorraad/vouchers", {"doe": "niets"}).status_code == 404
    assert "geen vouchers die hierbij passen" in tekst(client.get("/voorraad/vouchers?status=verlopen"))


def test_a_code_that_does_not_fit_is_work_on_the_page(client, artikel):
    gebruik = services.Vouchergebruik(artikel.gebied_id, "bezoek:x", "k", services.sporen("ZWEM-99"), clock.nu())
    services.vouchers_uitgeven(gebruik=[gebruik], nu=clock.nu())
    assert "deze code kennen we niet" in tekst(client.get("/voorraad/vouchers"))
    melding = models.Vouchermelding.objects.get()
    url = f"/voorraad/vouchermeldingen/{melding.pk}"
    assert "Genoteerd." in tekst(client.post(url, {"opmerking": "gebeld"}, follow=True))
    assert "deze code kennen we niet" not in tekst(client.get("/voorraad/vouchers"))


def test_the_forecast_is_drawn_and_a_table(client, artikel):
    bladzijde = tekst(client.get("/voorraad/vooruitkijken?weken=13"))
    assert bladzijde.count('<rect class="balk"') == 13
    assert "ongeveer 0 dozen" in bladzijde
    csv = client.get("/voorraad/vooruitkijken?soort=csv").content.decode("utf-8-sig")
    assert csv.splitlines()[0] == "week,begin,eind,bekend,verwacht,laag,hoog"
    assert len(csv.splitlines()) == 9


@pytest.mark.parametrize("pad", ["", "/boekingen", "/partijen", "/tellingen", "/vouchers", "/te-doen"])
def test_a_page_costs_the_same_for_2_and_for_30_rows(client, artikel, magazijn, pad, django_assert_max_num_queries):
    for keer in (2, 28):
        for _nummer in range(keer):
            ding = ArtikelFactory(gebied=artikel.gebied)
            ontvangen(ding, magazijn, 1, partij=PartijFactory(artikel=ding))
            services.telling_beginnen(locatie=magazijn, artikelen=None, blind=False, door=None, nu=clock.nu())
            services.vouchers_maken(gebied_id=artikel.gebied_id, aantal=1, geldig_tot=None, serie="", nu=clock.nu())
            ontvangen(artikel, magazijn, 1)
            services.mutatie_boeken(soort="uitgifte", artikel=artikel, van=magazijn, aantal=1, door=None, nu=clock.nu())
        with django_assert_max_num_queries(12):
            antwoord = client.get(f"/voorraad{pad}")
        assert len(antwoord.content) < 60_000
    assert selectors.standen_kloppen() == []


def test_a_few_articles_are_counted_and_the_rest_stays_off_the_list(client, artikel, magazijn):
    ontvangen(artikel, magazijn, 3)
    boekje = ArtikelFactory(gebied=artikel.gebied, naam="Boekje voor de proef")
    ontvangen(boekje, magazijn, 5)
    antwoord = client.post("/voorraad/tellingen", {"locatie": magazijn.pk, "artikel": [boekje.pk]}, follow=True)
    bladzijde = tekst(antwoord)
    assert 'scope="row">Boekje voor de proef<' in bladzijde
    assert f'scope="row">{artikel.naam}<' not in bladzijde
    telling = models.Telling.objects.get()
    assert not telling.volledig
    client.post(f"/voorraad/tellingen/{telling.pk}", {f"geteld-{boekje.pk}-": "5", "doe": "vaststellen"})
    telling.refresh_from_db()
    assert telling.status == "vastgesteld"
    assert models.Stand.objects.get(artikel=artikel, locatie=magazijn).aantal == 3


def test_what_is_found_in_an_empty_place_is_counted_with_its_lot(client, artikel, magazijn):
    partij = PartijFactory(artikel=artikel, code="PROEF-7")
    client.post("/voorraad/tellingen", {"locatie": magazijn.pk})
    pad = f"/voorraad/tellingen/{models.Telling.objects.get().pk}"
    gevonden = {"doe": "gevonden", "artikel": artikel.pk, "geteld": "2"}
    assert "Deze partij kennen wij niet" in tekst(client.post(pad, {**gevonden, "partij": "onbekend"}), 409)
    assert "Vul een heel getal in" in tekst(client.post(pad, {**gevonden, "geteld": "twee"}), 409)
    assert "Kies er een uit de lijst" in tekst(client.post(pad, {**gevonden, "artikel": magazijn.pk}), 409)
    bladzijde = tekst(client.post(pad, {**gevonden, "partij": "proef-7"}, follow=True))
    assert "staat nu op de lijst" in bladzijde
    assert "PROEF-7" in bladzijde
    client.post(pad, {"doe": "vaststellen"})
    assert models.Stand.objects.get(artikel=artikel, partij=partij, locatie=magazijn).aantal == 2


def test_an_order_is_written_down_and_comes_in_with_its_lot(client, artikel, magazijn):
    morgen = (clock.vandaag() + timedelta(days=1)).isoformat()
    fout = client.post("/voorraad/bestellingen", {"artikel": artikel.pk, "aantal": "0", "verwachtOp": morgen})
    assert "Vul een heel getal in van 1" in tekst(fout, 409)
    client.post("/voorraad/bestellingen", {"artikel": artikel.pk, "aantal": "40", "verwachtOp": morgen})
    bestelling = models.Bestelling.objects.get()
    pad = f"/voorraad/bestellingen/{bestelling.pk}"
    binnen = {"doe": "ontvangen", "naar": magazijn.pk, "aantal": "38"}
    assert "hoort de code van de partij" in tekst(client.post(pad, {**binnen, "houdbaarTot": "2028-01-31"}), 409)
    assert "Vul een dag in" in tekst(client.post(pad, {**binnen, "partij": "N-1", "houdbaarTot": "straks"}), 409)
    bladzijde = tekst(client.post(pad, {**binnen, "partij": "N-1", "houdbaarTot": "2028-01-31"}, follow=True))
    assert "is binnen" in bladzijde
    stand = models.Stand.objects.get(artikel=artikel, locatie=magazijn)
    assert (stand.aantal, stand.partij.code, str(stand.partij.houdbaar_tot)) == (38, "N-1", "2028-01-31")
    assert models.Stand.objects.get(artikel=artikel, locatie=magazijn).aantal == 38
    client.post(pad, {**binnen, "partij": "N-1"})  # pressed twice
    assert models.Stand.objects.get(artikel=artikel, locatie=magazijn).aantal == 38


def test_a_known_lot_with_another_date_is_asked_about(client, artikel, magazijn):
    PartijFactory(artikel=artikel, code="N-2", houdbaar_tot=clock.vandaag() + timedelta(days=400))
    bestelling = services.bestellen(artikel=artikel, aantal=5, verwacht_op=clock.vandaag(), kenmerk="", nu=clock.nu())
    binnen = {"doe": "ontvangen", "naar": magazijn.pk, "aantal": "5", "partij": "n-2", "houdbaarTot": "2031-01-31"}
    fout = client.post(f"/voorraad/bestellingen/{bestelling.pk}", binnen)
    assert "met een andere datum" in tekst(fout, 409)
    bestelling.refresh_from_db()
    assert bestelling.status == "open"


def test_an_order_that_does_not_come_and_one_of_another_area(client, artikel):
    bestelling = services.bestellen(
        artikel=artikel, aantal=5, verwacht_op=clock.vandaag(), kenmerk="PROEF", nu=clock.nu()
    )
    vreemd = services.bestellen(
        artikel=doos(GebiedFactory()), aantal=5, verwacht_op=clock.vandaag(), kenmerk="", nu=clock.nu()
    )
    assert client.post(f"/voorraad/bestellingen/{vreemd.pk}", {"doe": "annuleren"}).status_code == 404
    bladzijde = tekst(client.post(f"/voorraad/bestellingen/{bestelling.pk}", {"doe": "annuleren"}, follow=True))
    assert "Deze bestelling komt niet" in bladzijde
    vreemd.refresh_from_db()
    assert vreemd.status == "open"


def test_the_books_are_closed_after_a_second_yes(client, artikel):
    gisteren = (clock.vandaag() - timedelta(days=1)).isoformat()
    assert "Weet u het zeker" in tekst(client.post("/voorraad/sluiten", {"totEnMet": gisteren}), 409)
    assert not models.Periodesluiting.objects.exists()
    vandaag = {"totEnMet": clock.vandaag().isoformat(), "zeker": "ja"}
    assert "een dag die voorbij is" in tekst(client.post("/voorraad/sluiten", vandaag), 409)
    bladzijde = tekst(client.post("/voorraad/sluiten", {"totEnMet": gisteren, "zeker": "ja"}, follow=True))
    assert "De boeken zijn gesloten tot en met" in bladzijde
    assert models.Periodesluiting.objects.get().tot_en_met.isoformat() == gisteren


ONLEESBAAR = "a\x07b\x0bc"


def test_signs_that_nobody_can_type_break_no_page_and_no_file(client, artikel, magazijn):
    boeking = {"soort": "ontvangst", "artikel": artikel.pk, "aantal": "3", "naar": magazijn.pk, "reden": ONLEESBAAR}
    order = {"artikel": artikel.pk, "aantal": "3", "verwachtOp": "2026-12-24", "kenmerk": ONLEESBAAR}
    for pad, gegevens in (
        ("/boekingen", boeking),
        ("/bestellingen", order),
        ("/vouchers", {"doe": "maken", "aantal": "1", "serie": ONLEESBAAR}),
    ):
        assert client.post(f"/voorraad{pad}", gegevens).status_code in (200, 302), pad
    assert client.get("/voorraad/partijen", {"zoek": ONLEESBAAR}).status_code == 200
    assert models.Mutatie.objects.get(soort="ontvangst").reden == "abc"
    assert models.Voucher.objects.get().serie == "abc"
    # What the database keeps nowhere is refused before any page looks at it.
    assert client.post("/voorraad/boekingen", boeking | {"reden": "a\0b"}).status_code == 400
    assert models.Mutatie.objects.count() == 1


def test_a_sign_that_xml_has_no_place_for_leaves_the_workbook_whole(client, artikel, magazijn):
    ontvangen(artikel, magazijn, 1)
    models.Artikel.objects.filter(pk=artikel.pk).update(naam="Doos\x0b \uff1d1")
    for pad in ("", "/boekingen"):
        assert client.get(f"/voorraad{pad}", {"soort": "xlsx"}).status_code == 200


def test_who_coordinates_two_areas_says_which_books_are_closed(artikel):
    ander = doos(GebiedFactory()).gebied
    gebruiker = gebruiker_met_rol("coordinator", gebied=artikel.gebied)
    RolToekenning.objects.create(gebruiker=gebruiker, rol="coordinator", gebied=ander)
    client = Client()
    client.force_login(gebruiker)
    gisteren = {"totEnMet": (clock.vandaag() - timedelta(days=1)).isoformat(), "zeker": "ja"}
    assert "Noem het gebied" in tekst(client.post("/voorraad/sluiten", gisteren), 409)
    assert not models.Periodesluiting.objects.exists()
    client.post("/voorraad/sluiten", {**gisteren, "gebied": ander.code})
    assert models.Periodesluiting.objects.get().gebied_id == ander.pk

"""The block-list attacked by every route there is: service, API, ledger, catalogue, count, plain SQL.

The screen and the phone have their own tests (test_schermen.py, tests/bezoeken/sjop); there is no import of files.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ooievaar.platform import clock
from tests.factories.sjop import aangevraagd, categorie, gegeven, ingebracht, pas, sjopgebied
from voorraad.models import Artikel, Blokkade, Inbreng, Locatie, Mutatie, Partij, Sjopcategorie, Stand, Terugroepactie
from voorraad.services import sjop
from voorraad.services.sjop.blokkeren import blokkeerlijst, keur
from voorraad.sjopfouten import OpBlokkeerlijst
from voorraad.sjopregels import sleutel

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)

# What nobody may bring: (kind of goods, what is written down).
VERBODEN: dict[str, tuple[str, dict[str, Any]]] = {
    "autostoel": ("autostoel", {}),
    "nieuwe autostoel": ("autostoel", {"nieuw": True, "staat": "A"}),
    "autostoel onder een andere naam": ("overig", {"omschrijving": "Maxi-Cosi, bijna nieuw"}),
    "autostoel met spaties en hoofdletters": ("overig", {"omschrijving": "A U T O stoel"}),
    "autostoel met accenten": ("overig", {"omschrijving": "autóstôel"}),
    "autostoel met brede letters": ("overig", {"omschrijving": "\uff21\uff35\uff34\uff2fstoel"}),
    "autostoel als merk": ("overig", {"merk": "Auto", "model": "stoel 3000"}),
    "autostoel als wagen": ("kinderwagen", {"merk": "Voorbeeldmerk", "model": "Rol 2 met isofix"}),
    "gebruikte matras": ("matras", {}),
    "gebruikte matras onder een andere naam": ("beddengoed", {"omschrijving": "klein matrasje"}),
    "bed zonder merk": ("bed", {"merk": "---", "model": "?"}),
    "wieg zonder merk": ("overig", {"omschrijving": "Wieg van hout"}),
    "fles": ("fles-speen", {"nieuw": True}),
    "speen onder een andere naam": ("speeltjes", {"omschrijving": "Fop-speen"}),
    "open voeding": ("voeding", {"houdbaar_tot": clock.vandaag() + 90 * DAG}),
    "oude voeding": ("voeding", {"ongeopend": True, "houdbaar_tot": clock.vandaag() - DAG}),
    "voeding zonder datum": ("overig", {"omschrijving": "Melkpoeder", "ongeopend": True}),
}
TOEGESTAAN: dict[str, tuple[str, dict[str, Any]]] = {
    "nieuwe matras": ("matras", {"nieuw": True}),
    "dichte voeding": ("voeding", {"ongeopend": True, "houdbaar_tot": clock.vandaag()}),
    "bed met merk": ("bed", {"merk": "Voorbeeldmerk", "model": "Droom 1"}),
    "beddengoed": ("beddengoed", {"omschrijving": "Hoeslaken"}),
}


def goed(velden: dict[str, Any]) -> sjop.Goed:
    return sjop.Goed(**{"staat": "B", **velden})


@pytest.mark.parametrize(("code", "velden"), VERBODEN.values(), ids=VERBODEN.keys())
def test_it_does_not_come_in_by_the_service_the_api_or_the_database(als, code, velden):
    gebied = sjopgebied()
    soort = categorie(gebied, code)
    with pytest.raises(OpBlokkeerlijst) as fout:
        sjop.inbreng_boeken(categorie=soort, goed=goed(velden), door=None, nu=clock.nu())
    assert fout.value.extra["blokkade"]

    body = {_camel(naam): str(w) if naam == "houdbaar_tot" else w for naam, w in {"staat": "B", **velden}.items()}
    antwoord = als("sjop", gebied=gebied).post(
        "/api/v1/sjop-inbrengen", {"categorie": str(soort.pk), **body}, format="json"
    )
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "opBlokkeerlijst")

    partij = Partij.objects.create(artikel=soort.artikel, code="los")
    for status in ("vrij", "quarantaine"):
        with pytest.raises(DatabaseError, match="op de blokkeerlijst"), transaction.atomic():
            Inbreng.objects.create(
                categorie=soort, partij=partij, status=status, ingebracht_op=clock.nu(), **{"staat": "B", **velden}
            )
    assert not Inbreng.objects.exists()
    assert not Mutatie.objects.exists()


def _camel(naam: str) -> str:
    eerste, *rest = naam.split("_")
    return eerste + "".join(deel.capitalize() for deel in rest)


@pytest.mark.parametrize(("code", "velden"), TOEGESTAAN.values(), ids=TOEGESTAAN.keys())
def test_what_may_come_in_does(code, velden):
    soort = categorie(sjopgebied(), code)
    assert sjop.inbreng_boeken(categorie=soort, goed=goed(velden), door=None, nu=clock.nu()).pk


def test_it_does_not_come_in_by_the_ledgers_own_routes(als):
    gebied = sjopgebied()
    client = als("sjop", gebied=gebied)
    mutaties = "/api/v1/voorraadmutaties"
    for code in ("autostoel", "matras", "rompers"):
        artikel = str(categorie(gebied, code).artikel_id)
        antwoord = client.post(mutaties, {"soort": "ontvangst", "artikel": artikel, "aantal": 1}, format="json")
        assert (antwoord.status_code, antwoord.json()["code"]) == (409, "viaDeSjop"), code
    # What waits for its check is not moved to the shelf, handed out, or taken back by hand either.
    stuk = ingebracht(gebied, "speeltjes", vrij=False)
    regel = Mutatie.objects.get(partij=stuk.partij)
    apart, gezin = regel.naar, Locatie.objects.get(gebied=gebied, code="gezin")
    schap = Locatie.objects.get(gebied=gebied, code="sjop")
    for soort, naar in (("uitgifte", gezin), ("verplaatsing", schap), ("correctie", None)):
        body = {
            "soort": soort,
            "artikel": str(regel.artikel_id),
            "partij": str(stuk.partij_id),
            "van": str(apart.pk),
            "aantal": 1,
        }
        antwoord = client.post(mutaties, body | ({"naar": str(naar.pk)} if naar else {}), format="json")
        assert (antwoord.status_code, antwoord.json()["code"]) == (409, "viaDeSjop"), soort
    antwoord = client.post(f"{mutaties}/{regel.pk}/terugdraaiing", {"reden": "x"}, format="json")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "viaDeSjop")
    assert Mutatie.objects.count() == 1


def test_an_article_of_its_own_is_no_way_round(als):
    gebied = sjopgebied()
    client = als("sjop", gebied=gebied)
    for naam in ("Autostoel groep 1", "Matras 60x120", "Fles-sen"):
        body = {"code": "eigen", "naam": naam, "soort": "sjop"}
        antwoord = client.post("/api/v1/artikelen", body, format="json")
        assert (antwoord.status_code, antwoord.json()["code"]) == (409, "opBlokkeerlijst"), naam
    # Nor a harmless name that is changed later, nor taking the block away.
    nieuw = client.post(
        "/api/v1/artikelen", {"code": "eigen", "naam": "Luiertas", "soort": "sjop"}, format="json"
    ).json()
    antwoord = client.patch(f"/api/v1/artikelen/{nieuw['id']}", {"naam": "Autostoel"}, format="json")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "opBlokkeerlijst")
    autostoel = categorie(gebied, "autostoel").artikel_id
    antwoord = client.patch(f"/api/v1/artikelen/{autostoel}", {"geblokkeerd": False}, format="json")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "opBlokkeerlijst")
    # Nor calling a blocked kind of goods something else.
    matras = categorie(gebied, "matras")
    antwoord = client.patch(f"/api/v1/sjop-categorieen/{matras.pk}", {"naam": "Zachte autostoel"}, format="json")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "opBlokkeerlijst")


def test_a_count_finds_nothing_that_was_never_taken_in(als):
    gebied = sjopgebied()
    ingebracht(gebied)
    client = als("sjop", gebied=gebied)
    schap = Locatie.objects.get(gebied=gebied, code="sjop")
    telling = client.post("/api/v1/tellingen", {"locatie": str(schap.pk)}, format="json").json()["id"]
    artikel = categorie(gebied, "autostoel").artikel
    partij = Partij.objects.create(artikel=artikel, code="gevonden")
    for lot in (None, str(partij.pk)):
        body = {"artikel": str(artikel.pk), "partij": lot, "geteld": 1, "reden": "gevonden"}
        antwoord = client.put(f"/api/v1/tellingen/{telling}/regels", body, format="json")
        assert antwoord.status_code == 400, antwoord.json()
        assert antwoord.json()["invalidParams"][0]["name"] == "partij"


def test_an_edit_of_the_list_sets_apart_what_lies_here_and_lets_nobody_have_it(als):
    gebied = sjopgebied()
    stuk, ander = ingebracht(gebied, "slaapzakken"), ingebracht(gebied, "rompers")
    aanvraag = aangevraagd(pas(gebied), "slaapzakken")
    assert aanvraag.status == "toegezegd"
    body = {"naam": "Slaapzak", "uitleg": "Proef.", "voorwaarde": "altijd", "woorden": ["Slaap zak"]}
    antwoord = als("sjop", gebied=gebied).post("/api/v1/sjop-blokkades", body, format="json")
    assert (antwoord.status_code, antwoord.json()["woorden"]) == (201, ["slaapzak"])
    for rij in (stuk, ander, aanvraag):
        rij.refresh_from_db()
    assert (stuk.status, ander.status, aanvraag.status) == ("geblokkeerd", "vrij", "wacht")
    assert Stand.objects.get(partij=stuk.partij, locatie__code="sjop").aantal == 0
    assert Artikel.objects.get(pk=stuk.categorie.artikel_id).geblokkeerd
    with pytest.raises(OpBlokkeerlijst):
        sjop.inbreng_goedkeuren(inbreng_id=stuk.pk, afgevinkt=[], door=None, nu=clock.nu())
    # Taken off the list again: a person checks it, and then it may go.
    rij = Blokkade.objects.get(naam="Slaapzak")
    sjop.blokkade_bewaren(
        gebied_id=gebied.pk, blokkade=rij, naam=rij.naam, uitleg=rij.uitleg, voorwaarde=rij.voorwaarde,
        categorie=None, woorden=rij.woorden, actief=False, door=None, nu=clock.nu(),
    )  # fmt: skip
    sjop.inbreng_goedkeuren(inbreng_id=stuk.pk, afgevinkt=[], door=None, nu=clock.nu())
    aanvraag.refresh_from_db()
    assert aanvraag.status == "toegezegd"


def test_food_that_expired_on_the_shelf_is_not_handed_out():
    gebied = sjopgebied()
    stuk = ingebracht(gebied, "voeding", ongeopend=True, houdbaar_tot=clock.vandaag())
    met_pas = pas(gebied)
    with pytest.raises(OpBlokkeerlijst):
        sjop.uitgeven(pas_id=met_pas.pk, keuzes=[sjop.Keuze(stuk.pk)], door=None, nu=clock.nu() + DAG)
    assert gegeven(met_pas, stuk).aantal == 1


def test_a_recall_finds_what_lies_here_what_is_on_loan_and_what_was_given(als):
    gebied = sjopgebied()
    merk = {"merk": "Wiebel & Zn.", "model": "Rol-2"}
    # Lent out is the rule for this kind; given for good is a mistake of the list, and found all the same.
    hier, geleend = ingebracht(gebied, "kinderwagen", **merk), ingebracht(gebied, "kinderwagen", **merk)
    ander = ingebracht(gebied, "kinderwagen", merk="Wiebel & Zn.", model="Rol 3")
    lening = gegeven(pas(gebied, voornaam="Sam"), geleend).bruikleen
    Sjopcategorie.objects.filter(pk=hier.categorie_id).update(uitleen=False)
    weg = ingebracht(gebied, "kinderwagen", **merk)
    gegeven(pas(gebied), weg)
    body = {"merk": "WIEBEL en zn", "model": "rol2", "uitleg": "De rem laat los."}
    client = als("sjop", gebied=gebied)
    niets = client.post("/api/v1/sjop-terugroepingen", body, format="json")
    assert niets.json()["vindplaatsen"] == []  # "&" is no "en": a brand is not guessed
    antwoord = client.post("/api/v1/sjop-terugroepingen", body | {"merk": "wiebel zn"}, format="json")
    assert antwoord.status_code == 201
    gevonden = {v["code"]: v["waar"] for v in antwoord.json()["vindplaatsen"]}
    assert gevonden == {hier.partij.code: "hier", geleend.partij.code: "geleend", weg.partij.code: "gegeven"}
    for rij in (hier, geleend, ander):
        rij.refresh_from_db()
    assert (hier.status, geleend.status, ander.status) == ("geblokkeerd", "geblokkeerd", "vrij")
    # What comes back does not go out again, and no other one comes in.
    sjop.bruikleen_terugnemen(bruikleen_id=lening.pk, door=None, nu=clock.nu())
    with pytest.raises(OpBlokkeerlijst):
        sjop.inbreng_goedkeuren(inbreng_id=geleend.pk, afgevinkt=geleend.categorie.checklist, door=None, nu=clock.nu())
    with pytest.raises(OpBlokkeerlijst):
        ingebracht(gebied, "kinderwagen", **merk)
    actie = Terugroepactie.objects.get(merk="wiebel zn")
    sjop.merk_terugroepen_intrekken(actie_id=actie.pk, nu=clock.nu())
    assert ingebracht(gebied, "kinderwagen", **merk).status == "vrij"


class WoordenKloppen(TestCase):
    """The spelling in which words are compared is the same in Python and in SQL, whatever people type."""

    @settings(max_examples=300)
    @given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30))
    def test_python_and_postgresql_agree(self, tekst):
        from voorraad.models.sjopwachters import sleutel_sql

        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {sleutel_sql('%s::text')}", [tekst])
            assert cursor.fetchone()[0] == sleutel(tekst)


@pytest.mark.parametrize(("code", "velden"), [*VERBODEN.values(), *TOEGESTAAN.values()])
def test_python_and_the_guard_of_the_database_say_the_same(code, velden):
    gebied = sjopgebied()
    soort = categorie(gebied, code)
    stuk = Inbreng(categorie=soort, status="vrij", ingebracht_op=clock.nu(), **{"staat": "B", **velden})
    mag = keur(stuk, blokkeerlijst(gebied.pk), clock.vandaag()) is None
    stuk.partij = Partij.objects.create(artikel=soort.artikel, code="los")
    try:
        with transaction.atomic():
            stuk.save()
    except DatabaseError:
        assert not mag
    else:
        assert mag

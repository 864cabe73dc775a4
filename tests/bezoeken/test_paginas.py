"""Every page of the coordinator: at most 12 queries and 60 KB whatever the number of rows, and none forgotten here."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from bezoeken.intake.normaliseren import Melding
from bezoeken.models import (
    Alarm,
    Cafeaanmelding,
    Cafeuitnodiging,
    Geboorteimport,
    Geboortemelding,
    Handeling,
    Incheck,
    Poging,
)
from notifications.models import Briefpartij, Onbereikbaar
from ooievaar.models import Gezinskoppeling
from ooievaar.platform import clock
from tests.factories import (
    ContactpersoonFactory,
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    SjpruutcafeFactory,
    WijkFactory,
    bezoek_met_kinderen,
    cafegezin,
    gebruiker_met_rol,
    toegewezen_bezoek,
)
from tests.factories.notifications import BerichtFactory

pytestmark = pytest.mark.django_db
MEESTE_QUERIES = 12
MEESTE_BYTES = 60_000  # of HTML as it is made, not compressed


class Wereld:
    """A Gebied with n of everything. Every call makes n more; `pad` values are of the last one made."""

    def __init__(self) -> None:
        self.wijk = WijkFactory(gebied=GebiedFactory())
        self.coordinator = gebruiker_met_rol("coordinator", gebied=self.wijk.gebied)
        self.moeder = OoievaarsmoederFactory(gebied=self.wijk.gebied)
        self.gezin = GezinFactory(wijk=self.wijk)
        self.cafe = SjpruutcafeFactory(gebied=self.wijk.gebied)
        self.contact = ContactpersoonFactory(gezin=self.gezin)
        self.client = Client()
        self.client.force_login(self.coordinator)

    def vul(self, aantal: int) -> None:
        nu, gebied = clock.nu(), self.wijk.gebied
        for nummer in range(aantal):
            gezin = GezinFactory(wijk=self.wijk)
            dagen = 25 + nummer % 70
            self.open = bezoek_met_kinderen(gezin=gezin, geboortedatum=clock.vandaag() - timedelta(days=dagen))
            self.bezoek = toegewezen_bezoek(
                self.moeder, aanvaard=nummer % 2 == 0, gezin=self.gezin, geboortedatum=clock.vandaag()
            )
            OoievaarsmoederFactory(gebied=gebied)
            Poging.objects.create(bezoek=self.bezoek, moment=nu, soort="telefoon", uitkomst="geenGehoor", gelogd_op=nu)
            self.bericht = BerichtFactory(gezin=self.gezin, status="mislukt")
            self.partij = Briefpartij.objects.create(gebied=gebied, gemaakt_op=nu, gemaakt_door=self.coordinator)
            self.nummer = Onbereikbaar.objects.create(gezin=gezin, kanaal="sms", fout="onbekendNummer", sinds=nu)
            melding = Melding("jgz", f"k-{nummer}", clock.vandaag(), achternaam="Wacht-Voorbeeld")
            self.melding = Geboortemelding.objects.create(
                gebied=gebied,
                bron="jgz",
                kenmerk=f"k-{Geboortemelding.objects.count()}",
                inhoud_hash="0" * 64,
                gegevens=melding.als_gegevens(),
                wijk=self.wijk,
                status="teBeoordelen",
                redenen=["mogelijkDubbel"],
                lijkt_op=self.bezoek.kinderen.get().pasgeborene,
                gemeld_op=nu,
            )
            incheck = Incheck.objects.create(
                bezoek=self.bezoek,
                ooievaarsmoeder=OoievaarsmoederFactory(gebied=gebied),
                ingecheckt_op=nu - timedelta(hours=2),
                verwachte_minuten=60,
                verwacht_eind=nu - timedelta(hours=1),
            )
            self.alarm = Alarm.objects.create(incheck=incheck, gestart_op=nu)
            self.handeling = Handeling.objects.create(
                handeling=uuid4(),
                gebruiker=self.coordinator,
                ooievaarsmoeder=self.moeder,
                gebied=gebied,
                bezoek=self.bezoek,
                soort="weigering",
                moment=nu,
                ontvangen_op=nu,
                inhoud_hash="0" * 64,
                status="geparkeerd",
                reden="overgedragen",
                gegevens={},
            )
            SjpruutcafeFactory(gebied=gebied, gastvrouwen=[gebruiker_met_rol("gastvrouw", gebied=gebied)])
            Cafeaanmelding.objects.create(
                cafe=self.cafe,
                gezin=gezin,
                status="wachtlijst",
                volgnummer=Cafeaanmelding.objects.count(),
                via="link",
                aangemeld_op=nu,
            )
            genood = cafegezin(wijk=self.wijk)
            Cafeuitnodiging.objects.create(
                cafe=self.cafe, gezin=genood, reden="regel", dag=clock.vandaag(), uitgenodigd_op=nu
            )
            een, ander = sorted([gezin.pk, self.gezin.pk])
            self.koppeling = Gezinskoppeling.objects.create(
                een_id=een, ander_id=ander, gronden=["telefoonnummer"], voorgesteld_op=nu
            )
            self.geboorteimport = Geboorteimport.objects.create(
                gebied=gebied,
                door=self.coordinator,
                begonnen_op=nu,
                status="klaar",
                fouten=[
                    {"regel": n, "veld": "kenmerk", "reden": "verplicht", "tekst": "Dit moet ingevuld zijn."}
                    for n in range(aantal * 10)
                ],
            )


PADEN: dict[str, Callable[[Wereld], str]] = {
    "vandaag": lambda w: "/vandaag",
    "bezoeken": lambda w: "/bezoeken",
    "bezoek_toewijzen": lambda w: f"/bezoeken/{w.open.pk}/toewijzen",
    "bezoek_handeling": lambda w: f"/bezoeken/{w.open.pk}/sluiting",
    "gezin": lambda w: f"/gezinnen/{w.gezin.pk}",
    "gezin_verhaal": lambda w: f"/gezinnen/{w.gezin.pk}/verhaal",
    "gezinnen_zoeken": lambda w: "/gezinnen",
    "contact_handeling": lambda w: f"/contactpersonen/{w.contact.pk}/wijzigen",
    "gezin_van_bezoek": lambda w: f"/bezoeken/{w.open.pk}/gezin",
    "gezin_handeling": lambda w: f"/gezinnen/{w.gezin.pk}/contactstop",
    "kind_handeling": lambda w: f"/pasgeborenen/{w.open.kinderen.get().pasgeborene_id}/overlijden",
    "importeren": lambda w: "/import",
    "import": lambda w: f"/import/{w.geboorteimport.pk}",
    "import_voorbeeld": lambda w: "/import/voorbeeld.csv",
    "meldingen": lambda w: "/meldingen",
    "melding": lambda w: f"/meldingen/{w.melding.pk}",
    "moeder_overdragen": lambda w: f"/ooievaarsmoeders/{w.moeder.pk}/overdragen",
    "planbord": lambda w: "/planbord",
    "moeders": lambda w: "/ooievaarsmoeders",
    "moeder": lambda w: f"/ooievaarsmoeders/{w.moeder.pk}",
    "veiligheid": lambda w: "/veiligheid",
    "alarm": lambda w: f"/veiligheid/alarmen/{w.alarm.pk}",
    "handeling": lambda w: f"/vastgelegd/{w.handeling.pk}",
    "koppeling": lambda w: f"/koppelingen/{w.koppeling.pk}",
    "berichten": lambda w: "/berichten",
    "brieven": lambda w: "/berichten/brieven",
    "brieven_pdf": lambda w: f"/berichten/brieven/{w.partij.pk}/pdf",
    "brieven_gestopt": lambda w: f"/berichten/brieven/{w.partij.pk}/gestopt",
    "teksten": lambda w: "/berichten/teksten",
    "tekst": lambda w: "/berichten/teksten/aankondiging/brief/ar",
    "nummer": lambda w: f"/berichten/nummers/{w.nummer.pk}",
    "herinneringen": lambda w: "/herinneringen?dagen=7",
    "herinnering": lambda w: "/herinneringen/aankondiging/gezin",
    "bericht": lambda w: f"/berichten/{w.bericht.pk}",
    "cafes": lambda w: "/sjpruutcafes",
    "cafe_plannen": lambda w: "/sjpruutcafes/nieuw",
    "cafe_regels": lambda w: "/sjpruutcafes/regels",
    "cafe_plekken": lambda w: "/sjpruutcafes/plekken",
    "cafe_plek_nieuw": lambda w: "/sjpruutcafes/plekken/nieuw",
    "cafe_plek": lambda w: f"/sjpruutcafes/plekken/{w.cafe.plaats_id}",
    "cafe": lambda w: f"/sjpruutcafes/{w.cafe.pk}",
    "cafe_wijzigen": lambda w: f"/sjpruutcafes/{w.cafe.pk}/wijzigen",
    "cafe_afgelasten": lambda w: f"/sjpruutcafes/{w.cafe.pk}/afgelasten",
    "cafe_uitnodigen": lambda w: f"/sjpruutcafes/{w.cafe.pk}/uitnodigen",
    "cafe_gasten": lambda w: f"/sjpruutcafes/{w.cafe.pk}/gasten",
}
# Paths without a page of their own: they only take a POST, or send on to where somebody lands.
ZONDER_PAGINA = {
    "begin",
    "vooruit",
    "brieven_gedrukt",
    "import_bevestigen",
    "import_ongedaan",
    "melding_terug",
    "moeder_afwezig",
    "moeder_koppelcode",
    "moeder_telefoon_intrekken",
    "toewijzingen_terugdraaien",
    "agendalink_maken",
    "agendalink_intrekken",
}


def _namen_voor_coordinator() -> set[str]:
    """The names of all paths that a coordinator may open, but those that have tests of their own."""
    gevonden: set[str] = set()

    def loop(patronen: Any) -> None:
        for patroon in patronen:
            if not isinstance(patroon, URLPattern):
                loop(patroon.url_patterns)
            elif "coordinator" in getattr(patroon.callback, "toegang", ()):
                gevonden.add(patroon.name or "")

    loop(get_resolver().url_patterns)
    return {naam for naam in gevonden if not naam.startswith(("dekking", "voorraad", "sjop", "postvak"))}


def test_no_page_is_forgotten():
    assert _namen_voor_coordinator() - ZONDER_PAGINA == set(PADEN)


@pytest.fixture
def wereld(db) -> Wereld:
    return Wereld()


def _meet(wereld: Wereld, pad: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as queries:
        antwoord = wereld.client.get(pad)
    assert antwoord.status_code in (200, 302), pad
    # The marks of a transaction ask the database nothing.
    echt = [q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    return len(echt), len(antwoord.content)


def test_queries_and_size_do_not_grow_with_the_rows(wereld):
    wereld.vul(2)
    # A search that finds everybody: what it found is a page of the same size.
    wereld.client.post("/gezinnen", {"vraag": "voorbeeld"})
    weinig = {naam: _meet(wereld, pad(wereld)) for naam, pad in PADEN.items()}
    wereld.vul(58)
    veel = {naam: _meet(wereld, pad(wereld)) for naam, pad in PADEN.items()}
    meer = {naam: (weinig[naam][0], veel[naam][0]) for naam in PADEN if veel[naam][0] > weinig[naam][0]}
    assert not meer, "more rows, more queries"
    assert {naam: n for naam, (n, _b) in veel.items() if n > MEESTE_QUERIES} == {}
    assert {naam: b for naam, (_n, b) in veel.items() if b > MEESTE_BYTES} == {}


def test_every_page_has_a_title_one_heading_and_named_tables(wereld):
    """The title says what page it is, before the name of the site; a table says what it is about."""
    wereld.vul(2)
    wereld.client.post("/gezinnen", {"vraag": "voorbeeld"})
    for naam, pad in PADEN.items():
        antwoord = wereld.client.get(pad(wereld), follow=True)
        if not antwoord["Content-Type"].startswith("text/html"):
            continue
        tekst = antwoord.content.decode()
        assert re.search(r"<title>\w[^<]+ - Ooievaar</title>", tekst), naam
        assert tekst.count("<h1") == 1, naam
        assert tekst.count("<table") == tekst.count("<caption"), naam


def test_the_menu_says_where_a_page_below_it_belongs(wereld):
    wereld.vul(1)
    op_de_lijst = wereld.client.get("/gezinnen").content.decode()
    assert '<a href="/gezinnen" aria-current="page">' in op_de_lijst
    bij_een_gezin = wereld.client.get(f"/gezinnen/{wereld.gezin.pk}").content.decode()
    assert '<a href="/gezinnen" aria-current="true">' in bij_een_gezin
    assert bij_een_gezin.count("aria-current") == 1


def test_after_giving_a_visit_she_is_where_she_came_from(wereld):
    """The list with its filters, the board or the family; never an address elsewhere."""
    wereld.vul(1)
    pad = f"/bezoeken/{wereld.open.pk}/toewijzen"
    gezin = f"/gezinnen/{wereld.open.gezin_id}"
    for vandaan, link in {
        "/planbord?wijk=x": "Terug naar het planbord",
        "/bezoeken?fase=teLaat": "Terug naar de bezoeken",
        gezin: "Terug naar het gezin",
    }.items():
        tekst = wereld.client.get(pad, {"terug": vandaan}).content.decode()
        assert f'href="{vandaan}">{link}' in tekst
    for elders in ("https://elders.example/planbord", "//elders.example/gezinnen", "/dekking", "onzin", "/beheer/"):
        assert 'href="/bezoeken">Terug naar de bezoeken' in wereld.client.get(pad, {"terug": elders}).content.decode()
    te_geven = re.search(r'name="ooievaarsmoeder" [^>]*value="([^"]+)"', wereld.client.get(pad).content.decode())[1]
    versie = re.search(r'name="versie" value="(\d+)"', wereld.client.get(pad).content.decode())[1]
    gegeven = wereld.client.post(pad, {"ooievaarsmoeder": te_geven, "versie": versie, "terug": gezin})
    assert gegeven["Location"] == gezin

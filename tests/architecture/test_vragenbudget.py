"""Every list of the document costs the same number of queries for 2 rows and for 50 (architecture.md, habit 7).

A list that has no way here to fill it fails.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator
from psycopg.types.range import TimestamptzRange

from bezoeken import models as bezoeken
from notifications import models as notifications
from ooievaar import models as ooievaar
from ooievaar.platform import clock
from tests.architecture.wereld import maak_voucher
from tests.factories import (
    ArtikelFactory,
    CafeplaatsFactory,
    ContactpersoonFactory,
    GebiedFactory,
    GezinFactory,
    LocatieFactory,
    OoievaarsmoederFactory,
    PartijFactory,
    PasgeboreneFactory,
    SjpruutcafeFactory,
    WijkFactory,
    doos,
    gebruiker_met_rol,
    ontvangen,
    toegewezen_bezoek,
)
from tests.factories.notifications import BerichtFactory
from tests.factories.sjop import aangevraagd, gegeven, ingebracht, pas
from tests.factories.veiligheid import AchterwachtdienstFactory
from voorraad import models as voorraad
from voorraad.services.sjop import categorie_toevoegen, openingstijd_toevoegen, sjop_inrichten

pytestmark = pytest.mark.django_db

# The token, the roles with their wijken, the count and the rows; two more where a rule in Python selects.
BUDGET = 6


class Plek:
    """A Gebied with a wijk, and a coordinator and a volunteer whose lists are filled, row after row."""

    def __init__(self) -> None:
        self.gebied = GebiedFactory()
        self.wijk = WijkFactory(gebied=self.gebied)
        self.zij = gebruiker_met_rol("ooievaarsmoeder", gebied=self.gebied)
        self.moeder = self.zij.ooievaarsmoeder
        self.coordinator = gebruiker_met_rol("coordinator", gebied=self.gebied)
        self.gezin = GezinFactory(wijk=self.wijk)
        self.vast_cafe = SjpruutcafeFactory(gebied=self.gebied)
        self.nummer = 0

    def bezoek(self) -> bezoeken.Bezoek:
        """With everything that a list shows of it: children, attempts, an appointment."""
        gezin = GezinFactory(wijk=self.wijk)
        bezoek = toegewezen_bezoek(self.moeder, gezin=gezin, kinderen=2)
        begin = clock.nu() + timedelta(days=self.nummer)
        bezoeken.Poging.objects.create(
            bezoek=bezoek, moment=clock.nu(), soort="brief", uitkomst="gesproken", gelogd_op=clock.nu()
        )
        bezoeken.Afspraak.objects.create(
            bezoek=bezoek,
            ooievaarsmoeder=self.moeder,
            begin=begin,
            duur_minuten=60,
            periode=TimestamptzRange(begin, begin + timedelta(hours=1)),
        )
        return bezoek

    def gezin_erbij(self) -> None:
        gezin = GezinFactory(wijk=self.wijk)
        ContactpersoonFactory(gezin=gezin)
        PasgeboreneFactory(gezin=gezin)
        ooievaar.Toestemming.objects.create(gezin=gezin, doel="cafe", sinds=clock.nu())

    def wijk_met_buren(self) -> None:
        WijkFactory(gebied=self.gebied).buren.set([self.wijk])

    def over_te_dragen(self) -> None:
        weg = OoievaarsmoederFactory(gebied=self.gebied, actief=False)
        toegewezen_bezoek(weg, gezin=GezinFactory(wijk=self.wijk))

    def boeking(self) -> None:
        partij = PartijFactory(artikel=ArtikelFactory(gebied=self.gebied))
        doos(self.gebied)
        magazijn = voorraad.Locatie.objects.get(gebied=self.gebied, code="magazijn")
        ontvangen(partij.artikel, magazijn, 3, partij=partij)

    def sluiting(self) -> None:
        dag = clock.vandaag() - timedelta(days=1 + self.nummer)
        voorraad.Periodesluiting.objects.create(gebied=self.gebied, tot_en_met=dag, gesloten_op=clock.nu())

    def samenstelling(self) -> None:
        rij = voorraad.Samenstelling.objects.create(
            artikel=doos(self.gebied), nummer=self.nummer, vastgesteld_op=clock.nu()
        )
        for _regel in range(2):
            voorraad.Samenstellingregel.objects.create(
                samenstelling=rij, artikel=ArtikelFactory(gebied=self.gebied), aantal=1
            )

    def vouchermelding(self) -> None:
        voorraad.Vouchermelding.objects.create(
            gebied=self.gebied,
            aanleiding=f"bezoek:{self.nummer}",
            onderdeel="x",
            hash="h",
            oordeel="onbekend",
            gemeld_op=clock.nu(),
        )

    def telling(self) -> None:
        plek = LocatieFactory(gebied=self.gebied)
        rij = voorraad.Telling.objects.create(locatie=plek, begonnen_op=clock.nu(), begonnen_door=self.coordinator)
        voorraad.Telregel.objects.create(
            telling=rij,
            artikel=ArtikelFactory(gebied=self.gebied),
            teller=self.coordinator,
            geteld=1,
            geteld_op=clock.nu(),
            stand_toen=1,
        )

    def geparkeerd(self) -> None:
        bezoeken.Handeling.objects.create(
            handeling=uuid4(),
            gebruiker=self.zij,
            ooievaarsmoeder=self.moeder,
            gebied=self.gebied,
            bezoek=toegewezen_bezoek(self.moeder, gezin=GezinFactory(wijk=self.wijk)),
            soort="poging",
            moment=clock.nu(),
            ontvangen_op=clock.nu(),
            inhoud_hash="h",
            status="geparkeerd",
            reden="klokWijktAf",
            gegevens={},
        )

    def bestelling(self) -> None:
        artikel = ArtikelFactory(gebied=self.gebied)
        voorraad.Bestelling.objects.create(
            artikel=artikel, aantal=1, verwacht_op=clock.vandaag(), besteld_op=clock.nu()
        )

    def sjopstuk(self, code: str = "rompers") -> voorraad.Inbreng:
        sjop_inrichten(gebied=self.gebied, nu=clock.nu())
        return ingebracht(self.gebied, code)

    def sjoppas(self) -> voorraad.Sjoppas:
        sjop_inrichten(gebied=self.gebied, nu=clock.nu())
        return pas(self.gebied)

    def onbereikbaar(self) -> None:
        gezin = GezinFactory(wijk=self.wijk)
        notifications.Onbereikbaar.objects.create(gezin=gezin, kanaal="sms", fout="x", sinds=clock.nu())

    def melding(self) -> None:
        kind = PasgeboreneFactory(gezin=self.gezin)
        bezoeken.Geboortemelding.objects.create(
            gebied=self.gebied,
            wijk=self.wijk,
            bron="gemeente",
            kenmerk=f"k-{self.nummer}",
            inhoud_hash="h",
            gegevens={},
            status="verwerkt",
            pasgeborene=kind,
            redenen=["teOud"],
            gemeld_op=clock.nu(),
        )

    def importen(self) -> None:
        fout = {"regel": 2, "veld": "rol", "reden": "onbekendeKeuze", "tekst": "Deze waarde kennen we niet."}
        bezoeken.Geboorteimport.objects.create(
            gebied=self.gebied, door=self.coordinator, begonnen_op=clock.nu(), fouten=[fout]
        )

    def incheck(self) -> bezoeken.Incheck:
        moeder = OoievaarsmoederFactory(gebied=self.gebied)
        return bezoeken.Incheck.objects.create(
            bezoek=toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=self.wijk)),
            ooievaarsmoeder=moeder,
            ingecheckt_op=clock.nu(),
            verwachte_minuten=60,
            verwacht_eind=clock.nu(),
        )

    def cafe(self) -> bezoeken.Sjpruutcafe:
        gastvrouw = gebruiker_met_rol("gastvrouw", gebied=self.gebied)
        cafe = SjpruutcafeFactory(gebied=self.gebied, gastvrouwen=[gastvrouw])
        self.aanmelding(cafe)
        return cafe

    def aanmelding(self, cafe: bezoeken.Sjpruutcafe | None = None) -> None:
        gezin = GezinFactory(wijk=self.wijk)
        PasgeboreneFactory(gezin=gezin)
        bezoeken.Cafeaanmelding.objects.create(
            cafe=cafe or self.vast_cafe,
            gezin=gezin,
            status="wachtlijst",
            volgnummer=self.nummer,
            via="link",
            aangemeld_op=clock.nu(),
        )

    def agendafeed(self) -> None:
        bezoeken.Agendafeed.objects.create(
            gebied=self.gebied, naam="balie", hash=f"{self.gebied.code}-{self.nummer}", gemaakt_op=clock.nu()
        )

    def vlag(self) -> None:
        dag = clock.vandaag()
        dagen = {"sinds": dag, "tot": dag + timedelta(days=9)}
        bezoeken.Veiligheidsvlag.objects.create(gezin=self.gezin, soort="hond", maatregel="belEerst", **dagen)

    def dienst(self) -> None:
        begin = clock.nu() + timedelta(days=2 * self.nummer)
        AchterwachtdienstFactory(gebied=self.gebied, begin=begin)


def _afwezig(plek: Plek) -> None:
    ooievaar.Afwezigheid.objects.create(ooievaarsmoeder=plek.moeder, begin=clock.vandaag())


def _relatie(plek: Plek) -> None:
    ooievaar.Relatie.objects.create(ooievaarsmoeder=plek.moeder, gezin=GezinFactory(wijk=plek.wijk))


def _telefoon(plek: Plek) -> None:
    ooievaar.Apparaat.objects.create(gebruiker=plek.zij, naam="telefoon", gekoppeld_op=clock.nu())


def _alarm(plek: Plek) -> None:
    bezoeken.Alarm.objects.create(incheck=plek.incheck(), gestart_op=clock.nu(), eerste=plek.coordinator)


def _koppeling(plek: Plek) -> None:
    een, ander = sorted([GezinFactory(wijk=plek.wijk) for _nummer in range(2)], key=lambda gezin: gezin.pk)
    ooievaar.Gezinskoppeling.objects.create(een=een, ander=ander, voorgesteld_op=clock.nu())


# Per list what adds one row to it. Those of a volunteer are asked as her too.
VULLING: dict[str, Callable[[Plek], Any]] = {
    "/wijken": Plek.wijk_met_buren,
    "/artikelen": lambda plek: ArtikelFactory(gebied=plek.gebied),
    "/locaties": lambda plek: LocatieFactory(gebied=plek.gebied),
    "/partijen": lambda plek: PartijFactory(artikel__gebied=plek.gebied),
    "/voorraadstanden": Plek.boeking,
    "/voorraadmutaties": Plek.boeking,
    "/voorraadafsluitingen": Plek.sluiting,
    "/samenstellingen": Plek.samenstelling,
    "/vouchers": lambda plek: maak_voucher(plek.gebied),
    "/vouchermeldingen": Plek.vouchermelding,
    "/tellingen": Plek.telling,
    "/geparkeerde-handelingen": Plek.geparkeerd,
    "/bestellingen": Plek.bestelling,
    "/sjop-categorieen": lambda plek: categorie_toevoegen(
        gebied_id=plek.gebied.pk, code=f"soort-{plek.nummer}", naam="Voorbeeld"
    ),
    "/sjop-openingstijden": lambda plek: openingstijd_toevoegen(
        gebied_id=plek.gebied.pk, weekdag=1, van=time(9, plek.nummer), tot=time(17)
    ),
    "/sjop-blokkades": lambda plek: voorraad.Blokkade.objects.create(
        gebied=plek.gebied, naam=f"b{plek.nummer}", uitleg="x", woorden=[f"voorbeeldwoord{plek.nummer}"]
    ),
    "/sjop-terugroepingen": lambda plek: voorraad.Terugroepactie.objects.create(
        gebied=plek.gebied, merk="m", merk_sleutel=f"m{plek.nummer}", uitleg="x", teruggeroepen_op=clock.nu()
    ),
    "/sjop-inbrengen": Plek.sjopstuk,
    "/sjop-passen": Plek.sjoppas,
    "/sjop-aanvragen": lambda plek: aangevraagd(plek.sjoppas(), "rompers", maat="62"),
    "/sjop-uitgiften": lambda plek: gegeven(plek.sjoppas(), plek.sjopstuk()),
    "/sjop-bruiklenen": lambda plek: gegeven(plek.sjoppas(), plek.sjopstuk("kinderstoel")),
    "/briefpartijen": lambda plek: notifications.Briefpartij.objects.create(gebied=plek.gebied, gemaakt_op=clock.nu()),
    "/onbereikbaar": Plek.onbereikbaar,
    "/berichten": lambda plek: BerichtFactory(gezin=None, ooievaarsmoeder=plek.moeder, gebied=plek.gebied),
    "/gezinnen": Plek.gezin_erbij,
    "/gezinskoppelingen": _koppeling,
    "/pasgeborenen": lambda plek: PasgeboreneFactory(gezin__wijk=plek.wijk),
    "/overdrachten": Plek.over_te_dragen,
    "/ooievaarsmoeders": lambda plek: OoievaarsmoederFactory(gebied=plek.gebied, wijken=[plek.wijk]),
    "/ooievaarsmoeders/{moeder_id}/apparaten": _telefoon,
    "/ooievaarsmoeders/{moeder_id}/afwezigheden": _afwezig,
    "/ooievaarsmoeders/{moeder_id}/relaties": _relatie,
    "/bezoeken": Plek.bezoek,
    "/inchecks": Plek.incheck,
    "/gezinnen/{gezin_id}/veiligheidsvlaggen": Plek.vlag,
    "/achterwachtdiensten": Plek.dienst,
    "/alarmen": _alarm,
    "/geboortemeldingen": Plek.melding,
    "/geboorteimporten": Plek.importen,
    "/sjpruutcafes": Plek.cafe,
    "/sjpruutcafes/{cafe_id}/aanmeldingen": Plek.aanmelding,
    "/cafeplaatsen": lambda plek: CafeplaatsFactory(gebied=plek.gebied),
    "/agendafeeds": Plek.agendafeed,
}
# Lists of kinds, days or traces, which no row here makes longer: filled with visits all the same, for what they read.
VAST = (
    "/herinneringsregels",
    "/vooruitblik",
    "/berichtteksten",
    "/bezoeken-zonder-doos",
    "/dozen-zonder-bezoek",
    "/partijen/{id}/gezinnen",
)
# As the volunteer: what fills her own lists.
VAN_HAAR: dict[str, Callable[[Plek], Any]] = {
    "/sjpruutcafes": Plek.cafe,
    "/bezoeken": Plek.bezoek,
    "/gezinnen": Plek.bezoek,
    "/pasgeborenen": Plek.bezoek,
    "/berichten": VULLING["/berichten"],
    "/ooievaarsmoeders/{moeder_id}/relaties": _relatie,
    "/achterwachtdiensten": Plek.dienst,
}


def test_every_list_of_the_document_can_be_filled_here():
    paden = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    lijsten = {
        pad
        for pad, methoden in paden.items()
        if any(p["name"] == "pageSize" for p in methoden.get("get", {}).get("parameters", []))
    }
    assert set(VULLING) | set(VAST) == lijsten
    assert set(VAN_HAAR) <= lijsten


@pytest.mark.parametrize(
    ("pad", "rol", "vul"),
    [
        *(pytest.param(pad, "coordinator", vul, id=f"{pad} coordinator") for pad, vul in VULLING.items()),
        *(pytest.param(pad, "zij", vul, id=f"{pad} zij") for pad, vul in VAN_HAAR.items()),
        *(pytest.param(pad, "coordinator", Plek.bezoek, id=f"{pad} vast") for pad in VAST),
    ],
)
def test_a_list_costs_the_same_for_2_rows_and_for_50(als, pad, rol, vul):
    plek = Plek()
    client = als(gebruiker=getattr(plek, rol))
    partij = PartijFactory(artikel__gebied=plek.gebied)
    ids = {"moeder_id": plek.moeder.pk, "gezin_id": plek.gezin.pk, "id": partij.pk, "cafe_id": plek.vast_cafe.pk}
    adres = "/api/v1" + pad.format(**ids) + "?pageSize=100"

    def vraag(rijen: int) -> int:
        while plek.nummer < rijen:
            plek.nummer += 1
            vul(plek)
        with CaptureQueriesContext(
            connection,
        ) as gedaan:
            antwoord = client.get(adres)
        assert antwoord.status_code == 200
        assert pad in VAST or len(antwoord.json()["results"]) >= rijen
        return len(gedaan)

    twee = vraag(2)
    assert vraag(50) == twee
    # A forecast reads all that the planner reads.
    assert twee <= (2 * BUDGET if pad == "/vooruitblik" else BUDGET)

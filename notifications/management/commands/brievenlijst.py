"""The letters of a day as CSV, for a coordinator to print and post."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from notifications.selectors import brievenlijst
from ooievaar.platform import clock
from ooievaar.platform.spreadsheet import cel
from ooievaar.selectors.logboek import OP_DE_SERVER
from ooievaar.services.inzage import inzage_vastleggen

KOPPEN = ("soort", "naam", "straat", "huisnummer", "postcode", "woonplaats", "tekst")


class Command(BaseCommand):
    help = "Drukt de brieven van een dag af als CSV (puntkomma's), met de adressen van nu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dag", type=date.fromisoformat, help="jjjj-mm-dd; zonder: vandaag")
        parser.add_argument("--gebied", help="code van het gebied; zonder: alle gebieden")

    def handle(self, *args: Any, dag: date | None = None, gebied: str | None = None, **options: Any) -> None:
        lijst = brievenlijst(dag or clock.vandaag(), gebied_code=gebied)
        inzage_vastleggen(
            gebruiker_id=OP_DE_SERVER, gezin_ids=[b.gezin_id for b in lijst.brieven], waar="brief", nu=clock.nu()
        )
        schrijver = csv.writer(self.stdout, delimiter=";", lineterminator="\n")
        schrijver.writerow(KOPPEN)
        for brief in lijst.brieven:
            a = brief.adres
            rij = (brief.soort, a.naam, a.straat, a.huisnummer, a.postcode, a.woonplaats, brief.tekst)
            schrijver.writerow([cel(waarde) for waarde in rij])
        for aantal, waarom in (
            (lijst.geheim, "geheim adres: de genoemde coördinator schrijft zelf"),
            (lijst.zonder_adres, "geen volledig adres"),
            (lijst.gestopt, "geen contact meer"),
            (lijst.wacht, "wacht op een besluit over een koppeling"),
        ):
            if aantal:
                self.stderr.write(f"Niet op de lijst: {aantal} ({waarom}).")

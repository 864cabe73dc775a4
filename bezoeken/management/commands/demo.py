"""manage.py demo [--leeg]: fill an empty database with Heerlen-Noord and invented people; `--leeg` only the area."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from bezoeken.demo.mensen import GEBRUIKERS
from bezoeken.demo.services import inrichten, laden
from ooievaar.platform import clock
from ooievaar.services.referentie import gebruikers_bestaan, heerlen_noord_laden

WACHTWOORD = "ooievaar-demo"


class Command(BaseCommand):
    help = "Vult een lege database met Heerlen-Noord en verzonnen mensen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--leeg", action="store_true", help="alleen het gebied met zijn wijken, zonder mensen")

    def handle(self, *args: Any, **options: Any) -> None:
        wachtwoord = os.environ.get("DEMO_WACHTWOORD") or WACHTWOORD
        if gebruikers_bestaan():
            if not options["leeg"]:
                self._gebruikers(wachtwoord)
            return
        with transaction.atomic():
            gebied, nieuw = heerlen_noord_laden()
            if nieuw:
                inrichten(gebied=gebied)
            if options["leeg"]:
                return
            self._zeg("Demogegevens maken (verzonnen mensen)…")
            laden(gebied=gebied, wachtwoord=wachtwoord, vandaag=clock.vandaag(), zeg=self._zeg)
        self._gebruikers(wachtwoord)

    def _zeg(self, regel: str) -> None:
        print(regel, file=sys.stderr, flush=True)

    def _gebruikers(self, wachtwoord: str) -> None:
        self.stdout.write(f"Demo users (password of all: {wachtwoord}):")
        for naam, _voornaam, rol in GEBRUIKERS:
            self.stdout.write(f"  {naam:<12} {rol}")

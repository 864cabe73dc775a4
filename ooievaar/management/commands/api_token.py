"""`manage.py api_token USERNAME`: a new token for a user, as the last word of the output."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ooievaar.platform import clock
from ooievaar.selectors.gebruikers import gebruiker_met_naam
from ooievaar.services.tokens import token_maken


class Command(BaseCommand):
    help = "Maakt een nieuw token voor een gebruiker. Oudere tokens blijven geldig."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("gebruikersnaam", metavar="GEBRUIKERSNAAM")

    def handle(self, *args: Any, **options: Any) -> None:
        gebruiker = gebruiker_met_naam(options["gebruikersnaam"])
        if gebruiker is None:
            raise CommandError(
                f"Er is geen actieve gebruiker met de naam {options['gebruikersnaam']}. "
                "De namen staan in het beheer onder Gebruikers."
            )
        self.stdout.write(f"Token voor {gebruiker.username}: {token_maken(gebruiker=gebruiker, nu=clock.nu())}")

"""manage.py importeer_postcodes FILE: bring in CBS's table of postcodes, house numbers and wijken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ooievaar.services.adressen import GeenPostcodetabel, postcodes_importeren


class Command(BaseCommand):
    help = "Leest de postcodetabel van het CBS in (PC6;Huisnummer;Buurt;Wijk;Gemeente)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bestand = open(options["bestand"], "rb")  # noqa: SIM115 - closed by the with below
        except OSError as exc:
            raise CommandError(f"Het bestand is niet te openen: {exc.strerror}.") from None
        with bestand:
            aantal = sum(blok.count(b"\n") for blok in iter(lambda: bestand.read(1 << 20), b""))
            bestand.seek(0)
            with tqdm(total=max(aantal - 1, 0), unit=" regels", desc="Postcodes") as balk:
                try:
                    gelezen, overgeslagen = postcodes_importeren(bestand=bestand, voortgang=balk.update)
                except GeenPostcodetabel:
                    raise CommandError(
                        "Dit is niet de tabel van het CBS: de kolommen PC6, Huisnummer, Wijk en Gemeente horen erin."
                    ) from None
        self.stdout.write(f"{gelezen} regels gelezen, {overgeslagen} overgeslagen.")

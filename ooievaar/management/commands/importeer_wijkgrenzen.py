"""manage.py importeer_wijkgrenzen FILE.geojson: give the wijken their outlines, for the map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ooievaar.platform.audit import namens
from ooievaar.services.wijkgrenzen import GeenWijkgrenzen, wijkgrenzen_importeren


class Command(BaseCommand):
    help = "Leest de wijkgrenzen van het CBS in (GeoJSON, WGS84)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            inhoud = options["bestand"].read_bytes()
        except OSError as exc:
            raise CommandError(f"Het bestand is niet te openen: {exc.strerror}.") from None
        try:
            with namens(via="importeer_wijkgrenzen"):
                gezet, onbekend = wijkgrenzen_importeren(inhoud=inhoud)
        except GeenWijkgrenzen as exc:
            raise CommandError(str(exc)) from None
        self.stdout.write(f"{len(gezet)} wijken hebben nu een grens.")
        if onbekend:
            self.stdout.write(f"Niet van ons: {len(onbekend)} ({', '.join(onbekend[:5])}…).")

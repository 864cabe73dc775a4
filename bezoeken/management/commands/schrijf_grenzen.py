"""`manage.py schrijf_grenzen`: writes what the phone checks, from what the server checks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from bezoeken.telefoon.grenzen import BESTAND, als_module


class Command(BaseCommand):
    help = "Schrijft de grenzen van de server naar de telefoon-app (grenzen.js)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        BESTAND.write_text(als_module(), encoding="utf-8")
        self.stdout.write(f"{BESTAND.name} geschreven")

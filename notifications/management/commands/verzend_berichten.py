"""Send what is due, as the scheduled task does."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from notifications.services import verzend
from ooievaar.platform import audit, clock


def moment(tekst: str) -> datetime:
    try:
        return clock.lees_moment(tekst)
    except ValueError:
        raise ArgumentTypeError("geef een moment zoals 2026-11-24T09:00") from None


class Command(BaseCommand):
    help = "Verstuurt de berichten die aan de beurt zijn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--op", type=moment, help="alsof het dit moment is, zoals 2026-11-24T09:00")

    def handle(self, *args: Any, op: datetime | None = None, **options: Any) -> None:
        with audit.namens(via="verzend_berichten"):
            nu = op or clock.nu()
            aantallen = verzend(nu=nu, spoed=True).aantallen + verzend(nu=nu).aantallen
        for naam in ("verzonden", "later", "mislukt", "geannuleerd", "verlopen", "onzeker"):
            self.stdout.write(f"{naam}: {aantallen[naam]}")

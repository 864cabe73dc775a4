"""Plan the reminders that are due, as the scheduled task does, or only say which ones those are."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bezoeken.herinneren.services import herinneringen_plannen
from bezoeken.herinneringen import SOORTEN
from ooievaar.platform import audit, clock


def moment(tekst: str) -> datetime:
    try:
        return clock.lees_moment(tekst)
    except ValueError:
        raise ArgumentTypeError("geef een moment zoals 2026-11-24T09:00") from None


class Command(BaseCommand):
    help = "Plant de herinneringen die aan de beurt zijn, en drukt af hoeveel van elk soort."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--op", type=moment, help="alsof het dit moment is, zoals 2026-11-24T09:00")
        parser.add_argument("--proef", action="store_true", help="schrijf niets, vertel alleen wat gepland zou worden")

    def handle(self, *args: Any, op: datetime | None = None, proef: bool = False, **options: Any) -> None:
        with audit.namens(via="herinneringen"):
            gepland = herinneringen_plannen(nu=op or clock.nu(), proef=proef)
        for soort in SOORTEN:
            self.stdout.write(f"{soort}: {gepland[soort]}")
        self.stdout.write(f"totaal{' (proef)' if proef else ''}: {gepland.total()}")

"""Watch over who is checked in: a process of its own, so that no other work and no broker can make it late."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from bezoeken.veiligheid.services import bewaken
from notifications.services import verzend
from ooievaar.platform import audit, clock

logger = logging.getLogger(__name__)
SECONDEN = 15


class Command(BaseCommand):
    help = "Kijkt om de 15 seconden wie niet heeft uitgecheckt, en verstuurt wat daarbij hoort."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--eenmalig", action="store_true", help="kijk één keer en stop")

    def handle(self, *args: Any, eenmalig: bool = False, **options: Any) -> None:
        while True:
            begonnen = time.monotonic()
            close_old_connections()  # one that broke is replaced
            try:
                self._kijk()
            except Exception:
                # Whatever goes wrong (the database starts again), this must look again.
                if eenmalig:
                    raise
                logger.exception("looking after safety failed; trying again in %s s", SECONDEN)
            if eenmalig:
                return
            time.sleep(max(1.0, SECONDEN - (time.monotonic() - begonnen)))

    def _kijk(self) -> None:
        with audit.namens(via="veiligheid"):
            telling = bewaken(nu=clock.nu())
            verzend(nu=clock.nu(), spoed=True)
        if telling.total():
            self.stdout.write(", ".join(f"{naam}: {aantal}" for naam, aantal in telling.items() if aantal))

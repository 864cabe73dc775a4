"""Watch over who is checked in: a process of its own, so that no other work and no broker can make it late.

Looking and sending do not wait for each other, nor one channel for another: a mail server that hangs makes neither the
next look nor a text message late.
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection

from bezoeken.veiligheid.services import bewaken
from notifications.kanalen import Verzendkanaal, standaard
from notifications.services import verzend
from ooievaar.platform import audit, clock

logger = logging.getLogger(__name__)
SECONDEN = 15


class Zenders:
    """One sender of what is urgent for each channel; one that is still busy is not started again."""

    def __init__(self) -> None:
        self._draden = ThreadPoolExecutor(max_workers=8, thread_name_prefix="spoed")
        self._bezig: dict[str, Future[None]] = {}

    def bel(self) -> None:
        """Send what is due; returns at once."""
        for kanaal in standaard():
            bezig = self._bezig.get(kanaal.naam)
            if bezig is None or bezig.done():
                self._bezig[kanaal.naam] = self._draden.submit(self._langs, kanaal)

    def klaar(self) -> None:
        """Wait until everything that was started has ended."""
        self._draden.shutdown(wait=True)

    @staticmethod
    def _langs(kanaal: Verzendkanaal) -> None:
        try:
            with audit.namens(via="veiligheid"):
                verzend(nu=clock.nu(), kanalen=[kanaal], spoed=True)
        except Exception:
            # Nobody reads the answer of this thread, and the next look rings again.
            logger.exception("channel %s: sending what is urgent failed", kanaal.naam)
        finally:
            connection.close()


class Command(BaseCommand):
    help = "Kijkt om de 15 seconden wie niet heeft uitgecheckt, en verstuurt wat daarbij hoort."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--eenmalig", action="store_true", help="kijk één keer en stop")

    def handle(self, *args: Any, eenmalig: bool = False, **options: Any) -> None:
        zenders = Zenders()
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
            zenders.bel()
            if eenmalig:
                zenders.klaar()
                return
            time.sleep(max(1.0, SECONDEN - (time.monotonic() - begonnen)))

    def _kijk(self) -> None:
        with audit.namens(via="veiligheid"):
            telling = bewaken(nu=clock.nu())
        if telling.total():
            self.stdout.write(", ".join(f"{naam}: {aantal}" for naam, aantal in telling.items() if aantal))

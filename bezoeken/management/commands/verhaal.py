"""manage.py verhaal GEZIN: everything that happened with a family, in order, for a coordinator to read.

Whoever may run commands on the server may read it all, also that a child died. Names, addresses and numbers of the
family are not in it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bezoeken.verhaal.selectors import verhaal
from ooievaar.kalender import AMSTERDAM
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.logboek import OP_DE_SERVER
from ooievaar.services.inzage import inzage_vastleggen


class Command(BaseCommand):
    help = "Drukt het hele verhaal van een gezin af: wat er gebeurde, wie het deed en wie het zag."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("gezin", type=UUID, help="id van het gezin")

    def handle(self, *args: Any, gezin: UUID, **options: Any) -> None:
        try:
            regels = verhaal(gezin, met_reden=True)
        except NietGevonden:
            raise CommandError("Dit gezin is er niet.") from None
        inzage_vastleggen(gebruiker_id=OP_DE_SERVER, gezin_ids=[gezin], waar="verhaal", nu=clock.nu())
        breed = max((len(regel.wie) for regel in regels), default=0)
        for regel in regels:
            op = f"{regel.op.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}"
            reden = f" Reden: {regel.reden}" if regel.reden else ""
            self.stdout.write(f"{op}  {regel.wie:<{breed}}  {regel.wat}{reden}")

"""Invite to the Sjpruutcafés whoever is to be invited, as the scheduled task does, or only say who that would be."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from bezoeken.management.commands.herinneringen import moment
from bezoeken.sjpruutcafe.services.uitnodigen import uitnodigingen_plannen
from bezoeken.sjpruutcafe.services.voorstellen import Voorstel, voorstellen
from bezoeken.sjpruutcafe.uitnodigingsregels import Cafe, Reden
from ooievaar.kalender import AMSTERDAM
from ooievaar.platform import audit, clock


class Command(BaseCommand):
    help = (
        "Nodigt uit voor de Sjpruutcafés wie aan de beurt is, en drukt af hoeveel gezinnen, en hoeveel niet en waarom."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--op", type=moment, help="alsof het dit moment is, zoals 2026-11-24T09:00")
        parser.add_argument(
            "--proef",
            action="store_true",
            help="schrijf niets, vertel alleen welk gezin voor welk café aan de beurt is",
        )
        parser.add_argument("--gezin", type=UUID, help="met --proef: vertel het alleen van dit gezin")

    def handle(
        self, *args: Any, op: datetime | None = None, proef: bool = False, gezin: UUID | None = None, **options: Any
    ) -> None:
        nu = op or clock.nu()
        if not proef:
            with audit.namens(via="cafe_uitnodigingen"):
                self._tel(uitnodigingen_plannen(nu=nu), "")
            return
        telling: Counter[str] = Counter()
        for _gebied, voorstel in voorstellen(nu=nu):
            telling += self._vertel(voorstel, gezin)
        if gezin and not telling:
            self.stdout.write(f"gezin {gezin}: geen toestemming, een stop, te oud, of er is geen café")
        self._tel(telling, " (proef)")

    def _vertel(self, voorstel: Voorstel, alleen: UUID | None) -> Counter[str]:
        """Who, for which café: ids only. Why not is told of one family; of all of them it is counted."""
        gekozen = [(k, cafe) for k, cafe in voorstel.gekozen if alleen in (None, k.gezin_id)]
        niet = [(k, reden) for k, reden in voorstel.niet if alleen in (None, k.gezin_id)]
        per_cafe: dict[Cafe, list[str]] = {}
        for kandidaat, cafe in gekozen:
            eerste = " (eerste keer)" if kandidaat.eerste else ""
            per_cafe.setdefault(cafe, []).append(f"{kandidaat.gezin_id}{eerste}")
        for cafe, regels in sorted(per_cafe.items(), key=lambda rij: (rij[0].begin, rij[0].id)):
            begin = cafe.begin.astimezone(AMSTERDAM)
            self.stdout.write(f"café {cafe.id} op {begin:%Y-%m-%d om %H:%M}: {len(regels)}")
            for regel in regels:
                self.stdout.write(f"  gezin {regel}")
        for kandidaat, reden in niet if alleen else ():
            self.stdout.write(f"gezin {kandidaat.gezin_id}: {reden}")
        return Voorstel(voorstel.moment, gekozen, niet).telling

    def _tel(self, telling: Counter[str], erbij: str) -> None:
        for reden in Reden:
            if telling[reden.value]:
                self.stdout.write(f"{reden}: {telling[reden.value]}")
        self.stdout.write(f"uitgenodigd{erbij}: {telling['uitgenodigd']}")

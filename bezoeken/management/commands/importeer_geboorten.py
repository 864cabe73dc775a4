"""manage.py importeer_geboorten FILE [--proef] [--gebied CODE]: read a file of birth notices.

Ends with 0 when the file was read (faulty rows are listed, and lose nothing of the others), with 1 when it was refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from bezoeken.intake.fouten import BestandGeweigerd
from bezoeken.intake.lezen import schat_aantal
from bezoeken.intake.services.importeren import bestand_inlezen, import_beginnen
from ooievaar.platform import clock
from ooievaar.selectors.adressen import gebied_met_code


class Command(BaseCommand):
    help = "Leest een bestand met geboortemeldingen in (CSV of XLSX)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--proef", action="store_true", help="alleen nakijken, niets bewaren")
        parser.add_argument("--gebied", help="code van het gebied; nodig als er meer dan een is")

    def handle(self, *args: Any, **options: Any) -> None:
        gebied = gebied_met_code(options["gebied"])
        if gebied is None:
            raise CommandError("Geef met --gebied de code van het gebied.")
        try:
            bestand = open(options["bestand"], "rb")  # noqa: SIM115 - closed by the with below
        except OSError as exc:
            raise CommandError(f"Het bestand is niet te openen: {exc.strerror}.") from None
        nu = clock.nu()
        with bestand, tqdm(total=schat_aantal(bestand), unit=" regels", desc="Inlezen") as balk:
            rij = import_beginnen(
                gebied=gebied, door=None, bestandsnaam=options["bestand"].name, proef=options["proef"], nu=nu
            )
            rij = bestand_inlezen(rij=rij, bestand=bestand, nu=nu, voortgang=balk.update)
        for fout in rij.fouten:
            self.stdout.write(f"regel {fout['regel']}, {fout['veld']}: {fout['tekst']} ({fout['reden']})")
        if rij.status == rij.Status.MISLUKT:
            raise CommandError(
                f"Het bestand is niet ingelezen ({rij.reden}). {BestandGeweigerd(rij.reden).tekst}"
                if not rij.fouten
                else f"Het bestand is niet ingelezen ({rij.reden})."
            )
        self.stdout.write(
            ("Proef, er is niets bewaard. " if rij.proef else "")
            + f"regels {rij.regels}, verwerkt {rij.verwerkt}, bekend {rij.bekend}, teBeoordelen {rij.te_beoordelen}, "
            f"afgewezen {rij.afgewezen}, met fouten {rij.regels_met_fout}"
        )

"""`manage.py verklaar_stand ARTIKEL LOCATIE [PARTIJ]`: why a balance is what it is, line by line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ooievaar.platform.clock import AMSTERDAM
from voorraad.models import Artikel, Locatie, Partij, Stand
from voorraad.selectors import beloften_op, verklaar


class Command(BaseCommand):
    help = "Laat regel voor regel zien hoe een stand is ontstaan. Verandert niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("artikel", help="Code van het artikel, zoals in-de-box.")
        parser.add_argument("locatie", help="Code van de plek, zoals magazijn.")
        parser.add_argument("partij", nargs="?", help="Code van de partij; weggelaten: wat bij geen partij hoort.")
        parser.add_argument("--gebied", help="Code van het gebied; nodig als meer gebieden deze code hebben.")

    def handle(self, *args: Any, **options: Any) -> None:
        gebied = {"gebied__code": options["gebied"]} if options["gebied"] else {}
        artikel = _een(Artikel.objects.filter(code=options["artikel"], **gebied), "artikel", options["artikel"])
        locatie = _een(
            Locatie.objects.filter(code=options["locatie"], gebied=artikel.gebied_id), "plek", options["locatie"]
        )
        partij = options["partij"] and _een(
            Partij.objects.filter(artikel=artikel, code=options["partij"]), "partij", options["partij"]
        )
        daarna = 0
        for regel, verschil, daarna in verklaar(
            artikel_id=artikel.pk, locatie_id=locatie.pk, partij_id=partij.pk if partij else None
        ):
            ander = regel.van if verschil > 0 else regel.naar
            richting = "van" if verschil > 0 else "naar"
            noten = [
                regel.reden,
                regel.aanleiding,
                f"draait {regel.draait_terug_id} terug" if regel.draait_terug else "",
            ]
            self.stdout.write(
                f"{_moment(regel.geboekt_op)}  {verschil:+6d}  {daarna:6d}  {regel.soort} {richting} {ander.code}"
                f"  gebeurd {_moment(regel.gebeurd_op)}  {regel.pk}  {'; '.join(n for n in noten if n)}".rstrip()
            )
        stand = Stand.objects.filter(artikel=artikel, locatie=locatie, partij=partij or None).first()
        for belofte in beloften_op(stand) if stand else []:
            self.stdout.write(
                f"beloofd {belofte.aantal} aan {belofte.aanleiding} sinds {_moment(belofte.gereserveerd_op)}"
            )
        er, beloofd = (stand.aantal, stand.gereserveerd) if stand else (0, 0)
        self.stdout.write(f"Stand {er}, waarvan {beloofd} beloofd. Het grootboek zegt {daarna}.")
        if er != daarna:
            raise CommandError("De stand is niet wat het grootboek zegt.")


def _een(rijen: Any, wat: str, code: str) -> Any:
    gevonden = list(rijen[:2])
    if not gevonden:
        raise CommandError(f"Er is geen {wat} met code {code}.")
    if len(gevonden) > 1:
        raise CommandError(f"Meer gebieden hebben een {wat} met code {code}. Zeg welk gebied, met --gebied.")
    return gevonden[0]


def _moment(moment: Any) -> str:
    return f"{moment.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}"

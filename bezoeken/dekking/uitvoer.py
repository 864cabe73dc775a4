"""The same figures as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io

from bezoeken.dekking.services import Publicatie, Rij
from ooievaar.platform.spreadsheet import cel

KOLOMMEN = (
    "inAanmerking", "bereikt", "inVenster", "percentageInVenster", "teLaat", "geweigerd", "nietBereikt",
    "geenCapaciteit", "nogBezig", "ontbrekend", "verhuisd", "lateMelding", "inVerplaatstVenster", "aanDeDeur",
    "mediaanDagen", "pogingen", "doos", "voucher", "nooitToegewezen", "nooitGesproken", "eersteCafe",
    "doorverwijzingenGestart",
)  # fmt: skip


def _regels(publicatie: Publicatie) -> list[list[str | int | float | None]]:
    rijen: list[Rij] = [*publicatie.rijen, publicatie.totaal] if publicatie.per else [publicatie.totaal]
    return [
        [publicatie.periode, rij.wijk or "", str(cel(rij.naam)), *(rij.cijfers[k] for k in KOLOMMEN), rij.onderdrukt]
        for rij in rijen
    ]


def _kop() -> list[str]:
    return ["periode", "wijk", "naam", *KOLOMMEN, "onderdrukt"]


def als_csv(publicatie: Publicatie) -> bytes:
    """CSV after RFC 4180, with a byte order mark so that a spreadsheet reads the accents; hidden is empty."""
    buffer = io.StringIO()
    schrijver = csv.writer(buffer)
    schrijver.writerow(_kop())
    for regel in _regels(publicatie):
        schrijver.writerow(["ja" if w is True else "nee" if w is False else "" if w is None else w for w in regel])
    return buffer.getvalue().encode("utf-8-sig")


def als_xlsx(publicatie: Publicatie) -> bytes:
    """One sheet with the same rows."""
    from openpyxl import Workbook  # slow to load, and rarely asked for

    boek = Workbook(write_only=True)
    blad = boek.create_sheet("dekking")
    blad.append(_kop())
    for regel in _regels(publicatie):
        blad.append(regel)
    buffer = io.BytesIO()
    boek.save(buffer)
    return buffer.getvalue()

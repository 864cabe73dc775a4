"""From a file (CSV or XLSX, of any size) to records by column name. Streams: never a whole file in memory.

Raises BestandGeweigerd when the file as a whole is no table of notices. A record that can not be read is handed on
as a fault; the ones after it are still read.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from bezoeken.intake.fouten import BestandGeweigerd

KOLOMMEN = (
    "bron", "kenmerk", "geboortedatum", "voornaam", "achternaam", "contactpersoon", "rol", "telefoonnummer",
    "emailadres", "taal", "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats", "wijk",
    "geheim",
)  # fmt: skip
VERPLICHT = ("bron", "kenmerk", "geboortedatum", "straat", "huisnummer", "postcode", "woonplaats")
SCHEIDINGEN = ";,\t"
# A workbook that unpacks to more than this, or much more than its size, was made to fill a disk, not to report births.
MAX_UITGEPAKT = 1_000_000_000
MAX_VERHOUDING = 200
# All but the sheets themselves is read into memory at once: texts that are shared, styles.
MAX_IN_GEHEUGEN = 100_000_000
# A sheet says by itself in which row and column a cell stands, and what lies before it counts as empty: five kilobytes
# can claim a milliard rows. So no more rows than Excel has, and no more columns than anybody's list.
MAX_RIJEN = 1_048_576
MAX_KOLOMMEN = 100
_BLOK = 1 << 20
_SEP = re.compile(r"\ufeff?\"?sep=.\"?", re.IGNORECASE)
# A record is at most this many more lines and characters: an address with line ends, not half a file.
_MAX_REGELS = 50
# Days that Excel numbers (since 1900) between 2000 and 2100: no birth is reported outside them.
_DAGNUMMERS = range(36_526, 73_051)
_MAX_REGEL = 65_536


@dataclass(frozen=True)
class Record:
    """One record: its number (the header is 1) and its values, or the code of what is wrong with it as a whole."""

    nummer: int
    waarden: dict[str, str]
    fout: str = ""


def records(bestand: IO[bytes]) -> Iterator[Record]:
    """The records of the file, in order; empty ones are passed over. Raises BestandGeweigerd."""
    bestand.seek(0)
    begin = bestand.read(4)
    bestand.seek(0)
    if not begin:
        raise BestandGeweigerd("leeg")
    return _xlsx(bestand) if begin.startswith(b"PK\x03\x04") else _csv(bestand)


def schat_aantal(bestand: IO[bytes]) -> int | None:
    """About how many records a CSV file has, for a progress bar; None for a workbook."""
    bestand.seek(0)
    if bestand.read(2) == b"PK":
        return None
    bestand.seek(0)
    aantal = 0
    while blok := bestand.read(_BLOK):
        aantal += blok.count(b"\n")
    return aantal


def _csv(bestand: IO[bytes]) -> Iterator[Record]:
    tekst = io.TextIOWrapper(bestand, encoding=_codering(bestand), newline="")
    try:
        eerste, scheiding = _kopregel(tekst)
        kop = _kop(next(csv.reader([eerste], delimiter=scheiding), []))
        lezer = _Csvregels(tekst, scheiding, len(kop))
        for nummer, cellen in enumerate(lezer, 2):
            if cellen is None:
                yield Record(nummer, {}, "onleesbaar")
            elif any(cel.strip() for cel in cellen):
                yield _record(nummer, kop, cellen)
    finally:
        tekst.detach()


def _kopregel(tekst: io.TextIOWrapper) -> tuple[str, str]:
    """The line with the column names and what separates them; empty lines and Excel's `sep=;` may come before it."""
    eerste = tekst.readline(_MAX_REGEL)
    while eerste and (not eerste.strip() or _SEP.fullmatch(eerste.strip())):
        eerste = tekst.readline(_MAX_REGEL)
    scheiding = max(SCHEIDINGEN, key=eerste.count)
    if eerste.count(scheiding) == 0:
        raise BestandGeweigerd("geenTabel")
    return eerste, scheiding


class _Csvregels:
    """The cells of each record; None for one that can not be read.

    A quote that is never closed would swallow every row after it. So a record of several lines counts only when it has
    as many cells as the header; otherwise its first line is at fault, and the lines after it are read on their own.
    """

    def __init__(self, regels: Iterator[str], scheiding: str, breedte: int) -> None:
        self.regels, self.scheiding, self.breedte = regels, scheiding, breedte
        self.terug: deque[str] = deque()

    def __iter__(self) -> Iterator[list[str] | None]:
        while (regel := self._volgende()) is not None:
            if regel.count('"') % 2 and self._open(regel):
                yield self._van_meer_regels(regel)
            else:
                yield self._cellen(regel)

    def _volgende(self) -> str | None:
        return self.terug.popleft() if self.terug else next(self.regels, None)

    def _van_meer_regels(self, eerste: str) -> list[str] | None:
        erbij: list[str] = []
        lengte = len(eerste)
        while len(erbij) < _MAX_REGELS and lengte < _MAX_REGEL and (regel := self._volgende()) is not None:
            erbij.append(regel)
            lengte += len(regel)
            if regel.count('"') % 2 and not self._open(eerste + "".join(erbij)):
                cellen = self._cellen(eerste + "".join(erbij))
                if cellen is not None and len(cellen) == self.breedte:
                    return cellen
                break
        self.terug.extendleft(reversed(erbij))
        return None

    def _cellen(self, record: str) -> list[str] | None:
        try:
            return next(csv.reader([record], delimiter=self.scheiding), [])
        except csv.Error:
            return None

    def _open(self, record: str) -> bool:
        """Whether a quoted cell is still open at the end. A quote inside a cell that has none around it is text."""
        begin_van_cel, met_aanhaling, binnen, vorig = True, False, False, ""
        for teken in record:
            if binnen:
                binnen = teken != '"'
            elif teken == '"' and (begin_van_cel or (met_aanhaling and vorig == '"')):
                binnen = met_aanhaling = True  # of two in a row the second one is text
            elif teken == self.scheiding:
                met_aanhaling = False
            begin_van_cel = not binnen and teken == self.scheiding
            vorig = teken
        return binnen


def _codering(bestand: IO[bytes]) -> str:
    """UTF-8 (with or without BOM) when all of it is; otherwise cp1252, in which older Excel versions write."""
    bestand.seek(0)
    if bestand.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise BestandGeweigerd("onbekendeTekens")
    bestand.seek(0)
    utf8 = codecs.getincrementaldecoder("utf-8")()
    cp1252 = codecs.getincrementaldecoder("cp1252")()
    kan_utf8 = kan_cp1252 = True
    while kan_utf8 or kan_cp1252:
        blok = bestand.read(_BLOK)
        if b"\0" in blok:
            raise BestandGeweigerd("geenTabel")
        kan_utf8 = kan_utf8 and _leest(utf8, blok)
        kan_cp1252 = kan_cp1252 and _leest(cp1252, blok)
        if not blok:
            break
    bestand.seek(0)
    if not (kan_utf8 or kan_cp1252):
        raise BestandGeweigerd("onbekendeTekens")
    return "utf-8-sig" if kan_utf8 else "cp1252"


def _leest(decoder: codecs.IncrementalDecoder, blok: bytes) -> bool:
    try:
        decoder.decode(blok, final=not blok)
    except UnicodeDecodeError:
        return False
    return True


def _xlsx(bestand: IO[bytes]) -> Iterator[Record]:
    import openpyxl  # reads through defusedxml when that is installed, as it is here

    _geen_zipbom(bestand)
    try:
        boek = openpyxl.load_workbook(bestand, read_only=True, data_only=True)
        blad = boek.worksheets[0]
        blad.reset_dimensions()
        rijen = blad.iter_rows(values_only=True, max_row=MAX_RIJEN + 1, max_col=MAX_KOLOMMEN)
        kop = _kop([_cel(cel) for cel in next(rijen, ())])
        dag = kop.index("geboortedatum")
        for nummer, rij in enumerate(rijen, 2):
            if nummer > MAX_RIJEN:
                raise BestandGeweigerd("teGroot")
            if rij.count(None) == len(rij):
                continue
            cellen = [_cel(_als_dag(cel, boek.epoch) if plek == dag else cel) for plek, cel in enumerate(rij)]
            if any(cellen):
                # A workbook leaves out empty cells at the end of a row.
                yield _record(nummer, kop, cellen + [""] * (len(kop) - len(cellen)))
    except BestandGeweigerd:
        raise
    except Exception as exc:  # whatever a broken or hostile workbook makes the library raise
        raise BestandGeweigerd("geenTabel") from exc


def _geen_zipbom(bestand: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(bestand) as archief:
            leden = archief.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise BestandGeweigerd("geenTabel") from None
    uitgepakt = sum(lid.file_size for lid in leden)
    ingepakt = sum(lid.compress_size for lid in leden) or 1
    ineens = sum(lid.file_size for lid in leden if not lid.filename.startswith("xl/worksheets/"))
    te_veel = uitgepakt > MAX_UITGEPAKT or ineens > MAX_IN_GEHEUGEN
    if te_veel or (uitgepakt > 50_000_000 and uitgepakt / ingepakt > MAX_VERHOUDING):
        raise BestandGeweigerd("teGroot")
    bestand.seek(0)


def _als_dag(waarde: Any, begin: datetime) -> Any:
    """A day that somebody's Excel shows as a number (days since its epoch); anything else as it is."""
    if isinstance(waarde, int | float) and not isinstance(waarde, bool) and waarde in _DAGNUMMERS:
        from openpyxl.utils.datetime import from_excel

        return from_excel(waarde, begin)
    return waarde


def _cel(waarde: Any) -> str:
    """A cell as somebody would have typed it."""
    match waarde:
        case None:
            return ""
        case bool():
            return "ja" if waarde else "nee"
        case datetime():
            return waarde.date().isoformat()
        case date():
            return waarde.isoformat()
        case float() if waarde.is_integer():
            return str(int(waarde))
    return str(waarde).strip()


def _kop(cellen: list[str]) -> list[str]:
    """The column names; unknown columns are allowed and ignored. Raises BestandGeweigerd."""
    kop = [cel.strip().casefold() for cel in cellen]
    while kop and not kop[-1]:
        kop.pop()
    if not set(kop) & set(KOLOMMEN):
        raise BestandGeweigerd("geenTabel")
    if dubbel := sorted({naam for naam in kop if naam in KOLOMMEN and kop.count(naam) > 1}):
        raise BestandGeweigerd("dubbeleKolom", dubbel)
    if ontbreekt := [naam for naam in VERPLICHT if naam not in kop]:
        raise BestandGeweigerd("kolomOntbreekt", ontbreekt)
    return kop


def _record(nummer: int, kop: list[str], cellen: list[str]) -> Record:
    if len(cellen) < len(kop) or any(cel.strip() for cel in cellen[len(kop) :]):
        return Record(nummer, {}, "aantalVelden")
    return Record(nummer, dict(zip(kop, cellen, strict=False)))

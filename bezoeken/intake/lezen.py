"""From a file (CSV or XLSX, of any size) to records by column name. Streams: never a whole file in memory.

Raises BestandGeweigerd when the file as a whole is no table of notices. A record that can not be read is handed on
as a fault; the ones after it are still read.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
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
_BLOK = 1 << 20


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
        eerste = tekst.readline(65_536)
        scheiding = max(SCHEIDINGEN, key=eerste.count)
        if eerste.count(scheiding) == 0:
            raise BestandGeweigerd("geenTabel")
        kop = _kop(next(csv.reader([eerste], delimiter=scheiding), []))
        lezer = csv.reader(tekst, delimiter=scheiding)
        nummer = 1
        while True:
            nummer += 1
            try:
                cellen = next(lezer)
            except StopIteration:
                return
            except csv.Error:
                yield Record(nummer, {}, "onleesbaar")
                continue
            if any(cel.strip() for cel in cellen):
                yield _record(nummer, kop, cellen)
    finally:
        tekst.detach()


def _codering(bestand: IO[bytes]) -> str:
    """UTF-8 (with or without BOM) when all of it is; otherwise cp1252, in which older Excel versions write."""
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
        rijen = blad.iter_rows(values_only=True)
        kop = _kop([_cel(cel) for cel in next(rijen, ())])
        for nummer, rij in enumerate(rijen, 2):
            cellen = [_cel(cel) for cel in rij]
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
    if uitgepakt > MAX_UITGEPAKT or (uitgepakt > 50_000_000 and uitgepakt / ingepakt > MAX_VERHOUDING):
        raise BestandGeweigerd("teGroot")
    bestand.seek(0)


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

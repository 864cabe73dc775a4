"""CBS's table of postcodes and house numbers comes in: millions of rows, streamed through COPY."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import IO

from django.db import connection, transaction

_JAAR = re.compile(r"\d{4}$")
_PARTIJ = 50_000


class GeenPostcodetabel(Exception):
    """The file has not the columns PC6, Huisnummer, Wijk<year> and Gemeente<year>."""


def postcodes_importeren(
    *, bestand: IO[bytes], voortgang: Callable[[int], object] = lambda _aantal: None
) -> tuple[int, int]:
    """Insert or update every line; returns (lines read, lines skipped because they were not one).

    One transaction: half a table would call known addresses unknown. Raises GeenPostcodetabel.
    """
    tekst = io.TextIOWrapper(bestand, encoding="utf-8-sig", errors="replace", newline="")
    eerste = tekst.readline()
    lezer = csv.reader(tekst, delimiter=";" if ";" in eerste else ",")
    kop = [
        _JAAR.sub("", naam.strip()).casefold()
        for naam in next(csv.reader([eerste], delimiter=lezer.dialect.delimiter), [])
    ]
    try:
        plekken = [kop.index(naam) for naam in ("pc6", "huisnummer", "wijk", "gemeente")]
    except ValueError:
        raise GeenPostcodetabel from None
    gelezen = overgeslagen = 0

    def rijen() -> Iterator[tuple[str, int, str, str]]:
        nonlocal gelezen, overgeslagen
        for cellen in lezer:
            if not cellen:
                continue
            gelezen += 1
            if gelezen % _PARTIJ == 0:
                voortgang(_PARTIJ)
            try:
                pc6, nummer, wijk, gemeente = (cellen[plek].strip() for plek in plekken)
                yield pc6.replace(" ", "").upper()[:6], int(nummer), f"WK{wijk:0>6}"[:8], f"GM{gemeente:0>4}"[:6]
            except (IndexError, ValueError):
                overgeslagen += 1

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE nieuw (pc6 text, huisnummer int, wijk text, gemeente text) ON COMMIT DROP")
        with cursor.copy("COPY nieuw FROM STDIN") as copy:
            for rij in rijen():
                copy.write_row(rij)
        cursor.execute(
            """
            INSERT INTO ooievaar_postcode (pc6, huisnummer, wijk_code, gemeente_code)
            SELECT DISTINCT ON (pc6, huisnummer) pc6, huisnummer, wijk, gemeente FROM nieuw
            ORDER BY pc6, huisnummer
            ON CONFLICT (pc6, huisnummer) DO UPDATE
            SET wijk_code = EXCLUDED.wijk_code, gemeente_code = EXCLUDED.gemeente_code
            WHERE (ooievaar_postcode.wijk_code, ooievaar_postcode.gemeente_code)
                  IS DISTINCT FROM (EXCLUDED.wijk_code, EXCLUDED.gemeente_code)
            """
        )
    voortgang(gelezen % _PARTIJ)
    return gelezen, overgeslagen

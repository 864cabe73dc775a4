"""Bars as data for an SVG: pure, in whole units of the drawing. A hidden value is no bar, never a bar of 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BREEDTE = 640
RIJHOOGTE = 34
_NAAM = 235
_GETAL = 115


@dataclass(frozen=True)
class Balk:
    """One row: the whole (children in the figures) with the part inside it (visited in time)."""

    naam: str
    y: int
    tekst_y: int
    breedte: int | None
    deel: int | None
    tekst: str


@dataclass(frozen=True)
class Tekening:
    hoogte: int
    balken: list[Balk]
    x: int = _NAAM
    x_getal: int = BREEDTE - _GETAL + 8


def teken(rijen: Sequence[tuple[str, int | None, int | None]], *, verborgen: str, leeg: str) -> Tekening:
    """Bars for (name, part, whole), all on one scale; None is hidden and says so, and so does a whole of 0."""
    ruimte = BREEDTE - _NAAM - _GETAL
    grootste = max((geheel for _naam, _deel, geheel in rijen if geheel), default=1)
    balken = []
    for nummer, (naam, deel, geheel) in enumerate(rijen):
        y = nummer * RIJHOOGTE
        if deel is None or geheel is None:
            balken.append(Balk(naam, y + 6, y + 22, None, None, verborgen))
        else:
            breedte, lengte = ruimte * geheel // grootste, ruimte * deel // grootste
            balken.append(Balk(naam, y + 6, y + 22, breedte, lengte, f"{deel} / {geheel}" if geheel else leeg))
    return Tekening(len(rijen) * RIJHOOGTE + 4, balken)

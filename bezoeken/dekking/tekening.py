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


@dataclass(frozen=True)
class Kolom:
    """One period: the whole with the part inside it, measured up from the base line; None where it is hidden."""

    naam: str
    jaar: str
    x: int
    midden: int
    y: int
    hoogte: int | None
    y_deel: int
    deel: int
    tekst: str
    y_tekst: int


@dataclass(frozen=True)
class Trend:
    kolommen: list[Kolom]
    breedte: int = BREEDTE
    hoogte: int = 250
    grond: int = 200
    kolombreedte: int = 32


def teken_trend(punten: Sequence[tuple[str, str, int | None, int | None, str]]) -> Trend:
    """Columns side by side for (name, year, part, whole, text above), all on one scale."""
    trend = Trend([])
    grootste = max((geheel for _n, _j, _d, geheel, _t in punten if geheel), default=1)
    stap = trend.breedte // max(len(punten), 1)
    for nummer, (naam, jaar, deel, geheel, tekst) in enumerate(punten):
        midden = nummer * stap + stap // 2
        hoogte = None if deel is None or geheel is None else (trend.grond - 30) * geheel // grootste
        lengte = 0 if hoogte is None or not geheel or deel is None else hoogte * deel // geheel
        top = trend.grond - (hoogte or 0)
        trend.kolommen.append(
            Kolom(naam, jaar, midden - trend.kolombreedte // 2, midden, top, hoogte, trend.grond - lengte, lengte,
                  tekst, top - 8)
        )  # fmt: skip
    return trend

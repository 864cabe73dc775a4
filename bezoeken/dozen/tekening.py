"""The forecast as data for an SVG: pure, in whole units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voorraad.prognose import Weekvraag

BREEDTE = 640
HOOGTE = 260
_LINKS, _BOVEN, _ONDER = 40, 10, 40


@dataclass(frozen=True)
class Kolom:
    """One week: the band as a bar, what is expected as a line across it, and its name below."""

    x: int
    midden: int
    breedte: int
    boven: int
    hoogte: int
    verwacht: int
    naam: str


@dataclass(frozen=True)
class Tekening:
    kolommen: list[Kolom]
    # Lines to read the height by: (y, number).
    lijnen: list[tuple[int, int]]
    breedte: int = BREEDTE
    hoogte: int = HOOGTE
    links: int = _LINKS
    tekst_y: int = HOOGTE - 14


def teken(weken: Sequence[Weekvraag]) -> Tekening:
    """Bands and expectations on one scale that begins at zero."""
    hoogste = max((week.hoog for week in weken), default=0) or 1
    stap = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**6) if hoogste / s <= 5)
    top = -(-hoogste // stap) * stap
    ruimte = HOOGTE - _BOVEN - _ONDER

    def y(aantal: float) -> int:
        return _BOVEN + round(ruimte * (1 - aantal / top))

    deel = (BREEDTE - _LINKS) // max(len(weken), 1)
    kolommen = [
        Kolom(
            x=_LINKS + nummer * deel + deel // 6,
            midden=_LINKS + nummer * deel + deel // 2,
            breedte=deel * 2 // 3,
            boven=y(week.hoog),
            hoogte=max(y(week.laag) - y(week.hoog), 1),
            verwacht=y(week.verwacht),
            naam=week.week.rpartition("W")[2],
        )
        for nummer, week in enumerate(weken)
    ]
    return Tekening(kolommen, [(y(aantal), aantal) for aantal in range(0, top + 1, stap)])

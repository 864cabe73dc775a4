"""The map as data for an SVG: pure. Outlines where they were imported, else a tile per wijk placed by its centroid.

A colour never says anything alone: each wijk carries its percentage, and a number that leads to its row in the table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BREEDTE = 640
_RAND = 8
# Points are drawn on a grid of so many units: neighbours keep one shared line, and a fine outline stays a small page.
_RASTER = 3
_TEGEL = (96, 74)
_TUSSEN = 6
_HOOG, _MIDDEN = 80, 60


@dataclass(frozen=True)
class Wijkplek:
    """A wijk with its centroid and outline (rings of [longitude, latitude] in degrees), and what may be shown of it."""

    naam: str
    lengtegraad: float
    breedtegraad: float
    grens: Sequence[Sequence[Sequence[float]]] | None
    percentage: float | None


@dataclass(frozen=True)
class Vlak:
    nummer: int
    naam: str
    klasse: str
    pad: str
    x: int
    y: int
    tekst: str


@dataclass(frozen=True)
class Kaart:
    hoogte: int
    vlakken: list[Vlak]
    tegels: bool
    breedte: int = BREEDTE


def teken_kaart(wijken: Sequence[Wijkplek]) -> Kaart | None:
    """The wijken in the order of the table, numbered from 1; None without any.

    Outlines are drawn only when every wijk has one.
    """
    if not wijken:
        return None
    return _met_grenzen(wijken) if all(w.grens for w in wijken) else _met_tegels(wijken)


def _vlak(nummer: int, wijk: Wijkplek, pad: str, x: float, y: float) -> Vlak:
    deel = wijk.percentage
    tekst = "–" if deel is None else f"{math.floor(deel + 0.5)} %"
    return Vlak(nummer, wijk.naam, klasse_van(deel), pad, round(x), round(y), tekst)


def klasse_van(percentage: float | None) -> str:
    """The class of the legend: hoog from 80 %, midden from 60 %, laag below; verborgen where no percentage is shown."""
    if percentage is None:
        return "verborgen"
    return "hoog" if percentage >= _HOOG else "midden" if percentage >= _MIDDEN else "laag"


def _met_grenzen(wijken: Sequence[Wijkplek]) -> Kaart:
    punten = [punt for wijk in wijken for ring in wijk.grens or () for punt in ring]
    west, oost = min(p[0] for p in punten), max(p[0] for p in punten)
    zuid, noord = min(p[1] for p in punten), max(p[1] for p in punten)
    # A degree of longitude is shorter than one of latitude; over one municipality this is exact to a metre or so.
    smal = math.cos(math.radians((zuid + noord) / 2))
    schaal = (BREEDTE - 2 * _RAND) / max((oost - west) * smal, 1e-9)

    def plaats(lengte: float, breedte: float) -> tuple[float, float]:
        return _RAND + (lengte - west) * smal * schaal, _RAND + (noord - breedte) * schaal

    vlakken = []
    for nummer, wijk in enumerate(wijken, start=1):
        ringen = [_ring([plaats(lengte, breedte) for lengte, breedte in ring]) for ring in wijk.grens or ()]
        x, y = plaats(wijk.lengtegraad, wijk.breedtegraad)
        vlakken.append(_vlak(nummer, wijk, "".join(ringen), x, y))
    return Kaart(math.ceil((noord - zuid) * schaal) + 2 * _RAND, vlakken, tegels=False)


def _ring(punten: Iterable[tuple[float, float]]) -> str:
    pad: list[tuple[int, int]] = []
    for x, y in punten:
        punt = (_RASTER * round(x / _RASTER), _RASTER * round(y / _RASTER))
        if not pad or pad[-1] != punt:
            pad.append(punt)
    return "M" + "L".join(f"{x} {y}" for x, y in pad) + "Z" if len(pad) > 2 else ""


def _met_tegels(wijken: Sequence[Wijkplek]) -> Kaart:
    """Each wijk takes the free cell of a small grid nearest to its centroid; the northern ones choose first."""
    kolommen = math.ceil(math.sqrt(len(wijken))) + 1
    rijen = math.ceil(len(wijken) / kolommen) + 1
    xs, ys = [w.lengtegraad for w in wijken], [w.breedtegraad for w in wijken]
    breed, hoog = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
    vrij = {(kolom, rij) for kolom in range(kolommen) for rij in range(rijen)}
    cellen: dict[int, tuple[int, int]] = {}
    for n in sorted(range(len(wijken)), key=lambda n: (-ys[n], xs[n], n)):
        doel = ((xs[n] - min(xs)) / breed * (kolommen - 1), (max(ys) - ys[n]) / hoog * (rijen - 1))
        cellen[n] = min(vrij, key=lambda cel: ((cel[0] - doel[0]) ** 2 + (cel[1] - doel[1]) ** 2, cel))
        vrij.discard(cellen[n])
    hoogste = min(rij for _kolom, rij in cellen.values())
    vlakken = []
    for n, wijk in enumerate(wijken):
        kolom, rij = cellen[n]
        x, y = kolom * (_TEGEL[0] + _TUSSEN), (rij - hoogste) * (_TEGEL[1] + _TUSSEN)
        pad = f"M{x} {y}h{_TEGEL[0]}v{_TEGEL[1]}h-{_TEGEL[0]}Z"
        vlakken.append(_vlak(n + 1, wijk, pad, x + _TEGEL[0] / 2, y + _TEGEL[1] / 2))
    hoogte = max(rij - hoogste + 1 for _kolom, rij in cellen.values()) * (_TEGEL[1] + _TUSSEN)
    return Kaart(hoogte, vlakken, tegels=True, breedte=kolommen * (_TEGEL[0] + _TUSSEN))

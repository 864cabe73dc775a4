"""Invented years of births and visits: a stream with seasons, late notices and late visits. The same for a seed."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from bezoeken.dozen.vraag import Verleden

BEGIN = date(2025, 1, 1)


@dataclass(frozen=True)
class Leven:
    """A child: born, reported, visited (with or without a box)."""

    geboren: date
    gemeld: date
    bezocht: date
    doos: bool


def maak(seed: int, *, per_jaar: int, golf: float, dagen: int = 930) -> list[Leven]:
    """Children born from BEGIN on; `golf` is how far the year swings around its mean."""
    kans = random.Random(seed)
    levens = []
    for nummer in range(dagen):
        dag = BEGIN + timedelta(days=nummer)
        tempo = per_jaar / 365 * (1 + golf * math.sin(2 * math.pi * (dag.timetuple().tm_yday - 80) / 365))
        for _kind in range(_poisson(kans, tempo)):
            gemeld = dag + timedelta(days=min(40, 1 + int(kans.expovariate(1 / 4))))
            na = 42 + (kans.randrange(15) if kans.random() < 0.8 else 15 + kans.randrange(20))
            bezocht = max(dag + timedelta(days=na), gemeld + timedelta(days=1))
            levens.append(Leven(dag, gemeld, bezocht, kans.random() < 0.9))
    return levens


def gezien_op(levens: list[Leven], vandaag: date) -> tuple[list[date], Verleden]:
    """What the programme knows on this day: windows of children to visit, and its past."""
    bekend = [leven for leven in levens if leven.gemeld <= vandaag]
    klaar = [leven for leven in bekend if leven.bezocht < vandaag]
    oud = [leven for leven in bekend if (vandaag - leven.geboren).days >= 60]
    verleden = Verleden(
        sinds=BEGIN,
        geboorten=Counter(leven.geboren for leven in bekend),
        gemeld_na=Counter((leven.gemeld - leven.geboren).days for leven in oud),
        bezocht_na=Counter((leven.bezocht - leven.geboren).days - 42 for leven in klaar if leven.doos),
        klaar=len(klaar),
        met_doos=sum(leven.doos for leven in klaar),
    )
    return [leven.geboren + timedelta(days=42) for leven in bekend if leven.bezocht >= vandaag], verleden


def _poisson(kans: random.Random, mu: float) -> int:
    grens, product, n = math.exp(-mu), kans.random(), 0
    while product > grens:
        product *= kans.random()
        n += 1
    return n

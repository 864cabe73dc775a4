"""How stock runs against a demand that is passed in: week by week, earliest date first. Pure.

What the demand is (visits, births) is not for this app to know; see bezoeken/dozen/vraag.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Weekvraag:
    """Boxes needed in a week, both days included: from what is known, expected in all, and the band around it."""

    begin: date
    eind: date
    bekend: float
    verwacht: float
    laag: int
    hoog: int

    @property
    def week(self) -> str:
        """The ISO week: 2026-W48."""
        jaar, nummer, _dag = self.begin.isocalendar()
        return f"{jaar}-W{nummer:02d}"


@dataclass(frozen=True)
class Lot:
    """So many of an article that may be used up to and including a day (None: it does not expire)."""

    aantal: int
    bruikbaar_tot: date | None


@dataclass(frozen=True)
class Levering:
    """So many that are expected to come in on a day."""

    dag: date
    aantal: int


@dataclass(frozen=True)
class Weekstand:
    """One week: what is needed, what can no longer be used, what is short, and what is left at the end."""

    begin: date
    eind: date
    nodig: float
    vervalt: float
    tekort: float
    over: float


@dataclass
class _Rest:
    """What is left of a lot while the weeks go by."""

    tot: date
    aantal: float


def verloop(
    *, lots: Sequence[Lot], leveringen: Sequence[Levering], weken: Sequence[tuple[date, date]], vraag: Sequence[float]
) -> list[Weekstand]:
    """Use the stock week by week, what expires first goes first; what comes in during a week serves from the next.

    A lot that can not be used on the first day of a week is lost to it. What is short in a week stays short: those
    boxes were needed then.
    """
    resten = [_Rest(lot.bruikbaar_tot or date.max, lot.aantal) for lot in lots]
    komend = sorted(leveringen, key=lambda levering: levering.dag)
    standen = []
    for (begin, eind), nodig in zip(weken, vraag, strict=True):
        while komend and komend[0].dag <= begin:
            resten.append(_Rest(date.max, komend.pop(0).aantal))
        vervalt = sum(rest.aantal for rest in resten if rest.tot < begin)
        resten = sorted([rest for rest in resten if rest.tot >= begin and rest.aantal > 0], key=lambda rest: rest.tot)
        nog = nodig
        for rest in resten:
            neem = min(nog, rest.aantal)
            rest.aantal -= neem
            nog -= neem
        over = sum(rest.aantal for rest in resten)
        standen.append(Weekstand(begin, eind, nodig, vervalt, max(nog, 0.0), over))
    return standen


def eerste_tekort(standen: Sequence[Weekstand], *, vanaf: float = 0.5) -> date | None:
    """The first day of the first week in which at least `vanaf` is short by then; half a box is a box too few."""
    samen = 0.0
    for stand in standen:
        samen += stand.tekort
        if samen >= vanaf:
            return stand.begin
    return None

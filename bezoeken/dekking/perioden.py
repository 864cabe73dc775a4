"""The periods in which coverage is published: aligned months, quarters and years, and the last 12 closed months. Pure.

No free dates (domain.md, "Coverage"): two periods that differ by a few days would give away a few children.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MAAND = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_KWARTAAL = re.compile(r"(\d{4})-K([1-4])")
_JAAR = re.compile(r"\d{4}")
_EERSTE_JAAR = 2024
MAANDEN_PER_JAAR = 12


class OnbekendePeriode(ValueError):
    """Not `JJJJ`, `JJJJ-Kn`, `JJJJ-MM` or `rollend`, or a period that has not begun."""


@dataclass(frozen=True)
class Periode:
    """Whole months: from the first of `van`, up to and not including the first of `tot`."""

    code: str
    van: date
    tot: date

    @property
    def maanden(self) -> list[date]:
        """The first day of each month in the period."""
        return [verder(self.van, n) for n in range(maanden_tussen(self.van, self.tot))]


def verder(maand: date, aantal: int) -> date:
    """The first of the month so many months on (or back)."""
    index = maand.year * MAANDEN_PER_JAAR + maand.month - 1 + aantal
    return date(index // MAANDEN_PER_JAAR, index % MAANDEN_PER_JAAR + 1, 1)


def maanden_tussen(van: date, tot: date) -> int:
    """The number of months from one first of the month to another."""
    return (tot.year - van.year) * MAANDEN_PER_JAAR + tot.month - van.month


def jaar(nummer: int) -> Periode:
    return Periode(f"{nummer:04d}", date(nummer, 1, 1), date(nummer + 1, 1, 1))


def kwartaal(nummer: int, k: int) -> Periode:
    begin = date(nummer, 3 * k - 2, 1)
    return Periode(f"{nummer:04d}-K{k}", begin, verder(begin, 3))


def maand(begin: date) -> Periode:
    return Periode(f"{begin:%Y-%m}", begin, verder(begin, 1))


def rollend(vandaag: date) -> Periode:
    """The last 12 closed months: up to the first of this month."""
    tot = vandaag.replace(day=1)
    return Periode("rollend", verder(tot, -MAANDEN_PER_JAAR), tot)


def lees(code: str, vandaag: date) -> Periode:
    """The period of a code. Raises OnbekendePeriode, also for one that has not begun or lies before the programme."""
    if code == "rollend":
        return rollend(vandaag)
    if treffer := _MAAND.fullmatch(code):
        periode = maand(date(int(treffer[1]), int(treffer[2]), 1)) if int(treffer[1]) else None
    elif treffer := _KWARTAAL.fullmatch(code):
        periode = kwartaal(int(treffer[1]), int(treffer[2])) if int(treffer[1]) else None
    elif _JAAR.fullmatch(code):
        periode = jaar(int(code)) if 0 < int(code) < date.max.year else None
    else:
        periode = None
    if periode is None or periode.van.year < _EERSTE_JAAR or periode.van > vandaag:
        raise OnbekendePeriode(code)
    return periode

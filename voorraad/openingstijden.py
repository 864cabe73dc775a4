"""Slots within opening hours: local times of Europe/Amsterdam, as moments. No Django in here.

An appointment is made for a wall-clock time. In the spring night an hour does not exist, so a slot in it does not
either; in the autumn night an hour comes twice, and a slot in it is the first of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ooievaar.kalender import AMSTERDAM


@dataclass(frozen=True)
class Opening:
    """Open on this day of every week (1 is Monday), in slots of so many minutes for so many families."""

    weekdag: int
    van: time
    tot: time
    slot_minuten: int
    capaciteit: int


@dataclass(frozen=True)
class Slot:
    """One appointment time, in UTC."""

    begin: datetime
    eind: datetime
    capaciteit: int


def slots(openingen: Iterable[Opening], van: date, tot: date, dicht: Callable[[date], bool]) -> Iterator[Slot]:
    """The slots of these days (both included), the first one first; a slot that would run past closing is none."""
    weekrooster = sorted(openingen, key=lambda o: (o.weekdag, o.van))
    for nummer in range((tot - van).days + 1):
        dag = van + timedelta(days=nummer)
        if dicht(dag):
            continue
        for opening in weekrooster:
            if opening.weekdag == dag.isoweekday():
                yield from _van_dag(opening, dag)


def _van_dag(opening: Opening, dag: date) -> Iterator[Slot]:
    stap = timedelta(minutes=opening.slot_minuten)
    lokaal, sluit = datetime.combine(dag, opening.van), datetime.combine(dag, opening.tot)
    while lokaal + stap <= sluit:
        begin = lokaal.replace(tzinfo=AMSTERDAM).astimezone(UTC)
        # A time that does not exist comes back from UTC as another one.
        if begin.astimezone(AMSTERDAM).replace(tzinfo=None) == lokaal:
            yield Slot(begin, begin + stap, opening.capaciteit)
        lokaal += stap

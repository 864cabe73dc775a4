"""What a line of work is: something that waits for a person, since when, and the one thing to do next.

Each room has its own sources in a `werk.py` and says them in `bezoeken/vandaag/bronnen.py`, the only list of them. A
source that the database can answer gives rows with the same columns as all others, so that the whole list of work is
one query however many sources there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import CharField, Count, DateField, DateTimeField, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


class Orde(IntEnum):
    """What comes before what; within one of these the oldest comes first."""

    ALARM = 0
    EERST = 1
    DAARNA = 2


@dataclass(frozen=True)
class Soort:
    """A kind of work. `naar` is the name of the page where it is done, which gets the id of the subject."""

    code: str
    orde: Orde
    kop: Any  # what it is, for the choice above the list
    wat: Any  # what is the matter, in the line
    actie: Any  # the one next action, on its button
    naar: str
    van_gezin: bool = True  # `naam` is the surname of a family, not the name of a volunteer


@dataclass(frozen=True)
class Werkregel:
    """One line of work: about whom (`naam`), where, since when, until which day, and who has it now.

    `wat` says what is the matter when that differs from line to line; `aantal` how many visits the line stands for.
    `gezin` is the family that `naam` names, so that who read it is written down; none where no family is named.
    """

    soort: str
    sinds: datetime
    onderwerp: UUID
    naam: str = ""
    plaats: str = ""
    dag: date | None = None
    bij: str = ""
    gezin: UUID | None = None
    wat: str = ""
    aantal: int = 1


@dataclass(frozen=True)
class Werkbron:
    """A source: its kinds, and either `rijen` (answered by the database) or `regels` (which needs the rules)."""

    soorten: tuple[Soort, ...]
    rijen: Callable[[Gebruiker, datetime], Iterable[QuerySet[Any, Any]]] | None = None
    regels: Callable[[Gebruiker, datetime], Iterable[Werkregel]] | None = None


_KOLOMMEN: dict[str, Any] = {
    "soort": CharField(),
    "sinds": DateTimeField(),
    "onderwerp": UUIDField(),
    "naam": CharField(),
    "plaats": CharField(),
    "dag": DateField(),
    "bij": CharField(),
    "gezin": UUIDField(),
}


def werkrijen(rijen: QuerySet[Any], **kolommen: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """These rows as lines of work, in the columns of `Werkregel`; what is not given is empty.

    Each column is cast, because the parts of a UNION must have the same types.
    """
    leeg = {"naam": Value(""), "plaats": Value(""), "dag": Value(None), "bij": Value(""), "gezin": Value(None)}
    gegeven = {**leeg, **kolommen}
    return (
        rijen.order_by()
        .annotate(**{f"werk_{naam}": Cast(gegeven[naam], veld) for naam, veld in _KOLOMMEN.items()})
        .values_list(*(f"werk_{naam}" for naam in _KOLOMMEN))
    )


def aantal(rijen: QuerySet[Any], per: str) -> QuerySet[Any, Any]:
    """How many of these there are, as a subquery of one number (none when there are none)."""
    return rijen.order_by().values(per).annotate(werk_aantal=Count("pk")).values("werk_aantal")


def werkregel(rij: tuple[Any, ...]) -> Werkregel:
    """A row of `werkrijen` as a line; a surname, wijk or volunteer that is not known is empty."""
    soort, sinds, onderwerp, naam, plaats, dag, bij, gezin = rij
    return Werkregel(soort, sinds, onderwerp, naam or "", plaats or "", dag, bij or "", gezin)

"""The guest list of a Sjpruutcafé: what may happen to a sign-up, on one screen, and who fits in. Pure.

Everything that changes the status of a sign-up passes `naar`; what is not in the table raises. Places are counted in
adults and in children, both of which must fit (domain.md, rule 15).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar

Sleutel = TypeVar("Sleutel", bound=Hashable)


class Aanmeldstatus(StrEnum):
    """How a family stands on the list of one café."""

    AANGEMELD = "aangemeld"
    WACHTLIJST = "wachtlijst"
    AANGEBODEN = "aangeboden"
    AFGEMELD = "afgemeld"
    VERLOPEN = "verlopen"


class Aanmeldactie(StrEnum):
    """What people and the clock do with a sign-up."""

    PLAATSEN = "plaatsen"
    WACHTEN = "wachten"
    AANBIEDEN = "aanbieden"
    AANNEMEN = "aannemen"
    VERLOPEN = "verlopen"
    AFMELDEN = "afmelden"


class Overgang(NamedTuple):
    """One row of the table: from these states (None: not on the list yet) this action leads there."""

    actie: Aanmeldactie
    van: frozenset[Aanmeldstatus | None]
    naar: Aanmeldstatus
    betekenis: str


_A = Aanmeldstatus
# Not on the list: never was, or left it. Who comes back stands at the end of the queue.
_NIET = frozenset({None, _A.AFGEMELD, _A.VERLOPEN})
# On the list, in whatever way.
ACTIEF = frozenset({_A.AANGEMELD, _A.WACHTLIJST, _A.AANGEBODEN})
# Takes up places: an offer keeps them free until it is answered or expires.
BEZET = frozenset({_A.AANGEMELD, _A.AANGEBODEN})

OVERGANGEN: tuple[Overgang, ...] = (
    Overgang(Aanmeldactie.PLAATSEN, _NIET, _A.AANGEMELD, "there is room, also after all who wait and fit"),
    Overgang(Aanmeldactie.WACHTEN, _NIET, _A.WACHTLIJST, "no room: at the end of the queue"),
    Overgang(Aanmeldactie.AANBIEDEN, frozenset({_A.WACHTLIJST}), _A.AANGEBODEN, "the first in the queue who fits"),
    Overgang(Aanmeldactie.AANNEMEN, frozenset({_A.AANGEBODEN}), _A.AANGEMELD, "the family takes the place in time"),
    Overgang(Aanmeldactie.VERLOPEN, frozenset({_A.AANGEBODEN}), _A.VERLOPEN, "no answer in time: to the next"),
    Overgang(Aanmeldactie.AFMELDEN, ACTIEF, _A.AFGEMELD, "the family can not come, or all contact stopped"),
)
_TABEL = {(van, rij.actie): rij.naar for rij in OVERGANGEN for van in rij.van}


class OngeldigeStap(ValueError):
    """The table does not know this action in this state."""


def naar(actie: Aanmeldactie, status: str | None) -> Aanmeldstatus:
    """The state after this action. Raises OngeldigeStap."""
    try:
        return _TABEL[Aanmeldstatus(status) if status else None, actie]
    except KeyError:
        raise OngeldigeStap(f"{actie} in {status}") from None


@dataclass(frozen=True)
class Plaatsen:
    """So many adults and so many children: of a family, of a café, or what is still free."""

    volwassenen: int
    kinderen: int

    def __sub__(self, ander: Plaatsen) -> Plaatsen:
        return Plaatsen(self.volwassenen - ander.volwassenen, self.kinderen - ander.kinderen)

    def past_in(self, vrij: Plaatsen) -> bool:
        """Whether both the adults and the children fit."""
        return self.volwassenen <= vrij.volwassenen and self.kinderen <= vrij.kinderen


def klein_gezin(capaciteit: Plaatsen) -> Plaatsen:
    """The fewest with whom a family comes: an adult with a child, or alone where there are no places for children."""
    return Plaatsen(1, min(1, capaciteit.kinderen))


def vrij_na(capaciteit: Plaatsen, bezet: Iterable[Plaatsen]) -> Plaatsen:
    """What is left of a café."""
    for groep in bezet:
        capaciteit -= groep
    return capaciteit


def aan_de_beurt(vrij: Plaatsen, wachtenden: Sequence[tuple[Sleutel, Plaatsen]]) -> tuple[list[Sleutel], Plaatsen]:
    """Who of the queue (in its order) gets an offer now, and what is free after that.

    First come, first served, among those who fit: a family of six does not keep two free chairs empty.
    """
    krijgen = []
    for sleutel, groep in wachtenden:
        if groep.past_in(vrij):
            krijgen.append(sleutel)
            vrij -= groep
    return krijgen, vrij


def past_direct(vrij: Plaatsen, wachtenden: Sequence[tuple[Sleutel, Plaatsen]], nieuw: Plaatsen) -> bool:
    """Whether a new family can be taken at once: there is room for it after all who wait and would fit."""
    return nieuw.past_in(aan_de_beurt(vrij, wachtenden)[1])


def aanbod_tot(verzonden_op: datetime, begin: datetime, duur: timedelta) -> datetime:
    """Until when, not including, an offer holds: `duur` after the family can have heard of it, or until the begin."""
    return min(verzonden_op + duur, begin)

"""The window of a visit and its phases: pure dates, no Django, no clock.

Source: domain.md, "The window". A birth date is a date in Europe/Amsterdam, never a moment, so nothing here knows a
time zone: adding days to dates is right over every DST night and every 29 February.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Fase(StrEnum):
    """Where a visit stands in time. Computed when read, never stored."""

    WACHTEN = "wachten"
    VOORBEREIDEN = "voorbereiden"
    IN_VENSTER = "inVenster"
    TE_LAAT = "teLaat"
    VERLOPEN = "verlopen"


@dataclass(frozen=True)
class Vensterregels:
    """The day numbers of a Gebied, counted from the birth date, which is day 0."""

    begin: int = 42
    eind: int = 56
    voorbereiden: int = 28
    verlopen: int = 84
    late_melding: int = 36

    @property
    def aanloop(self) -> timedelta:
        """How long before the window the preparation starts (14 days for Heerlen-Noord)."""
        return timedelta(days=self.begin - self.voorbereiden)

    @property
    def uitloop(self) -> timedelta:
        """How long after the window a visit is still possible (28 days for Heerlen-Noord)."""
        return timedelta(days=self.verlopen - self.eind)


@dataclass(frozen=True)
class Venster:
    """The days in which the visit should take place, both ends included."""

    begin: date
    eind: date

    def __contains__(self, dag: date) -> bool:
        return self.begin <= dag <= self.eind


def venster(geboortedatum: date, regels: Vensterregels) -> Venster:
    """The window that belongs to a birth date: D+42 up to and including D+56 by default (15 days)."""
    return Venster(geboortedatum + timedelta(days=regels.begin), geboortedatum + timedelta(days=regels.eind))


def fase(venster: Venster, vandaag: date, regels: Vensterregels) -> Fase:
    """The phase of a visit today, counted from its own window, so that a moved window moves its phases along."""
    if vandaag < venster.begin - regels.aanloop:
        return Fase.WACHTEN
    if vandaag < venster.begin:
        return Fase.VOORBEREIDEN
    if vandaag <= venster.eind:
        return Fase.IN_VENSTER
    if vandaag <= venster.eind + regels.uitloop:
        return Fase.TE_LAAT
    return Fase.VERLOPEN


@dataclass(frozen=True)
class Fasegrenzen:
    """What a phase means for the two dates of a window, so that a database can select on it; None is no bound."""

    begin_vanaf: date | None = None
    begin_tot: date | None = None  # exclusive
    eind_vanaf: date | None = None
    eind_tot: date | None = None  # exclusive


def grenzen(gevraagd: Fase, vandaag: date, regels: Vensterregels) -> Fasegrenzen:
    """The windows which are in the phase `gevraagd` today: the inverse of `fase`."""
    morgen = vandaag + timedelta(days=1)
    match gevraagd:
        case Fase.WACHTEN:
            return Fasegrenzen(begin_vanaf=morgen + regels.aanloop)
        case Fase.VOORBEREIDEN:
            return Fasegrenzen(begin_vanaf=morgen, begin_tot=morgen + regels.aanloop)
        case Fase.IN_VENSTER:
            return Fasegrenzen(begin_tot=morgen, eind_vanaf=vandaag)
        case Fase.TE_LAAT:
            return Fasegrenzen(begin_tot=morgen, eind_vanaf=vandaag - regels.uitloop, eind_tot=vandaag)
        case Fase.VERLOPEN:
            return Fasegrenzen(eind_tot=vandaag - regels.uitloop)


def is_late_melding(geboortedatum: date, gemeld_op: date, regels: Vensterregels) -> bool:
    """A notice on D+36 or later: announce at once, visit as soon as possible, counted apart (domain.md)."""
    return gemeld_op >= geboortedatum + timedelta(days=regels.late_melding)


def is_te_oud(geboortedatum: date, gemeld_op: date, regels: Vensterregels) -> bool:
    """After D+84 there is no visit any more: the Sjop and the café only, and a person decides."""
    return gemeld_op > geboortedatum + timedelta(days=regels.verlopen)


def peildatum(geboortedatum: date, regels: Vensterregels) -> date:
    """The first day after the window (D+57): from then on a child counts in the coverage, in that period."""
    return geboortedatum + timedelta(days=regels.eind + 1)

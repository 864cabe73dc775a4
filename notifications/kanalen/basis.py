"""What the sender asks of a channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Oordeel(StrEnum):
    """What is known after a message was handed over."""

    GELUKT = "gelukt"
    LATER = "later"  # certainly not delivered; try again
    NOOIT = "nooit"  # certainly not delivered; trying again does not help
    ONZEKER = "onzeker"  # perhaps delivered


@dataclass(frozen=True)
class Uitkomst:
    """A verdict with a code for `Bericht.fout`; the code holds no personal data."""

    oordeel: Oordeel
    fout: str = ""


GELUKT = Uitkomst(Oordeel.GELUKT)
# An address that does not work: somebody has to ask for another one (see `services.onbereikbaar`).
ADRESFOUTEN = frozenset({"geweigerd", "onbekendNummer"})
# It is the way there that does not work, or our own key: the next message would fare no better.
KANAALFOUTEN = frozenset({"geenVerbinding", "geenAntwoord", "afgebroken", "foutBijDienst", "nietToegelaten"})


@dataclass(frozen=True)
class Zending:
    """One message, ready to go. `id` is the Bericht's: the same at every attempt, so it is the idempotency key."""

    id: UUID
    gebied_id: UUID
    dag: date
    adres: str = ""
    onderwerp: str = ""
    tekst: str = ""
    # Where the reader stops messages; empty for who works with us.
    stoplink: str = ""


class Verzendkanaal(Protocol):
    """A way to reach people.

    `extern`: it calls a provider. Otherwise it only writes in our own database, in the sender's transaction, so that
    a crash undoes it.
    `sleutelvenster`: for how long the provider remembers a key and delivers the same message once; None: it knows no
    keys, so what may have been delivered is never sent again by itself.
    `partij`: how many messages are locked, re-checked, sent and marked in one transaction. A stop waits for that long.
    `per_seconde`: how many messages a second the provider takes; None: as many as come.
    """

    naam: str
    extern: bool
    sleutelvenster: timedelta | None
    partij: int
    per_seconde: float | None

    def adressen(
        self, *, gezin_ids: Iterable[UUID], ooievaarsmoeder_ids: Iterable[UUID], gebruiker_ids: Iterable[UUID]
    ) -> Mapping[UUID, str]:
        """Where to reach each of these on this channel, by their ids. Only asked of an external channel."""
        ...

    def verzend(self, zendingen: Sequence[Zending]) -> Mapping[UUID, Uitkomst]:
        """Hand these over; a verdict for each. What is not in the answer counts as `onzeker`."""
        ...

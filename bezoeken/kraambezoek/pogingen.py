"""The rules of attempts: pure (domain.md, rule 9). They warn; what a person did is always stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ooievaar.kalender import AMSTERDAM, dag_van

_MIDDAG = 12
_AVOND = 17


@dataclass(frozen=True)
class PogingFeit:
    """One attempt as the rules see it."""

    moment: datetime
    soort: str
    uitkomst: str

    @property
    def telt(self) -> bool:
        """Rescheduling by the family is not an attempt."""
        return self.uitkomst != "verplaatst"

    @property
    def dag(self) -> date:
        return dag_van(self.moment)

    @property
    def dagdeel(self) -> str:
        """Morning, afternoon or evening, by local time."""
        uur = self.moment.astimezone(AMSTERDAM).hour
        return "ochtend" if uur < _MIDDAG else "middag" if uur < _AVOND else "avond"


@dataclass(frozen=True)
class Pogingregels:
    """The Gebied's settings: how many attempts, on how many days and parts of the day."""

    maximum: int = 3
    dagen: int = 2
    dagdelen: int = 2


def waarschuwingen(
    nieuw: PogingFeit,
    eerdere: Sequence[PogingFeit],
    regels: Pogingregels,
    *,
    aangekondigd: bool,
    nummer_bekend: bool,
) -> list[str]:
    """Codes of what is unusual about this attempt.

    `voorAankondiging`: a knock at the door before the family was announced to. `vierdePoging`: more than the Gebied's
    maximum. On the last attempt: `teWeinigDagen`, `teWeinigDagdelen`, `nietGebeld` when the attempts were too alike.
    """
    codes = []
    if nieuw.soort == "aanDeDeur" and not aangekondigd:
        codes.append("voorAankondiging")
    if not nieuw.telt:
        return codes
    alle = [p for p in eerdere if p.telt] + [nieuw]
    if len(alle) > regels.maximum:
        codes.append("vierdePoging")
    elif len(alle) == regels.maximum and not any(p.uitkomst == "gesproken" for p in alle):
        if len({p.dag for p in alle}) < regels.dagen:
            codes.append("teWeinigDagen")
        if len({p.dagdeel for p in alle}) < regels.dagdelen:
            codes.append("teWeinigDagdelen")
        if nummer_bekend and not any(p.soort in ("telefoon", "bericht") for p in alle):
            codes.append("nietGebeld")
    return codes

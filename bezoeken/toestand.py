"""What may happen to a visit, on one screen: pure, and drawn into docs/toestand.md by `manage.py teken_toestand`.

Everything that changes the status of a visit passes `naar`; what is not in the table raises.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """The status of a Bezoek, as in api.md."""

    OPEN = "open"
    TOEGEWEZEN = "toegewezen"
    GEPLAND = "gepland"
    BEZOCHT = "bezocht"
    AFGESLOTEN = "afgesloten"


class Afsluitreden(StrEnum):
    """Why a visit was closed without having taken place, as in api.md."""

    GEWEIGERD = "geweigerd"
    NIET_BEREIKT = "nietBereikt"
    VERHUISD = "verhuisd"
    VERVALLEN = "vervallen"
    DUBBEL = "dubbel"
    BUITEN_GEBIED = "buitenGebied"
    AFGEHAALD = "afgehaald"
    GEEN_CAPACITEIT = "geenCapaciteit"


class Actie(StrEnum):
    """What people and rules do with a visit."""

    TOEWIJZEN = "toewijzen"
    INTREKKEN = "intrekken"
    AFWIJZEN = "afwijzen"
    AANVAARDEN = "aanvaarden"
    AFSPREKEN = "afspreken"
    AFZEGGEN = "afzeggen"
    PROBEREN = "proberen"
    AFRONDEN = "afronden"
    WEIGEREN = "weigeren"
    SLUITEN = "sluiten"
    VERVALLEN = "vervallen"
    HERSTELLEN = "herstellen"
    VERPLAATSEN = "verplaatsen"


class Overgang(NamedTuple):
    """One row of the table: in these states this action is allowed and leads there (None: the state stays)."""

    actie: Actie
    van: frozenset[Status]
    naar: Status | None
    betekenis: str


_LOPEND = frozenset({Status.OPEN, Status.TOEGEWEZEN, Status.GEPLAND})
_BIJ_IEMAND = frozenset({Status.TOEGEWEZEN, Status.GEPLAND})
_DICHT = frozenset({Status.AFGESLOTEN})

OVERGANGEN: tuple[Overgang, ...] = (
    Overgang(Actie.TOEWIJZEN, _LOPEND, Status.TOEGEWEZEN, "coordinator gives the family to a volunteer"),
    Overgang(Actie.INTREKKEN, _BIJ_IEMAND, Status.OPEN, "coordinator takes it back; the family moved to another wijk"),
    Overgang(Actie.AFWIJZEN, _BIJ_IEMAND, Status.OPEN, "volunteer declines, with a coded reason"),
    Overgang(Actie.AANVAARDEN, _BIJ_IEMAND, None, "volunteer accepts; a box is reserved"),
    Overgang(Actie.AFSPREKEN, _BIJ_IEMAND, Status.GEPLAND, "day and time agreed; optional"),
    Overgang(Actie.AFZEGGEN, frozenset({Status.GEPLAND}), Status.TOEGEWEZEN, "the appointment lapses"),
    Overgang(Actie.PROBEREN, _LOPEND, None, "an attempt to reach the family is logged"),
    Overgang(Actie.AFRONDEN, _LOPEND, Status.BEZOCHT, "the visit took place and is logged; never too late"),
    Overgang(Actie.WEIGEREN, _LOPEND, Status.AFGESLOTEN, "the family does not want a visit"),
    Overgang(Actie.SLUITEN, _LOPEND, Status.AFGESLOTEN, "coordinator closes, with a reason"),
    Overgang(Actie.VERVALLEN, _LOPEND, Status.AFGESLOTEN, "death: everything stops in one transaction"),
    Overgang(Actie.HERSTELLEN, _DICHT, Status.OPEN, "a person reopens it, with a reason; nothing is sent by itself"),
    Overgang(Actie.VERPLAATSEN, _LOPEND, None, "coordinator moves the window, with a coded reason"),
)

_TABEL = {(rij.actie, status): rij for rij in OVERGANGEN for status in rij.van}


class OngeldigeOvergang(Exception):
    """The table does not allow this action in this state; the service says it in the user's words."""

    def __init__(self, actie: Actie, status: Status) -> None:
        super().__init__(f"{actie} kan niet bij {status}")
        self.actie = actie
        self.status = status


def mag(actie: Actie, status: str) -> bool:
    """Whether the table allows this action in this state."""
    return (actie, Status(status)) in _TABEL


def naar(actie: Actie, status: str) -> Status:
    """The state after the action. Raises OngeldigeOvergang when the table does not allow it."""
    huidig = Status(status)
    try:
        overgang = _TABEL[(actie, huidig)]
    except KeyError:
        raise OngeldigeOvergang(actie, huidig) from None
    return overgang.naar or huidig

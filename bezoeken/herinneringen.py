"""What is due when, and to whom: the table of domain.md ("The window") as pure rules, no Django, no clock.

`verschuldigd` may be asked for any day, in any order and as often as one likes: the same visit and the same day give
the same keys, and the outbox takes each key once. After days of outage it gives what still makes sense
(`geldig_dagen`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from bezoeken.toestand import Status
from bezoeken.venster import Venster, Vensterregels
from ooievaar.kalender import Stil, Uren, dag_van, moment_op, verzenddag, volgende_verzendmoment

_LOPEND = frozenset({Status.OPEN.value, Status.TOEGEWEZEN.value, Status.GEPLAND.value})


class Ontvanger(StrEnum):
    """To whom a reminder goes."""

    GEZIN = "gezin"
    OOIEVAARSMOEDER = "ooievaarsmoeder"
    COORDINATOR = "coordinator"


class Kanaal(StrEnum):
    """The channels that these rules choose from (the outbox knows more)."""

    BRIEF = "brief"
    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"
    APP = "app"


@dataclass(frozen=True)
class Regel:
    """One active row of the Gebied's rules: this kind, to this recipient, on this day."""

    soort: str
    ontvanger: Ontvanger
    dag: int
    # From which time of that day; None: from the first hour in which messages go.
    tijd: time | None = None


@dataclass(frozen=True)
class Gezinsbereik:
    """How a family can be reached, and on which channels it wants nothing."""

    email: bool = False
    voorkeur: str = ""  # brief, email, sms or unknown
    sms: bool = False
    gestopt: frozenset[str] = frozenset()
    taal: str = "nl"


@dataclass(frozen=True)
class Bezoekstand:
    """All that the rules need to know of one visit."""

    bezoek_id: UUID
    geboortedatum: date
    venster: Venster
    status: str
    mag_benaderd: bool = True
    aangekondigd: bool = False
    bereik: Gezinsbereik = Gezinsbereik()
    toewijzing_id: UUID | None = None
    toegewezen_op: datetime | None = None
    aanvaard: bool = False
    moeder_email: bool = False
    moeder_push: bool = False
    afspraak_id: UUID | None = None
    afspraak_begin: datetime | None = None
    # Since a stop was put back: what fell due before that is not sent by itself (domain.md, rule 3).
    hersteld_op: datetime | None = None

    @property
    def lopend(self) -> bool:
        return self.status in _LOPEND

    @property
    def zonder_afspraak(self) -> bool:
        return self.lopend and self.afspraak_begin is None


@dataclass(frozen=True)
class Omgeving:
    """The Gebied's settings that the rules work with."""

    regels: tuple[Regel, ...]
    venster: Vensterregels
    contact_vanaf: int
    uren: Uren
    stil: Stil
    # The channels that this installation has.
    kanalen: frozenset[str] = frozenset(Kanaal)


@dataclass(frozen=True)
class Verschuldigd:
    """A reminder that is due: to whom, how, the day of its key, the moment to send, and when it has no use any more.

    `terugval`: where it goes, in this order, when its channel certainly fails.
    """

    soort: str
    ontvanger: Ontvanger
    kanaal: Kanaal
    onderwerp: str
    dag: date
    moment: datetime
    verloopt_op: datetime
    terugval: tuple[Kanaal, ...] = ()


@dataclass(frozen=True)
class Soort:
    """A kind of reminder: when it makes sense, and how many days after its day it still does."""

    past: Callable[[Bezoekstand], bool]
    geldig_dagen: int
    standaard: tuple[tuple[Ontvanger, int], ...]


_G, _O, _C = Ontvanger.GEZIN, Ontvanger.OOIEVAARSMOEDER, Ontvanger.COORDINATOR

# Each kind, with the days of domain.md as its default. A reminder lasts until the next one says more.
SOORTEN: dict[str, Soort] = {
    "nietToegewezen": Soort(lambda b: b.status == Status.OPEN, 18, ((_C, 31),)),
    "hercontrole": Soort(lambda b: b.lopend, 9, ((_C, 33),)),
    "aankondiging": Soort(lambda b: b.lopend and not b.aangekondigd, 49, ((_G, 35),)),
    "bellenEnPlannen": Soort(lambda b: b.zonder_afspraak, 8, ((_O, 38),)),
    "geenAfspraak": Soort(lambda b: b.zonder_afspraak, 7, ((_O, 46), (_C, 49))),
    "laatsteKans": Soort(lambda b: b.lopend and not _afspraak_in_venster(b), 4, ((_C, 53),)),
    "teLaat": Soort(lambda b: b.lopend, 27, ((_C, 57),)),
    "sluiten": Soort(lambda b: b.lopend, 28, ((_C, 84),)),
    "bezoekherinnering": Soort(lambda b: b.lopend and b.afspraak_begin is not None, 1, ((_G, -1), (_O, -1))),
    "geenAntwoord": Soort(lambda b: b.status == Status.TOEGEWEZEN and not b.aanvaard, 14, ((_C, 3),)),
}


SOORTNAMEN = sorted(SOORTEN)


def _afspraak_in_venster(stand: Bezoekstand) -> bool:
    return stand.afspraak_begin is not None and dag_van(stand.afspraak_begin) <= stand.venster.eind


def standaard(antwoord_dagen: int = 3) -> list[Regel]:
    """The rules of domain.md, for a Gebied that has none of its own yet; the days for an answer are a setting."""
    return [
        Regel(soort, wie, antwoord_dagen if soort == "geenAntwoord" else dag)
        for soort, s in SOORTEN.items()
        for wie, dag in s.standaard
    ]


def regeldag(regel: Regel, stand: Bezoekstand, venster: Vensterregels) -> date | None:
    """The day of a rule for this visit, before quiet days are looked at; None when it has none (no appointment).

    Days are counted from the visit's own window, so that they move along with it: up to its middle from the begin,
    later ones from the end (D+53 is three days before the window ends, D+57 the day after).
    """
    if regel.soort == "bezoekherinnering":
        return dag_van(stand.afspraak_begin) + timedelta(days=regel.dag) if stand.afspraak_begin else None
    if regel.soort == "geenAntwoord":
        return dag_van(stand.toegewezen_op) + timedelta(days=regel.dag) if stand.toegewezen_op else None
    kant, verschuiving = termijn(regel.dag, venster)
    return (stand.venster.begin if kant == "venster_begin" else stand.venster.eind) + verschuiving


def termijn(dag: int, venster: Vensterregels) -> tuple[str, timedelta]:
    """From which end of a visit's own window a day of the rules is counted, and how far (may be negative)."""
    if 2 * dag <= venster.begin + venster.eind:
        return "venster_begin", timedelta(days=dag - venster.begin)
    return "venster_eind", timedelta(days=dag - venster.eind)


def verschuldigd(stand: Bezoekstand, omgeving: Omgeving, nu: datetime) -> list[Verschuldigd]:
    """What is due for this visit now and has not lost its use. What was planned before is in it again, with its key.

    Nothing at all before D+`contact_vanaf` (21), for a family that may not be contacted, or for a visit that is over.
    """
    if not stand.mag_benaderd or not stand.lopend:
        return []
    gevonden = (_van_regel(regel, stand, omgeving, nu) for regel in omgeving.regels)
    return [rij for rij in gevonden if rij is not None]


def _van_regel(regel: Regel, stand: Bezoekstand, omgeving: Omgeving, nu: datetime) -> Verschuldigd | None:
    soort = SOORTEN.get(regel.soort)
    if soort is None or not soort.past(stand):
        return None
    dag = regeldag(regel, stand, omgeving.venster)
    kanalen = kanalen_voor(regel, stand, omgeving)
    if dag is None or not kanalen:
        return None
    niet_voor = stand.geboortedatum + timedelta(days=omgeving.contact_vanaf)
    dag = max(dag, niet_voor)
    begin = moment_op(verzenddag(dag, omgeving.stil, niet_voor), regel.tijd or omgeving.uren.van)
    if nu < begin or (stand.hersteld_op is not None and begin <= stand.hersteld_op):
        return None
    moment = volgende_verzendmoment(nu, omgeving.uren, omgeving.stil)
    verloopt_op = _verloopt(regel, soort, stand, dag)
    if moment >= verloopt_op:
        return None
    # The key has the day of the rule, not the one it moved to: a quiet day that is added later doubles nothing.
    kanaal, *terugval = kanalen
    onderwerp = _onderwerp(regel, stand)
    return Verschuldigd(regel.soort, regel.ontvanger, kanaal, onderwerp, dag, moment, verloopt_op, tuple(terugval))


def _verloopt(regel: Regel, soort: Soort, stand: Bezoekstand, dag: date) -> datetime:
    if regel.soort == "bezoekherinnering" and stand.afspraak_begin is not None:
        return stand.afspraak_begin
    return moment_op(dag + timedelta(days=soort.geldig_dagen), time(0))


def _onderwerp(regel: Regel, stand: Bezoekstand) -> str:
    """What the reminder is about: another appointment or another volunteer is another reminder."""
    if regel.soort == "bezoekherinnering":
        return f"afspraak:{stand.afspraak_id}"
    if regel.soort == "geenAntwoord":
        return f"toewijzing:{stand.toewijzing_id}"
    return f"bezoek:{stand.bezoek_id}"


def kanalen_voor(regel: Regel, stand: Bezoekstand, omgeving: Omgeving) -> list[Kanaal]:
    """The channels that there are for this reminder, the first one first and then what it falls back on."""
    return [kanaal for kanaal in _kanalen(regel, stand) if kanaal in omgeving.kanalen]


def _kanalen(regel: Regel, stand: Bezoekstand) -> list[Kanaal]:
    """The channels, the first one first and then what it falls back on; none when there is none that is in time."""
    match regel.ontvanger:
        case Ontvanger.GEZIN:
            return _kanalen_van_gezin(regel, stand.bereik)
        case Ontvanger.OOIEVAARSMOEDER:
            if not stand.aanvaard:
                return []  # until she accepts she knows no more than wijk and language (rule 8)
            wel = ((Kanaal.PUSH, stand.moeder_push), (Kanaal.EMAIL, stand.moeder_email), (Kanaal.APP, True))
            return [kanaal for kanaal, kan in wel if kan]
        case Ontvanger.COORDINATOR:
            return [Kanaal.APP]  # each coordinator's own channel is chosen where the coordinators are known


def _kanalen_van_gezin(regel: Regel, bereik: Gezinsbereik) -> list[Kanaal]:
    """What the family asked for, then what is known of it.

    The municipal feed has no phone or e-mail, so the announcement is a letter unless the family prefers another way
    (rule 9), and a letter is what everything else falls back on. It is too late for the day before a visit: then only
    what is quick, unless the family asked for letters.
    """
    kan = [kanaal for kanaal, bekend in ((Kanaal.EMAIL, bereik.email), (Kanaal.SMS, bereik.sms)) if bekend]
    gewenst = [kanaal for kanaal in kan if kanaal == bereik.voorkeur]
    if regel.soort == "bezoekherinnering":
        keuze = [] if bereik.voorkeur == Kanaal.BRIEF else gewenst + [k for k in kan if k not in gewenst]
    else:
        keuze = [*gewenst, Kanaal.BRIEF]
    return [kanaal for kanaal in keuze if kanaal not in bereik.gestopt]

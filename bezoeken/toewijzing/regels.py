"""Who may have a visit, and who fits it best: pure, from plain facts (domain.md, rules 7 and 8).

Hard rules give a `Bezwaar`; whoever has none gets a score with its reasons. The machine proposes and a person
decides: the score orders a list, it never assigns. Words for people are in `woorden.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

WEEK = timedelta(days=7)


class Bezwaar(StrEnum):
    """Why a volunteer can not have a visit; the first that holds, in this order, is the one that is told."""

    NIET_ACTIEF = "nietActief"
    VERKLARING_ONTBREEKT = "verklaringOntbreekt"
    TRAINING_ONTBREEKT = "trainingOntbreekt"
    VOG_VERLOPEN = "vogVerlopen"
    RELATIE = "relatie"
    AFWEZIG = "afwezig"
    VOL = "vol"

    @property
    def code(self) -> str:
        """The code of api.md, which calls all that makes her not (yet) a volunteer `nietActief`."""
        return "nietActief" if self in _NIET_ACTIEF else self.value


_NIET_ACTIEF = frozenset({Bezwaar.NIET_ACTIEF, Bezwaar.VERKLARING_ONTBREEKT, Bezwaar.TRAINING_ONTBREEKT})


class Overdracht(StrEnum):
    """Why an assigned visit must move to somebody else, beside the `Bezwaar` that she has got since."""

    VOG_VERLOOPT = "vogVerloopt"
    GEEN_ANTWOORD = "geenAntwoord"


class Reden(StrEnum):
    """What counted for or against a proposal."""

    EERDER_BEZOEK = "eerderBezoek"
    TAAL = "taal"
    ZELFDE_WIJK = "zelfdeWijk"
    BUURWIJK = "buurwijk"
    VAN_BUITEN = "vanBuiten"
    NIET_VAN_BUITEN = "nietVanBuiten"
    RUIMTE = "ruimte"
    DEELS_AFWEZIG = "deelsAfwezig"


# Chosen so that a known face outweighs language, language outweighs wijk, and load decides between equals.
PUNTEN_EERDER = 50
PUNTEN_TAAL = 40
PUNTEN_WIJK = 30
PUNTEN_BUURWIJK = 20
PUNTEN_RUIMTE = 20
AFTREK_DEELS_AFWEZIG = 10


@dataclass(frozen=True)
class Periode:
    """Days on which she is away, both ends included; without `eind`: until further notice."""

    begin: date
    eind: date | None = None

    def __contains__(self, dag: date) -> bool:
        return self.begin <= dag and (self.eind is None or dag <= self.eind)


@dataclass(frozen=True)
class GeplandBezoek:
    """A visit that a volunteer has, on the day on which it counts for her load."""

    bezoek_id: UUID
    dag: date


@dataclass(frozen=True)
class Moederfeiten:
    """What the rules must know of a volunteer. `vog_tot` is the first day on which her VOG no longer counts."""

    id: UUID
    naam: str
    gebied_id: UUID
    wijken: frozenset[UUID] = frozenset()
    talen: frozenset[str] = frozenset()
    maximum: int = 2
    actief: bool = True
    verklaring_getekend: bool = True
    training_afgerond: bool = True
    vog_tot: date | None = None
    afwezig: tuple[Periode, ...] = ()
    relaties: frozenset[UUID] = frozenset()
    gepland: tuple[GeplandBezoek, ...] = ()


@dataclass(frozen=True)
class Bezoekfeiten:
    """What the rules must know of a visit."""

    id: UUID
    gezin_id: UUID
    gebied_id: UUID
    begin: date
    eind: date
    wijk: UUID | None = None
    buurwijken: frozenset[UUID] = frozenset()
    taal: str = "nl"
    afspraak: date | None = None
    wil_iemand_van_buiten: bool = False
    # The volunteers who visited this family for an earlier child.
    eerder: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Voorstel:
    """A volunteer to whom no rule objects. `bezet` is her load in the busiest week around this visit."""

    moeder: Moederfeiten
    score: int
    redenen: tuple[Reden, ...]
    bezet: int


@dataclass(frozen=True)
class Afvaller:
    moeder: Moederfeiten
    bezwaar: Bezwaar


@dataclass(frozen=True)
class Oordeel:
    """Everybody in the Gebied of the visit, either proposed (best first) or with the rule that objects."""

    voorstellen: tuple[Voorstel, ...]
    afgevallen: tuple[Afvaller, ...]


def vog_tot(afgegeven: date | None, jaren: int) -> date | None:
    """The first day on which a VOG counts as too old: `jaren` years after its own day (29 February: 1 March).

    The age is a policy of the Gebied, not a law, and is judged on the day of the assignment: a VOG that expires
    between then and the visit shows up in the list of visits to hand over (`overdrachtsredenen`), in time to renew it.
    """
    if afgegeven is None:
        return None
    try:
        return afgegeven.replace(year=afgegeven.year + jaren)
    except ValueError:
        return date(afgegeven.year + jaren, 3, 1)


def geplande_dag(begin: date, afspraak: date | None, vandaag: date) -> date:
    """The day on which a visit counts for the load: of its appointment, else its first day that is still to come."""
    return afspraak or max(begin, vandaag)


def drukste_week(dagen: Iterable[date], vandaag: date) -> int:
    """The number of visits in the busiest 7 consecutive days from today on: how occupied somebody is."""
    komend = sorted(dag for dag in dagen if dag >= vandaag)
    # A busiest week can always be moved so that it starts on a day with a visit.
    return max((sum(dag <= ander < dag + WEEK for ander in komend) for dag in komend), default=0)


def drukste_week_rond(dagen: Iterable[date], dag: date) -> int:
    """The number of visits in the busiest 7 consecutive days of which `dag` is one."""
    afstanden = [n for n in ((ander - dag).days for ander in dagen) if -7 < n < 7]
    return max(sum(start <= n < start + 7 for n in afstanden) for start in range(-6, 1))


def resterende_dagen(bezoek: Bezoekfeiten, vandaag: date) -> tuple[date, ...]:
    """The days of the window from today on. After the window there is only today: then it must be soon."""
    return _dagen(max(bezoek.begin, vandaag), bezoek.eind)


@lru_cache(maxsize=512)  # asked again for every volunteer of a Gebied
def _dagen(eerste: date, laatste: date) -> tuple[date, ...]:
    return tuple(eerste + timedelta(days=n) for n in range(max((laatste - eerste).days, 0) + 1))


def _dagen_afwezig(moeder: Moederfeiten, bezoek: Bezoekfeiten, vandaag: date) -> tuple[int, int]:
    if not moeder.afwezig:
        return 0, 1
    dagen = resterende_dagen(bezoek, vandaag)
    return sum(any(dag in periode for periode in moeder.afwezig) for dag in dagen), len(dagen)


def is_afwezig(moeder: Moederfeiten, bezoek: Bezoekfeiten, vandaag: date) -> bool:
    """Whether she is away on every day that is left for this visit (a holiday of a few days is no objection)."""
    weg, totaal = _dagen_afwezig(moeder, bezoek, vandaag)
    return weg == totaal


def bezet_rond(moeder: Moederfeiten, bezoek: Bezoekfeiten, vandaag: date) -> int:
    """Her other visits in the busiest week that holds the day of this one.

    An appointment belongs to the volunteer who made it, so for a new one the visit counts on its first free day.
    """
    dag = geplande_dag(bezoek.begin, None, vandaag)
    return drukste_week_rond((g.dag for g in moeder.gepland if g.bezoek_id != bezoek.id), dag)


def _vast_bezwaar(moeder: Moederfeiten, bezoek: Bezoekfeiten, vandaag: date) -> Bezwaar | None:
    """All rules but the weekly maximum: what can also arise after the assignment."""
    if not moeder.actief:
        return Bezwaar.NIET_ACTIEF
    if not moeder.verklaring_getekend:
        return Bezwaar.VERKLARING_ONTBREEKT
    if not moeder.training_afgerond:
        return Bezwaar.TRAINING_ONTBREEKT
    if moeder.vog_tot is None or moeder.vog_tot <= vandaag:
        return Bezwaar.VOG_VERLOPEN
    if bezoek.gezin_id in moeder.relaties:
        return Bezwaar.RELATIE
    if is_afwezig(moeder, bezoek, vandaag):
        return Bezwaar.AFWEZIG
    return None


def bezwaar(moeder: Moederfeiten, bezoek: Bezoekfeiten, vandaag: date) -> Bezwaar | None:
    """The first hard rule of domain.md, rule 7, that objects to this volunteer; None: she may have the visit."""
    vast = _vast_bezwaar(moeder, bezoek, vandaag)
    if vast is None and bezet_rond(moeder, bezoek, vandaag) >= moeder.maximum:
        return Bezwaar.VOL
    return vast


def voorstel(moeder: Moederfeiten, bezoek: Bezoekfeiten, vandaag: date) -> Voorstel:
    """Her score for this visit with the reasons that made it; only for whom `bezwaar` gives None."""
    bezet = bezet_rond(moeder, bezoek, vandaag)
    punten: list[tuple[int, Reden]] = []
    if moeder.id in bezoek.eerder:
        punten.append((PUNTEN_EERDER, Reden.EERDER_BEZOEK))
    if bezoek.taal in moeder.talen:
        punten.append((PUNTEN_TAAL, Reden.TAAL))
    if nabij := _nabijheid(moeder, bezoek):
        punten.append(nabij)
    punten.append((PUNTEN_RUIMTE * (moeder.maximum - bezet) // max(moeder.maximum, 1), Reden.RUIMTE))
    if _dagen_afwezig(moeder, bezoek, vandaag)[0]:
        punten.append((-AFTREK_DEELS_AFWEZIG, Reden.DEELS_AFWEZIG))
    return Voorstel(moeder, sum(p for p, _ in punten), tuple(reden for _, reden in punten), bezet)


def _nabijheid(moeder: Moederfeiten, bezoek: Bezoekfeiten) -> tuple[int, Reden] | None:
    """Nearby is good, but a family that wants nobody from its own street gets somebody from a neighbouring wijk."""
    if bezoek.wijk in moeder.wijken:
        return (0, Reden.NIET_VAN_BUITEN) if bezoek.wil_iemand_van_buiten else (PUNTEN_WIJK, Reden.ZELFDE_WIJK)
    if not moeder.wijken.isdisjoint(bezoek.buurwijken):
        return (PUNTEN_WIJK, Reden.VAN_BUITEN) if bezoek.wil_iemand_van_buiten else (PUNTEN_BUURWIJK, Reden.BUURWIJK)
    return None


def beoordeel(bezoek: Bezoekfeiten, moeders: Iterable[Moederfeiten], vandaag: date) -> Oordeel:
    """Judge every volunteer of the visit's Gebied; equal scores are ordered by load, then by name."""
    voorstellen: list[Voorstel] = []
    afgevallen: list[Afvaller] = []
    for moeder in moeders:
        if moeder.gebied_id != bezoek.gebied_id:
            continue
        if reden := bezwaar(moeder, bezoek, vandaag):
            afgevallen.append(Afvaller(moeder, reden))
        else:
            voorstellen.append(voorstel(moeder, bezoek, vandaag))
    voorstellen.sort(key=lambda v: (-v.score, v.bezet, v.moeder.naam, v.moeder.id))
    afgevallen.sort(key=lambda a: (a.moeder.naam, a.moeder.id))
    return Oordeel(tuple(voorstellen), tuple(afgevallen))


def overdrachtsredenen(
    moeder: Moederfeiten,
    bezoek: Bezoekfeiten,
    vandaag: date,
    *,
    toegewezen_op: date | None,
    aanvaard: bool,
    antwoord_dagen: int,
) -> tuple[str, ...]:
    """Why a visit that she has should go to somebody else; empty: it can stay (domain.md, rule 8)."""
    redenen: list[str] = []
    if vast := _vast_bezwaar(moeder, bezoek, vandaag):
        redenen.append(vast.value)
    op_afspraak_weg = bezoek.afspraak is not None and any(bezoek.afspraak in periode for periode in moeder.afwezig)
    if op_afspraak_weg and Bezwaar.AFWEZIG not in redenen:
        redenen.append(Bezwaar.AFWEZIG)
    if moeder.vog_tot is not None and vandaag < moeder.vog_tot <= bezoek.eind:
        redenen.append(Overdracht.VOG_VERLOOPT)
    if not aanvaard and toegewezen_op is not None and vandaag >= toegewezen_op + timedelta(days=antwoord_dagen):
        redenen.append(Overdracht.GEEN_ANTWOORD)
    return tuple(str(reden) for reden in redenen)

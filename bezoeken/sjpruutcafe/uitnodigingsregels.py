"""Who is invited to which café, and why not: pure (domain.md, rule 15; docs/adr/0014).

The first invitation comes right after the visit, to a café that may be further ahead. After that at most one a week for
the family and whoever a person linked to it, to the nearest café with room, the last one strictly before the birthday.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

Ligging = tuple[float, float]  # longitude, latitude in degrees (WGS84)
_AARDE_KM = 6371.0


class Reden(StrEnum):
    """Why a family is not invited now."""

    GEEN_LIGGING = "geenLigging"  # nobody knows where it lives
    ONLANGS = "onlangs"  # within the week
    KOMT_AL = "komtAl"  # on the list of a café of that day or later
    HERSTELD = "hersteld"  # after a stop only a person begins again (rule 3)
    GEEN_KANAAL = "geenKanaal"  # no way to reach it in time
    TE_VER = "teVer"
    VERJAARDAG = "verjaardag"  # the youngest is four by then
    GEEN_CAFE = "geenCafe"  # none in the coming days to which it was not invited yet
    VOL = "vol"


@dataclass(frozen=True)
class Uitnodigregels:
    """What the organisation decided (`bezoeken.models.Caferegels`)."""

    dagen_tussen: int = 7
    dagen_vooraf_van: int = 2
    dagen_vooraf_tot: int = 14
    dagen_vooraf_eerste: int = 28
    dagen_vooraf_brief: int = 6
    afstand_km: float = 3.0
    leeftijd_jaren: int = 4


@dataclass(frozen=True)
class Cafe:
    """A café that is to come. `vrij`: somebody who signs up now would get in."""

    id: UUID
    dag: date
    begin: datetime
    ligging: Ligging | None
    vrij: bool = True


@dataclass(frozen=True)
class Kandidaat:
    """A consenting family that may be contacted. `kring`: it and the families that a person linked to it."""

    gezin_id: UUID
    kring: str
    ligging: Ligging | None
    jongste: date
    toestemming_sinds: datetime
    hersteld_op: datetime | None = None
    # The last invitation of anybody in the circle, and the last one that a coordinator sent to this family.
    laatste_dag: date | None = None
    laatste_hand_op: datetime | None = None
    uitgenodigd_voor: frozenset[UUID] = frozenset()
    # The last day with a café on whose list anybody of the circle stands: until then, and on that day, nothing goes.
    komt_tot: date | None = None
    # Reached by e-mail or SMS; by letter; and whether it asked for letters.
    snel: bool = True
    post: bool = False
    liever_post: bool = False

    @property
    def eerste(self) -> bool:
        return self.laatste_dag is None

    @property
    def brief(self) -> bool:
        """A letter is for the first invitation, or for who asked for letters: not every week, for four years."""
        return self.post and (self.eerste or self.liever_post)


@dataclass
class Ronde:
    """Who is invited to which café by messages of one day, and why the others are not."""

    gekozen: list[tuple[Kandidaat, Cafe]] = field(default_factory=list)
    niet: list[tuple[Kandidaat, Reden]] = field(default_factory=list)


@dataclass(frozen=True, order=True)
class Vooruitzicht:
    """An invitation that would go on a day, if nothing changes until then."""

    dag: date
    gezin_id: UUID
    cafe_id: UUID


def verjaardag(geboren: date, jaren: int) -> date:
    """The birthday after so many years; of somebody born on 29 February, in a year without, the day before 1 March."""
    try:
        return geboren.replace(year=geboren.year + jaren)
    except ValueError:
        return geboren.replace(year=geboren.year + jaren, day=28)


# The same few places, asked for again every day that is looked ahead.
@lru_cache(maxsize=4096)
def afstand_km(een: Ligging, ander: Ligging) -> float:
    """The distance over the ground as the crow flies."""
    lon1, lat1, lon2, lat2 = (radians(graad) for graad in (*een, *ander))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _AARDE_KM * asin(sqrt(half))


def kies(wie: Kandidaat, cafes: Iterable[Cafe], dag: date, regels: Uitnodigregels) -> Cafe | Reden:
    """The café to which this family is invited by a message that goes on `dag`, or why to none."""
    if wie.ligging is None:
        return Reden.GEEN_LIGGING
    if wie.komt_tot is not None and dag <= wie.komt_tot:
        return Reden.KOMT_AL
    if wie.laatste_dag is not None and (dag - wie.laatste_dag).days < regels.dagen_tussen:
        return Reden.ONLANGS
    if not _mag_weer(wie):
        return Reden.HERSTELD
    if not (wie.snel or wie.brief):
        return Reden.GEEN_KANAAL
    einde = verjaardag(wie.jongste, regels.leeftijd_jaren)
    if dag >= einde:
        return Reden.VERJAARDAG
    tot = regels.dagen_vooraf_eerste if wie.eerste else regels.dagen_vooraf_tot
    van = regels.dagen_vooraf_van if wie.snel else max(regels.dagen_vooraf_brief, regels.dagen_vooraf_van)
    nieuw = [c for c in cafes if van <= (c.dag - dag).days <= tot and c.id not in wie.uitgenodigd_voor]
    if not nieuw:
        return Reden.GEEN_CAFE
    op_leeftijd = [c for c in nieuw if c.dag < einde]
    if not op_leeftijd:
        return Reden.VERJAARDAG
    dichtbij = [
        (afstand, c.begin, c)
        for c in op_leeftijd
        if c.ligging is not None and (afstand := afstand_km(wie.ligging, c.ligging)) <= regels.afstand_km
    ]
    if not dichtbij:
        return Reden.TE_VER
    met_plek = [rij for rij in dichtbij if rij[2].vrij]
    if not met_plek:
        return Reden.VOL
    # Not only the nearest: of cafés about equally near (half a kilometre), the one that is soonest.
    return min(met_plek, key=lambda rij: (round(rij[0] * 2), rij[1], str(rij[2].id)))[2]


def ronde(wie: Iterable[Kandidaat], cafes: Sequence[Cafe], dag: date, regels: Uitnodigregels) -> Ronde:
    """One invitation at most for each circle: who was never invited comes first, then who waited longest."""
    uit = Ronde()
    kringen: set[str] = set()
    for kandidaat in sorted(wie, key=lambda k: (k.laatste_dag or date.min, str(k.gezin_id))):
        keuze: Cafe | Reden = Reden.ONLANGS if kandidaat.kring in kringen else kies(kandidaat, cafes, dag, regels)
        if isinstance(keuze, Reden):
            uit.niet.append((kandidaat, keuze))
        else:
            kringen.add(kandidaat.kring)
            uit.gekozen.append((kandidaat, keuze))
    return uit


def vooruit(
    wie: Iterable[Kandidaat], cafes: Sequence[Cafe], dagen: Iterable[date], regels: Uitnodigregels
) -> list[Vooruitzicht]:
    """What would go on these days, one after another, if nobody signs up, stops or is born meanwhile."""
    stand = {kandidaat.gezin_id: kandidaat for kandidaat in wie}
    gevonden = []
    for dag in dagen:
        gekozen = ronde(stand.values(), cafes, dag, regels).gekozen
        naar = {kandidaat.kring: (kandidaat.gezin_id, cafe.id) for kandidaat, cafe in gekozen}
        for kandidaat in [k for k in stand.values() if k.kring in naar]:
            gezin_id, cafe_id = naar[kandidaat.kring]
            voor = {cafe_id} if kandidaat.gezin_id == gezin_id else set()
            stand[kandidaat.gezin_id] = replace(
                kandidaat, laatste_dag=dag, uitgenodigd_voor=kandidaat.uitgenodigd_voor | voor
            )
        gevonden += [Vooruitzicht(dag, gezin_id, cafe_id) for gezin_id, cafe_id in naar.values()]
    return sorted(gevonden)


@dataclass(frozen=True)
class Verschil:
    """What other rules add and drop. An invitation that moves to another day or café is dropped and added."""

    erbij: list[Vooruitzicht]
    weg: list[Vooruitzicht]


def verschil(
    wie: Sequence[Kandidaat], cafes: Sequence[Cafe], dagen: Sequence[date], nu: Uitnodigregels, straks: Uitnodigregels
) -> Verschil:
    """The difference between two sets of rules over these days."""
    oud, nieuw = set(vooruit(wie, cafes, dagen, nu)), set(vooruit(wie, cafes, dagen, straks))
    return Verschil(sorted(nieuw - oud), sorted(oud - nieuw))


def keur(regels: Uitnodigregels, aanbod_uren: int) -> list[tuple[str, str]]:
    """Every fault of the rules as (field, code): what breaks a promise to the families, or invites nobody."""
    fouten = []
    # "At most one a week" and "before the fourth birthday" are promises: an organisation may ask less, never more.
    if regels.dagen_tussen < 7:
        fouten.append(("dagen_tussen", "vakerDanWekelijks"))
    if not 1 <= regels.leeftijd_jaren <= 4:
        fouten.append(("leeftijd_jaren", "buitenGrens"))
    if regels.dagen_vooraf_tot < regels.dagen_vooraf_van:
        fouten.append(("dagen_vooraf_tot", "voorMinstens"))
    if regels.dagen_vooraf_eerste < regels.dagen_vooraf_tot:
        fouten.append(("dagen_vooraf_eerste", "voorHooguit"))
    if regels.dagen_vooraf_brief > regels.dagen_vooraf_eerste:
        fouten.append(("dagen_vooraf_brief", "briefTeLaat"))
    if regels.afstand_km <= 0:
        fouten.append(("afstand_km", "teDichtbij"))
    if aanbod_uren < 1:
        fouten.append(("aanbod_uren", "teKort"))
    return fouten


def _mag_weer(wie: Kandidaat) -> bool:
    """After a stop that was taken back nothing goes by itself, until the family says so again or a person begins."""
    if wie.hersteld_op is None or wie.toestemming_sinds > wie.hersteld_op:
        return True
    return wie.laatste_hand_op is not None and wie.laatste_hand_op > wie.hersteld_op

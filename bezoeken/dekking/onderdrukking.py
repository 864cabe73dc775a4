"""Small cells: what of the true counts may be shown. Pure, and the one door through which every figure leaves.

The method (docs/adr/0006). The columns form a ladder: each rung splits what the rung before left over into two parts.

    inAanmerking -> inVenster | rest -> teLaat | rest -> geweigerd | ... -> geenCapaciteit | lopend

A row shows the rungs up to its own height, never more than the row it is part of (year > quarter > month; year > wijk).
A rung is shown only where both its parts are at least k. The siblings that do not show a rung are either none, or at
least two whose sums of both parts are at least k each: otherwise another sibling is hidden with them. What somebody can
then infer of a hidden cell still spans at least k; the tests prove it with a linear program.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

LADDER = ("inAanmerking", "inVenster", "teLaat", "geweigerd", "nietBereikt", "geenCapaciteit")
"""The rung at which each column comes; `teLaat` brings `bereikt`, the last brings what is still open."""
WIJKTREDEN = 3
# Beside the ladder, each by itself: column -> the column it is a part of (None: children counted nowhere else).
LOSSE = {
    "verhuisd": None,
    "lateMelding": None,
    "pogingen": None,
    "aanDeDeur": "bereikt",
    "inVerplaatstVenster": "teLaat",
    "doos": "bereikt",
    "voucher": "bereikt",
    "eersteCafe": "bereikt",
    # The funnel of who was not reached: never given to a volunteer; given, but never spoken to.
    "nooitToegewezen": "nietBereiktSamen",
    "nooitGesproken": "welToegewezen",
}
# What the funnel splits is not published itself: it follows from columns that must be shown with it.
_GEHELEN = {"nietBereiktSamen": ("inAanmerking", "bereikt"), "welToegewezen": ("bereikt", "nooitToegewezen")}
ATOMEN = ("inVenster", "teLaat", "geweigerd", "nietBereikt", "geenCapaciteit", "nogBezig", "ontbrekend")

Telling = Mapping[str, int]
Delen = Callable[[Telling], tuple[int, ...]]


def opgeteld(tellingen: Iterable[Telling]) -> dict[str, int]:
    """The sum of true counts, column by column."""
    som: dict[str, int] = {}
    for telling in tellingen:
        for kolom, aantal in telling.items():
            som[kolom] = som.get(kolom, 0) + aantal
    return som


def waarde(telling: Telling, kolom: str) -> int:
    """A column of a row, derived ones too."""
    if kolom == "inAanmerking":
        return sum(telling.get(a, 0) for a in ATOMEN)
    if kolom == "bereikt":
        return telling.get("inVenster", 0) + telling.get("teLaat", 0)
    if kolom == "nietBereiktSamen":
        return waarde(telling, "inAanmerking") - waarde(telling, "bereikt")
    if kolom == "welToegewezen":
        return waarde(telling, "nietBereiktSamen") - waarde(telling, "nooitToegewezen")
    return telling.get(kolom, 0)


def _trede(nummer: int) -> Delen:
    """The parts that the rung with this number (from 0) tells apart."""

    def delen(telling: Telling) -> tuple[int, ...]:
        if nummer == 0:
            return (waarde(telling, "inAanmerking"),)
        rest = waarde(telling, "inAanmerking") - sum(waarde(telling, k) for k in LADDER[1 : nummer + 1])
        return (waarde(telling, LADDER[nummer]), rest)

    return delen


def _los(kolom: str) -> Delen:
    geheel = LOSSE[kolom]

    def delen(telling: Telling) -> tuple[int, ...]:
        deel = waarde(telling, kolom)
        return (deel,) if geheel is None else (deel, waarde(telling, geheel) - deel)

    return delen


def _genoeg(delen: Sequence[int], k: int) -> bool:
    return all(deel >= k for deel in delen)


def _wie_toont(rijen: Mapping[Hashable, Telling], mag: set[Hashable], delen: Delen, k: int) -> set[Hashable]:
    """Which of these siblings show a rung that their parent shows."""
    toont = {naam for naam in mag if _genoeg(delen(rijen[naam]), k)}
    while toont:
        verborgen = [naam for naam in rijen if naam not in toont]
        som = [sum(d) for d in zip(*(delen(rijen[naam]) for naam in verborgen), strict=True)]
        if not verborgen or (len(verborgen) > 1 and _genoeg(som, k)):
            break
        # The one whose smallest part is smallest costs the reader least; by name when equal, so always the same.
        toont.discard(min(toont, key=lambda naam: (min(delen(rijen[naam])), str(naam))))
    return toont


@dataclass
class Zicht:
    """What one row may show: the number of rungs of the ladder, and the columns beside it."""

    treden: int = 0
    los: set[str] = field(default_factory=set)

    def toont(self, kolom: str) -> bool:
        """Whether this row shows this column."""
        if kolom in LOSSE:
            return kolom in self.los
        if kolom in _GEHELEN:
            return all(self.toont(deel) for deel in _GEHELEN[kolom])
        if kolom == "bereikt":
            kolom = "teLaat"
        if kolom in ("nogBezig", "ontbrekend", "lopend"):
            return self.treden == len(LADDER)
        return LADDER.index(kolom) < self.treden


def _basis(kolom: str, zicht: Zicht) -> bool:
    geheel = LOSSE[kolom]
    return geheel is None or zicht.toont(geheel)


def wortel(telling: Telling, k: int) -> Zicht:
    """What a row shows that is part of no other published row (a year of the whole Gebied)."""
    zicht = Zicht()
    while zicht.treden < len(LADDER) and _genoeg(_trede(zicht.treden)(telling), k):
        zicht.treden += 1
    for kolom in LOSSE:  # in this order: one may be a part of the one before
        if _basis(kolom, zicht) and _genoeg(_los(kolom)(telling), k):
            zicht.los.add(kolom)
    return zicht


def onder(
    ouder: Zicht,
    rijen: Mapping[Hashable, Telling],
    k: int,
    *,
    treden: int = len(LADDER),
    los: bool = True,
    mag_ook: Callable[[Hashable, Delen], bool] = lambda naam, delen: True,
) -> dict[Hashable, Zicht]:
    """What the rows show that together are a published row, given what that one shows.

    `mag_ook` may refuse a row more; its refusals are completed like any other.
    """
    vol = {naam: telling for naam, telling in rijen.items() if waarde(telling, "inAanmerking")}
    ladder: Mapping[Hashable, Telling] = rijen
    zicht = {naam: Zicht() for naam in rijen}
    for nummer in range(min(ouder.treden, treden)):
        delen = _trede(nummer)
        mag = {naam for naam in ladder if zicht[naam].treden == nummer and mag_ook(naam, delen)}
        if nummer == 0 and mag >= vol.keys() and _wie_toont(vol, set(vol), delen, k) == vol.keys():
            # All children are in rows that are shown: that the others are empty is certain, and tells of nobody.
            ladder = vol
            for naam in rijen.keys() - vol.keys():
                zicht[naam] = Zicht(len(LADDER), {kolom for kolom, geheel in LOSSE.items() if geheel})
        for naam in _wie_toont(ladder, mag & ladder.keys(), delen, k):
            zicht[naam].treden = nummer + 1
    for kolom in (kolom for kolom in LOSSE if los and kolom in ouder.los):
        broers = ladder if LOSSE[kolom] else rijen
        mag = {naam for naam in broers if _basis(kolom, zicht[naam])}
        for naam in _wie_toont(broers, mag, _los(kolom), k):
            zicht[naam].los.add(kolom)
    return zicht


@dataclass(frozen=True)
class Blokken:
    """A wijk in `rollend` and the two calendar years it overlaps: four stretches of months.

    Published are `eerder + gedeeld` (last year), `gedeeld + nieuw` (rollend) and `nieuw + later` (this year so far).
    """

    eerder: Telling
    gedeeld: Telling
    nieuw: Telling
    later: Telling


def rollend(
    totaal: Zicht, blokken: Mapping[Hashable, Blokken], k: int, *, nooit: frozenset[Hashable] = frozenset()
) -> dict[Hashable, Zicht]:
    """What each wijk shows of the last 12 closed months.

    The three overlapping sums leave one thing unknown: t children may be moved from `gedeeld` and `later` to `eerder`
    and `nieuw` (or back), if other wijken make up for it. A wijk is shown only where that leaves room for k.
    """

    def speling(naam: Hashable, delen: Delen) -> bool:
        if naam in nooit:
            return False
        for plaats in range(len(delen({}))):
            heen = {n: min(delen(b.gedeeld)[plaats], delen(b.later)[plaats]) for n, b in blokken.items()}
            terug = {n: min(delen(b.eerder)[plaats], delen(b.nieuw)[plaats]) for n, b in blokken.items()}
            ruimte = min(heen[naam], sum(terug.values()) - terug[naam]) + min(
                terug[naam], sum(heen.values()) - heen[naam]
            )
            if ruimte < k:
                return False
        return True

    rijen = {naam: opgeteld([b.gedeeld, b.nieuw]) for naam, b in blokken.items()}
    return onder(totaal, rijen, k, treden=WIJKTREDEN, los=False, mag_ook=speling)


def percentage(deel: int | None, geheel: int | None, *, kleinste_noemer: int) -> float | None:
    """One decimal, half up; None when a part is hidden or the denominator is too small."""
    if deel is None or geheel is None or geheel < max(kleinste_noemer, 1):
        return None
    return (deel * 2000 + geheel) // (2 * geheel) / 10

"""How many boxes are needed when: from the windows of known births, and from births that nobody has reported yet.

Pure: no Django, no clock. What is not known is learned from this programme's own past: how many births there are in a
month (its own seasonality), how long a notice takes, on which day of the window visits take place, and which part of
the children gets a box. With little past it falls back on the rules: a visit on any day of the window alike, a box for
every child, a notice within days.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bezoeken.venster import Vensterregels
from voorraad.prognose import Weekvraag

# The band holds nine weeks in ten, when the past is a guide; at least eight in ten is promised.
_ONDER, _BOVEN = 0.05, 0.95
# So many births, visits and notices of our own weigh as much as the rule that they replace.
_GEWICHT = 30
# A month's own factor weighs as much as the yearly mean at this many births: one year tells little about seasons.
_SEIZOEN = 40
# Notices of births longer ago than this have come in, or will never: the rate is measured on what is complete.
_MELDTERMIJN = 60
_JAAR = 365
# A declaration is due within 3 working days (domain.md): the default before there is a past of our own.
_MELDDAGEN = 5
_DAG = timedelta(days=1)


@dataclass(frozen=True)
class Verleden:
    """What was seen in this Gebied: counted, not modelled.

    `geboorten`: children per birth date, from the day `sinds` on. `gemeld_na`: days from birth to notice. `bezocht_na`:
    days from the first day of the window to the visit. `klaar` and `met_doos`: children whose visit is over, and those
    of them who got a box.
    """

    sinds: date
    geboorten: Mapping[date, int] = field(default_factory=dict)
    gemeld_na: Mapping[int, int] = field(default_factory=dict)
    bezocht_na: Mapping[int, int] = field(default_factory=dict)
    klaar: int = 0
    met_doos: int = 0


def weken_vanaf(vandaag: date, aantal: int) -> list[tuple[date, date]]:
    """This week from today on, and the weeks after it, Monday to Sunday."""
    maandag = vandaag - timedelta(days=vandaag.weekday())
    weken = [(maandag + timedelta(weeks=n), maandag + timedelta(weeks=n, days=6)) for n in range(aantal)]
    return [(max(begin, vandaag), eind) for begin, eind in weken]


def vraag_per_week(
    *, vandaag: date, weken: int, vensters: Sequence[date], verleden: Verleden, regels: Vensterregels
) -> list[Weekvraag]:
    """The boxes needed per week; `vensters` holds the first day of the window of every child still without a visit."""
    spreiding = _Spreiding(verleden, regels)
    aandeel = (verleden.met_doos + _GEWICHT) / (verleden.klaar + _GEWICHT)
    onbekend = list(_ongemeld(vandaag, weken, verleden))
    vraag = []
    for begin, eind in weken_vanaf(vandaag, weken):
        kansen = [aandeel * spreiding.nog(venster, vandaag, begin, eind) for venster in vensters]
        mu = aandeel * sum(
            aantal * spreiding.tussen(dag + timedelta(days=regels.begin), begin, eind) for dag, aantal in onbekend
        )
        laag, hoog = band(kansen, mu, vorm=_vorm(verleden))
        vraag.append(Weekvraag(begin, eind, sum(kansen), sum(kansen) + mu, laag, hoog))
    return vraag


class _Spreiding:
    """On which day, counted from the first of the window, a visit takes place."""

    def __init__(self, verleden: Verleden, regels: Vensterregels) -> None:
        lengte = regels.eind - regels.begin + 1
        gewicht = dict.fromkeys(range(lengte), _GEWICHT / lengte)
        for dag, aantal in verleden.bezocht_na.items():
            gewicht[dag] = gewicht.get(dag, 0.0) + aantal
        self._eerste, self._laatste = min(gewicht), max(gewicht)
        self._uiterlijk = regels.verlopen - regels.begin
        samen, loop = sum(gewicht.values()), 0.0
        self._tot = {}
        for dag in range(self._eerste, self._laatste + 1):
            loop += gewicht.get(dag, 0.0)
            self._tot[dag] = loop / samen

    def _tot_en_met(self, dagen: int) -> float:
        if dagen < self._eerste:
            return 0.0
        return self._tot[min(dagen, self._laatste)]

    def tussen(self, venster: date, begin: date, eind: date) -> float:
        """The chance of a visit on these days, for a window that begins on `venster`."""
        return self._tot_en_met((eind - venster).days) - self._tot_en_met((begin - venster).days - 1)

    def nog(self, venster: date, vandaag: date, begin: date, eind: date) -> float:
        """As `tussen`, knowing that there was no visit before today.

        Later than any visit so far: any day alike until the visit can no longer be made, and after that none.
        """
        over = 1.0 - self._tot_en_met((vandaag - venster).days - 1)
        if over > 1e-9:
            return self.tussen(venster, begin, eind) / over
        einde = venster + timedelta(days=self._uiterlijk)
        dagen = (min(eind, einde) - begin).days + 1
        return max(dagen, 0) / ((einde - vandaag).days + 1) if einde >= vandaag else 0.0


def geboortetempo(verleden: Verleden, vandaag: date) -> tuple[float, dict[int, float]]:
    """Births a day over the last complete year, and the factor of each month of it: our own seasonality, drawn to 1."""
    tot = vandaag - timedelta(days=_MELDTERMIJN)
    van = max(verleden.sinds, tot - timedelta(days=_JAAR - 1))
    dagen = (tot - van).days + 1
    if dagen < 1:
        return 0.0, {}
    per_maand: Counter[int] = Counter()
    dagen_van: Counter[int] = Counter()
    for nummer in range(dagen):
        dag = van + nummer * _DAG
        dagen_van[dag.month] += 1
        per_maand[dag.month] += verleden.geboorten.get(dag, 0)
    tempo = per_maand.total() / dagen
    factoren = {maand: (per_maand[maand] + _SEIZOEN) / (tempo * dagen_van[maand] + _SEIZOEN) for maand in dagen_van}
    return tempo, factoren


def _ongemeld(vandaag: date, weken: int, verleden: Verleden) -> Iterator[tuple[date, float]]:
    """Per birth date: how many births are expected that nobody has reported yet."""
    tempo, factoren = geboortetempo(verleden, vandaag)
    if not tempo:
        return
    na: dict[int, float] = {**verleden.gemeld_na}
    for dagen in range(_MELDDAGEN + 1):
        na[dagen] = na.get(dagen, 0) + _GEWICHT / (_MELDDAGEN + 1)
    samen = sum(na.values())
    for oud in range(_MELDTERMIJN, -7 * weken - 1, -1):
        dag = vandaag - oud * _DAG
        nog = sum(aantal for dagen, aantal in na.items() if dagen > oud) / samen
        yield dag, tempo * factoren.get(dag.month, 1.0) * nog


def _vorm(verleden: Verleden) -> float:
    """How sure the rate is: the shape of a gamma distribution, at most a month's births, which a season rests on."""
    return max(1.0, min(sum(verleden.geboorten.values()), _SEIZOEN))


def band(kansen: Sequence[float], mu: float, *, vorm: float) -> tuple[int, int]:
    """Between which numbers the sum lies nine times in ten.

    The sum of known children, each with its own chance, and of a number of unknown ones around `mu`, whose rate is
    itself uncertain (a negative binomial with this shape). Exact, by adding up the distributions.
    """
    verdeling = [1.0]
    for kans in kansen:
        if kans > 0.0:
            kans = min(kans, 1.0)
            verdeling = [
                (verdeling[n] if n < len(verdeling) else 0.0) * (1 - kans) + (verdeling[n - 1] * kans if n else 0.0)
                for n in range(len(verdeling) + 1)
            ]
    onbekend = list(_negatief_binomiaal(mu, vorm))
    som = [0.0] * (len(verdeling) + len(onbekend) - 1)
    for n, kans_n in enumerate(verdeling):
        if kans_n > 1e-12:
            for m, kans_m in enumerate(onbekend):
                som[n + m] += kans_n * kans_m
    return _kwantiel(som, _ONDER), _kwantiel(som, _BOVEN)


def _negatief_binomiaal(mu: float, vorm: float) -> Iterator[float]:
    """The chances of 0, 1, 2, ... up to where hardly anything is left."""
    if mu < 1e-6:
        yield 1.0
        return
    p, tot, n = vorm / (vorm + mu), 0.0, 0
    while tot < 1 - 1e-9:
        kans = math.exp(
            math.lgamma(n + vorm) - math.lgamma(vorm) - math.lgamma(n + 1) + vorm * math.log(p) + n * math.log1p(-p)
        )
        tot += kans
        n += 1
        yield kans


def _kwantiel(verdeling: Sequence[float], deel: float) -> int:
    loop = 0.0
    for n, kans in enumerate(verdeling):
        loop += kans
        if loop >= deel:
            return n
    return len(verdeling) - 1

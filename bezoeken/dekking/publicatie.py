"""From true counts to what may be shown of each period and wijk: pure, and the same verdict whatever was asked."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from bezoeken.dekking import perioden
from bezoeken.dekking.onderdrukking import (
    ATOMEN,
    LADDER,
    WIJKTREDEN,
    Blokken,
    Telling,
    Zicht,
    onder,
    opgeteld,
    rollend,
    waarde,
    wortel,
)
from bezoeken.dekking.perioden import Periode


@dataclass(frozen=True)
class Tabel:
    """The true counts of one Gebied per (month, wijk), for whole calendar years.

    `begin`: the month in which the programme starts; months before it without children are certainly empty, and public.
    """

    tellingen: Mapping[tuple[date, UUID | None], Telling]
    begin: date
    vandaag: date
    uitloop: timedelta
    k: int

    @cached_property
    def per_maand(self) -> dict[date, dict[str, int]]:
        """The counts of the whole Gebied."""
        delen: dict[date, list[Telling]] = {}
        for (maand, _wijk), telling in self.tellingen.items():
            delen.setdefault(maand, []).append(telling)
        return {maand: opgeteld(reeks) for maand, reeks in delen.items()}

    def som(self, maanden: Iterable[date], wijk: UUID | None = None) -> dict[str, int]:
        """The true counts over these months, of one wijk or (None) of the whole Gebied."""
        if wijk is None:
            return opgeteld(self.per_maand.get(m, {}) for m in maanden)
        return opgeteld(self.tellingen.get((m, wijk), {}) for m in maanden)

    def begonnen(self, maanden: Iterable[date]) -> list[date]:
        """The months whose figures are not known to be empty beforehand: neither future nor before the programme."""
        return [m for m in maanden if m < self.vandaag and (m >= self.begin or any(self.per_maand.get(m, {}).values()))]

    def zicht_van_jaar(self, jaar: int) -> dict[str, Zicht]:
        """What the year, its quarters and its months show, by their codes."""
        heel = perioden.jaar(jaar)
        top = wortel(self.som(heel.maanden), self.k)
        zicht = {heel.code: top}
        kwartalen = [perioden.kwartaal(jaar, n) for n in range(1, 5)]
        zicht |= self._onder(top, kwartalen)
        for kwartaal in kwartalen:
            if kwartaal.code in zicht:
                zicht |= self._onder(zicht[kwartaal.code], [perioden.maand(m) for m in kwartaal.maanden])
        return zicht

    def _onder(self, ouder: Zicht, reeks: list[Periode]) -> dict[str, Zicht]:
        rijen: dict[Hashable, Telling] = {p.code: self.som(p.maanden) for p in reeks if self.begonnen(p.maanden)}
        return {str(code): zicht for code, zicht in onder(ouder, rijen, self.k).items()}

    def lopend_apart(self, periode: Periode) -> str | None:
        """Which of nogBezig and ontbrekend is certainly 0 here, by the calendar alone; None when neither is."""
        maanden = self.begonnen(periode.maanden)
        if all(perioden.is_gesloten(m, self.vandaag, self.uitloop) for m in maanden):
            return "nogBezig"
        if all(m + self.uitloop >= self.vandaag for m in maanden):
            return "ontbrekend"
        return None

    def zicht_van_rollend(self, periode: Periode) -> Zicht:
        """What the total of the last 12 closed months shows: only what already follows from shown periods."""
        jaren = {m.year: self.zicht_van_jaar(m.year) for m in periode.maanden}
        zicht = Zicht()
        while zicht.treden < WIJKTREDEN and all(
            self._bekend(LADDER[zicht.treden], jaar, codes, periode) for jaar, codes in jaren.items()
        ):
            zicht.treden += 1
        return zicht

    def _bekend(self, kolom: str, jaar: int, codes: Mapping[str, Zicht], periode: Periode) -> bool:
        gezocht = set(self.begonnen(m for m in periode.maanden if m.year == jaar))
        heel = perioden.jaar(jaar)
        eenheden = [heel, *(perioden.kwartaal(jaar, n) for n in range(1, 5)), *map(perioden.maand, heel.maanden)]
        bekend: set[date] = set()
        for eenheid in eenheden:
            maanden = set(self.begonnen(eenheid.maanden))
            if eenheid.code in codes and maanden <= gezocht and codes[eenheid.code].toont(kolom):
                bekend |= maanden
        return gezocht <= bekend

    def zicht_per_wijk(self, periode: Periode, wijken: Iterable[UUID]) -> dict[Hashable, Zicht]:
        """What each wijk shows of a year or of `rollend`.

        Children whose wijk is not known count in the total only: a brother that is never shown.
        """
        onbekend = any(waarde(t, "inAanmerking") for (_maand, wijk), t in self.tellingen.items() if wijk is None)
        namen: list[Hashable] = [*wijken, *(["wijk onbekend"] if onbekend else [])]
        sleutel = {naam: naam if isinstance(naam, UUID) else None for naam in namen}

        def som(maanden: Iterable[date], naam: Hashable) -> dict[str, int]:
            return opgeteld(self.tellingen.get((m, sleutel[naam]), {}) for m in maanden)

        if periode.code != "rollend" or periode.van.month == 1:
            jaar = perioden.jaar(periode.van.year)
            top = self.zicht_van_jaar(periode.van.year)[jaar.code]
            return onder(
                top,
                {naam: som(jaar.maanden, naam) for naam in namen},
                self.k,
                treden=WIJKTREDEN,
                los=False,
                mag_ook=lambda naam, _delen: naam != "wijk onbekend",
            )
        vorig, dit = perioden.jaar(periode.van.year), perioden.jaar(periode.van.year + 1)
        stukken = (
            [m for m in vorig.maanden if m < periode.van],
            [m for m in vorig.maanden if m >= periode.van],
            [m for m in dit.maanden if m < periode.tot],
            [m for m in dit.maanden if m >= periode.tot],
        )
        blokken = {naam: Blokken(*(som(stuk, naam) for stuk in stukken)) for naam in namen}
        return rollend(self.zicht_van_rollend(periode), blokken, self.k, nooit=frozenset({"wijk onbekend"}))

    def cijfers(self, telling: Telling, zicht: Zicht, periode: Periode) -> dict[str, int | None]:
        """The columns of a row with None where hidden."""
        kolommen = ("inAanmerking", "bereikt", *ATOMEN, *(k for k in telling if k not in ATOMEN))
        uit: dict[str, int | None] = {k: waarde(telling, k) if zicht.toont(k) else None for k in kolommen}
        nul = self.lopend_apart(periode)
        if nul is not None:
            uit[nul] = 0
        elif not self._gemengd_mag(periode):
            uit["nogBezig"] = uit["ontbrekend"] = None
        return uit

    def _gemengd_mag(self, periode: Periode) -> bool:
        """Where both can occur they are told apart only if nothing of what is open in this year stays hidden."""
        jaar = periode.van.year
        zicht = self.zicht_van_jaar(jaar)
        maanden = self.begonnen(perioden.jaar(jaar).maanden)
        gemengd = [m for m in maanden if self.lopend_apart(perioden.maand(m)) is None]
        zichtbaar = all(zicht[perioden.maand(m).code].toont("lopend") for m in maanden)
        return zichtbaar and all(
            min(waarde(self.som([m]), kolom) for kolom in ("nogBezig", "ontbrekend")) >= self.k for m in gemengd
        )

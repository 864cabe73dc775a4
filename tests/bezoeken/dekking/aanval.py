"""The attacker: everything that is published as equations, and what follows of a hidden cell by a linear program."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from bezoeken.dekking import perioden
from bezoeken.dekking.onderdrukking import ATOMEN, LOSSE, WIJKTREDEN, Zicht
from bezoeken.dekking.publicatie import Tabel

BASIS = (*ATOMEN, *LOSSE)
SOMMEN = {"inAanmerking": ATOMEN, "bereikt": ("inVenster", "teLaat")}
# Not published, but what a column beside the ladder is a part of.
GEHELEN = {"nietBereiktSamen": ATOMEN[2:], "welToegewezen": ATOMEN[2:]}
WIJKKOLOMMEN = ("inAanmerking", "inVenster", "bereikt")


class Aanval:
    """Knows all that is published of these years, of all wijken, and that counts are not negative."""

    def __init__(self, tabel: Tabel, wijken: list, jaren: list[int]) -> None:
        self.tabel = tabel
        self.maanden = [m for j in jaren for m in perioden.jaar(j).maanden if m < tabel.vandaag]
        self.wijken = [*wijken, None]
        # Only the ladder is published per wijk; what is beside it is unknown per month alone.
        cellen = [(m, w, c) for m in self.maanden for w in self.wijken for c in ATOMEN]
        cellen += [(m, None, c) for m in self.maanden for c in LOSSE]
        self.index = {cel: n for n, cel in enumerate(cellen)}
        self.gelijk: list[tuple[dict[int, float], int]] = []
        self.hoogstens: list[dict[int, float]] = []
        self.verborgen: list[tuple[str, dict[int, float]]] = []
        self.grenzen = [(0, None)] * len(self.index)
        self._kalender()
        for jaar in jaren:
            self._gebied(jaar)
            self._wijken(perioden.jaar(jaar), wijken)
        self._wijken(perioden.rollend(tabel.vandaag, tabel.uitloop), wijken)
        self._overlap(wijken)

    def cel(self, kolom, maanden, wijken=None):
        delen = (SOMMEN | GEHELEN).get(kolom, (kolom,))
        gezocht = [m for m in maanden if m in set(self.maanden)]
        if kolom in LOSSE:
            return {self.index[m, None, kolom]: 1.0 for m in gezocht}
        som = {self.index[m, w, c]: 1.0 for m in gezocht for w in wijken or self.wijken for c in delen}
        return som | dict.fromkeys(self.cel("nooitToegewezen", maanden), -1.0) if kolom == "welToegewezen" else som

    def _kalender(self):
        for m in self.maanden:
            for deel, geheel in LOSSE.items():
                if geheel:
                    self.hoogstens.append(self.cel(deel, [m]) | {i: -v for i, v in self.cel(geheel, [m]).items()})
            if nul := self.tabel.lopend_apart(perioden.maand(m)):
                for cel in self.cel(nul, [m]):
                    self.grenzen[cel] = (0, 0)

    def _rij(self, naam, periode, zicht, som, kolommen, wijken=None):
        cijfers = self._cijfers(periode, zicht, som, wijken)
        for kolom in kolommen:
            cel = self.cel(kolom, periode.maanden, wijken)
            if cijfers[kolom] is None:
                self.verborgen.append((f"{naam} {kolom}", cel))
            else:
                self.gelijk.append((cel, cijfers[kolom]))
        if "nooitGesproken" in kolommen and None in (cijfers["nooitGesproken"], cijfers["bereikt"]):
            # The difference of two bars of the funnel is a cell too: spoken to, and not reached.
            gesproken = self.cel("welToegewezen", periode.maanden)
            gesproken |= dict.fromkeys(self.cel("nooitGesproken", periode.maanden), -1.0)
            self.verborgen.append((f"{naam} gesproken", gesproken))

    def _cijfers(self, periode, zicht, som, wijken):
        """What is published of a row; None is hidden."""
        return self.tabel.cijfers(dict.fromkeys(LOSSE, 0) | som, zicht, periode)

    def _gebied(self, jaar):
        zichten = self.tabel.zicht_van_jaar(jaar)
        heel = perioden.jaar(jaar)
        for p in [heel, *(perioden.kwartaal(jaar, n) for n in range(1, 5)), *map(perioden.maand, heel.maanden)]:
            if self.tabel.begonnen(p.maanden):
                kolommen = (*SOMMEN, *BASIS)
                self._rij(p.code, p, zichten.get(p.code, Zicht()), self.tabel.som(p.maanden), kolommen)

    def _wijken(self, periode, wijken):
        for w, zicht in self.tabel.zicht_per_wijk(periode, wijken).items():
            if w in wijken:
                som = self.tabel.som(periode.maanden, w)
                self._rij(f"{periode.code} wijk {wijken.index(w)}", periode, zicht, som, WIJKKOLOMMEN, [w])
        if periode.code == "rollend":
            zicht = self.tabel.zicht_van_rollend(periode)
            zicht.treden = min(zicht.treden, WIJKTREDEN)
            self._rij("rollend", periode, zicht, self.tabel.som(periode.maanden), WIJKKOLOMMEN)

    def _overlap(self, wijken):
        """The stretches by which overlapping periods differ are cells too, and so is what a column leaves over."""
        rol = perioden.rollend(self.tabel.vandaag, self.tabel.uitloop)
        for n, w in enumerate(wijken):
            for stuk in (
                [m for m in self.maanden if m < rol.van and m.year == rol.van.year],
                [m for m in rol.maanden if m.year == rol.van.year],
                [m for m in rol.maanden if m.year > rol.van.year],
            ):
                if stuk and len(stuk) < 12:
                    for kolom in WIJKKOLOMMEN:
                        self.verborgen.append(
                            (f"stuk van wijk {n} vanaf {stuk[0]} {kolom}", self.cel(kolom, stuk, [w]))
                        )

    def ruimtes(self):
        """Per hidden cell the smallest and the largest value that fit everything published."""
        a_eq, b_eq = self._matrix([rij for rij, _ in self.gelijk]), [waarde for _, waarde in self.gelijk]
        a_ub, b_ub = self._matrix(self.hoogstens), np.zeros(len(self.hoogstens))
        for naam, cel in self.verborgen:
            c = np.zeros(len(self.index))
            c[list(cel)] = list(cel.values())
            uiterste = []
            for teken in (1, -1):
                uit = linprog(
                    teken * c, A_ub=a_ub, b_ub=b_ub, A_eq=a_eq, b_eq=b_eq, bounds=self.grenzen, method="highs"
                )
                assert uit.status in (0, 3), uit.message  # 3: unbounded
                uiterste.append(teken * uit.fun if uit.status == 0 else float("inf"))
            yield naam, uiterste[0], uiterste[1]

    def _matrix(self, rijen):
        posities = [(r, i, v) for r, rij in enumerate(rijen) for i, v in rij.items()]
        r, i, v = zip(*posities, strict=True)
        return csr_matrix((v, (r, i)), shape=(len(rijen), len(self.index)))


class Buitenaanval(Aanval):
    """The same, by somebody who has only what was handed out: per (code of the period, wijk) the figures of a row."""

    def __init__(self, gepubliceerd, *tabel):
        self.gepubliceerd = gepubliceerd
        super().__init__(*tabel)

    def _cijfers(self, periode, zicht, som, wijken):
        return self.gepubliceerd[periode.code, wijken[0] if wijken else None]


def maak_tabel(rng, wijken, jaren, vandaag, *, per_maand, k=5, onbekend=0.0) -> Tabel:
    """Invented counts that follow the calendar: what still runs is nogBezig until D+84 and ontbrekend after."""
    uitloop = timedelta(days=27)
    tellingen = {}
    for m in (m for j in jaren for m in perioden.jaar(j).maanden if m < vandaag):
        gesloten = perioden.is_gesloten(m, vandaag, uitloop)
        vers = m + uitloop >= vandaag
        for w in [*wijken, None]:
            aantal = rng.poisson(onbekend if w is None else per_maand)
            kansen = np.array([14, 3, 2, 2, 0.5, 0 if gesloten else 6, 0 if vers else 1])
            t = dict(zip(ATOMEN, map(int, rng.multinomial(aantal, kansen / kansen.sum())), strict=True))
            bereikt = t["inVenster"] + t["teLaat"]
            zonder = int(rng.binomial(aantal - bereikt, 0.3))
            t |= {
                "verhuisd": int(rng.poisson(0.2)), "lateMelding": int(rng.poisson(0.3)), "pogingen": int(aantal * 2),
                "aanDeDeur": int(rng.binomial(bereikt, 0.2)), "doos": int(rng.binomial(bereikt, 0.9)),
                "voucher": int(rng.binomial(bereikt, 0.6)), "eersteCafe": int(rng.binomial(bereikt, 0.3)),
                "inVerplaatstVenster": int(rng.binomial(t["teLaat"], 0.3)), "nooitToegewezen": zonder,
                "nooitGesproken": int(rng.binomial(aantal - bereikt - zonder, 0.5)),
            }  # fmt: skip
            tellingen[m, w] = t if any(t.values()) else {}
    return Tabel(tellingen=tellingen, begin=date(jaren[0], 1, 1), vandaag=vandaag, uitloop=uitloop, k=k)

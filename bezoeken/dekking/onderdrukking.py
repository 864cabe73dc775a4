"""Which figures may be shown: pure, and the same for screen, map, API, CSV and XLSX (docs/adr/0006).

The unit is a pair: children visited in the window, and the other children of the row. A row is shown when both
halves are 0 or at least k, and otherwise hidden whole. A row hidden beside shown brothers under a shown parent could
be subtracted; so among the children of every shown parent either no row is hidden, or at least two are, whose hidden
halves add up to at least k each. The children of a hidden parent are all hidden. What is inside the "others" of a
shown row (late, refused, ...) is only told for whole years of the Gebied, under the same rule.

Then for every hidden number the smallest and largest value that fit everything shown differ by at least k:
a hidden half lies between 0 and the sum of the hidden halves of its brothers, which is at least k.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Paar:
    """Children visited in the window, and the others who are in the denominator."""

    in_venster: int
    overig: int

    @property
    def samen(self) -> int:
        return self.in_venster + self.overig

    def mag(self, k: int) -> bool:
        """Whether it may be shown by itself. Nothing at all is nothing to hide."""
        return self.samen == 0 or (self.in_venster >= k and self.overig >= k)


def toonbaar(rijen: Mapping[str, Paar], *, k: int) -> set[str]:
    """Which brothers may be shown beside their shown parent, whose value is their sum."""
    verborgen = {naam for naam, paar in rijen.items() if not paar.mag(k)}
    # The smallest first: they tell the least. By name where equal, so that every request gets the same answer.
    volgorde = sorted((naam for naam in rijen if naam not in verborgen), key=lambda n: (rijen[n].samen, n))
    kandidaten = [naam for naam in volgorde if rijen[naam].samen]
    while verborgen and not _breed(rijen, verborgen, k) and kandidaten:
        verborgen.add(kandidaten.pop(0))
    return set(rijen) - verborgen


def _breed(rijen: Mapping[str, Paar], verborgen: Iterable[str], k: int) -> bool:
    """At least two hidden rows that are not empty, with at least k hidden in each half."""
    paren = [rijen[naam] for naam in verborgen if rijen[naam].samen]
    return len(paren) > 1 and sum(p.in_venster for p in paren) >= k and sum(p.overig for p in paren) >= k


def verdeling(delen: Mapping[str, int], *, k: int) -> set[str]:
    """Which parts of a shown total may be shown: those of at least k, when what stays hidden adds up to at least k.

    A single hidden part would follow by subtraction, so the smallest shown one goes with it.
    """
    getoond = [naam for naam, aantal in sorted(delen.items(), key=lambda d: (-d[1], d[0])) if aantal >= k]
    verborgen = [naam for naam in delen if naam not in getoond]
    while getoond and verborgen and (len(verborgen) < 2 or sum(delen[n] for n in verborgen) < k):
        verborgen.append(getoond.pop())
    return set(getoond)


def boom(jaar: Paar, kwartalen: Sequence[Paar], maanden: Sequence[Paar], *, k: int) -> set[str]:
    """Which of `jaar`, `K1`..`K4` and `M1`..`M12` may be shown: a parent before its children, top down."""
    if not jaar.mag(k):
        return set()
    getoond = {"jaar"}
    k_namen = toonbaar({f"K{n}": paar for n, paar in enumerate(kwartalen, 1)}, k=k)
    getoond |= k_namen
    for n in range(1, 5):
        if f"K{n}" in k_namen:
            getoond |= toonbaar({f"M{m}": maanden[m - 1] for m in range(3 * n - 2, 3 * n + 1)}, k=k)
    return getoond


def percentage(deel: int | None, geheel: int | None, *, kleinste_noemer: int) -> float | None:
    """One decimal, half up; None when a part is hidden or the denominator is too small."""
    if deel is None or geheel is None or geheel < max(kleinste_noemer, 1):
        return None
    return (deel * 2000 + geheel) // (2 * geheel) / 10

"""Values in a text that is read from right to left: a number, a link or a Dutch name keeps its own order. Pure.

Without help a reader of Arabic sees the groups of a phone number the wrong way round ("67 45 123 045"). Each value that
does not run from right to left itself is put between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9): inside
them it has its own direction, and what stands beside it, perhaps another value, is not drawn into it. They are two
characters a value, which `tekstkeuring.smsmaat` counts; an SMS with Arabic letters is in UCS-2, so they arrive. A text
without such letters gets none: in one that fits in GSM-7 they would halve what a part holds.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

FSI, PDI = "\u2068", "\u2069"
_VAN_RECHTS = frozenset({"R", "AL"})


@lru_cache(maxsize=2000)
def is_van_rechts(tekst: str) -> bool:
    """Whether there are letters in it that are read from right to left."""
    return any(unicodedata.bidirectional(teken) in _VAN_RECHTS for teken in tekst)


def isoleer(waarde: str) -> str:
    """The value as it is put in a text that is read from right to left; one that begins and ends so stays as it is."""
    if not waarde or all(unicodedata.bidirectional(teken) in _VAN_RECHTS for teken in (waarde[0], waarde[-1])):
        return waarde
    return f"{FSI}{waarde}{PDI}"

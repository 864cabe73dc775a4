"""Which answers to an SMS mean "no more": STOP and its words in the languages of our texts. Pure."""

from __future__ import annotations

import re
import unicodedata

WOORDEN = frozenset(
    {
        *("stop", "stopp", "stoppen", "afmelden", "uitschrijven"),  # nl
        *("unsubscribe", "cancel", "end", "quit"),  # en
        *("abmelden", "stornieren"),  # de
        *("wypisz", "koniec", "zakończ"),  # pl
        *("dur", "durdur", "iptal"),  # tr
        *("стоп", "припинити", "відписатися"),  # uk
        *("توقف", "إيقاف", "ايقاف", "قف", "إلغاء", "الغاء", "ستوب"),  # ar
        *("ደው", "ኣቁም", "ኣቁሙ", "ስቶፕ"),  # ti
    }
)
# In doubt contact waits; but who writes a sentence has something else to say, and a person reads that.
_MEEST = 3


def is_stop(tekst: str) -> bool:
    """Whether this answer stops contact: one of the words, alone or with at most two others after it."""
    # Turkish capitals: I and İ would else become other letters than the ones in the list.
    gewoon = unicodedata.normalize("NFKC", tekst).replace("İ", "i").casefold()
    woorden = re.findall(r"[^\W\d_]+", gewoon)
    return bool(woorden) and len(woorden) <= _MEEST and woorden[0] in WOORDEN

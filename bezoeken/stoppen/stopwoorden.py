"""Which answers to an SMS mean "no more": STOP and its words in the languages of our texts. Pure."""

from __future__ import annotations

import re
import unicodedata

_TATWEEL = "\u0640"  # stretches an Arabic word on the screen, and says nothing


def _gewoon(tekst: str) -> str:
    """Without capitals, accents and vowel marks: a keyboard may not have them, and İ is the same letter as i."""
    los = unicodedata.normalize("NFKD", tekst).casefold()
    return "".join(teken for teken in los if teken != _TATWEEL and not unicodedata.category(teken).startswith("M"))


WOORDEN = frozenset(
    map(
        _gewoon,
        (
            *("stop", "stopp", "stoppen", "afmelden", "uitschrijven"),  # nl
            *("unsubscribe", "cancel", "end", "quit"),  # en
            *("abmelden", "abbestellen", "stornieren"),  # de
            *("wypisz", "koniec", "zakończ", "przestań"),  # pl
            *("dur", "durdur", "durdurun", "iptal"),  # tr
            *("стоп", "припинити", "відписатися", "зупинити"),  # uk
            *("توقف", "إيقاف", "أوقف", "قف", "إلغاء", "ستوب"),  # ar
            *("ደው", "ኣቁም", "ኣቁሙ", "ስቶፕ"),  # ti
        ),
    )
)
# What may stand before it: our own sentence typed over ("Antwoord STOP", "Reply STOP"), and politeness.
_ERVOOR = frozenset(
    map(
        _gewoon,
        (
            *("antwoord", "graag", "aub", "ja"),
            *("reply", "please", "yes"),
            *("antworten", "antworte", "sie", "bitte"),
            *("odpowiedz", "odpisz", "prosze"),
            *("yanıtlayın", "yanıt", "lütfen"),
            *("надішліть", "відповідь", "будь", "ласка"),
            *("أرسلوا", "أرسل"),
        ),
    )
)
# In doubt contact waits; but who writes a sentence has something else to say, and a person reads that.
_MEEST = 3


def is_stop(tekst: str) -> bool:
    """Whether this answer stops contact: one of the words, alone, repeated, or with at most two others around it."""
    woorden = re.findall(r"[^\W\d_]+", _gewoon(tekst))
    if len(woorden) > 1 and all(len(woord) == 1 for woord in woorden):
        woorden = ["".join(woorden)]  # S.T.O.P.
    if woorden and all(woord in WOORDEN for woord in woorden):
        return True
    while woorden and woorden[0] in _ERVOOR:
        woorden = woorden[1:]
    return bool(woorden) and len(woorden) <= _MEEST and woorden[0] in WOORDEN

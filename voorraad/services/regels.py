"""Which movement goes from where to where, and what is meant when the caller leaves a side out.

| soort         | van                    | naar                   | left out                                        |
|---------------|------------------------|------------------------|-------------------------------------------------|
| ontvangst     | leverancier            | binnen                 | leverancier -> magazijn (a Sjop article: sjop)  |
| verplaatsing  | binnen                 | binnen                 | nothing: say both                               |
| samenstelling | samenstelling / binnen | binnen / samenstelling | the table; with neither, a box comes from it    |
| uitgifte      | binnen                 | gezin                  | -> gezin                                        |
| retour        | gezin / binnen         | binnen / leverancier   | gezin ->                                        |
| afkeur        | binnen                 | afval                  | -> afval                                        |
| correctie     | correctie / binnen     | binnen / correctie     | the side that was not given is correctie        |

`binnen` is a magazijn, an Ooievaarsmoeder's home or the Sjop. No Django in here.
"""

from __future__ import annotations

BINNEN = "binnen"

_PAREN: dict[str, frozenset[tuple[str, str]]] = {
    "ontvangst": frozenset({("leverancier", BINNEN)}),
    "verplaatsing": frozenset({(BINNEN, BINNEN)}),
    "samenstelling": frozenset({("samenstelling", BINNEN), (BINNEN, "samenstelling")}),
    "uitgifte": frozenset({(BINNEN, "gezin")}),
    "retour": frozenset({("gezin", BINNEN), (BINNEN, "leverancier")}),
    "afkeur": frozenset({(BINNEN, "afval")}),
    "correctie": frozenset({("correctie", BINNEN), (BINNEN, "correctie")}),
}

# Movements that a block of the article stops: what comes in new and what leaves to a family.
STOPT_BIJ_BLOKKADE = frozenset({"ontvangst", "samenstelling", "uitgifte"})


def past(soort: str, van: str, naar: str, *, van_binnen: bool, naar_binnen: bool) -> bool:
    """Whether a movement of this soort may go between places of these soorten."""
    return (BINNEN if van_binnen else van, BINNEN if naar_binnen else naar) in _PAREN[soort]


def ontbrekende_kant(
    soort: str, van: str | None, naar: str | None, *, artikelsoort: str
) -> tuple[str | None, str | None]:
    """The soorten of the standard places meant by the sides left out; None where the caller must say it.

    `van` and `naar` are the soorten that were given. A side that was given comes back as it is.
    """
    thuis = "sjop" if artikelsoort == "sjop" else "magazijn"
    match soort:
        case "ontvangst":
            return van or "leverancier", naar or thuis
        case "uitgifte":
            return van, naar or "gezin"
        case "afkeur":
            return van, naar or "afval"
        case "retour":
            return van or "gezin", naar
        case "samenstelling" if van not in (None, "samenstelling"):
            return van, naar or "samenstelling"
        case "samenstelling" if artikelsoort == "doos" or naar not in (None, "samenstelling"):
            return van or "samenstelling", naar or thuis
        case "samenstelling":
            return van or thuis, naar or "samenstelling"
        case "correctie" if van or naar:
            return van or "correctie", naar or "correctie"
    return van, naar

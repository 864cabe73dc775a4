"""Looking ahead: what goes to whom on which day, what another rule would change, and which rules may be saved. Pure.

Everything is computed from the visits as they are now: who is assigned meanwhile, or gets an appointment, changes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from uuid import UUID

from bezoeken.herinneringen import (
    SOORTEN,
    Bezoekstand,
    Kanaal,
    Omgeving,
    Ontvanger,
    Regel,
    kanalen_voor,
    regeldag,
)
from ooievaar.kalender import Uren, verzenddag

# Days that are counted from something else than the birth: (earliest, latest).
_ANDERE_DAGEN = {"bezoekherinnering": (-7, -1), "geenAntwoord": (1, 30)}
# A reminder so long after the window reminds nobody.
_LAATSTE_DAG = 120
# Longer than that nobody looks ahead, and no window reaches.
LANGSTE = timedelta(days=120)


@dataclass(frozen=True, order=True)
class Vooruitzicht:
    """A reminder that would go on a day, if nothing changes until then."""

    dag: date
    soort: str
    ontvanger: Ontvanger
    bezoek_id: UUID
    kanaal: Kanaal


def vooruitblik(standen: Iterable[Bezoekstand], omgeving: Omgeving, van: date, tot: date) -> list[Vooruitzicht]:
    """What would go on these days (both included), in the order in which it goes."""
    gevonden = [
        zicht for stand in standen for regel in omgeving.regels if (zicht := _van_regel(regel, stand, omgeving))
    ]
    return sorted(zicht for zicht in gevonden if van <= zicht.dag <= tot)


def _van_regel(regel: Regel, stand: Bezoekstand, omgeving: Omgeving) -> Vooruitzicht | None:
    soort = SOORTEN.get(regel.soort)
    if soort is None or not stand.mag_benaderd or not stand.lopend or not soort.past(stand):
        return None
    dag = regeldag(regel, stand, omgeving.venster)
    kanalen = kanalen_voor(regel, stand, omgeving)
    if dag is None or not kanalen:
        return None
    niet_voor = stand.geboortedatum + timedelta(days=omgeving.contact_vanaf)
    gaat = verzenddag(max(dag, niet_voor), omgeving.stil, niet_voor)
    return Vooruitzicht(gaat, regel.soort, regel.ontvanger, stand.bezoek_id, kanalen[0])


@dataclass(frozen=True)
class Verschil:
    """What a change of the rules adds and drops."""

    erbij: list[Vooruitzicht]
    weg: list[Vooruitzicht]


def verschil(standen: Iterable[Bezoekstand], nu: Omgeving, straks: Omgeving, van: date, tot: date) -> Verschil:
    """The difference between two sets of rules, over these days. A reminder that moves is dropped and added."""
    alle = list(standen)
    oud, nieuw = set(vooruitblik(alle, nu, van, tot)), set(vooruitblik(alle, straks, van, tot))
    return Verschil(sorted(nieuw - oud), sorted(oud - nieuw))


def met_regel(omgeving: Omgeving, regel: Regel, *, actief: bool) -> Omgeving:
    """These settings with this rule in the place of the one of the same kind and recipient; inactive: without it."""
    anders = tuple(r for r in omgeving.regels if (r.soort, r.ontvanger) != (regel.soort, regel.ontvanger))
    return replace(omgeving, regels=(*anders, regel) if actief else anders)


def keur_regel(regel: Regel, *, contact_vanaf: int, uren: Uren) -> list[tuple[str, str]]:
    """Every fault of a rule as (field, code): it would send at night, before contact, or never in time."""
    fouten = []
    soort = SOORTEN.get(regel.soort)
    if soort is None:
        return [("soort", "onbekend")]
    if regel.ontvanger not in {wie for wie, _dag in soort.standaard}:
        fouten.append(("ontvanger", "pastNiet"))
    eerste, laatste = _ANDERE_DAGEN.get(regel.soort, (contact_vanaf, _LAATSTE_DAG))
    if regel.dag < eerste:
        fouten.append(("dag", "voorContact" if regel.soort not in _ANDERE_DAGEN else "teLaag"))
    elif regel.dag > laatste:
        fouten.append(("dag", "teHoog"))
    if regel.tijd is not None and not uren.van <= regel.tijd < uren.tot:
        fouten.append(("tijd", "buitenUren"))
    return fouten


def tijd_in_woorden(tijd: time) -> str:
    """A time of the day as people write it: 9.30."""
    return f"{tijd.hour}.{tijd.minute:02d}"

"""Saving an own text: only one that can be sent, and always as a new version."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from notifications.models import Kanaal, Tekstversie
from notifications.selectors.teksten import nieuwste_versie
from notifications.sjablonen import TALEN, Sjabloon, SjabloonOntbreekt, standaardteksten, tekst_voor
from notifications.smsmaat import Smsmaat, smsmaat
from notifications.tekstkeuring import Fouten, keur, keur_sms
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.selectors.bereik import verzendregels
from ooievaar.selectors.gezinnen import namen_van_gezinnen
from ooievaar.selectors.ooievaarsmoeders import namen_van_moeders

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# Values as they really come, for a preview: the longest day and month names make the longest SMS.
_VOORBEELD = {
    "van": "2026-09-30",
    "tot": "2026-10-14",
    "dag": "2026-09-30",
    "tijd": "10.30",
    "aantal": "3",
    "vanaf": "2026-09-30",
    "artikel": "fles",
    "regels": "- …",
    "plaats": "Buurthuis Voorbeeld, Sjpruutstraat 12, Heerlen",
    "thema": "workshop kinder-EHBO",
    "aanmelden": "https://voorbeeld.nl/cafe/" + 36 * "x",
    "totDag": "2026-09-30",
    "totTijd": "10.30",
}
# A place may have a name with a letter that an SMS has no room for in its own alphabet.
_VREEMDE_LETTER = {"plaats": "Buurthuis Işık, Sjpruutstraat 12, Heerlen"}


class Voorbeeld:
    """A text filled in with real values, and what is wrong with it."""

    def __init__(self, onderwerp: str, tekst: str, fouten: Fouten, maat: Smsmaat | None) -> None:
        self.onderwerp, self.tekst, self.fouten, self.maat = onderwerp, tekst, fouten, maat


def soorten() -> list[str]:
    """The kinds of message that have a text."""
    return sorted({soort for soort, _kanaal, _taal in standaardteksten()})


def tekst_voorbeeld(*, gebied_id: UUID, soort: str, kanaal: str, taal: str, onderwerp: str, tekst: str) -> Voorbeeld:
    """How this text would look, and every fault that keeps it from being saved. Raises NietGevonden."""
    if soort not in soorten() or taal not in TALEN or kanaal not in Kanaal.values:
        raise NietGevonden
    push = kanaal == Kanaal.PUSH
    fouten = keur(
        soort,
        kanaal,
        onderwerp,
        tekst,
        namen=namen_van_moeders(gebied_id) if push else (),
        gezinsnamen=namen_van_gezinnen(gebied_id) if push else (),
    )
    regel = verzendregels()[gebied_id]
    invullen = partial(
        tekst_voor,
        soort,
        kanaal,
        gebied=regel.naam,
        telefoonnummer=regel.telefoonnummer or "045 123 45 67",
        taal=taal,
        link="https://voorbeeld.nl/stop/" + 36 * "x",
        eigen={(soort, kanaal, taal): Sjabloon(onderwerp, tekst)},
    )
    try:
        ingevuld = invullen(_VOORBEELD)
        vreemd = invullen(_VOORBEELD | _VREEMDE_LETTER)
    except SjabloonOntbreekt:
        return Voorbeeld(onderwerp, tekst, fouten, None)
    if kanaal != Kanaal.SMS:
        return Voorbeeld(*ingevuld, fouten, None)
    fouten += keur_sms(ingevuld[1], met_vreemde_letter=vreemd[1])
    return Voorbeeld(*ingevuld, fouten, smsmaat(ingevuld[1]))


@transaction.atomic
def tekst_bewaren(
    *,
    gebied_id: UUID,
    soort: str,
    kanaal: str,
    taal: str,
    onderwerp: str,
    tekst: str,
    nagekeken: bool,
    door: Gebruiker,
    nu: datetime,
) -> Tekstversie:
    """A new version, unless nothing changed. `nagekeken`: somebody who speaks the language has read it.

    Raises Ongeldig with every fault at once, NietGevonden for a kind, channel or language that there is not.
    """
    voorbeeld = tekst_voorbeeld(
        gebied_id=gebied_id, soort=soort, kanaal=kanaal, taal=taal, onderwerp=onderwerp, tekst=tekst
    )
    if voorbeeld.fouten:
        raise Ongeldig(voorbeeld.fouten)
    huidig = nieuwste_versie(gebied_id, soort, kanaal, taal)
    if huidig is not None and (huidig.onderwerp, huidig.tekst) == (onderwerp, tekst):
        if (huidig.nagekeken_op is not None) != nagekeken:
            huidig.nagekeken_op, huidig.nagekeken_door = (nu, door) if nagekeken else (None, None)
            huidig.save(update_fields=["nagekeken_op", "nagekeken_door"])
        return huidig
    return Tekstversie.objects.create(
        gebied_id=gebied_id,
        soort=soort,
        kanaal=kanaal,
        taal=taal,
        nummer=(huidig.nummer if huidig else 0) + 1,
        onderwerp=onderwerp,
        tekst=tekst,
        gemaakt_op=nu,
        gemaakt_door=door,
        nagekeken_op=nu if nagekeken else None,
        nagekeken_door=door if nagekeken else None,
    )

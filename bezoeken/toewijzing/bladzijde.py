"""A visit as a person reads it in a list: its phase and state in words (Dutch, B1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bezoeken.toewijzing.woorden import taal_in_woorden

STATUSSEN = {
    "open": gettext_lazy("Nog voor niemand"),
    "toegewezen": gettext_lazy("Gegeven"),
    "gepland": gettext_lazy("Afspraak gemaakt"),
    "bezocht": gettext_lazy("Bezocht"),
    "afgesloten": gettext_lazy("Afgesloten"),
}


@dataclass
class Rij:
    """One visit on the page. `kleur` only repeats what `wanneer` says in words."""

    id: UUID
    gezin_id: UUID
    versie: int
    familie: str
    wijk: str
    taal: str
    status: str
    toestand: str
    venster_eind: date
    wanneer: str
    kleur: str
    ooievaarsmoeder_id: UUID | None
    ooievaarsmoeder: str
    voorstellen: list[tuple[UUID, str]] = field(default_factory=list)


def wanneer_in_woorden(begin: date, eind: date, vandaag: date, uitloop: timedelta) -> tuple[str, str]:
    """How urgent it is, as (words, class of the label)."""
    if vandaag > eind:
        dagen = (vandaag - eind).days
        laat = ngettext("%(n)s dag te laat", "%(n)s dagen te laat", dagen) % {"n": dagen}
        return (_("%(laat)s, verlopen") % {"laat": laat} if vandaag > eind + uitloop else laat), "te-laat"
    if vandaag == eind:
        return _("vandaag is de laatste dag"), "in-venster"
    if vandaag >= begin:
        dagen = (eind - vandaag).days
        return ngettext("nog %(n)s dag", "nog %(n)s dagen", dagen) % {"n": dagen}, "in-venster"
    dagen = (begin - vandaag).days
    return ngettext("kan over %(n)s dag", "kan over %(n)s dagen", dagen) % {"n": dagen}, "later"


def rij_uit(rij: dict[str, Any], *, vandaag: date) -> Rij:
    """A row of the page's query in words; no query."""
    uitloop = timedelta(days=rij["uitloop"])
    wanneer, kleur = wanneer_in_woorden(rij["venster_begin"], rij["venster_eind"], vandaag, uitloop)
    return Rij(
        id=rij["id"],
        gezin_id=rij["gezin_id"],
        versie=rij["versie"],
        familie=rij["achternaam"] or _("onbekend"),
        wijk=rij["naam_wijk"] or _("wijk nog onbekend"),
        taal=taal_in_woorden(rij["taal"] or "nl"),
        status=rij["status"],
        toestand=_toestand(rij),
        venster_eind=rij["venster_eind"],
        wanneer=wanneer,
        kleur=kleur,
        ooievaarsmoeder_id=rij["ooievaarsmoeder_id"],
        ooievaarsmoeder=rij["naam_moeder"] or "",
    )


def _toestand(rij: dict[str, Any]) -> str:
    if rij["status"] == "toegewezen":
        return _("Zij doet het") if rij["aanvaard_op"] else _("Zij heeft nog niet geantwoord")
    return str(STATUSSEN[rij["status"]])

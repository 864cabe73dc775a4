"""Is this text fit to be sent? Checked when it is saved, so that nobody finds out on the day it should leave. Pure.

An SMS is sent in the alphabet GSM-7 (3GPP TS 23.038) when every character is in it, else in UCS-2; it is cut in parts
of 160 or 70 characters, or of 153 or 67 when there are several, and every part is paid for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.sjablonen import PLEK, TOEGESTAAN, VERPLICHT

MAXIMUM_SMSDELEN = 6
MAXIMUM_PUSH = 150
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DUBBEL = frozenset("^{}\\[~]|€\f")  # these take two places
_ALTIJD = frozenset({"gebied"})

Fouten = list[tuple[str, str, Any]]  # field, code, reason


@dataclass(frozen=True)
class Smsmaat:
    """What an SMS costs: its alphabet, its length in that alphabet, and the number of parts."""

    alfabet: str
    tekens: int
    delen: int


def smsmaat(tekst: str) -> Smsmaat:
    """The size of a text as an SMS."""
    if all(teken in _GSM or teken in _GSM_DUBBEL for teken in tekst):
        lengte = sum(2 if teken in _GSM_DUBBEL else 1 for teken in tekst)
        return Smsmaat("GSM-7", lengte, 1 if lengte <= 160 else -(-lengte // 153))
    lengte = len(tekst.encode("utf-16-be")) // 2
    return Smsmaat("UCS-2", lengte, 1 if lengte <= 70 else -(-lengte // 67))


def keur(soort: str, kanaal: str, onderwerp: str, tekst: str, *, namen: Iterable[str] = ()) -> Fouten:
    """Every fault of a text, as (field, code, reason); none: it may be saved. `namen`: of people, not for a push."""
    fouten: Fouten = []
    mag = TOEGESTAAN.get(soort, _ALTIJD) if kanaal != "push" else frozenset()
    moet = VERPLICHT.get(soort, frozenset()) if kanaal not in ("push", "app") else frozenset()
    for veld, inhoud in (("onderwerp", onderwerp), ("tekst", tekst)):
        for naam in dict.fromkeys(PLEK.findall(inhoud)):
            if naam not in mag:
                reden = _("{%(naam)s} kennen we hier niet. U kunt kiezen uit: %(mag)s.")
                keuzes = ", ".join(f"{{{m}}}" for m in sorted(mag)) or str(_("niets"))
                fouten.append((veld, "onbekendeVariabele", reden % {"naam": naam, "mag": keuzes}))
        if re.search(r"[{}]", PLEK.sub("", inhoud)):
            fouten.append((veld, "losseAccolade", _("Er staat een losse { of } in de tekst.")))
    for naam in sorted(moet - set(PLEK.findall(tekst))):
        reden = _("{%(naam)s} ontbreekt. Zonder dat weet de lezer te weinig.")
        fouten.append(("tekst", "variabeleOntbreekt", reden % {"naam": naam}))
    if not tekst.strip():
        fouten.append(("tekst", "verplicht", _("Vul een tekst in.")))
    if kanaal in ("email", "brief") and not onderwerp.strip():
        fouten.append(("onderwerp", "verplicht", _("Vul een onderwerp in.")))
    if "\n" in onderwerp or "\r" in onderwerp:
        fouten.append(("onderwerp", "ongeldig", _("Een onderwerp is één regel.")))
    if kanaal == "push":
        fouten += _push(onderwerp, tekst, namen)
    return fouten


def _push(onderwerp: str, tekst: str, namen: Iterable[str]) -> Fouten:
    """A push is read by whoever looks at the screen: short, and no names."""
    fouten: Fouten = []
    if len(onderwerp) + len(tekst) > MAXIMUM_PUSH:
        reden = _("Een pushbericht heeft hooguit %(aantal)s tekens.")
        fouten.append(("tekst", "teLang", reden % {"aantal": MAXIMUM_PUSH}))
    gelezen = set(re.findall(r"\w+", f"{onderwerp} {tekst}".casefold()))
    genoemd = {deel for naam in namen for deel in re.findall(r"\w{3,}", naam.casefold())} - {"ooievaarsmoeder"}
    if gelezen & genoemd:
        reden = _("Hier staat een naam in. Iedereen die op het scherm kijkt, leest dit.")
        fouten.append(("tekst", "naamInPush", reden))
    return fouten


def keur_sms(ingevuld: str) -> Fouten:
    """The faults of an SMS as it would leave: how many parts it takes can only be seen with real values."""
    delen = smsmaat(ingevuld).delen
    if delen <= MAXIMUM_SMSDELEN:
        return []
    reden = _("Deze sms is %(delen)s delen lang. Hooguit %(mag)s is toegestaan.")
    return [("tekst", "teLang", reden % {"delen": delen, "mag": MAXIMUM_SMSDELEN})]

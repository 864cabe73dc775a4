"""Is this text fit to be sent? Checked when it is saved, so that nobody finds out on the day it should leave. Pure.

Each fault says where it is and what to do about it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.sjablonen import PLEK, TOEGESTAAN, VERPLICHT
from notifications.smsmaat import smsmaat

MAXIMUM_SMSDELEN = 6
MAXIMUM_PUSH = 150
_ALTIJD = frozenset({"gebied"})
# HTML, its entities, and the marks of Markdown: a reader would see the characters themselves.
_OPMAAK = re.compile(r"</?[A-Za-z!][^<>]*>|&(?:#\w+|[A-Za-z]+);|\*\*|__|\[[^\]\n]*\]\([^)\n]*\)")
# What joins or separates letters, or is part of a language; marks around a value are put there by `richting`.
_MAG_ONZICHTBAAR = frozenset("\n\r\u200c\u200d\u200e\u200f")
_MAANDEN = "jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec"
# In a push, read by whoever looks at the screen.
_PERSOONLIJK = (
    (re.compile(r"\S+@\S+\.\w"), _("een e-mailadres")),
    (re.compile(r"\+?\d[\d\s().-]{5,}\d"), _("een telefoonnummer")),
    (re.compile(r"\b\d{4}\s?[A-Z]{2}\b|\b\d{4}[a-z]{2}\b"), _("een postcode")),
    (re.compile(rf"\b\d{{1,2}}[-/]\d{{1,2}}\b|\b\d{{1,2}}\s+(?:{_MAANDEN})", re.IGNORECASE), _("een datum")),
    (re.compile(r"https?:|www\."), _("een link")),
)
_AANSPREEKNAAM = re.compile(
    r"\b(?:[Ff]amilie|[Gg]ezin|[Mm]evrouw|[Mm]eneer|[Mm]w\.?|[Dd]hr\.?|[Hh]eer)\s+([^\W\d_]\w+)"
)
_TUSSENVOEGSELS = frozenset(
    {"aan", "ben", "bij", "bin", "den", "der", "het", "onder", "ten", "ter", "uit", "van", "von"}
)

Fouten = list[tuple[str, str, Any]]  # field, code, reason


def keur(
    soort: str,
    kanaal: str,
    onderwerp: str,
    tekst: str,
    *,
    namen: Iterable[str] = (),
    gezinsnamen: Iterable[str] = (),
) -> Fouten:
    """Every fault of a text, as (field, code, reason); none: it may be saved.

    `namen`: of our own people, `gezinsnamen`: of families and their children; neither is for a push.
    """
    fouten: Fouten = []
    mag = TOEGESTAAN.get(soort, _ALTIJD) if kanaal != "push" else frozenset()
    moet = VERPLICHT.get(soort, frozenset()) if kanaal not in ("push", "app") else frozenset()
    for veld, inhoud in (("onderwerp", onderwerp), ("tekst", tekst)):
        fouten += _veld(veld, inhoud, mag)
    for naam in sorted(moet - set(PLEK.findall(tekst))):
        reden = _("{%(naam)s} ontbreekt: zonder dat weet de lezer te weinig. Zet {%(naam)s} in de tekst.")
        fouten.append(("tekst", "variabeleOntbreekt", reden % {"naam": naam}))
    if not tekst.strip():
        fouten.append(("tekst", "verplicht", _("Vul een tekst in.")))
    if kanaal in ("email", "brief") and not onderwerp.strip():
        fouten.append(("onderwerp", "verplicht", _("Vul een onderwerp in.")))
    if "\n" in onderwerp or "\r" in onderwerp:
        fouten.append(("onderwerp", "ongeldig", _("Een onderwerp is één regel. Zet alles achter elkaar.")))
    if kanaal == "push":
        fouten += _push(onderwerp, tekst, namen, gezinsnamen)
    return fouten


def _veld(veld: str, inhoud: str, mag: frozenset[str]) -> Fouten:
    """What may be wrong in the subject as in the text."""
    fouten: Fouten = []
    for naam in dict.fromkeys(PLEK.findall(inhoud)):
        if naam not in mag:
            reden = _("{%(naam)s} kennen we hier niet. U kunt kiezen uit: %(mag)s.")
            keuzes = ", ".join(f"{{{m}}}" for m in sorted(mag)) or str(_("niets"))
            fouten.append((veld, "onbekendeVariabele", reden % {"naam": naam, "mag": keuzes}))
    if re.search(r"[{}]", PLEK.sub("", inhoud)):
        fouten.append((veld, "losseAccolade", _("Er staat een losse { of } in de tekst. Haal die weg.")))
    if opmaak := _OPMAAK.search(PLEK.sub("", inhoud)):
        reden = _("Opmaak werkt hier niet: de lezer ziet de tekens zelf. Haal %(teken)s weg.")
        fouten.append((veld, "opmaak", reden % {"teken": opmaak[0]}))
    if onzichtbaar := next((teken for teken in inhoud if _is_onzichtbaar(teken)), ""):
        reden = _("Er staat een onzichtbaar teken in (U+%(teken)s). Haal dit stuk weg en typ het opnieuw.")
        fouten.append((veld, "onzichtbaarTeken", reden % {"teken": f"{ord(onzichtbaar):04X}"}))
    return fouten


def _is_onzichtbaar(teken: str) -> bool:
    """Controls, separators of lines, marks of direction and halves of characters; not a space of any kind."""
    return unicodedata.category(teken) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and teken not in _MAG_ONZICHTBAAR


def _push(onderwerp: str, tekst: str, namen: Iterable[str], gezinsnamen: Iterable[str]) -> Fouten:
    """A push is read by whoever looks at the screen: short, and nothing about anybody."""
    fouten: Fouten = []
    if len(onderwerp) + len(tekst) > MAXIMUM_PUSH:
        reden = _("Een pushbericht heeft hooguit %(aantal)s tekens, met het onderwerp erbij. Maak de tekst korter.")
        fouten.append(("tekst", "teLang", reden % {"aantal": MAXIMUM_PUSH}))
    for veld, inhoud in (("onderwerp", onderwerp), ("tekst", tekst)):
        if naam := _naam_in(inhoud, namen, gezinsnamen):
            reden = _(
                "Hier staat een naam in: %(naam)s. Iedereen die op het scherm kijkt, leest dit. Haal de naam weg."
            )
            fouten.append((veld, "naamInPush", reden % {"naam": naam}))
        for patroon, wat in _PERSOONLIJK:
            if patroon.search(inhoud):
                reden = _("Hier staat %(wat)s in. Wie op het scherm kijkt, leest dit. Haal het weg.")
                fouten.append((veld, "persoonsgegevenInPush", reden % {"wat": wat}))
    return fouten


def _naam_in(tekst: str, namen: Iterable[str], gezinsnamen: Iterable[str]) -> str:
    """The name that stands in this text, or nothing.

    A surname can be a word (Klein, Visser), so a family's counts only with a capital; one of our own however it is
    written.
    """
    for aanspreking in _AANSPREEKNAAM.finditer(tekst):
        if aanspreking[1][0].isupper():
            return aanspreking[0]
    eigen = _naamdelen(namen) - {"ooievaarsmoeder"}
    van_gezinnen = _naamdelen(gezinsnamen)
    for woord in re.findall(r"\w+", tekst):
        if woord.casefold() in eigen or (woord[0].isupper() and woord.casefold() in van_gezinnen):
            return str(woord)
    return ""


def _naamdelen(namen: Iterable[str]) -> set[str]:
    return {deel for naam in namen for deel in re.findall(r"\w{3,}", naam.casefold())} - _TUSSENVOEGSELS


def keur_sms(ingevuld: str, *, met_vreemde_letter: str = "") -> Fouten:
    """The faults of an SMS as it would leave: how many parts it takes can only be seen with real values.

    `met_vreemde_letter`: the same with a value in it that is not of GSM-7 (a name of a place may be), which makes the
    whole SMS longer.
    """
    delen = smsmaat(ingevuld).delen
    if delen > MAXIMUM_SMSDELEN:
        reden = _("Deze sms is %(delen)s delen lang. Hooguit %(mag)s is toegestaan. Maak de tekst korter.")
        return [("tekst", "teLang", reden % {"delen": delen, "mag": MAXIMUM_SMSDELEN})]
    delen = smsmaat(met_vreemde_letter).delen
    if delen > MAXIMUM_SMSDELEN:
        reden = _(
            "Met een bijzondere letter in een naam of adres wordt deze sms %(delen)s delen lang. Hooguit %(mag)s is "
            "toegestaan. Maak de tekst korter."
        )
        return [("tekst", "teLang", reden % {"delen": delen, "mag": MAXIMUM_SMSDELEN})]
    return []

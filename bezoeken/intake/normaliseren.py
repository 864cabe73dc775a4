"""From what people write to a notice that can be compared: pure, the same for JSON, CSV and XLSX.

A value that makes a birth impossible to place (no birth date, no kenmerk, an unknown bron) is a fault. A value that
is only wrong (a phone number, a house number) is kept as it was written, in `ruw`: the birth waits for a person and
is never lost.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import phonenumbers

from ooievaar.sleutels import Adressleutel, adressleutel, naamsleutel
from ooievaar.telefoonnummers import kan_bestaan

BRONNEN = frozenset({"gemeente", "jgz", "verloskundige", "zelfaanmelding", "verwijzer", "ooievaarsmoeder"})
MAX_TEKST = 100
MAX_KENMERK = 64
MAX_TOEVOEGING = 10
MAX_HUISNUMMER = 99_999
_ROLLEN = {naamsleutel(rol): rol for rol in ("moeder", "vader", "andereOuder", "pleegouder", "grootouder", "anders")}
_JA = frozenset({"ja", "j", "true", "1", "waar", "yes"})
_NEE = frozenset({"", "nee", "n", "false", "0", "onwaar", "no"})
_TALEN = {
    "nederlands": "nl", "pools": "pl", "arabisch": "ar", "turks": "tr", "engels": "en", "duits": "de", "frans": "fr",
    "oekraïens": "uk", "tigrinya": "ti", "somalisch": "so", "roemeens": "ro", "bulgaars": "bg", "spaans": "es",
    "italiaans": "it", "portugees": "pt", "russisch": "ru", "farsi": "fa", "perzisch": "fa", "dari": "prs",
}  # fmt: skip
_TAALCODE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")
_POSTCODE = re.compile(r"[1-9]\d{3}[A-Z]{2}")
_HUISNUMMER = re.compile(r"(\d{1,5})(?:\.0)?(?:(\s?)([A-Za-z])|\s*[-/]\s*(\S{1,10})|\s+(\S{1,10}))?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_MIDDERNACHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
_DAG_EERST = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")


class Veldfout(NamedTuple):
    """A fault in one field, by code; never the value itself."""

    veld: str
    code: str


@dataclass(frozen=True)
class Melding:
    """A notice, normalised. Phone number E.164, postcode `6400AA`; empty text is "not given"."""

    bron: str
    kenmerk: str
    geboortedatum: date
    voornaam: str = ""
    achternaam: str = ""
    contactpersoon: str = ""
    rol: str = "anders"
    telefoonnummer: str = ""
    emailadres: str = ""
    taal: str = "nl"
    tolk_nodig: bool = False
    straat: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    toevoeging: str = ""
    postcode: str = ""
    woonplaats: str = ""
    wijk: str = ""
    geheim: bool = False
    # (field, as written) for what could not be normalised; sorted, so that two equal notices stay equal.
    ruw: tuple[tuple[str, str], ...] = ()

    @cached_property
    def adres(self) -> Adressleutel:
        return adressleutel(self.postcode, self.huisnummer, self.huisletter, self.toevoeging)

    @cached_property
    def inhoud_hash(self) -> str:
        """The same for the same content, however it was written (case, spaces, hyphens) and whatever brought it in."""
        deel = self._velden()
        for veld in ("voornaam", "achternaam", "contactpersoon", "straat", "woonplaats", "huisletter", "toevoeging"):
            deel[veld] = naamsleutel(deel[veld])
        return hashlib.sha256(json.dumps(deel, sort_keys=True, default=str).encode()).hexdigest()

    def als_gegevens(self) -> dict[str, Any]:
        """As JSON, to be kept while a person must judge it."""
        return {**self._velden(), "geboortedatum": self.geboortedatum.isoformat(), "ruw": dict(self.ruw)}

    def _velden(self) -> dict[str, Any]:
        return {naam: getattr(self, naam) for naam in self.__dataclass_fields__}

    @classmethod
    def uit_gegevens(cls, gegevens: Mapping[str, Any]) -> Melding:
        """The inverse of `als_gegevens`; ignores what else was kept with it."""
        velden = {naam: waarde for naam, waarde in gegevens.items() if naam in cls.__dataclass_fields__}
        velden["geboortedatum"] = date.fromisoformat(velden["geboortedatum"])
        velden["ruw"] = tuple(sorted(velden["ruw"].items()))
        return cls(**velden)


def normaliseer(rij: Mapping[str, str], *, vandaag: date) -> Melding | list[Veldfout]:
    """A notice from flat text values by column name, or every fault in it at once."""
    fouten: list[Veldfout] = []
    ruw: dict[str, str] = {}
    waarden = {naam: schoon(waarde) for naam, waarde in rij.items()}

    def tekst(veld: str, maximum: int = MAX_TEKST) -> str:
        waarde = waarden.get(veld, "")
        if len(waarde) > maximum:
            fouten.append(Veldfout(veld, "teLang"))
            return ""
        return waarde

    def anders_ruw(veld: str, waarde: str, gelukt: Any) -> Any:
        if waarde and not gelukt:
            ruw[veld] = waarde
        return gelukt

    bron = tekst("bron").casefold()
    if bron not in BRONNEN:
        fouten.append(Veldfout("bron", "onbekendeKeuze" if bron else "verplicht"))
    kenmerk = tekst("kenmerk", MAX_KENMERK)
    if not waarden.get("kenmerk"):
        fouten.append(Veldfout("kenmerk", "verplicht"))
    geboortedatum = datum(tekst("geboortedatum"))
    if geboortedatum is None:
        fouten.append(Veldfout("geboortedatum", "ongeldig" if waarden.get("geboortedatum") else "verplicht"))
    elif geboortedatum > vandaag:
        fouten.append(Veldfout("geboortedatum", "inDeToekomst"))
    geheim = waarden.get("geheim", "").casefold()
    if geheim not in _JA | _NEE:
        fouten.append(Veldfout("geheim", "onbekendeKeuze"))
    tolk = waarden.get("tolknodig", "").casefold()
    nummer = tekst("huisnummer")
    huisnummer, letter, extra = huisnummerdelen(nummer)
    anders_ruw("huisnummer", nummer, huisnummer)
    huisletter = tekst("huisletter", MAX_TOEVOEGING) or letter
    toevoeging = tekst("toevoeging", MAX_TOEVOEGING) or extra
    pc = tekst("postcode")
    mail = tekst("emailadres")
    nummer_tekst = tekst("telefoonnummer")
    taal = tekst("taal")
    melding = {
        "voornaam": tekst("voornaam"),
        "achternaam": tekst("achternaam"),
        "contactpersoon": tekst("contactpersoon"),
        "rol": _ROLLEN.get(naamsleutel(tekst("rol")), "anders"),
        "telefoonnummer": anders_ruw("telefoonnummer", nummer_tekst, telefoon(nummer_tekst)),
        "emailadres": anders_ruw("emailadres", mail, email(mail)),
        "taal": anders_ruw("taal", taal, taalcode(taal)) or "nl",
        "tolk_nodig": tolk in _JA,
        "straat": tekst("straat"),
        "huisnummer": huisnummer,
        "huisletter": huisletter,
        "toevoeging": toevoeging,
        "postcode": anders_ruw("postcode", pc, postcode(pc)),
        "woonplaats": tekst("woonplaats"),
        "wijk": tekst("wijk"),
        "geheim": geheim in _JA,
    }
    if fouten or geboortedatum is None:
        return fouten
    return Melding(bron=bron, kenmerk=kenmerk, geboortedatum=geboortedatum, ruw=tuple(sorted(ruw.items())), **melding)


def schoon(waarde: str) -> str:
    """Text on one line: line ends and runs of spaces become one space, control characters go. Emoji stay."""
    zonder = "".join(t if unicodedata.category(t) not in ("Cc", "Cs") or t.isspace() else "" for t in waarde)
    return unicodedata.normalize("NFC", " ".join(zonder.split()))


def datum(waarde: str) -> date | None:
    """`jjjj-mm-dd` or `dd-mm-jjjj`, also with the midnight that Excel adds; None for anything else, and for days that

    do not exist.
    """
    waarde = _MIDDERNACHT.sub("", waarde)
    try:
        if _ISO.fullmatch(waarde):
            return date.fromisoformat(waarde)
        if gelijk := _DAG_EERST.fullmatch(waarde):
            dag, maand, jaar = (int(deel) for deel in gelijk.groups())
            return date(jaar, maand, dag)
    except ValueError:
        pass
    return None


def telefoon(waarde: str) -> str:
    """E.164, with the Netherlands when no country was written; empty when it is no valid number."""
    try:
        nummer = phonenumbers.parse(waarde, "NL")
    except phonenumbers.NumberParseException:
        return ""
    if not kan_bestaan(nummer):
        return ""
    return phonenumbers.format_number(nummer, phonenumbers.PhoneNumberFormat.E164)


def email(waarde: str) -> str:
    """The address in lower case; empty when it can not be one."""
    return waarde.casefold() if _EMAIL.fullmatch(waarde) else ""


def postcode(waarde: str) -> str:
    """`6400AA`; empty when it is no Dutch postcode."""
    pc6 = waarde.replace(" ", "").upper()
    return pc6 if _POSTCODE.fullmatch(pc6) else ""


def taalcode(waarde: str) -> str:
    """ISO 639 in lower case, also from the Dutch name of a language; empty when it is neither."""
    klein = waarde.casefold()
    return _TALEN.get(klein) or (klein if len(klein) <= 8 and _TAALCODE.fullmatch(klein) else "")


def huisnummerdelen(waarde: str) -> tuple[int | None, str, str]:
    """House number, letter and addition from one cell: `12a` has a letter, `12-A` an addition (domain.md, rule 1)."""
    gelijk = _HUISNUMMER.fullmatch(waarde)
    if gelijk is None or not 0 < int(gelijk[1]) <= MAX_HUISNUMMER:
        return None, "", ""
    return int(gelijk[1]), gelijk[3] or "", gelijk[4] or gelijk[5] or ""

"""The texts: data, per kind of message, channel and language, with {places} for what is filled in.

The standard texts come with the product (`teksten/<language>.json`); an organisation's own versions are rows
(`models.Tekstversie`) and go first. No text names a person, and a subject line says nothing about a birth, a family
or a visit: somebody else may read it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.utils import formats, translation

from notifications.richting import is_van_rechts, isoleer

_MAP = Path(__file__).parent / "teksten"
TALEN = ("nl", "en", "de", "pl", "tr", "uk", "ar", "ti")
VAN_RECHTS = frozenset({"ar"})
PLEK = re.compile(r"\{(\w*)\}")
# Languages that write days and months without a capital, though the framework gives them one.
_KLEIN = frozenset({"pl", "uk"})
_SCHEIDING = "\n\n- - -\n\n"
_GEEN: Mapping[str, str] = {}

# Per kind: what may be filled in, and what must be. `stop` and `bel` are sentences in the reader's own language.
_GEZIN = frozenset({"gebied", "bel", "stop"})
# About a Sjpruutcafé; `aanmelden` is the link by which the family signs up or off.
_CAFE = frozenset({"dag", "tijd", "plaats", "thema", "aanmelden"})
# An invitation needs a yes; the others are about a place that the family asked for itself, so they are contact.
_CAFESOORTEN = (
    "cafeUitnodiging",
    "plekBevestiging",
    "plekWachtlijst",
    "plekHerinnering",
    "plekAfgelast",
    "plekVerplaatst",
)
TOEGESTAAN: dict[str, frozenset[str]] = {
    "aankondiging": _GEZIN | {"van", "tot"},
    "bezoekherinnering": _GEZIN | {"dag", "tijd"},
    "bezoekherinneringMoeder": frozenset({"gebied", "dag", "tijd"}),
    **dict.fromkeys(_CAFESOORTEN, _GEZIN | _CAFE),
    "plekAanbod": _GEZIN | _CAFE | {"totDag", "totTijd"},
    "voorraadTekort": frozenset({"gebied", "vanaf", "artikel"}),
    "sjopBruikleen": _GEZIN | {"dag"},
    # Several messages to one of us, as one.
    "bundel": frozenset({"gebied", "aantal", "regels"}),
}
VERPLICHT: dict[str, frozenset[str]] = {
    "aankondiging": frozenset({"van", "tot", "bel", "stop"}),
    "bezoekherinnering": frozenset({"dag", "tijd", "bel", "stop"}),
    "bezoekherinneringMoeder": frozenset({"dag", "tijd"}),
    **{soort: frozenset({"dag", "tijd", "stop", "aanmelden"}) for soort in _CAFESOORTEN},
    "plekAfgelast": frozenset({"dag", "tijd", "bel", "stop"}),
    "plekAanbod": frozenset({"dag", "tijd", "totDag", "totTijd", "stop", "aanmelden"}),
    "voorraadTekort": frozenset({"artikel"}),
    "sjopBruikleen": frozenset({"dag", "bel", "stop"}),
    "bundel": frozenset({"regels"}),
}

Sleutel = tuple[str, str, str]  # kind, channel, language


class SjabloonOntbreekt(LookupError):
    """There is no text for this kind of message on this channel, or a value for it is missing."""


@dataclass(frozen=True)
class Sjabloon:
    """A subject and a text; `nagekeken`: somebody who speaks the language has read it."""

    onderwerp: str
    tekst: str
    nagekeken: bool = True


@cache
def standaardteksten() -> dict[Sleutel, Sjabloon]:
    """The texts that come with the product."""
    gevonden = {}
    for taal in TALEN:
        bestand = _bestand(taal)
        for soort, kanalen in bestand["teksten"].items():
            for kanaal, deel in kanalen.items():
                gevonden[soort, kanaal, taal] = Sjabloon(deel["onderwerp"], deel["tekst"], bestand["nagekeken"])
    return gevonden


@cache
def _bestand(taal: str) -> dict[str, Any]:
    inhoud: dict[str, Any] = json.loads((_MAP / f"{taal}.json").read_text(encoding="utf-8"))
    return inhoud


def woorden(taal: str) -> dict[str, str]:
    """The short sentences of a language that texts are completed with; Dutch for a language that has none."""
    eigen: dict[str, str] = _bestand(taal if taal in TALEN else "nl")["woorden"]
    return eigen


def tekstsoort(soort: str, *, voor_gezin: bool) -> str:
    """Under which name the text of a message is kept: some kinds go to a family and to a volunteer."""
    eigen = f"{soort}Moeder"
    return eigen if not voor_gezin and eigen in TOEGESTAAN else soort


def sjabloon_voor(
    soort: str, kanaal: str, taal: str, eigen: Mapping[Sleutel, Sjabloon] | None = None
) -> list[tuple[str, Sjabloon]]:
    """The text in this language or, where there is none, in Dutch and in English. Raises SjabloonOntbreekt."""
    for talen in ((taal,), ("nl", "en")):
        gevonden = [(t, s) for t in talen if (s := _een((soort, kanaal, t), eigen))]
        if gevonden:
            return gevonden
    raise SjabloonOntbreekt(f"{soort} ({kanaal})")


def _een(sleutel: Sleutel, eigen: Mapping[Sleutel, Sjabloon] | None) -> Sjabloon | None:
    return (eigen.get(sleutel) if eigen else None) or standaardteksten().get(sleutel)


def tekst_voor(
    soort: str,
    kanaal: str,
    context: Mapping[str, Any],
    *,
    gebied: str,
    telefoonnummer: str,
    taal: str = "nl",
    voor_gezin: bool = True,
    link: str = "",
    eigen: Mapping[Sleutel, Sjabloon] | None = None,
) -> tuple[str, str]:
    """Subject and text of one message. `link`: where this family stops it.

    Raises SjabloonOntbreekt, also when the context lacks a value.
    """
    onderwerp, delen = tekstdelen(
        soort,
        kanaal,
        context,
        gebied=gebied,
        telefoonnummer=telefoonnummer,
        taal=taal,
        voor_gezin=voor_gezin,
        link=link,
        eigen=eigen,
    )
    return onderwerp, delen[0][1] if len(delen) == 1 else _SCHEIDING.join(tekst for _taal, tekst in delen)


def tekstdelen(
    soort: str,
    kanaal: str,
    context: Mapping[str, Any],
    *,
    gebied: str,
    telefoonnummer: str,
    taal: str = "nl",
    voor_gezin: bool = True,
    link: str = "",
    eigen: Mapping[Sleutel, Sjabloon] | None = None,
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """As `tekst_voor`, with the text in its pieces (language, text): one or, where a language is missing, two."""
    onderwerpen, teksten = [], []
    for deeltaal, sjabloon in sjabloon_voor(tekstsoort(soort, voor_gezin=voor_gezin), kanaal, taal, eigen):
        waarden = {naam: _leesbaar(str(waarde), deeltaal) for naam, waarde in context.items()}
        waarden["gebied"] = gebied
        zinnen = _zinnen(deeltaal, kanaal, telefoonnummer, link)
        onderwerpen.append(_ingevuld(sjabloon.onderwerp, waarden, zinnen))
        teksten.append((deeltaal, _ingevuld(sjabloon.tekst, waarden, zinnen)))
    return " / ".join(filter(None, onderwerpen)), tuple(teksten)


def invullen(tekst: str, waarden: Mapping[str, str]) -> str:
    """The text with its places filled in. Raises SjabloonOntbreekt for a place without a value."""
    delen = _delen(tekst)
    try:
        return "".join([waarden[deel] if nummer % 2 else deel for nummer, deel in enumerate(delen)])
    except KeyError as fout:
        raise SjabloonOntbreekt(f"no value for {fout}") from None


@lru_cache(maxsize=2000)
def _delen(tekst: str) -> tuple[str, ...]:
    """Alternately: plain text, the name of a place."""
    return tuple(PLEK.split(tekst))


def _ingevuld(tekst: str, waarden: Mapping[str, str], zinnen: Mapping[str, str] = _GEEN) -> str:
    """As `invullen`, where values keep their own direction; `zinnen` are in the language of the text already."""
    if is_van_rechts(tekst):
        waarden = {naam: isoleer(waarde) for naam, waarde in waarden.items()}
    return invullen(tekst, {**waarden, **zinnen})


@lru_cache(maxsize=1000)
def _bel(taal: str, telefoonnummer: str) -> str:
    zinnen = woorden(taal)
    return _ingevuld(zinnen["bel"], {"nummer": telefoonnummer}) if telefoonnummer else zinnen["laatWeten"]


def _zinnen(taal: str, kanaal: str, telefoonnummer: str, link: str) -> dict[str, str]:
    zin = {"sms": "stopSms", "brief": "stopBrief"}.get(kanaal, "stopLink")
    stop = _ingevuld(woorden(taal)[zin], {"link": link}) if link or zin == "stopSms" else ""
    return {"bel": _bel(taal, telefoonnummer), "stop": stop}


@lru_cache(maxsize=2000)
def _leesbaar(waarde: str, taal: str) -> str:
    """A date of the context (it is JSON, so text) as people write it in this language: woensdag 11 november."""
    try:
        dag = date.fromisoformat(waarde)
    except ValueError:
        return waarde
    return leesbare_dag(dag, taal)


def leesbare_dag(dag: date, taal: str) -> str:
    """A day as people write it in this language: woensdag 11 november."""
    if not translation.check_for_language(taal):
        return f"{dag:%d-%m-%Y}"  # a language whose days and months we do not have
    with translation.override(taal):
        # E: the month as it is written after a number, where a language has another form for that.
        tekst = formats.date_format(dag, "l j E")
    return tekst.lower() if taal in _KLEIN else tekst

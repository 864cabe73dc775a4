"""The rules of the Sjop without a database: the block-list, what a family may still get, and how words are compared.

Source: domain.md, rule 14; the issue of the Sjop. No Django in here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MAXIMUM_VERLENGINGEN = 2
# Sizes as they stand in labels; free, because donors bring from everywhere, but these are offered.
MATEN: Mapping[str, Sequence[str]] = {
    "geen": (),
    "kleding": ("44", "50", "56", "62", "68", "74", "80", "86", "92", "98", "104"),
    "schoen": ("16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26"),
    "luier": ("1", "2", "3", "4", "5", "6"),
}
_NIET = re.compile(r"[^a-z0-9]")
# No letters and figures that are mistaken for each other when somebody types them over.
CODETEKENS = "23456789CDFGHJKMNPQRTVWX"


def sleutel(tekst: str) -> str:
    """The one spelling in which words are compared: lower case, no accents, no spaces, no signs.

    Letters are taken apart first: lower case then means the same here and in a database of any locale.
    """
    return _NIET.sub("", unicodedata.normalize("NFKD", tekst).lower())


@dataclass(frozen=True)
class Regel:
    """A line of the block-list. `categorie` is an id, or None when it goes by words only (as `sleutel` writes them)."""

    naam: str
    uitleg: str
    voorwaarde: str
    categorie: object = None
    woorden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terugroep:
    """A recall, in the spelling of `sleutel`; an empty model is every model of the brand."""

    merk: str
    model: str
    uitleg: str


@dataclass(frozen=True)
class Stuk:
    """What somebody wants to take in or hand out, as far as the block-list looks at it."""

    categorie: object
    naam: str
    merk: str = ""
    model: str = ""
    omschrijving: str = ""
    nieuw: bool = False
    ongeopend: bool = False
    houdbaar_tot: date | None = None


@dataclass(frozen=True)
class Weigering:
    """Why not: the name of the line that refuses, and its words for who stands at the counter."""

    naam: str
    uitleg: str


def weigering(stuk: Stuk, lijst: Iterable[Regel], terugroepen: Iterable[Terugroep], dag: date) -> Weigering | None:
    """What of the block-list or the recalls refuses this, on this day; None: nothing does."""
    tekst = sleutel(stuk.naam + stuk.merk + stuk.model + stuk.omschrijving)
    for regel in lijst:
        raakt = regel.categorie == stuk.categorie or any(woord in tekst for woord in regel.woorden)
        if raakt and _geldt(regel.voorwaarde, stuk, dag):
            return Weigering(regel.naam, regel.uitleg)
    for actie in terugroepen:
        if actie.merk == sleutel(stuk.merk) and actie.model in ("", sleutel(stuk.model)):
            return Weigering(f"{stuk.merk} {stuk.model}".strip(), actie.uitleg)
    return None


def _geldt(voorwaarde: str, stuk: Stuk, dag: date) -> bool:
    match voorwaarde:
        case "altijd":
            return True
        case "gebruikt":
            return not stuk.nieuw
        case "geopend":
            return not stuk.ongeopend or stuk.houdbaar_tot is None or stuk.houdbaar_tot < dag
    return not sleutel(stuk.merk) or not sleutel(stuk.model)


@dataclass(frozen=True)
class Limieten:
    """How much a family may get: per period of so many days, per day (one visit to the Sjop), and loans at once."""

    periode_dagen: int
    per_periode: int
    per_dag: int
    leningen: int


@dataclass(frozen=True)
class Gehad:
    """What a family got: on which day, of which kind, how many."""

    dag: date
    categorie: object
    aantal: int


@dataclass(frozen=True)
class Recht:
    """What a family may still get today. `sinds`: the first day that counts in this period."""

    sinds: date
    limiet: int
    gehad: int
    per_dag: int
    vandaag: int
    leningen: int
    geleend: int

    @property
    def over(self) -> int:
        """Pieces it may still get today."""
        return max(0, min(self.limiet - self.gehad, self.per_dag - self.vandaag))

    @property
    def leningen_over(self) -> int:
        return max(0, self.leningen - self.geleend)


def begin_van_periode(vandaag: date, dagen: int) -> date:
    """The first day of the running period: `dagen` days, today included."""
    return vandaag - timedelta(days=dagen - 1)


def recht(gehad: Iterable[Gehad], geleend: int, limieten: Limieten, vandaag: date) -> Recht:
    """What is left for a family; loans count by themselves."""
    sinds = begin_van_periode(vandaag, limieten.periode_dagen)
    telt = [g for g in gehad if sinds <= g.dag <= vandaag]
    return Recht(
        sinds=sinds,
        limiet=limieten.per_periode,
        gehad=sum(g.aantal for g in telt),
        per_dag=limieten.per_dag,
        vandaag=sum(g.aantal for g in telt if g.dag == vandaag),
        leningen=limieten.leningen,
        geleend=geleend,
    )


def over_in_categorie(gehad: Iterable[Gehad], categorie: object, limiet: int, dagen: int, vandaag: date) -> int:
    """What is left of the limit of one kind of goods."""
    sinds = begin_van_periode(vandaag, dagen)
    som = sum(g.aantal for g in gehad if g.categorie == categorie and sinds <= g.dag <= vandaag)
    return max(0, limiet - som)


def past(gevraagd_maat: str, gevraagd_seizoen: str, maat: str, seizoen: str) -> bool:
    """Whether something is what was asked for; who asked no size or season takes any, and all-year suits always."""
    return gevraagd_maat in ("", maat) and (not gevraagd_seizoen or seizoen in ("", "heelJaar", gevraagd_seizoen))

"""What the intake refuses and why, in the user's words. Every code has its Dutch text here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bezoeken.intake.beoordelen import Reden
from ooievaar.platform.errors import Geweigerd

TEKSTEN: dict[str, Any] = {
    Reden.ANDERE_INHOUD: _("Deze melding kwam eerder binnen met andere gegevens. Kijk welke kloppen."),
    Reden.MOGELIJK_DUBBEL: _("Dit kind lijkt op een kind dat al bekend is. Kijk of het hetzelfde kind is."),
    Reden.MOGELIJK_BEKEND_GEZIN: _("Dit gezin lijkt al bekend. Kijk of het kind bij dat gezin hoort."),
    Reden.ZAAK_GESLOTEN: _(
        "Bij dit gezin is het bezoek gesloten of gestopt. Kijk wat er met de melding moet gebeuren."
    ),
    Reden.TE_OUD: _("Het kind is te oud voor een kraambezoek. Kijk of u het gezin iets anders aanbiedt."),
    Reden.WIJK_NOG_NIET_GESTART: _("Het kind is geboren voor het programma in deze wijk begon."),
    Reden.ONBEKEND_ADRES: _("We kennen dit adres niet. Kijk in welke wijk het ligt."),
    Reden.NAAM_ONTBREEKT: _("De achternaam van het kind ontbreekt."),
    Reden.ONGELDIG_TELEFOONNUMMER: _("Het telefoonnummer klopt niet."),
    Reden.ONGELDIG_EMAILADRES: _("Het e-mailadres klopt niet."),
    Reden.ONBEKENDE_TAAL: _("Deze taal kennen we niet. Gebruik een code zoals nl of pl."),
    Reden.GEHEIM_ADRES: _("Het adres is geheim. De melding is niet bewaard."),
    Reden.BUITEN_GEBIED: _("Het adres ligt buiten het gebied. De melding is niet bewaard."),
    # Faults of a row.
    "verplicht": _("Dit moet ingevuld zijn."),
    "ongeldig": _("Dit is geen geldige waarde."),
    "ongeldigeDatum": _("Deze datum bestaat niet. Schrijf de datum als jjjj-mm-dd of dd-mm-jjjj."),
    "inDeToekomst": _("De geboortedatum ligt in de toekomst."),
    "onbekendeKeuze": _("Deze waarde kennen we niet."),
    "teLang": _("Dit is te lang."),
    "aantalVelden": _("Deze regel heeft niet evenveel vakken als de kop."),
    "onleesbaar": _("Deze regel is niet te lezen."),
    # Reasons to refuse a whole file.
    "leeg": _("Het bestand is leeg."),
    "geenTabel": _("Dit is geen tabel. Stuur een CSV-bestand of een Excel-bestand (XLSX)."),
    "kolomOntbreekt": _("Een verplichte kolom ontbreekt: %(kolommen)s."),
    "dubbeleKolom": _("Een kolom komt twee keer voor: %(kolommen)s."),
    "onbekendeTekens": _("De tekens in het bestand zijn niet te lezen. Sla het op als CSV met UTF-8."),
    "teGroot": _("Het bestand is te groot. Stuur ten hoogste 100 MB."),
    "afgebroken": _("Het inlezen is afgebroken. Lees het bestand opnieuw in: wat er al is, komt er niet nog eens bij."),
    "ongedaan": _("Deze import is teruggedraaid."),
}


def tekst(code: str) -> str:
    """The Dutch sentence for a code."""
    return str(TEKSTEN.get(code, code))


class BestandGeweigerd(Exception):
    """A file that is refused whole. `kolommen` names columns of the format, never content."""

    def __init__(self, code: str, kolommen: list[str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.kolommen = kolommen or []

    @property
    def tekst(self) -> str:
        return tekst(self.code) % {"kolommen": ", ".join(self.kolommen)} if self.kolommen else tekst(self.code)


class AlBeoordeeld(Geweigerd):
    code = "alBeoordeeld"
    uitleg = _("Over deze melding is al besloten.")


class NietSamengevoegd(Geweigerd):
    code = "nietSamengevoegd"
    uitleg = _("Deze melding is niet samengevoegd of afgewezen. Er is niets te herstellen.")


class GezinGestopt(Geweigerd):
    code = "gezinGestopt"
    uitleg = _("Met dit gezin is geen contact meer. Hef dat eerst op, voeg de melding samen of wijs haar af.")


class BestandVerlopen(Geweigerd):
    code = "bestandVerlopen"
    uitleg = _("Dit bestand is al ingelezen, of het is te lang geleden. Kies het bestand opnieuw.")


class NietTerugTeDraaien(Geweigerd):
    code = "nietTerugTeDraaien"
    uitleg = _("Deze import loopt nog, of is al teruggedraaid.")

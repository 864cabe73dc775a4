"""The kinds of messages in words, for screens and for the story of a family (Dutch, B1)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notifications.sjablonen import standaardteksten

SOORTEN = {
    "aankondiging": _("Aankondiging van het bezoek"),
    "bezoekherinnering": _("Herinnering aan de afspraak"),
    "bezoekherinneringMoeder": _("Herinnering aan de afspraak, voor de Ooievaarsmoeder"),
    "bellenEnPlannen": _("Tijd om te bellen en te plannen"),
    "geenAfspraak": _("Nog geen afspraak"),
    "nietToegewezen": _("Nog voor niemand"),
    "hercontrole": _("Controleer het adres"),
    "laatsteKans": _("Laatste kans"),
    "teLaat": _("Bezoek te laat"),
    "sluiten": _("Sluit het bezoek"),
    "geenAntwoord": _("De Ooievaarsmoeder antwoordt niet"),
    "veiligheidVraag": _("Vraag: bent u al buiten?"),
    "veiligheidAlarm": _("Alarm"),
    "veiligheidVoorbij": _("Het alarm is voorbij"),
    "bundel": _("Meer berichten in een keer"),
    "smsAntwoord": _("Antwoord op een sms"),
    "voorraadTekort": _("Te weinig voorraad"),
}

KANALEN = {
    "brief": _("brief"),
    "email": _("e-mail"),
    "sms": _("sms"),
    "push": _("pushbericht"),
    "app": _("in de app"),
}

# What a channel said of an address that does not work (notifications.kanalen.basis).
FOUTEN = {
    "onbekendNummer": _("Dit nummer bestaat niet."),
    "geweigerd": _("Het adres of nummer neemt geen berichten aan."),
}


def fout_in_woorden(code: str) -> str:
    """What was the matter, in a sentence."""
    return str(FOUTEN.get(code, _("Een bericht kwam niet aan.")))


def kanaal_in_woorden(kanaal: str) -> str:
    """What people call this channel."""
    return str(KANALEN.get(kanaal, kanaal))


def soort_in_woorden(soort: str) -> str:
    """What people call this kind; of one that is not in the list the subject of its own Dutch text."""
    if soort in SOORTEN:
        return str(SOORTEN[soort])
    teksten = standaardteksten()
    onderwerpen = (tekst.onderwerp for (van, _kanaal, taal), tekst in teksten.items() if van == soort and taal == "nl")
    return next((onderwerp for onderwerp in onderwerpen if onderwerp), soort)

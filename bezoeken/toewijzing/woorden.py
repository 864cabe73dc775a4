"""The codes of the rules in words, for screens and answers (Dutch, B1)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bezoeken.toewijzing.regels import Bezoekfeiten, Bezwaar, Overdracht, Reden, Voorstel

TALEN = {
    "ar": gettext_lazy("Arabisch"),
    "bg": gettext_lazy("Bulgaars"),
    "de": gettext_lazy("Duits"),
    "en": gettext_lazy("Engels"),
    "es": gettext_lazy("Spaans"),
    "fa": gettext_lazy("Perzisch"),
    "fr": gettext_lazy("Frans"),
    "it": gettext_lazy("Italiaans"),
    "ku": gettext_lazy("Koerdisch"),
    "nl": gettext_lazy("Nederlands"),
    "pl": gettext_lazy("Pools"),
    "pt": gettext_lazy("Portugees"),
    "ro": gettext_lazy("Roemeens"),
    "ru": gettext_lazy("Russisch"),
    "so": gettext_lazy("Somalisch"),
    "ti": gettext_lazy("Tigrinya"),
    "tr": gettext_lazy("Turks"),
    "uk": gettext_lazy("Oekraïens"),
    "zh": gettext_lazy("Chinees"),
}

BEZWAREN = {
    Bezwaar.NIET_ACTIEF: gettext_lazy("Zij is niet actief."),
    Bezwaar.VERKLARING_ONTBREEKT: gettext_lazy("Zij heeft de geheimhouding nog niet getekend."),
    Bezwaar.TRAINING_ONTBREEKT: gettext_lazy("Zij heeft de training nog niet afgerond."),
    Bezwaar.VOG_VERLOPEN: gettext_lazy("Haar VOG ontbreekt of is te oud. Vraag een nieuwe VOG aan."),
    Bezwaar.RELATIE: gettext_lazy("Zij en dit gezin kennen elkaar. Kies iemand anders."),
    Bezwaar.AFWEZIG: gettext_lazy("Zij is afwezig in de dagen die voor dit bezoek over zijn."),
    Bezwaar.VOL: gettext_lazy("Zij heeft die week al zoveel bezoeken als zij wil."),
}

OVERDRACHT = {
    **{bezwaar.value: tekst for bezwaar, tekst in BEZWAREN.items()},
    Overdracht.VOG_VERLOOPT.value: gettext_lazy("Haar VOG verloopt voor het einde van het venster."),
    Overdracht.GEEN_ANTWOORD.value: gettext_lazy("Zij heeft nog niet geantwoord."),
}


def taal_in_woorden(code: str) -> str:
    """The Dutch name of a language; the code itself when it is not a common one here."""
    return str(TALEN.get(code, code))


def in_woorden(voorstel: Voorstel, bezoek: Bezoekfeiten) -> list[str]:
    """Why this volunteer is proposed, one short sentence per reason."""
    return [_reden(reden, voorstel, bezoek) for reden in voorstel.redenen]


def _reden(reden: Reden, voorstel: Voorstel, bezoek: Bezoekfeiten) -> str:
    match reden:
        case Reden.EERDER_BEZOEK:
            return _("Bezocht dit gezin al eerder.")
        case Reden.TAAL:
            return _("Spreekt %(taal)s.") % {"taal": taal_in_woorden(bezoek.taal)}
        case Reden.ZELFDE_WIJK:
            return _("Werkt in dezelfde wijk.")
        case Reden.BUURWIJK:
            return _("Werkt in een buurwijk.")
        case Reden.VAN_BUITEN:
            return _("Werkt in een buurwijk: het gezin wil iemand van buiten de straat.")
        case Reden.NIET_VAN_BUITEN:
            return _("Werkt in dezelfde wijk, maar het gezin wil liever iemand van buiten de straat.")
        case Reden.DEELS_AFWEZIG:
            return _("Is een deel van de dagen afwezig.")
        case Reden.RUIMTE:
            return ngettext(
                "Heeft die week %(bezet)s van ten hoogste %(maximum)s bezoek.",
                "Heeft die week %(bezet)s van ten hoogste %(maximum)s bezoeken.",
                voorstel.moeder.maximum,
            ) % {"bezet": voorstel.bezet, "maximum": voorstel.moeder.maximum}

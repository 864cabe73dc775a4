"""The texts: one per kind of message and channel, Dutch at level B1, through gettext.

No text names a person, and a subject line says nothing about a birth, a family or a visit: somebody else may read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SjabloonOntbreekt(LookupError):
    """There is no text for this kind of message on this channel."""


@dataclass(frozen=True)
class Sjabloon:
    """A subject and a text with %(name)s places for the context."""

    onderwerp: Any
    tekst: Any


_REGISTER: dict[tuple[str, str], Sjabloon] = {}


def registreer(soort: str, *kanalen: str, onderwerp: Any, tekst: Any) -> None:
    """Give a kind of message its text on these channels."""
    for kanaal in kanalen:
        _REGISTER[soort, kanaal] = Sjabloon(onderwerp, tekst)


def tekst_voor(
    soort: str, kanaal: str, context: Mapping[str, Any], *, gebied: str, telefoonnummer: str, taal: str = "nl"
) -> tuple[str, str]:
    """Subject and text of one message. Raises SjabloonOntbreekt, also when the context lacks a value."""
    waarden = {naam: _leesbaar(str(waarde), taal) for naam, waarde in context.items()}
    waarden["gebied"] = gebied
    waarden["bel"] = _bel(telefoonnummer, taal)
    try:
        onderwerp, tekst = _vertaald(soort, kanaal, taal)
        return onderwerp % waarden, tekst % waarden
    except KeyError:
        raise SjabloonOntbreekt(f"{soort} ({kanaal})") from None


# A catalogue does not change while we run, and a chunk asks for the same few texts hundreds of times.
@lru_cache(maxsize=1000)
def _vertaald(soort: str, kanaal: str, taal: str) -> tuple[str, str]:
    """Subject and text in this language, the values not yet filled in. Raises KeyError, which is not kept."""
    sjabloon = _REGISTER[soort, kanaal]
    with translation.override(taal):
        return str(sjabloon.onderwerp), str(sjabloon.tekst)


@lru_cache(maxsize=1000)
def _bel(telefoonnummer: str, taal: str) -> str:
    with translation.override(taal):
        if telefoonnummer:
            return gettext("Bel %(nummer)s.") % {"nummer": telefoonnummer}
        return gettext("Laat het ons weten.")


@lru_cache(maxsize=1000)
def _leesbaar(waarde: str, taal: str) -> str:
    """A date of the context (it is JSON, so text) as people write it in this language: woensdag 11 november."""
    try:
        with translation.override(taal):
            return formats.date_format(date.fromisoformat(waarde), "l j F")
    except ValueError:
        return waarde


# The family --------------------------------------------------------------------------------------
registreer(
    "aankondiging",
    "email",
    "brief",
    onderwerp=_("Een bericht voor u"),
    tekst=_(
        "Beste ouder of verzorger,\n\n"
        "Gefeliciteerd met uw baby.\n"
        "In uw buurt krijgt elk gezin met een baby bezoek van een Ooievaarsmoeder.\n"
        "Zij is een ervaren moeder uit de buurt. Zij brengt een doos met cadeaus. Dit kost u niets.\n\n"
        "Zij komt langs tussen %(van)s en %(tot)s. U hoeft niets te doen.\n\n"
        "Wilt u geen bezoek? Dat is goed. %(bel)s U hoeft niet te zeggen waarom.\n\n"
        "Met vriendelijke groet,\n%(gebied)s\n"
    ),
)
registreer(
    "bezoekherinnering",
    "email",
    "app",
    onderwerp=_("Herinnering aan uw afspraak"),
    tekst=_(
        "Beste lezer,\n\n"
        "U heeft een afspraak op %(dag)s om %(tijd)s uur.\n\n"
        "Kunt u niet? Dat is geen probleem. %(bel)s\n\n"
        "Met vriendelijke groet,\n%(gebied)s\n"
    ),
)

# Ooievaarsmoeder and coordinator --------------------------------------------------------------------
_GROET = "\n\nMet vriendelijke groet,\n%(gebied)s\n"
for _soort, _onderwerp, _tekst in (
    (
        "bellenEnPlannen",
        _("Een gezin wacht op u"),
        _("Een gezin dat u bezoekt, is aan de beurt. Bel het gezin of ga langs, en kies een dag. Kijk in Ooievaar."),
    ),
    (
        "geenAfspraak",
        _("Nog geen afspraak"),
        _("Bij een gezin is nog geen afspraak gemaakt. De tijd voor het bezoek loopt al. Kijk in Ooievaar."),
    ),
    (
        "nietToegewezen",
        _("Een bezoek heeft nog niemand"),
        _("Een gezin heeft nog geen Ooievaarsmoeder. Kies er een in Ooievaar."),
    ),
    (
        "hercontrole",
        _("Controleer de gegevens"),
        _("Binnenkort krijgt een gezin bericht. Controleer of alles nog klopt: het adres, en of het adres geheim is."),
    ),
    (
        "laatsteKans",
        _("Nog een paar dagen"),
        _("Voor een bezoek zijn er nog maar een paar dagen. Kijk in Ooievaar wat er nodig is."),
    ),
    (
        "teLaat",
        _("Een bezoek is te laat"),
        _("De dagen voor een bezoek zijn voorbij. Het bezoek kan nog steeds. Kijk in Ooievaar wat er nodig is."),
    ),
    (
        "sluiten",
        _("Een bezoek kan worden afgesloten"),
        _("Een bezoek staat nog open, maar de tijd ervoor is om. Leg het vast of sluit het af in Ooievaar."),
    ),
    (
        "voorraadTekort",
        _("De voorraad wordt krap"),
        _("Vanaf %(vanaf)s is er te weinig van: %(artikel)s. Bestel op tijd. Kijk in Ooievaar bij de voorraad."),
    ),
    (
        "geenAntwoord",
        _("Nog geen antwoord"),
        _("Een Ooievaarsmoeder heeft nog niet geantwoord op een nieuw gezin. Bel haar of kies iemand anders."),
    ),
):
    registreer(_soort, "email", "app", onderwerp=_onderwerp, tekst=_tekst)

# Safety: to her, and to the achterwacht. Who and where is in Ooievaar, behind the sign-in. ------------------
for _soort, _onderwerp, _tekst in (
    (
        "veiligheidVraag",
        _("Gaat het goed?"),
        _("U bent nog ingecheckt, maar de tijd is om. Bent u klaar? Check uit. Blijft u langer? Kies +15 minuten."),
    ),
    (
        "veiligheidAlarm",
        _("Alarm: bel nu"),
        _("Een Ooievaarsmoeder heeft niet uitgecheckt. Kijk nu in Ooievaar, kies 'Ik bel nu' en bel haar."),
    ),
    (
        "veiligheidVoorbij",
        _("Het alarm is voorbij"),
        _("Het alarm is voorbij. U hoeft niets meer te doen."),
    ),
):
    registreer(_soort, "email", "app", onderwerp=_onderwerp, tekst=_tekst)

"""Why families are not invited now, in words for the coordinator."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bezoeken.sjpruutcafe.uitnodigingsregels import Reden

REDENEN: dict[str, Any] = {
    Reden.GEEN_LIGGING: _("We weten niet in welke wijk ze wonen."),
    Reden.ONLANGS: _("Ze kregen de afgelopen week al een uitnodiging."),
    Reden.KOMT_AL: _("Ze komen al naar een Sjpruutcafé."),
    Reden.HERSTELD: _("Contact is pas hersteld. Begin zelf weer."),
    Reden.GEEN_KANAAL: _("We kunnen ze niet op tijd bereiken."),
    Reden.TE_VER: _("Ze wonen te ver weg."),
    Reden.VERJAARDAG: _("Hun jongste kind is dan vier jaar."),
    Reden.GEEN_CAFE: _("Er is geen café waarvoor ze nog niet zijn uitgenodigd."),
    Reden.VOL: _("Het café is vol."),
}

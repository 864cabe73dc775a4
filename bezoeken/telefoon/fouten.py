"""What the phone's protocol refuses, and why something waits for a coordinator (codes: docs/fouten.md)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from bezoeken.kraambezoek.fouten import Afgesloten, AlAfgerond, Bezocht
from ooievaar.platform.errors import AndereInhoud, Geweigerd


class AndereHandeling(AndereInhoud):
    """The same id was sent before with other content."""

    uitleg = _("Met deze id is eerder iets anders verstuurd.")


class IncheckTeLaat(Geweigerd):
    """It arrived when the visit should have been over."""

    code = "incheckTeLaat"
    uitleg = _("Deze melding kwam te laat aan. Bent u nog binnen? Meld u dan opnieuw.")


class NietVerwerkt(Geweigerd):
    """A coordinator looked at it and decided against it."""

    code = "verworpen"
    uitleg = _("De coördinator heeft dit bekeken en niet verwerkt. Bel de coördinator als dat niet klopt.")


class AlBesloten(Geweigerd):
    code = "alBesloten"
    uitleg = _("Hierover is al besloten.")


class NogNietToepasbaar(Geweigerd):
    code = "nogNietToepasbaar"
    uitleg = _("Het systeem kan dit nog niet zelf verwerken. Regel het, en kies dan verwerpen met een reden.")


class Wachtreden(StrEnum):
    """Why a Handeling waits for a coordinator."""

    OVERGEDRAGEN = "overgedragen"
    KLOK = "klokWijktAf"
    MET_DE_HAND = "metDeHand"
    AFGESLOTEN = Afgesloten.code
    BEZOCHT = Bezocht.code
    AL_AFGEROND = AlAfgerond.code
    FOUT = "interneFout"


UITLEG: dict[str, Any] = {
    Wachtreden.OVERGEDRAGEN: _("Dit bezoek is nu bij een ander. De coördinator kijkt ernaar."),
    Wachtreden.KLOK: _("De klok van de telefoon loopt voor. De coördinator kijkt ernaar."),
    Wachtreden.MET_DE_HAND: _("De coördinator regelt dit."),
    Wachtreden.AFGESLOTEN: _("Het bezoek was al gesloten. De coördinator kijkt ernaar."),
    Wachtreden.BEZOCHT: _("Het bezoek was al vastgelegd. De coördinator kijkt ernaar."),
    Wachtreden.AL_AFGEROND: _("Het bezoek was al anders vastgelegd. De coördinator kijkt ernaar."),
    Wachtreden.FOUT: _("Er ging bij ons iets mis. De coördinator kijkt ernaar."),
}


def uitleg(reden: str) -> str:
    """Why it waits, in words."""
    return str(UITLEG.get(reden, _("De coördinator kijkt ernaar.")))


def veldfouten(fouten: Iterable[tuple[str, str, Any]]) -> str:
    """Faults of fields in one line for a person: of each its name and what is wrong, never its value."""
    return " ".join(f"{naam}: {reden}" for naam, _code, reden in fouten)

"""The codes a phone chooses from, with the words it shows: what she logs is a code, never free text (rule 12)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# Why she cannot take a visit; the codes are those of `AfwijzingIn`, and a test keeps them equal.
AFWIJSREDENEN: dict[str, Any] = {
    "geenTijd": _("Ik heb geen tijd"),
    "ziek": _("Ik ben ziek"),
    "vakantie": _("Ik ben op vakantie"),
    "kentGezin": _("Ik ken dit gezin"),
    "teVer": _("Het is te ver"),
    "taal": _("Ik spreek de taal niet"),
    "anders": _("Iets anders"),
}


def lijst(woorden: dict[str, Any]) -> list[dict[str, str]]:
    """As the API shows codes: each with its words."""
    return [{"code": code, "tekst": str(tekst)} for code, tekst in woorden.items()]

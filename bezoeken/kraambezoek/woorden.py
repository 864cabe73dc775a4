"""What a visit can be about, in words: what is logged is a code, never free text (domain.md, rule 12)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# Topics of a visit; sources: the themes and workshops of the programme (domain.md, "The programme").
ONDERWERPEN: dict[str, Any] = {
    "opvoeding": _("Opvoeding"),
    "borstvoeding": _("Borstvoeding"),
    "voeding": _("Gezonde voeding"),
    "voorlezen": _("Voorlezen"),
    "ehbo": _("Kinder-EHBO"),
    "zwemles": _("Zwemles"),
    "sjop": _("Sjpruut Sjop"),
}

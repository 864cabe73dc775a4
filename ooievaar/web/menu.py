"""Which pages somebody gets in the menu, by role; the rooms above have them, settings.MENU names them."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe

# What a link or form says to htmx, to replace only the middle of the page; without htmx it does as others do.
_TER_PLEKKE = mark_safe(
    'hx-boost="true" hx-target="#bladzijde" hx-select="#bladzijde" hx-select-oob="#meldingen:innerHTML" '
    'hx-swap="outerHTML show:none"'
)


class Menupunt(NamedTuple):
    """A page in the menu. `hier` is a value of aria-current: "page" on it, "true" on a page below it, else empty."""

    adres: str
    tekst: str
    hier: str


def menu_voor(gebruiker: Any) -> list[tuple[str, str]]:
    """The pages of this user as (name of the path, text), the most important first."""
    rollen = gebruiker.bevoegdheid.rollen
    # Two roles may share a page: a dict keeps it once, in its first place.
    return list({naam: tekst for rol, naam, tekst in settings.MENU if rol in rollen}.items())


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: a function, so that a page without a menu asks the database nothing."""

    def punten() -> list[Menupunt]:
        alle = [(reverse(naam), tekst) for naam, tekst in menu_voor(request.user)]
        return [Menupunt(adres, tekst, _hier(request.path, adres)) for adres, tekst in alle]

    return {"menu": punten, "oidc_naam": settings.OIDC_NAAM, "ter_plekke": _TER_PLEKKE}


def _hier(pad: str, adres: str) -> str:
    return "page" if pad == adres else "true" if pad.startswith(f"{adres}/") else ""

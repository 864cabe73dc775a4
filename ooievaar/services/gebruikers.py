"""Changing users."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def diensttelefoon_zetten(*, gebruiker: Gebruiker, nummer: str) -> None:
    """Where she is called and texted as achterwacht; not used to sign in. `nummer` is E.164."""
    if str(gebruiker.diensttelefoon) != str(nummer):
        gebruiker.diensttelefoon = nummer
        gebruiker.save(update_fields=["diensttelefoon"])

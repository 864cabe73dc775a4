"""Reading users."""

from __future__ import annotations

from ooievaar.models import Gebruiker


def gebruiker_met_naam(gebruikersnaam: str) -> Gebruiker | None:
    """The active user with this name, or None."""
    return Gebruiker.objects.filter(username=gebruikersnaam, is_active=True).first()

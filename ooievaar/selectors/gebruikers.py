"""Reading users."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ooievaar.models import Gebruiker


def gebruiker_met_naam(gebruikersnaam: str) -> Gebruiker | None:
    """The active user with this name, or None."""
    return Gebruiker.objects.filter(username=gebruikersnaam, is_active=True).first()


def naam_van_gebruiker(gebruiker_id: UUID | str | None) -> str:
    """How people know this user; empty when it was nobody (a command, a task) or somebody who is gone."""
    wie = Gebruiker.objects.filter(pk=gebruiker_id).first() if gebruiker_id else None
    return (wie.get_full_name() or wie.username) if wie else ""


def namen_van_gebruikers(ids: Iterable[str]) -> dict[str, str]:
    """The names of these users by the text of their id; one query, none when there is nobody to look up."""
    gezocht = {i for i in ids if i}
    if not gezocht:
        return {}
    return {str(wie.pk): wie.get_full_name() or wie.username for wie in Gebruiker.objects.filter(pk__in=gezocht)}

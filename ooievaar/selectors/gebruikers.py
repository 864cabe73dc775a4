"""Reading users."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ooievaar.models import Gebruiker, Ooievaarsmoeder


def gebruiker_met_naam(gebruikersnaam: str) -> Gebruiker | None:
    """The active user with this name, or None."""
    return Gebruiker.objects.filter(username=gebruikersnaam, is_active=True).first()


def naam_van_gebruiker(gebruiker_id: UUID | str | None) -> str:
    """How people know this user; empty when it was nobody (a command, a task) or somebody who is gone."""
    wie = Gebruiker.objects.filter(pk=gebruiker_id).first() if gebruiker_id else None
    return (wie.get_full_name() or wie.username) if wie else ""


def gebruiker_in_gebied(gebruikersnaam: str, *, gebied_id: UUID, rollen: Iterable[str]) -> Gebruiker | None:
    """The active user with this name who holds one of these roles in this Gebied, or None."""
    gebruikers = Gebruiker.objects.filter(
        username=gebruikersnaam, is_active=True, toekenningen__gebied_id=gebied_id, toekenningen__rol__in=list(rollen)
    )
    return gebruikers.first()


def diensttelefoons(gebruiker_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The number (E.164) of each of these on duty: the one for that, else her own as a volunteer; two queries."""
    ids = set(gebruiker_ids)
    moeders = Ooievaarsmoeder.objects.filter(gebruiker_id__in=ids).exclude(telefoonnummer="")
    nummers = {pk: str(nummer) for pk, nummer in moeders.values_list("gebruiker_id", "telefoonnummer") if pk}
    eigen = Gebruiker.objects.filter(pk__in=ids, is_active=True).exclude(diensttelefoon="")
    return nummers | {pk: str(nummer) for pk, nummer in eigen.values_list("pk", "diensttelefoon")}


def gebruikers_van_moeders(ooievaarsmoeder_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The account of each of these volunteers who has one and is active; one query."""
    moeders = Ooievaarsmoeder.objects.filter(
        pk__in=set(ooievaarsmoeder_ids), actief=True, gebruiker__is_active=True
    ).values_list("pk", "gebruiker_id")
    return {pk: gebruiker_id for pk, gebruiker_id in moeders if gebruiker_id is not None}


def gebruikers_met_rol(rol: str, *, gebied_id: UUID) -> list[Gebruiker]:
    """The active users who hold this role in this Gebied, by name; one query."""
    wie = Gebruiker.objects.filter(is_active=True, toekenningen__gebied_id=gebied_id, toekenningen__rol=rol)
    return list(wie.distinct().order_by("first_name", "username"))

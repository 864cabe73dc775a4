"""Bringing in an area that ships as data, and the accounts of a demonstration."""

from __future__ import annotations

from django.db import transaction

from ooievaar.models import Focuswijk, Gebied, Gebruiker, Ooievaarsmoeder, RolToekenning, Wijk
from ooievaar.referentie import heerlen_noord


@transaction.atomic
def heerlen_noord_laden() -> tuple[Gebied, bool]:
    """The Gebied Heerlen-Noord with its wijken and focuswijken; says whether it is new. What is there stays."""
    gebied, nieuw = Gebied.objects.get_or_create(
        code=heerlen_noord.CODE,
        defaults={
            "naam": heerlen_noord.NAAM,
            "gemeente_codes": heerlen_noord.GEMEENTECODES,
            "gemeente_namen": heerlen_noord.WOONPLAATSEN,
        },
    )
    if nieuw:
        wijken = {
            code: Wijk.objects.create(
                gebied=gebied, code=code, naam=naam, lengtegraad=lon, breedtegraad=lat, start_op=start_op
            )
            for code, naam, lon, lat, start_op in heerlen_noord.WIJKEN
        }
        for een, ander in heerlen_noord.BUREN:
            wijken[een].buren.add(wijken[ander])
        for naam, codes in heerlen_noord.FOCUSWIJKEN:
            Focuswijk.objects.create(gebied=gebied, naam=naam).wijken.set([wijken[code] for code in codes])
    return gebied, nieuw


def demo_gebruiker(*, naam: str, voornaam: str, rol: str, gebied: Gebied, wachtwoord: str) -> Gebruiker:
    """An account for a demonstration, with one role. Only the beheerder may enter the admin."""
    beheerder = rol == "beheerder"
    gebruiker = Gebruiker(username=naam, first_name=voornaam, is_staff=beheerder, is_superuser=beheerder)
    gebruiker.set_password(wachtwoord)
    gebruiker.save()
    RolToekenning.objects.create(gebruiker=gebruiker, rol=rol, gebied=gebied)
    return gebruiker


def gebruikers_bestaan() -> bool:
    """Whether anybody has an account: then this is not an empty database."""
    return Gebruiker.objects.exists()


def moeders_van(gebied: Gebied) -> list[Ooievaarsmoeder]:
    """The volunteers of this area, by name."""
    return list(Ooievaarsmoeder.objects.filter(gebied=gebied).order_by("naam"))

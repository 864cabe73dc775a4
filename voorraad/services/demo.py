"""Boxes for a demonstration: received in the magazijn and carried to the volunteers' homes, as ledger lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from ooievaar.platform.clock import moment_op
from voorraad.models import DOOS_CODE, Artikel
from voorraad.services.boeken import mutatie_boeken
from voorraad.services.catalogus import partij_toevoegen
from voorraad.services.plekken import standaardplek, thuisplek

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker, Ooievaarsmoeder


def dozen_klaarzetten(
    *,
    gebied: Gebied,
    moeders: Sequence[Ooievaarsmoeder],
    per_moeder: int,
    magazijn: int,
    vandaag: date,
    door: Gebruiker,
) -> None:
    """Receive a lot of boxes that keeps for a year and a half, and take some to each volunteer's home."""
    doos = Artikel.objects.get(gebied=gebied, code=DOOS_CODE)
    partij = partij_toevoegen(artikel=doos, code="DEMO-1", houdbaar_tot=vandaag + timedelta(days=550))
    nu = moment_op(vandaag - timedelta(days=300), time(9))
    centraal = standaardplek(gebied.pk, "magazijn")
    samen = per_moeder * len(moeders) * 4
    mutatie_boeken(
        soort="ontvangst", artikel=doos, partij=partij, van=None, naar=centraal, aantal=magazijn + samen,
        reden="Demo", door=door, nu=nu,
    )  # fmt: skip
    for moeder in moeders:
        mutatie_boeken(
            soort="verplaatsing", artikel=doos, partij=partij, van=centraal, naar=thuisplek(ooievaarsmoeder=moeder),
            aantal=per_moeder * 4, reden="Demo", door=door, nu=nu,
        )  # fmt: skip

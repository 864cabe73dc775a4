"""Stock for a demonstration: boxes in the magazijn and at the volunteers' homes, parts to pack new ones, an order.

All of it as ledger lines, through the same services as everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from ooievaar.platform.clock import moment_op
from voorraad.models import DOOS_CODE, Artikel
from voorraad.services.bestellen import bestellen
from voorraad.services.boeken import mutatie_boeken
from voorraad.services.catalogus import artikel_toevoegen, partij_toevoegen
from voorraad.services.plekken import standaardplek, thuisplek
from voorraad.services.recepten import samenstelling_vaststellen

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
    _onderdelen_klaarzetten(gebied=gebied, doos=doos, vandaag=vandaag, door=door)
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


# Code, name, in a box, how many lie there, days that they keep (None: they do not expire).
_ONDERDELEN = (
    ("speelgoed", "Speelgoed", 1, 120, None),
    ("boekjes", "Boekje", 2, 90, None),
    ("verzorging", "Verzorgingsproducten", 1, 60, 130),
    ("ehbo-koffertje", "EHBO-koffertje", 1, 80, 700),
    ("zwembadvoucher", "Zwembadvoucher", 1, 200, 365),
)


def _onderdelen_klaarzetten(*, gebied: Gebied, doos: Artikel, vandaag: date, door: Gebruiker) -> None:
    """The five parts of domain.md with a recipe, some of each, and care products under way."""
    nu = moment_op(vandaag - timedelta(days=30), time(9))
    centraal = standaardplek(gebied.pk, "magazijn")
    regels = []
    for code, naam, per_doos, aantal, dagen in _ONDERDELEN:
        artikel = artikel_toevoegen(gebied_id=gebied.pk, code=code, naam=naam, soort="onderdeel")
        regels.append((artikel, per_doos))
        tot = None if dagen is None else vandaag + timedelta(days=dagen)
        partij = partij_toevoegen(artikel=artikel, code="DEMO-1", houdbaar_tot=tot)
        mutatie_boeken(
            soort="ontvangst", artikel=artikel, partij=partij, naar=centraal, aantal=aantal, reden="Demo", door=door,
            nu=nu,
        )  # fmt: skip
    samenstelling_vaststellen(artikel=doos, regels=regels, door=door, nu=nu)
    verzorging = next(artikel for artikel, _aantal in regels if artikel.code == "verzorging")
    bestellen(
        artikel=verzorging, aantal=100, verwacht_op=vandaag + timedelta(days=21), kenmerk="DEMO",
        nu=moment_op(vandaag, time(9)),
    )  # fmt: skip

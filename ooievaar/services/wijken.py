"""Writing about wijken: reference data of a Gebied, kept by the beheerder."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ooievaar.fouten import BestaatAl
from ooievaar.models import Gebied, Gebruiker, Wijk
from ooievaar.platform.errors import Ongeldig
from ooievaar.selectors.wijken import gebieden_van, wijken_met_codes
from ooievaar.services.versies import raak_aan

_VELDEN = ("naam", "start_op", "lengtegraad", "breedtegraad")


@transaction.atomic
def wijk_aanmaken(*, door: Gebruiker, gegevens: dict[str, Any], nu: datetime) -> Wijk:
    """A new wijk in the beheerder's Gebied. Raises BestaatAl; Ongeldig for unknown neighbours, no one Gebied."""
    gebied = _gebied(door, gegevens.get("gebied"))
    # The constraint answers a race; this answers a person.
    if Wijk.objects.filter(code=gegevens["code"]).exists():
        raise BestaatAl(_("Er is al een wijk met deze code."))
    wijk = Wijk(gebied=gebied, code=gegevens["code"])
    return _bewaar(wijk, door=door, gegevens=gegevens, nu=nu)


@transaction.atomic
def wijk_wijzigen(*, wijk: Wijk, door: Gebruiker, gegevens: dict[str, Any], nu: datetime) -> Wijk:
    """Change what is given; `wijk` is locked. Raises Ongeldig for unknown neighbours."""
    return _bewaar(wijk, door=door, gegevens=gegevens, nu=nu)


def _bewaar(wijk: Wijk, *, door: Gebruiker, gegevens: dict[str, Any], nu: datetime) -> Wijk:
    for veld in _VELDEN:
        if veld in gegevens:
            setattr(wijk, veld, gegevens[veld])
    wijk.save()
    if "buren" in gegevens:
        buren = wijken_met_codes(gegevens["buren"], gebied_ids=[wijk.gebied_id])
        onbekend = [
            (f"buren.{nummer}", "onbekend", _("Deze wijk kennen we niet."))
            for nummer, code in enumerate(gegevens["buren"])
            if code not in buren or code == wijk.code
        ]
        if onbekend:
            raise Ongeldig(onbekend)
        wijk.buren.set(buren.values())
        raak_aan(wijk, door=door, nu=nu)
    wijk.refresh_from_db()
    return wijk


def _gebied(door: Gebruiker, code: str | None) -> Gebied:
    gebieden = [g for g in gebieden_van(door, "beheerder") if code in (None, g.code)]
    if len(gebieden) != 1:
        fout = ("onbekend", _("Dit gebied kennen we niet.")) if code else ("verplicht", _("Noem het gebied."))
        raise Ongeldig([("gebied", *fout)])
    return gebieden[0]

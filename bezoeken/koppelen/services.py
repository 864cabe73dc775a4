"""Deciding on links between families, and letting the stops follow (domain.md, rule 2; docs/adr/0009)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from bezoeken.kraambezoek.services.sluiten import gezin_stoppen
from ooievaar.services.koppelingen import (
    Status,
    koppeling_vergrendelen,
    koppeling_voorstellen,
    koppeling_zetten,
    verbonden_gezinnen_vergrendelen,
)

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker, Gezinskoppeling

BESLUITEN = {"bevestigen": Status.BEVESTIGD, "afwijzen": Status.AFGEWEZEN}


@transaction.atomic
def koppeling_beoordelen(
    *, koppeling_id: UUID, besluit: str, door: Gebruiker | None, nu: datetime, reden: str = ""
) -> Gezinskoppeling:
    """A person says that two families are (`bevestigen`) or are not (`afwijzen`) the same people; may change later.

    Confirmed: a contactstop of either one is from now on that of both, and their running visits close. After a death
    in one of them the other is silent too, but its visits stay: a person restarts the contact. Refused, also after
    it was confirmed: the link no longer carries anything, and what was stopped by it a person puts back.
    """
    koppeling = koppeling_vergrendelen(koppeling_id=koppeling_id)
    koppeling_zetten(koppeling=koppeling, status=BESLUITEN[besluit], door=door, reden=reden, nu=nu)
    if koppeling.status == Status.BEVESTIGD:
        _laat_de_stop_volgen(koppeling.een_id, nu)
    koppeling.refresh_from_db()
    return koppeling


@transaction.atomic
def gezinnen_koppelen(
    *, gezin_id: UUID, met: UUID, door: Gebruiker | None, nu: datetime, reden: str = "", grond: str = "hand"
) -> Gezinskoppeling:
    """A coordinator links two families by hand, also when the link was refused before."""
    koppeling = koppeling_voorstellen(gezin_id=gezin_id, met=met, grond=grond, nu=nu)
    return koppeling_beoordelen(koppeling_id=koppeling.pk, besluit="bevestigen", door=door, nu=nu, reden=reden)


def _laat_de_stop_volgen(gezin_id: UUID, nu: datetime) -> None:
    gestopt = next((g for g in verbonden_gezinnen_vergrendelen(gezin_id=gezin_id) if g.contactstop_reden), None)
    if gestopt is not None:
        gezin_stoppen(gezin_id=gestopt.pk, reden=gestopt.contactstop_reden, nu=nu)

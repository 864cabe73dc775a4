"""Work that volunteers leave: visits that can not stay with her who has them (domain.md, rule 8), one line for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from bezoeken.toewijzing.regels import Overdracht
from bezoeken.toewijzing.selectors import OverTeDragen, over_te_dragen
from bezoeken.toewijzing.woorden import OVERDRACHT
from bezoeken.werk import Orde, Soort, Werkbron, Werkregel

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

OVERDRAGEN = Soort(
    "overdragen",
    Orde.EERST,
    _("Aan een ander"),
    _("Zij kan haar bezoeken niet doen."),
    _("Verdeel haar bezoeken"),
    "moeder_overdragen",
    van_gezin=False,
)


def _regels(gebruiker: Gebruiker, nu: datetime) -> Iterable[Werkregel]:
    """One line per volunteer. Who only did not answer yet has a line per visit already (`herinneren/werk.py`)."""
    per_moeder: dict[object, list[OverTeDragen]] = {}
    for bezoek in over_te_dragen(gebruiker, nu=nu):
        if set(bezoek.redenen) - {Overdracht.GEEN_ANTWOORD}:
            per_moeder.setdefault(bezoek.ooievaarsmoeder_id, []).append(bezoek)
    for bezoeken in per_moeder.values():
        eerste = bezoeken[0]
        reden = next(r for b in bezoeken for r in b.redenen if r != Overdracht.GEEN_ANTWOORD)
        yield Werkregel(
            soort=OVERDRAGEN.code,
            sinds=nu,
            onderwerp=eerste.ooievaarsmoeder_id,
            naam=eerste.naam,
            wat=str(OVERDRACHT[reden]),
            dag=min(b.venster_eind for b in bezoeken),
            aantal=len(bezoeken),
        )


OVERDRACHTEN = Werkbron((OVERDRAGEN,), regels=_regels)

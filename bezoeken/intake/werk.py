"""Work that the intake leaves for a person: notices that wait for a decision (domain.md, rule 1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet, Value
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from bezoeken.intake.selectors import mag_beoordelen
from bezoeken.models import Geboortemelding
from bezoeken.werk import Orde, Soort, Werkbron, werkrijen

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

BEOORDELEN = Soort(
    "melding", Orde.EERST, _("Melding"), _("Deze melding wacht op u."), _("Bekijk de melding"), "melding"
)


def _rijen(gebruiker: Gebruiker, nu: datetime) -> Iterable[QuerySet[Any, Any]]:
    wachtend = mag_beoordelen(gebruiker).filter(status=Geboortemelding.Status.TE_BEOORDELEN)
    yield werkrijen(
        wachtend,
        soort=Value(BEOORDELEN.code),
        sinds=F("gemeld_op"),
        onderwerp=F("pk"),
        naam=KT("gegevens__achternaam"),
        plaats=F("wijk__naam"),
    )


MELDINGEN = Werkbron((BEOORDELEN,), rijen=_rijen)

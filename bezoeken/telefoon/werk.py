"""Work that phones leave: what somebody logged and the product could not simply do (docs/adr/0008)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from bezoeken.models import Handeling
from bezoeken.telefoon.selectors import geparkeerde_zichtbaar_voor
from bezoeken.werk import Orde, Soort, Werkbron, werkrijen

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

GEPARKEERD = Soort(
    "geparkeerd",
    Orde.EERST,
    _("Van een telefoon"),
    _("Wat zij vastlegde, wacht op u."),
    _("Bekijk en beslis"),
    "handeling",
    van_gezin=False,
)


def _rijen(gebruiker: Gebruiker, nu: datetime) -> Iterable[QuerySet[Any, Any]]:
    yield werkrijen(
        geparkeerde_zichtbaar_voor(gebruiker).filter(status=Handeling.Status.GEPARKEERD),
        soort=Value(GEPARKEERD.code),
        sinds=F("ontvangen_op"),
        onderwerp=F("pk"),
        naam=F("ooievaarsmoeder__naam"),
        plaats=F("bezoek__wijk__naam"),
    )


HANDELINGEN = Werkbron((GEPARKEERD,), rijen=_rijen)

"""Work that can not wait: alarms that are open. They come before everything else in the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from bezoeken.veiligheid.selectors import alarmen_zichtbaar_voor
from bezoeken.werk import Orde, Soort, Werkbron, werkrijen

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

ALARM = Soort(
    "alarm",
    Orde.ALARM,
    _("Veiligheid"),
    _("Zij heeft niet gemeld dat zij weer buiten is."),
    _("Bel nu"),
    "alarm",
    van_gezin=False,
)


def _rijen(gebruiker: Gebruiker, nu: datetime) -> Iterable[QuerySet[Any, Any]]:
    yield werkrijen(
        alarmen_zichtbaar_voor(gebruiker, nu=nu).filter(gesloten_op__isnull=True),
        soort=Value(ALARM.code),
        sinds=F("gestart_op"),
        onderwerp=F("pk"),
        naam=F("incheck__ooievaarsmoeder__naam"),
        plaats=F("incheck__bezoek__wijk__naam"),
        bij=F("geclaimd_door__first_name"),
    )


ALARMEN = Werkbron((ALARM,), rijen=_rijen)

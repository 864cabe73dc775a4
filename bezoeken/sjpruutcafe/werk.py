"""Work that the cafés leave: one that is near and has no host, and one that was and nobody wrote down who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from bezoeken.sjpruutcafe.selectors.cafes import cafes_beheerd_door
from bezoeken.werk import Orde, Soort, Werkbron, werkrijen

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

ZONDER_GASTVROUW = Soort(
    "cafeZonderGastvrouw",
    Orde.DAARNA,
    _("Café zonder gastvrouw"),
    _("Dit Sjpruutcafé heeft nog geen gastvrouw."),
    _("Kies een gastvrouw"),
    "cafe_wijzigen",
    van_gezin=False,
)
NIET_INGEVULD = Soort(
    "cafeNietIngevuld",
    Orde.DAARNA,
    _("Wie kwam er?"),
    _("Niemand vulde in wie er naar het Sjpruutcafé kwam."),
    _("Vul in"),
    "cafe_gasten",
    van_gezin=False,
)
# A host is asked in time; who came, people still know the next day, and after two weeks nobody does.
_VOORAF, _NA, _LANGST = timedelta(days=7), timedelta(days=1), timedelta(days=15)


def _rijen(gebruiker: Gebruiker, nu: datetime) -> Iterable[QuerySet[Any, Any]]:
    cafes = cafes_beheerd_door(gebruiker).filter(status="gepland")
    velden = {"onderwerp": F("pk"), "naam": F("plaats__naam"), "plaats": F("plaats__wijk__naam"), "dag": F("dag")}
    yield werkrijen(
        cafes.filter(begin__gt=nu, begin__lte=nu + _VOORAF, gastvrouwen__isnull=True),
        soort=Value(ZONDER_GASTVROUW.code),
        sinds=F("begin") - Value(_VOORAF),
        **velden,
    )
    yield werkrijen(
        cafes.filter(begin__gt=nu - _LANGST, begin__lte=nu - _NA, aanwezigheid_op__isnull=True),
        soort=Value(NIET_INGEVULD.code),
        sinds=F("begin") + Value(_NA),
        **velden,
    )


CAFES = Werkbron((ZONDER_GASTVROUW, NIET_INGEVULD), rijen=_rijen)

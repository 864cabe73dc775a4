"""Work that look-alikes leave: families that may be the same people (docs/adr/0009)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from bezoeken.gezinnen.selectors import gezinnen_van_coordinator
from bezoeken.werk import Orde, Soort, Werkbron, werkrijen
from ooievaar.selectors.gezinnen import achternaam_van_gezin
from ooievaar.selectors.koppelingen import koppelingen_waarvoor

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

KOPPELING = Soort(
    "koppeling",
    Orde.EERST,
    _("Zelfde gezin?"),
    _("Dit gezin lijkt op een ander gezin. Zolang dat niet duidelijk is, kan contact wachten."),
    _("Vergelijk"),
    "koppeling",
)


def _rijen(gebruiker: Gebruiker, nu: datetime) -> Iterable[QuerySet[Any, Any]]:
    koppelingen = koppelingen_waarvoor(gezinnen_van_coordinator(gebruiker)).filter(status="voorgesteld")
    # The one of the two that is hers; of a family in another wijk she does not even read the name.
    een_van_haar = gebruiker.bevoegdheid.filter("coordinator", gebied="een__gebied", wijk="een__wijk")
    gezin = Case(When(een_van_haar, then=F("een_id")), default=F("ander_id"))
    wijk = Case(When(een_van_haar, then=F("een__wijk__naam")), default=F("ander__wijk__naam"))
    koppelingen = koppelingen.annotate(van_haar=gezin, waar=wijk)
    yield werkrijen(
        koppelingen.annotate(familie=Subquery(achternaam_van_gezin(OuterRef("van_haar")))),
        soort=Value(KOPPELING.code),
        sinds=F("voorgesteld_op"),
        onderwerp=F("pk"),
        naam=F("familie"),
        plaats=F("waar"),
        gezin=F("van_haar"),
    )


KOPPELINGEN = Werkbron((KOPPELING,), rijen=_rijen)

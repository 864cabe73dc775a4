"""Work that the outbox leaves: messages that failed, and those of which nobody knows whether they arrived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bezoeken.werk import Orde, Soort, Werkbron, werkrijen
from notifications.selectors import berichten_zichtbaar_voor
from ooievaar.selectors.gezinnen import achternaam_van_gezin

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

MISLUKT = Soort(
    "mislukt", Orde.DAARNA, _("Bericht mislukt"), _("Een bericht kwam niet aan."), _("Bekijk het bericht"), "bericht"
)
ONZEKER = Soort(
    "onzeker",
    Orde.DAARNA,
    _("Bericht onzeker"),
    _("We weten niet of een bericht is aangekomen."),
    _("Bekijk het bericht"),
    "bericht",
)


def _rijen(gebruiker: Gebruiker, nu: datetime) -> Iterable[QuerySet[Any, Any]]:
    berichten = berichten_zichtbaar_voor(gebruiker).filter(status__in=[MISLUKT.code, ONZEKER.code])
    yield werkrijen(
        berichten.annotate(familie=Subquery(achternaam_van_gezin(OuterRef("gezin_id")))),
        soort=F("status"),
        sinds=F("gewijzigd_op"),
        onderwerp=F("pk"),
        naam=Coalesce(F("familie"), F("ooievaarsmoeder__naam"), F("gebruiker__first_name")),
    )


BERICHTEN = Werkbron((MISLUKT, ONZEKER), rijen=_rijen)

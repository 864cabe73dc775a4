"""Work that the outbox leaves: messages that failed or of which nobody knows, and numbers that do not work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bezoeken.werk import Orde, Soort, Werkbron, werkrijen
from notifications.selectors import berichten_zichtbaar_voor, onbereikbaar_zichtbaar_voor
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

NUMMER = Soort(
    "onbereikbaar",
    Orde.DAARNA,
    _("Nummer of adres werkt niet"),
    _("Een gezin is zo niet te bereiken."),
    _("Bekijk het nummer"),
    "nummer",
)


def _rijen(gebruiker: Gebruiker, nu: datetime) -> Iterable[QuerySet[Any, Any]]:
    berichten = berichten_zichtbaar_voor(gebruiker).filter(status__in=[MISLUKT.code, ONZEKER.code])
    yield werkrijen(
        berichten.annotate(familie=Subquery(achternaam_van_gezin(OuterRef("gezin_id")))),
        soort=F("status"),
        sinds=F("gewijzigd_op"),
        onderwerp=F("pk"),
        naam=Coalesce(F("familie"), F("ooievaarsmoeder__naam"), F("gebruiker__first_name")),
        gezin=F("gezin_id"),
    )
    nummers = onbereikbaar_zichtbaar_voor(gebruiker)
    yield werkrijen(
        nummers.annotate(familie=Subquery(achternaam_van_gezin(OuterRef("gezin_id")))),
        soort=Value(NUMMER.code),
        sinds=F("sinds"),
        onderwerp=F("pk"),
        naam=F("familie"),
        plaats=F("gezin__wijk__naam"),
        gezin=F("gezin_id"),
    )


BERICHTEN = Werkbron((MISLUKT, ONZEKER, NUMMER), rijen=_rijen)

"""Work that boxes leave: an accepted visit for which there is no box for every child (domain.md, rule 9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from bezoeken.kraambezoek.selectors import LOPEND
from bezoeken.models import Bezoek, Bezoekkind
from bezoeken.werk import Orde, Soort, Werkbron, aantal, werkrijen
from ooievaar.selectors.gezinnen import achternaam_van_kind
from voorraad.selectors import beloofd_voor

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

GEEN_DOOS = Soort(
    "geenDoos",
    Orde.DAARNA,
    _("Geen box"),
    _("De Ooievaarsmoeder heeft niet genoeg boxen voor dit bezoek."),
    _("Bekijk het gezin"),
    "gezin_van_bezoek",
)


def _rijen(gebruiker: Gebruiker, nu: datetime) -> Iterable[QuerySet[Any, Any]]:
    kinderen = Bezoekkind.objects.filter(bezoek=OuterRef("pk"), telt_mee=True, doos_gegeven=False)
    aanleiding = Concat(Value("bezoek:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    bezoeken = Bezoek.objects.filter(
        gebruiker.bevoegdheid.filter("coordinator"), status__in=LOPEND, aanvaard_op__isnull=False
    ).annotate(
        nodig=Coalesce(Subquery(aantal(kinderen, "bezoek"), output_field=IntegerField()), 0),
        beloofd=Coalesce(Subquery(aantal(beloofd_voor(aanleiding), "aanleiding"), output_field=IntegerField()), 0),
        achternaam=Subquery(achternaam_van_kind(OuterRef("gezin_id"), OuterRef("geboortedatum"))),
    )
    yield werkrijen(
        bezoeken.filter(nodig__gt=F("beloofd")),
        soort=Value(GEEN_DOOS.code),
        sinds=F("aanvaard_op"),
        onderwerp=F("pk"),
        naam=F("achternaam"),
        plaats=F("wijk__naam"),
        dag=F("venster_eind"),
        bij=F("ooievaarsmoeder__naam"),
        gezin=F("gezin_id"),
    )


DOZEN = Werkbron((GEEN_DOOS,), rijen=_rijen)

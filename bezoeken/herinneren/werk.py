"""Work that the calendar brings: visits that can not wait any longer, each under its most pressing reason only.

The days are those of the reminder rules (domain.md, "What happens"), also of a rule whose message is switched off:
what is not told must still be seen. Like the reminders they are counted from the visit's own window.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from bezoeken.herinneringen import Ontvanger, standaard, termijn
from bezoeken.instellingen import vensterregels
from bezoeken.kraambezoek.selectors import LOPEND
from bezoeken.models import Afspraak, Bezoek, Herinneringsregel, Poging, Toewijzing
from bezoeken.toestand import Status
from bezoeken.werk import Orde, Soort, Werkbron, werkrijen
from ooievaar.platform import clock
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.selectors.gezinnen import achternaam_van_kind

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker

_GEZIN, _GEVEN = "gezin_van_bezoek", "bezoek_toewijzen"
SLUITEN = Soort("sluiten", Orde.DAARNA, _("Sluiten"), _("De tijd voor dit bezoek is voorbij."), _("Sluit af"), _GEZIN)
POGINGEN_OP = Soort(
    "pogingenOp", Orde.EERST, _("Niet bereikt"), _("Alle pogingen zijn gedaan."), _("Kies wat er nu gebeurt"), _GEZIN
)
TE_LAAT = Soort("teLaat", Orde.EERST, _("Te laat"), _("Dit bezoek is te laat."), _("Bekijk het gezin"), _GEZIN)
LAATSTE_KANS = Soort(
    "laatsteKans", Orde.EERST, _("Laatste kans"), _("Er is nog geen afspraak op tijd."), _("Bekijk het gezin"), _GEZIN
)
NIET_TOEGEWEZEN = Soort(
    "nietToegewezen", Orde.EERST, _("Nog voor niemand"), _("Nog niemand doet dit bezoek."), _("Geef aan…"), _GEVEN
)
GEEN_ANTWOORD = Soort(
    "geenAntwoord",
    Orde.DAARNA,
    _("Geen antwoord"),
    _("Zij heeft nog niet geantwoord."),
    _("Geef aan een ander"),
    _GEVEN,
)
GEEN_AFSPRAAK = Soort(
    "geenAfspraak", Orde.DAARNA, _("Geen afspraak"), _("Er is nog geen afspraak."), _("Bekijk het gezin"), _GEZIN
)
# In this order: a visit stands in the list once, under the first of these that holds.
_SOORTEN = (SLUITEN, POGINGEN_OP, TE_LAAT, LAATSTE_KANS, NIET_TOEGEWEZEN, GEEN_ANTWOORD, GEEN_AFSPRAAK)


def _rijen(gebruiker: Gebruiker, nu: datetime) -> Iterable[QuerySet[Any, Any]]:
    gebieden = gebieden_met_id(gebruiker.bevoegdheid.gebied_ids("coordinator"))
    eigen: dict[tuple[Any, str], int] = {
        (rij.gebied_id, rij.soort): rij.dag
        for rij in Herinneringsregel.objects.filter(gebied__in=gebieden, ontvanger=Ontvanger.COORDINATOR.value)
    }
    for gebied in gebieden:
        dagen = {r.soort: r.dag for r in standaard(gebied.antwoord_dagen) if r.ontvanger == Ontvanger.COORDINATOR}
        dagen |= {soort: dag for (gebied_id, soort), dag in eigen.items() if gebied_id == gebied.pk}
        yield _van_gebied(gebruiker, gebied, dagen, clock.dag_van(nu))


def _van_gebied(
    gebruiker: Gebruiker, gebied: Gebied, dagen: dict[str, int], vandaag: date
) -> QuerySet[Any, tuple[Any, ...]]:
    def vanaf(soort: str) -> tuple[Q, Any]:
        """Visits whose day of this rule has come, and that day."""
        veld, verschuiving = termijn(dagen[soort], vensterregels(gebied))
        gekomen = Q(**{f"{veld}__lte": vandaag - verschuiving})
        return gekomen, F(veld) + Value(verschuiving)

    toewijzing = Toewijzing.objects.filter(bezoek=OuterRef("pk"), beeindigd_op__isnull=True)
    poging = Poging.objects.filter(bezoek=OuterRef("pk")).order_by("-gelogd_op")
    afspraak = Afspraak.objects.filter(bezoek=OuterRef("pk"), vervallen_op__isnull=True)
    toegewezen_op = Subquery(toewijzing.values("toegewezen_op")[:1])
    wachttijd = timedelta(days=dagen["geenAntwoord"])
    zonder_antwoord = Q(
        status=Status.TOEGEWEZEN, aanvaard_op__isnull=True, toegewezen_op__date__lte=vandaag - wachttijd
    )
    op_tijd = Q(Exists(afspraak.filter(begin__date__lte=OuterRef("venster_eind"))))
    gevallen: list[tuple[Soort, Q, Any]] = []
    for soort, extra in (
        (SLUITEN, Q()),
        (TE_LAAT, Q()),
        (LAATSTE_KANS, ~op_tijd),
        (NIET_TOEGEWEZEN, Q(status=Status.OPEN)),
        (GEEN_AFSPRAAK, ~Q(Exists(afspraak))),
    ):
        gekomen, dag = vanaf(soort.code)
        gevallen.append((soort, gekomen & extra, dag))
    pogingen_op = Q(aantal_pogingen__gte=gebied.maximum_pogingen)
    gevallen.append((POGINGEN_OP, pogingen_op, Subquery(poging.values("gelogd_op")[:1])))
    gevallen.append((GEEN_ANTWOORD, zonder_antwoord, toegewezen_op + Value(wachttijd)))
    gevallen.sort(key=lambda geval: _SOORTEN.index(geval[0]))

    bezoeken = (
        Bezoek.objects.filter(gebruiker.bevoegdheid.filter("coordinator"), gebied=gebied, status__in=LOPEND)
        .annotate(
            toegewezen_op=toegewezen_op,
            achternaam=Subquery(achternaam_van_kind(OuterRef("gezin_id"), OuterRef("geboortedatum"))),
            waarom=Case(*(When(q, then=Value(soort.code)) for soort, q, _sinds in gevallen), default=Value("")),
        )
        .exclude(waarom="")
    )
    return werkrijen(
        bezoeken,
        soort=F("waarom"),
        sinds=Case(*(When(waarom=soort.code, then=sinds) for soort, _q, sinds in gevallen)),
        onderwerp=F("pk"),
        naam=F("achternaam"),
        plaats=F("wijk__naam"),
        dag=F("venster_eind"),
        bij=F("ooievaarsmoeder__naam"),
        gezin=F("gezin_id"),
    )


BEZOEKEN = Werkbron(_SOORTEN, rijen=_rijen)

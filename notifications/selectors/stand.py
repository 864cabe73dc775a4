"""How sending goes: backlog and lag, for coordinators and for the metrics (docs/beheer.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q, Sum

from notifications.models import Bericht, Berichtstatus, Briefregel, Kanaal
from notifications.selectors.bereik import onbereikbaar_zichtbaar_voor
from notifications.selectors.berichten import berichten_zichtbaar_voor
from ooievaar.kalender import AMSTERDAM, volgende_verzendmoment
from ooievaar.selectors.bereik import verzendregels

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

_WACHT = (Berichtstatus.GEPLAND, Berichtstatus.BEZIG)
# A sender comes every minute, one for what is urgent as well: what waits so long, it has passed by.
_TRAAG = timedelta(minutes=15)
_SPOED_TRAAG = timedelta(minutes=2)


@dataclass(frozen=True)
class Berichtstand:
    """What waits and what asks for a person, in one coordinator's reach."""

    te_verzenden: int
    oudste: datetime | None
    onzeker: int
    mislukt: int
    onbereikbaar: int
    brieven: int
    sms_delen: int
    sms_budget: int


@dataclass(frozen=True)
class Achterstand:
    """Of one channel: how many are due and not gone, and since when the first of them waits."""

    kanaal: str
    aantal: int
    oudste: datetime | None


@dataclass(frozen=True)
class Vertraging:
    """That messages stay lying: how many, and since when the first of them should have been gone."""

    aantal: int
    sinds: datetime


def berichtstand(gebruiker: Gebruiker, *, nu: datetime) -> Berichtstand:
    """What this coordinator should know of; six queries."""
    gebieden = gebruiker.bevoegdheid.gebied_ids("coordinator")
    recent = nu - timedelta(days=7)
    telling = berichten_zichtbaar_voor(gebruiker).aggregate(
        wacht=Count("pk", filter=Q(status__in=_WACHT, gepland_op__lte=nu)),
        oudste=Min("gepland_op", filter=Q(status__in=_WACHT, gepland_op__lte=nu)),
        onzeker=Count("pk", filter=Q(status=Berichtstatus.ONZEKER)),
        mislukt=Count("pk", filter=Q(status=Berichtstatus.MISLUKT, gepland_op__gte=recent)),
    )
    maand = nu.astimezone(AMSTERDAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    delen = Bericht.objects.filter(
        gebied_id__in=gebieden, kanaal=Kanaal.SMS, status=Berichtstatus.VERZONDEN, verzonden_op__gte=maand
    ).aggregate(som=Sum("delen"))["som"]
    return Berichtstand(
        te_verzenden=telling["wacht"],
        oudste=telling["oudste"],
        onzeker=telling["onzeker"],
        mislukt=telling["mislukt"],
        onbereikbaar=onbereikbaar_zichtbaar_voor(gebruiker).count(),
        brieven=Briefregel.objects.filter(gebied_id__in=gebieden, partij__isnull=True).count(),
        sms_delen=delen or 0,
        sms_budget=sum(regel.sms_per_maand for pk, regel in verzendregels().items() if pk in gebieden),
    )


def vertraging(gebruiker: Gebruiker, *, nu: datetime) -> Vertraging | None:
    """Whether messages in this coordinator's reach stay lying that could have gone; None: no. One query, or two.

    Not what waits for its hours, nor what the sender will take in its next minutes: only what it has passed by.
    """
    wachtend = berichten_zichtbaar_voor(gebruiker).filter(status__in=_WACHT, gepland_op__lte=nu - _SPOED_TRAAG)
    per_gebied = wachtend.order_by().values_list("gebied_id", "spoed").annotate(Count("pk"), Min("gepland_op"))
    laat = [Vertraging(aantal, sinds) for _gebied, spoed, aantal, sinds in per_gebied if spoed]
    if gewoon := [rij for rij in per_gebied if not rij[1] and rij[3] <= nu - _TRAAG]:
        regels = verzendregels()
        for gebied, _spoed, aantal, sinds in gewoon:
            regel = regels[gebied]
            if volgende_verzendmoment(sinds, regel.uren, regel.stil) <= nu - _TRAAG:
                laat.append(Vertraging(aantal, sinds))
    if not laat:
        return None
    return Vertraging(sum(deel.aantal for deel in laat), min(deel.sinds for deel in laat))


def achterstand(*, nu: datetime) -> list[Achterstand]:
    """The backlog of every channel, over all areas: numbers only; one query."""
    rijen = (
        Bericht.objects.filter(status__in=_WACHT, gepland_op__lte=nu)
        .order_by()
        .values_list("kanaal")
        .annotate(Count("pk"), Min("gepland_op"))
    )
    gevonden = {kanaal: Achterstand(kanaal, aantal, oudste) for kanaal, aantal, oudste in rijen}
    return [gevonden.get(kanaal, Achterstand(kanaal, 0, None)) for kanaal in Kanaal.values]


def aantal_onzeker() -> int:
    """How many messages wait for a person's word, over all areas."""
    return Bericht.objects.filter(status=Berichtstatus.ONZEKER).count()

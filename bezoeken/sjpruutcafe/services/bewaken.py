"""The sweep of the cafés: offers that are over, places that are free, reminders of tomorrow (habit 10)."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, transaction

from bezoeken.gastenlijst import Aanmeldstatus
from bezoeken.models import Cafeaanmelding, Sjpruutcafe
from bezoeken.sjpruutcafe.services.aanmelden import plekken_aanbieden
from bezoeken.sjpruutcafe.services.berichten import vertel
from bezoeken.sjpruutcafe.services.lijst import lijst_met_gezinnen
from ooievaar.kalender import dag_van, moment_op, verzenddag
from ooievaar.selectors.bereik import verzendregels

logger = logging.getLogger(__name__)
# A reminder of the day before may have to go earlier, when that is a quiet day: never more than a week.
_VERSTE = timedelta(days=8)


def cafes_bewaken(*, nu: datetime) -> Counter[str]:
    """Ask the database what is due, and do it, a café at a time. Returns how much, by kind.

    May run as often and as many at once as one likes: what was done is not due any more.
    """
    telling: Counter[str] = Counter()
    for cafe_id in _met_wachtenden(nu):
        try:
            telling["aangeboden"] += plekken_aanbieden(cafe_id=cafe_id, nu=nu)
        except OperationalError:
            logger.warning("offering the places of a café waits for the next sweep")
    telling["herinnerd"] = herinneringen_plannen(nu=nu)
    return telling


def _met_wachtenden(nu: datetime) -> list[UUID]:
    """The cafés to come on whose list somebody waits, or holds an offer that is over."""
    wacht = Cafeaanmelding.objects.filter(cafe__status=Sjpruutcafe.Status.GEPLAND, cafe__begin__gt=nu)
    rijen = wacht.filter(status=Aanmeldstatus.WACHTLIJST) | wacht.filter(
        status=Aanmeldstatus.AANGEBODEN, aangeboden_tot__lte=nu
    )
    return list(rijen.order_by("cafe_id").values_list("cafe_id", flat=True).distinct())


def herinneringen_plannen(*, nu: datetime) -> int:
    """Remind who comes tomorrow; on a quiet day, the last day before it on which messages go. Once for each time."""
    regels = verzendregels()
    cafes = Sjpruutcafe.objects.filter(
        status=Sjpruutcafe.Status.GEPLAND, begin__gt=nu, begin__lte=nu + _VERSTE, aanmeldingen__status="aangemeld"
    )
    gepland = 0
    for cafe in cafes.distinct().order_by("begin", "pk"):
        regel = regels[cafe.gebied_id]
        dag = verzenddag(cafe.dag - timedelta(days=1), regel.stil)
        if moment_op(dag, regel.uren.van) <= nu:
            gepland += _herinner(cafe.pk, nu)
    return gepland


@transaction.atomic
def _herinner(cafe_id: UUID, nu: datetime) -> int:
    lijst = lijst_met_gezinnen(cafe_id=cafe_id, statussen={Aanmeldstatus.AANGEMELD}, nu=nu)
    cafe = lijst.cafe
    if cafe.status != Sjpruutcafe.Status.GEPLAND or cafe.begin <= nu:
        return 0
    # Who signed up today has just heard when it is.
    aan = [
        rij
        for rij in lijst.met({Aanmeldstatus.AANGEMELD})
        if rij.gezin_id in lijst.benaderbaar and dag_van(rij.aangemeld_op) < dag_van(nu)
    ]
    return vertel(
        cafe=cafe, soort="plekHerinnering", aan=aan, nu=nu, onderwerp=f"cafe:{cafe.pk}:{cafe.keer_verplaatst}"
    )

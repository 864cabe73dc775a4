"""Two years of invitations, day after day: nobody after a stop, twice in seven days, or at four.

What is checked is what left the house (the messages that a sender marked as sent), not what the planner meant.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest

from bezoeken.kraambezoek.services.herstellen import gezin_mag_weer
from bezoeken.kraambezoek.services.sluiten import gezin_stoppen, gezin_vertrokken, overlijden_melden
from bezoeken.kraambezoek.services.toestemming import toestemming_beeindigen
from bezoeken.models import Cafeuitnodiging, Sjpruutcafe
from bezoeken.sjpruutcafe.services.plannen import Cafegegevens, cafe_afgelasten, cafe_wijzigen, reeks_plannen
from bezoeken.sjpruutcafe.services.uitnodigen import uitnodigingen_plannen
from bezoeken.sjpruutcafe.uitnodigingsregels import verjaardag
from notifications.kanalen.email import EmailKanaal
from notifications.models import Bericht
from notifications.services import verzend
from ooievaar.kalender import AMSTERDAM, dag_van
from ooievaar.models import Gezinskoppeling, Pasgeborene
from ooievaar.services.gezinnen import gezin_vergrendelen
from tests.factories import CafeplaatsFactory, GebiedFactory, PasgeboreneFactory, WijkFactory, cafegezin


class EmailInPartijen(EmailKanaal):
    """A day's e-mail in one go: what leaves is decided for each message as it is one at a time."""

    partij = 50


EERSTE = date(2026, 1, 5)
DAGEN = 730


def op(dag: date, uur: int = 10) -> datetime:
    return datetime(dag.year, dag.month, dag.day, uur, tzinfo=AMSTERDAM)


@pytest.mark.django_db
def test_two_years_of_invitations():
    kans = random.Random(8)
    gebied = GebiedFactory()
    wijken = [WijkFactory(gebied=gebied, lengtegraad=5.93 + n * 0.02, breedtegraad=50.91) for n in range(3)]
    for n, wijk in enumerate(wijken):
        wat = {"thema": "opvoeding", "duur_minuten": 120, "capaciteit_volwassenen": 50, "capaciteit_kinderen": 50}
        gegevens = Cafegegevens(plaats=CafeplaatsFactory(gebied=gebied, wijk=wijk), tijd=time(10), **wat)
        for jaar in range(2):
            eerste = EERSTE + timedelta(days=n + 364 * jaar)
            reeks_plannen(
                gebied_id=gebied.pk,
                gegevens=gegevens,
                eerste=eerste,
                laatste=eerste + timedelta(days=363),
                weken=n + 1,
                nu=op(EERSTE - timedelta(days=1)),
            )
    gezinnen = []
    for n in range(12):
        gezin = cafegezin(wijk=wijken[n % 3], sinds=op(EERSTE - timedelta(days=1)))
        # From newborn to nearly four: half of them have their birthday within these years.
        geboren = EERSTE - timedelta(days=kans.randrange(30, 1440))
        gezin.pasgeborenen.update(geboortedatum=geboren)
        if n % 6 == 0:
            PasgeboreneFactory(gezin=gezin, geboortedatum=geboren - timedelta(days=500))
        gezinnen.append(gezin)
    # Two families of the same people, at two addresses.
    een, ander = sorted(gezinnen[:2], key=lambda g: g.pk)
    Gezinskoppeling.objects.create(
        een=een, ander=ander, status="bevestigd", voorgesteld_op=op(EERSTE), beoordeeld_op=op(EERSTE)
    )
    stops: dict[object, list[datetime]] = defaultdict(list)
    weer: dict[object, datetime] = {}
    soorten = ["stop", "dood", "weg", "nee"] * 2
    plan = {kans.randrange(60, 600): stop for stop in zip(range(2, 10), soorten, strict=True)}
    for nummer in range(DAGEN):
        dag = EERSTE + timedelta(days=nummer)
        nu = op(dag, kans.choice([8, 10, 15, 21]))
        if nummer in plan:
            n, wat = plan[nummer]
            gezin = gezinnen[n]
            _stop(gezin, wat, nu)
            stops[gezin.pk].append(nu)
            if wat == "stop" and n % 2 == 0:
                gezin_mag_weer(gezin_id=gezin.pk, reden="zij belden", nu=nu + timedelta(hours=1))
                weer[gezin.pk] = nu
        if nummer % 97 == 0:
            _verstoor(gebied, nu, kans)
        uitnodigingen_plannen(nu=nu, gebied_id=gebied.pk)
        # Some days the sender is down until the evening, some days altogether.
        if nummer % 13 and Bericht.objects.filter(status="gepland").exists():
            verzend(nu=op(dag, 9 if nu.hour < 9 else nu.hour if nu.hour < 20 else 19), kanalen=[EmailInPartijen()])
    verzonden = list(Bericht.objects.filter(soort="cafeUitnodiging", status="verzonden").order_by("verzonden_op"))
    assert len(verzonden) > 200
    per_kring: dict[object, list[date]] = defaultdict(list)
    jongste = {g.pk: _jongste(g) for g in gezinnen}
    for bericht in verzonden:
        kring = een.pk if bericht.gezin_id in (een.pk, ander.pk) else bericht.gezin_id
        dag = dag_van(bericht.verzonden_op)
        per_kring[kring].append(dag)
        assert dag < verjaardag(jongste[bericht.gezin_id], 4)
        # Once only: also who was allowed again is not written to by itself.
        assert not [s for s in stops[bericht.gezin_id] if s <= bericht.verzonden_op]
    for dagen in per_kring.values():
        assert all((b - a).days >= 7 for a, b in pairwise(dagen))
    gehaald = [d for d in jongste.values() if verjaardag(d, 4) < EERSTE + timedelta(days=DAGEN)]
    assert len(gehaald) >= 4  # or nothing was tried
    assert len([1 for momenten in stops.values() if momenten]) == len(plan) >= 7
    assert weer
    # A café of ten o'clock was one of ten o'clock, over four nights.
    assert {c.begin.astimezone(AMSTERDAM).time() for c in Sjpruutcafe.objects.filter(keer_verplaatst=0)} == {time(10)}
    assert Cafeuitnodiging.objects.filter(reden="naBezoek").count() >= 10


def _stop(gezin, wat: str, nu: datetime) -> None:
    match wat:
        case "stop":
            gezin_stoppen(gezin_id=gezin.pk, reden="ingetrokken", nu=nu)
        case "dood":
            overlijden_melden(pasgeborene_id=gezin.pasgeborenen.first().pk, nu=nu)
        case "weg":
            gezin_vertrokken(gezin=gezin_vergrendelen(gezin_id=gezin.pk), nu=nu)
        case "nee":
            toestemming_beeindigen(gezin_id=gezin.pk, doel="cafe", nu=nu)


def _verstoor(gebied, nu: datetime, kans: random.Random) -> None:
    """One café is called off, another one moves."""
    komend = list(Sjpruutcafe.objects.filter(gebied=gebied, status="gepland", begin__gt=nu).order_by("begin")[:6])
    if len(komend) >= 2:
        cafe_afgelasten(cafe_id=komend[0].pk, nu=nu)
        naar = {"dag": komend[1].dag + timedelta(days=2), "tijd": time(kans.randrange(9, 17))}
        cafe_wijzigen(cafe_id=komend[1].pk, gegevens=naar, nu=nu)


def _jongste(gezin) -> date:
    return max(Pasgeborene.objects.filter(gezin=gezin).values_list("geboortedatum", flat=True))

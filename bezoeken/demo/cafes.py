"""The invented Sjpruutcafés of the demonstration: some that were, some that are to come."""

from __future__ import annotations

import random
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from bezoeken.models import Cafeplaats, Cafeuitnodiging, Sjpruutcafe, Thema
from bezoeken.sjpruutcafe.services.aanmelden import aanmelden
from bezoeken.sjpruutcafe.services.aanwezig import Gast, aanwezigheid_vastleggen
from bezoeken.sjpruutcafe.services.plaatsen import plaats_bewaren
from bezoeken.sjpruutcafe.services.plannen import Cafegegevens, reeks_plannen
from bezoeken.sjpruutcafe.services.uitnodigen import uitnodigingen_plannen
from ooievaar.platform.clock import moment_op
from ooievaar.platform.errors import Geweigerd

if TYPE_CHECKING:
    from ooievaar.models import Gebied

_WEKEN_TERUG, _WEKEN_VOORUIT = 6, 10
# name, address, wijk, position (longitude, latitude) where it lies outside our wijken
_PLEKKEN = [
    ("Buurthuis Voorbeeld", "Wiegpad 1, Heerlen", "WK091721", None),
    ("Bibliotheek Voorbeeld", "Rammelaarhof 2, Hoensbroek", "WK091712", None),
    ("De Voorbeeldzaal", "Luierhof 3, Heerlen", None, (6.003, 50.873)),
]


def laden(*, gebied: Gebied, vandaag: date, kans: random.Random) -> None:
    """Three places with a series each; who was invited signs up now and then, and mostly comes."""
    begin = vandaag - timedelta(weeks=_WEKEN_TERUG)
    for nummer, (naam, adres, wijk, ligging) in enumerate(_PLEKKEN):
        gegevens: dict[str, Any] = {"naam": naam, "adres": adres, "wijk": wijk}
        if ligging:
            gegevens |= {"lengtegraad": ligging[0], "breedtegraad": ligging[1]}
        plek = plaats_bewaren(plaats=Cafeplaats(gebied=gebied), gegevens=gegevens)
        eerste = begin + timedelta(days=(nummer * 2 - begin.weekday()) % 7)
        reeks_plannen(
            gebied_id=gebied.pk,
            gegevens=Cafegegevens(plek, Thema.values[nummer], time(10), 120, 8, 10, ("gastvrouw",)),
            eerste=eerste,
            laatste=eerste + timedelta(weeks=_WEKEN_TERUG + _WEKEN_VOORUIT),
            weken=2,
            nu=moment_op(begin - timedelta(days=1), time(9)),
        )
    for weken in range(_WEKEN_TERUG, -1, -1):
        dag = vandaag - timedelta(weeks=weken)
        uitgenodigd_op = moment_op(dag - timedelta(days=1), time(10))
        uitnodigingen_plannen(nu=uitgenodigd_op, gebied_id=gebied.pk)
        _week(gebied, dag, vandaag, kans)


def _week(gebied: Gebied, dag: date, vandaag: date, kans: random.Random) -> None:
    """The cafés of the week that begins today: who signs up, and (of one that was) who came."""
    cafes = Sjpruutcafe.objects.filter(gebied=gebied, dag__gte=dag, dag__lt=dag + timedelta(days=7))
    for cafe in cafes.order_by("begin"):
        nu = moment_op(min(dag, cafe.dag - timedelta(days=1)), time(12))
        genood = list(Cafeuitnodiging.objects.filter(cafe=cafe).order_by("pk").values_list("gezin_id", flat=True))
        for gezin_id in genood[: kans.randrange(4, 10)]:
            try:
                aanmelden(
                    cafe_id=cafe.pk,
                    gezin_id=gezin_id,
                    volwassenen=1,
                    kinderen=kans.choice([1, 1, 2]),
                    via="link",
                    nu=nu,
                )
            except Geweigerd:
                continue
        if cafe.dag < vandaag:
            _geweest(cafe, kans)


def _geweest(cafe: Sjpruutcafe, kans: random.Random) -> None:
    lijst = cafe.aanmeldingen.filter(status="aangemeld").order_by("volgnummer")
    gasten = [
        Gast(rij.gezin_id, True, rij.volwassenen, rij.kinderen) if kans.random() < 0.8 else Gast(rij.gezin_id, False)
        for rij in lijst
    ]
    inloop = [Gast(None, True, 1, 1)] * kans.randrange(0, 3)
    bekend = {gast.gezin_id for gast in gasten if gast.gezin_id}
    nu = cafe.begin + timedelta(hours=2)
    aanwezigheid_vastleggen(cafe_id=cafe.pk, gasten=[*gasten, *inloop], bekend=bekend, nu=nu)

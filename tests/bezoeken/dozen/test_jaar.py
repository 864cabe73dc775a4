"""A year of visits lived through the services: nobody stands at a door without the box that was promised."""

from collections import Counter
from datetime import timedelta

import pytest

from bezoeken.kraambezoek.services.aanvaarden import bezoek_aanvaarden
from bezoeken.kraambezoek.services.afronden import Afronding, Doos, bezoek_afronden
from ooievaar.platform import clock
from tests.bezoeken.dozen.jaar import BEGIN, maak
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    PartijFactory,
    WijkFactory,
    doos,
    toegewezen_bezoek,
)
from voorraad import fouten, models, selectors, services

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
_WEKEN = 52


def bruikbaar_bij(moeder, dag):
    """Free boxes at her place that may still be handed out on this day, counted without the services."""
    standen = models.Stand.objects.filter(locatie__houder=moeder, artikel__code="in-de-box").select_related("partij")
    grens = dag + timedelta(days=90)
    return sum(
        stand.aantal - stand.gereserveerd
        for stand in standen
        if stand.partij is None or stand.partij.houdbaar_tot is None or stand.partij.houdbaar_tot >= grens
    )


def test_no_door_without_a_promised_box_while_stock_allows():
    """Lots of ten boxes come in four times; some expire at her home, and in autumn there are too few of them."""
    gebied = GebiedFactory()
    wijk = WijkFactory(gebied=gebied)
    artikel = doos(gebied)
    magazijn = models.Locatie.objects.get(gebied=gebied, code="magazijn")
    moeders = [OoievaarsmoederFactory(gebied=gebied) for _n in range(3)]
    verschuif = clock.vandaag() - timedelta(weeks=_WEKEN) - BEGIN  # the year ends today
    levens = maak(5, per_jaar=45, golf=0.3, dagen=365)
    bezoeken: dict = {}
    telling: Counter[str] = Counter()

    for week in range(_WEKEN):
        maandag = BEGIN + verschuif + timedelta(weeks=week)
        nu = clock.nu() - timedelta(weeks=_WEKEN - week)
        if week % 13 == 0:
            lot = PartijFactory(artikel=artikel, houdbaar_tot=maandag + timedelta(days=90 + 70))
            services.mutatie_boeken(
                soort="ontvangst", artikel=artikel, partij=lot, naar=magazijn, aantal=9, door=None, nu=nu
            )
        for moeder in moeders:  # one box is brought to who has none left
            if bruikbaar_bij(moeder, maandag) == 0:
                try:
                    services.mutatie_boeken(
                        soort="verplaatsing", artikel=artikel, van=magazijn,
                        naar=services.thuisplek(ooievaarsmoeder=moeder), aantal=2, door=None, nu=nu,
                    )  # fmt: skip
                except fouten.OnvoldoendeVoorraad:
                    telling["magazijnLeeg"] += 1
        zondag = maandag + timedelta(days=6)
        for nummer, leven in enumerate(levens):
            if maandag <= leven.geboren + verschuif + timedelta(days=33) <= zondag and leven.bezocht > leven.gemeld:
                moeder = moeders[nummer % 3]
                bezoek = toegewezen_bezoek(
                    moeder, gezin=GezinFactory(wijk=wijk), geboortedatum=leven.geboren + verschuif, aanvaard=False
                )
                vrij = bruikbaar_bij(moeder, clock.dag_van(nu))
                bezoek_aanvaarden(bezoek_id=bezoek.pk, nu=nu)
                beloofd = bool(selectors.gereserveerd_voor(f"bezoek:{bezoek.pk}"))
                assert beloofd == (vrij > 0)
                telling["beloofd" if beloofd else "nietBeloofd"] += 1
                bezoeken[nummer] = bezoek
            if nummer in bezoeken and maandag <= leven.bezocht + verschuif <= zondag:
                bezoek = bezoeken.pop(nummer)
                beloofd = selectors.gereserveerd_voor(f"bezoek:{bezoek.pk}")
                vrij = bruikbaar_bij(bezoek.ooievaarsmoeder, clock.dag_van(nu))
                kind = bezoek.kinderen.get().pasgeborene_id
                bezoek_afronden(
                    bezoek_id=bezoek.pk, afronding=Afronding(nu, "huisbezoek", [Doos(kind)]), door=None, nu=nu
                )
                geboekt = selectors.geboekt_voor(f"bezoek:{bezoek.pk}").exists()
                assert geboekt == (bool(beloofd) or vrij > 0)
                telling["doosGegeven" if geboekt else "zonderDoos"] += 1
        assert selectors.standen_kloppen() == []

    # The year had both: boxes that were promised and given, and weeks in which there were none.
    assert telling["beloofd"] > 15
    assert telling["doosGegeven"] > 15
    assert telling["magazijnLeeg"] > 0

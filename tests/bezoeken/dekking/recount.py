"""Coverage by hand: slow, over visits and children, straight from domain.md ("Coverage")."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from bezoeken.models import Bezoek, Cafeaanwezigheid
from ooievaar.platform.clock import dag_van

NIET = {"vervallen", "dubbel", "buitenGebied"}


def recount(gebied, maanden, vandaag) -> Counter:
    """All children of the Gebied whose D+57 falls in these months and has passed."""
    som: Counter = Counter()
    for bezoek in Bezoek.objects.filter(gebied=gebied):
        for kind in bezoek.kinderen.select_related("pasgeborene"):
            d = kind.pasgeborene.geboortedatum
            d57 = d + timedelta(days=57)
            telt = bezoek.soort == "geboorte" and kind.pasgeborene.status != "vervallen"
            if d57.replace(day=1) not in maanden or not d57 < vandaag or not telt or bezoek.afsluitreden in NIET:
                continue
            if bezoek.afsluitreden == "verhuisd":
                som["verhuisd"] += 1
            elif bezoek.late_melding:
                som["lateMelding"] += 1
            else:
                som["inAanmerking"] += 1
                som["pogingen"] += bezoek.aantal_pogingen
                som.update(_wat(bezoek, kind, d, vandaag))
                if bezoek.status != "bezocht":
                    som["nooitToegewezen"] += bezoek.contact_stap == 0
                    som["nooitGesproken"] += bezoek.contact_stap == 1
    return som


def _eerste_cafe(kind):
    """The first day since the birth of this child on which its family came to a café."""
    kwam = Cafeaanwezigheid.objects.filter(gezin_id=kind.pasgeborene.gezin_id, gekomen=True).select_related("cafe")
    return min((g.cafe.dag for g in kwam if g.cafe.dag >= kind.pasgeborene.geboortedatum), default=None)


def _wat(bezoek, kind, d, vandaag):
    if bezoek.status == "bezocht":
        dag = dag_van(bezoek.bezocht_op)
        yield "bereikt"
        yield "inVenster" if dag <= d + timedelta(days=56) else "teLaat"
        if dag > d + timedelta(days=56) and dag <= bezoek.venster_eind:
            yield "inVerplaatstVenster"
        if bezoek.vorm == "aanDeDeur":
            yield "aanDeDeur"
        if kind.doos_gegeven:
            yield "doos"
        if kind.voucher_gegeven:
            yield "voucher"
        eerste = _eerste_cafe(kind)
        if eerste is not None and timedelta(0) <= eerste - dag <= timedelta(days=90):
            yield "eersteCafe"
    elif bezoek.status == "afgesloten":
        yield "nietBereikt" if bezoek.afsluitreden == "afgehaald" else bezoek.afsluitreden
    else:
        yield "ontbrekend" if d + timedelta(days=84) < vandaag else "nogBezig"

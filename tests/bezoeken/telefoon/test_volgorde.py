"""R3: in whatever order, cut and doubling her logs arrive, the end is the same."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bezoeken.models import Afspraak, Bezoek, Bezoekkind, Handeling, Poging
from ooievaar.models import Gezin, Pasgeborene
from ooievaar.platform import clock
from tests.bezoeken.telefoon.conftest import kinderen_van
from voorraad.models import Stand
from voorraad.selectors import standen_kloppen

pytestmark = pytest.mark.django_db(transaction=True)
# What ended each of her four visits.
EINDES = ["afronding", "weigering", "overlijden", "afspraak"]


def logboek(v, bezoeken) -> list[dict]:
    """What she logged at four visits, in the order in which she did it."""
    t = v.telefoon
    dag = clock.nu().replace(microsecond=0) - timedelta(days=3)
    morgen = (clock.nu() + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    log = []
    for nummer, (bezoek, einde) in enumerate(zip(bezoeken, EINDES, strict=True)):
        log.append(t.handeling("aanvaarding", bezoek, moment=dag))
        log += [t.poging(bezoek, moment=dag + timedelta(hours=nummer + 5 * uur)) for uur in range(2)]
        match einde:
            case "afronding":
                log.append(t.afronding(bezoek, bezochtOp=(dag + timedelta(days=1)).isoformat()))
            case "weigering":
                log.append(t.handeling("weigering", bezoek, {"alles": True}))
            case "overlijden":
                kind = min(kinderen_van(bezoek))
                log.append(t.handeling("overlijden", None, {"pasgeborene": str(kind)}))
            case "afspraak":
                log.append(t.handeling("afspraak", bezoek, {"begin": morgen.isoformat(), "toch": True}))
    log.append(t.handeling("doorverwijzing", None, {"organisatie": "BoekStart"}))
    return log


def toestand(v, bezoeken) -> list:
    """Everything that a log can change, without the moments at which the server heard of it."""
    per_bezoek = []
    for pk in [bezoek.pk for bezoek in bezoeken]:
        rij = Bezoek.objects.get(pk=pk)
        per_bezoek.append(
            (
                rij.status,
                rij.afsluitreden,
                rij.vorm,
                rij.bezocht_op is None,
                rij.aantal_pogingen,
                sorted(Poging.objects.filter(bezoek=rij).values_list("soort", "uitkomst")),
                sorted(Bezoekkind.objects.filter(bezoek=rij).values_list("doos_gegeven", "telt_mee", "uitkomst")),
                list(Afspraak.objects.filter(bezoek=rij, vervallen_op=None).values_list("duur_minuten", flat=True)),
                Gezin.objects.get(pk=rij.gezin_id).contactstop_reden,
                sorted(Pasgeborene.objects.filter(gezin=rij.gezin_id).values_list("status", flat=True)),
            )
        )
    standen = list(Stand.objects.filter(locatie__houder=v.moeder).values_list("aantal", "gereserveerd"))
    return [*per_bezoek, standen, Handeling.objects.filter(gebruiker=v.zij, status="geparkeerd").count()]


# `veld` is used anew in every example: each has a Gebied, people and visits of its own.
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_order_of_batches_ends_in_the_same_state(veld, data):
    def begin():
        v = veld(dozen=8)
        return v, [v.bezoek(kinderen=nummer % 2 + 1, aanvaard=False) for nummer in range(len(EINDES))]

    v, bezoeken = begin()
    v.telefoon.oordelen(*logboek(v, bezoeken))
    verwacht = toestand(v, bezoeken)
    assert [rij[0] for rij in verwacht[: len(EINDES)]] == ["bezocht", "afgesloten", "afgesloten", "gepland"]

    v, bezoeken = begin()
    log = logboek(v, bezoeken)
    volgorde = data.draw(st.permutations(range(len(log))), label="order")
    sneden = sorted(data.draw(st.sets(st.integers(1, len(log) - 1), max_size=5), label="cuts"))
    dubbel = data.draw(st.lists(st.integers(0, len(log) - 1), max_size=6), label="sent again")
    for begin_, eind in itertools.pairwise([0, *sneden, len(log)]):
        batch = [log[nummer] for nummer in volgorde[begin_:eind]]
        v.telefoon.oordelen(*batch, *[log[nummer] for nummer in dubbel if log[nummer] in batch])
    v.telefoon.oordelen(*[log[nummer] for nummer in dubbel])  # what was refused for its order is tried again
    v.telefoon.oordelen(*log)
    assert toestand(v, bezoeken) == verwacht
    assert standen_kloppen() == []

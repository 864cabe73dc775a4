"""GET /bezoeken/{id}/voorstellen, and that it never contradicts what assigning says."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bezoeken.models import Bezoek
from bezoeken.toewijzing.selectors import toewijsfeiten
from bezoeken.toewijzing.services import toewijzen
from ooievaar.models import Afwezigheid, Relatie
from ooievaar.platform import clock
from ooievaar.platform.errors import Geweigerd
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    WijkFactory,
    bezoek_met_kinderen,
    toegewezen_bezoek,
)

pytestmark = pytest.mark.django_db


def _pad(bezoek) -> str:
    return f"/api/v1/bezoeken/{bezoek.pk}/voorstellen"


def test_proposes_with_reasons_in_words_and_says_who_falls_off(als):
    gebied = GebiedFactory()
    wijk, buur = WijkFactory(gebied=gebied), WijkFactory(gebied=gebied)
    wijk.buren.add(buur)
    bezoek = bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk))
    bezoek.gezin.contactpersonen.update(taal="pl")
    pools = OoievaarsmoederFactory(gebied=gebied, talen=["nl", "pl"], wijken=[buur])
    dichtbij = OoievaarsmoederFactory(gebied=gebied, wijken=[wijk], maximum_per_week=3)
    toegewezen_bezoek(dichtbij)
    weg = OoievaarsmoederFactory(gebied=gebied, naam="Weg")
    Afwezigheid.objects.create(ooievaarsmoeder=weg, begin=clock.vandaag())
    OoievaarsmoederFactory()  # of another Gebied: not named at all

    uit = als("coordinator", gebied=gebied, wijken=[wijk]).get(_pad(bezoek)).json()

    assert [v["ooievaarsmoeder"] for v in uit["voorstellen"]] == [str(pools.pk), str(dichtbij.pk)]
    assert uit["voorstellen"][0]["redenen"][:2] == ["Spreekt Pools.", "Werkt in een buurwijk."]
    assert uit["voorstellen"][1] == {
        "ooievaarsmoeder": str(dichtbij.pk),
        "naam": dichtbij.naam,
        "score": uit["voorstellen"][1]["score"],
        "redenen": ["Werkt in dezelfde wijk.", "Heeft die week 1 van ten hoogste 3 bezoeken."],
        "bezet": 1,
        "maximum": 3,
    }
    assert uit["afgevallen"] == [
        {
            "ooievaarsmoeder": str(weg.pk),
            "naam": "Weg",
            "reden": "afwezig",
            "tekst": "Zij is afwezig in de dagen die voor dit bezoek over zijn.",
        }
    ]


def test_who_visited_an_earlier_child_of_the_family_is_proposed_first(als):
    gebied = GebiedFactory()
    gezin = GezinFactory(wijk__gebied=gebied)
    OoievaarsmoederFactory(gebied=gebied, wijken=[gezin.wijk])
    bekend = OoievaarsmoederFactory(gebied=gebied)
    eerder = toegewezen_bezoek(bekend, gezin=gezin, geboortedatum=clock.vandaag() - timedelta(days=800))
    Bezoek.objects.filter(pk=eerder.pk).update(
        status="bezocht", bezocht_op=clock.nu(), afgerond_op=clock.nu(), vorm="huisbezoek"
    )
    bezoek = bezoek_met_kinderen(gezin=gezin)
    beste = als("coordinator", gebied=gebied).get(_pad(bezoek)).json()["voorstellen"][0]
    assert (beste["ooievaarsmoeder"], beste["redenen"][0]) == (str(bekend.pk), "Bezocht dit gezin al eerder.")


def _queries(client, bezoek) -> int:
    with CaptureQueriesContext(
        connection,
    ) as gevangen:
        assert client.get(_pad(bezoek)).status_code == 200
    return len(gevangen)


def test_costs_the_same_queries_for_2_and_for_50_volunteers(als):
    gebied = GebiedFactory()
    bezoek = bezoek_met_kinderen(gezin=GezinFactory(wijk__gebied=gebied))
    client = als("coordinator", gebied=gebied)
    for moeder in OoievaarsmoederFactory.create_batch(2, gebied=gebied):
        toegewezen_bezoek(moeder)
    assert _queries(client, bezoek) == 3
    for moeder in OoievaarsmoederFactory.create_batch(48, gebied=gebied, wijken=[bezoek.wijk]):
        Afwezigheid.objects.create(ooievaarsmoeder=moeder, begin=clock.vandaag())
        Relatie.objects.create(ooievaarsmoeder=moeder, gezin=bezoek.gezin)
    assert _queries(client, bezoek) == 3


def test_many_visits_at_once_cost_two_queries(django_assert_num_queries):
    gebied = GebiedFactory()
    wijk = WijkFactory(gebied=gebied)
    OoievaarsmoederFactory.create_batch(3, gebied=gebied)
    for _nummer in range(10):
        bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk))
    with django_assert_num_queries(2):
        feiten = toewijsfeiten(Bezoek.objects.filter(gebied=gebied), nu=clock.nu())
        assert all(len(feiten.oordeel(bezoek_id).voorstellen) == 3 for bezoek_id in feiten.bezoeken)
    assert len(feiten.bezoeken) == 10


def test_no_visits_need_no_volunteers(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert toewijsfeiten(Bezoek.objects.all(), nu=clock.nu()).moeders == {}


KANDIDAAT = st.fixed_dictionaries(
    {
        "actief": st.sampled_from([True, True, True, False]),
        "verklaring_getekend": st.sampled_from([True, True, True, False]),
        "training_afgerond": st.sampled_from([True, True, True, False]),
        "vog": st.sampled_from([None, -5000, -1097, -1095, -1090, -10]),
        "maximum_per_week": st.integers(0, 2),
        "bezet": st.integers(0, 2),
        "relatie": st.booleans(),
        "afwezig": st.none() | st.tuples(st.integers(-3, 12), st.none() | st.integers(0, 15)),
    }
)


class Overeenstemming(TestCase):
    """Whoever is proposed may have the visit, and whoever is not is refused with the reason that was shown."""

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(KANDIDAAT, min_size=1, max_size=3), st.integers(30, 70))
    def test_proposals_and_assignment_agree(self, kandidaten, leeftijd):
        vandaag, nu = clock.vandaag(), clock.nu()
        gezin = GezinFactory()
        bezoek = bezoek_met_kinderen(gezin=gezin, geboortedatum=vandaag - timedelta(days=leeftijd))
        for k in kandidaten:
            moeder = OoievaarsmoederFactory(
                gebied=gezin.gebied,
                vog_datum=None if k["vog"] is None else vandaag + timedelta(days=k["vog"]),
                **{v: k[v] for v in ("actief", "verklaring_getekend", "training_afgerond", "maximum_per_week")},
            )
            for _nummer in range(k["bezet"]):
                toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=gezin.wijk))
            if k["relatie"]:
                Relatie.objects.create(ooievaarsmoeder=moeder, gezin=gezin)
            if k["afwezig"]:
                begin, duur = k["afwezig"]
                eerste = vandaag + timedelta(days=begin)
                laatste = None if duur is None else eerste + timedelta(days=duur)
                Afwezigheid.objects.create(ooievaarsmoeder=moeder, begin=eerste, eind=laatste)
        oordeel = toewijsfeiten(Bezoek.objects.filter(pk=bezoek.pk), nu=nu).oordeel(bezoek.pk)
        assert len(oordeel.voorstellen) + len(oordeel.afgevallen) == len(kandidaten)
        getoond = {a.moeder.id: a.bezwaar.code for a in oordeel.afgevallen}
        getoond |= {v.moeder.id: None for v in oordeel.voorstellen}
        for moeder_id, code in getoond.items():
            assert _geweigerd(bezoek.pk, moeder_id, nu) == code


class _Terug(Exception):
    """Rolls an assignment back, so that the next candidate is judged in the same world."""


def _geweigerd(bezoek_id, moeder_id, nu) -> str | None:
    try:
        with transaction.atomic():
            toewijzen(bezoek_id=bezoek_id, ooievaarsmoeder_id=moeder_id, door=None, nu=nu)
            raise _Terug
    except _Terug:
        return None
    except Geweigerd as fout:
        return fout.code

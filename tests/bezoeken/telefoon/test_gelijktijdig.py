"""Copies of a batch, two phones and a coordinator at the same moment, in real threads."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection

from bezoeken.models import Bezoek, Handeling, Poging
from ooievaar.models import Gezin
from tests.bezoeken.telefoon.conftest import kinderen_van
from voorraad.models import Mutatie
from voorraad.selectors import standen_kloppen

pytestmark = pytest.mark.django_db(transaction=True)


def tegelijk(*werk: Callable[[], object]) -> list:
    """Do all of this at once; gives what each gave, and raises what any raised."""
    start = threading.Barrier(len(werk))
    gaf: list = [None] * len(werk)

    def doe(nummer: int) -> None:
        try:
            start.wait()
            gaf[nummer] = werk[nummer]()
        except BaseException as fout:
            gaf[nummer] = fout
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=[nummer]) for nummer in range(len(werk))]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    for uitkomst in gaf:
        if isinstance(uitkomst, BaseException):
            raise uitkomst
    return gaf


def test_six_copies_of_one_batch_do_it_once(veld):
    v = veld(dozen=3)
    bezoeken = [v.bezoek(kinderen=2), v.bezoek(), v.bezoek()]
    t = v.telefoon
    batch = [t.poging(bezoeken[0]), t.afronding(bezoeken[0]), t.poging(bezoeken[1])]
    batch += [t.handeling("weigering", bezoeken[1], {"alles": True}), t.afronding(bezoeken[2])]
    batch.append(t.handeling("doorverwijzing", None, {"organisatie": "BoekStart"}))
    antwoorden = tegelijk(*[lambda: t.oordelen(*batch)] * 6)
    per_handeling = [Counter(status for status, _code in oordelen) for oordelen in zip(*antwoorden, strict=True)]
    assert per_handeling[:5] == [Counter(toegepast=1, alToegepast=5)] * 5
    assert per_handeling[5] == Counter(geparkeerd=6)
    assert (Handeling.objects.count(), Poging.objects.count()) == (6, 2)
    assert Mutatie.objects.filter(soort="uitgifte").count() == 3
    assert standen_kloppen() == []


def test_a_hand_over_and_her_log_at_once_lose_nothing(veld):
    v = veld(dozen=4)
    for _keer in range(4):
        bezoek = v.bezoek()
        h = v.telefoon.afronding(bezoek)
        nieuw = {"ooievaarsmoeder": str(v.andere_moeder.pk)}
        pad = f"/api/v1/bezoeken/{bezoek.pk}/toewijzing"
        [oordelen, gegeven] = tegelijk(
            lambda h=h: v.telefoon.oordelen(h),
            lambda pad=pad, nieuw=nieuw: v.coordinator.put(pad, nieuw, format="json").status_code,
        )
        assert oordelen == [("toegepast", None)]
        assert gegeven in (200, 409)
        assert Bezoek.objects.get(pk=bezoek.pk).status == "bezocht"
    assert standen_kloppen() == []


def test_two_phones_log_one_visit_and_one_of_them_waits(veld):
    v = veld()
    for _keer in range(4):
        bezoek = v.bezoek()
        v.geef_aan_ander(bezoek)
        antwoorden = tegelijk(
            lambda b=bezoek: v.telefoon.oordelen(v.telefoon.afronding(b)),
            lambda b=bezoek: v.andere_telefoon.oordelen(v.andere_telefoon.afronding(b, vorm="elders")),
        )
        assert sorted(o for [o] in antwoorden) == [("geparkeerd", "alAfgerond"), ("toegepast", None)]
    assert standen_kloppen() == []


def test_batches_in_opposite_order_and_a_stop_do_not_wait_for_each_other_for_ever(veld):
    v = veld()
    bezoeken = [v.bezoek() for _nummer in range(4)]
    for bezoek in bezoeken:
        v.geef_aan_ander(bezoek)
    [kind] = kinderen_van(bezoeken[2])

    def stuur(telefoon, visits):
        return telefoon.oordelen(*[telefoon.poging(b, soort="aanDeDeur", uitkomst="nietThuis") for b in visits])

    een, ander, stop, dood = tegelijk(
        lambda: stuur(v.telefoon, bezoeken),
        lambda: stuur(v.andere_telefoon, bezoeken[::-1]),
        lambda: (
            v.coordinator.put(
                f"/api/v1/gezinnen/{bezoeken[1].gezin_id}/contactstop", {"reden": "ingetrokken"}, format="json"
            ).status_code
        ),
        lambda: v.andere_telefoon.oordelen(v.andere_telefoon.handeling("overlijden", None, {"pasgeborene": str(kind)})),
    )
    assert [status for status, _code in een + ander] == ["toegepast"] * 8
    assert (stop, dood) == (200, [("toegepast", None)])
    assert Gezin.objects.get(pk=bezoeken[1].gezin_id).contactstop_reden == "ingetrokken"


def test_a_deadlock_runs_the_whole_batch_again(veld, monkeypatch):
    from bezoeken.telefoon.services import uitvoeren

    v = veld()
    bezoek = v.bezoek()
    echt, keren = uitvoeren.poging_vastleggen, []

    class Deadlock(Exception):
        sqlstate = "40P01"

    def soms(**velden):
        keren.append(velden)
        if len(keren) == 2:
            raise OperationalError from Deadlock()
        return echt(**velden)

    monkeypatch.setattr(uitvoeren, "poging_vastleggen", soms)
    t = v.telefoon
    assert t.oordelen(t.poging(bezoek), t.poging(bezoek, uitkomst="nietThuis")) == [("toegepast", None)] * 2
    assert len(keren) == 4
    assert Poging.objects.count() == 2

"""A write that stood in another one's way is done again, as a whole; anything else is not."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from ooievaar.models import Gebied
from ooievaar.platform.opnieuw import in_transactie, opnieuw_bij_botsing
from tests.factories import GebiedFactory


class _Botsing(Exception):
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


def _faalt(keren: int, sqlstate: str = "40P01"):
    """What fails this many times and then answers how often it was called."""
    gedaan: list[int] = []

    def doe() -> int:
        gedaan.append(1)
        if len(gedaan) <= keren:
            raise OperationalError from _Botsing(sqlstate)
        return len(gedaan)

    return doe, gedaan


@pytest.mark.parametrize(("keren", "sqlstate"), [(0, ""), (1, "40P01"), (2, "40P01"), (2, "40001")])
def test_three_times_at_most(keren, sqlstate):
    doe, _gedaan = _faalt(keren, sqlstate)
    assert opnieuw_bij_botsing(doe) == keren + 1


@pytest.mark.parametrize(("keren", "sqlstate", "gedaan"), [(3, "40P01", 3), (1, "57014", 1), (1, "08006", 1)])
def test_not_for_ever_and_not_after_another_fault(keren, sqlstate, gedaan):
    doe, keren_gedaan = _faalt(keren, sqlstate)
    with pytest.raises(OperationalError):
        opnieuw_bij_botsing(doe)
    assert len(keren_gedaan) == gedaan


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_it_is_for_who_began_that():
    doe, gedaan = _faalt(1)
    with pytest.raises(OperationalError), transaction.atomic():
        in_transactie(doe)
    assert len(gedaan) == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_lost_try_wrote_or_promised_is_gone():
    gebied, verzonden = GebiedFactory(), []
    doe, _gedaan = _faalt(1)

    def schrijf() -> None:
        Gebied.objects.filter(pk=gebied.pk).update(telefoonnummer="1")
        transaction.on_commit(lambda: verzonden.append(1))
        doe()

    in_transactie(schrijf)
    assert verzonden == [1]


@pytest.mark.django_db(transaction=True)
def test_two_that_really_lock_each_other_out_both_get_through():
    een, ander = GebiedFactory(), GebiedFactory()
    beide, keren = threading.Barrier(2, timeout=20), []

    def zet(volgorde, naam):
        eerste_keer = True

        def doe() -> None:
            nonlocal eerste_keer
            keren.append(naam)
            Gebied.objects.filter(pk=volgorde[0].pk).update(naam=naam)
            if eerste_keer:
                eerste_keer = False
                beide.wait()  # now each has what the other one wants
            Gebied.objects.filter(pk=volgorde[1].pk).update(naam=naam)

        try:
            in_transactie(doe)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as draden:
        for klaar in [draden.submit(zet, (een, ander), "a"), draden.submit(zet, (ander, een), "b")]:
            klaar.result(timeout=30)
    assert sorted(keren) in (["a", "a", "b"], ["a", "b", "b"]), "one of them was done again"
    een.refresh_from_db()
    ander.refresh_from_db()
    assert een.naam == ander.naam, "the one that came last did both"

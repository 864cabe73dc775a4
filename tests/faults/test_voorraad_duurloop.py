"""Ten thousand random operations from eight threads: no deadlock, and every balance is its ledger, never below zero."""

import pytest

from tests.voorraad.drukte import Drukte

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1800), pytest.mark.duur]


def test_ten_thousand_operations_at_once(capsys):
    drukte = Drukte()
    drukte.draai(aantal=10_000, draden=8, seed=7)
    drukte.klopt()
    assert sum(drukte.gedaan.values()) + sum(drukte.geweigerd.values()) == 10_000
    with capsys.disabled():
        print(f"\ngedaan {sum(drukte.gedaan.values())}, geweigerd {dict(drukte.geweigerd)}")

"""A seeded sample of everything at once (quality.md, R4); ten thousand of them are in `make fouten`."""

import pytest

from tests.voorraad.drukte import _STAPPEN, Drukte

pytestmark = pytest.mark.django_db(transaction=True)


def test_everything_at_once_keeps_the_books_right():
    drukte = Drukte()
    drukte.draai(aantal=400, draden=8, seed=1)
    drukte.klopt()
    assert sum(drukte.gedaan.values()) + sum(drukte.geweigerd.values()) == 400
    # Of every kind something was really done.
    assert set(drukte.gedaan) == set(_STAPPEN)
    assert set(drukte.geweigerd) <= {
        "onvoldoendeVoorraad", "verlopenPartij", "teruggeroepenPartij", "alTeruggedraaid", "tellersVerschillen",
    }  # fmt: skip

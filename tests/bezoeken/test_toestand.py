"""The transition table of a visit, held against the words of api.md and domain.md."""

from __future__ import annotations

from itertools import product

import pytest

from bezoeken.toestand import OVERGANGEN, Actie, Afsluitreden, OngeldigeOvergang, Status, mag, naar

LOPEND = ("open", "toegewezen", "gepland")
BIJ_IEMAND = ("toegewezen", "gepland")

# Written out once more, by hand: action -> (from, to); "=" means that the state stays.
VERWACHT = {
    "toewijzen": (LOPEND, "toegewezen"),
    "intrekken": (BIJ_IEMAND, "open"),
    "afwijzen": (BIJ_IEMAND, "open"),
    "aanvaarden": (BIJ_IEMAND, "="),
    "afspreken": (BIJ_IEMAND, "gepland"),
    "afzeggen": (("gepland",), "toegewezen"),
    "proberen": (LOPEND, "="),
    "afronden": (LOPEND, "bezocht"),
    "weigeren": (LOPEND, "afgesloten"),
    "sluiten": (LOPEND, "afgesloten"),
    "vervallen": (LOPEND, "afgesloten"),
    "herstellen": (("afgesloten",), "open"),
    "verplaatsen": (LOPEND, "="),
}


@pytest.mark.parametrize(("actie", "status"), list(product(Actie, Status)))
def test_every_action_in_every_state(actie, status):
    van, doel = VERWACHT[actie]
    if status in van:
        assert mag(actie, status)
        assert naar(actie, status) == (status if doel == "=" else doel)
    else:
        assert not mag(actie, status)
        with pytest.raises(OngeldigeOvergang):
            naar(actie, status)


def test_the_states_and_reasons_are_those_of_the_api():
    assert [s.value for s in Status] == ["open", "toegewezen", "gepland", "bezocht", "afgesloten"]
    assert {r.value for r in Afsluitreden} == {
        "geweigerd", "nietBereikt", "verhuisd", "vervallen", "dubbel", "buitenGebied", "afgehaald", "geenCapaciteit",
    }  # fmt: skip


def test_every_action_has_one_row_with_its_meaning():
    assert sorted(rij.actie for rij in OVERGANGEN) == sorted(Actie)
    assert all(rij.betekenis for rij in OVERGANGEN)


def test_a_word_that_is_no_state_is_refused():
    with pytest.raises(ValueError):
        naar(Actie.AFRONDEN, "klaar")


def test_what_was_visited_stays_visited():
    assert not [actie for actie in Actie if mag(actie, Status.BEZOCHT)]

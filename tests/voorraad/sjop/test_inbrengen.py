"""Taking in, checking and letting go; and everything through the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Sum

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from tests.factories.sjop import aangevraagd, categorie, ingebracht, pas, sjopgebied
from voorraad.models import Inbreng, Mutatie, Stand
from voorraad.selectors import standen_kloppen
from voorraad.services import sjop
from voorraad.sjopfouten import AlNagekeken, ControleNietAf

pytestmark = pytest.mark.django_db


def ligt(inbreng, plek: str) -> int:
    som = Stand.objects.filter(partij=inbreng.partij_id, locatie__code=plek).aggregate(som=Sum("aantal"))["som"]
    return som or 0


def test_a_common_item_goes_straight_to_the_shelf_with_a_label():
    inbreng = ingebracht(sjopgebied(), "rompers", maat="62", aantal=5)
    assert (inbreng.status, ligt(inbreng, "sjop"), inbreng.donor) == ("vrij", 5, "")
    assert inbreng.partij.code.startswith("S-")
    (regel,) = Mutatie.objects.filter(partij=inbreng.partij)
    assert (regel.soort, regel.van.soort, regel.naar.code, regel.aantal) == ("ontvangst", "leverancier", "sjop", 5)
    assert standen_kloppen() == []


def test_what_needs_a_check_waits_apart_and_only_a_whole_check_lets_it_go():
    gebied = sjopgebied()
    inbreng = ingebracht(gebied, "speeltjes", vrij=False)
    assert (inbreng.status, ligt(inbreng, "sjop-quarantaine"), ligt(inbreng, "sjop")) == ("quarantaine", 1, 0)
    punten = inbreng.categorie.checklist
    with pytest.raises(ControleNietAf):
        sjop.inbreng_goedkeuren(inbreng_id=inbreng.pk, afgevinkt=punten[:-1], door=None, nu=clock.nu())
    sjop.inbreng_goedkeuren(inbreng_id=inbreng.pk, afgevinkt=punten, door=None, nu=clock.nu())
    inbreng.refresh_from_db()
    assert (inbreng.status, ligt(inbreng, "sjop-quarantaine"), ligt(inbreng, "sjop")) == ("vrij", 0, 1)
    with pytest.raises(AlNagekeken):
        sjop.inbreng_goedkeuren(inbreng_id=inbreng.pk, afgevinkt=punten, door=None, nu=clock.nu())


def test_rejected_at_the_counter_is_waste_with_its_reason():
    inbreng = ingebracht(sjopgebied(), "kleding", staat="afgekeurd", maat="", seizoen="", afkeurreden="vuil", aantal=3)
    assert (inbreng.status, ligt(inbreng, "sjop-quarantaine")) == ("afgekeurd", 0)
    assert list(Mutatie.objects.filter(partij=inbreng.partij, soort="afkeur").values_list("aantal", "reden")) == [
        (3, "vuil")
    ]


@pytest.mark.parametrize(
    ("code", "goed", "velden"),
    [
        ("kleding", {"maat": "", "aantal": 0}, {"maat", "aantal"}),
        ("rompers", {"staat": "D", "maat": "62"}, {"staat"}),
        ("rompers", {"seizoen": "lente", "maat": "62"}, {"seizoen"}),
        ("rompers", {"staat": "afgekeurd"}, {"afkeurreden"}),
        ("rompers", {"maat": "62", "afkeurreden": "vuil"}, {"afkeurreden"}),
        ("rompers", {"maat": "62", "aantal": 201}, {"aantal"}),
        ("kinderwagen", {}, {"merk", "model"}),
        ("kinderwagen", {"merk": "Voorbeeldmerk", "model": "Rol", "aantal": 2}, {"aantal"}),
        ("voeding", {"ongeopend": True}, {"houdbaarTot"}),
    ],
)
def test_what_does_not_fit_is_named_all_at_once(code, goed, velden):
    gebied = sjopgebied()
    with pytest.raises(Ongeldig) as fout:
        sjop.inbreng_boeken(
            categorie=categorie(gebied, code), goed=sjop.Goed(**{"staat": "B", **goed}), door=None, nu=clock.nu()
        )
    assert {naam for naam, _code, _reden in fout.value.fouten} == velden
    assert not Inbreng.objects.exists()


def test_the_same_form_sent_twice_is_one_item():
    gebied = sjopgebied()
    velden = {"categorie": categorie(gebied), "goed": sjop.Goed(staat="A", maat="62"), "door": None, "nu": clock.nu()}
    een, twee = (sjop.inbreng_boeken(**velden, sleutel="formulier-1") for _keer in range(2))
    assert een.pk == twee.pk
    assert Inbreng.objects.count() == Mutatie.objects.count() == 1


def test_part_of_a_bundle_thrown_away_leaves_the_rest():
    inbreng = ingebracht(sjopgebied(), aantal=5)
    sjop.inbreng_afkeuren(inbreng_id=inbreng.pk, reden="kapot", aantal=2, door=None, nu=clock.nu())
    inbreng.refresh_from_db()
    assert (inbreng.status, ligt(inbreng, "sjop")) == ("vrij", 3)
    with pytest.raises(Ongeldig):
        sjop.inbreng_afkeuren(inbreng_id=inbreng.pk, reden="kapot", aantal=4, door=None, nu=clock.nu())
    sjop.inbreng_afkeuren(inbreng_id=inbreng.pk, reden="vuil", door=None, nu=clock.nu())
    inbreng.refresh_from_db()
    assert (inbreng.status, inbreng.afkeurreden, ligt(inbreng, "sjop")) == ("afgekeurd", "vuil", 0)
    with pytest.raises(AlNagekeken):
        sjop.inbreng_afkeuren(inbreng_id=inbreng.pk, reden="vuil", door=None, nu=clock.nu())
    assert standen_kloppen() == []


def test_throwing_away_what_was_promised_puts_the_request_back_in_the_row():
    gebied = sjopgebied()
    inbreng = ingebracht(gebied)
    aanvraag = aangevraagd(pas(gebied), maat="62")
    assert aanvraag.status == "toegezegd"
    sjop.inbreng_afkeuren(inbreng_id=inbreng.pk, reden="kapot", door=None, nu=clock.nu())
    aanvraag.refresh_from_db()
    assert (aanvraag.status, aanvraag.inbreng) == ("wacht", None)
    assert standen_kloppen() == []


def test_a_slip_of_the_finger_is_undone_in_the_ledger_also_when_it_was_promised_at_once():
    gebied = sjopgebied()
    aanvraag = aangevraagd(pas(gebied), maat="62")
    inbreng = ingebracht(gebied, maat="62")
    aanvraag.refresh_from_db()
    assert aanvraag.inbreng == inbreng
    sjop.inbreng_terugdraaien(inbreng_id=inbreng.pk, door=None, nu=clock.nu())
    inbreng.refresh_from_db()
    aanvraag.refresh_from_db()
    assert (inbreng.status, ligt(inbreng, "sjop"), aanvraag.status) == ("afgekeurd", 0, "wacht")
    with pytest.raises(AlNagekeken):
        sjop.inbreng_terugdraaien(inbreng_id=inbreng.pk, door=None, nu=clock.nu())
    assert standen_kloppen() == []


def test_the_name_of_a_giver_is_erased_after_a_month():
    gebied = sjopgebied()
    nu = clock.nu()
    oud, nieuw = (
        ingebracht(gebied, donor="T. Voorbeeld", nu=nu - timedelta(days=31)),
        ingebracht(gebied, donor="G. Voorbeeld"),
    )
    assert sjop.donors_vergeten(gebied=gebied, nu=nu) == 1
    oud.refresh_from_db()
    nieuw.refresh_from_db()
    assert (oud.donor, nieuw.donor) == ("", "G. Voorbeeld")

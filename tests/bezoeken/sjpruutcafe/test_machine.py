"""A café against a plain model: sign up, sign off, offer, take, expire, move, grow, stop, in any order.

The model is a list in the order of coming and knows no locks, rows or messages; after each step both must agree.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bezoeken.kraambezoek.services.sluiten import gezin_stoppen
from bezoeken.models import Cafeaanmelding
from bezoeken.sjpruutcafe.services.aanmelden import aanbod_aannemen, aanmelden, afmelden
from bezoeken.sjpruutcafe.services.bewaken import cafes_bewaken
from bezoeken.sjpruutcafe.services.plannen import cafe_wijzigen
from notifications.models import Bericht
from ooievaar.kalender import AMSTERDAM, Uren, is_stil, volgende_verzendmoment
from ooievaar.platform.errors import Geweigerd
from tests.factories import GebiedFactory, SjpruutcafeFactory, cafegezin

BEGIN = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)
GEZINNEN = 7


class Model:
    """What the list should be: per family its state, people, number and, with an offer, until when."""

    def __init__(self, volwassenen: int, kinderen: int, begint: datetime) -> None:
        self.plekken = [volwassenen, kinderen]
        self.begint = begint
        self.rij: dict[int, dict] = {}
        self.nummer = 0

    def vrij(self) -> list[int]:
        bezet = [r for r in self.rij.values() if r["stand"] in ("aangemeld", "aangeboden")]
        return [plek - sum(r["mensen"][n] for r in bezet) for n, plek in enumerate(self.plekken)]

    @staticmethod
    def past(mensen, vrij) -> bool:
        return all(m <= v for m, v in zip(mensen, vrij, strict=True))

    def wachtenden(self) -> list[int]:
        wacht = [(r["nummer"], g) for g, r in self.rij.items() if r["stand"] == "wachtlijst"]
        return [g for _nummer, g in sorted(wacht)]

    def verloop(self, nu) -> None:
        for r in self.rij.values():
            if r["stand"] == "aangeboden" and r["tot"] <= nu:
                r.update(stand="verlopen", tot=None)

    def aanmelden(self, gezin, mensen, nu) -> None:
        self.verloop(nu)
        if self.rij.get(gezin, {}).get("stand") in ("aangemeld", "wachtlijst", "aangeboden"):
            return
        if not self.past(mensen, self.plekken):
            return
        vrij = self.vrij()
        for ander in self.wachtenden():  # who waits and fits goes first, offered or not yet
            if self.past(self.rij[ander]["mensen"], vrij):
                vrij = [v - m for v, m in zip(vrij, self.rij[ander]["mensen"], strict=True)]
        self.nummer += 1
        stand = "aangemeld" if self.past(mensen, vrij) else "wachtlijst"
        self.rij[gezin] = {"stand": stand, "mensen": mensen, "nummer": self.nummer, "tot": None}

    def afmelden(self, gezin, nu) -> None:
        self.verloop(nu)
        if self.rij.get(gezin, {}).get("stand") in ("aangemeld", "wachtlijst", "aangeboden"):
            self.rij[gezin].update(stand="afgemeld", tot=None)

    def aannemen(self, gezin, nu) -> None:
        self.verloop(nu)
        if self.rij.get(gezin, {}).get("stand") == "aangeboden":
            self.rij[gezin].update(stand="aangemeld", tot=None)

    def veeg(self, nu) -> None:
        self.verloop(nu)
        moment = volgende_verzendmoment(nu, Uren(), is_stil)
        if moment >= self.begint:
            return
        for gezin in self.wachtenden():
            if self.past(self.rij[gezin]["mensen"], self.vrij()):
                self.rij[gezin].update(stand="aangeboden", tot=min(moment + timedelta(hours=24), self.begint))

    def wijzig(self, plekken, begint, nu) -> bool:
        """Whether it may be done: never fewer places than people who have one."""
        self.verloop(nu)
        oud = self.plekken
        self.plekken = plekken
        if min(self.vrij()) < 0:
            self.plekken = oud
            return False
        self.begint = begint
        for r in self.rij.values():
            if r["tot"] is not None:
                r["tot"] = min(r["tot"], begint)
        return True


class Cafelijst(RuleBasedStateMachine):
    gezinnen = Bundle("gezinnen")

    def __init__(self) -> None:
        super().__init__()
        self.punt = transaction.atomic()
        self.punt.__enter__()
        self.nu = BEGIN
        gebied = GebiedFactory()
        self.cafe = SjpruutcafeFactory(
            gebied=gebied, dag=BEGIN.date() + timedelta(days=10), capaciteit_volwassenen=3, capaciteit_kinderen=4
        )
        self.gezin = [cafegezin(gebied=gebied) for _ in range(GEZINNEN)]
        self.gestopt: set[int] = set()
        self.model = Model(3, 4, self.cafe.begin)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.punt.__exit__(None, None, None)

    def probeer(self, actie, **rest) -> bool:
        try:
            actie(cafe_id=self.cafe.pk, nu=self.nu, **rest)
        except Geweigerd:
            return False
        return True

    @rule(wie=st.integers(0, GEZINNEN - 1), volwassenen=st.integers(1, 4), kinderen=st.integers(0, 4))
    def meldt_aan(self, wie, volwassenen, kinderen):
        if self.probeer(aanmelden, gezin_id=self.gezin[wie].pk, volwassenen=volwassenen, kinderen=kinderen, via="link"):
            assert wie not in self.gestopt
        if wie not in self.gestopt:
            self.model.aanmelden(wie, (volwassenen, kinderen), self.nu)

    @rule(wie=st.integers(0, GEZINNEN - 1))
    def meldt_af(self, wie):
        self.probeer(afmelden, gezin_id=self.gezin[wie].pk)
        self.model.afmelden(wie, self.nu)

    @rule(wie=st.integers(0, GEZINNEN - 1))
    def zegt_ja(self, wie):
        self.probeer(aanbod_aannemen, gezin_id=self.gezin[wie].pk)
        if wie not in self.gestopt:
            self.model.aannemen(wie, self.nu)

    @rule(uren=st.sampled_from([1, 5, 12, 23, 24]))
    def later(self, uren):
        if self.nu + timedelta(hours=uren) < self.model.begint:
            self.nu += timedelta(hours=uren)

    @rule()
    def veegt(self):
        cafes_bewaken(nu=self.nu)
        self.model.veeg(self.nu)

    @rule(volwassenen=st.integers(1, 6), kinderen=st.integers(0, 6))
    def andere_zaal(self, volwassenen, kinderen):
        gegevens = {"capaciteit_volwassenen": volwassenen, "capaciteit_kinderen": kinderen}
        gelukt = self.probeer(cafe_wijzigen, gegevens=gegevens)
        assert gelukt == self.model.wijzig([volwassenen, kinderen], self.model.begint, self.nu)

    @rule(dagen=st.integers(-1, 2))
    def verplaatst(self, dagen):
        dag = self.model.begint.astimezone(AMSTERDAM).date() + timedelta(days=dagen)
        begint = datetime(dag.year, dag.month, dag.day, 10, tzinfo=AMSTERDAM)
        if begint > self.nu:
            assert self.probeer(cafe_wijzigen, gegevens={"dag": dag})
            assert self.model.wijzig(self.model.plekken, begint, self.nu)

    @rule(wie=st.integers(0, GEZINNEN - 1))
    def wil_geen_contact(self, wie):
        if len(self.gestopt) < 2:
            gezin_stoppen(gezin_id=self.gezin[wie].pk, reden="ingetrokken", nu=self.nu)
            self.gestopt.add(wie)
            rij = self.model.rij.get(wie)
            # A stop ends what is active, also an offer of which the time is over and that nobody looked at yet.
            if rij and rij["stand"] in ("aangemeld", "wachtlijst", "aangeboden"):
                rij.update(stand="afgemeld", tot=None)

    @invariant()
    def zij_zijn_het_eens(self):
        nummers = {gezin.pk: n for n, gezin in enumerate(self.gezin)}
        echt = {
            nummers[r.gezin_id]: (r.status, (r.volwassenen, r.kinderen), r.aangeboden_tot)
            for r in Cafeaanmelding.objects.filter(cafe=self.cafe)
        }
        assert echt == {g: (r["stand"], r["mensen"], r["tot"]) for g, r in self.model.rij.items()}
        volgorde = [nummers[r.gezin_id] for r in Cafeaanmelding.objects.filter(cafe=self.cafe, status="wachtlijst")]
        assert volgorde == self.model.wachtenden()
        assert min(self.model.vrij()) >= 0

    @invariant()
    def wie_gestopt_is_hoort_niets(self):
        for wie in self.gestopt:
            assert not Bericht.objects.filter(gezin=self.gezin[wie], status="gepland").exists()


@pytest.mark.django_db
def test_the_list_of_a_café_does_what_the_plain_model_does():
    run_state_machine_as_test(
        Cafelijst,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )

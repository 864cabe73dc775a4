"""A Hypothesis state machine over loan and return, against a plain dictionary of where every piece is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ooievaar.platform.errors import Fout
from tests.factories.sjop import ingebracht, pas, sjopgebied
from voorraad.models import Bruikleen, Inbreng, Sjopinstelling, Stand
from voorraad.selectors import standen_kloppen
from voorraad.services import sjop

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 24, 9, tzinfo=UTC)
STUK = st.integers(min_value=0, max_value=2)
PAS = st.integers(min_value=0, max_value=1)


class Leningen(RuleBasedStateMachine):
    """Three chairs and two families of at most two loans. `waar`: schap, apart, weg, or (family, extensions, lost)."""

    @initialize()
    def begin(self) -> None:
        gebied = sjopgebied()
        Sjopinstelling.objects.filter(gebied=gebied).update(leningen=2)
        self.stukken = [ingebracht(gebied, "kinderstoel", nu=NU) for _nummer in range(3)]
        self.passen = [pas(gebied, nu=NU) for _nummer in range(2)]
        self.waar: list[Any] = ["schap"] * 3
        self.nu = NU

    def probeer(self, doe: Any, mag: bool) -> bool:
        """Do it; it succeeds exactly when the dictionary says so. Every act has a moment of its own."""
        self.nu += timedelta(seconds=1)
        try:
            doe()
        except Fout:
            assert not mag
            return False
        assert mag
        return True

    def laatste(self, stuk: int) -> Any:
        return Bruikleen.objects.filter(inbreng=self.stukken[stuk]).order_by("-uitgifte__op").first()

    @rule(stuk=STUK, wie=PAS)
    def leen(self, stuk: int, wie: int) -> None:
        heeft = sum(1 for w in self.waar if isinstance(w, tuple) and w[0] == wie and not w[2])
        keuzes = [sjop.Keuze(self.stukken[stuk].pk)]
        mag = self.waar[stuk] == "schap" and heeft < 2
        if self.probeer(lambda: sjop.uitgeven(pas_id=self.passen[wie].pk, keuzes=keuzes, door=None, nu=self.nu), mag):
            self.waar[stuk] = (wie, 0, False)

    @precondition(lambda self: any(isinstance(w, tuple) for w in self.waar))
    @rule(stuk=STUK)
    def verleng(self, stuk: int) -> None:
        if (lening := self.laatste(stuk)) is None:
            return
        w = self.waar[stuk]
        mag = isinstance(w, tuple) and not w[2] and w[1] < 2
        if self.probeer(lambda: sjop.bruikleen_verlengen(bruikleen_id=lening.pk, nu=self.nu), mag):
            self.waar[stuk] = (w[0], w[1] + 1, False)

    @rule(stuk=STUK)
    def kwijt(self, stuk: int) -> None:
        if (lening := self.laatste(stuk)) is None:
            return
        w = self.waar[stuk]
        mag = isinstance(w, tuple) and not w[2]
        if self.probeer(lambda: sjop.bruikleen_verloren(bruikleen_id=lening.pk, nu=self.nu), mag):
            self.waar[stuk] = (w[0], w[1], True)

    @rule(stuk=STUK, kapot=st.booleans())
    def terug(self, stuk: int, kapot: bool) -> None:
        if (lening := self.laatste(stuk)) is None:
            return
        reden = "kapot" if kapot else ""
        mag = isinstance(self.waar[stuk], tuple)
        if self.probeer(
            lambda: sjop.bruikleen_terugnemen(bruikleen_id=lening.pk, door=None, nu=self.nu, afkeurreden=reden), mag
        ):
            self.waar[stuk] = "weg" if kapot else "apart"

    @rule(stuk=STUK)
    def kijk_na(self, stuk: int) -> None:
        punten = self.stukken[stuk].categorie.checklist
        if self.probeer(
            lambda: sjop.inbreng_goedkeuren(inbreng_id=self.stukken[stuk].pk, afgevinkt=punten, door=None, nu=self.nu),
            self.waar[stuk] == "apart",
        ):
            self.waar[stuk] = "schap"

    @rule(stuk=STUK)
    def gooi_weg(self, stuk: int) -> None:
        if self.probeer(
            lambda: sjop.inbreng_afkeuren(inbreng_id=self.stukken[stuk].pk, reden="vuil", door=None, nu=self.nu),
            self.waar[stuk] in ("schap", "apart"),
        ):
            self.waar[stuk] = "weg"

    @rule(uren=st.integers(min_value=1, max_value=48))
    def tijd_gaat_voorbij(self, uren: int) -> None:
        self.nu += timedelta(hours=uren)

    @invariant()
    def de_boeken_kloppen(self) -> None:
        if not hasattr(self, "waar"):
            return
        for stuk, w in zip(self.stukken, self.waar, strict=True):
            ligt = {s.locatie.code: s.aantal for s in Stand.objects.filter(partij=stuk.partij, aantal__gt=0)}
            assert ligt == {"schap": {"sjop": 1}, "apart": {"sjop-quarantaine": 1}}.get(
                w if isinstance(w, str) else "", {}
            )
            status = Inbreng.objects.values_list("status", flat=True).get(pk=stuk.pk)
            verwacht = {"apart": "quarantaine", "weg": "afgekeurd"}.get(w if isinstance(w, str) else "", "vrij")
            assert status == verwacht
            open_ = Bruikleen.objects.filter(inbreng=stuk, status="uitgeleend").count()
            assert open_ == (1 if isinstance(w, tuple) and not w[2] else 0)
        assert standen_kloppen() == []


class LeningenTest(Leningen.TestCase, TestCase):  # type: ignore[misc,name-defined]
    """Each example in a transaction of its own."""


LeningenTest.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)

"""Issue B, machine (a): phones that stutter beside coordinators who reassign, stop and restore.

Two volunteers log about the same visits. Batches are cut, doubled, shuffled, lost on the way back, replayed after 60
days and sent twice at once in threads, while visits change hands, families stop, a child dies and both are taken back.
After each step: what was acknowledged is there (R1), once (R2), no bad one blocked another (R3), balances equal their
ledger (R4, R10), and nothing is sent to, or kept on a phone about, a family that stopped (R7).
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bezoeken.kraambezoek.services.sluiten import bezoek_sluiten, gezin_stoppen, overlijden_melden
from bezoeken.models import Bezoek, Handeling, Poging
from bezoeken.toestand import Afsluitreden
from bezoeken.toewijzing.services import toewijzen, toewijzing_intrekken
from notifications.models import Bericht
from notifications.services import verzend
from ooievaar.models import Contactpersoon, Gezin
from ooievaar.platform import clock
from ooievaar.platform.errors import Geweigerd
from tests.bezoeken.telefoon.conftest import kinderen_van
from tests.factories.notifications import BerichtFactory
from voorraad.models import Mutatie
from voorraad.selectors import standen_kloppen

GEHOORD = {"toegepast", "alToegepast", "geparkeerd"}
WELK = st.integers(0, 2)
WIE = st.integers(0, 1)
SOORTEN = [
    "aanvaarding", "afwijzing", "poging", "poging", "afspraak", "afronding", "afronding", "weigering", "overlijden",
    "doorverwijzing", "onzin",
]  # fmt: skip


class Machine(RuleBasedStateMachine):
    veld = None

    def __init__(self) -> None:
        super().__init__()
        self.v = v = type(self).veld(dozen=4)
        self.moeders = [v.moeder, v.andere_moeder]
        self.telefoons = [v.telefoon, v.andere_telefoon]
        self.gebruikers = [v.zij, v.ander]
        self.bezoeken = [v.bezoek(kinderen=nummer % 2 + 1) for nummer in range(3)]
        Contactpersoon.objects.filter(gezin__gebied=v.gebied).update(emailadres="gezin@example.org")
        self.wachtrij: list[list[dict]] = [[], []]
        # What was acknowledged: (who, id of the phone) -> the Handeling and the last verdict.
        self.gehoord: dict[tuple[int, str], tuple[dict, str]] = {}
        self.tik = 0

    # What volunteers do -------------------------------------------------------------------------------------------

    @rule(wie=WIE, welk=WELK, soort=st.sampled_from(SOORTEN), keuze=st.booleans())
    def log(self, wie: int, welk: int, soort: str, keuze: bool) -> None:
        t, bezoek = self.telefoons[wie], self.bezoeken[welk]
        self.tik += 1
        moment = clock.nu() - timedelta(days=2) + timedelta(seconds=self.tik)
        match soort:
            case "afwijzing":
                h = t.handeling(soort, bezoek, {"reden": "ziek"})
            case "poging":
                h = t.poging(bezoek, moment=moment)
            case "afspraak":
                begin = (clock.nu() + timedelta(days=self.tik)).replace(hour=11)
                h = t.handeling(soort, bezoek, {"begin": begin.isoformat(), "toch": True})
            case "afronding":
                h = t.afronding(bezoek, vorm="huisbezoek" if keuze else "aanDeDeur", bezochtOp=moment.isoformat())
            case "weigering":
                h = t.handeling(soort, bezoek, {"alles": keuze})
            case "overlijden":
                h = t.handeling(soort, None, {"pasgeborene": str(kinderen_van(bezoek)[0])})
            case "onzin":
                h = t.handeling("poging", bezoek, {"moment": "ooit"})
            case _:
                h = t.handeling(soort, bezoek)
        self.wachtrij[wie].append(h)

    @rule(wie=WIE, zaad=st.integers(0, 2**16), kwijt=st.booleans(), tweemaal=st.booleans())
    def stuur(self, wie: int, zaad: int, kwijt: bool, tweemaal: bool) -> None:
        """Part of the queue and some that were sent before, in any order, some doubled; the answer may be lost."""
        kans = random.Random(zaad)
        oud = [h for (van, _id), (h, _status) in self.gehoord.items() if van == wie]
        batch = [h for h in self.wachtrij[wie] if kans.random() < 0.7]
        batch += kans.sample(oud, min(len(oud), 2)) + [h for h in batch if kans.random() < 0.2]
        kans.shuffle(batch)
        if not batch:
            return
        antwoorden = self._tegelijk(wie, batch) if tweemaal else [self._post(wie, batch)]
        for antwoord in antwoorden[: 0 if kwijt else None]:
            self._hoor(wie, batch, antwoord)
        if tweemaal:
            eerste = Counter(oordeel for antwoord in antwoorden for oordeel in antwoord if oordeel[1] == "toegepast")
            assert set(eerste.values()) <= {1}, "applied twice"

    @rule(wie=WIE)
    def speel_alles_na_zestig_dagen_weer_af(self, wie: int) -> None:
        oud = [h for (van, _id), (h, _status) in self.gehoord.items() if van == wie][:200]
        if not oud:
            return
        with time_machine.travel(clock.nu() + timedelta(days=60), tick=True):
            oordelen = self._post(wie, oud)
        assert "toegepast" not in {status for _id, status, _code in oordelen}
        anders = [{**h, "moment": "2026-01-01T00:00:00Z"} for h in oud]
        assert {code for _id, _status, code in self._post(wie, anders)} == {"andereInhoud"}

    def _post(self, wie: int, batch: list[dict]) -> list[tuple[str, str, str | None]]:
        antwoord = self.telefoons[wie].stuur(*batch)
        assert antwoord.status_code == 200, antwoord.content
        resultaten = antwoord.json()["resultaten"]
        assert [r["id"] for r in resultaten] == [h["id"] for h in batch]
        return [(r["id"], r["status"], r.get("code")) for r in resultaten]

    def _tegelijk(self, wie: int, batch: list[dict]) -> list[list]:
        antwoorden: list[list] = []
        start = threading.Barrier(2)

        def doe() -> None:
            try:
                start.wait()
                antwoorden.append(self._post(wie, batch))
            finally:
                connection.close()

        draden = [threading.Thread(target=doe) for _keer in range(2)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        assert len(antwoorden) == 2, "one of two copies got no answer"
        return antwoorden

    def _hoor(self, wie: int, batch: list[dict], oordelen: list) -> None:
        for h, (id_, status, code) in zip(batch, oordelen, strict=True):
            if status in GEHOORD:
                self.gehoord[wie, id_] = (h, status)
            elif (wie, id_) in self.gehoord:
                assert code == "verworpen", "what was acknowledged was refused afterwards"
        klaar = {id_ for id_, status, _code in oordelen if status in GEHOORD}
        self.wachtrij[wie] = [h for h in self.wachtrij[wie] if h["id"] not in klaar]

    # What coordinators and families do ----------------------------------------------------------------------------

    @rule(welk=WELK, wie=WIE)
    def geef(self, welk: int, wie: int) -> None:
        self._probeer(
            toewijzen,
            bezoek_id=self.bezoeken[welk].pk,
            ooievaarsmoeder_id=self.moeders[wie].pk,
            door=None,
            nu=clock.nu(),
        )

    @rule(welk=WELK)
    def neem_terug(self, welk: int) -> None:
        self._probeer(toewijzing_intrekken, bezoek_id=self.bezoeken[welk].pk, nu=clock.nu())

    @rule(welk=WELK)
    def sluit(self, welk: int) -> None:
        self._probeer(bezoek_sluiten, bezoek_id=self.bezoeken[welk].pk, reden=Afsluitreden.NIET_BEREIKT, nu=clock.nu())

    @rule(welk=WELK)
    def gezin_wil_niet_meer(self, welk: int) -> None:
        gezin_stoppen(gezin_id=self.bezoeken[welk].gezin_id, reden="ingetrokken", nu=clock.nu())

    @rule(welk=WELK)
    def kind_overleden(self, welk: int) -> None:
        overlijden_melden(pasgeborene_id=kinderen_van(self.bezoeken[welk])[0], nu=clock.nu())

    @rule(welk=WELK)
    def herstel(self, welk: int) -> None:
        bezoek = self.bezoeken[welk]
        body = {"reden": "Vergissing", "bevestigd": True}
        paden = [
            ("delete", f"gezinnen/{bezoek.gezin_id}/contactstop"),
            ("post", f"pasgeborenen/{kinderen_van(bezoek)[0]}/herstel"),
            ("post", f"bezoeken/{bezoek.pk}/herstel"),
        ]
        for methode, pad in paden:
            inhoud = {"reden": "Vergissing"} if methode == "delete" else body
            antwoord = getattr(self.v.coordinator, methode)(f"/api/v1/{pad}", inhoud, format="json")
            assert antwoord.status_code in (200, 204, 409), antwoord.content

    @rule(toepassen=st.booleans())
    def besluit(self, toepassen: bool) -> None:
        rijen = self.v.coordinator.get("/api/v1/geparkeerde-handelingen").json()["results"]
        if rijen:
            body = {"besluit": "toepassen" if toepassen else "verwerpen", "reden": "Bekeken"}
            pad = f"/api/v1/geparkeerde-handelingen/{rijen[0]['id']}/besluit"
            assert self.v.coordinator.post(pad, body, format="json").status_code in (200, 409)

    @rule(welk=WELK)
    def bericht(self, welk: int) -> None:
        """The sweep plans a message; not for a family that stopped."""
        gezin = Gezin.objects.get(pk=self.bezoeken[welk].gezin_id)
        if not (gezin.contactstop_reden or gezin.stil_sinds):
            BerichtFactory(gezin=gezin, aanleiding=f"bezoek:{self.bezoeken[welk].pk}", sleutel=str(uuid4()))

    @rule()
    def verzend(self) -> None:
        verzend(nu=clock.nu())

    @staticmethod
    def _probeer(dienst, **velden) -> None:
        try:
            dienst(**velden)
        except Geweigerd:
            pass  # a rule objects; that is not what is tested here

    # What is always true ------------------------------------------------------------------------------------------

    @invariant()
    def wat_gehoord_is_staat_er(self) -> None:
        for wie, gebruiker in enumerate(self.gebruikers):
            er = set(Handeling.objects.filter(gebruiker=gebruiker).values_list("handeling", flat=True))
            gehoord = {UUID(id_) for van, id_ in self.gehoord if van == wie}
            assert gehoord <= er

    @invariant()
    def en_niets_is_tweemaal_gedaan(self) -> None:
        hier = Handeling.objects.filter(gebied=self.v.gebied, soort="poging", status="toegepast")
        assert Poging.objects.filter(bezoek__in=self.bezoeken).count() == hier.count()
        boxen = Mutatie.objects.filter(soort="uitgifte", artikel__gebied=self.v.gebied, teruggedraaid_door=None)
        per_kind = Counter(sleutel.partition("#")[0] for sleutel in boxen.values_list("sleutel", flat=True))
        assert set(per_kind.values()) <= {1}

    @invariant()
    def de_boeken_kloppen(self) -> None:
        assert standen_kloppen() == []

    @invariant()
    def na_een_stop_blijft_alles_stil(self) -> None:
        for gezin in Gezin.objects.filter(pk__in=[b.gezin_id for b in self.bezoeken]):
            sinds = gezin.contactstop_op or gezin.stil_sinds
            if sinds is None:
                continue
            berichten = Bericht.objects.filter(gezin=gezin)
            assert not berichten.filter(status__in=["gepland", "bezig"]).exists()
            assert not berichten.filter(verzonden_op__gt=sinds).exists()
            assert not Bezoek.objects.filter(gezin=gezin, status__in=["open", "toegewezen", "gepland"]).exists()

    @invariant()
    def een_telefoon_heeft_alleen_wat_van_haar_is(self) -> None:
        for moeder, telefoon in zip(self.moeders, self.telefoons, strict=True):
            mag = Bezoek.objects.filter(ooievaarsmoeder=moeder, aanvaard_op__isnull=False).exclude(
                afsluitreden="vervallen"
            )
            mag = mag.filter(gezin__contactstop_reden="", gezin__stil_sinds=None)
            inhoud = telefoon.haal()
            assert {g["id"] for g in inhoud["gezinnen"]} == {str(pk) for pk in mag.values_list("gezin_id", flat=True)}
            bewaard = {rij["id"] for deel in ("bezoeken", "gezinnen", "pasgeborenen") for rij in inhoud[deel]}
            assert not bewaard & {weg["id"] for weg in inhoud["verwijderd"]}


@pytest.mark.django_db(transaction=True)
def test_phones_coordinators_and_families_at_once(veld):
    Machine.veld = staticmethod(veld)
    zonder = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    hoe = settings(max_examples=10, stateful_step_count=20, suppress_health_check=zonder)
    run_state_machine_as_test(Machine, settings=hoe)

"""The intake under random near-doubles in random order: one by one, in files, judged, merged, taken back and stopped.

Whatever the order: no birth is lost, every row is accounted for, the same file adds nothing, a merge can be taken back,
and a notice never reopens what was closed or stopped (domain.md, rule 1; issue B, state machine b).
"""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bezoeken.intake.fouten import AlBeoordeeld, GezinGestopt, NietSamengevoegd
from bezoeken.intake.services.besluiten import besluit_herstellen, melding_beoordelen
from bezoeken.kraambezoek.fouten import Afgesloten, Bezocht
from bezoeken.kraambezoek.selectors import LOPEND
from bezoeken.kraambezoek.services.sluiten import bezoek_sluiten, gezin_stoppen, overlijden_melden
from bezoeken.models import Bezoek, Bezoekkind, Geboortemelding
from bezoeken.toestand import Afsluitreden
from ooievaar.models import Contactpersoon, Gezin, Pasgeborene
from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from tests.bezoeken.intake.hulp import gebied_met_adressen
from tests.bezoeken.intake.test_gelijktijdig import ontvang, tegelijk
from tests.bezoeken.intake.test_importeren import als_csv, lees_in, rij
from tests.factories import gebruiker_met_rol

# One small world, so that nearly everything looks like something else.
KINDEREN = [("Sem", 10), ("Mila", 11), ("Séma", 10), ("", 10), ("Noor", 40), ("Noor", 100)]
NAMEN = ["de Vries-Voorbeeld", "DE VRIES VOORBEELD", "de Vriës-Voorbeeld", "Bakker"]
HUIZEN = [("12", "a", ""), ("12", "", "-A"), ("12", "", ""), ("30", "", ""), ("99", "", "")]
CONTACT = ["", "0612345678", "+31 6 12345678", "12345"]
EMAIL = ["", "Iemand@Voorbeeld.nl"]
notitie = st.fixed_dictionaries(
    {
        "bron": st.sampled_from(["gemeente", "jgz", "zelfaanmelding"]),
        "kenmerk": st.sampled_from(["A", "B", "C"]),
        "kind": st.sampled_from(KINDEREN),
        "achternaam": st.sampled_from(NAMEN),
        "huis": st.sampled_from(HUIZEN),
        "telefoonnummer": st.sampled_from(CONTACT),
        "emailadres": st.sampled_from(EMAIL),
        "geheim": st.sampled_from(["nee", "nee", "nee", "nee", "ja"]),
        "fout": st.sampled_from([False, False, False, True]),
    }
)


def als_rij(n: dict) -> dict:
    """The notice as a row of a file; with `fout` its birth date does not exist."""
    voornaam, dagen = n["kind"]
    nummer, letter, toevoeging = n["huis"]
    dag = "31-02-2026" if n["fout"] else (clock.vandaag() - timedelta(days=dagen)).isoformat()
    return rij(
        1, bron=n["bron"], kenmerk=n["kenmerk"], geboortedatum=dag, voornaam=voornaam, achternaam=n["achternaam"],
        huisnummer=nummer, huisletter=letter, toevoeging=toevoeging, telefoonnummer=n["telefoonnummer"],
        emailadres=n["emailadres"], geheim=n["geheim"],
    )  # fmt: skip


def als_json(n: dict) -> dict:
    voornaam, dagen = n["kind"]
    nummer, letter, toevoeging = n["huis"]
    return {
        "bron": n["bron"], "dagen": dagen, "kind__voornaam": voornaam or None, "kind__achternaam": n["achternaam"],
        "contactpersoon__telefoonnummer": n["telefoonnummer"] if n["telefoonnummer"] != "12345" else None,
        "contactpersoon__emailadres": n["emailadres"] or None, "adres__huisnummer": int(nummer),
        "adres__huisletter": letter or None, "adres__toevoeging": toevoeging or None, "geheim": n["geheim"] == "ja",
    }  # fmt: skip


def stand() -> tuple:
    """Everything that a notice could have changed."""
    return tuple(
        sorted(model.objects.values_list(*velden), key=str)
        for model, velden in (
            (Gezin, ("pk", "postcode", "huisnummer", "huisletter", "toevoeging", "geheim", "contactstop_op")),
            (Contactpersoon, ("pk", "naam", "telefoonnummer", "emailadres")),
            (Pasgeborene, ("pk", "gezin", "voornaam", "achternaam", "geboortedatum", "status")),
            (Bezoek, ("pk", "gezin", "status", "afsluitreden", "geboortedatum", "venster_begin")),
            (Bezoekkind, ("bezoek", "pasgeborene", "telt_mee")),
        )
    )


def controleer() -> None:
    """What holds for every notice, child and visit, after anything."""
    for melding in Geboortemelding.objects.all():
        match melding.status:
            case "verwerkt":
                assert melding.pasgeborene_id
            case "teBeoordelen":
                assert melding.redenen
                assert melding.gegevens["bron"], "what a person must judge is kept"
            case "afgewezen":
                assert melding.redenen or melding.besluit == "afwijzen"
    assert not Pasgeborene.objects.exclude(
        pk__in=Geboortemelding.objects.filter(pasgeborene__isnull=False).values("pasgeborene")
    ).exists(), "every child comes from a notice"
    kinderen = Bezoekkind.objects.values_list("pasgeborene", flat=True)
    assert len(kinderen) == len(set(kinderen)), "one visit for each child"
    for bezoek in Bezoek.objects.all():
        assert bezoek.geboortedatum == min(bezoek.kinderen.values_list("geboortedatum", flat=True))


class Intake(RuleBasedStateMachine):
    """Notices come in and people judge them; `gestuurd` is what must be found back."""

    @initialize()
    def begin(self) -> None:
        self.punt = transaction.savepoint()
        self.gebied = gebied_met_adressen()
        self.door = gebruiker_met_rol("coordinator", gebied=self.gebied)
        self.gestuurd: set[tuple[str, str, str]] = set()
        self.bestanden: list[bytes] = []
        self.dicht: dict = {}
        self.gestopt: set = set()

    def teardown(self) -> None:
        if hasattr(self, "punt"):
            transaction.savepoint_rollback(self.punt)

    @rule(n=notitie)
    def een_melding(self, n: dict) -> None:
        melding, nieuw = ontvang(self.gebied, n["kenmerk"], **als_json(n))
        sleutel = (melding.bron, melding.kenmerk, melding.inhoud_hash)
        assert nieuw is (sleutel not in self.gestuurd)
        self.gestuurd.add(sleutel)
        weer, nog_eens_nieuw = ontvang(self.gebied, n["kenmerk"], **als_json(n))
        assert (weer.pk, nog_eens_nieuw) == (melding.pk, False)

    @rule(notities=st.lists(notitie, max_size=5), scheiding=st.sampled_from(";,"))
    def een_bestand(self, notities: list[dict], scheiding: str) -> None:
        inhoud = als_csv([als_rij(n) for n in notities], scheiding=scheiding)
        voor = Geboortemelding.objects.count()
        uit = lees_in(self.gebied, inhoud)
        assert uit.regels == len(notities)
        assert uit.regels_met_fout == sum(n["fout"] for n in notities) == len({f["regel"] for f in uit.fouten})
        assert uit.regels == uit.verwerkt + uit.bekend + uit.te_beoordelen + uit.afgewezen + uit.regels_met_fout
        assert Geboortemelding.objects.count() == voor + uit.verwerkt + uit.te_beoordelen + uit.afgewezen
        self.gestuurd |= set(Geboortemelding.objects.values_list("bron", "kenmerk", "inhoud_hash"))
        self.bestanden.append(inhoud)

    @rule(data=st.data())
    def hetzelfde_bestand(self, data) -> None:
        if self.bestanden:
            voor = stand()
            uit = lees_in(self.gebied, data.draw(st.sampled_from(self.bestanden)))
            assert (uit.verwerkt, uit.te_beoordelen, uit.afgewezen) == (0, 0, 0)
            assert uit.bekend == uit.regels - uit.regels_met_fout
            assert stand() == voor

    def _kies(self, data, **voorwaarden):
        rijen = list(Geboortemelding.objects.filter(**voorwaarden).order_by("bron", "kenmerk", "inhoud_hash"))
        return data.draw(st.sampled_from(rijen)) if rijen else None

    def _besluit(self, melding, besluit: str, **extra) -> bool:
        try:
            with transaction.atomic():
                melding_beoordelen(melding=melding, besluit=besluit, met=None, door=self.door, nu=clock.nu(), **extra)
        except (GezinGestopt, Ongeldig, AlBeoordeeld):
            return False
        return True

    @rule(
        data=st.data(),
        besluit=st.sampled_from(["aanvaarden", "aanvaarden", "samenvoegen", "afwijzen"]),
        koppelen=st.sampled_from([None, True, False]),
    )
    def iemand_besluit(self, data, besluit: str, koppelen: bool | None) -> None:
        melding = self._kies(data, status="teBeoordelen")
        if melding:
            self._besluit(melding, besluit, koppelen=koppelen)
            # A link that a person confirms may stop a family that was running.
            self.gestopt |= set(Gezin.objects.filter(contactstop_op__isnull=False).values_list("pk", flat=True))

    @rule(data=st.data(), besluit=st.sampled_from(["samenvoegen", "afwijzen"]))
    def een_besluit_en_terug(self, data, besluit: str) -> None:
        melding = self._kies(data, status="teBeoordelen", gegevens__geheim=False)
        if melding is None:
            return
        voor, redenen = stand(), set(melding.redenen)
        if self._besluit(melding, besluit):
            melding = Geboortemelding.objects.get(pk=melding.pk)
            besluit_herstellen(melding=melding, door=self.door, nu=clock.nu())
            assert stand() == voor, "what the decision did is undone"
            melding = Geboortemelding.objects.get(pk=melding.pk)
            assert melding.status == "teBeoordelen"
            assert redenen <= set(melding.redenen)

    @rule(data=st.data())
    def een_samenvoeging_terug(self, data) -> None:
        melding = self._kies(data, uitkomst="samengevoegd")
        if melding:
            try:
                besluit_herstellen(melding=melding, door=self.door, nu=clock.nu())
            except NietSamengevoegd:
                return
            assert Geboortemelding.objects.get(pk=melding.pk).status == "teBeoordelen"

    @rule(data=st.data(), reden=st.sampled_from(["nietBereikt", "verhuisd"]))
    def sluiten(self, data, reden: str) -> None:
        bezoeken = list(Bezoek.objects.order_by("geboortedatum", "gezin__huisnummer", "pk"))
        if bezoeken:
            try:
                bezoek_sluiten(
                    bezoek_id=data.draw(st.sampled_from(bezoeken)).pk, reden=Afsluitreden(reden), nu=clock.nu()
                )
            except (Afgesloten, Bezocht):
                pass

    @rule(data=st.data(), dood=st.booleans())
    def stoppen(self, data, dood: bool) -> None:
        kinderen = list(Pasgeborene.objects.order_by("geboortedatum", "achternaam", "pk"))
        if kinderen:
            kind = data.draw(st.sampled_from(kinderen))
            if dood:
                overlijden_melden(pasgeborene_id=kind.pk, nu=clock.nu())
            else:
                gezin_stoppen(gezin_id=kind.gezin_id, reden="geweigerd", nu=clock.nu())
                self.gestopt.add(kind.gezin_id)
            stil = Gezin.objects.filter(stil_sinds__isnull=False) | Gezin.objects.filter(contactstop_op__isnull=False)
            self.gestopt |= set(stil.values_list("pk", flat=True))

    @invariant()
    def alles_klopt(self) -> None:
        if not hasattr(self, "gebied"):
            return
        assert set(Geboortemelding.objects.values_list("bron", "kenmerk", "inhoud_hash")) == self.gestuurd
        controleer()
        nu = dict(Bezoek.objects.filter(status="afgesloten").values_list("pk", "afsluitreden"))
        assert self.dicht.items() <= nu.items(), "nothing that was closed is open again"
        self.dicht = nu
        open_bij_gestopt = Bezoek.objects.filter(gezin__in=self.gestopt, status__in=LOPEND)
        assert not open_bij_gestopt.exists(), "nothing runs at a stopped family"


@pytest.mark.slow
@pytest.mark.django_db
def test_the_intake_in_any_order():
    run_state_machine_as_test(
        Intake,
        settings=settings(
            max_examples=6, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("zaad", [1, 2])
def test_eight_at_once_with_notices_and_files_lose_and_double_nothing(zaad):
    """The same notices, each of them sent by somebody else too, at the same moment."""
    gebied = gebied_met_adressen()
    dobbel = random.Random(zaad)
    notities = [
        {
            "bron": dobbel.choice(["gemeente", "jgz"]), "kenmerk": f"{dobbel.choice('ABC')}{n % 3}",
            "kind": dobbel.choice(KINDEREN[:5]), "achternaam": dobbel.choice(NAMEN), "huis": dobbel.choice(HUIZEN),
            "telefoonnummer": dobbel.choice(CONTACT[:3]), "emailadres": dobbel.choice(EMAIL), "geheim": "nee",
            "fout": False,
        }
        for n in range(12)
    ]  # fmt: skip

    def stuur_los(volgorde):
        for n in volgorde:
            ontvang(gebied, n["kenmerk"], **als_json(n))

    def stuur_bestand(volgorde):
        return lees_in(gebied, als_csv([als_rij(n) for n in volgorde]))

    taken = []
    for nummer in range(8):
        volgorde = dobbel.sample(notities, len(notities))
        taken.append(lambda v=volgorde, f=stuur_bestand if nummer % 4 == 0 else stuur_los: f(v))
    uitslagen = tegelijk(taken)
    for uit in (u for u in uitslagen if u is not None):
        assert (uit.status, uit.regels, uit.regels_met_fout) == ("klaar", 12, 0)
    gezien = list(Geboortemelding.objects.values_list("bron", "kenmerk", "inhoud_hash"))
    assert len(gezien) == len(set(gezien))
    verwacht = {(n["bron"], n["kenmerk"]) for n in notities}
    assert {(bron, kenmerk) for bron, kenmerk, _hash in gezien} == verwacht
    controleer()
    eerder = stand()
    uit = stuur_bestand(notities)
    assert (uit.bekend, stand()) == (12, eerder)
    connection.close()

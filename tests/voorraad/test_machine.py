"""Every movement against a plain dictionary: whatever the order, the balances are what a child could count."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from ooievaar.platform import clock
from ooievaar.platform.errors import Fout
from tests.factories import ArtikelFactory, GebiedFactory, OoievaarsmoederFactory, PartijFactory, doos
from voorraad import fouten, models, selectors, services

pytestmark = pytest.mark.django_db
PLEK = st.sampled_from(["magazijn", "thuis"])
LOT = st.sampled_from(["vroeg", "laat"])
AANTAL = st.integers(1, 4)


class Voorraad(RuleBasedStateMachine):
    """One part in two lots and the box that takes two of it, in two places; promises of boxes at the home."""

    def __init__(self):
        super().__init__()
        self.transactie = transaction.atomic()
        self.transactie.__enter__()
        gebied = GebiedFactory()
        self.doos = doos(gebied)
        self.deel = ArtikelFactory(gebied=gebied)
        self.moeder = OoievaarsmoederFactory(gebied=gebied)
        vandaag = clock.vandaag()
        self.lots = {
            "vroeg": PartijFactory(artikel=self.deel, houdbaar_tot=vandaag + timedelta(days=150)),
            "laat": PartijFactory(artikel=self.deel, houdbaar_tot=vandaag + timedelta(days=300)),
        }
        self.plekken = {
            "magazijn": models.Locatie.objects.get(gebied=gebied, code="magazijn"),
            "thuis": services.thuisplek(ooievaarsmoeder=self.moeder),
        }
        services.samenstelling_vaststellen(artikel=self.doos, regels=[(self.deel, 2)], door=None, nu=clock.nu())
        # (lot or lot of boxes, place) -> amount; promises by occasion -> lot of boxes; what can be taken back.
        self.ligt: dict = {}
        self.beloofd: dict = {}
        self.inhoud: dict = {}
        self.geschiedenis: list = []
        self.gegeven: set = set()

    def teardown(self):
        transaction.set_rollback(True)
        self.transactie.__exit__(None, None, None)

    # The model -------------------------------------------------------------------------------

    def er(self, wat, plek):
        return self.ligt.get((wat, plek), 0)

    def vrij(self, wat, plek):
        beloofd = sum(belofte == wat for belofte in self.beloofd.values()) if plek == "thuis" else 0
        return self.er(wat, plek) - beloofd

    def verschuif(self, wat, van, naar, aantal):
        if van:
            self.ligt[wat, van] = self.er(wat, van) - aantal
        if naar:
            self.ligt[wat, naar] = self.er(wat, naar) + aantal

    def doe(self, soort, lot, aantal, van=None, naar=None):
        """One plain movement of the part, tried on the model and on the real thing."""
        velden = {kant: self.plekken[plek] for kant, plek in (("van", van), ("naar", naar)) if plek}

        def echt():
            return services.mutatie_boeken(
                soort=soort, artikel=self.deel, partij=self.lots[lot], aantal=aantal, door=None, nu=clock.nu(), **velden
            )

        if van and self.vrij(lot, van) < aantal:
            with pytest.raises(fouten.OnvoldoendeVoorraad) as fout:
                echt()
            assert (fout.value.extra["gevraagd"], fout.value.extra["beschikbaar"]) == (aantal, self.vrij(lot, van))
            return
        regel = echt()
        self.verschuif(lot, van, naar, aantal)
        self.geschiedenis.append((regel, [(lot, van, naar, aantal)]))

    # The movements -----------------------------------------------------------------------------

    @rule(lot=LOT, plek=PLEK, aantal=AANTAL)
    def ontvangst(self, lot, plek, aantal):
        self.doe("ontvangst", lot, aantal, naar=plek)

    @rule(lot=LOT, van=PLEK, aantal=AANTAL)
    def verplaatsing(self, lot, van, aantal):
        self.doe("verplaatsing", lot, aantal, van=van, naar="thuis" if van == "magazijn" else "magazijn")

    @rule(soort=st.sampled_from(["uitgifte", "afkeur", "correctie"]), lot=LOT, plek=PLEK, aantal=AANTAL)
    def eraf(self, soort, lot, plek, aantal):
        self.doe(soort, lot, aantal, van=plek)

    @rule(soort=st.sampled_from(["retour", "correctie"]), lot=LOT, plek=PLEK, aantal=AANTAL)
    def erbij(self, soort, lot, plek, aantal):
        self.doe(soort, lot, aantal, naar=plek)

    @rule(plek=PLEK, aantal=st.integers(1, 3))
    def inpakken(self, plek, aantal):
        nodig, delen = 2 * aantal, []
        for lot in ("vroeg", "laat"):
            if neem := min(nodig, self.er(lot, plek)):
                delen.append((lot, neem))
                nodig -= neem

        def echt():
            return services.dozen_samenstellen(
                artikel=self.doos, aantal=aantal, plek=self.plekken[plek], door=None, nu=clock.nu()
            )

        if nodig:
            with pytest.raises(fouten.TekortOnderdelen) as fout:
                echt()
            (tekort,) = fout.value.extra["tekorten"]
            assert (tekort["gevraagd"], tekort["beschikbaar"]) == (2 * aantal, 2 * aantal - nodig)
            return
        regel = echt()
        partij = regel.partij
        assert partij.houdbaar_tot == min(self.lots[lot].houdbaar_tot for lot, _n in delen)
        self.inhoud[partij] = dict(delen)
        gedaan = [(lot, plek, None, n) for lot, n in delen] + [(partij, None, plek, aantal)]
        for stap in gedaan:
            self.verschuif(*stap)
        self.geschiedenis.append((regel, gedaan))

    @precondition(lambda self: self.inhoud)
    @rule(data=st.data(), plek=PLEK, aantal=st.integers(1, 2))
    def uit_elkaar(self, data, plek, aantal):
        partij = data.draw(st.sampled_from(sorted(self.inhoud, key=lambda p: p.code)))

        def echt():
            return services.dozen_uit_elkaar_halen(
                artikel=self.doos, partij=partij, aantal=aantal, plek=self.plekken[plek], door=None, nu=clock.nu()
            )

        if self.vrij(partij, plek) < aantal:
            with pytest.raises(fouten.OnvoldoendeVoorraad):
                echt()
            return
        regel = echt()
        nodig, gedaan = 2 * aantal, [(partij, plek, None, aantal)]
        for lot in ("laat", "vroeg"):
            if neem := min(nodig, self.inhoud[partij].get(lot, 0)):
                self.inhoud[partij][lot] -= neem
                gedaan.append((lot, None, plek, neem))
                nodig -= neem
        for stap in gedaan:
            self.verschuif(*stap)
        self.geschiedenis.append((regel, gedaan))

    @rule(van=PLEK, aantal=st.integers(1, 2), data=st.data())
    def dozen_brengen(self, van, aantal, data):
        hier = sorted(
            (w for (w, p), n in self.ligt.items() if p == van and n and w in self.inhoud), key=lambda p: p.code
        )
        if not hier:
            return
        partij = data.draw(st.sampled_from(hier))
        naar = "thuis" if van == "magazijn" else "magazijn"

        def echt():
            return services.mutatie_boeken(
                soort="verplaatsing", artikel=self.doos, partij=partij, van=self.plekken[van],
                naar=self.plekken[naar], aantal=aantal, door=None, nu=clock.nu(),
            )  # fmt: skip

        if self.vrij(partij, van) < aantal:
            with pytest.raises(fouten.OnvoldoendeVoorraad):
                echt()
            return
        regel = echt()
        self.verschuif(partij, van, naar, aantal)
        self.geschiedenis.append((regel, [(partij, van, naar, aantal)]))

    @rule(bezoek=st.integers(0, 3))
    def reserveren(self, bezoek):
        vrij = sorted(
            (p for p in self.inhoud if self.vrij(p, "thuis") > 0), key=lambda p: (p.houdbaar_tot, self._stand(p).pk)
        )
        naam = f"bezoek:{bezoek}"
        kreeg = services.dozen_reserveren(houder_id=self.moeder.pk, aanleiding=naam, onderdelen=["k"], nu=clock.nu())
        if naam in self.beloofd:
            assert kreeg == 1
        else:
            assert kreeg == bool(vrij)
            if vrij:
                self.beloofd[naam] = vrij[0]

    def _stand(self, partij):
        return models.Stand.objects.get(partij=partij, locatie=self.plekken["thuis"])

    @rule(bezoek=st.integers(0, 3))
    def vrijgeven(self, bezoek):
        naam = f"bezoek:{bezoek}"
        assert services.reserveringen_vrijgeven(aanleiding=naam, nu=clock.nu()) == (naam in self.beloofd)
        self.beloofd.pop(naam, None)

    @rule(bezoek=st.integers(0, 3))
    def geven(self, bezoek):
        naam = f"bezoek:{bezoek}"
        vrij = sorted(
            (p for p in self.inhoud if self.vrij(p, "thuis") > 0), key=lambda p: (p.houdbaar_tot, self._stand(p).pk)
        )
        nu = clock.nu()
        kreeg = services.doos_uitgeven(
            houder_id=self.moeder.pk, aanleiding=naam, onderdeel="k", door=None, gebeurd_op=nu, nu=nu
        )
        if naam in self.gegeven:
            assert kreeg
            return
        partij = self.beloofd.pop(naam, None) or (vrij[0] if vrij else None)
        assert kreeg == (partij is not None)
        if partij is not None:
            self.verschuif(partij, "thuis", None, 1)
            self.gegeven.add(naam)

    @precondition(lambda self: self.geschiedenis)
    @rule(data=st.data())
    def terugdraaien(self, data):
        nummer = data.draw(st.integers(0, len(self.geschiedenis) - 1))
        regel, gedaan = self.geschiedenis[nummer]
        netto: dict = {}
        for wat, van, naar, aantal in gedaan:
            for plek, teken in ((naar, -1), (van, 1)):
                if plek:
                    netto[wat, plek] = netto.get((wat, plek), 0) + teken * aantal

        def echt():
            return services.mutatie_terugdraaien(mutatie=regel, door=None, reden="fout", nu=clock.nu())

        if any(self.vrij(wat, plek) + erbij < 0 for (wat, plek), erbij in netto.items()):
            with pytest.raises(fouten.OnvoldoendeVoorraad):
                echt()
            return
        echt()
        for (wat, plek), erbij in netto.items():
            self.verschuif(wat, None, plek, erbij)
        self._inhoud_terug(gedaan)
        del self.geschiedenis[nummer]
        with pytest.raises(fouten.AlTeruggedraaid):
            echt()

    def _inhoud_terug(self, gedaan):
        """What is in a lot of boxes, after its packing or taking apart was undone."""
        dozen = [stap for stap in gedaan if stap[0] in self.inhoud and not (stap[1] and stap[2])]
        if not dozen:
            return
        partij, _van, naar, _aantal = dozen[0]
        for lot, van, _naar, aantal in gedaan:
            if lot != partij:
                teken = -1 if naar else 1
                assert (van is not None) == (naar is not None)
                self.inhoud[partij][lot] = self.inhoud[partij].get(lot, 0) + teken * aantal

    @rule(lot=LOT, plek=PLEK, verschil=st.integers(-2, 2))
    def tellen(self, lot, plek, verschil):
        geteld = max(0, self.er(lot, plek) + verschil)
        teller = self._teller()
        telling = services.telling_beginnen(
            locatie=self.plekken[plek], artikelen=[self.deel], blind=True, door=teller, nu=clock.nu()
        )
        services.tellen(
            telling_id=telling.pk, artikel=self.deel, partij=self.lots[lot], geteld=geteld, reden="zoek", door=teller,
            nu=clock.nu(),
        )  # fmt: skip
        services.telling_vaststellen(telling_id=telling.pk, door=teller, nu=clock.nu())
        self.ligt[lot, plek] = geteld

    def _teller(self):
        from tests.factories import GebruikerFactory

        return GebruikerFactory()

    # What must hold after each step --------------------------------------------------------------

    @invariant()
    def de_standen_zijn_het_woordenboek(self):
        echt = {}
        for partij, locatie, aantal in models.Stand.objects.filter(aantal__gt=0).values_list(
            "partij_id", "locatie_id", "aantal"
        ):
            echt[partij, locatie] = aantal
        verwacht = {}
        for (wat, plek), aantal in self.ligt.items():
            assert aantal >= 0
            if aantal:
                partij = self.lots[wat] if isinstance(wat, str) else wat
                verwacht[partij.pk, self.plekken[plek].pk] = aantal
        assert echt == verwacht
        assert selectors.standen_kloppen() == []


def test_every_movement_against_a_plain_dictionary():
    instellingen = settings(
        max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Voorraad, settings=instellingen)


def test_a_refusal_is_a_type_of_ours():
    assert issubclass(fouten.TekortOnderdelen, Fout)

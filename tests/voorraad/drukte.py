"""Everything that can happen to stock, at random and from many threads; a deadlock or a wrong sum is a failure."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Lock

from django.db import connection, transaction

from ooievaar.platform import clock
from ooievaar.platform.errors import Fout
from tests.factories import (
    ArtikelFactory,
    GebiedFactory,
    LocatieFactory,
    OoievaarsmoederFactory,
    PartijFactory,
    doos,
    gebruiker_met_rol,
    ontvangen,
)
from voorraad import models, selectors, services
from voorraad.services.standen import aanleidingen_vergrendelen


class Drukte:
    """One Gebied with boxes, parts in lots, three homes and two magazijnen; and threads that do things with them."""

    def __init__(self) -> None:
        self.gebied = GebiedFactory()
        self.doos = doos(self.gebied)
        self.delen = [ArtikelFactory(gebied=self.gebied) for _n in range(2)]
        vandaag = clock.vandaag()
        self.lots = {
            deel.pk: [PartijFactory(artikel=deel, houdbaar_tot=vandaag + timedelta(days=200 + n)) for n in range(2)]
            for deel in self.delen
        }
        magazijn = models.Locatie.objects.get(gebied=self.gebied, code="magazijn")
        self.magazijnen = [magazijn, LocatieFactory(gebied=self.gebied)]
        self.moeders = [OoievaarsmoederFactory(gebied=self.gebied) for _n in range(3)]
        self.thuis = [services.thuisplek(ooievaarsmoeder=moeder) for moeder in self.moeders]
        self.plekken = [*self.magazijnen, *self.thuis]
        self.teller = gebruiker_met_rol("coordinator", gebied=self.gebied)
        self.codes = services.vouchers_maken(
            gebied_id=self.gebied.pk, aantal=40, geldig_tot=None, serie="", nu=clock.nu()
        )
        services.samenstelling_vaststellen(
            artikel=self.doos, regels=[(self.delen[0], 1), (self.delen[1], 2)], door=None, nu=clock.nu()
        )
        for deel in self.delen:
            for lot in self.lots[deel.pk]:
                for plek in self.magazijnen:
                    ontvangen(deel, plek, 60, partij=lot)
        for plek in self.plekken:
            ontvangen(self.doos, plek, 6)
        self.gedaan: Counter[str] = Counter()
        self.geweigerd: Counter[str] = Counter()
        self._slot = Lock()

    def draai(self, *, aantal: int, draden: int, seed: int) -> None:
        """So many operations over so many threads; raises what is no refusal of the stock."""
        per_draad = [aantal // draden + (nummer < aantal % draden) for nummer in range(draden)]

        def een(nummer: int) -> None:
            kans = random.Random(seed * 1000 + nummer)
            try:
                for _keer in range(per_draad[nummer]):
                    self._stap(kans)
            finally:
                connection.close()

        with ThreadPoolExecutor(draden) as pool:
            list(pool.map(een, range(draden)))

    def klopt(self) -> None:
        """The books are the balances, and nothing is below zero; a box in the books is a box on the shelf."""
        assert selectors.standen_kloppen() == []
        assert not models.Stand.objects.filter(aantal__lt=0).exists()
        dubbel = Counter(models.Voucher.objects.filter(status="uitgegeven").values_list("aanleiding", "onderdeel"))
        assert max(dubbel.values(), default=1) == 1

    def _stap(self, kans: random.Random) -> None:
        soort = kans.choices(list(_STAPPEN), weights=[gewicht for gewicht, _doe in _STAPPEN.values()])[0]
        try:
            _STAPPEN[soort][1](self, kans)
            uitkomst = self.gedaan
        except Fout as fout:
            soort, uitkomst = fout.code, self.geweigerd
        with self._slot:
            uitkomst[soort] += 1

    def boek(self, soort: str, kans: random.Random, artikel=None, **velden):
        artikel = artikel or kans.choice([self.doos, self.doos, *self.delen])
        services.mutatie_boeken(
            soort=soort, artikel=artikel, aantal=kans.randint(1, 3), door=None, nu=clock.nu(), **velden
        )

    def verplaats(self, kans: random.Random) -> None:
        van, naar = kans.sample(self.plekken, 2)
        self.boek("verplaatsing", kans, van=van, naar=naar)

    def ontvang(self, kans: random.Random) -> None:
        deel = kans.choice(self.delen)
        lot = kans.choice([None, *self.lots[deel.pk]])
        self.boek("ontvangst", kans, artikel=deel, partij=lot, naar=kans.choice(self.plekken))

    def pak_in(self, kans: random.Random) -> None:
        services.dozen_samenstellen(
            artikel=self.doos, aantal=kans.randint(1, 3), plek=kans.choice(self.magazijnen), door=None, nu=clock.nu()
        )

    def haal_uit_elkaar(self, kans: random.Random) -> None:
        standen = list(selectors.ingepakte_dozen(self.doos.pk)[:20])
        if standen:
            stand = kans.choice(standen)
            services.dozen_uit_elkaar_halen(
                artikel=self.doos, partij=stand.partij, aantal=1, plek=stand.locatie, door=None, nu=clock.nu()
            )

    def draai_terug(self, kans: random.Random) -> None:
        regels = list(models.Mutatie.objects.filter(draait_terug=None).order_by("-geboekt_op")[:30])
        services.mutatie_terugdraaien(mutatie=kans.choice(regels), door=None, reden="fout", nu=clock.nu())

    def reserveer(self, kans: random.Random) -> None:
        services.dozen_reserveren(
            houder_id=kans.choice(self.moeders).pk,
            aanleiding=f"bezoek:{kans.randrange(20)}",
            onderdelen=["a", "b"][: kans.randint(1, 2)],
            nu=clock.nu(),
        )

    def laat_los(self, kans: random.Random) -> None:
        services.reserveringen_vrijgeven(aanleiding=f"bezoek:{kans.randrange(20)}", nu=clock.nu())

    def geef_doos(self, kans: random.Random) -> None:
        namen = [f"bezoek:{n}" for n in kans.sample(range(20), 3)]
        houder = kans.choice(self.moeders).pk
        nu = clock.nu()
        uitgiften = [services.Uitgifte(houder, naam, kans.choice("ab"), None, nu) for naam in namen]
        services.dozen_uitgeven(uitgiften=uitgiften, klaar=namen[:1], nu=nu)

    def roep_terug(self, kans: random.Random) -> None:
        deel = kans.choice(self.delen)
        lot = self.lots[deel.pk][0]
        if kans.random() < 0.5:
            services.partij_terugroepen(partij=lot, reden="proef", nu=clock.nu())
        else:
            services.terugroepen_intrekken(partij=lot)

    def tel(self, kans: random.Random) -> None:
        plek = kans.choice(self.plekken)
        telling = services.telling_beginnen(locatie=plek, artikelen=None, blind=False, door=self.teller, nu=clock.nu())
        for stand in models.Stand.objects.filter(locatie=plek, aantal__gt=0).select_related("artikel", "partij")[:2]:
            services.tellen(
                telling_id=telling.pk, artikel=stand.artikel, partij=stand.partij,
                geteld=max(0, stand.aantal + kans.randint(-1, 1)), reden="zoek", door=self.teller, nu=clock.nu(),
            )  # fmt: skip
        services.telling_vaststellen(telling_id=telling.pk, door=self.teller, nu=clock.nu())

    def geef_voucher(self, kans: random.Random) -> None:
        gebruik = [
            services.Vouchergebruik(
                self.gebied.pk, f"bezoek:{n}", "a", services.sporen(kans.choice(self.codes)), clock.nu()
            )
            for n in kans.sample(range(20), 3)
        ]
        with transaction.atomic():
            # As whoever logs a visit has locked the visit.
            aanleidingen_vergrendelen(g.aanleiding for g in gebruik)
            services.vouchers_uitgeven(gebruik=gebruik, nu=clock.nu())


# How often, and what.
_STAPPEN = {
    "verplaatsing": (20, Drukte.verplaats),
    "ontvangst": (10, Drukte.ontvang),
    "uitgifte": (8, lambda d, kans: d.boek("uitgifte", kans, van=kans.choice(d.plekken))),
    "retour": (4, lambda d, kans: d.boek("retour", kans, naar=kans.choice(d.plekken))),
    "afkeur": (4, lambda d, kans: d.boek("afkeur", kans, van=kans.choice(d.plekken))),
    "correctieErbij": (3, lambda d, kans: d.boek("correctie", kans, naar=kans.choice(d.plekken))),
    "correctieEraf": (3, lambda d, kans: d.boek("correctie", kans, van=kans.choice(d.plekken))),
    "inpakken": (10, Drukte.pak_in),
    "uitElkaar": (5, Drukte.haal_uit_elkaar),
    "terugdraaien": (6, Drukte.draai_terug),
    "reserveren": (12, Drukte.reserveer),
    "vrijgeven": (4, Drukte.laat_los),
    "doosGeven": (10, Drukte.geef_doos),
    "terugroepen": (2, Drukte.roep_terug),
    "tellen": (3, Drukte.tel),
    "voucher": (4, Drukte.geef_voucher),
}

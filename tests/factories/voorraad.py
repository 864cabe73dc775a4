"""Stock: places, articles, lots, and boxes that came in through the ledger (a balance without one would be a lie)."""

import factory
from factory.django import DjangoModelFactory

from ooievaar.platform import clock
from tests.factories.ooievaar import GebiedFactory
from voorraad import models, services


class ArtikelFactory(DjangoModelFactory):
    class Meta:
        model = models.Artikel

    gebied = factory.SubFactory(GebiedFactory)
    code = factory.Sequence(lambda n: f"artikel-{n}")
    naam = factory.Sequence(lambda n: f"Voorbeeldartikel {n}")
    soort = models.Artikelsoort.ONDERDEEL


class LocatieFactory(DjangoModelFactory):
    class Meta:
        model = models.Locatie

    gebied = factory.SubFactory(GebiedFactory)
    code = factory.Sequence(lambda n: f"plek-{n}")
    naam = factory.Sequence(lambda n: f"Voorbeeldplek {n}")
    soort = models.Locatiesoort.MAGAZIJN


class PartijFactory(DjangoModelFactory):
    class Meta:
        model = models.Partij

    artikel = factory.SubFactory(ArtikelFactory)
    code = factory.Sequence(lambda n: f"partij-{n}")


def doos(gebied) -> models.Artikel:
    """The gift box of this Gebied, which gets its standard places too."""
    services.plekken_aanmaken(gebied=gebied)
    return models.Artikel.objects.get(gebied=gebied, code=models.DOOS_CODE)


def ontvangen(artikel, plek, aantal: int, *, partij=None) -> models.Mutatie:
    """So many come in from the supplier."""
    return services.mutatie_boeken(
        soort="ontvangst", artikel=artikel, naar=plek, aantal=aantal, partij=partij, door=None, nu=clock.nu()
    )


def dozen_bij_moeder(moeder, aantal: int, *, houdbaar_tot=None) -> models.Locatie:
    """So many gift boxes at a volunteer's home; with a date they are one lot."""
    plek = services.thuisplek(ooievaarsmoeder=moeder)
    artikel = doos(moeder.gebied)
    partij = PartijFactory(artikel=artikel, houdbaar_tot=houdbaar_tot) if houdbaar_tot else None
    ontvangen(artikel, plek, aantal, partij=partij)
    return plek

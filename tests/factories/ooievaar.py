"""People and places."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from ooievaar import models
from ooievaar.platform import clock
from ooievaar.platform.hashing import hash_van


class GebiedFactory(DjangoModelFactory):
    class Meta:
        model = models.Gebied

    code = factory.Sequence(lambda n: f"gebied-{n}")
    naam = factory.Sequence(lambda n: f"Voorbeeldgebied {n}")
    gemeente_codes = ["GM0917"]
    gemeente_namen = ["Heerlen", "Hoensbroek"]


class WijkFactory(DjangoModelFactory):
    class Meta:
        model = models.Wijk

    gebied = factory.SubFactory(GebiedFactory)
    code = factory.Sequence(lambda n: f"WK{n:06d}")
    naam = factory.Sequence(lambda n: f"Voorbeeldwijk {n}")
    start_op = date(2025, 2, 1)
    lengtegraad = 5.96
    breedtegraad = 50.92


class GebruikerFactory(DjangoModelFactory):
    class Meta:
        model = models.Gebruiker
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"gebruiker-{n}")
    first_name = "Testpersoon"


class GezinFactory(DjangoModelFactory):
    class Meta:
        model = models.Gezin

    gebied = factory.SelfAttribute("wijk.gebied")
    wijk = factory.SubFactory(WijkFactory)
    straat = "Sjpruutstraat"
    huisnummer = factory.Sequence(lambda n: n + 1)
    postcode = "6400AA"
    woonplaats = "Heerlen"


class ContactpersoonFactory(DjangoModelFactory):
    class Meta:
        model = models.Contactpersoon

    gezin = factory.SubFactory(GezinFactory)
    naam = factory.Sequence(lambda n: f"A. Voorbeeld-{n}")
    rol = models.Contactpersoon.Rol.MOEDER


class PasgeboreneFactory(DjangoModelFactory):
    class Meta:
        model = models.Pasgeborene

    gezin = factory.SubFactory(GezinFactory)
    voornaam = "Noor"
    achternaam = factory.Sequence(lambda n: f"Voorbeeld-{n}")
    naamsleutel = factory.LazyAttribute(lambda o: o.achternaam.lower().replace("-", "").replace(" ", ""))
    geboortedatum = factory.LazyFunction(lambda: clock.vandaag() - timedelta(days=30))


class OoievaarsmoederFactory(DjangoModelFactory):
    """A volunteer to whom no rule objects."""

    class Meta:
        model = models.Ooievaarsmoeder
        skip_postgeneration_save = True

    gebied = factory.SubFactory(GebiedFactory)
    naam = factory.Sequence(lambda n: f"Ooievaarsmoeder Voorbeeld-{n}")
    talen = ["nl"]
    maximum_per_week = 5
    vog_datum = factory.LazyFunction(lambda: clock.vandaag() - timedelta(days=100))
    verklaring_getekend = True
    training_afgerond = True

    @factory.post_generation
    def wijken(self, create, extracted, **kwargs):
        if create and extracted:
            self.wijken.set(extracted)


def gebruiker_met_rol(*rollen: str, gebied=None, wijken=(), **velden) -> models.Gebruiker:
    """A user who holds these roles in one Gebied; as an ooievaarsmoeder she has her own row too."""
    gebied = gebied or GebiedFactory()
    gebruiker = GebruikerFactory(**velden)
    for rol in rollen:
        toekenning = models.RolToekenning.objects.create(gebruiker=gebruiker, rol=rol, gebied=gebied)
        toekenning.wijken.set(wijken)
    if "ooievaarsmoeder" in rollen:
        OoievaarsmoederFactory(gebied=gebied, gebruiker=gebruiker)
    return gebruiker


def token_voor(gebruiker: models.Gebruiker, apparaat: models.Apparaat | None = None) -> str:
    """A bearer token for this user."""
    token = f"test-{gebruiker.pk}-{models.Toegangstoken.objects.count()}"
    models.Toegangstoken.objects.create(
        gebruiker=gebruiker, apparaat=apparaat, hash=hash_van(token), aangemaakt_op=clock.nu()
    )
    return token

"""Cafés and families that may be invited, without passing through the services under test."""

from datetime import time, timedelta

import factory
from factory.django import DjangoModelFactory

from bezoeken import models
from ooievaar import models as ooievaar
from ooievaar.platform import clock
from tests.factories.ooievaar import ContactpersoonFactory, GebiedFactory, GezinFactory, PasgeboreneFactory, WijkFactory


class CafeplaatsFactory(DjangoModelFactory):
    class Meta:
        model = models.Cafeplaats

    gebied = factory.SubFactory(GebiedFactory)
    naam = factory.Sequence(lambda n: f"Buurthuis Voorbeeld {n}")
    adres = "Wiegpad 1, Heerlen"
    lengtegraad = 5.96
    breedtegraad = 50.92


class SjpruutcafeFactory(DjangoModelFactory):
    """A café at ten o'clock, a week from now, with room for ten adults and ten children."""

    class Meta:
        model = models.Sjpruutcafe
        skip_postgeneration_save = True

    plaats = factory.LazyAttribute(lambda o: CafeplaatsFactory(gebied=o.gebied))
    gebied = factory.SubFactory(GebiedFactory)
    thema = models.Thema.OPVOEDING
    dag = factory.LazyFunction(lambda: clock.vandaag() + timedelta(days=7))
    tijd = time(10)
    begin = factory.LazyAttribute(lambda o: clock.moment_op(o.dag, o.tijd))
    duur_minuten = 120
    capaciteit_volwassenen = 10
    capaciteit_kinderen = 10

    @factory.post_generation
    def gastvrouwen(self, create, extracted, **kwargs):
        if create and extracted:
            self.gastvrouwen.set(extracted)


def cafegezin(*, gebied=None, wijk=None, kind_dagen=60, toestemming=True, sinds=None, **contact):
    """A family with a child, a contact with an e-mail address, and consent to be invited."""
    wijk = wijk or WijkFactory(gebied=gebied or GebiedFactory())
    gezin = GezinFactory(wijk=wijk)
    ContactpersoonFactory(gezin=gezin, **{"emailadres": f"gezin{gezin.huisnummer}@voorbeeld.example", **contact})
    PasgeboreneFactory(gezin=gezin, geboortedatum=clock.vandaag() - timedelta(days=kind_dagen))
    if toestemming:
        ooievaar.Toestemming.objects.create(gezin=gezin, doel="cafe", sinds=sinds or clock.nu())
    return gezin

"""Somebody on duty, without passing through the services under test."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from bezoeken import models
from ooievaar.platform import clock
from tests.factories.ooievaar import GebiedFactory, gebruiker_met_rol


class AchterwachtdienstFactory(DjangoModelFactory):
    """On duty from an hour ago, for a day; the second person too."""

    class Meta:
        model = models.Achterwachtdienst

    gebied = factory.SubFactory(GebiedFactory)
    begin = factory.LazyFunction(lambda: clock.nu() - timedelta(hours=1))
    eind = factory.LazyAttribute(lambda o: o.begin + timedelta(days=1))
    eerste = factory.LazyAttribute(
        lambda o: gebruiker_met_rol("coordinator", gebied=o.gebied, diensttelefoon="+31612345601")
    )
    tweede = factory.LazyAttribute(
        lambda o: gebruiker_met_rol("coordinator", gebied=o.gebied, diensttelefoon="+31612345602")
    )

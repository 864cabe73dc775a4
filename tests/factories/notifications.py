"""Messages in the outbox."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from notifications import models
from ooievaar.platform import clock
from tests.factories.ooievaar import GezinFactory


class BerichtFactory(DjangoModelFactory):
    """A due message to a family, by e-mail."""

    class Meta:
        model = models.Bericht

    soort = "aankondiging"
    kanaal = "email"
    gezin = factory.SubFactory(GezinFactory)
    gebied = factory.SelfAttribute("gezin.gebied")
    context = factory.LazyFunction(lambda: {"van": "2026-11-11", "tot": "2026-11-25"})
    sleutel = factory.Sequence(lambda n: f"sleutel-{n}")
    gepland_op = factory.LazyFunction(lambda: clock.nu() - timedelta(minutes=1))
    aangemaakt_op = factory.LazyFunction(clock.nu)

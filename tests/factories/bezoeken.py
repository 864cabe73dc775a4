"""Visits, made the way the database demands, without passing through the services under test."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from bezoeken import models
from bezoeken.instellingen import vensterregels
from bezoeken.venster import peildatum, venster
from ooievaar.platform import clock
from tests.factories.ooievaar import ContactpersoonFactory, GezinFactory, OoievaarsmoederFactory, PasgeboreneFactory


class BezoekFactory(DjangoModelFactory):
    class Meta:
        model = models.Bezoek

    gezin = factory.SubFactory(GezinFactory)
    gebied = factory.SelfAttribute("gezin.gebied")
    wijk = factory.SelfAttribute("gezin.wijk")
    geboortedatum = factory.LazyFunction(lambda: clock.vandaag() - timedelta(days=45))
    venster_begin = factory.LazyAttribute(lambda o: venster(o.geboortedatum, vensterregels(o.gebied)).begin)
    venster_eind = factory.LazyAttribute(lambda o: venster(o.geboortedatum, vensterregels(o.gebied)).eind)
    gemeld_op = factory.LazyFunction(clock.nu)


class BezoekkindFactory(DjangoModelFactory):
    class Meta:
        model = models.Bezoekkind

    bezoek = factory.SubFactory(BezoekFactory)
    pasgeborene = factory.LazyAttribute(
        lambda o: PasgeboreneFactory(gezin=o.bezoek.gezin, geboortedatum=o.bezoek.geboortedatum)
    )
    gebied = factory.SelfAttribute("bezoek.gebied")
    wijk = factory.SelfAttribute("bezoek.wijk")
    geboortedatum = factory.SelfAttribute("pasgeborene.geboortedatum")
    peildatum = factory.LazyAttribute(lambda o: peildatum(o.geboortedatum, vensterregels(o.gebied)))
    bezoek_status = factory.SelfAttribute("bezoek.status")
    afsluitreden = factory.SelfAttribute("bezoek.afsluitreden")
    bezocht_datum = factory.LazyAttribute(lambda o: o.bezoek.bezocht_op and clock.dag_van(o.bezoek.bezocht_op))
    venster_eind = factory.SelfAttribute("bezoek.venster_eind")
    late_melding = factory.SelfAttribute("bezoek.late_melding")
    vorm = factory.SelfAttribute("bezoek.vorm")


def bezoek_met_kinderen(aantal: int = 1, **velden) -> models.Bezoek:
    """An open visit with a contactpersoon and this many children."""
    bezoek = BezoekFactory(**velden)
    ContactpersoonFactory(gezin=bezoek.gezin)
    for _nummer in range(aantal):
        BezoekkindFactory(bezoek=bezoek)
    return bezoek


def toegewezen_bezoek(moeder=None, *, aanvaard: bool = True, kinderen: int = 1, **velden) -> models.Bezoek:
    """A visit that a volunteer has, accepted or not."""
    nu = clock.nu()
    gezin = velden.pop("gezin", None) or (GezinFactory(wijk__gebied=moeder.gebied) if moeder else GezinFactory())
    moeder = moeder or OoievaarsmoederFactory(gebied=gezin.gebied)
    aanvaard_op = nu if aanvaard else None
    bezoek = bezoek_met_kinderen(
        kinderen, gezin=gezin, status="toegewezen", ooievaarsmoeder=moeder, aanvaard_op=aanvaard_op, **velden
    )
    models.Toewijzing.objects.create(bezoek=bezoek, ooievaarsmoeder=moeder, toegewezen_op=nu, aanvaard_op=aanvaard_op)
    return bezoek

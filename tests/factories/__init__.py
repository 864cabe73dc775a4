"""Factories for every table: invented people who look invented."""

from tests.factories.bezoeken import BezoekFactory, BezoekkindFactory, bezoek_met_kinderen, toegewezen_bezoek
from tests.factories.ooievaar import (
    ContactpersoonFactory,
    GebiedFactory,
    GebruikerFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    PasgeboreneFactory,
    WijkFactory,
    gebruiker_met_rol,
    token_voor,
)

__all__ = [
    "BezoekFactory",
    "BezoekkindFactory",
    "ContactpersoonFactory",
    "GebiedFactory",
    "GebruikerFactory",
    "GezinFactory",
    "OoievaarsmoederFactory",
    "PasgeboreneFactory",
    "WijkFactory",
    "bezoek_met_kinderen",
    "gebruiker_met_rol",
    "toegewezen_bezoek",
    "token_voor",
]

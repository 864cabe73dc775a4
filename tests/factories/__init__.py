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
from tests.factories.sjpruutcafe import CafeplaatsFactory, SjpruutcafeFactory, cafegezin
from tests.factories.veiligheid import AchterwachtdienstFactory
from tests.factories.voorraad import ArtikelFactory, LocatieFactory, PartijFactory, doos, dozen_bij_moeder, ontvangen

__all__ = [
    "AchterwachtdienstFactory",
    "ArtikelFactory",
    "BezoekFactory",
    "BezoekkindFactory",
    "CafeplaatsFactory",
    "ContactpersoonFactory",
    "GebiedFactory",
    "GebruikerFactory",
    "GezinFactory",
    "LocatieFactory",
    "OoievaarsmoederFactory",
    "PartijFactory",
    "PasgeboreneFactory",
    "SjpruutcafeFactory",
    "WijkFactory",
    "bezoek_met_kinderen",
    "cafegezin",
    "doos",
    "dozen_bij_moeder",
    "gebruiker_met_rol",
    "ontvangen",
    "toegewezen_bezoek",
    "token_voor",
]

"""Reading the stock; other apps import from here and nothing deeper."""

from voorraad.selectors.perioden import gesloten_tot, sluitingen_zichtbaar_voor
from voorraad.selectors.standen import (
    Dozen,
    Verschil,
    artikelen_te_boeken_door,
    artikelen_zichtbaar_voor,
    dozen_bij,
    geboekt_voor,
    gereserveerd_voor,
    locatie_van,
    locaties_te_boeken_door,
    locaties_van,
    locaties_zichtbaar_voor,
    mutaties_te_boeken_door,
    mutaties_zichtbaar_voor,
    partijen_zichtbaar_voor,
    standen_kloppen,
    standen_zichtbaar_voor,
    thuisplek_van,
)
from voorraad.selectors.verklaring import Verklaring, beloften_op, verklaar

__all__ = [
    "Dozen",
    "Verklaring",
    "Verschil",
    "artikelen_te_boeken_door",
    "artikelen_zichtbaar_voor",
    "beloften_op",
    "dozen_bij",
    "geboekt_voor",
    "gereserveerd_voor",
    "gesloten_tot",
    "locatie_van",
    "locaties_te_boeken_door",
    "locaties_van",
    "locaties_zichtbaar_voor",
    "mutaties_te_boeken_door",
    "mutaties_zichtbaar_voor",
    "partijen_zichtbaar_voor",
    "sluitingen_zichtbaar_voor",
    "standen_kloppen",
    "standen_zichtbaar_voor",
    "thuisplek_van",
    "verklaar",
]

"""The tables of the stock; only this app touches them."""

from voorraad.models.grootboek import (
    BINNEN,
    DOOS_CODE,
    Artikel,
    Artikelsoort,
    Locatie,
    Locatiesoort,
    Mutatie,
    Mutatiesoort,
    Partij,
    Reservering,
    Stand,
)
from voorraad.models.perioden import Periodesluiting

__all__ = [
    "BINNEN",
    "DOOS_CODE",
    "Artikel",
    "Artikelsoort",
    "Locatie",
    "Locatiesoort",
    "Mutatie",
    "Mutatiesoort",
    "Partij",
    "Periodesluiting",
    "Reservering",
    "Stand",
]

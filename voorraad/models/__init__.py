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
from voorraad.models.samenstelling import Samenstelling, Samenstellingregel

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
    "Samenstelling",
    "Samenstellingregel",
    "Stand",
]

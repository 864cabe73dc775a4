"""The tables of the stock; only this app touches them."""

from voorraad.models.bestelling import Bestelling, Voorraadalarm
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
from voorraad.models.telling import Telling, Telregel, Verschilreden
from voorraad.models.voucher import Intrekreden, Oordeel, Voucher, Vouchermelding, Voucherstatus

__all__ = [
    "BINNEN",
    "DOOS_CODE",
    "Artikel",
    "Artikelsoort",
    "Bestelling",
    "Intrekreden",
    "Locatie",
    "Locatiesoort",
    "Mutatie",
    "Mutatiesoort",
    "Oordeel",
    "Partij",
    "Periodesluiting",
    "Reservering",
    "Samenstelling",
    "Samenstellingregel",
    "Stand",
    "Telling",
    "Telregel",
    "Verschilreden",
    "Voorraadalarm",
    "Voucher",
    "Vouchermelding",
    "Voucherstatus",
]

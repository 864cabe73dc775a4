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
from voorraad.models.sjop import (
    Blokkade,
    Maatsoort,
    Openingstijd,
    Sjopcategorie,
    Sjopinstelling,
    Terugroepactie,
    Voorwaarde,
)
from voorraad.models.sjopstukken import (
    Afkeurreden,
    Bruikleen,
    Inbreng,
    Seizoen,
    Sjopaanvraag,
    Sjopafspraak,
    Sjoppas,
    Sjopuitgifte,
    Staat,
)
from voorraad.models.telling import Telling, Telregel, Verschilreden
from voorraad.models.voucher import Intrekreden, Oordeel, Voucher, Vouchermelding, Voucherstatus

__all__ = [
    "BINNEN",
    "DOOS_CODE",
    "Afkeurreden",
    "Artikel",
    "Artikelsoort",
    "Bestelling",
    "Blokkade",
    "Bruikleen",
    "Inbreng",
    "Intrekreden",
    "Locatie",
    "Locatiesoort",
    "Maatsoort",
    "Mutatie",
    "Mutatiesoort",
    "Oordeel",
    "Openingstijd",
    "Partij",
    "Periodesluiting",
    "Reservering",
    "Samenstelling",
    "Samenstellingregel",
    "Seizoen",
    "Sjopaanvraag",
    "Sjopafspraak",
    "Sjopcategorie",
    "Sjopinstelling",
    "Sjoppas",
    "Sjopuitgifte",
    "Staat",
    "Stand",
    "Telling",
    "Telregel",
    "Terugroepactie",
    "Verschilreden",
    "Voorraadalarm",
    "Voorwaarde",
    "Voucher",
    "Vouchermelding",
    "Voucherstatus",
]

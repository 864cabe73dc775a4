"""The programme's own tables."""

from bezoeken.models.bezoek import Afspraak, Bezoek, Bezoekkind, Contactstap, Poging, Toewijzing, Vorm
from bezoeken.models.cafegasten import Cafeaanmelding, Cafeaanwezigheid, Cafeuitnodiging
from bezoeken.models.geboortemelding import Bestandsdeel, Bron, Geboorteimport, Geboortemelding
from bezoeken.models.handeling import Handeling
from bezoeken.models.regels import BevrorenMaand, Herinneringsregel
from bezoeken.models.sjpruutcafe import (
    WORKSHOPS,
    Agendafeed,
    Cafeplaats,
    Cafereeks,
    Caferegels,
    Sjpruutcafe,
    Thema,
)
from bezoeken.models.veiligheid import Achterwachtdienst, Alarm, Incheck, Veiligheidsvlag

__all__ = [
    "WORKSHOPS",
    "Achterwachtdienst",
    "Afspraak",
    "Agendafeed",
    "Alarm",
    "Bestandsdeel",
    "BevrorenMaand",
    "Bezoek",
    "Bezoekkind",
    "Bron",
    "Cafeaanmelding",
    "Cafeaanwezigheid",
    "Cafeplaats",
    "Cafereeks",
    "Caferegels",
    "Cafeuitnodiging",
    "Contactstap",
    "Geboorteimport",
    "Geboortemelding",
    "Handeling",
    "Herinneringsregel",
    "Incheck",
    "Poging",
    "Sjpruutcafe",
    "Thema",
    "Toewijzing",
    "Veiligheidsvlag",
    "Vorm",
]

"""The programme's own tables."""

from bezoeken.models.bezoek import Afspraak, Bezoek, Bezoekkind, Contactstap, Poging, Toewijzing, Vorm
from bezoeken.models.geboortemelding import Bestandsdeel, Bron, Geboorteimport, Geboortemelding
from bezoeken.models.handeling import Handeling
from bezoeken.models.regels import BevrorenMaand, Herinneringsregel
from bezoeken.models.veiligheid import Achterwachtdienst, Alarm, Incheck, Veiligheidsvlag

__all__ = [
    "Achterwachtdienst",
    "Afspraak",
    "Alarm",
    "Bestandsdeel",
    "BevrorenMaand",
    "Bezoek",
    "Bezoekkind",
    "Bron",
    "Contactstap",
    "Geboorteimport",
    "Geboortemelding",
    "Handeling",
    "Herinneringsregel",
    "Incheck",
    "Poging",
    "Toewijzing",
    "Veiligheidsvlag",
    "Vorm",
]

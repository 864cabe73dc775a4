"""People and places: the ground floor."""

from ooievaar.models.gebied import Focuswijk, Gebied, Postcode, VrijePeriode, Wijk
from ooievaar.models.gebruiker import Apparaat, Gebruiker, Koppelcode, Rol, RolToekenning, Toegangstoken
from ooievaar.models.gezin import Contactpersoon, Contactstopreden, Gezin, Pasgeborene, Toestemming
from ooievaar.models.gezinskoppeling import Gezinskoppeling
from ooievaar.models.logboek import Inzage
from ooievaar.models.ooievaarsmoeder import Afwezigheid, Ooievaarsmoeder, Relatie
from ooievaar.models.verzoek import BeantwoordVerzoek

__all__ = [
    "Afwezigheid",
    "Apparaat",
    "BeantwoordVerzoek",
    "Contactpersoon",
    "Contactstopreden",
    "Focuswijk",
    "Gebied",
    "Gebruiker",
    "Gezin",
    "Gezinskoppeling",
    "Inzage",
    "Koppelcode",
    "Ooievaarsmoeder",
    "Pasgeborene",
    "Postcode",
    "Relatie",
    "Rol",
    "RolToekenning",
    "Toegangstoken",
    "Toestemming",
    "VrijePeriode",
    "Wijk",
]

"""What others may do with messages: plan them, cancel them, send what is due, and say what became of them."""

from notifications.services.kanalen import (
    kanaal_mag_weer,
    kanaal_stoppen,
    push_uitzetten,
    push_uitzetten_op_telefoons,
)
from notifications.services.plannen import (
    NieuwBericht,
    berichten_annuleren,
    berichten_hervatten,
    berichten_plannen,
    berichten_plannen_per_soort,
)
from notifications.services.terugmelden import bezorging_melden
from notifications.services.verzenden import Verzendresultaat, verzend

__all__ = [
    "NieuwBericht",
    "Verzendresultaat",
    "berichten_annuleren",
    "berichten_hervatten",
    "berichten_plannen",
    "berichten_plannen_per_soort",
    "bezorging_melden",
    "kanaal_mag_weer",
    "kanaal_stoppen",
    "push_uitzetten",
    "push_uitzetten_op_telefoons",
    "verzend",
]

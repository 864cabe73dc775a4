"""What others may do with messages: plan them, cancel them, and send what is due."""

from notifications.services.plannen import (
    NieuwBericht,
    berichten_annuleren,
    berichten_hervatten,
    berichten_plannen,
    berichten_plannen_per_soort,
)
from notifications.services.verzenden import Verzendresultaat, verzend

__all__ = [
    "NieuwBericht",
    "Verzendresultaat",
    "berichten_annuleren",
    "berichten_hervatten",
    "berichten_plannen",
    "berichten_plannen_per_soort",
    "verzend",
]

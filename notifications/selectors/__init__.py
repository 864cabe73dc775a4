"""Reading messages: for the rooms above and for the API."""

from notifications.doelen import doel_van
from notifications.selectors.bereik import (
    gestopte_kanalen,
    kanaalstops,
    met_push,
    onbereikbaar_zichtbaar_voor,
    spoedkanalen,
    zonder_toestemming,
)
from notifications.selectors.berichten import (
    aanleidingen_met,
    berichten_over,
    berichten_zichtbaar_voor,
    berichtstatussen,
    bestaande_sleutels,
    gezinnen_met_verzonden_bericht,
)
from notifications.selectors.brieven import (
    Brief,
    Brievenlijst,
    briefpartij_op_slot,
    briefpartijen_zichtbaar_voor,
    brieven_van,
    brieven_van_partij,
    brievenlijst,
    wachtende_brieven,
)
from notifications.selectors.teksten import Tekst, eigen_teksten, nieuwste_versie, teksten_van

__all__ = [
    "Brief",
    "Brievenlijst",
    "Tekst",
    "aanleidingen_met",
    "berichten_over",
    "berichten_zichtbaar_voor",
    "berichtstatussen",
    "bestaande_sleutels",
    "briefpartij_op_slot",
    "briefpartijen_zichtbaar_voor",
    "brieven_van",
    "brieven_van_partij",
    "brievenlijst",
    "doel_van",
    "eigen_teksten",
    "gestopte_kanalen",
    "gezinnen_met_verzonden_bericht",
    "kanaalstops",
    "met_push",
    "nieuwste_versie",
    "onbereikbaar_zichtbaar_voor",
    "spoedkanalen",
    "teksten_van",
    "wachtende_brieven",
    "zonder_toestemming",
]

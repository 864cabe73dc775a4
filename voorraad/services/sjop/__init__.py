"""What can be done in the Sjop. Other apps call these and nothing deeper."""

from voorraad.services.sjop.aanvragen import (
    aanvraag_annuleren,
    aanvraag_doen,
    afspraak_afzeggen,
    afspraak_zetten,
    pas_openen,
    sjop_stoppen,
    tijdsloten,
)
from voorraad.services.sjop.blokkeren import blokkade_bewaren
from voorraad.services.sjop.inbrengen import (
    Goed,
    donors_vergeten,
    inbreng_afkeuren,
    inbreng_boeken,
    inbreng_goedkeuren,
    inbreng_terugdraaien,
)
from voorraad.services.sjop.inrichten import (
    categorie_toevoegen,
    categorie_wijzigen,
    instelling_wijzigen,
    openingstijd_toevoegen,
    openingstijd_verwijderen,
    sjop_inrichten,
)
from voorraad.services.sjop.terugroepen import merk_terugroepen, merk_terugroepen_intrekken
from voorraad.services.sjop.uitgeven import (
    Keuze,
    bruikleen_terugnemen,
    bruikleen_verlengen,
    bruikleen_verloren,
    uitgeven,
    uitgifte_terugdraaien,
)
from voorraad.services.sjop.wachtlijst import toezegging_verlopen, wachtlijst_bijwerken

__all__ = [
    "Goed",
    "Keuze",
    "aanvraag_annuleren",
    "aanvraag_doen",
    "afspraak_afzeggen",
    "afspraak_zetten",
    "blokkade_bewaren",
    "bruikleen_terugnemen",
    "bruikleen_verlengen",
    "bruikleen_verloren",
    "categorie_toevoegen",
    "categorie_wijzigen",
    "donors_vergeten",
    "inbreng_afkeuren",
    "inbreng_boeken",
    "inbreng_goedkeuren",
    "inbreng_terugdraaien",
    "instelling_wijzigen",
    "merk_terugroepen",
    "merk_terugroepen_intrekken",
    "openingstijd_toevoegen",
    "openingstijd_verwijderen",
    "pas_openen",
    "sjop_inrichten",
    "sjop_stoppen",
    "tijdsloten",
    "toezegging_verlopen",
    "uitgeven",
    "uitgifte_terugdraaien",
    "wachtlijst_bijwerken",
]

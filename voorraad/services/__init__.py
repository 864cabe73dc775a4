"""What can be done with the stock. Other apps call these and nothing deeper.

Lock order of this app (docs/adr/0012): the count, the occasions (`aanleiding`, sorted), the lines that are reversed (by
id), the balances by (artikel, partij or nothing, locatie), ascending, lots (by id); vouchers (by id) last of all.
A caller that holds locks of its own (a family, a visit) takes them before.
"""

from voorraad.services.bestellen import (
    alarmen_bijwerken,
    bestellen,
    bestelling_annuleren,
    bestelling_ontvangen,
)
from voorraad.services.boeken import MAXIMUM, mutatie_boeken
from voorraad.services.catalogus import artikel_toevoegen, artikel_wijzigen, locatie_toevoegen, partij_toevoegen
from voorraad.services.dozen import (
    Uitgifte,
    doos_uitgeven,
    dozen_reserveren,
    dozen_uitgeven,
    reserveringen_vrijgeven,
)
from voorraad.services.perioden import periode_sluiten
from voorraad.services.plekken import plekken_aanmaken, thuisplek
from voorraad.services.recepten import samenstelling_vaststellen
from voorraad.services.samenstellen import (
    dozen_samenstellen,
    dozen_uit_elkaar_halen,
    samenstelling_boeken,
)
from voorraad.services.tellen import Vaststelling, tellen, telling_annuleren, telling_beginnen, telling_vaststellen
from voorraad.services.terugdraaien import mutatie_terugdraaien
from voorraad.services.terugroepen import partij_terugroepen, terugroepen_intrekken
from voorraad.services.voucherimport import Importuitslag, vouchers_inlezen
from voorraad.services.vouchers import (
    Vouchergebruik,
    sporen,
    voucher_intrekken,
    voucher_vervangen,
    vouchermelding_afhandelen,
    vouchers_maken,
    vouchers_uitgeven,
)

__all__ = [
    "MAXIMUM",
    "Importuitslag",
    "Uitgifte",
    "Vaststelling",
    "Vouchergebruik",
    "alarmen_bijwerken",
    "artikel_toevoegen",
    "artikel_wijzigen",
    "bestellen",
    "bestelling_annuleren",
    "bestelling_ontvangen",
    "doos_uitgeven",
    "dozen_reserveren",
    "dozen_samenstellen",
    "dozen_uit_elkaar_halen",
    "dozen_uitgeven",
    "locatie_toevoegen",
    "mutatie_boeken",
    "mutatie_terugdraaien",
    "partij_terugroepen",
    "partij_toevoegen",
    "periode_sluiten",
    "plekken_aanmaken",
    "reserveringen_vrijgeven",
    "samenstelling_boeken",
    "samenstelling_vaststellen",
    "sporen",
    "tellen",
    "telling_annuleren",
    "telling_beginnen",
    "telling_vaststellen",
    "terugroepen_intrekken",
    "thuisplek",
    "voucher_intrekken",
    "voucher_vervangen",
    "vouchermelding_afhandelen",
    "vouchers_inlezen",
    "vouchers_maken",
    "vouchers_uitgeven",
]

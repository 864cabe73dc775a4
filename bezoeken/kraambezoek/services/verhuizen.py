"""A family moves (domain.md, rule 6; api.md, Settled details: Move)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bezoeken.kraambezoek.selectors import LOPEND
from bezoeken.kraambezoek.services.sluiten import gezin_vertrokken
from bezoeken.models import Bezoek
from bezoeken.toewijzing.services import toewijzing_intrekken
from ooievaar.selectors.adressen import Ligging, wijk_van_adres
from ooievaar.services.gezinnen import adres_wijzigen, gezin_hersteld, gezin_vergrendelen, pasgeborenen_terug
from ooievaar.services.inschrijven import Adres
from ooievaar.services.koppelingen import koppelingen_voorstellen
from ooievaar.sleutels import naamsleutel

VERHUISD = "verhuisd"


@transaction.atomic
def gezin_verhuizen(*, gezin_id: UUID, adres: Adres, wijk_code: str = "", nu: datetime) -> None:
    """The family lives somewhere else now.

    Inside the Gebied its running visits go along: another wijk is another match, so who had the visit gives it back
    (assignment, appointment, promised boxes and her messages end; what the family was told stays true) and it is open
    again for the coordinator. Within one wijk nothing changes but the address. Outside, the running visits close as
    `verhuisd` and the new address is not kept. An unknown postcode in one of our gemeenten: the visit has no wijk
    until a person gives one, by another move. A visit that took place or was closed keeps its wijk.

    A family that was written down as gone and moves back lives here again; its visits stay closed until a person
    reopens them. Whoever looks like the same people at the new address is proposed as a link.
    """
    gezin = gezin_vergrendelen(gezin_id=gezin_id)
    gebied = gezin.gebied
    ligging = wijk_van_adres(gebied=gebied, postcode=adres.postcode, huisnummer=adres.huisnummer, wijk_code=wijk_code)
    if ligging.buiten or _elders(ligging, adres, gebied.gemeente_namen):
        gezin_vertrokken(gezin=gezin, nu=nu)
        return
    wijk_id = ligging.wijk.id if ligging.wijk else None
    adres_wijzigen(gezin=gezin, adres=adres, wijk_id=wijk_id)
    if pasgeborenen_terug(gezin=gezin):
        gezin_hersteld(gezin=gezin, nu=nu, stil_sinds=gezin.stil_sinds)
    lopend = Bezoek.objects.filter(gezin_id=gezin_id, status__in=LOPEND).order_by("pk")
    for bezoek in lopend.select_for_update(of=("self",)):
        if bezoek.wijk_id != wijk_id:
            bezoek = toewijzing_intrekken(bezoek_id=bezoek.pk, nu=nu, eindreden=VERHUISD)
            bezoek.wijk_id = wijk_id
            bezoek.save(update_fields=["wijk"])
    koppelingen_voorstellen(gezin_ids=[gezin_id], nu=nu)


def _elders(ligging: Ligging, adres: Adres, gemeente_namen: list[str]) -> bool:
    """An address that CBS's table does not know, in a place that is none of ours."""
    if ligging.wijk is not None or not adres.woonplaats:
        return False
    return naamsleutel(adres.woonplaats) not in {naamsleutel(naam) for naam in gemeente_namen}

"""Logging an attempt to reach a family (domain.md, rule 9): always stored, with a warning where a rule was bent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bezoeken.kraambezoek.pogingen import PogingFeit, Pogingregels, waarschuwingen
from bezoeken.kraambezoek.services.vergrendelen import aanleiding, bezoek_vergrendelen, overgang
from bezoeken.models import Bezoek, Contactstap, Poging
from bezoeken.toestand import Actie
from notifications.selectors import aanleidingen_met
from ooievaar.platform.errors import Ongeldig
from ooievaar.selectors.gezinnen import heeft_telefoonnummer
from ooievaar.services.versies import raak_aan

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# Attempts that tell the family who comes and why, as the letter of the programme does.
_KONDIGT_AAN = frozenset({"brief", "bericht", "telefoon"})


@transaction.atomic
def poging_vastleggen(
    *,
    bezoek_id: UUID,
    moment: datetime,
    soort: str,
    uitkomst: str,
    door: Gebruiker | None,
    nu: datetime,
    achteraf: bool = False,
) -> Bezoek:
    """Log one attempt. Raises Ongeldig for a moment in the future, Afgesloten, Bezocht.

    With `achteraf` (a phone that had no signal) an attempt from before the visit was logged or closed is stored all the
    same, so that the order in which phones send makes no difference.
    """
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    klaar_op = bezoek.afgerond_op or bezoek.afgesloten_op
    if not (achteraf and klaar_op is not None and moment <= klaar_op):
        overgang(bezoek, Actie.PROBEREN)
    if moment > nu:
        raise Ongeldig([("moment", "inToekomst", _("Dit moment ligt in de toekomst."))])
    eerdere = [PogingFeit(p.moment, p.soort, p.uitkomst) for p in Poging.objects.filter(bezoek=bezoek)]
    nieuw = PogingFeit(moment, soort, uitkomst)
    gebied = bezoek.gebied
    aangekondigd = any(p.soort in _KONDIGT_AAN for p in eerdere) or bool(
        aanleidingen_met("aankondiging", [aanleiding(bezoek.pk)], ook_geannuleerd=False)
    )
    codes = waarschuwingen(
        nieuw,
        eerdere,
        Pogingregels(gebied.maximum_pogingen, gebied.pogingen_dagen, gebied.pogingen_dagdelen),
        aangekondigd=aangekondigd,
        nummer_bekend=heeft_telefoonnummer(bezoek.gezin_id),
    )
    Poging.objects.create(
        bezoek=bezoek, moment=moment, soort=soort, uitkomst=uitkomst, waarschuwingen=codes, door=door, gelogd_op=nu
    )
    bezoek.aantal_pogingen = sum(p.telt for p in [*eerdere, nieuw])
    if uitkomst == Poging.Uitkomst.GESPROKEN:
        bezoek.contact_stap = Contactstap.GESPROKEN
    bezoek.save(update_fields=["aantal_pogingen", "contact_stap"])
    raak_aan(bezoek, door=door, nu=nu)
    return bezoek

"""An appointment with the family: optional, one per visit, never two at once for one volunteer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.types.range import TimestamptzRange

from bezoeken.kraambezoek.bezoekuren import binnen_bezoekuren
from bezoeken.kraambezoek.fouten import BuitenBezoekuren, DubbeleAfspraak
from bezoeken.kraambezoek.services.aanvaarden import bezoek_aanvaarden
from bezoeken.kraambezoek.services.contact import controleer_contact
from bezoeken.kraambezoek.services.losmaken import afspraak_laten_vervallen, berichten_achterhaald
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen, overgang
from bezoeken.models import Afspraak, Bezoek
from bezoeken.toestand import Actie
from ooievaar.services.versies import raak_aan

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# What an appointment takes the reason of: the reminder of the former one, and every "nothing is agreed yet".
_ACHTERHAALD = ("bezoekherinnering", "bellenEnPlannen", "geenAfspraak")


@transaction.atomic
def afspraak_maken(
    *, bezoek_id: UUID, begin: datetime, duur_minuten: int, toch: bool, door: Gebruiker | None, nu: datetime
) -> Bezoek:
    """Agree a day and time, or move the one that stands.

    Outside the visiting hours it is refused unless `toch` says that it was agreed so. The database guards that she is
    not in two places at once. Who agrees a day with a family has taken the visit: her appointment is her acceptance.
    Raises DubbeleAfspraak, BuitenBezoekuren, NietToegewezen, Afgesloten, Bezocht; GeenContact or KoppelingOnbeslist
    when the family may not be contacted (yet).
    """
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    status = overgang(bezoek, Actie.AFSPREKEN)
    controleer_contact(bezoek.gezin_id)
    assert bezoek.ooievaarsmoeder_id is not None  # the database demands it in these states
    if not toch and not binnen_bezoekuren(begin=begin, duur_minuten=duur_minuten, gebied=bezoek.gebied):
        raise BuitenBezoekuren
    huidig = Afspraak.objects.filter(bezoek=bezoek, vervallen_op__isnull=True).first()
    if huidig and (huidig.begin, huidig.duur_minuten) == (begin, duur_minuten):
        return bezoek
    afspraak_laten_vervallen(bezoek=bezoek, nu=nu)
    berichten_achterhaald(bezoek=bezoek, soorten=_ACHTERHAALD, nu=nu)
    eind = begin + timedelta(minutes=duur_minuten)
    try:
        with transaction.atomic():
            Afspraak.objects.create(
                bezoek=bezoek,
                ooievaarsmoeder_id=bezoek.ooievaarsmoeder_id,
                begin=begin,
                duur_minuten=duur_minuten,
                periode=TimestamptzRange(begin, eind),
            )
    except IntegrityError as fout:
        if "afspraak_niet_dubbel" in str(fout):
            raise DubbeleAfspraak from None
        raise
    bezoek.status = status
    bezoek.save(update_fields=["status"])
    if _van_haarzelf(bezoek, door):
        bezoek = bezoek_aanvaarden(bezoek_id=bezoek.pk, nu=nu)
    raak_aan(bezoek, door=door, nu=nu)
    return bezoek


def _van_haarzelf(bezoek: Bezoek, door: Gebruiker | None) -> bool:
    """Whether the volunteer of this visit asks, and not a coordinator, who agrees it for whoever will go."""
    if door is None or door.bevoegdheid.heeft("coordinator"):
        return False
    return door.bevoegdheid.ooievaarsmoeder_id == bezoek.ooievaarsmoeder_id

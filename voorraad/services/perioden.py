"""Closing a period, and what that means for a booking (docs/adr/0012)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from voorraad import fouten
from voorraad.models import Periodesluiting
from voorraad.selectors import gesloten_tot

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@transaction.atomic
def periode_sluiten(*, gebied_id: UUID, tot_en_met: date, door: Gebruiker | None, nu: datetime) -> Periodesluiting:
    """From now on nothing is booked that happened up to and including this day. The same day again changes nothing.

    Waits for the bookings that are being written at this moment, and holds new ones until this commits; a trigger
    refuses those that would still fall into the period. Raises Ongeldig for today, a later day, or one that lies in a
    period that is closed already.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE voorraad_mutatie IN SHARE ROW EXCLUSIVE MODE")
    dicht = gesloten_tot(gebied_id)
    if dicht == tot_en_met:
        return Periodesluiting.objects.get(gebied_id=gebied_id, tot_en_met=tot_en_met)
    if tot_en_met >= clock.dag_van(nu):
        raise Ongeldig([("totEnMet", "teLaat", _("Sluit tot en met een dag die voorbij is: gisteren of eerder."))])
    if dicht and tot_en_met < dicht:
        reden = _("Tot en met %(dag)s is al gesloten.") % {"dag": f"{dicht:%d-%m-%Y}"}
        raise Ongeldig([("totEnMet", "alGesloten", reden)])
    return Periodesluiting.objects.create(gebied_id=gebied_id, tot_en_met=tot_en_met, gesloten_op=nu, door=door)


def periode_moet_open_zijn(gebied_id: UUID, gebeurd_op: datetime, *, nu: datetime) -> None:
    """Raises PeriodeGesloten for a moment in a closed period, and Ongeldig for one that is still to come."""
    if gebeurd_op > nu:
        raise Ongeldig([("gebeurdOp", "inToekomst", _("Dit moment ligt in de toekomst."))])
    dicht = gesloten_tot(gebied_id)
    if dicht and clock.dag_van(gebeurd_op) <= dicht:
        raise fouten.PeriodeGesloten(dicht)


def in_open_periode(gebeurd_op: datetime, dicht: date | None, *, nu: datetime) -> datetime:
    """The moment under which something that may never be refused is booked.

    A visit can always be logged, however late (domain.md, rule 9 and "The window"). When the books of that day are
    closed, its box is booked on the day it was entered; the visit itself keeps its own moment.
    """
    return nu if dicht and clock.dag_van(gebeurd_op) <= dicht else gebeurd_op

"""She arrives, stays longer, leaves. The clock is the server's: an end that passes is found by `bewaken`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from bezoeken.kraambezoek.fouten import NietToegewezen
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen, overgang
from bezoeken.models import Alarm, Incheck
from bezoeken.toestand import Actie
from bezoeken.veiligheid.fouten import GeenAchterwacht, NietIngecheckt, NogIngecheckt
from bezoeken.veiligheid.selectors import dienst_op
from bezoeken.veiligheid.services.alarm import alarm_sluiten, berichten_intrekken
from bezoeken.veiligheid.tijden import verlengd_eind

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

STANDAARD_MINUTEN = 60


@transaction.atomic
def inchecken(
    *, bezoek_id: UUID, ooievaarsmoeder_id: UUID, verwachte_minuten: int, door: Gebruiker | None, nu: datetime
) -> tuple[Incheck, bool]:
    """She goes in and expects to be out again in so many minutes; returns the check-in and whether it is new.

    Checking in twice at the same visit changes nothing. Raises GeenAchterwacht when nobody is on duty for her Gebied,
    NogIngecheckt when she is still with another family, NietToegewezen when the visit is not hers or not accepted,
    Afgesloten or Bezocht when it is over.
    """
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    huidig = Incheck.objects.filter(ooievaarsmoeder_id=ooievaarsmoeder_id, uitgecheckt_op__isnull=True).first()
    if huidig is not None and huidig.bezoek_id == bezoek_id:
        return huidig, False
    # The states in which somebody can be visited: those in which an attempt can be made.
    overgang(bezoek, Actie.PROBEREN)
    if bezoek.ooievaarsmoeder_id != ooievaarsmoeder_id or bezoek.aanvaard_op is None:
        raise NietToegewezen
    if huidig is not None:
        raise NogIngecheckt
    dienst = dienst_op(bezoek.gebied_id, nu)
    if dienst is None:
        raise GeenAchterwacht
    try:
        with transaction.atomic():
            incheck = Incheck.objects.create(
                bezoek=bezoek,
                ooievaarsmoeder_id=ooievaarsmoeder_id,
                dienst=dienst,
                ingecheckt_op=nu,
                verwachte_minuten=verwachte_minuten,
                verwacht_eind=nu + timedelta(minutes=verwachte_minuten),
            )
    except IntegrityError as fout:
        if "incheck_een_tegelijk" in str(fout):  # two phones at once, at two families
            raise NogIngecheckt from None
        raise
    return incheck, True


@transaction.atomic
def uitchecken(*, bezoek_id: UUID, ooievaarsmoeder_id: UUID, door: Gebruiker | None, nu: datetime) -> Incheck:
    """She is out: whatever waited for her is over, and who was alarmed hears that it is. Twice changes nothing.

    Also when the visit was meanwhile closed or given to another. Raises NietIngecheckt when she never checked in there.
    """
    incheck = _laatste(bezoek_id, ooievaarsmoeder_id)
    if incheck.uitgecheckt_op is None:
        incheck.uitgecheckt_op = nu
        incheck.save(update_fields=["uitgecheckt_op"])
        _ze_is_terecht(incheck, Alarm.Uitkomst.UITGECHECKT, nu)
    return incheck


@transaction.atomic
def verlengen(
    *, bezoek_id: UUID, ooievaarsmoeder_id: UUID, minuten: int, door: Gebruiker | None, nu: datetime
) -> Incheck:
    """She stays so many minutes longer; counted from now when the expected end has passed. Raises NietIngecheckt."""
    incheck = _laatste(bezoek_id, ooievaarsmoeder_id)
    if incheck.uitgecheckt_op is not None:
        raise NietIngecheckt
    incheck.verwacht_eind = verlengd_eind(incheck.verwacht_eind, minuten, nu)
    incheck.gewaarschuwd_op = None
    incheck.save(update_fields=["verwacht_eind", "gewaarschuwd_op"])
    _ze_is_terecht(incheck, Alarm.Uitkomst.VERLENGD, nu)
    return incheck


def _laatste(bezoek_id: UUID, ooievaarsmoeder_id: UUID) -> Incheck:
    """Her latest check-in at this visit, locked."""
    inchecks = Incheck.objects.filter(bezoek_id=bezoek_id, ooievaarsmoeder_id=ooievaarsmoeder_id)
    incheck = inchecks.select_for_update(of=("self",)).order_by("-ingecheckt_op", "id").first()
    if incheck is None:
        raise NietIngecheckt
    return incheck


def _ze_is_terecht(incheck: Incheck, uitkomst: Alarm.Uitkomst, nu: datetime) -> None:
    berichten_intrekken(incheck=incheck, nu=nu)
    if alarm := Alarm.objects.select_for_update(of=("self",)).filter(incheck=incheck, gesloten_op=None).first():
        alarm_sluiten(alarm=alarm, uitkomst=uitkomst, nu=nu)

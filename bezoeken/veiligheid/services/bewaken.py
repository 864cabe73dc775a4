"""Who is overdue? Asked of the database every few seconds; the row itself is the timer, so nothing can get lost."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.expressions import CombinedExpression

from bezoeken.models import Alarm, Incheck
from bezoeken.veiligheid.selectors import veiligheidsregels
from bezoeken.veiligheid.services.alarm import alarm_starten, tweede_roepen, waarschuw_haar
from bezoeken.veiligheid.tijden import Verloop, stappen

logger = logging.getLogger(__name__)
_MINUUT = Value(timedelta(minutes=1))


def bewaken(*, nu: datetime) -> Counter[str]:
    """One look: plan the messages that are due and say how many, by kind. As often and as many at once as one likes.

    Each check-in is its own transaction, so that one that cannot be handled keeps no other waiting.
    """
    telling: Counter[str] = Counter()
    for pk in _over_tijd(nu):
        try:
            with transaction.atomic():
                telling += _een(pk, nu)
        except (OperationalError, InterfaceError):
            raise  # the database is away, for all of them: whoever called looks again
        except Exception:
            logger.exception("a check-in could not be looked after")
    return telling


def _over_tijd(nu: datetime) -> list[UUID]:
    """The open check-ins with something to do, the most overdue first."""

    def na(minuten: str) -> CombinedExpression:
        duur = ExpressionWrapper(_MINUUT * F(f"bezoek__gebied__{minuten}"), output_field=DurationField())
        return Value(nu) - duur

    open_alarm = Q(alarmen__gesloten_op__isnull=True, alarmen__isnull=False)
    inchecks = Incheck.objects.filter(uitgecheckt_op__isnull=True, verwacht_eind__lte=nu).filter(
        Q(gewaarschuwd_op__isnull=True, verwacht_eind__lte=na("waarschuwing_minuten"))
        | ~Q(pk__in=Incheck.objects.filter(open_alarm).values("pk")) & Q(verwacht_eind__lte=na("alarm_minuten"))
        | Q(pk__in=Alarm.objects.filter(gesloten_op=None, geclaimd_op=None, tweede_op=None).values("incheck_id"))
    )
    return list(inchecks.order_by("verwacht_eind", "pk").values_list("pk", flat=True))


def _een(incheck_id: UUID, nu: datetime) -> Counter[str]:
    """What is due for one check-in; somebody else who is busy with it (she checks out) does it instead of us."""
    incheck = (
        Incheck.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("bezoek__gebied", "dienst")
        .filter(pk=incheck_id, uitgecheckt_op__isnull=True)
        .first()
    )
    if incheck is None:
        return Counter()
    alarm = Alarm.objects.select_for_update(of=("self",)).filter(incheck=incheck, gesloten_op=None).first()
    wat = stappen(
        Verloop(
            verwacht_eind=incheck.verwacht_eind,
            gewaarschuwd=incheck.gewaarschuwd_op is not None,
            gestart_op=alarm.gestart_op if alarm else None,
            opgepakt=alarm is not None and alarm.geclaimd_op is not None,
            tweede_gewaarschuwd=alarm is not None and alarm.tweede_op is not None,
        ),
        veiligheidsregels(incheck.bezoek.gebied),
        nu,
    )
    if wat.waarschuw:
        waarschuw_haar(incheck=incheck, nu=nu)
    if wat.alarmeer:
        alarm_starten(incheck=incheck, nu=nu)
    if wat.roep_tweede and alarm is not None:
        alarm.incheck = incheck
        tweede_roepen(alarm=alarm, nu=nu)
    return Counter(waarschuwing=int(wat.waarschuw), alarm=int(wat.alarmeer), tweede=int(wat.roep_tweede))

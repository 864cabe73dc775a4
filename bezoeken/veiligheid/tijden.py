"""When something happens after an expected end that passes: pure, no Django, no clock (domain.md, rule 11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Veiligheidsregels:
    """Minutes after the expected end for a message to her and for the alarm; after the alarm for the second person."""

    waarschuwing: int = 15
    alarm: int = 30
    tweede: int = 10


@dataclass(frozen=True)
class Verloop:
    """What has happened since she checked in. `gestart_op`: of the alarm that is open, if there is one."""

    verwacht_eind: datetime
    gewaarschuwd: bool = False
    gestart_op: datetime | None = None
    opgepakt: bool = False
    tweede_gewaarschuwd: bool = False


@dataclass(frozen=True)
class Stappen:
    """What is to be done now. After a pause of the server several may be due at once."""

    waarschuw: bool
    alarmeer: bool
    roep_tweede: bool


def stappen(verloop: Verloop, regels: Veiligheidsregels, nu: datetime) -> Stappen:
    """What is due at `nu` for somebody who has not checked out."""
    alarmeer = verloop.gestart_op is None and nu >= verloop.verwacht_eind + timedelta(minutes=regels.alarm)
    return Stappen(
        waarschuw=not verloop.gewaarschuwd and nu >= verloop.verwacht_eind + timedelta(minutes=regels.waarschuwing),
        alarmeer=alarmeer,
        roep_tweede=verloop.gestart_op is not None
        and not verloop.opgepakt
        and not verloop.tweede_gewaarschuwd
        and nu >= verloop.gestart_op + timedelta(minutes=regels.tweede),
    )


def verlengd_eind(verwacht_eind: datetime, minuten: int, nu: datetime) -> datetime:
    """The new expected end: so many minutes from the old one or, when that has passed, from now."""
    return max(verwacht_eind, nu) + timedelta(minutes=minuten)


def maanden_later(dag: date, maanden: int) -> date:
    """The same day of the month so many months later, or the last day of a shorter month."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    volgende = date(jaar + (maand == 11), (maand + 1) % 12 + 1, 1)
    return date(jaar, maand + 1, min(dag.day, (volgende - timedelta(days=1)).day))

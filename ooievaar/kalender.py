"""On which days and at which hours a message may go: pure, no Django, no clock.

Source: domain.md, "Contact hours" (messages 9-20, never on Sundays and holidays) and "The window" (a reminder on a
quiet day moves earlier or, if that is past, to the next moment when it may go).

Which holidays count: the days of Algemene termijnenwet, article 3 (so 5 May in every year, and Goede Vrijdag, which its
second paragraph puts on a par), the Sundays of Easter and Whitsun, and Carnaval, which is a holiday in Limburg.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from holidays.constants import OPTIONAL, PUBLIC

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_DAG = timedelta(days=1)
# No row of quiet days is longer than this; who fills the table with more gets an error, not an endless loop.
_VERSTE = 400

Stil = Callable[[date], bool]


class GeenVerzendmoment(ValueError):
    """The extra quiet periods leave no day on which a message may go."""


@dataclass(frozen=True)
class Periode:
    """Days, both ends included."""

    begin: date
    eind: date

    def __contains__(self, dag: date) -> bool:
        return self.begin <= dag <= self.eind


@dataclass(frozen=True)
class Uren:
    """Local hours in which messages go: from `van` up to, not including, `tot`. Default 9-20."""

    van: time = time(9)
    tot: time = time(20)


@lru_cache(maxsize=200)
def feestdagen(jaar: int) -> dict[date, str]:
    """The holidays of a year with their Dutch names, in the order of the calendar."""
    dagen = dict(holidays.country_holidays("NL", years=jaar, categories=(PUBLIC, OPTIONAL), language="nl").items())
    pasen = next(dag for dag, naam in dagen.items() if "Eerste paasdag" in naam)
    for dagen_voor_pasen in (49, 48, 47):  # Ash Wednesday is 46 days before Easter
        dagen.setdefault(pasen - dagen_voor_pasen * _DAG, "Carnaval")
    return dict(sorted(dagen.items()))


def feestdag(dag: date) -> str | None:
    """The name of the holiday on this day, if it is one."""
    return feestdagen(dag.year).get(dag)


def feestdagen_tussen(van: date, tot: date) -> list[tuple[date, str]]:
    """The holidays from `van` up to and including `tot`, with their names, in order."""
    jaren = range(van.year, tot.year + 1)
    return [(dag, naam) for jaar in jaren for dag, naam in feestdagen(jaar).items() if van <= dag <= tot]


def is_stil(dag: date, extra: Iterable[Periode] = ()) -> bool:
    """Whether no message goes on this day: a Sunday, a holiday, or in one of the extra quiet periods."""
    return dag.isoweekday() == 7 or feestdag(dag) is not None or any(dag in periode for periode in extra)


def dag_van(moment: datetime) -> date:
    """The calendar day of a moment in Amsterdam."""
    return moment.astimezone(AMSTERDAM).date()


def moment_op(dag: date, tijd: time) -> datetime:
    """A local time on a day as a moment in UTC. In the spring night a time that does not exist is an hour later."""
    return datetime.combine(dag, tijd, tzinfo=AMSTERDAM).astimezone(UTC)


def mag_nu(moment: datetime, uren: Uren, stil: Stil) -> bool:
    """Whether a message may go at this moment."""
    dag = dag_van(moment)
    return not stil(dag) and moment_op(dag, uren.van) <= moment < moment_op(dag, uren.tot)


def volgende_verzendmoment(moment: datetime, uren: Uren, stil: Stil) -> datetime:
    """The first moment at or after this one at which a message may go (UTC). Raises GeenVerzendmoment."""
    if mag_nu(moment, uren, stil):
        return moment.astimezone(UTC)
    dag = dag_van(moment)
    if moment >= moment_op(dag, uren.van):
        dag += _DAG
    return moment_op(_eerste(dag, _DAG, stil), uren.van)


def verzenddag(dag: date, stil: Stil, niet_voor: date | None = None) -> date:
    """The day on which what is due on `dag` goes: `dag` itself or, when that is quiet, the last day before that is not.

    If that would be before `niet_voor`: the first day from `niet_voor` that is not quiet. Raises GeenVerzendmoment.
    """
    vroeger = _eerste(dag, -_DAG, stil)
    if niet_voor is not None and vroeger < niet_voor:
        return _eerste(max(dag, niet_voor), _DAG, stil)
    return vroeger


def _eerste(dag: date, stap: timedelta, stil: Stil) -> date:
    for _keer in range(_VERSTE):
        if not stil(dag):
            return dag
        dag += stap
    raise GeenVerzendmoment

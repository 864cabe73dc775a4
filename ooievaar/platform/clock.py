"""The one clock. Rules take `nu` as an argument; who has none asks here (architecture.md, habit 9)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def nu() -> datetime:
    """This moment, in UTC, with its zone."""
    return timezone.now()


def dag_van(moment: datetime) -> date:
    """The calendar day of a moment in Europe/Amsterdam, whatever the server's own zone is."""
    return moment.astimezone(AMSTERDAM).date()


def vandaag() -> date:
    """Today in Europe/Amsterdam."""
    return dag_van(nu())


def moment_op(dag: date, tijd) -> datetime:
    """A wall-clock time on a day in Amsterdam as a moment; on the spring night a missing hour moves on by an hour."""
    return datetime.combine(dag, tijd, tzinfo=AMSTERDAM).astimezone(ZoneInfo("UTC"))


def lees_moment(tekst: str) -> datetime:
    """A moment typed by a person: 2026-11-24T09:00, in Amsterdam unless it says otherwise. Raises ValueError."""
    moment = datetime.fromisoformat(tekst)
    return (moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)).astimezone(ZoneInfo("UTC"))

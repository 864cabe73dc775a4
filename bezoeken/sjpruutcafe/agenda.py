"""Cafés as a calendar (RFC 5545): where, when and about what, and nothing of anybody who comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

from bezoeken.models import Sjpruutcafe
from ooievaar.kalender import AMSTERDAM

_VERS = timedelta(hours=1)
SOORT = "text/calendar; charset=utf-8"


def als_agenda(cafes: Iterable[Any], *, naam: str, nu: datetime) -> bytes:
    """These cafés, cancelled ones marked as such. A client that fetches it again sees what was moved (`SEQUENCE`)."""
    agenda = Calendar()
    agenda.add("prodid", "-//Ooievaar//Sjpruutcafes//NL")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    agenda.add("x-wr-calname", naam)
    # How often a calendar comes to look again: the standard's word for it, and Microsoft's.
    agenda.add("refresh-interval", _VERS, parameters={"VALUE": "DURATION"})
    agenda.add("x-published-ttl", vDuration(_VERS))
    agenda.add_component(_zone())
    for cafe in cafes:
        agenda.add_component(_gebeurtenis(cafe, nu))
    return bytes(agenda.to_ical())


def _zone() -> Timezone:
    """Clock times with their zone: a client then knows of summer time what we know (EU directive 2000/84/EC).

    As two yearly rules. Readers that should take a list of days (icalendar's own `add_missing_timezones` writes one) do
    not all do so: vobject and ical.js showed every café of the summer an hour late.
    """
    zone = Timezone()
    zone.add("tzid", AMSTERDAM.key)
    for soort, naam, maand, uur, van, naar in (
        (TimezoneDaylight, "CEST", 3, 2, 1, 2),
        (TimezoneStandard, "CET", 10, 3, 2, 1),
    ):
        deel = soort()
        deel.add("tzname", naam)
        # A time on the clock, on the last Sunday of that month in 1970: long before any café.
        deel.add("dtstart", datetime(1970, maand, 29 if maand == 3 else 25, uur))  # noqa: DTZ001
        deel.add("rrule", {"freq": "yearly", "bymonth": maand, "byday": "-1su"})
        deel.add("tzoffsetfrom", timedelta(hours=van))
        deel.add("tzoffsetto", timedelta(hours=naar))
        zone.add_component(deel)
    return zone


def _gebeurtenis(cafe: Sjpruutcafe, nu: datetime) -> Event:
    begin = datetime.combine(cafe.dag, cafe.tijd, tzinfo=AMSTERDAM)
    gaat_niet_door = cafe.status == Sjpruutcafe.Status.AFGELAST
    rij = Event()
    rij.add("uid", f"{cafe.pk}@ooievaar")
    rij.add("dtstamp", cafe.gewijzigd_op or nu)
    rij.add("dtstart", begin)
    # A duration on the clock: who starts at ten for two hours is done at twelve, in every season.
    rij.add("dtend", begin + timedelta(minutes=cafe.duur_minuten))
    rij.add("sequence", cafe.versie)
    rij.add("status", "CANCELLED" if gaat_niet_door else "CONFIRMED")
    titel = _("Sjpruutcafé: %(thema)s") % {"thema": cafe.get_thema_display()}
    rij.add("summary", _("Gaat niet door: %(titel)s") % {"titel": titel} if gaat_niet_door else titel)
    plek = cafe.plaats
    rij.add("location", f"{plek.naam}, {plek.adres}" if plek.adres else plek.naam)
    return rij

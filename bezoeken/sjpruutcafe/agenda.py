"""Cafés as a calendar (RFC 5545): where, when and about what, and nothing of anybody who comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bezoeken.models import Sjpruutcafe
from ooievaar.kalender import AMSTERDAM

SOORT = "text/calendar; charset=utf-8"


def als_agenda(cafes: Iterable[Any], *, naam: str, nu: datetime) -> bytes:
    """These cafés, cancelled ones marked as such. A client that fetches it again sees what was moved (`SEQUENCE`)."""
    agenda = Calendar()
    agenda.add("prodid", "-//Ooievaar//Sjpruutcafes//NL")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    agenda.add("x-wr-calname", naam)
    for cafe in cafes:
        agenda.add_component(_gebeurtenis(cafe, nu))
    # Clock times with their zone: a client then knows of summer time what we know.
    agenda.add_missing_timezones()
    return bytes(agenda.to_ical())


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

"""The calendar feed as a client reads it that knows RFC 5545, and nothing of Amsterdam or of what wrote it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from django.test import Client

from bezoeken.models import Agendafeed, Sjpruutcafe
from bezoeken.sjpruutcafe.services.aanmelden import aanmelden
from bezoeken.sjpruutcafe.services.feeds import feed_intrekken, feed_maken
from bezoeken.sjpruutcafe.services.plannen import Cafegegevens, cafe_afgelasten, cafe_wijzigen, reeks_plannen
from ooievaar.kalender import AMSTERDAM
from ooievaar.platform import clock
from tests.factories import CafeplaatsFactory, GebiedFactory, SjpruutcafeFactory, cafegezin, gebruiker_met_rol

pytestmark = pytest.mark.django_db
NU = datetime(2026, 9, 20, 12, tzinfo=AMSTERDAM)


def lees(inhoud: bytes) -> dict[str, list[dict[str, tuple[str, str]]]]:
    """The components by name, each with its properties as (parameters, value): sections 3.1 and 3.4, and no more."""
    assert inhoud.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in inhoud.replace(b"\r\n", b""), "every line ends in CRLF"
    assert max(len(regel) for regel in inhoud.split(b"\r\n")) <= 75, "folded at 75 octets"
    delen: dict[str, list[dict[str, tuple[str, str]]]] = {}
    open_: list[dict[str, tuple[str, str]]] = []
    for regel in inhoud.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]:
        naam, parameters, waarde = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)", regel).groups()
        if naam == "BEGIN":
            open_.append({})
            delen.setdefault(waarde, []).append(open_[-1])
        elif naam == "END":
            open_.pop()
        else:
            assert naam not in open_[-1], "no property twice"
            open_[-1][naam] = (parameters, waarde)
    assert not open_
    return delen


def klok(tekst: str) -> datetime:
    return datetime.strptime(tekst, "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- a time on the clock


def moment(delen, waarde: tuple[str, str]) -> datetime:
    """A time with TZID as a moment, by nothing but the rules in the calendar (section 3.6.5)."""
    [zone] = delen["VTIMEZONE"]
    assert waarde[0] == f";TZID={zone['TZID'][1]}"
    op_de_klok = klok(waarde[1])
    overgangen = []
    for deel in delen["STANDARD"] + delen["DAYLIGHT"]:
        regel = rrulestr(deel["RRULE"][1], dtstart=klok(deel["DTSTART"][1]))
        naar = deel["TZOFFSETTO"][1]
        overgangen.append((regel.before(op_de_klok, inc=True), timedelta(hours=int(naar[:3]), minutes=int(naar[3:]))))
    return (op_de_klok - max(overgangen)[1]).replace(tzinfo=UTC)


@pytest.fixture
def gebied():
    return GebiedFactory(naam="Heerlen-Noord")


@pytest.fixture
def reeks(gebied):
    """Every week at ten o'clock over both nights: 25 October 2026 and 28 March 2027."""
    plek = CafeplaatsFactory(
        gebied=gebied, naam="Buurthuis 't Wiegje; zaal 1, boven", adres="Voorbeeldlaan 12a, Éénhoorn"
    )
    gegevens = Cafegegevens(plek, "gezondeVoeding", time(10), 120, 8, 8)
    eerste, laatste = date(2026, 9, 27), date(2027, 4, 4)
    rij = reeks_plannen(gebied_id=gebied.pk, gegevens=gegevens, eerste=eerste, laatste=laatste, weken=1, nu=NU)
    return list(rij.cafes.order_by("dag"))


@pytest.fixture
def feed(gebied, monkeypatch):
    """Fetches the feed at a moment; other keywords are headers."""
    rij, token = feed_maken(gebied_id=gebied.pk, naam="balie", door=gebruiker_met_rol("coordinator"), nu=NU)

    def haal(nu=NU, **koppen):
        monkeypatch.setattr(clock, "nu", lambda: nu)
        return Client().get(f"/cafes/agenda/{token}.ics", headers=koppen)

    haal.rij = rij
    return haal


def test_ten_o_clock_is_ten_o_clock_on_both_sides_of_both_nights(reeks, feed):
    delen = lees(feed(NU).content)
    later = lees(feed(datetime(2027, 3, 1, tzinfo=AMSTERDAM)).content)
    gezien = set()
    for agenda in (delen, later):
        for rij in agenda["VEVENT"]:
            cafe = Sjpruutcafe.objects.get(pk=rij["UID"][1].partition("@")[0])
            gezien.add(cafe.dag)
            assert klok(rij["DTSTART"][1]).time() == time(10)
            assert moment(agenda, rij["DTSTART"]) == cafe.begin
            assert moment(agenda, rij["DTEND"]) == cafe.begin + timedelta(hours=2)
    assert {date(2026, 10, 18), date(2026, 10, 25), date(2027, 3, 21), date(2027, 3, 28)} <= gezien


def test_what_every_calendar_must_have_and_the_words_as_written(reeks, feed):
    delen = lees(feed().content)
    [agenda] = delen["VCALENDAR"]
    assert (agenda["VERSION"][1], agenda["METHOD"][1]) == ("2.0", "PUBLISH")
    assert agenda["PRODID"][1]
    assert agenda["X-WR-CALNAME"][1] == "Sjpruutcafés Heerlen-Noord"
    uids = [rij["UID"][1] for rij in delen["VEVENT"]]
    assert len(uids) == len(set(uids)) >= 25
    for rij in delen["VEVENT"]:
        assert re.fullmatch(r"\d{8}T\d{6}Z", rij["DTSTAMP"][1])
        assert rij["SUMMARY"][1] == "Sjpruutcafé: gezonde voeding"
        assert rij["LOCATION"][1] == r"Buurthuis 't Wiegje\; zaal 1\, boven\, Voorbeeldlaan 12a\, Éénhoorn"
        assert set(rij) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION"}


def test_moved_and_called_off_are_the_same_events_that_say_so(reeks, feed):
    eerst = {rij["UID"][1]: rij for rij in lees(feed().content)["VEVENT"]}
    verplaatst, afgelast, gewoon = reeks[2], reeks[3], reeks[4]
    cafe_wijzigen(cafe_id=verplaatst.pk, gegevens={"dag": date(2026, 10, 13), "tijd": time(14, 30)}, nu=NU)
    cafe_afgelasten(cafe_id=afgelast.pk, nu=NU)
    daarna = {rij["UID"][1]: rij for rij in lees(feed().content)["VEVENT"]}
    assert set(eerst) == set(daarna)

    def van(cafe, naam):
        return tuple(rijen[f"{cafe.pk}@ooievaar"][naam][1] for rijen in (eerst, daarna))

    assert van(verplaatst, "DTSTART") == ("20261011T100000", "20261013T143000")
    assert van(afgelast, "STATUS") == ("CONFIRMED", "CANCELLED")
    assert van(afgelast, "SUMMARY")[1].startswith("Gaat niet door")
    for cafe in (verplaatst, afgelast):
        voor, na = van(cafe, "SEQUENCE")
        assert int(na) > int(voor)
    assert van(gewoon, "SEQUENCE")[0] == van(gewoon, "SEQUENCE")[1]


def test_who_comes_back_hears_that_nothing_changed_until_it_did(reeks, feed):
    eerst = feed()
    tag = eerst["ETag"]
    zelfde = feed(NU + timedelta(minutes=30), **{"If-None-Match": tag})
    assert (zelfde.status_code, zelfde.content) == (304, b"")
    gezin = cafegezin(gebied=reeks[0].gebied, naam="Kanarie Voorbeeld")
    aanmelden(cafe_id=reeks[0].pk, gezin_id=gezin.pk, volwassenen=1, kinderen=1, via="link", nu=NU)
    assert feed(**{"If-None-Match": tag}).status_code == 304, "who signs up is no news to a calendar"
    cafe_afgelasten(cafe_id=reeks[1].pk, nu=NU)
    anders = feed(**{"If-None-Match": tag})
    assert anders.status_code == 200
    assert anders["ETag"] != tag
    feed_intrekken(feed=Agendafeed.objects.get(pk=feed.rij.pk), nu=NU)
    assert feed(**{"If-None-Match": anders["ETag"]}).status_code == 404


def test_a_café_stays_in_the_calendar_while_it_goes_on_and_some_weeks_after(gebied, feed):
    cafe = SjpruutcafeFactory(gebied=gebied, dag=date(2026, 9, 27))
    for nu, aantal in (
        (cafe.begin + timedelta(minutes=30), 1),
        (cafe.begin + timedelta(weeks=3), 1),
        (cafe.begin + timedelta(weeks=5), 0),
    ):
        assert len(lees(feed(nu).content).get("VEVENT", [])) == aantal

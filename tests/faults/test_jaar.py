"""A year of messages, day by day with an injected clock: 430 births, DST nights, holidays, three days of outage.

The provider is a stub that writes down when it was called. Whatever happens, for each (recipient, kind, subject, due
date) there is exactly one delivery, inside the hours, to nobody after a stop or a death (quality.md, R5 to R9).
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
import redis
from django.conf import settings

from bezoeken.herinneren.services import herinneringen_plannen, standaardregels
from bezoeken.kraambezoek.fouten import Bezocht, DubbeleAfspraak
from bezoeken.kraambezoek.services.afronden import Afronding, bezoek_afronden
from bezoeken.kraambezoek.services.afspraak import afspraak_maken
from bezoeken.kraambezoek.services.sluiten import gezin_stoppen, overlijden_melden
from bezoeken.models import Bezoek, Bezoekkind, Toewijzing
from notifications.kanalen import AppKanaal, BriefKanaal
from notifications.models import Bericht, Briefregel
from notifications.services import verzend
from ooievaar.kalender import AMSTERDAM, Uren, is_stil, mag_nu
from ooievaar.models import Gezin
from tests.factories import (
    BezoekFactory,
    BezoekkindFactory,
    ContactpersoonFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    PasgeboreneFactory,
    WijkFactory,
    gebruiker_met_rol,
)
from tests.notifications.stub import StubKanaal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
BEGIN = date(2026, 9, 1)
DAGEN = 365
GEBOORTEN = 430
STORING = range(120, 123)  # 30 December to 1 January: what falls due then is caught up
NACHTEN = (date(2026, 10, 25), date(2027, 3, 28))  # the clock goes back, and forth
DUUR = 110  # after the last birth, until nothing is due any more


class Dienst(StubKanaal):
    """A provider that writes down when it was called, on the clock of the test."""

    def __init__(self, naam, boek, klok):
        super().__init__(partij=50)
        self.naam, self.boek, self.klok = naam, boek, klok

    def verzend(self, zendingen):
        antwoorden = super().verzend(zendingen)
        self.boek += [(self.naam, zending.id, self.klok["nu"]) for zending in zendingen]
        return antwoorden


class Jaar:
    """The area and its people, and what happens to them on each day."""

    def __init__(self) -> None:
        self.kans = random.Random(20260901)
        self.klok = {"nu": None}
        self.boek: list[tuple[str, object, datetime]] = []
        self.kanalen = [AppKanaal(), BriefKanaal(), *(Dienst(n, self.boek, self.klok) for n in ("sms", "email"))]
        self.wijk = WijkFactory()
        self.gebied = self.wijk.gebied
        standaardregels(self.gebied)
        self.coordinator = gebruiker_met_rol("coordinator", gebied=self.gebied, email="c@example.org")
        self.moeders = [OoievaarsmoederFactory(gebied=self.gebied, emailadres=f"m{n}@example.org") for n in range(12)]
        self.stops: dict[object, datetime] = {}
        self.dagen = Counter(self.kans.randrange(DAGEN) for _geboorte in range(GEBOORTEN))
        self.plannen: dict[date, list] = {}

    def op(self, dag: date, uur: int, minuut: int = 0) -> datetime:
        return datetime.combine(dag, time(uur, minuut), tzinfo=AMSTERDAM)

    def veeg(self, nu: datetime) -> None:
        """One sweep and one sender, as the scheduled tasks."""
        self.klok["nu"] = nu
        herinneringen_plannen(nu=nu)
        verzend(nu=nu, kanalen=self.kanalen)

    def geboren(self, dag: date) -> None:
        kans = self.kans
        gezin = GezinFactory(wijk=self.wijk)
        kanaal = kans.choice(["", "", "", "email", "sms", "brief"])
        ContactpersoonFactory(
            gezin=gezin,
            emailadres=f"{gezin.pk}@example.org" if kanaal == "email" or kans.random() < 0.2 else "",
            telefoonnummer="+31612345678" if kanaal == "sms" or kans.random() < 0.2 else "",
            voorkeurskanaal=kanaal,
            taal=kans.choice(["nl", "nl", "pl", "ar", "ti", "so"]),
        )
        bezoek = BezoekFactory(gezin=gezin, geboortedatum=dag, gemeld_op=self.op(dag, 12))
        kind = PasgeboreneFactory(gezin=gezin, geboortedatum=dag)
        BezoekkindFactory(bezoek=bezoek, pasgeborene=kind)
        loting = kans.random()
        if loting < 0.05:
            self._later(dag, kans.randrange(10, 60), lambda nu: self._stop(bezoek, nu))
        elif loting < 0.09:
            self._later(dag, kans.randrange(1, 60), lambda nu: self._dood(bezoek, kind, nu))
        elif loting < 0.95:
            self._later(dag, 29, lambda nu: self._wijs_toe(bezoek, nu))
            if kans.random() < 0.6:
                self._later(dag, kans.randrange(38, 45), lambda nu: self._spreek_af(bezoek, nu))
                if kans.random() < 0.2:
                    self._later(dag, 46, lambda nu: self._spreek_af(bezoek, nu))
            self._later(dag, kans.randrange(47, 70), lambda nu: self._bezocht(bezoek, nu))

    def _later(self, dag: date, dagen: int, wat) -> None:
        self.plannen.setdefault(dag + timedelta(days=dagen), []).append(wat)

    def _stop(self, bezoek: Bezoek, nu: datetime) -> None:
        gezin_stoppen(gezin_id=bezoek.gezin_id, reden="geweigerd", nu=nu)
        self.stops[bezoek.gezin_id] = nu

    def _dood(self, bezoek: Bezoek, kind, nu: datetime) -> None:
        overlijden_melden(pasgeborene_id=kind.pk, nu=nu)
        self.stops[bezoek.gezin_id] = nu

    def _wijs_toe(self, bezoek: Bezoek, nu: datetime) -> None:
        moeder = self.kans.choice(self.moeders)
        Bezoek.objects.filter(pk=bezoek.pk).update(status="toegewezen", ooievaarsmoeder=moeder, aanvaard_op=nu)
        Toewijzing.objects.create(bezoek=bezoek, ooievaarsmoeder=moeder, toegewezen_op=nu, aanvaard_op=nu)

    def _spreek_af(self, bezoek: Bezoek, nu: datetime) -> None:
        begin = nu + timedelta(days=self.kans.randrange(2, 6), minutes=self.kans.randrange(500))
        try:
            afspraak_maken(bezoek_id=bezoek.pk, begin=begin, duur_minuten=20, toch=True, door=None, nu=nu)
        except (DubbeleAfspraak, Bezocht):
            pass

    def _bezocht(self, bezoek: Bezoek, nu: datetime) -> None:
        bezoek_afronden(
            bezoek_id=bezoek.pk, afronding=Afronding(nu, "huisbezoek", [], [], False, False), door=None, nu=nu
        )

    def leef(self) -> None:
        for nummer in range(DAGEN + DUUR):
            dag = BEGIN + timedelta(days=nummer)
            for _keer in range(self.dagen[nummer]):
                self.geboren(dag)
            storing = nummer in STORING
            if not storing:
                self.veeg(self.op(dag, 9, 5))
                if dag in NACHTEN:
                    middernacht = self.op(dag, 0).timestamp()
                    for half_uur in range(1, 12):
                        self.veeg(datetime.fromtimestamp(middernacht + 1800 * half_uur, tz=AMSTERDAM))
            if nummer == 200:
                redis.Redis.from_url(settings.CELERY_BROKER_URL).flushdb()
            for wat in self.plannen.pop(dag, []):
                wat(self.op(dag, 13))
            if not storing:
                # Twice as often as needed, by two at a time: nothing is doubled by it.
                self.veeg(self.op(dag, 15, 30))
                if nummer % 7 == 0:
                    self.veeg(self.op(dag, 15, 30))
                    self.veeg(self.op(dag, 21))


@pytest.mark.timeout(900)
def test_a_year_each_message_once_in_time_and_to_nobody_who_stopped(capsys):
    jaar = Jaar()
    jaar.leef()
    berichten = {rij.pk: rij for rij in Bericht.objects.all()}
    keren = Counter(sleutel for _kanaal, sleutel, _nu in jaar.boek)

    # Exactly once at the provider for what was sent, never for what was cancelled or expired. What several messages
    # to one of us became is one call, under the key of the bundle.
    extern = {pk: rij for pk, rij in berichten.items() if rij.kanaal in ("sms", "email")}
    gegaan = {rij.bundel or pk for pk, rij in extern.items() if rij.status == "verzonden"}
    assert set(keren) == gegaan
    assert set(keren.values()) == {1}
    assert {rij.status for rij in berichten.values()} <= {"verzonden", "geannuleerd"}, "none failed, none uncertain"
    brieven = [rij for rij in berichten.values() if rij.kanaal == "brief" and rij.status == "verzonden"]
    assert Briefregel.objects.count() == len(brieven) > 0
    sleutels = [rij.sleutel for rij in berichten.values() if rij.status == "verzonden"]
    assert len(sleutels) == len(set(sleutels)) > GEBOORTEN

    # Never outside the hours, on a Sunday or a holiday.
    assert not [nu for _kanaal, _sleutel, nu in jaar.boek if not mag_nu(nu, Uren(), is_stil)]

    # Nothing to a family after its stop, and nothing about it to anybody.
    for rij in berichten.values():
        if rij.gezin_id in jaar.stops and rij.verzonden_op:
            assert rij.verzonden_op <= jaar.stops[rij.gezin_id]
    dood = set(Gezin.objects.filter(stil_sinds__isnull=False).values_list("pk", flat=True))
    assert len(jaar.stops) > 20
    assert dood

    # Every family that was there on D+35 and did not stop before was told, once.
    verteld = Counter(
        rij.gezin_id for rij in berichten.values() if rij.soort == "aankondiging" and rij.status == "verzonden"
    )
    assert set(verteld.values()) == {1}
    for kind in Bezoekkind.objects.select_related("bezoek"):
        gezin_id, dag35 = kind.bezoek.gezin_id, kind.geboortedatum + timedelta(days=45)
        gestopt = jaar.stops.get(gezin_id)
        if gestopt is None or gestopt.date() > dag35:
            assert verteld[gezin_id] == 1

    # The appointments that stood were reminded of the day before, once; three days of outage lost none of the rest.
    per_soort = Counter((rij.soort, rij.kanaal, rij.status) for rij in berichten.values())
    with capsys.disabled():
        print(f"\n{GEBOORTEN} births, {len(jaar.stops)} stops; one row per kind, channel and outcome")
        for (soort, kanaal, status), aantal in sorted(per_soort.items()):
            print(f"  {soort:<20} {kanaal:<6} {status:<12} {aantal:>5}")

"""Server time of the coordinator's and JENS's pages with ten years of births behind them (quality.md, screens.md).

One request after another, in this process: what a page costs the server, without a browser and without a queue.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from tests.benchmarks.meten import Regel

GEBOORTEN = 4_300  # some 430 a year (domain.md)
LOPEND = 75  # those of whom the visit is still to come
BERICHTEN = 3  # for each family
RONDEN = 7
MEESTE = 100.0  # ms


def main() -> list[Regel]:
    """The median of a few rounds for each page, the first round not counted."""
    from django.db import connection
    from django.test import Client

    from tests.factories import OoievaarsmoederFactory, WijkFactory, gebruiker_met_rol

    wijk = WijkFactory()
    moeders = [OoievaarsmoederFactory(gebied=wijk.gebied, wijken=[wijk]) for _nummer in range(25)]
    bezoek = _vul(wijk, moeders)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied))
    client.post("/gezinnen", {"vraag": "bench-42"})
    regels = []
    for naam, pad in _paden(bezoek):
        ms = _duur(client, pad)
        regels.append(Regel(f"page {naam}, 10 years", ms, "ms", "goal", MEESTE, f"<= {MEESTE:.0f} ms", ms <= MEESTE))
    return regels


def _paden(bezoek: Any) -> Iterator[tuple[str, str]]:
    yield from (
        ("Vandaag", "/vandaag"),
        ("Planbord", "/planbord"),
        ("Bezoeken", "/bezoeken"),
        ("Geef aan", f"/bezoeken/{bezoek.pk}/toewijzen"),
        ("Gezinnen, searched", "/gezinnen"),
        ("Gezin", f"/gezinnen/{bezoek.gezin_id}"),
        ("Gezin, the whole story", f"/gezinnen/{bezoek.gezin_id}/verhaal"),
        ("Meldingen", "/meldingen"),
        ("Ooievaarsmoeders", "/ooievaarsmoeders"),
        ("Veiligheid", "/veiligheid"),
        ("Berichten", "/berichten"),
        ("Berichten, to come", "/herinneringen?dagen=7"),
        ("Teksten", "/berichten/teksten"),
        ("Brieven", "/berichten/brieven"),
        ("Dekking", "/dekking"),
        ("Voorraad", "/voorraad"),
    )


def _duur(client: Any, pad: str) -> float:
    tijden = []
    for _ronde in range(RONDEN + 1):
        begin = time.perf_counter()
        antwoord = client.get(pad)
        tijden.append((time.perf_counter() - begin) * 1000)
        assert antwoord.status_code == 200, pad
    return statistics.median(tijden[1:])


def _vul(wijk: Any, moeders: list[Any]) -> Any:
    """Ten years of families, each with a child, a visit and messages; returns one visit that is still to come."""
    from bezoeken.models import Bezoek, Bezoekkind
    from notifications.models import Bericht
    from ooievaar.models import Contactpersoon, Gezin, Pasgeborene
    from ooievaar.platform import clock
    from tests.factories import BezoekFactory
    from tests.factories.notifications import BerichtFactory

    vandaag, nu = clock.vandaag(), clock.nu()
    dagen = [vandaag - timedelta(days=3650 * nummer // GEBOORTEN) for nummer in range(GEBOORTEN)]
    gezinnen = Gezin.objects.bulk_create(
        [
            Gezin(
                gebied=wijk.gebied,
                wijk=wijk,
                straat=f"Benchstraat {nummer % 97}",
                huisnummer=nummer + 1,
                postcode=f"64{10 + nummer % 20}AB",
                woonplaats="Heerlen",
            )
            for nummer in range(GEBOORTEN)
        ]
    )
    Contactpersoon.objects.bulk_create([Contactpersoon(gezin=gezin, naam="A. Bench") for gezin in gezinnen])
    kinderen = Pasgeborene.objects.bulk_create(
        [
            Pasgeborene(gezin=gezin, achternaam=f"Bench-{n}", naamsleutel=f"bench{n}", geboortedatum=dag)
            for n, (gezin, dag) in enumerate(zip(gezinnen, dagen, strict=True))
        ]
    )
    bezoeken = Bezoek.objects.bulk_create(
        [
            BezoekFactory.build(gezin=gezin, gebied=wijk.gebied, wijk=wijk, **_stand(nummer, dag, moeders, nu))
            for nummer, (gezin, dag) in enumerate(zip(gezinnen, dagen, strict=True))
        ]
    )
    Bezoekkind.objects.bulk_create(
        [
            Bezoekkind(
                bezoek=b,
                pasgeborene=kind,
                gebied=wijk.gebied,
                wijk=wijk,
                geboortedatum=b.geboortedatum,
                peildatum=b.geboortedatum + timedelta(days=57),
                bezoek_status=b.status,
                venster_eind=b.venster_eind,
                doos_gegeven=b.status == "bezocht",
                bezocht_datum=b.bezocht_op.date() if b.bezocht_op else None,
                vorm=b.vorm,
            )
            for b, kind in zip(bezoeken, kinderen, strict=True)
        ]
    )
    Bericht.objects.bulk_create(
        [
            BerichtFactory.build(
                gezin=gezin,
                gebied=wijk.gebied,
                aanleiding=f"bezoek:{bezoek.pk}",
                status="verzonden",
                verzonden_op=nu - timedelta(days=nummer % 3000),
                sleutel=f"bench-{nummer}-{keer}",
            )
            for nummer, (gezin, bezoek) in enumerate(zip(gezinnen, bezoeken, strict=True))
            for keer in range(BERICHTEN)
        ]
    )
    return bezoeken[50]


def _stand(nummer: int, geboren: date, moeders: list[Any], nu: datetime) -> dict[str, Any]:
    """The youngest are still to be visited: half of them by somebody, half by nobody yet. The others were."""
    moeder = moeders[nummer % len(moeders)]
    if nummer >= LOPEND:
        moment = nu - timedelta(days=nummer * 3650 // GEBOORTEN - 45)
        bezocht = {"bezocht_op": min(moment, nu), "afgerond_op": nu, "vorm": "huisbezoek", "aanvaard_op": nu}
        return {"geboortedatum": geboren, "status": "bezocht", "ooievaarsmoeder": moeder, **bezocht}
    if nummer % 2:
        return {"geboortedatum": geboren, "status": "toegewezen", "ooievaarsmoeder": moeder, "aanvaard_op": nu}
    return {"geboortedatum": geboren, "status": "open"}

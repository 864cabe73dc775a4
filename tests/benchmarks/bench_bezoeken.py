"""The list of visits, 25 rows, signed in: ours beside plain DRF serializers and a bare SELECT of the same rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.benchmarks.meten import Regel, meet, pgbench
from tests.benchmarks.web import Klant, web

AANTAL = 200


def main() -> list[Regel]:
    """Both over HTTP, through the same granian, sign-in and middleware; the limit is pgbench with the rows alone."""
    from django.db import connection

    from bezoeken.models import Poging
    from ooievaar.platform import clock
    from tests.factories import GezinFactory, WijkFactory, bezoek_met_kinderen, gebruiker_met_rol, token_voor

    wijk = WijkFactory()
    token = token_voor(gebruiker_met_rol("coordinator", gebied=wijk.gebied))
    for _nummer in range(AANTAL):
        bezoek = bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk))
        Poging.objects.create(
            bezoek=bezoek, moment=clock.nu(), soort="brief", uitkomst="gesproken", gelogd_op=clock.nu()
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def haal(poort: int, pad: str) -> Callable[[int], Callable[[], Any]]:
        def maak(_nummer: int) -> Callable[[], Any]:
            klant = Klant(poort, token)

            def werk() -> None:
                status, lichaam = klant.vraag("GET", pad)
                assert status == 200, lichaam
                assert lichaam.count(b'"venster') >= 25

            return werk

        return maak

    with web() as poort:
        ons = meet(haal(poort, "/api/v1/bezoeken?ordering=vensterEind")).per_seconde
        drf = meet(haal(poort, "/gewoon/bezoeken")).per_seconde
    kaal = pgbench(
        f"SELECT * FROM bezoeken_bezoek WHERE gebied_id = '{wijk.gebied_id}' ORDER BY venster_eind, id LIMIT 25;"
    )
    return [
        Regel(
            "visits list of 25, signed in",
            ons,
            "/s",
            "plain DRF serializers, same server",
            drf,
            ">= 2x",
            ons >= 2 * drf,
        ),
        Regel("visits list of 25, signed in", ons, "/s", "pgbench: the bare 25 rows", kaal, "", None),
    ]

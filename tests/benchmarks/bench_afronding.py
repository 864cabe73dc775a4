"""One logged visit (POST afronding), beside the same rows written with plain SQL in one transaction."""

from __future__ import annotations

import itertools
from typing import Any
from uuid import uuid4

from tests.benchmarks.meten import KLANTEN, regel, tempo

AANTAL = 1600
SECONDEN = 3.0


def main() -> None:
    """Print two lines; the ratio is to plain SQL. Stops early rather than counting work that was not there."""
    from django.db import connection, transaction
    from rest_framework.test import APIClient

    from bezoeken.models import Bezoekkind
    from ooievaar.platform import clock
    from tests.factories import (
        GebiedFactory,
        GezinFactory,
        WijkFactory,
        doos,
        dozen_bij_moeder,
        gebruiker_met_rol,
        toegewezen_bezoek,
        token_voor,
    )

    gebied = GebiedFactory()
    doos(gebied)
    wijk = WijkFactory(gebied=gebied)
    klanten = []
    for _nummer in range(KLANTEN):
        zij = gebruiker_met_rol("ooievaarsmoeder", gebied=gebied)
        dozen_bij_moeder(zij.ooievaarsmoeder, AANTAL)
        klanten.append(zij)
    werkvoorraad: list[list[tuple[Any, Any]]] = []
    with transaction.atomic():
        for zij in klanten:
            bezoeken = [
                toegewezen_bezoek(zij.ooievaarsmoeder, gezin=GezinFactory(wijk=wijk)).pk
                for _ in range(AANTAL // KLANTEN)
            ]
            werkvoorraad.append(
                list(Bezoekkind.objects.filter(bezoek__in=bezoeken).values_list("bezoek_id", "pasgeborene_id"))
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    resten = [iter(rijen) for rijen in werkvoorraad]

    def ons(nummer: int) -> Any:
        client = APIClient(HTTP_AUTHORIZATION=f"Bearer {token_voor(klanten[nummer])}")
        vast = {"vorm": "huisbezoek", "onderwerpen": ["zwemles"], "uitnodigen": True, "zorgGedeeld": False}

        def werk() -> None:
            bezoek, kind = next(resten[nummer])
            lichaam = {"bezochtOp": clock.nu().isoformat(), "dozen": [{"pasgeborene": str(kind)}], **vast}
            antwoord = client.post(f"/api/v1/bezoeken/{bezoek}/afronding", lichaam, format="json")
            assert antwoord.status_code == 201, antwoord.content

        return werk

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bezoek (id uuid PRIMARY KEY, status text, gelogd_op timestamptz)")
        cursor.execute("CREATE TABLE bench_stand (id int PRIMARY KEY, aantal int CHECK (aantal >= 0))")
        for tabel in ("mutatie", "toestemming", "geschiedenis_bezoek", "geschiedenis_kind"):
            cursor.execute(f"CREATE TABLE bench_{tabel} (id uuid PRIMARY KEY, bezoek uuid, op timestamptz)")
        cursor.executemany("INSERT INTO bench_stand VALUES (%s, 1000000)", [(n,) for n in range(KLANTEN)])
        cursor.execute("INSERT INTO bench_bezoek SELECT gen_random_uuid(), 'open', NULL FROM generate_series(1, 60000)")
        cursor.execute("SELECT id FROM bench_bezoek")
        ids = [rij[0] for rij in cursor.fetchall()]

    def plat(nummer: int) -> Any:
        eigen = itertools.cycle(ids[nummer::KLANTEN])

        def werk() -> None:
            bezoek, nu = next(eigen), clock.nu()
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT status FROM bench_bezoek WHERE id = %s FOR UPDATE", [bezoek])
                cursor.execute("UPDATE bench_bezoek SET status = 'bezocht', gelogd_op = %s WHERE id = %s", [nu, bezoek])
                cursor.execute("UPDATE bench_stand SET aantal = aantal - 1 WHERE id = %s", [nummer])
                for tabel in ("mutatie", "toestemming", "geschiedenis_bezoek", "geschiedenis_kind"):
                    cursor.execute(f"INSERT INTO bench_{tabel} VALUES (%s, %s, %s)", [uuid4(), bezoek, nu])

        return werk

    grens = tempo(plat, seconden=SECONDEN)
    eigen = tempo(ons, seconden=SECONDEN)
    regel("log one visit: the same writes as plain SQL (limit)", grens)
    regel("log one visit: POST afronding; of limit (goal 200/s)", eigen, grens)

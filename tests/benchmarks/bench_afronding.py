"""One logged visit (POST afronding), beside the same rows written with plain SQL in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.benchmarks.gegevens import log_van, ooievaarsmoeders
from tests.benchmarks.meten import KLANTEN, Regel, meet, pgbench
from tests.benchmarks.web import Klant, web

# What a client may log before it runs out, which ends the measurement sooner.
VOORRAAD = 250

PLAT = """
\\set n random(1, 50000)
\\set plek random(1, 8)
BEGIN;
SELECT status FROM bench_bezoek WHERE n = :n FOR UPDATE;
UPDATE bench_bezoek SET status = 'bezocht', gelogd_op = now() WHERE n = :n;
UPDATE bench_stand SET aantal = aantal - 1 WHERE n = :plek;
INSERT INTO bench_mutatie VALUES (gen_random_uuid(), :n, now());
INSERT INTO bench_toestemming VALUES (gen_random_uuid(), :n, now());
INSERT INTO bench_geschiedenis_bezoek VALUES (gen_random_uuid(), :n, now());
INSERT INTO bench_geschiedenis_kind VALUES (gen_random_uuid(), :n, now());
COMMIT;
"""


def main() -> list[Regel]:
    """Eight volunteers over HTTP; the limit is pgbench with the same writes, without rules or sign-in."""
    zij = ooievaarsmoeders(KLANTEN, bezoeken=VOORRAAD)
    maak_plat()
    grens = pgbench(PLAT)
    with web() as poort:

        def maak(nummer: int) -> Callable[[], Any]:
            klant, werkvoorraad = Klant(poort, zij[nummer].token), zij[nummer].bezoeken

            def werk() -> None:
                bezoek, kind = next(werkvoorraad)
                status, lichaam = klant.vraag("POST", f"/api/v1/bezoeken/{bezoek}/afronding", log_van(kind))
                assert status == 201, lichaam

            return werk

        ons = meet(maak).per_seconde
    return [Regel("log one visit", ons, "/s", "pgbench: the same writes", grens, ">= 200/s", ons >= 200)]


def maak_plat() -> None:
    """Bare tables with the rows that a logged visit writes: no constraints but the one on the balance."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bezoek, bench_stand")
        cursor.execute("CREATE TABLE bench_bezoek (n int PRIMARY KEY, status text, gelogd_op timestamptz)")
        cursor.execute("CREATE TABLE bench_stand (n int PRIMARY KEY, aantal int CHECK (aantal >= 0))")
        for tabel in ("mutatie", "toestemming", "geschiedenis_bezoek", "geschiedenis_kind"):
            cursor.execute(f"DROP TABLE IF EXISTS bench_{tabel}")
            cursor.execute(f"CREATE TABLE bench_{tabel} (id uuid PRIMARY KEY, bezoek int, op timestamptz)")
        cursor.execute("INSERT INTO bench_stand SELECT n, 100000000 FROM generate_series(1, 8) AS n")
        cursor.execute("INSERT INTO bench_bezoek SELECT n, 'open', NULL FROM generate_series(1, 60000) AS n")
        cursor.execute("ANALYZE")

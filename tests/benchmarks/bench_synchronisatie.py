"""POST /synchronisatie with 50 and with 10 logged visits, beside the same rows written set-wise with plain SQL."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from tests.benchmarks.bench_afronding import maak_plat
from tests.benchmarks.gegevens import Zij, handeling_van, ooievaarsmoeders
from tests.benchmarks.meten import KLANTEN, Meting, Regel, meet, pgbench
from tests.benchmarks.web import Klant, web

# Two phones at once: as many as the reference machine has cores. The answer time of a busier server is a queue's.
TELEFOONS = 2

PLAT = """
\\set n random(1, 50000)
\\set plek random(1, 8)
BEGIN;
SELECT status FROM bench_bezoek WHERE n BETWEEN :n AND :n + 49 ORDER BY n FOR UPDATE;
UPDATE bench_bezoek SET status = 'bezocht', gelogd_op = now() WHERE n BETWEEN :n AND :n + 49;
UPDATE bench_stand SET aantal = aantal - 50 WHERE n = :plek;
INSERT INTO bench_mutatie SELECT gen_random_uuid(), n, now() FROM generate_series(:n, :n + 49) AS n;
INSERT INTO bench_toestemming SELECT gen_random_uuid(), n, now() FROM generate_series(:n, :n + 49) AS n;
INSERT INTO bench_geschiedenis_bezoek SELECT gen_random_uuid(), n, now() FROM generate_series(:n, :n + 49) AS n;
INSERT INTO bench_geschiedenis_kind SELECT gen_random_uuid(), n, now() FROM generate_series(:n, :n + 49) AS n;
COMMIT;
"""


def main() -> list[Regel]:
    """Batches over HTTP through granian; logs a second for 50 at a time, the slow end of the answer times for 10."""
    maak_plat()
    grens = pgbench(PLAT) * 50
    with web() as poort:
        vijftig = _meet(poort, ooievaarsmoeders(KLANTEN, bezoeken=600), 50)
        tien = _meet(poort, ooievaarsmoeders(TELEFOONS, bezoeken=500), 10)
    return [
        Regel("sync: 50 logged visits a batch", vijftig.per_seconde, "/s", "pgbench: the same writes, set-wise", grens,
              ">= 500 logs/s", vijftig.per_seconde >= 500),
        Regel("sync: 10 logged visits a batch, p95", tien.p95, "ms", "the goal", 150, "<= 150 ms", tien.p95 <= 150),
    ]  # fmt: skip


def _meet(poort: int, zij: list[Zij], aantal: int) -> Meting:
    def maak(nummer: int) -> Callable[[], Any]:
        klant, werkvoorraad = Klant(poort, zij[nummer].token), zij[nummer].bezoeken

        def werk() -> None:
            reeks = list(islice(werkvoorraad, aantal))
            if len(reeks) < aantal:
                raise StopIteration
            lichaam = {"handelingen": [handeling_van(bezoek, kind) for bezoek, kind in reeks]}
            status, antwoord = klant.vraag("POST", "/api/v1/synchronisatie", lichaam)
            assert status == 200, antwoord
            assert antwoord.count(b'"toegepast"') == aantal, antwoord

        return werk

    return meet(maak, klanten=len(zij), per_keer=aantal)

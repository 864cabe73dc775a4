"""Coverage at 1,000,000 children, 100 wijken, 10 years, in a scratch database of its own (quality.md, "Speed")."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.benchmarks.meten import Regel

KINDEREN = 1_000_000
VANDAAG = date(2026, 11, 24)
RONDEN = 7

# Triggers and foreign keys are off while these rows are made: only what is counted has to be there.
_VUL = """
INSERT INTO bezoeken_bezoek (id, versie, gewijzigd_op, gebied_id, gezin_id, wijk_id, soort, geboortedatum,
    venster_begin, venster_eind, venster_reden, late_melding, gemeld_op, status, afsluitreden, afgesloten_op,
    aantal_pogingen, bezocht_op, afgerond_op, vorm, onderwerpen)
SELECT gen_random_uuid(), 1, now(), %(gebied)s, gen_random_uuid(), (%(wijken)s::uuid[])[1 + n %% 100], 'geboorte', d,
    d + 42, d + 56, '', n %% 50 = 0, d + 5,
    CASE WHEN bezocht THEN 'bezocht' WHEN dicht THEN 'afgesloten' ELSE 'open' END,
    CASE WHEN bezocht OR NOT dicht THEN '' ELSE
        (ARRAY['geweigerd', 'nietBereikt', 'verhuisd', 'geenCapaciteit'])[1 + n %% 4] END,
    CASE WHEN dicht AND NOT bezocht THEN now() END, n %% 4,
    CASE WHEN bezocht THEN (d + 45 + n %% 20) + time '11:00' END,
    CASE WHEN bezocht THEN now() END, CASE WHEN bezocht THEN 'huisbezoek' ELSE '' END, '{}'
FROM (SELECT n, %(begin)s::date + (n::bigint * 3650 / %(aantal)s)::integer AS d,
          n %% 10 < 7 AS bezocht, n %% 10 < 9 AS dicht
      FROM generate_series(0, %(aantal)s - 1) AS n) AS rij
"""
_KINDEREN = """
INSERT INTO bezoeken_bezoekkind (id, bezoek_id, pasgeborene_id, gebied_id, geboortedatum, peildatum, telt_mee,
    doos_gegeven, voucher_gegeven, voucher_hash, voucher_einde, wijk_id, bezoek_status, afsluitreden, bezocht_datum,
    venster_eind, late_melding, vorm, pogingen, contact_stap)
SELECT gen_random_uuid(), id, gen_random_uuid(), gebied_id, geboortedatum, geboortedatum + 57, true,
    bezocht_op IS NOT NULL, false, '', '', wijk_id, status, afsluitreden, bezocht_op::date, venster_eind, late_melding, vorm, aantal_pogingen,
    aantal_pogingen % 3
FROM bezoeken_bezoek
"""
_NAIEF = """
SELECT date_trunc('month', k.peildatum), b.wijk_id, count(DISTINCT k.pasgeborene_id),
    count(DISTINCT k.pasgeborene_id) FILTER (WHERE b.status = 'bezocht' AND b.bezocht_op::date < k.peildatum)
FROM bezoeken_bezoekkind k JOIN bezoeken_bezoek b ON b.id = k.bezoek_id
WHERE b.gebied_id = %s AND k.peildatum >= %s AND k.peildatum < %s GROUP BY 1, 2
"""


def main() -> list[Regel]:
    """The query alone, as the service asks it; the scratch database is dropped at the end."""
    from django.core.management import call_command
    from django.db import connection

    eigen, proef = connection.settings_dict["NAME"], f"bench_dekking_{uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{proef}"')
    connection.close()
    connection.settings_dict["NAME"] = proef
    try:
        call_command("migrate", verbosity=0)
        return _meet(_vul())
    finally:
        connection.close()
        connection.settings_dict["NAME"] = eigen
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{proef}" WITH (FORCE)')


def _vul() -> UUID:
    from django.db import connection, transaction

    from ooievaar.models import Gebied, Wijk

    gebied = Gebied.objects.create(code="bench", naam="Bench")
    wijken = Wijk.objects.bulk_create(
        Wijk(
            gebied=gebied,
            code=f"WK{n:06d}",
            naam=f"Wijk {n}",
            start_op=date(2016, 1, 1),
            lengtegraad=6,
            breedtegraad=51,
        )
        for n in range(100)
    )
    waarden = {"gebied": gebied.pk, "wijken": [w.pk for w in wijken], "aantal": KINDEREN, "begin": date(2016, 10, 1)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_VUL, waarden)
        cursor.execute(_KINDEREN)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE bezoeken_bezoekkind")
        cursor.execute("VACUUM ANALYZE bezoeken_bezoek")
    return gebied.pk


def _meet(gebied: UUID) -> list[Regel]:
    from django.db import connection

    from bezoeken.dekking.selectors import groepen

    def query(van: date, tot: date, groep: str) -> Callable[[], Any]:
        lopend = VANDAAG - timedelta(days=27)
        return lambda: list(groepen(gebied, van, tot, vandaag=VANDAAG, lopend_vanaf=lopend, groep=groep))

    def naief() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(_NAIEF, [gebied, date(2025, 1, 1), date(2026, 1, 1)])
            return cursor.fetchall()

    regels = [
        ("12 months per wijk", query(date(2025, 1, 1), date(2026, 1, 1), "wijk_id"), 50),
        ("12 months, whole Gebied with ages", query(date(2025, 1, 1), date(2026, 1, 1), "dagen"), 50),
        ("a quarter per wijk", query(date(2025, 7, 1), date(2025, 10, 1), "wijk_id"), 50),
        ("24 months per wijk (rollend)", query(date(2025, 1, 1), date(2027, 1, 1), "wijk_id"), None),
    ]
    grens = _mediaan(naief)
    uit = []
    for naam, werk, doel in regels:
        ms = _mediaan(werk)
        haalt = ms <= doel if doel else None
        beside = "distinct children over joined visits"
        uit.append(Regel(f"coverage, 10^6: {naam}", ms, "ms", beside, grens, f"<= {doel} ms" if doel else "", haalt))
    return uit


def _mediaan(werk: Callable[[], Any]) -> float:
    werk()
    tijden = []
    for _ronde in range(RONDEN):
        begin = time.perf_counter()
        werk()
        tijden.append((time.perf_counter() - begin) * 1000)
    return statistics.median(tijden)

"""Stock: a hand-over, a transfer and the list of balances, each beside the same work in plain SQL in the same run."""

from __future__ import annotations

import itertools
from typing import Any
from uuid import uuid4

from tests.benchmarks.meten import Regel, meet

ARTIKELEN = 5000
SECONDEN = 3
KLANTEN = 4


def main() -> list[Regel]:
    """Three lines; each stands beside the same rows in plain SQL."""
    from django.db import connection, transaction
    from rest_framework.test import APIClient

    from ooievaar.platform import clock
    from tests.factories import GebiedFactory, LocatieFactory, doos, gebruiker_met_rol, ontvangen, token_voor
    from voorraad import models, services

    gebied = GebiedFactory()
    doosartikel = doos(gebied)
    magazijn = models.Locatie.objects.get(gebied=gebied, code="magazijn")
    wie = gebruiker_met_rol("coordinator", gebied=gebied)
    plekken = [LocatieFactory(gebied=gebied) for _klant in range(2 * KLANTEN)]
    for plek in plekken:
        ontvangen(doosartikel, plek, 50_000)
    artikelen = models.Artikel.objects.bulk_create(
        models.Artikel(gebied=gebied, code=f"bench-{n}", naam=f"Artikel {n}", soort="onderdeel")
        for n in range(ARTIKELEN)
    )
    with transaction.atomic():
        for artikel in artikelen:
            services.mutatie_boeken(
                soort="ontvangst", artikel=artikel, naar=magazijn, aantal=5, door=None, nu=clock.nu()
            )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_plek (id int PRIMARY KEY, aantal int CHECK (aantal >= 0))")
        cursor.executemany("INSERT INTO bench_plek VALUES (%s, 1000000)", [(n,) for n in range(2 * KLANTEN)])
        cursor.execute("CREATE TABLE bench_regel (id uuid PRIMARY KEY, van int, naar int, aantal int, op timestamptz)")
        cursor.execute("ANALYZE")

    def plat(*plaatsen: int) -> Any:
        """The rows of one movement: each balance changed, one line written."""

        def werk() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                for plaats, erbij in zip(plaatsen, (-1, 1), strict=False):
                    cursor.execute("UPDATE bench_plek SET aantal = aantal + %s WHERE id = %s", [erbij, plaats])
                van, naar = (*plaatsen, None)[:2]
                cursor.execute("INSERT INTO bench_regel VALUES (%s, %s, %s, 1, %s)", [uuid4(), van, naar, clock.nu()])

        return werk

    def boek(nummer: int, soort: str, **kanten: Any) -> Any:
        client = APIClient(HTTP_AUTHORIZATION=f"Bearer {token_voor(wie)}")
        lichaam = {"soort": soort, "artikel": str(doosartikel.pk), "aantal": 1}
        lichaam |= {kant: str(plek.pk) for kant, plek in kanten.items()}

        def werk() -> None:
            antwoord = client.post("/api/v1/voorraadmutaties", lichaam, format="json")
            assert antwoord.status_code == 201, antwoord.content

        return werk

    regels = []
    for wat, maak, kaal_werk in (
        ("hand over a box", lambda n: boek(n, "uitgifte", van=plekken[n]), plat),
        (
            "transfer of a box",
            lambda n: boek(n, "verplaatsing", van=plekken[n], naar=plekken[KLANTEN + n]),
            lambda n: plat(n, KLANTEN + n),
        ),
    ):
        grens, eigen = tempo(kaal_werk), tempo(maak)
        regels.append(Regel(wat, eigen, "/s", "the same rows in plain SQL", grens, "", None))

    bladzijden = itertools.count()

    def kaal(_nummer: int) -> Any:
        def werk() -> None:
            begin = next(bladzijden) % (ARTIKELEN // 25) * 25
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT s.artikel_id, s.locatie_id, s.partij_id, s.aantal, s.gereserveerd FROM voorraad_stand s"
                    " JOIN voorraad_artikel a ON a.id = s.artikel_id ORDER BY a.code LIMIT 25 OFFSET %s",
                    [begin],
                )
                assert len(cursor.fetchall()) == 25

        return werk

    def lijst(_nummer: int) -> Any:
        client = APIClient(HTTP_AUTHORIZATION=f"Bearer {token_voor(wie)}")

        def werk() -> None:
            pagina = next(bladzijden) % (ARTIKELEN // 25) + 1
            antwoord = client.get("/api/v1/voorraadstanden", {"page": pagina})
            assert antwoord.status_code == 200

        return werk

    grens, eigen = tempo(kaal), tempo(lijst)
    return [*regels, Regel(f"a page of {ARTIKELEN} balances", eigen, "/s", "one query", grens, "", None)]


def tempo(maak: Any) -> float:
    """Calls a second of this work."""
    return meet(maak, seconden=SECONDEN, klanten=KLANTEN).per_seconde

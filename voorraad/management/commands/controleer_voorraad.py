"""`manage.py controleer_voorraad`: are the balances what the ledger and the reservations say?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from voorraad.selectors import standen_kloppen


class Command(BaseCommand):
    help = "Vergelijkt elke stand met het grootboek en met de reserveringen. Verandert niets."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            verschillen = standen_kloppen()
        for v in verschillen:
            self.stdout.write(
                f"{v.wat}: stand {v.stand}, boeken {v.boeken} "
                f"(artikel {v.artikel}, partij {v.partij}, plek {v.locatie})"
            )
        if verschillen:
            raise CommandError(f"{len(verschillen)} standen kloppen niet.")
        self.stdout.write("Alle standen kloppen.")

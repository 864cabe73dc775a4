"""How the benchmarks count: the same work from several threads for a fixed time, and one line for the table."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

SECONDEN = 4.0
KLANTEN = 4


def tempo(maak: Callable[[int], Callable[[], object]], *, seconden: float = SECONDEN, klanten: int = KLANTEN) -> float:
    """Calls a second. `maak(n)` makes the work of client n; its first call is not counted."""
    from django.db import connection

    start = threading.Barrier(klanten + 1)
    stop = threading.Event()
    aantallen = [0] * klanten
    fouten: list[BaseException] = []

    def klant(nummer: int) -> None:
        try:
            werk = maak(nummer)
            werk()
            start.wait()
            while not stop.is_set():
                werk()
                aantallen[nummer] += 1
        except BaseException as fout:  # shown by the thread that waits
            fouten.append(fout)
            start.abort()
        finally:
            connection.close()

    draden = [threading.Thread(target=klant, args=(n,)) for n in range(klanten)]
    for draad in draden:
        draad.start()
    try:
        start.wait()
    except threading.BrokenBarrierError:
        raise fouten[0] from None
    begin = time.perf_counter()
    stop.wait(seconden)
    stop.set()
    for draad in draden:
        draad.join()
    duur = time.perf_counter() - begin
    if fouten:
        raise fouten[0]
    return sum(aantallen) / duur


def regel(wat: str, per_seconde: float, tegenover: float | None = None) -> None:
    """One line of the table: what, how fast, and which part of `tegenover` that is."""
    deel = "" if tegenover is None else f"  x {per_seconde / tegenover:6.2f}"
    print(f"{wat:<58}{per_seconde:>9.0f}/s{deel}")

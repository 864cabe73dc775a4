"""How the benchmarks count: several clients for a fixed time, the limit by pgbench, and the lines of one table."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

SECONDEN = 4.0
KLANTEN = 8


@dataclass
class Meting:
    """What came of it: work a second, and how long one call took (milliseconds, sorted)."""

    per_seconde: float
    tijden: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 calls were answered, in ms."""
        return self.tijden[int(len(self.tijden) * 0.95)] if self.tijden else 0.0


@dataclass
class Regel:
    """One line of the table. `ons` and `grens` are in `eenheid`; the goal is shown as it stands in quality.md."""

    wat: str
    ons: float
    eenheid: str
    tegenover: str
    grens: float
    doel: str
    haalt: bool | None


def meet(
    maak: Callable[[int], Callable[[], object]],
    *,
    seconden: float = SECONDEN,
    klanten: int = KLANTEN,
    per_keer: int = 1,
) -> Meting:
    """Clients in threads of this process. `maak(n)` makes the work of client n; its first call is not counted.

    The work itself runs elsewhere (granian, PostgreSQL): a thread here mostly waits. `per_keer`: how much one call is.
    A client whose work raises StopIteration has run out of it, which ends the measurement for all.
    """
    start = threading.Barrier(klanten + 1)
    stop = threading.Event()
    tijden: list[list[float]] = [[] for _n in range(klanten)]
    fouten: list[BaseException] = []

    def klant(nummer: int) -> None:
        try:
            werk = maak(nummer)
            werk()
            start.wait()
            while not stop.is_set():
                begin = time.perf_counter()
                werk()
                tijden[nummer].append((time.perf_counter() - begin) * 1000)
        except StopIteration:
            stop.set()
        except BaseException as fout:  # shown by the thread that waits
            fouten.append(fout)
            stop.set()
            start.abort()

    draden = [threading.Thread(target=klant, args=(n,)) for n in range(klanten)]
    for draad in draden:
        draad.start()
    try:
        start.wait()
    except threading.BrokenBarrierError:
        raise fouten[0] from None
    begin = time.perf_counter()
    stop.wait(seconden)
    duur = time.perf_counter() - begin
    stop.set()
    for draad in draden:
        draad.join()
    if fouten:
        raise fouten[0]
    alle = sorted(tijd for van_een in tijden for tijd in van_een)
    return Meting(len(alle) * per_keer / duur, alle)


def pgbench(sql: str, *, seconden: int = 3, klanten: int = KLANTEN, **waarden: object) -> float:
    """Transactions a second of this SQL with prepared statements, in pgbench's own syntax: what PostgreSQL can do."""
    from config.servers import postgres_binaries

    opdracht = [
        str(postgres_binaries() / "pgbench"), "--no-vacuum", "--protocol", "prepared", "--time", str(seconden),
        "--client", str(klanten), "--jobs", "2",
    ]  # fmt: skip
    for naam, waarde in waarden.items():
        opdracht += ["--define", f"{naam}={waarde}"]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as bestand:
        bestand.write(sql)
        bestand.flush()
        uit = subprocess.run(
            [*opdracht, "--file", bestand.name, os.environ["DATABASE_URL"]], capture_output=True, text=True, check=True
        )
    gevonden = re.search(r"tps = ([\d.]+)", uit.stdout)
    assert gevonden, uit.stdout + uit.stderr
    return float(gevonden[1])


def tabel(regels: list[Regel]) -> str:
    """The lines under each other: ours, what it stands beside, the ratio and the goal."""
    kop = f"{'what':<46}{'ours':>12}  {'beside':<40}{'':>12}{'ratio':>8}  goal"
    lijnen = [kop, "-" * len(kop)]
    for r in regels:
        oordeel = {True: "reached", False: "NOT reached", None: ""}[r.haalt]
        ratio = f"{r.ons / r.grens:8.3f}" if r.grens else " " * 8
        ons, grens = f"{r.ons:,.1f} {r.eenheid}", f"{r.grens:,.1f} {r.eenheid}"
        lijnen.append(f"{r.wat:<46}{ons:>14}  {r.tegenover:<40}{grens:>14}{ratio}  {r.doel} {oordeel}".rstrip())
    return "\n".join(lijnen)

"""`make bench`: our speed beside the limit of this machine, as ratios from one run (quality.md, "Speed").

In a database of its own, on the server of DATABASE_URL or else on one started for the occasion; both are gone after it.
That one runs without fsync, for ours and for the limit alike. docs/snelheid.md says what each line means.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.benchmarks.meten import tabel

DATABASE = f"ooievaar_bench_{os.getpid()}"
# The order of the table; what a colleague adds comes behind it. The big one is last: its traces slow others down.
EERST = ["bench_bezoeken", "bench_afronding", "bench_synchronisatie", "bench_berichten"]


@contextmanager
def servers() -> Iterator[None]:
    """PostgreSQL and Valkey: those of the environment, or our own in a temporary folder."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield
        return
    from config import embedded

    folder = Path(tempfile.mkdtemp(prefix="ooievaar-bench-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    os.environ["DATA_DIR"] = str(folder)
    claim = embedded.Claim(folder, say=lambda line: None)
    started = embedded.start(claim, fast=True, say=lambda line: None)
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = started.urls.database, started.urls.redis
    try:
        yield
    finally:
        started.stop()
        claim.release()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_database() -> Iterator[None]:
    """An empty, migrated database; dropped afterwards."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    os.environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{DATABASE}"))
    try:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.local"
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)  # a page names its files by their hash
        yield
        connections.close_all()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def main(gevraagd: list[str]) -> int:
    """Run all benchmarks of this folder, or those named; one that fails does not cost the table of the others.

    Returns the exit code: 1 when one of them failed.
    """
    gevonden = sorted(bestand.stem for bestand in Path(__file__).parent.glob("bench_*.py"))
    namen = [*EERST, *(naam for naam in gevonden if naam not in EERST)]
    regels, mislukt = [], []
    for naam in gevraagd or namen:
        print(f"{naam}…", file=sys.stderr, flush=True)
        try:
            regels += importlib.import_module(f"tests.benchmarks.{naam}").main()
        except Exception:
            traceback.print_exc()
            mislukt.append(naam)
    print(tabel(regels))
    if mislukt:
        print(f"FAILED: {' '.join(mislukt)}", file=sys.stderr)
    return int(bool(mislukt))


if __name__ == "__main__":
    import logging

    logging.disable(logging.WARNING)
    with servers(), own_database():
        code = main(sys.argv[1:])
    sys.exit(code)

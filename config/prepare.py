"""What `make run` does between the servers and the web: migrate, collect static files, load demo data.

One process for all, because starting Django costs more than any of them on a warm start. Progress goes to standard
error; standard output gets only what `manage.py demo` prints: the demo users and where their passwords come from.
"""

from __future__ import annotations

import os
import sys

import django
import psycopg
from django.conf import settings
from django.core.management import call_command


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            say(f"Applying {len(plan)} migrations…")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        # `demo` loads nothing into a database that already has people in it: then it only prints its users again.
        call_command("demo", *(["--leeg"] if os.environ.get("DEMO") == "0" else []))
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.DiskFull):
            sys.exit(f"The disk that holds {settings.DATA_DIR} is full: free at least 200 MB, or set another DATA_DIR.")
        raise


if __name__ == "__main__":
    main()

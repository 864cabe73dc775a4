"""One PostgreSQL and one Valkey for a whole test session, throw-away and fast; a pytest plugin (`-p tests.servers`).

A plugin and not a fixture, because the settings read DATABASE_URL and REDIS_URL before any fixture exists. The process
that starts the session (under xdist: the controller) starts the servers; the workers get the addresses through their
environment. When DATABASE_URL and REDIS_URL are set already, those servers are used and nothing is started.

Each worker has its own test database (pytest-django) and its own numbered Valkey database. The servers die with the
session, however it ends; what a killed session left in the temporary folder, the next one removes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest

from config import embedded
from config.datadir import supervised

_PREFIX = "ooievaar-test-"
TEMPLATE = "ooievaar_sjabloon"  # a migrated database that the workers copy
# Only when they are asked for: they need Chromium, or minutes.
_ON_REQUEST = ("e2e", "benchmarks")
_running: list[tuple[embedded.Claim, embedded.Servers]] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Before Django's settings are read: have servers, and in a worker our own part of them."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        own = int(worker.removeprefix("gw")) % 60 + 1
        os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{own}"
    elif not early_config.known_args_namespace.help and not early_config.known_args_namespace.version:
        _start()
    return (yield)


def _start() -> None:
    _remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    os.environ["DATA_DIR"] = str(folder)  # so that no test touches what `make run` uses
    try:
        claim = embedded.Claim(folder, say=lambda line: None)
        servers = embedded.start(claim, fast=True, say=lambda line: None)
    except embedded.StartError as error:
        raise pytest.UsageError(str(error)) from None
    _running.append((claim, servers))
    if not os.environ.get("DATABASE_URL"):
        os.environ["TEST_DATABASE_TEMPLATE"] = TEMPLATE
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = servers.urls.database, servers.urls.redis


def _remove_leftovers() -> None:
    """Remove the folders of sessions that were killed; a young one may belong to a session that is just starting."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            old = time.time() - folder.stat().st_mtime > 300
        except FileNotFoundError:
            continue
        if old and os.access(folder, os.W_OK) and not supervised(folder):
            shutil.rmtree(folder, ignore_errors=True)


def pytest_unconfigure() -> None:
    while _running:
        claim, servers = _running.pop()
        servers.stop()
        claim.release()
        shutil.rmtree(claim.data_dir, ignore_errors=True)


def make_template() -> None:
    """Migrate one database once; each worker's test database becomes a copy of it (config/settings/test.py).

    The first worker that comes does it, the others wait for its lock. With servers of somebody else's: nothing.
    """
    if os.environ.get("TEST_DATABASE_TEMPLATE") != TEMPLATE:
        return
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            return
        # Under another name until it is whole, should migrating fail.
        connection.execute(f"CREATE DATABASE {TEMPLATE}_half")
        _migrate(f"{TEMPLATE}_half")
        connection.execute(f"ALTER DATABASE {TEMPLATE}_half RENAME TO {TEMPLATE}")


def _migrate(name: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    default = connections["default"]
    own_name, default.settings_dict["NAME"] = default.settings_dict["NAME"], name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        default.close()
        default.settings_dict["NAME"] = own_name


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker per core that we may use, but not so many that their databases cost more than they gain."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, 8))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if collection_path.parent == Path(__file__).parent and collection_path.name in _ON_REQUEST:
        asked = any(f"tests/{collection_path.name}" in argument for argument in config.args)
        return None if asked else True
    return None


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run in which nothing was really tested is not a success."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    ran = sum(len(reporter.stats.get(outcome, [])) for outcome in ("passed", "failed", "error", "xfailed", "xpassed"))
    if ran == 0 and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
    if ran == 0:
        reporter.write_line("\nNothing was tested: no test was found, or all were skipped.", red=True)

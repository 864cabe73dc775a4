"""What every test has. PostgreSQL and Valkey come from tests/servers.py, which pyproject.toml loads as a plugin."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests import servers

# Only when they are asked for: Chromium, and minutes.
_ON_REQUEST = ("e2e", "benchmarks")

# On CI always the same examples, so that a red run means the change; by hand new ones each time, to find more.
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("dev", max_examples=100, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: object) -> None:
    """Before a worker makes its test database: have the migrated database that it copies."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        servers.make_template()


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

"""`make run` as a real process: it comes up, answers, and goes without a trace."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.servers import free_port
from tests.config.hulp import ROOT, Supervisor, alive, environment, eventually

# Not the settings of this test session, and without months of invented life.
HERE = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "DEMO": "0"}


def _run(folder: Path, port: int, **changes: str) -> Supervisor:
    return Supervisor("-m", "config.start", **HERE, DATA_DIR=str(folder), PORT=str(port), **changes)


def _children(folder: Path) -> dict[str, int]:
    noted = json.loads((folder / "processes.json").read_text())
    return {name: pid for name, (pid, _, _) in noted["children"].items()}


@pytest.fixture
def database(django_db_setup: None) -> Iterator[str]:
    """A migrated database on this session's server, as somebody's own DATABASE_URL: migrating takes many seconds."""
    server, name = os.environ["DATABASE_URL"].rpartition("/")[0], "ooievaar_start"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {os.environ.get('TEST_DATABASE_TEMPLATE', 'template1')}")
        yield f"{server}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_up_worker_killed_and_everything_gone_after_ctrl_c(tmp_path: Path, database: str) -> None:
    folder, port = tmp_path / "met spatie", free_port()
    with _run(folder, port, DATABASE_URL=database) as supervisor:
        supervisor.wait_for(f"answers at http://127.0.0.1:{port}/")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/openapi.json") as answer:
            assert json.load(answer)["openapi"].startswith("3.1")
        by_hand = [sys.executable, "manage.py", "showmigrations", "--plan"]
        here = environment(**HERE, DATA_DIR=str(folder), DATABASE_URL=database)
        done = subprocess.run(by_hand, cwd=ROOT, env=here, capture_output=True, text=True, check=False)
        assert (done.returncode, "[X]" in done.stdout, "[ ]" in done.stdout) == (0, True, False)

        children = _children(folder)
        assert set(children) == {"Valkey", "prepare", "web", "worker", "beat", "veiligheid"}, (
            "whoever names a database gets no other"
        )
        os.kill(children["worker"], signal.SIGKILL)
        supervisor.wait_for("worker ended (signal 9); starting it again (1 of 5)")
        assert eventually(lambda: _children(folder)["worker"] != children["worker"])
        children |= _children(folder)

        supervisor.process.send_signal(signal.SIGINT)
        assert supervisor.end() == 0
    assert not any(map(alive, children.values()))
    assert not (folder / "processes.json").exists()


def test_port_taken_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with _run(tmp_path / "var", port) as supervisor:
            assert supervisor.end() == 1
    expected = rf"make run: port {port} is taken by another program: .* PORT={port + 1}`\.\n"
    assert re.fullmatch(expected, "".join(supervisor.lines))


def test_port_that_is_no_number_is_one_line(tmp_path: Path) -> None:
    with _run(tmp_path / "var", 0) as supervisor:
        assert supervisor.end() == 1
    assert supervisor.lines == ["make run: PORT is '0': it must be a number from 1 to 65535.\n"]


def test_command_by_hand_without_servers_is_one_line(tmp_path: Path) -> None:
    here = environment(**HERE, DATA_DIR=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"], cwd=ROOT, env=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Nothing runs on {tmp_path}: start `make run` in another terminal")
    assert done.stderr.count("\n") == 1

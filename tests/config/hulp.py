"""Starts supervisors as real processes, for the tests of this folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A supervisor without web and worker: starts fast servers, says so, and waits for its standard input to close.
SERVERS = """
import sys
from pathlib import Path
from config import embedded
try:
    claim = embedded.Claim(Path(sys.argv[1]))
    servers = embedded.start(claim, fast=True)
except embedded.StartError as error:
    sys.exit(f"refused: {error}")
print("ready", *(child.popen.pid for child in servers.children), flush=True)
sys.stdin.read()
servers.stop()
claim.release()
"""


def environment(**changes: str) -> dict[str, str]:
    """Ours, without the servers of this test session."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL") and name != "MAKELEVEL"}
    kept.pop("TEST_DATABASE_TEMPLATE", None)
    return {**kept, "PYTHONUNBUFFERED": "1", **changes}


class Supervisor:
    """A supervisor in a process of its own; use it in a `with`, which ends it."""

    def __init__(self, *command: str, **changes: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment(**changes), text=True, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.lines: list[str] = []

    def wait_for(self, text: str) -> str:
        """Read its output up to the line with `text`; fails when it ends without saying that."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if text in line:
                return line
        raise AssertionError(f"it ended without {text!r}:\n" + "".join(self.lines))

    def end(self) -> int:
        """Wait until it ended by itself; returns its exit code."""
        assert self.process.stdout is not None
        self.lines += self.process.stdout.readlines()
        return self.process.wait(60)

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
        self.process.wait()


def servers_on(folder: Path) -> Supervisor:
    return Supervisor("-c", SERVERS, str(folder))


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie that nobody reaped yet does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True

"""DATA_DIR: who may use it now, which processes belong to it, and its secrets.

lock             held (flock) by the one supervisor that uses this folder; gone with it, however it ends
processes.json   who that is and its children, each with its start time, so that a next start can stop leftovers
servers.json     where the running servers are, with passwords (0600): `manage.py` by hand reads it
secret_key       Django's, made once (0600)
postgres/ valkey/ logs/ mail/ screenshots/
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import secrets
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.processes import Child, Fingerprint, StartError, open_private

Say = Callable[[str], None]


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals into one line with a remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(folder) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
            raise StartError(
                f"cannot write in {folder} ({error.strerror}: {error.filename}): "
                "set DATA_DIR to a folder of your own, or give this one to your user."
            ) from error
        raise


def disk_full(folder: Path) -> StartError:
    return StartError(
        f"the disk that holds {folder} is full: free at least 200 MB, or set DATA_DIR to a folder on another disk."
    )


def make_private(folder: Path) -> None:
    """Make a folder for its owner only; root gives it to the owner of its parent."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            parent = folder.parent.stat()
            os.chown(folder, parent.st_uid, parent.st_gid)


def write_private(path: Path, text: str) -> None:
    """Replace a file at once: a reader sees the old or the new text, never half of one."""
    trial = path.with_name(f".{path.name}.{os.getpid()}")
    with open_private(trial, "wb") as file:
        file.write(text.encode())
    trial.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """What was noted, or nothing: a file that is missing or damaged is not worth failing a start."""
    try:
        noted = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def secret_key(data_dir: Path) -> str:
    """Django's SECRET_KEY for this folder, made at first need. Raises StartError when it cannot be read or written."""
    path = data_dir / "secret_key"
    with explained(data_dir):
        if not path.exists():
            make_folder(data_dir)
            trial = data_dir / f".secret_key.{os.getpid()}"
            with open_private(trial, "wb") as file:
                file.write(secrets.token_urlsafe(50).encode())
            try:
                os.link(trial, path)  # of two who come at once, the first one's key stays
            except FileExistsError:
                pass
            finally:
                trial.unlink()
        return path.read_text()


def make_folder(data_dir: Path) -> None:
    """Make DATA_DIR itself. As root others may pass through it (0711), because the servers run as another user."""
    if not data_dir.is_dir():
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        data_dir.mkdir(mode=0o700)
        if os.geteuid() == 0:
            data_dir.chmod(0o711)


class Claim:
    """The right to run servers on one DATA_DIR, held until `release` or death."""

    def __init__(self, data_dir: Path, say: Say = print) -> None:
        """Take the folder and stop what a killed predecessor left running.

        Raises StartError when somebody else has it, or when it cannot be written.
        """
        self.data_dir = data_dir
        self._children: dict[str, list[Any]] = {}
        with explained(data_dir):
            make_folder(data_dir)
            make_private(data_dir / "logs")
            self._lock = open_private(data_dir / "lock", "ab")
            self._take(say)
            self._stop_leftovers(say)
            self._write()

    def _take(self, say: Say) -> None:
        """Wait for a predecessor that is on its way out; refuse when one is simply running."""
        said = False
        for attempt in range(600):
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                noted = read_json(self.data_dir / "processes.json")
                if attempt >= 10 and not noted.get("stopping"):
                    where = f" at {noted['address']}" if noted.get("address") else ""
                    who = noted.get("supervisor", ["?"])[0]
                    raise StartError(
                        f"already running on {self.data_dir}{where} (process {who}): "
                        "use that one, stop it with Ctrl-C, or set another DATA_DIR and PORT."
                    ) from None
                if noted.get("stopping") and not said:
                    say("Waiting for the previous run to finish stopping…")
                    said = True
                time.sleep(0.1)
        raise StartError(f"the previous run on {self.data_dir} does not finish stopping: look at its logs.")

    def _stop_leftovers(self, say: Say) -> None:
        noted = read_json(self.data_dir / "processes.json").get("children", {})
        for name, (pid, started, stop_signal) in noted.items():
            leftover = Fingerprint(pid, started)
            if leftover.alive():
                say(f"Stopping {name} (process {pid}), left by a start that was killed…")
                leftover.stop(signal.Signals(stop_signal), patience=60 if name == "PostgreSQL" else 10)

    def note(self, child: Child) -> None:
        """Remember a child, so that the next start can recognise it."""
        fingerprint = child.fingerprint
        if fingerprint:
            self._children[child.name] = [fingerprint.pid, fingerprint.started, int(child.stop_signal)]
            self._write()

    def note_state(self, **state: Any) -> None:
        """Tell others: `address` (what runs here) or `stopping` (who comes next may wait)."""
        with explained(self.data_dir):
            self._write(**state)

    def _write(self, **state: Any) -> None:
        me = Fingerprint.of(os.getpid())
        noted = {"supervisor": [me.pid, me.started] if me else [0, ""], "children": self._children, **state}
        write_private(self.data_dir / "processes.json", json.dumps(noted))

    def release(self) -> None:
        """Let the folder go. Only after all children have stopped."""
        (self.data_dir / "processes.json").unlink(missing_ok=True)
        self._lock.close()


def supervised(data_dir: Path) -> bool:
    """Whether a supervisor runs on this folder now. One that is not ours to see counts as none."""
    try:
        pid, started = read_json(data_dir / "processes.json")["supervisor"]
    except (KeyError, ValueError, OSError):
        return False
    return Fingerprint(pid, started).alive()

"""Child processes that die with us, run with as few rights as possible, and can be recognised later.

Nothing here knows about PostgreSQL, Valkey or Django. On Linux the kernel itself signals a child when its parent dies
(PR_SET_PDEATHSIG), also after `kill -9`. Elsewhere a child may outlive a killed parent; the next start then finds it
by its recorded number and start time (`Fingerprint`) and stops it first.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

NOBODY = 65534
# linux/capability.h and linux/prctl.h
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
_CAPABILITY_VERSION_3 = 0x20080522
_PR_SET_PDEATHSIG = 1
_PR_SET_SECUREBITS = 28
_SECBIT_NO_SETUID_FIXUP = 1 << 2
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2

_LINUX = sys.platform.startswith("linux")
_libc = ctypes.CDLL(None, use_errno=True)  # loaded here, because nothing may be loaded between fork and exec


class StartError(Exception):
    """Something a person can put right. Its text is one line: what is wrong and what to do."""


@dataclass(frozen=True)
class Identity:
    """Who a child runs as. `uid` None: as ourselves. `capability`: the one right it keeps from root, if any."""

    uid: int | None = None
    gid: int | None = None
    capability: int | None = None

    def assume(self) -> None:
        """Become this identity for good; only called in a fresh child. Raises OSError when the kernel refuses."""
        if self.uid is None or self.gid is None:
            return
        if self.capability is not None:
            # Else the change of user takes all capabilities away, and access(2), with which PostgreSQL looks for its
            # own files, ignores them.
            _prctl(_PR_SET_SECUREBITS, _SECBIT_NO_SETUID_FIXUP)
        os.setgroups([])
        os.setgid(self.gid)
        os.setuid(self.uid)
        if self.capability is not None:
            _keep_only(self.capability)


def _prctl(option: int, *arguments: int) -> None:
    padded = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    if _libc.prctl(option, *padded) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option})")


def _keep_only(capability: int) -> None:
    """Give up every capability but one, and let that one survive exec (an "ambient" capability, Linux 4.3)."""
    bit = 1 << capability
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)  # effective, permitted, inheritable; low word, high word
    if _libc.capset(header, data) != 0:
        raise OSError(ctypes.get_errno(), "capset")
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability)


def unprivileged_identity(binary: Path, directory: Path) -> Identity:
    """The identity under which `binary` runs and can write in `directory`; PostgreSQL refuses to run as root.

    Not root: ourselves. Root: the owner of `directory` (our caller made it), or else `nobody`. When that user cannot
    reach the files because a parent folder is private (0700), we do not open that folder: the child keeps a single
    capability, the weakest that works. DAC_READ_SEARCH only lets it pass and read; DAC_OVERRIDE is what a default
    container has instead. Every candidate is tried before it is used.

    Raises StartError when none works.
    """
    if os.geteuid() != 0:
        return Identity()
    status = directory.stat()
    uid, gid = (status.st_uid, status.st_gid) if status.st_uid != 0 else (NOBODY, NOBODY)
    for capability in (None, CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
        identity = Identity(uid, gid, capability)
        if (_LINUX or capability is None) and _can_work(identity, binary, directory):
            return identity
    raise StartError(
        f"PostgreSQL may not run as root, and user {uid} cannot reach {directory}: "
        "run as an ordinary user, set DATA_DIR to a folder that others may enter, or set DATABASE_URL and REDIS_URL."
    )


def _can_work(identity: Identity, binary: Path, directory: Path) -> bool:
    def rehearse() -> None:
        identity.assume()
        if not os.access(binary, os.X_OK):
            raise PermissionError(binary)
        trial = directory / f".trial-{os.getpid()}"
        trial.touch()
        trial.unlink()

    try:
        done = subprocess.run(
            [binary, "--version"], preexec_fn=rehearse, cwd="/", capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


@dataclass(frozen=True)
class Fingerprint:
    """A process number and when it started: together they never mean another process, as a reused number would."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> Fingerprint | None:
        """The process that has this number now; None when there is none (or only its zombie)."""
        if not _LINUX:
            shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
            return cls(pid, shown.stdout.strip()) if shown.stdout.strip() else None
        try:
            # The name (field 2) may hold spaces and brackets; what follows the last bracket is regular.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return None if fields[0] in "ZX" else cls(pid, fields[19])

    def alive(self) -> bool:
        return Fingerprint.of(self.pid) == self

    def stop(self, how: signal.Signals, patience: float) -> None:
        """Signal a process that is not (any more) our child, wait `patience` seconds, then kill it."""
        for step, seconds in ((how, patience), (signal.SIGKILL, 10.0)):
            if self.alive():
                _send(self.pid, step)
            deadline = time.monotonic() + seconds
            while self.alive() and time.monotonic() < deadline:
                time.sleep(0.05)


def _send(pid: int, what: signal.Signals) -> None:
    try:
        os.kill(pid, what)
    except ProcessLookupError:
        pass
    except PermissionError as error:
        raise StartError(f"process {pid} is left over from another user's start: stop it (kill {pid}).") from error


@dataclass
class Child:
    """A running child. `stop_signal` asks it to end properly; it also gets it when we die (Linux)."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals

    @property
    def fingerprint(self) -> Fingerprint | None:
        return Fingerprint.of(self.popen.pid)

    def ended(self) -> bool:
        """Whether it is gone; if it is, whatever it had started in its own process group is killed too."""
        if self.popen.returncode is None:
            if os.waitid(os.P_PID, self.popen.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                return False
            kill_group(self.popen.pid)  # before poll() gives its number back for others to use
            self.popen.poll()
        return True

    def ask_to_stop(self) -> None:
        if not self.ended():
            self.popen.send_signal(self.stop_signal)

    def stop(self, patience: float) -> None:
        """Ask, wait `patience` seconds, then kill its whole process group; returns when it is gone."""
        self.ask_to_stop()
        if not self.wait(patience):
            kill_group(self.popen.pid)
            self.wait()

    def wait(self, patience: float = float("inf")) -> bool:
        """Wait until it ended, at most `patience` seconds; whether it did."""
        deadline = time.monotonic() + patience
        while not self.ended():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def tail(self, lines: int = 15) -> str:
        return tail(self.log, lines)


def spawn(
    name: str,
    command: Sequence[str | os.PathLike[str]],
    *,
    log: Path,
    stop_signal: signal.Signals,
    identity: Identity = Identity(),
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    config: bytes | None = None,
    terminal: bool = False,
) -> Child:
    """Start a child in its own session, so that Ctrl-C reaches only us and we decide the order of stopping.

    Its output is appended to `log`, but with `terminal` its standard error goes where ours goes. `config` is handed to
    it on standard input, so that secrets stay out of `ps`.
    Call it from the main thread: Linux ties "parent death" to the thread that forked.
    """
    parent = os.getpid()

    def prepare() -> None:
        os.umask(0o077)
        identity.assume()
        # After the change of user, which would clear it; and our parent may have died in between.
        if _LINUX:
            _prctl(_PR_SET_PDEATHSIG, stop_signal)
            if os.getppid() != parent:
                os._exit(1)

    with open_private(log, "ab") as output:
        popen = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if config is not None else subprocess.DEVNULL,
            stdout=output,
            stderr=None if terminal else subprocess.STDOUT,
            cwd=cwd,
            env=env,
            start_new_session=True,
            preexec_fn=prepare,
        )
    if config is not None and popen.stdin is not None:
        try:
            popen.stdin.write(config)
            popen.stdin.close()
        except BrokenPipeError:
            pass  # it ended at once: its log says why
    return Child(name, popen, log, stop_signal)


def kill_group(pid: int) -> None:
    """Kill a child that leads its own session, with everything it started in it."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def open_private(path: Path, mode: str) -> IO[bytes]:
    """Open a file that only its owner may read; root gives it to the owner of its folder."""
    descriptor = os.open(path, (os.O_APPEND if "a" in mode else os.O_TRUNC) | os.O_CREAT | os.O_WRONLY, 0o600)
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return os.fdopen(descriptor, mode)


def tail(path: Path, lines: int) -> str:
    """The last lines of a log, or an empty text."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 20_000))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""

"""Make .venv and install a lock file in it: `python3 config/install.py requirements.lock` (the Makefile calls it).

Only the standard library, because nothing is installed yet. A stamp in .venv says for which place, which Python and
which lock files it was finished; without a fitting stamp (interrupted, moved, another Python) it is made anew.
"""

import errno
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
PYTHON = VENV / "bin" / "python"


def main(lock_name: str) -> None:
    """Return when everything in the lock file is installed, at once if it already was. Exits with one line if not."""
    lock = ROOT / lock_name
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # two `make`s at once: the second finds the work done
        stamp = read_stamp()
        if stamp.get("locks", {}).get(lock_name) == wanted:
            return
        try:
            if not stamp:
                make_venv()
            STAMP.unlink(missing_ok=True)
            install(lock)
            locks = {**stamp.get("locks", {}), lock_name: wanted}
            version = stamp.get("python") or list(sys.version_info[:2])
            STAMP.write_text(json.dumps({"venv": str(VENV), "python": version, "locks": locks}))
        except OSError as error:
            sys.exit(explain(error))


def read_stamp() -> dict:
    """The stamp, or nothing when this .venv is unfinished, was moved, or its Python is gone or not the wanted one."""
    try:
        stamp = json.loads(STAMP.read_text())
        if stamp["venv"] != str(VENV):
            return {}
        if os.environ.get("PYTHON") and stamp["python"] != list(sys.version_info[:2]):  # named by hand
            return {}
        works = subprocess.run([str(PYTHON), "-I", "-c", "import asgiref"], capture_output=True, check=False)
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return stamp if works.returncode == 0 else {}


def make_venv() -> None:
    version = ".".join(map(str, sys.version_info[:2]))
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        sys.exit(
            f"Python {version} ({sys.executable}) lacks venv or ensurepip: install them "
            f"(Debian and Ubuntu: apt-get install python{version}-venv), or name another Python: make PYTHON=..."
        )
    print(f"Making .venv with Python {version}…", flush=True)
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(explain(RuntimeError(done.stdout)))


def install(lock: Path) -> None:
    """Let pip install the lock file, with a word of progress; what is not in it by hash is refused."""
    total = sum(line[0].isalnum() for line in lock.read_text().splitlines() if line)
    print(f"Installing {total} packages from {lock.name} (once)…", flush=True)
    command = [
        str(PYTHON), "-u", "-m", "pip", "install", "--require-hashes", "--no-input", "--disable-pip-version-check",
        # Python compiles what it imports at its first import; pip would compile all of it, with one process.
        "--progress-bar", "off", "--no-compile", "-r", str(lock),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        output, seen, said = [], 0, time.monotonic()
        for line in pip.stdout or ():
            output.append(line)
            seen += line.startswith(("Collecting ", "Ignoring ", "Requirement already satisfied"))
            if line.startswith("Installing collected"):
                print("  unpacking…", flush=True)
            elif time.monotonic() - said > 5:
                said = time.monotonic()
                print(f"  {seen} of {total}", flush=True)
    if pip.returncode != 0:
        sys.exit(explain(RuntimeError("".join(output))))


def explain(error: Exception) -> str:
    """One line with the remedy; for what we do not recognise also the end of what the tool said."""
    text = str(error)
    if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "No space left on device" in text:
        return f"The disk that holds {ROOT} is full: free at least 1 GB and run the same command again."
    if isinstance(error, PermissionError) or "Permission denied" in text:
        return f"Cannot write in {VENV}: give this folder to your user, or make your own clone."
    if "Could not find a version" in text or "Failed to establish a new connection" in text:
        reason = next((line for line in text.splitlines() if line.startswith("ERROR: ")), "ERROR: no connection")
        return f"pip could not get a package ({reason[7:]}): check the network and the Python version, and try again."
    return "Installing failed; run the same command again. It said last:\n" + "\n".join(text.splitlines()[-15:])


if __name__ == "__main__":
    main(sys.argv[1])

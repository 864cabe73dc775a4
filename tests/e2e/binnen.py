"""What a test does behind the back of a site: in one process with that site's settings, key and database.

    def _aantal(naam):                      # at the top of a module; imports what it needs by itself
        from ooievaar.models import Gezin
        return Gezin.objects.filter(straat=naam).count()

    binnen(_aantal, "Sjpruutstraat")        # JSON in, JSON out
    binnen(commando, "verzend_berichten")   # a management command; returns what it printed

The tests themselves have another database and another key. The process stays for the whole session: starting one takes
seconds, and half of the browser tests need it more than once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]


class Binnen:
    """The process of one site; starts at the first call."""

    def __init__(self, omgeving: dict[str, str], log: Path) -> None:
        self.omgeving, self.log = omgeving | {"PYTHONPATH": str(ROOT)}, log
        self.proces: subprocess.Popen[str] | None = None

    def __call__(self, functie: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a function of a module in that process. Raises AssertionError with its traceback when it fails."""
        invoer, uitvoer = self._kanalen()
        print(json.dumps([functie.__module__, functie.__name__, args, kwargs]), file=invoer, flush=True)
        regel = uitvoer.readline()
        assert regel, f"the process of the site ended: {self.log.read_text(errors='replace')[-3000:]}"
        antwoord = json.loads(regel)
        assert "fout" not in antwoord, antwoord["fout"][-3000:]
        return antwoord["uit"]

    def _kanalen(self) -> tuple[IO[str], IO[str]]:
        if self.proces is None:
            opdracht = [sys.executable, "-m", "tests.e2e.binnen"]
            with self.log.open("ab") as log:
                self.proces = subprocess.Popen(
                    opdracht, cwd=ROOT, env=self.omgeving, stderr=log, text=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                )  # fmt: skip
        assert self.proces.stdin is not None
        assert self.proces.stdout is not None
        return self.proces.stdin, self.proces.stdout

    def stop(self) -> None:
        """Ends it; nothing happens when it never started."""
        if self.proces is not None:
            self.proces.kill()
            self.proces.communicate()


def commando(*woorden: str) -> str:
    """A management command, as `manage.py` runs it; returns what it printed."""
    from django.core.management import call_command

    uit = StringIO()
    call_command(*woorden, stdout=uit)
    return uit.getvalue()


def main() -> None:
    """One call a line, until the test session closes the pipe."""
    import django

    django.setup()
    uitvoer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what is printed on the way is no answer
    for regel in sys.stdin:
        module, naam, args, kwargs = json.loads(regel)
        try:
            antwoord = {"uit": getattr(import_module(module), naam)(*args, **kwargs)}
        except Exception:
            antwoord = {"fout": traceback.format_exc()}
        print(json.dumps(antwoord), file=uitvoer, flush=True)


if __name__ == "__main__":
    main()

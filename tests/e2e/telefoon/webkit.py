"""WebKitGTK as a second engine, by plain WebDriver: the family of browsers that every iPhone has.

Debian's webkit2gtk-driver starts its own small browser. It needs a display; Xvfb is one that nobody looks at.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from config.servers import free_port

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of an element in WebDriver's answers
NODIG = {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}


def ontbreekt() -> list[str]:
    """Debian's packages that are not installed here."""
    return [pakket for programma, pakket in NODIG.items() if shutil.which(programma) is None]


@contextlib.contextmanager
def beeldscherm() -> Iterator[str]:
    """A display of its own, as DISPLAY."""
    lees, schrijf = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(schrijf), "-screen", "0", "800x1000x24", "-nolisten", "tcp"],
        pass_fds=[schrijf], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(schrijf)
    try:
        with os.fdopen(lees) as nummer:
            yield f":{nummer.readline().strip()}"
    finally:
        xvfb.terminate()
        xvfb.wait(10)


class WebKit:
    """One window of 360 px. Elements are found by XPath, because names of roles differ between engines."""

    def __init__(self, display: str, log: Path) -> None:
        self.poort, self.display, self.log = free_port(), display, log
        self.sessie = ""

    def __enter__(self) -> WebKit:
        omgeving = {**os.environ, "DISPLAY": self.display, "LIBGL_ALWAYS_SOFTWARE": "1"}
        if os.geteuid() == 0:
            # bubblewrap, the sandbox of WebKitGTK, does not work for root in a container.
            omgeving["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
        with self.log.open("w") as log:
            opdracht = ["WebKitWebDriver", f"--port={self.poort}"]
            self.proces = subprocess.Popen(opdracht, env=omgeving, stderr=log, stdout=log)
        wacht(self._begin, "a session of WebKitWebDriver", 30)
        self.vraag("POST", "/window/rect", {"width": 360, "height": 800})
        return self

    def __exit__(self, soort: type | None, fout: BaseException | None, spoor: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            self.vraag("DELETE", "")
        self.proces.terminate()
        self.proces.wait(10)

    def _begin(self) -> bool:
        with contextlib.suppress(URLError):
            antwoord = self._stuur("POST", "/session", {"capabilities": {"alwaysMatch": {}}})
            self.sessie = antwoord["sessionId"]
        return bool(self.sessie)

    def vraag(self, methode: str, pad: str, inhoud: dict[str, Any] | None = None) -> Any:
        return self._stuur(methode, f"/session/{self.sessie}{pad}", inhoud)

    def _stuur(self, methode: str, pad: str, inhoud: dict[str, Any] | None) -> Any:
        lichaam = None if inhoud is None else json.dumps(inhoud).encode()
        verzoek = Request(f"http://127.0.0.1:{self.poort}{pad}", data=lichaam, method=methode)
        with urlopen(verzoek, timeout=60) as antwoord:
            return json.load(antwoord)["value"]

    def ga(self, url: str) -> None:
        self.vraag("POST", "/url", {"url": url})

    def doe(self, script: str, *argumenten: Any) -> Any:
        return self.vraag("POST", "/execute/sync", {"script": script, "args": list(argumenten)})

    def zoek(self, xpath: str, binnen: float = 20) -> str:
        """The first such element that is on the screen; waits for it."""
        gevonden: list[str] = []

        def is_er() -> bool:
            rijen = self.vraag("POST", "/elements", {"using": "xpath", "value": xpath})
            gevonden[:] = [rij[ELEMENT] for rij in rijen if self.vraag("GET", f"/element/{rij[ELEMENT]}/displayed")]
            return bool(gevonden)

        wacht(is_er, xpath, binnen)
        return gevonden[0]

    def klik(self, xpath: str) -> None:
        """A real click in the middle; a screen may be drawn anew between finding and clicking, so once more then."""
        for keer in range(3):
            try:
                element = self.zoek(xpath)
                # As a thumb would: away from what sticks to the edges.
                self.doe("arguments[0].scrollIntoView({ block: 'center' })", {ELEMENT: element})
                self.vraag("POST", f"/element/{element}/click", {})
                return
            except HTTPError as fout:
                if keer == 2:
                    raise AssertionError(f"{xpath}: {fout.read().decode()}") from fout
                time.sleep(0.3)

    def typ(self, xpath: str, tekst: str) -> None:
        self.vraag("POST", f"/element/{self.zoek(xpath)}/value", {"text": tekst})


def wacht(is_waar: Callable[[], bool], waarop: str, binnen: float) -> None:
    einde = time.monotonic() + binnen
    while not is_waar():
        assert time.monotonic() < einde, f"waited {binnen} s for {waarop}"
        time.sleep(0.2)

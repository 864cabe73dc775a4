"""A phone in front of the site: a narrow screen, a bad network on demand, and a world to visit."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from config.processes import Child, spawn
from config.servers import free_port
from tests.e2e.telefoon.storing import Storing
from tests.e2e.telefoon.wereld import Wereld

ROOT = Path(__file__).resolve().parents[3]
BEELD = ROOT / "docs" / "beeld" / "telefoon"
SCHERM = {"width": 360, "height": 740}


@pytest.fixture
def storing(site) -> Iterator[Storing]:
    """The network of the phone; `storing.fout` breaks it."""
    with Storing(urlsplit(site.url).port) as proxy:
        yield proxy


class Web:
    """A web server of the test's own beside the shared one, on the same database: to kill and to freeze."""

    def __init__(self, site: Any, map_: Path) -> None:
        self.site, self.log, self.poort = site, map_ / "web.log", free_port()
        self.kind: Child | None = None

    def start(self) -> None:
        omgeving = {**os.environ, "DATABASE_URL": self.site.database, "DJANGO_SETTINGS_MODULE": "config.settings.local"}
        omgeving["DATA_DIR"] = os.environ.get("E2E_DATA_DIR") or os.environ["DATA_DIR"]
        omgeving.pop("TEST_DATABASE_TEMPLATE", None)
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
                   "--port", str(self.poort), "--workers", "1", "--blocking-threads", "4", "--no-ws",
                   "config.wsgi:application"]  # fmt: skip
        self.kind = spawn("web", command, log=self.log, stop_signal=signal.SIGTERM, cwd=ROOT, env=omgeving)
        while True:
            with contextlib.suppress(OSError), urlopen(f"http://127.0.0.1:{self.poort}/sw.js", timeout=30):
                return
            time.sleep(0.1)

    def sein(self, nummer: int) -> None:
        """To all of its processes."""
        assert self.kind is not None
        os.killpg(self.kind.popen.pid, nummer)

    def dood(self) -> None:
        self.sein(signal.SIGKILL)
        assert self.kind is not None
        self.kind.popen.wait(10)


@pytest.fixture
def eigen_web(site, storing, tmp_path) -> Iterator[Web]:
    """Started, and behind `storing`."""
    web = Web(site, tmp_path)
    web.start()
    storing.doel = web.poort
    yield web
    with contextlib.suppress(ProcessLookupError):
        web.sein(signal.SIGCONT)
        web.dood()


@pytest.fixture(scope="session")
def wereld(binnen) -> Wereld:
    return Wereld(binnen)


@pytest.fixture
def toestel(browser: Browser, storing: Storing) -> Iterator[BrowserContext]:
    """A phone: 360 px wide, touch, Dutch, and a clock in another zone than Heerlen, because phones travel."""
    context = browser.new_context(
        base_url=storing.url,
        locale="nl-NL",
        timezone_id="Europe/London",
        viewport=SCHERM,
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def csp_violations(toestel: BrowserContext) -> Iterator[list[str]]:
    """As everywhere: none may be left at the end."""
    seen: list[str] = []
    toestel.on("console", lambda m: seen.append(m.text) if "Content Security Policy" in m.text else None)
    toestel.on("weberror", lambda fout: seen.append(f"uncaught: {fout.error}"))
    yield seen
    assert seen == []


@pytest.fixture
def telefoon(toestel: BrowserContext, csp_violations: list[str]) -> Page:
    """A page whose clock runs as always, and can be put forward: see `verstrijk`."""
    page = toestel.new_page()
    page.clock.install()
    return page


def verstrijk(page: Page) -> None:
    """Let the ten seconds pass in which she may take back what she saved."""
    page.clock.fast_forward(10_500)


def open_app(page: Page, pad: str = "", *, oefenen: bool = False) -> None:
    """Open a screen of the app and wait until it is drawn."""
    page.goto(f"/app{'?oefenen=1' if oefenen else ''}#/{pad}")
    page.locator("#app[data-klaar]").wait_for()


def koppel(page: Page, code: str) -> None:
    """Pair this phone, as she does."""
    open_app(page, "inloggen")
    page.get_by_label("Code van 8 tekens").fill(code)
    page.get_by_role("button", name="Koppel deze telefoon").click()
    page.get_by_role("heading", name="Vandaag").wait_for()
    page.get_by_text("Bijgewerkt").wait_for()


def pil(page: Page) -> str:
    """What the pill in the header says."""
    return page.locator(".pil").inner_text()


VUL = """async ({ naam, inhoud }) => {
    const db = await new Promise((ja, nee) => {
        const vraag = indexedDB.open(naam);
        vraag.onsuccess = () => ja(vraag.result);
        vraag.onerror = () => nee(vraag.error);
    });
    const tx = db.transaction([...db.objectStoreNames], "readwrite");
    for (const [winkel, rijen] of Object.entries(inhoud)) {
        for (const rij of rijen) {
            if (winkel === "instellingen") tx.objectStore(winkel).put(rij[1], rij[0]);
            else tx.objectStore(winkel).put(rij);
        }
    }
    await new Promise((ja, nee) => { tx.oncomplete = ja; tx.onerror = () => nee(tx.error); });
    db.close();
}"""

LEES = """async (naam) => {
    const db = await new Promise((ja, nee) => {
        const vraag = indexedDB.open(naam);
        vraag.onsuccess = () => ja(vraag.result);
        vraag.onerror = () => nee(vraag.error);
    });
    const uit = {};
    for (const winkel of db.objectStoreNames) {
        uit[winkel] = await new Promise((ja) => {
            const vraag = db.transaction(winkel).objectStore(winkel).getAll();
            vraag.onsuccess = () => ja(vraag.result);
        });
    }
    db.close();
    return uit;
}"""


def vul(page: Page, inhoud: dict[str, list[Any]], naam: str = "ooievaar") -> None:
    """Put rows in the phone's store behind the app's back, for states that take long to come about."""
    page.evaluate(VUL, {"naam": naam, "inhoud": inhoud})


def lees(page: Page, naam: str = "ooievaar") -> dict[str, list[Any]]:
    """Everything in the phone's store."""
    return page.evaluate(LEES, naam)


@pytest.fixture(scope="session")
def beeld() -> Callable[[Page, str], Path]:
    """`beeld(page, "vandaag")` takes the picture of a screen for the docs."""

    def neem(page: Page, naam: str) -> Path:
        BEELD.mkdir(parents=True, exist_ok=True)
        pad = BEELD / f"{naam}.png"
        page.screenshot(path=pad)
        return pad

    return neem


@pytest.fixture(scope="session")
def cijfers() -> Iterator[dict[str, Any]]:
    """What was measured; printed at the end of the session, never asserted where it is a time."""
    gemeten: dict[str, Any] = {}
    yield gemeten
    if gemeten:
        print("\n\nphone, measured (screens.md): " + json.dumps(gemeten, ensure_ascii=False, indent=2))

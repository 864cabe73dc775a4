"""The site as a browser sees it: granian, demo data in a database of its own, Debian's Chromium.

    def test_it(page, site, signed_in, axe, screenshot):
        signed_in("coordinator")
        page.goto(f"{site.url}/bezoeken")
        axe(page)                      # fails on any accessibility violation
        screenshot(page, "bezoeken")   # DATA_DIR of the clone: var/screenshots/bezoeken.png
        voor_iedereen(page)            # axe in light and dark, 320 px, 200 % text, targets of 48 px

A violation of the Content-Security-Policy fails every test in which it happens.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

from config.processes import spawn
from config.servers import free_port
from tests.e2e.binnen import Binnen

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "var" / "screenshots"
DATABASE = "ooievaar_e2e"  # with demo data; each worker has copies of it
PASSWORD = "alleen-voor-de-proef"  # DEMO_WACHTWOORD of the demo users
ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# What hangs over the right edge of the window; what scrolls inside a frame of its own does not.
TOO_WIDE = """() => {
    if (document.documentElement.scrollWidth <= document.documentElement.clientWidth) return [];
    const edge = document.documentElement.clientWidth;
    return [...document.body.querySelectorAll("*")]
        .filter(e => e.getBoundingClientRect().right > edge + 1)
        .map(e => e.outerHTML.slice(0, 120)).slice(0, 5);
}"""
# What a finger must hit; a checkbox or radio is hit by its label.
TOO_LOW = """() => [...document.querySelectorAll("button, select, input, textarea, summary, a.knop, nav a")]
    .filter(e => e.checkVisibility() && !["hidden", "checkbox", "radio"].includes(e.type))
    .filter(e => e.getBoundingClientRect().height < 47.9)
    .map(e => e.outerHTML.slice(0, 120))"""
# Playwright's event loop runs in this thread, and Django would refuse the ORM beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@dataclass(frozen=True)
class Site:
    """A running Ooievaar. `url` has no slash at its end; `database` is its DATABASE_URL."""

    url: str
    password: str
    database: str


def find_chromium() -> str | None:
    """CHROMIUM if it is set, else what is on the path."""
    names = (
        [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else ["chromium", "chromium-browser", "google-chrome"]
    )
    return next(filter(None, map(shutil.which, names)), None)


def environment(database: str) -> dict[str, str]:
    """For a process that works on this database of the session's server, as `make run` would."""
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    own = {
        "DATABASE_URL": f"{server}/{database}",
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DEMO_WACHTWOORD": PASSWORD,
        "PYTHONUNBUFFERED": "1",
    }
    return {**{name: value for name, value in os.environ.items() if name != "TEST_DATABASE_TEMPLATE"}, **own}


@pytest.fixture(scope="session")
def databases(worker_id: str) -> tuple[str, str]:
    """A database with demo data, and a copy of it for tests that leave nothing as it was.

    Filled once for all workers: the first that comes does it, with the static files, and the others wait for its lock.
    """
    own, copy = f"{DATABASE}_{worker_id}", f"{DATABASE}_{worker_id}_kopie"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(2)")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            half = f"{DATABASE}_half"  # under another name until it is whole
            connection.execute(f"DROP DATABASE IF EXISTS {half} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {half}")
            subprocess.run([sys.executable, "-m", "config.prepare"], cwd=ROOT, env=environment(half), check=True)
            connection.execute(f"ALTER DATABASE {half} RENAME TO {DATABASE}")
        for name in (own, copy):
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {DATABASE}")
    return own, copy


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """The whole site on a port of its own, with demo data; the tests share it, so a test makes what it changes.

    E2E_SITE is the address of one that runs already, with DATABASE_URL and DEMO_WACHTWOORD of these tests.
    """
    if os.environ.get("E2E_SITE"):
        yield Site(os.environ["E2E_SITE"].rstrip("/"), PASSWORD, os.environ["DATABASE_URL"])
        return
    with serving(request.getfixturevalue("databases")[0]) as site:
        yield site


@pytest.fixture(scope="session")
def spare_site(databases: tuple[str, str]) -> Iterator[Site]:
    """Another, on a copy, where anything may be changed."""
    with serving(databases[1]) as site:
        yield site


@pytest.fixture(scope="session")
def binnen(site: Site) -> Iterator[Binnen]:
    """`binnen(functie, ...)` calls a function with the site's settings, key and database (binnen.py)."""
    yield from _binnen(site)


@pytest.fixture(scope="session")
def binnen_kopie(spare_site: Site) -> Iterator[Binnen]:
    """The same for `spare_site`."""
    yield from _binnen(spare_site)


def _binnen(site: Site) -> Iterator[Binnen]:
    here = environment("x") | {"DATABASE_URL": site.database, "SITE_URL": site.url}
    here["DATA_DIR"] = os.environ.get("E2E_DATA_DIR") or here["DATA_DIR"]
    process = Binnen(here, Path(os.environ["DATA_DIR"]) / "binnen.log")
    yield process
    process.stop()


@contextmanager
def serving(database: str, **settings: str) -> Iterator[Site]:
    """A site of its own on this database; `settings` are added to its environment."""
    port = free_port()
    log = Path(os.environ["DATA_DIR"]) / f"web-{database}.log"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
               "--workers", "1", "--blocking-threads", "4", "--no-ws", "config.wsgi:application"]  # fmt: skip
    here = environment(database) | settings
    web = spawn("web", command, log=log, stop_signal=signal.SIGTERM, cwd=ROOT, env=here)
    try:
        while not _answers(port):
            if web.ended():
                pytest.exit(f"The web did not start:\n{web.tail()}", returncode=1)
            time.sleep(0.1)
        yield Site(f"http://127.0.0.1:{port}", PASSWORD, here["DATABASE_URL"])
    finally:
        web.stop(patience=10)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/api/v1/openapi.json")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; its absence ends the session with an error, never with a skip."""
    chromium = find_chromium()
    if chromium is None:
        pytest.exit(
            "Chromium is not here: install it (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM=/path/to/it.",
            returncode=1,
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A fresh browser profile: Dutch, as on a laptop. For a phone's size: `page.set_viewport_size`."""
    context = browser.new_context(base_url=site.url, locale="nl-NL", timezone_id="Europe/Amsterdam")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def csp_violations(context: BrowserContext) -> Iterator[list[str]]:
    """What the Content-Security-Policy refused so far; must be empty at the end, unless the test clears it."""
    seen: list[str] = []

    def collect(message: ConsoleMessage) -> None:
        if re.search(r"Content.Security.Policy", message.text):
            seen.append(message.text)

    context.on("console", collect)
    yield seen
    assert seen == []


@pytest.fixture
def page(context: BrowserContext, csp_violations: list[str]) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def sleutels() -> dict[tuple[str, str], list[Any]]:
    """The cookies of who signed in earlier in this session, by site and user."""
    return {}


@pytest.fixture
def aanmelden(sleutels: dict[tuple[str, str], list[Any]], site: Site) -> Callable[..., Page]:
    """`aanmelden(page, "coordinator")`: through the form the first time, with the cookies of that time from then on.

    Most tests may do without the half second that a slow password hash takes; `vers=True` is for those about that.
    """

    def _sign_in(page: Page, username: str, *, vers: bool = False) -> Page:
        kept = None if vers else sleutels.get((site.url, username))
        if kept:
            page.context.add_cookies(kept)
            page.goto("/")
            if "/inloggen" not in page.url:
                return page
        page.context.clear_cookies()
        page.goto("/inloggen")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(site.password)
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        page.wait_for_url(lambda url: "/inloggen" not in url)
        if not vers:
            sleutels[site.url, username] = page.context.cookies()
        return page

    return _sign_in


@pytest.fixture
def signed_in(page: Page, aanmelden: Callable[..., Page]) -> Callable[..., Page]:
    """`signed_in("coordinator")` signs one of the demo users in, and returns the page."""
    return partial(aanmelden, page)


@pytest.fixture
def api(page: Page, site: Site) -> Callable[..., Any]:
    """`api("POST", "/geboortemeldingen", {...})` calls the API as whoever signed in, and returns its JSON.

    So a test makes what it looks at. Fails on any answer that is no success.
    """

    def _call(method: str, path: str, data: dict[str, Any] | None = None) -> Any:
        token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
        answer = page.request.fetch(
            f"{site.url}/api/v1{path}",
            method=method,
            data=data,
            headers={"X-CSRFToken": token, "Referer": site.url, "Content-Type": "application/json"},
        )
        assert answer.ok, answer.text()
        return answer.json() if answer.body() else None

    return _call


@pytest.fixture
def zonder_scripts(
    browser: Browser, site: Site, csp_violations: list[str], aanmelden: Callable[..., Page]
) -> Iterator[Page]:
    """A page in a browser profile in which no script runs at all, signed in as the coordinator."""
    context = browser.new_context(base_url=site.url, locale="nl-NL", java_script_enabled=False)
    context.set_default_timeout(15_000)
    page = aanmelden(context.new_page(), "coordinator")
    yield page
    context.close()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails on any violation, naming rule and element. It is evaluated, so that the CSP may stay strict."""

    def _check(page: Page) -> None:
        page.wait_for_load_state()
        try:
            found = Axe().run(page).response["violations"]
        except Error:  # a link was pressed just before: the page went away while it was looked at
            page.wait_for_load_state()
            found = Axe().run(page).response["violations"]
        told = [f"{rule['id']}: {rule['help']}: {node['html'][:150]}" for rule in found for node in rule["nodes"]]
        assert not told, "\n".join(told)

    return _check


@pytest.fixture
def voor_iedereen(axe: Callable[[Page], None]) -> Callable[[Page], None]:
    """`voor_iedereen(page)`: axe in light and in dark; at 320 px and with text of 200 % nothing hangs over the edge;
    what one presses or fills in is at least 48 px high (screens.md)."""

    def _check(page: Page) -> None:
        was = page.viewport_size
        assert was is not None
        for scheme in ("dark", "light"):
            # Without movement: halfway between two colours is no colour to judge.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            axe(page)
        for width, text in ((320, "100%"), (was["width"], "200%"), (320, "200%")):
            page.set_viewport_size({"width": width, "height": was["height"]})
            page.evaluate("text => { document.documentElement.style.fontSize = text }", text)
            told = page.evaluate(TOO_WIDE)
            assert not told, f"wider than {width} px at {text}: {told}"
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size(was)
        low = page.evaluate(TOO_LOW)
        assert not low, f"lower than 48 px: {low}"

    return _check


@pytest.fixture
def screenshot() -> Callable[[Page, str], Path]:
    """`screenshot(page, "name")` saves the whole page as var/screenshots/name.png and returns that path."""

    def _save(page: Page, name: str) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return _save

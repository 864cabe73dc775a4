"""The pictures in docs/beeld: `python -m tests.e2e.beelden ADDRESS PASSWORD`, against a site with fresh demo data.

On a tablet (1024 px), as tall as the page unless that is too long to look at. It fills forms in and sends them with
faults, imports nothing and changes nothing but a code for a phone that is not there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import ARGUMENTS, ROOT, find_chromium
from tests.e2e.hulp import csv_bestand

BEELD = ROOT / "docs" / "beeld"
TABLET, KLEIN = {"width": 1024, "height": 768}, {"width": 320, "height": 640}
_HOOGSTE = 1800  # px; of a longer page what one sees first


def main(adres: str, wachtwoord: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), headless=True, args=ARGUMENTS)
        with _als(browser, adres, "coordinator", wachtwoord) as page:
            _elke_ochtend(page)
            _gezin(page)
            _ooievaarsmoeder(page)
            _import(page)
        with _als(browser, adres, "jens", wachtwoord) as page:
            _neem(page, "dekking", "/dekking")
        browser.close()


@contextmanager
def _als(browser: Browser, adres: str, naam: str, wachtwoord: str) -> Iterator[Page]:
    context = browser.new_context(base_url=adres, locale="nl-NL", timezone_id="Europe/Amsterdam", viewport=TABLET)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/inloggen")
    page.get_by_label("Gebruikersnaam").fill(naam)
    page.get_by_label("Wachtwoord", exact=True).fill(wachtwoord)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(lambda url: "/inloggen" not in url)
    yield page
    context.close()


def _neem(page: Page, naam: str, pad: str = "") -> None:
    if pad:
        page.goto(pad)
    hoogte = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(path=BEELD / f"{naam}.png", full_page=hoogte <= _HOOGSTE)
    print(naam, page.url)


def _elke_ochtend(page: Page) -> None:
    for naam in ("vandaag", "planbord", "bezoeken", "veiligheid", "account"):
        _neem(page, naam, f"/{naam}")
    page.set_viewport_size(KLEIN)  # type: ignore[arg-type]
    _neem(page, "bezoeken-320", "/bezoeken")
    page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    _neem(page, "berichten-vooruit", "/berichten/vooruit?dagen=7")
    _neem(page, "berichten-tekst", "/berichten/teksten/aankondiging/brief/nl")
    page.goto("/planbord")
    page.get_by_role("link", name="Iedereen, met redenen").first.click()
    page.wait_for_url(re.compile("/toewijzen"))
    _neem(page, "geef-aan")
    page.get_by_role("button", name="Geef dit bezoek").click()
    page.get_by_role("alert").wait_for()
    _neem(page, "geef-aan-fout")


def _gezin(page: Page) -> None:
    page.goto("/vandaag")
    page.get_by_role("link", name="Bekijk het gezin").first.click()
    page.wait_for_url(re.compile("/gezinnen/"))
    _neem(page, "gezin", page.url.partition("#")[0])
    page.get_by_role("link", name="Leg het bezoek vast").first.click()
    page.wait_for_url(re.compile("/bezocht"))
    _neem(page, "bezoek-vastleggen")
    page.go_back()
    page.get_by_role("link", name="Sluit het bezoek").first.click()
    page.get_by_role("button", name="Sluit het bezoek").click()
    page.get_by_role("alert").wait_for()
    _neem(page, "sluiting-fout")


def _ooievaarsmoeder(page: Page) -> None:
    page.goto("/ooievaarsmoeders")
    page.get_by_role("link", name="Aicha Voorbeeld", exact=True).click()
    page.wait_for_url(re.compile("/ooievaarsmoeders/"))
    _neem(page, "ooievaarsmoeder")
    moeder = page.url
    _neem(page, "overdragen", f"{moeder}/overdragen")
    page.goto(moeder)
    page.get_by_role("button", name="Koppel een telefoon").click()
    page.get_by_role("img", name="QR-code").wait_for()
    _neem(page, "koppelcode")


def _import(page: Page) -> None:
    goed = {
        "bron": "gemeente", "kenmerk": "beeld-1", "voornaam": "Noor", "achternaam": "Beeld-Voorbeeld",
        "geboortedatum": (datetime.now(UTC) - timedelta(days=20)).date().isoformat(), "straat": "Sjpruutstraat",
        "huisnummer": "912", "postcode": "6400 ZZ", "woonplaats": "Heerlen", "wijk": "WK091720",
    }  # fmt: skip
    rijen = [goed, {**goed, "kenmerk": "beeld-2", "geboortedatum": "gisteren"}, {**goed, "kenmerk": "", "bron": "post"}]
    page.goto("/import")
    bestand = {"name": "week 48.csv", "mimeType": "text/csv", "buffer": csv_bestand(*rijen)}
    page.locator("input[type=file]").set_input_files(bestand)  # type: ignore[arg-type]
    page.get_by_role("button", name="Bekijk het bestand").click()
    page.get_by_role("button", name=re.compile("^Importeer")).wait_for()
    _neem(page, "import-controle")


if __name__ == "__main__":
    main(*sys.argv[1:])

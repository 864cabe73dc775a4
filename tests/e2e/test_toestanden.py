"""Every screen with nothing in it and with hundreds of rows; and what a coordinator judges, in a real browser."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from ooievaar.platform import clock
from tests.e2e.conftest import PASSWORD
from tests.e2e.hulp import melding
from tests.e2e.toestanden import GEZIN, MOEDER, maak

# In parts, so that the browsers of several workers share them; each signs in once.
SCHERMEN = [
    ["vandaag", "planbord", "bezoeken", "gezinnen", "meldingen"],
    [
        "import",
        "gezinnen/{gezin}",
        "ooievaarsmoeders",
        *(f"ooievaarsmoeders/{{moeder}}{pad}" for pad in ("", "/overdragen")),
    ],
    ["veiligheid", "berichten", "berichten/brieven", "herinneringen?dagen=7", "berichten/teksten", "dekking"],
]
MEESTE_BYTES = 60_000


@pytest.fixture(scope="module")
def toestanden(binnen) -> None:
    binnen(maak, PASSWORD)


@pytest.mark.parametrize("schermen", SCHERMEN, ids=lambda schermen: schermen[0])
@pytest.mark.parametrize("wie", ["leeg", "vol"])
def test_with_nothing_and_with_hundreds(toestanden, signed_in, voor_iedereen, screenshot, wie, schermen):
    page = signed_in(wie)
    for pad in schermen:
        if pad == "gezinnen" and wie == "vol":
            page.goto("/gezinnen")
            page.get_by_label("Naam, straat").fill("overvolle")
            page.keyboard.press("Enter")
            expect(page.locator("main")).to_contain_text("gezinnen gevonden")
        antwoord = page.goto("/" + pad.format(gezin=GEZIN[wie], moeder=MOEDER[wie]))
        assert antwoord.status == 200, pad
        assert len(antwoord.body()) < MEESTE_BYTES, pad
        voor_iedereen(page)
        screenshot(page, f"{wie}-{re.sub(r'[^a-z]+', '-', pad)}")


# Where a form can be sent with nothing in it, and a word of what it then says; the others have a test of their own.
FOUTEN = {
    "gezinnen": "Vul dit in",
    "import": "Kies",
    "ooievaarsmoeders/{moeder}": "Eerste dag",
    "gezinnen/{gezin}/contactpersoon": "Naam",
    "gezinnen/{gezin}/verhuizing": "Straat",
    "gezinnen/{gezin}/contactstop": "zeker",
}


def test_what_is_missing_is_said_at_the_top(toestanden, signed_in, voor_iedereen):
    """As GOV.UK's error summary: in the title, with the focus, and each fault leads to its field."""
    page = signed_in("leeg")
    for pad, woord in FOUTEN.items():
        page.goto("/" + pad.format(gezin=GEZIN["leeg"], moeder=MOEDER["leeg"]))
        page.locator("main .knop--hoofd").last.click()
        melding = page.locator("#bladzijde").get_by_role("alert")
        expect(melding).to_contain_text(woord)
        expect(melding).to_be_focused()
        assert page.title().startswith("Fout: "), pad
        link = melding.get_by_role("link").first
        assert page.locator(link.get_attribute("href")).count() == 1, pad
        voor_iedereen(page)


@pytest.mark.parametrize("pad", ["gezinnen/11111111-1111-4111-8111-111111111111", "onzin"])
def test_what_is_not_there(signed_in, voor_iedereen, pad):
    page = signed_in("coordinator")
    assert page.goto(f"/{pad}").status == 404
    expect(page.locator("h1")).to_be_visible()
    voor_iedereen(page)


def test_an_alarm_is_claimed_once_and_closed(toestanden, signed_in, voor_iedereen, screenshot):
    page = signed_in("vol")
    page.goto("/veiligheid")
    page.get_by_role("link", name=re.compile("^(Bel nu|Bekijk)")).first.click()
    voor_iedereen(page)
    screenshot(page, "alarm")
    page.get_by_role("button", name="Sluit het alarm").click()
    expect(page.get_by_role("alert")).to_be_focused()
    voor_iedereen(page)
    page.get_by_role("button", name="Ik bel nu").click()
    expect(page.get_by_role("button", name="Ik bel nu")).to_have_count(0)
    expect(page.get_by_role("button", name="Sluit het alarm")).to_be_visible()
    voor_iedereen(page)


@pytest.fixture
def geparkeerd(signed_in, api) -> Page:
    """A log with a clock that runs ahead waits for her."""
    page = signed_in("coordinator")
    bezoek = api("POST", "/geboortemeldingen", melding(45))["bezoek"]
    straks = (clock.nu() + timedelta(days=2)).isoformat()
    gegevens = {"moment": straks, "soort": "telefoon", "uitkomst": "geenGehoor"}
    poging = {"id": str(uuid4()), "soort": "poging", "bezoek": bezoek, "moment": straks, "gegevens": gegevens}
    [uitkomst] = api("POST", "/synchronisatie", {"handelingen": [poging]})["resultaten"]
    assert uitkomst["status"] == "geparkeerd", uitkomst
    [wacht] = [h for h in api("GET", "/geparkeerde-handelingen")["results"] if h["bezoek"] == bezoek]
    page.goto(f"/vastgelegd/{wacht['id']}")
    return page


def test_a_parked_log_is_judged(geparkeerd, voor_iedereen, screenshot):
    voor_iedereen(geparkeerd)
    screenshot(geparkeerd, "geparkeerd")
    geparkeerd.get_by_role("button", name="Beslis").click()
    expect(geparkeerd.get_by_role("alert")).to_be_visible()
    voor_iedereen(geparkeerd)
    geparkeerd.locator("input[name=besluit][value=verwerpen]").check()
    geparkeerd.locator("[name=reden]").fill("De klok liep voor")
    geparkeerd.get_by_role("button", name="Beslis").click()
    expect(geparkeerd.get_by_role("status").first).not_to_be_empty()


def test_two_families_that_look_alike_are_judged(signed_in, api, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    eerste = melding(80)
    api("POST", "/geboortemeldingen", eerste)
    tweede = melding(20, contactpersoon=eerste["contactpersoon"])
    wacht = api("POST", "/geboortemeldingen", tweede)
    assert wacht["redenen"] == ["mogelijkBekendGezin"]
    api("POST", f"/geboortemeldingen/{wacht['id']}/beoordeling", {"besluit": "aanvaarden"})
    voorstel = api("GET", "/gezinskoppelingen?pageSize=100")["results"][-1]
    page.goto(f"/koppelingen/{voorstel['id']}")
    expect(page.locator("h1")).to_have_text("Zijn dit dezelfde mensen?")
    voor_iedereen(page)
    screenshot(page, "koppeling")
    page.locator("input[name=besluit]").first.check()
    page.get_by_role("button", name="Beslis").click()
    expect(page.get_by_role("status").first).to_contain_text("Uw besluit is vastgelegd")


def test_the_keyboard_reaches_every_page_of_the_menu(signed_in):
    """With Tab, Enter and the space bar only: skip link, five pages, and those behind Meer."""
    page = signed_in("coordinator")
    page.goto("/vandaag")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
    for _stap in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    for _stap in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Berichten", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Berichten")
    expect(page.locator(".meer summary")).to_contain_text("Berichten")

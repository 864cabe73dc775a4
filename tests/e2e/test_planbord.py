"""The board and what hangs on it in a real browser; and a Monday: 60 visits, 25 volunteers, 3 away, keyboard only."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from ooievaar.platform import clock
from tests.e2e.hulp import melding

AANTAL, MOEDERS, WEG = 60, 25, 3


@pytest.fixture
def bord(signed_in, api) -> Page:
    page = signed_in("coordinator")
    for _nummer in range(3):
        api("POST", "/geboortemeldingen", melding(40))
    page.goto("/planbord")
    return page


def test_the_board_is_for_everybody(bord, voor_iedereen, screenshot):
    expect(bord.get_by_role("heading", name="Wie heeft wat")).to_be_visible()
    voor_iedereen(bord)
    screenshot(bord, "planbord")


def test_drag_is_an_extra(bord):
    kaart = bord.locator("[data-bezoek]").first
    bezoek = kaart.get_attribute("data-bezoek")
    moeder = kaart.locator("select option").nth(1).get_attribute("value")
    kolom = bord.locator(f'[data-moeder="{moeder}"]')
    # A real mouse: press on the card, move in steps to her column, let go.
    bord.set_viewport_size({"width": 1280, "height": 6000})
    kaart.locator(".label").hover()
    bord.mouse.down()
    vlak = kolom.bounding_box()
    bord.mouse.move(vlak["x"] + 20, vlak["y"] - 10, steps=8)
    bord.mouse.move(vlak["x"] + vlak["width"] / 2, vlak["y"] + vlak["height"] / 2, steps=8)
    bord.mouse.up()
    expect(bord.locator("#meldingen")).to_contain_text("1 bezoek is gegeven")
    expect(bord.locator(f'[data-bezoek="{bezoek}"]')).to_have_count(0)
    bord.get_by_role("button", name="Draai dit terug").click()
    expect(bord.locator("#meldingen")).to_contain_text("staat weer waar het stond")


def test_giving_and_a_fault_without_scripts(zonder_scripts, bord):
    zonder_scripts.goto("/planbord")
    zonder_scripts.get_by_role("button", name="Geef alle gekozen bezoeken").click()
    expect(zonder_scripts.get_by_role("alert")).to_contain_text("Kies eerst een Ooievaarsmoeder")
    zonder_scripts.locator("[data-bezoek] select").first.select_option(index=1)
    zonder_scripts.get_by_role("button", name="Geef alle gekozen bezoeken").click()
    expect(zonder_scripts.get_by_role("status")).to_contain_text("1 bezoek is gegeven")


def test_without_a_network_the_choices_stay(bord):
    keuze = bord.locator("[data-bezoek] select").first
    keuze.select_option(index=1)
    gekozen = keuze.input_value()
    bord.context.set_offline(True)
    bord.get_by_role("button", name="Geef alle gekozen bezoeken").click()
    expect(bord.get_by_role("alert")).to_contain_text("U heeft geen internet")
    expect(keuze).to_have_value(gekozen)
    bord.context.set_offline(False)
    bord.get_by_role("button", name="Geef alle gekozen bezoeken").click()
    expect(bord.get_by_role("status")).to_contain_text("1 bezoek is gegeven")


def test_two_coordinators_give_the_same_visit(zonder_scripts, bord):
    """The second one hears it, and is at the board as it is now."""
    bezoek = bord.locator("[data-bezoek]").last.get_attribute("data-bezoek")
    zonder_scripts.goto(bord.url)
    for page in (zonder_scripts, bord):
        page.locator(f'[data-bezoek="{bezoek}"] select').select_option(index=1)
        page.get_by_role("button", name="Geef alle gekozen bezoeken").click()
    expect(zonder_scripts.get_by_role("status")).to_contain_text("1 bezoek is gegeven")
    expect(bord.locator("#bladzijde").get_by_role("alert")).to_contain_text("net gewijzigd")
    expect(bord.locator("#bladzijde").get_by_role("alert")).to_be_focused()


def test_volunteers_absence_and_a_phone(signed_in, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    page.goto("/ooievaarsmoeders")
    voor_iedereen(page)
    screenshot(page, "ooievaarsmoeders")
    page.get_by_role("link", name="Bea Voorbeeld", exact=True).click()
    expect(page.locator("h1")).to_have_text("Bea Voorbeeld")
    voor_iedereen(page)
    screenshot(page, "ooievaarsmoeder")
    page.get_by_role("button", name="Koppel een telefoon").click()
    expect(page.get_by_role("img", name="QR-code")).to_be_visible()
    voor_iedereen(page)
    screenshot(page, "koppelcode")
    page.get_by_role("link", name="Klaar").click()
    page.get_by_label("Eerste dag").fill(clock.vandaag().isoformat())
    page.get_by_label("Laatste dag").fill((clock.vandaag() + timedelta(days=40)).isoformat())
    page.get_by_label("Vakantie").check()
    page.get_by_role("button", name="Meld haar afwezig").click()
    expect(page.locator("h1")).to_have_text("Bezoeken van Bea Voorbeeld")
    voor_iedereen(page)
    screenshot(page, "overdragen")
    page.get_by_role("button", name="Geef deze bezoeken door").click()
    expect(page.get_by_role("status")).to_contain_text("doorgegeven")
    page.get_by_role("button", name="Draai dit terug").click()
    expect(page.get_by_role("status")).to_contain_text(re.compile("weer waar"))


@pytest.mark.parametrize("pad", ["veiligheid", "berichten"])
def test_the_other_screens(signed_in, voor_iedereen, screenshot, pad):
    page = signed_in("coordinator")
    page.goto(f"/{pad}")
    voor_iedereen(page)
    screenshot(page, pad)


class Toetsen:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.aantal = page, 0

    def druk(self, toets: str) -> None:
        self.page.keyboard.press(toets)
        self.aantal += 1


def test_a_monday_by_keyboard_only(signed_in, api, screenshot):
    """From a full board to a divided week; prints keys and pages, the figure of the note (`-s` shows it)."""
    page = signed_in("coordinator")
    bestaand = api("GET", "/ooievaarsmoeders?pageSize=100")["results"]
    for nummer in range(MOEDERS - len(bestaand)):
        vog = (clock.vandaag() - timedelta(days=90)).isoformat()
        gegevens = {"naam": f"Maandag Voorbeeld-{nummer}", "talen": ["nl"], "maximumPerWeek": 6, "vogDatum": vog}
        gegevens |= {"verklaringGetekend": True, "trainingAfgerond": True, "wijken": ["WK091720"]}
        bestaand.append(api("POST", "/ooievaarsmoeders", gegevens))
    for moeder in bestaand[-WEG:]:
        tot = (clock.vandaag() + timedelta(days=60)).isoformat()
        afwezig = {"begin": clock.vandaag().isoformat(), "eind": tot, "reden": "vakantie"}
        api("POST", f"/ooievaarsmoeders/{moeder['id']}/afwezigheden", afwezig)
    open_ = api("GET", "/bezoeken?status=open&pageSize=1")["count"]
    for nummer in range(max(AANTAL - open_, 0)):
        api("POST", "/geboortemeldingen", melding(24 + nummer % 20))
    page.goto("/planbord")
    screenshot(page, "planbord-maandag")
    toetsen, paginas, begin = Toetsen(page), 0, time.monotonic()
    page.locator("#inhoud").focus()  # where the skip link leads: 2 keys
    toetsen.aantal += 2
    while page.locator("[data-bezoek] select").count() and paginas < 12:
        te_doen = page.locator("[data-bezoek] select").count()
        gekozen = 0
        for _stap in range(120):
            soort = page.evaluate(
                "(e => e.name?.startsWith('naar-') ? 'keuze' : e.closest?.('#bord') && !e.name && e.type === 'submit'"
                " ? 'klaar' : '')(document.activeElement)"
            )
            if soort == "keuze":
                toetsen.druk("ArrowDown")  # the first one proposed
                gekozen += 1
            if soort == "klaar" and gekozen == te_doen:
                break
            toetsen.druk("Tab")
        eerste = page.locator("[data-bezoek]").first.get_attribute("data-bezoek")
        toetsen.druk("Enter")
        paginas += 1
        # The board is put in place by htmx, and the focus goes to its heading: from there she goes on.
        expect(page.locator(f'[data-bezoek="{eerste}"]')).to_have_count(0)
        expect(page.locator("h1")).to_be_focused()
    over = page.locator("[data-bezoek]").count()
    # Half a second a key is an assumption; reading and thinking come on top, and nobody was watched while doing it.
    wie = f"{max(AANTAL, open_)} bezoeken, {MOEDERS} Ooievaarsmoeders, {WEG} afwezig"
    print(
        f"\nMaandag: {wie}: {toetsen.aantal} toetsen, 0 klikken, {paginas} bladzijden; "
        f"{toetsen.aantal * 0.5 / 60:.1f} minuten bij 0,5 s per toets, "
        f"{time.monotonic() - begin:.0f} s van de machine, {over} voor niemand"
    )
    assert over == 0
    weg = {moeder["id"] for moeder in bestaand[-WEG:]}
    gegeven = api("GET", "/bezoeken?status=toegewezen&pageSize=100")["results"]
    assert not [bezoek for bezoek in gegeven if bezoek["ooievaarsmoeder"] in weg]

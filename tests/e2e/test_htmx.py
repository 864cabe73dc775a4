"""htmx on top: a part of the page is replaced, the focus goes on where one was, and nothing is lost when it fails."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hulp import melding

_MERK = "() => { window.zelfde = true }"


@pytest.fixture
def bord(signed_in, api) -> Page:
    page = signed_in("coordinator")
    for _nummer in range(3):
        api("POST", "/geboortemeldingen", melding(40))
    page.goto("/planbord")
    page.evaluate(_MERK)
    return page


def _zelfde_pagina(page: Page) -> bool:
    """Whether the browser loaded no new page since `_MERK`."""
    return bool(page.evaluate("window.zelfde === true"))


def test_giving_a_visit_keeps_the_page_and_goes_on_at_the_next_card(bord):
    tweede = bord.locator("[data-bezoek]").nth(1).get_attribute("data-bezoek")
    eerste = bord.locator("[data-bezoek]").first
    eerste.locator("select").select_option(index=1)
    eerste.get_by_role("button").click()
    expect(bord.get_by_role("status").first).to_contain_text("1 bezoek is gegeven")
    assert _zelfde_pagina(bord)
    expect(bord.locator(f'[data-bezoek="{tweede}"] select')).to_be_focused()


def test_a_fault_is_said_and_has_the_focus(bord):
    bord.get_by_role("button", name="Geef alle gekozen bezoeken").click()
    expect(bord.get_by_role("alert")).to_contain_text("Kies eerst een Ooievaarsmoeder")
    expect(bord.get_by_role("alert")).to_be_focused()
    assert _zelfde_pagina(bord)


def test_a_filter_keeps_its_focus_its_address_and_the_way_back(signed_in, api, voor_iedereen):
    page = signed_in("coordinator")
    api("POST", "/geboortemeldingen", melding(33))
    page.goto("/vandaag")
    page.evaluate(_MERK)
    page.get_by_role("link", name="Nog voor niemand").click()
    page.wait_for_url("**/vandaag?soort=nietToegewezen")
    expect(page.locator("#soort-nietToegewezen")).to_be_focused()
    expect(page.locator(".label").first).to_have_text("Nog voor niemand")
    assert _zelfde_pagina(page)
    voor_iedereen(page)
    page.go_back()
    expect(page.locator("#soort")).to_have_attribute("aria-current", "true")


def test_nothing_of_a_page_stays_in_the_browser(bord):
    bord.get_by_label("Wijk", exact=True).select_option(index=1)
    bord.get_by_role("button", name="Toon").click()
    bord.wait_for_url(re.compile("wijk=WK"))
    # Where one is, for the way back, and no piece of any page.
    assert bord.evaluate("[localStorage.length, {...sessionStorage}]") == [
        0,
        {"htmx-current-path-for-history": "/planbord?wijk=" + bord.url.partition("wijk=")[2]},
    ]


def test_the_story_comes_into_the_page(signed_in, api, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    bezoek = api("POST", "/geboortemeldingen", melding(45))["bezoek"]
    page.goto(f"/bezoeken/{bezoek}/gezin")
    page.evaluate(_MERK)
    page.get_by_role("link", name="Lees alles wat er gebeurde").click()
    expect(page.locator(".geschiedenis")).to_contain_text("Er komt een kraambezoek")
    expect(page.get_by_role("heading", name="Wat er gebeurde")).to_be_focused()
    assert _zelfde_pagina(page)
    voor_iedereen(page)
    screenshot(page, "gezin-verhaal")


def test_a_server_that_fails_leaves_the_form(bord):
    keuze = bord.locator("[data-bezoek] select").first
    keuze.select_option(index=1)
    gekozen = keuze.input_value()
    bord.route("**/planbord", lambda route: route.fulfill(status=503, body="dicht"))
    bord.get_by_role("button", name="Geef alle gekozen bezoeken").click()
    expect(bord.get_by_role("alert")).to_contain_text("Wat u invulde, blijft staan")
    expect(keuze).to_have_value(gekozen)


def test_what_was_chosen_waits_when_the_session_ended(bord, site):
    """Sent by htmx, to a server that does not know her any more: after signing in it is sent with one press."""
    bord.locator("[data-bezoek] select").first.select_option(index=1)
    bord.context.clear_cookies(name="sessionid")
    bord.get_by_role("button", name="Geef alle gekozen bezoeken").click()
    bord.wait_for_url(re.compile("/inloggen"))
    bord.get_by_label("Gebruikersnaam").fill("coordinator")
    bord.get_by_label("Wachtwoord", exact=True).fill(site.password)
    bord.get_by_role("button", name="Inloggen", exact=True).click()
    bord.wait_for_url(re.compile("/verder"))
    bord.locator("main").get_by_role("button").first.click()
    expect(bord.get_by_role("status").first).to_contain_text("1 bezoek is gegeven")


def test_signed_out_meanwhile_the_browser_goes_to_the_sign_in_page(bord):
    bord.context.clear_cookies(name="sessionid")
    bord.get_by_role("button", name="Toon").click()
    bord.wait_for_url(re.compile("/inloggen"))
    expect(bord.locator("h1")).to_have_text("Inloggen")

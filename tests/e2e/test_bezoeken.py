"""The visits and "Geef aan…" in a real browser, with and without scripts, for everybody and on every size."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def lijst(signed_in) -> Page:
    page = signed_in("coordinator")
    page.goto("/bezoeken")
    return page


def test_the_list_is_for_everybody(lijst, voor_iedereen, screenshot):
    expect(lijst.locator("h1")).to_have_text("Bezoeken")
    voor_iedereen(lijst)
    screenshot(lijst, "bezoeken")


def test_the_list_on_a_phone_and_in_the_dark(lijst, screenshot):
    lijst.set_viewport_size({"width": 320, "height": 720})
    screenshot(lijst, "bezoeken-320")
    lijst.set_viewport_size({"width": 1200, "height": 900})
    lijst.emulate_media(color_scheme="dark")
    screenshot(lijst, "bezoeken-donker")


def test_a_filter_is_in_the_url_and_nothing_found_says_so(lijst, voor_iedereen, screenshot):
    lijst.get_by_label("Status").select_option("open")
    lijst.get_by_label("Wanneer").select_option("verlopen")
    lijst.get_by_role("button", name="Toon", exact=True).click()
    lijst.wait_for_url(re.compile("fase=verlopen"))
    expect(lijst.get_by_text("Er zijn nu geen bezoeken die hierbij passen.")).to_be_visible()
    voor_iedereen(lijst)
    screenshot(lijst, "bezoeken-leeg")


def test_everybody_with_reasons_is_for_everybody(lijst, voor_iedereen, screenshot):
    lijst.goto("/bezoeken?status=open")
    lijst.get_by_role("link", name=re.compile("Iedereen, met redenen|Bekijk waarom")).first.click()
    expect(lijst.locator("h1")).to_have_text(re.compile("^Familie "))
    voor_iedereen(lijst)
    screenshot(lijst, "geef-aan")


def test_nobody_chosen_comes_back_with_a_fault_that_leads_to_the_choice(lijst, voor_iedereen, screenshot):
    lijst.goto("/bezoeken?status=open")
    lijst.get_by_role("button", name=re.compile("^Geef")).first.click()
    fout = lijst.get_by_role("alert")
    expect(fout).to_contain_text("Kies eerst een Ooievaarsmoeder.")
    voor_iedereen(lijst)
    screenshot(lijst, "geef-aan-fout")
    fout.get_by_role("link").click()
    expect(lijst.locator("#keuze")).to_be_focused()


def test_giving_a_visit_without_scripts(zonder_scripts):
    page = zonder_scripts
    page.goto("/bezoeken?status=open")
    bezoek = page.locator("li.bezoek").first.get_attribute("id")
    keuze = page.locator("li.bezoek select").first
    naam = keuze.locator("option").nth(1).inner_text().partition(" –")[0]
    keuze.select_option(index=1)
    page.get_by_role("button", name=re.compile("^Geef")).first.click()
    expect(page.get_by_role("status")).to_contain_text(f"Het bezoek is nu voor {naam}.")
    assert "status=open" in page.url
    expect(page.locator(f"#{bezoek}")).to_have_count(0)


def test_giving_a_visit_by_keyboard_only(lijst):
    lijst.goto("/bezoeken?status=open")
    bezoek = lijst.locator("li.bezoek").first.get_attribute("id")
    lijst.keyboard.press("Tab")
    expect(lijst.locator(".sla-over")).to_be_focused()
    lijst.keyboard.press("Enter")
    for _stap in range(30):
        lijst.keyboard.press("Tab")
        if lijst.evaluate("document.activeElement.name") == "ooievaarsmoeder" and lijst.evaluate(
            "document.activeElement.closest('li') !== null"
        ):
            break
    lijst.keyboard.press("ArrowDown")
    lijst.keyboard.press("Tab")
    lijst.keyboard.press("Enter")
    expect(lijst.get_by_role("status")).to_contain_text("Het bezoek is nu voor")
    expect(lijst.locator(f"#{bezoek}")).to_have_count(0)

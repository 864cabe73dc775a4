"""Vandaag in a real browser: the first page after signing in, from which every line leads to its one action."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hulp import melding


@pytest.fixture
def vandaag(signed_in, api) -> Page:
    page = signed_in("coordinator")
    for dagen in (33, 54, 60):
        api("POST", "/geboortemeldingen", melding(dagen))
    adres = melding(10)["adres"]
    api("POST", "/geboortemeldingen", melding(10, adres={**adres, "wijk": None, "postcode": "6499 ZZ"}))
    page.goto("/")
    return page


def test_it_is_the_first_page_and_for_everybody(vandaag, voor_iedereen, screenshot):
    assert vandaag.url.endswith("/vandaag")
    expect(vandaag.locator("h1")).to_contain_text("Vandaag")
    for woord in ("Melding", "Nog voor niemand", "Laatste kans", "Te laat"):
        expect(vandaag.locator(".keuzelijst")).to_contain_text(woord)
    voor_iedereen(vandaag)
    screenshot(vandaag, "vandaag")


def test_dark_and_on_a_phone(vandaag, screenshot):
    vandaag.emulate_media(color_scheme="dark")
    screenshot(vandaag, "vandaag-donker")
    vandaag.emulate_media(color_scheme="light")
    vandaag.set_viewport_size({"width": 320, "height": 720})
    screenshot(vandaag, "vandaag-320")


def test_one_kind_and_its_action(vandaag, voor_iedereen):
    vandaag.get_by_role("link", name="Nog voor niemand").click()
    expect(vandaag.locator(".label").first).to_have_text("Nog voor niemand")
    vandaag.get_by_role("link", name="Geef aan…").first.click()
    expect(vandaag.get_by_role("button", name="Geef dit bezoek")).to_be_visible()
    voor_iedereen(vandaag)

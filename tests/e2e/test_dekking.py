"""Coverage in a real browser: words, table and drawing, for everybody and on every size."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("gebruiker", ["jens", "coordinator"])
def test_the_figures_are_for_everybody(signed_in, voor_iedereen, screenshot, gebruiker):
    page = signed_in(gebruiker)
    page.goto("/dekking")
    expect(page.locator("h1")).to_be_visible()
    voor_iedereen(page)
    screenshot(page, f"dekking-{gebruiker}")


def test_another_period_is_in_the_url(signed_in, voor_iedereen):
    page = signed_in("jens")
    page.goto("/dekking")
    page.locator("select[name=periode]").select_option("rollend")
    page.get_by_role("button", name="Toon").click()
    page.wait_for_url(re.compile("periode=rollend"))
    voor_iedereen(page)


def test_an_unknown_period_says_so_and_still_shows_figures(signed_in, voor_iedereen):
    page = signed_in("jens")
    page.goto("/dekking?periode=ooit")
    expect(page.get_by_role("alert")).to_be_visible()
    voor_iedereen(page)


def test_jens_is_led_to_no_family(signed_in):
    page = signed_in("jens")
    page.goto("/dekking")
    adressen = page.locator("a").evaluate_all("links => links.map(l => l.getAttribute('href'))")
    assert not [a for a in adressen if "bezoek" in a or "gezin" in a]
    page.goto("/bezoeken")
    expect(page.locator("main")).to_contain_text("mag")

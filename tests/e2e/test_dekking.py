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


def test_the_paper_page_is_three_sheets(signed_in, voor_iedereen, screenshot):
    page = signed_in("jens")
    page.goto("/dekking")
    page.get_by_role("link", name="Op papier").click()
    page.wait_for_url(re.compile("/dekking/afdruk"))
    voor_iedereen(page)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 3
    screenshot(page, "dekking-papier")


def test_map_and_table_have_the_same_numbers(signed_in):
    page = signed_in("jens")
    page.goto("/dekking")
    kaart = page.locator("svg:has(.wijk__deel)")
    nummers = kaart.locator(".wijk__nummer").all_text_contents()
    delen = kaart.locator(".wijk__deel").all_text_contents()
    rijen = page.locator("section table, table").filter(has_text="Nr.").locator("tbody tr")
    assert nummers == [rij.locator("td").first.inner_text() for rij in rijen.all()]
    for deel, rij in zip(delen, rijen.all(), strict=True):
        getal = rij.locator("td").last.inner_text().removesuffix(" %").replace(",", ".")
        assert deel == ("–" if getal == "–" else f"{int(float(getal) + 0.5)} %")

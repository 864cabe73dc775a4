"""The Sjop in a real browser: for everybody, on every size, without a script; taps and seconds for each item."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

PAGINAS = [
    "", "/innemen", "/stukken", "/labels", "/gezinnen", "/gezinnen?status=wacht", "/afspraken", "/bruiklenen",
    "/blokkeerlijst", "/soorten", "/terugroepen", "/verslag",
]  # fmt: skip


@pytest.fixture
def binnen(signed_in) -> Page:
    return signed_in("sjop")


@pytest.mark.parametrize("pad", PAGINAS)
def test_a_page_is_for_everybody(binnen, voor_iedereen, screenshot, pad):
    binnen.goto(f"/sjop{pad}")
    for uitklap in binnen.locator("details").all()[:2]:
        uitklap.locator("summary").click()
    voor_iedereen(binnen)
    screenshot(binnen, "sjop" + re.sub(r"\W+", "-", pad))


def test_the_coordinator_has_the_wijken_too(signed_in, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    page.goto("/sjop/verslag")
    page.get_by_role("link", name="Gezinnen per wijk, per jaar").click()
    expect(page.locator("h1")).to_contain_text("Gezinnen die iets kregen in")
    voor_iedereen(page)
    screenshot(page, "sjop-per-wijk")


class Tikken:
    """Counts what a finger does, and how long it took, as the page itself allows."""

    def __init__(self) -> None:
        self.aantal, self.begin = 0, time.monotonic()

    def __call__(self, wat) -> None:
        self.aantal += 1
        wat.click()

    def seconden(self) -> float:
        return time.monotonic() - self.begin


@pytest.mark.parametrize("breedte", [390, 820])
def test_a_bag_comes_in_in_few_taps(binnen, voor_iedereen, screenshot, breedte, record_property):
    """On a phone and on a tablet: the first item, and then the next one like it."""
    binnen.set_viewport_size({"width": breedte, "height": 844})
    binnen.goto("/sjop")
    eerste = Tikken()
    eerste(binnen.locator(".tegels").get_by_role("link", name="Innemen"))
    eerste(binnen.get_by_role("link", name="Rompers en hemdjes"))
    eerste(binnen.get_by_label("68", exact=True))
    eerste(binnen.get_by_role("button", name="Neem in"))
    expect(binnen.get_by_text(re.compile("Ingenomen: Rompers en hemdjes, label S-"))).to_be_visible()
    duur_eerste = eerste.seconden()
    volgende = Tikken()
    volgende(binnen.get_by_label("74", exact=True))
    volgende(binnen.get_by_role("button", name="Neem in"))
    expect(binnen.get_by_text(re.compile("Leg het op het schap"))).to_be_visible()
    duur_volgende = volgende.seconden()
    print(f"{breedte} px, first item: {eerste.aantal} taps, {duur_eerste:.2f} s")
    print(f"{breedte} px, next item: {volgende.aantal} taps, {duur_volgende:.2f} s")
    assert (eerste.aantal, volgende.aantal) == (4, 2)
    # The machine's part; a person's is the taps.
    assert duur_volgende < 5
    voor_iedereen(binnen)
    screenshot(binnen, f"sjop-ingenomen-{breedte}")


def test_what_is_blocked_is_refused_in_words(binnen, voor_iedereen, screenshot):
    binnen.goto("/sjop/innemen")
    binnen.get_by_role("link", name=re.compile("Autostoel")).click()
    expect(binnen.get_by_text("Dit nemen we niet aan.")).to_be_visible()
    expect(binnen.get_by_role("button", name="Neem in")).to_have_count(0)
    binnen.goto("/sjop/innemen")
    binnen.get_by_role("link", name="Iets anders").click()
    binnen.get_by_text("Meer: aantal").click()
    binnen.get_by_label("Wat is het precies?").fill("Maxi-Cosi")
    binnen.get_by_role("button", name="Neem in").click()
    expect(binnen.get_by_role("alert")).to_contain_text("Autostoel staat op de blokkeerlijst")
    voor_iedereen(binnen)
    screenshot(binnen, "sjop-geweigerd")


def test_from_check_to_loan_and_back(binnen, voor_iedereen, screenshot):
    binnen.goto("/sjop/innemen")
    binnen.get_by_role("link", name="Kinderstoel").click()
    binnen.get_by_label("Merk").fill("Voorbeeldmerk")
    binnen.get_by_label("Model").fill("Zit 4")
    binnen.get_by_role("button", name="Neem in").click()
    expect(binnen.get_by_text(re.compile("wachten op controle"))).to_be_visible()
    code = binnen.locator(".terug .code").inner_text()
    binnen.get_by_role("link", name="Bekijk of maak ongedaan").click()
    binnen.get_by_role("button", name="Alles klopt, naar het schap").click()
    expect(binnen.get_by_role("alert")).to_contain_text("Vink eerst alle punten")
    screenshot(binnen, "sjop-controle")
    for punt in binnen.locator("input[name=punt]").all():
        punt.check()
    binnen.get_by_role("button", name="Alles klopt, naar het schap").click()
    expect(binnen.get_by_text(f"Leg {code} op het schap")).to_be_visible()
    voor_iedereen(binnen)
    # A family at the counter.
    binnen.goto("/sjop/gezinnen")
    binnen.get_by_label("Nieuw aan de balie: voornaam").fill("Yara")
    binnen.get_by_role("button", name="Maak een pas").click()
    expect(binnen.locator("h1")).to_have_text("Yara")
    tikken = Tikken()
    binnen.get_by_label("Scan of typ de labels").fill(code)
    binnen.get_by_label("Scan of typ de labels").press("Enter")
    expect(binnen.get_by_text("Meegegeven: 1.")).to_be_visible()
    print(f"hand out one scanned item: {tikken.seconden():.2f} s")
    expect(binnen.get_by_text("Mag nog lenen")).to_be_visible()
    voor_iedereen(binnen)
    screenshot(binnen, "sjop-pas")
    binnen.get_by_role("link", name="Maak een afspraak").click()
    binnen.get_by_role("button", name=re.compile("^Kies")).first.click()
    expect(binnen.get_by_text("De afspraak staat.")).to_be_visible()
    binnen.get_by_role("link", name="Pas afdrukken").click()
    expect(binnen.locator("main")).not_to_contain_text("Yara")
    voor_iedereen(binnen)
    screenshot(binnen, "sjop-pas-afdrukken")
    # And back, by its label.
    binnen.goto("/sjop/bruiklenen")
    voor_iedereen(binnen)
    screenshot(binnen, "sjop-bruikleen")
    binnen.get_by_label("Scan of typ het label").fill(code)
    binnen.get_by_role("button", name="Neem terug").click()
    expect(binnen.get_by_text("Terug: Kinderstoel")).to_be_visible()


def test_a_recall_says_where_everything_is(binnen, voor_iedereen, screenshot):
    binnen.goto("/sjop/terugroepen")
    binnen.get_by_label("Merk", exact=True).fill("Voorbeeldmerk")
    binnen.get_by_label("Model. Leeg: het hele merk.").fill("Droom 1")
    binnen.get_by_label("Waarom").fill("Een plank laat los.")
    binnen.get_by_role("button", name="Roep terug").click()
    expect(binnen.locator("h1")).to_have_text("Voorbeeldmerk Droom 1")
    expect(binnen.get_by_text("ligt hier apart")).to_be_visible()
    voor_iedereen(binnen)
    screenshot(binnen, "sjop-terugroeping")


def test_a_label_prints_on_paper_with_its_code(binnen, screenshot):
    binnen.goto("/sjop/stukken")
    binnen.get_by_role("row").nth(1).get_by_role("link").click()
    code = binnen.locator("h1 .code").inner_text()
    binnen.get_by_role("link", name="Label afdrukken").click()
    expect(binnen.locator(".etiket")).to_have_count(1)
    expect(binnen.locator(".etiket svg title")).to_have_text(code)
    binnen.emulate_media(media="print")
    expect(binnen.locator("header")).to_be_hidden()
    assert len(binnen.pdf()) > 1000
    screenshot(binnen, "sjop-label-papier")

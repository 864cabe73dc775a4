"""The pages of the stock in a real browser: for everybody, on every size, without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

PAGINAS = ["", "/boekingen", "/inpakken", "/partijen", "/tellingen", "/vouchers", "/vooruitkijken", "/te-doen"]
PAGINAS += ["/bestellingen", "/sluiten"]


@pytest.fixture
def binnen(signed_in) -> Page:
    return signed_in("coordinator")


@pytest.mark.parametrize("pad", PAGINAS)
def test_a_page_is_for_everybody(binnen, voor_iedereen, screenshot, pad):
    binnen.goto(f"/voorraad{pad}")
    for uitklap in binnen.locator("details").all():
        uitklap.locator("summary").click()
    voor_iedereen(binnen)
    screenshot(binnen, f"voorraad{pad.replace('/', '-')}")


def test_boxes_are_packed_and_the_packing_is_taken_back(binnen, voor_iedereen, screenshot):
    binnen.goto("/voorraad/inpakken")
    binnen.get_by_label("Hoeveel dozen?").fill("9999")
    binnen.get_by_role("button", name="Pak in").click()
    expect(binnen.get_by_role("alert")).to_contain_text("Vul een heel getal in van 1")
    binnen.get_by_label("Hoeveel dozen?").fill("900")
    binnen.get_by_role("button", name="Pak in").click()
    expect(binnen.get_by_role("alert")).to_contain_text("nodig en")
    voor_iedereen(binnen)
    screenshot(binnen, "voorraad-tekort")
    binnen.get_by_label("Hoeveel dozen?").fill("2")
    binnen.get_by_role("button", name="Pak in").click()
    expect(binnen.get_by_text(re.compile("2 dozen ingepakt"))).to_be_visible()
    binnen.goto("/voorraad/boekingen")
    binnen.get_by_role(
        "button", name=re.compile(r"Terugdraaien\s?: ?Samenstelling 2 In de Box", re.IGNORECASE)
    ).first.click()
    expect(binnen.get_by_text("De boeking is teruggedraaid.")).to_be_visible()


def test_a_blind_count_from_begin_to_end(binnen, voor_iedereen, screenshot):
    binnen.goto("/voorraad/tellingen")
    binnen.get_by_label("Welke plek?").select_option(label="Magazijn")
    binnen.get_by_label(re.compile("^Blind tellen")).check()
    binnen.get_by_role("button", name="Begin").click()
    expect(binnen.locator("h1")).to_have_text("Telling: Magazijn")
    expect(binnen.get_by_text("Volgens de boeken")).to_have_count(0)
    binnen.get_by_label(re.compile("^Geteld van Speelgoed")).fill("1")
    binnen.get_by_role("button", name="Bewaar en stel vast").click()
    expect(binnen.get_by_role("alert")).to_contain_text("Geef bij elk verschil een reden")
    voor_iedereen(binnen)
    screenshot(binnen, "voorraad-telling")
    binnen.get_by_role("button", name="Stop deze telling").click()
    expect(binnen.get_by_text("Er is niets geboekt.")).to_be_visible()

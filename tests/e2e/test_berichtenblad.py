"""The pages of messages, and a session that ends in the middle of a form, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hulp import melding


@pytest.mark.parametrize(
    ("pad", "beeld"),
    [
        ("herinneringen?dagen=7", "berichten-vooruit"),
        ("berichten/teksten", "berichten-teksten"),
        ("berichten/teksten/aankondiging/brief/ar", "berichten-tekst"),
        ("berichten?status=mislukt", "berichten-mislukt"),
    ],
)
def test_every_page_is_for_everybody(signed_in, voor_iedereen, screenshot, pad, beeld):
    page = signed_in("coordinator")
    page.goto(f"/{pad}")
    voor_iedereen(page)
    screenshot(page, beeld)


def test_letters_from_waiting_to_printed(signed_in, api, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    page.goto("/berichten/brieven")
    voor_iedereen(page)
    if page.get_by_role("button", name="Zet de brieven klaar").count():
        page.get_by_role("button", name="Zet de brieven klaar").click()
        expect(page.get_by_role("status").first).to_contain_text("Druk ze af")
        voor_iedereen(page)
        screenshot(page, "berichten-brieven")
        page.get_by_role("button", name=re.compile("Markeer als gedrukt")).first.click()
        expect(page.get_by_role("status").first).to_contain_text("gedrukt en gepost")
    expect(page.locator("main")).to_contain_text("Er wachten geen brieven")


def test_changing_a_text_and_looking_first(signed_in, voor_iedereen):
    page = signed_in("coordinator")
    page.goto("/berichten/teksten/aankondiging/sms/pl")
    page.get_by_label("Tekst", exact=True).fill("Przyjdziemy {van} - {tot}. {bel} {stop} {gebied}")
    page.get_by_role("button", name="Bekijk eerst").click()
    expect(page.locator(".brief").first).to_contain_text("Przyjdziemy")
    page.get_by_label("Tekst", exact=True).fill("Przyjdziemy {kiedy}")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    voor_iedereen(page)


def test_a_session_that_ends_in_the_middle_of_a_form(signed_in, api, site, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    bezoek = api("POST", "/geboortemeldingen", melding(45))["bezoek"]
    page.goto(f"/bezoeken/{bezoek}/poging")
    page.get_by_label("telefoon").check()
    page.get_by_label("geen gehoor").check()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Leg de poging vast").click()
    page.wait_for_url(re.compile("/inloggen"))
    page.locator("input[name=login]").fill("coordinator")
    page.locator("input[name=password]").fill(site.password)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.locator("h1")).to_have_text("Wat u invulde, is bewaard")
    voor_iedereen(page)
    screenshot(page, "verder")
    page.get_by_role("button", name="Verstuur het alsnog").click()
    expect(page.get_by_role("status").first).to_contain_text("De poging is vastgelegd.")
    expect(page.locator("main")).to_contain_text("geen gehoor")


def test_signed_in_again_in_another_tab(signed_in, api, site):
    page = signed_in("coordinator")
    bezoek = api("POST", "/geboortemeldingen", melding(45))["bezoek"]
    page.goto(f"/bezoeken/{bezoek}/poging")
    page.get_by_label("telefoon").check()
    page.get_by_label("geen gehoor").check()
    ander = page.context.new_page()
    ander.goto("/")
    ander.get_by_role("button", name="Uitloggen").click()
    ander.locator("input[name=login]").fill("coordinator")
    ander.locator("input[name=password]").fill(site.password)
    ander.get_by_role("button", name="Inloggen", exact=True).click()
    ander.wait_for_url(lambda url: "/inloggen" not in url)
    page.get_by_role("button", name="Leg de poging vast").click()
    expect(page.locator("h1")).to_have_text("Wat u invulde, is bewaard")
    page.get_by_role("button", name="Verstuur het alsnog").click()
    expect(page.get_by_role("status").first).to_contain_text("De poging is vastgelegd.")

"""A family in a real browser: its whole story on one page, every stop and restore in two clicks and a confirmation."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hulp import melding


@pytest.fixture
def gezin(signed_in, api) -> Page:
    page = signed_in("coordinator")
    uitkomst = api("POST", "/geboortemeldingen", melding(45))
    page.goto(f"/bezoeken/{uitkomst['bezoek']}/gezin")
    return page


def test_the_page_is_for_everybody(gezin, voor_iedereen, screenshot):
    for kop in ("Contact", "Kind", "Berichten", "Wat er gebeurde"):
        expect(gezin.get_by_role("heading", name=kop, exact=True)).to_be_visible()
    voor_iedereen(gezin)
    screenshot(gezin, "gezin")


def test_a_busy_family(signed_in, api, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    bezocht = api("GET", "/bezoeken?status=bezocht&pageSize=1")["results"][0]
    page.goto(f"/gezinnen/{bezocht['gezin']}")
    page.get_by_role("link", name="Lees alles wat er gebeurde").click()
    expect(page.locator(".geschiedenis")).to_contain_text("Het bezoek is geweest")
    voor_iedereen(page)
    screenshot(page, "gezin-bezocht")


def test_close_and_open_again(gezin, voor_iedereen, screenshot):
    gezin.get_by_role("link", name="Sluit het bezoek").click()
    voor_iedereen(gezin)
    screenshot(gezin, "sluiting")
    gezin.get_by_role("button", name="Sluit het bezoek").click()
    fout = gezin.get_by_role("alert")
    expect(fout.get_by_role("link")).to_have_count(2)
    voor_iedereen(gezin)
    screenshot(gezin, "sluiting-fout")
    gezin.get_by_label("Het gezin is verhuisd, buiten het gebied").check()
    gezin.get_by_label("Ja, ik weet het zeker").check()
    # A form without htmx, without a network: it is not sent into nothing, and what she chose stays.
    gezin.context.set_offline(True)
    gezin.get_by_role("button", name="Sluit het bezoek").click()
    expect(gezin.locator("#geen-verbinding")).to_contain_text("U heeft geen internet")
    expect(gezin.get_by_label("Het gezin is verhuisd, buiten het gebied")).to_be_checked()
    gezin.context.set_offline(False)
    gezin.get_by_role("button", name="Sluit het bezoek").click()
    expect(gezin.get_by_role("status")).to_contain_text("Het bezoek is gesloten.")
    gezin.get_by_role("link", name="Open het bezoek weer").click()
    gezin.get_by_label("Waarom?").fill("Toch niet verhuisd")
    gezin.get_by_label("Ja, ik weet het zeker").check()
    gezin.get_by_role("button", name="Open het bezoek weer").click()
    expect(gezin.get_by_role("status")).to_contain_text("Het bezoek is weer open.")
    gezin.get_by_role("link", name="Lees alles wat er gebeurde").click()
    expect(gezin.locator(".geschiedenis")).to_contain_text("Toch niet verhuisd")


def test_a_death_stops_everything(gezin, voor_iedereen, screenshot):
    gezin.get_by_role("link", name="Overlijden melden").click()
    voor_iedereen(gezin)
    gezin.get_by_label("Ja, ik weet het zeker").check()
    gezin.get_by_role("button", name="Meld het overlijden").click()
    expect(gezin.locator("main")).to_contain_text("Alles is gestopt")
    voor_iedereen(gezin)
    screenshot(gezin, "gezin-gestopt")


def test_a_move_a_contact_an_attempt_and_the_visit(gezin, api, voor_iedereen, screenshot):
    for naam, beeld in (
        ("Het gezin is verhuisd", "verhuizing"),
        ("Nieuwe contactpersoon", "contactpersoon"),
        ("Leg een poging vast", "poging"),
        ("Leg het bezoek vast", "bezoek-vastleggen"),
    ):
        gezin.get_by_role("link", name=naam).click()
        voor_iedereen(gezin)
        screenshot(gezin, beeld)
        gezin.get_by_role("link", name="Toch niet").click()
    gezin.get_by_role("link", name="Nieuwe contactpersoon").click()
    gezin.get_by_label("Naam").fill("B. Voorbeeld")
    gezin.get_by_label("Wie is dit voor het kind?").select_option("vader")
    gezin.get_by_label("Telefoonnummer").fill("06 87654321")
    gezin.get_by_role("button", name="Voeg toe").click()
    expect(gezin.get_by_role("status").first).to_contain_text("toegevoegd")
    gezin.get_by_role("link", name=re.compile("Dit nummer klopt niet.*B. Voorbeeld")).click()
    gezin.get_by_label("Ja, ik weet het zeker").check()
    gezin.get_by_role("button", name="Haal het nummer weg").click()
    gezin.get_by_role("link", name="Leg het bezoek vast").click()
    gezin.get_by_label("Binnen op bezoek").check()
    gezin.get_by_label("De box is gegeven").check()
    gezin.get_by_role("button", name="Leg het bezoek vast").click()
    expect(gezin.locator("main")).to_contain_text("Bezoek: Bezocht")


def test_search_for_a_family(gezin, voor_iedereen, screenshot):
    naam = gezin.locator("h1").inner_text().removeprefix("Familie ")
    gezin.goto("/gezinnen")
    voor_iedereen(gezin)
    gezin.get_by_label("Naam, straat, postcode").fill(naam)
    gezin.keyboard.press("Enter")
    expect(gezin.get_by_role("link", name=f"Familie {naam}", exact=True)).to_be_visible()
    assert gezin.url.endswith("/gezinnen")
    voor_iedereen(gezin)
    screenshot(gezin, "gezinnen")
    gezin.get_by_label("Naam, straat, postcode").fill("x")
    gezin.keyboard.press("Enter")
    expect(gezin.get_by_role("alert")).to_contain_text("ten minste 2")
    voor_iedereen(gezin)


def test_every_stop_works_without_scripts(zonder_scripts, gezin):
    zonder_scripts.goto(gezin.url)
    zonder_scripts.get_by_role("link", name="Het gezin wil geen contact meer").click()
    zonder_scripts.get_by_label("Anders, of geen reden").check()
    zonder_scripts.get_by_label("Ja, ik weet het zeker").check()
    zonder_scripts.get_by_role("button", name="Stop alle contact").click()
    expect(zonder_scripts.locator("main")).to_contain_text("Geen contact.")
    zonder_scripts.get_by_role("link", name="Het gezin wil weer contact").click()
    zonder_scripts.get_by_label("Waarom?").fill("Belde zelf")
    zonder_scripts.get_by_label("Ja, ik weet het zeker").check()
    zonder_scripts.get_by_role("button", name="Sta contact weer toe").click()
    expect(zonder_scripts.locator("main")).not_to_contain_text("Geen contact.")


def test_two_coordinators_at_once(gezin, browser, site, zonder_scripts):
    gezin.get_by_role("link", name="Verplaats het venster").click()
    zonder_scripts.goto(gezin.url)
    for page, begin in ((zonder_scripts, "2027-03-01"), (gezin, "2027-04-01")):
        page.get_by_label("Eerste dag").fill(begin)
        page.get_by_label("Laatste dag").fill(f"{begin[:-2]}14")
        page.get_by_label("op verzoek").check()
        page.get_by_label("Ja, ik weet het zeker").check()
        page.get_by_role("button", name="Verplaats het venster").click()
    expect(gezin.get_by_role("alert")).to_contain_text("heeft dit net gewijzigd")
    assert gezin.get_by_label("Eerste dag").input_value() == "2027-04-01"

"""Importing and judging in a real browser: look, import, take back; doubles side by side; all without scripts too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hulp import csv_bestand, csv_rij, melding


def _kies(page: Page, *rijen: dict[str, str]) -> None:
    page.goto("/import")
    bestand = {"name": "geboorten.csv", "mimeType": "text/csv", "buffer": csv_bestand(*rijen)}
    page.get_by_label("Kies een bestand").set_input_files(bestand)
    page.get_by_role("button", name="Bekijk het bestand").click()


def test_look_import_and_take_back(signed_in, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    page.goto("/import")
    voor_iedereen(page)
    screenshot(page, "importeren")
    _kies(page, csv_rij(), csv_rij(), csv_rij(geboortedatum="31-02-2026"), csv_rij(bron="post"))
    expect(page.locator("main")).to_contain_text("Er is nog niets opgeslagen.")
    expect(page.get_by_role("table")).to_contain_text("Deze datum bestaat niet")
    voor_iedereen(page)
    screenshot(page, "import-controle")
    page.get_by_role("button", name="Importeer 2").click()
    expect(page.get_by_role("status")).to_contain_text("Het bestand is ingelezen.")
    voor_iedereen(page)
    screenshot(page, "import-klaar")
    page.get_by_role("button", name="Draai deze import terug").click()
    expect(page.get_by_role("status")).to_contain_text("2 meldingen zijn weg")


def test_importing_without_scripts(zonder_scripts):
    _kies(zonder_scripts, csv_rij())
    zonder_scripts.get_by_role("button", name="Importeer 1").click()
    expect(zonder_scripts.get_by_role("status")).to_contain_text("Het bestand is ingelezen.")


def test_a_file_that_is_no_table(signed_in, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    page.goto("/import")
    page.get_by_label("Kies een bestand").set_input_files(
        {"name": "brief.csv", "mimeType": "text/csv", "buffer": b"Geachte heer, mevrouw\n"}
    )
    page.get_by_role("button", name="Bekijk het bestand").click()
    fout = page.get_by_role("alert")
    expect(fout).to_contain_text("Dit is geen tabel")
    voor_iedereen(page)
    screenshot(page, "import-fout")
    fout.get_by_role("link").click()
    expect(page.get_by_label("Kies een bestand")).to_be_focused()


@pytest.fixture
def dubbel(signed_in, api) -> Page:
    """A notice without a first name, at the address of a child that is known: on its own page."""
    page = signed_in("coordinator")
    eerste = melding(20)
    api("POST", "/geboortemeldingen", eerste)
    tweede = api(
        "POST",
        "/geboortemeldingen",
        {**eerste, "bron": "jgz", "kenmerk": f"jgz-{eerste['kenmerk']}", "kind": {**eerste["kind"], "voornaam": ""}},
    )
    assert tweede["status"] == "teBeoordelen"
    page.goto(f"/meldingen/{tweede['id']}")
    return page


def test_doubles_side_by_side_merge_and_unmerge(dubbel, voor_iedereen, screenshot):
    expect(dubbel.get_by_role("table")).to_contain_text("Bekend kind")
    voor_iedereen(dubbel)
    screenshot(dubbel, "melding")
    dubbel.get_by_label("Hetzelfde kind: voeg de melding samen").check()
    dubbel.get_by_role("button", name="Beslis", exact=True).click()
    expect(dubbel.get_by_role("status")).to_contain_text("samengevoegd")
    dubbel.get_by_role("button", name="Neem dit besluit terug").click()
    expect(dubbel.get_by_role("status")).to_contain_text("wacht weer op een besluit")


def test_no_decision_chosen_leads_to_the_choice(dubbel, voor_iedereen, screenshot):
    dubbel.get_by_role("button", name="Beslis", exact=True).click()
    fout = dubbel.get_by_role("alert")
    voor_iedereen(dubbel)
    screenshot(dubbel, "melding-fout")
    fout.get_by_role("link").click()
    expect(dubbel.locator("#id_besluit")).to_be_focused()


def test_the_list_of_notices(dubbel, voor_iedereen, screenshot):
    dubbel.goto("/meldingen")
    expect(dubbel.get_by_role("link", name=re.compile("^Bekijk de melding")).first).to_be_visible()
    voor_iedereen(dubbel)
    screenshot(dubbel, "meldingen")
    dubbel.goto("/meldingen?status=afgewezen")
    voor_iedereen(dubbel)

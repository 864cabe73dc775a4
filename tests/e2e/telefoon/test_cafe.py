"""Signing a family up for a Sjpruutcafé on the phone: provisional, until the server has said whether there is room."""

from __future__ import annotations

import re

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.telefoon.conftest import koppel, open_app, verstrijk

_VOL = "Vol: er is een wachtlijst"


def _bekijk(page: Page, axe) -> None:
    for schema in ("light", "dark"):
        page.emulate_media(color_scheme=schema, reduced_motion="reduce")
        axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.timeout(300)
def test_two_families_and_one_place(telefoon, wereld, site, storing, axe, beeld):
    telefoon.set_viewport_size({"width": 320, "height": 640})
    gezinnen = wereld.maak(
        bezoeken=[{"naam": naam, "dagen": 50, "kinderen": [naam]} for naam in ("Bos", "Vos")],
        cafes=[(5, 1), (12, 8)],
    )
    bos, vos = (f"gezin/{bezoek['id']}/cafe" for bezoek in gezinnen["bezoeken"])
    koppel(telefoon, gezinnen["koppelcode"])
    open_app(telefoon, "ik/cafes")
    expect(telefoon.locator("li.kaart")).to_have_count(2)
    expect(telefoon.get_by_text(_VOL)).to_have_count(0)
    beeld(telefoon, "cafes")
    _bekijk(telefoon, axe)

    # Both without signal, for the one place of the first café: neither hears more than that it is provisional.
    storing.fout = lambda verzoek: "weiger"
    for gezin in (bos, vos):
        open_app(telefoon, gezin)
        keuze = telefoon.locator("label.keuze")
        expect(keuze).to_have_count(2)
        if gezin == bos:
            telefoon.get_by_role("button", name="Meld aan").click()
            # The button is far below the question: what is missing comes to her.
            expect(telefoon.locator("#fouten")).to_be_focused()
            expect(telefoon.locator("#fouten")).to_be_in_viewport()
            expect(telefoon.locator("#fouten")).to_contain_text("Kies een van de antwoorden")
            beeld(telefoon, "gezin-cafe-fout")
        keuze.first.click()
        telefoon.get_by_role("button", name="Meld aan").click()
        open_app(telefoon, gezin)
        expect(telefoon.locator("li.kaart")).to_contain_text("Voorlopig aangemeld.")
        expect(keuze).to_have_count(1)
    beeld(telefoon, "gezin-cafe-voorlopig")
    _bekijk(telefoon, axe)

    # Signal again: the server's answer, first come first served, and each of them once.
    storing.fout = lambda verzoek: None
    verstrijk(telefoon)
    expect(telefoon.locator(".pil")).to_have_text(re.compile(r"Alles verstuurd \d\d:\d\d"), timeout=60_000)
    expect(telefoon.locator("li.kaart")).to_contain_text("Vol. Dit gezin staat op de wachtlijst.", timeout=30_000)
    _bekijk(telefoon, axe)
    beeld(telefoon, "gezin-cafe-wachtlijst-donker")
    open_app(telefoon, bos)
    expect(telefoon.locator("li.kaart")).to_contain_text("Dit gezin is aangemeld.")
    open_app(telefoon, "ik/cafes")
    expect(telefoon.locator("li.kaart").first).to_contain_text(_VOL)
    with psycopg.connect(site.database) as db:
        rijen = db.execute(
            "SELECT gezin_id::text, status, via FROM bezoeken_cafeaanmelding"
            " WHERE gezin_id = ANY(%s) ORDER BY volgnummer",
            [[bezoek["gezin"] for bezoek in gezinnen["bezoeken"]]],
        ).fetchall()
    een, ander = (bezoek["gezin"] for bezoek in gezinnen["bezoeken"])
    assert rijen == [(een, "aangemeld", "telefoon"), (ander, "wachtlijst", "telefoon")]

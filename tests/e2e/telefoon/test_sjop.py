"""Asking the Sjop from the phone: pictures to tap, offline first, applied once on the server."""

from __future__ import annotations

import re

import psycopg
from playwright.sync_api import expect

from tests.e2e.telefoon.conftest import koppel, open_app, verstrijk
from tests.e2e.telefoon.test_schermen import _bekijk


def test_a_family_needs_something(telefoon, wereld, site, storing, axe, beeld):
    gezinnen = wereld.maak(bezoeken=[{"naam": "Bos", "dagen": 50}], sjop=True)
    koppel(telefoon, gezinnen["koppelcode"])
    open_app(telefoon, f"gezin/{gezinnen['bezoeken'][0]['id']}/sjop")
    expect(telefoon.locator("h1")).to_have_text("Wat is er nodig?")
    # What the Sjop never gives is no tile.
    expect(telefoon.get_by_text("Autostoel")).to_have_count(0)
    storing.fout = lambda verzoek: "weiger"
    telefoon.get_by_text("Rompers en hemdjes").tap()
    telefoon.get_by_label("Maat: Rompers en hemdjes").select_option("62")
    telefoon.get_by_text("Kinderwagen").tap()
    telefoon.get_by_label("Maat: Rompers en hemdjes").scroll_into_view_if_needed()
    beeld(telefoon, "gezin-sjop-tegels")
    _bekijk(telefoon, axe)
    telefoon.get_by_role("button", name="Vraag aan").click()
    expect(telefoon.get_by_text("Bewaard op deze telefoon.")).to_be_visible()
    storing.fout = lambda verzoek: None
    verstrijk(telefoon)
    expect(telefoon.locator(".pil")).to_have_text(re.compile(r"Alles verstuurd \d\d:\d\d"), timeout=40_000)
    with psycopg.connect(site.database) as db:
        gevraagd = db.execute(
            "SELECT a.code, v.maat FROM voorraad_sjopaanvraag v"
            " JOIN voorraad_sjopcategorie c ON c.id = v.categorie_id JOIN voorraad_artikel a ON a.id = c.artikel_id"
            " JOIN voorraad_sjoppas p ON p.id = v.pas_id"
            " JOIN bezoeken_bezoek b ON 'gezin:' || b.gezin_id = p.aanleiding"
            " WHERE b.id = %s ORDER BY 1",
            [gezinnen["bezoeken"][0]["id"]],
        ).fetchall()
    assert gevraagd == [("kinderwagen", ""), ("rompers", "62")]

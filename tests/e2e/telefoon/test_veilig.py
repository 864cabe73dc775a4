"""Going in and coming out: active only when the server says so (domain.md, rule 11)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.e2e.telefoon.conftest import koppel, lees, open_app

GEMELD = re.compile(r"Gemeld\. Wij letten op tot \d\d:\d\d")


def _eind(page) -> datetime:
    tekst = page.get_by_text(GEMELD).inner_text()
    return datetime.strptime(tekst[-5:], "%H:%M")  # noqa: DTZ007  a wall clock, compared with itself


def test_in_longer_and_out(telefoon, wereld, storing, axe, beeld):
    gezinnen = wereld.maak(bezoeken=[{"naam": "Bos"}], dienst=True)
    bezoek = gezinnen["bezoeken"][0]["id"]
    koppel(telefoon, gezinnen["koppelcode"])
    open_app(telefoon, f"gezin/{bezoek}/veilig")
    telefoon.get_by_label("30 minuten").check()

    # Without signal nobody watches, and the screen says so; there is a text message instead.
    storing.fout = lambda verzoek: "weiger"
    telefoon.get_by_role("button", name="Ik ga naar binnen").click()
    expect(telefoon.get_by_text("Nog niet gemeld. Er let nu niemand op.")).to_be_visible()
    expect(telefoon.get_by_role("link", name="Stuur een sms")).to_have_attribute("href", re.compile("^sms:"))
    expect(telefoon.get_by_text(GEMELD)).to_have_count(0)

    storing.fout = lambda verzoek: None
    expect(telefoon.get_by_text(GEMELD)).to_be_visible(timeout=30_000)
    beeld(telefoon, "echt-veilig-binnen")
    axe(telefoon)
    eerst = _eind(telefoon)
    telefoon.get_by_role("button", name="+15 minuten").click()
    verwacht = f"{(eerst + timedelta(minutes=15)):%H:%M}"
    expect(telefoon.get_by_text(GEMELD)).to_contain_text(verwacht, timeout=15_000)

    # Longer only counts when it was heard.
    storing.fout = lambda verzoek: "weiger"
    telefoon.wait_for_timeout(3_000)  # a second press in haste, or while the first is under way, is no second wish
    telefoon.get_by_role("button", name="+15 minuten").click()
    expect(telefoon.get_by_text("+15 minuten is niet gelukt.")).to_be_visible(timeout=15_000)
    expect(telefoon.get_by_text(GEMELD)).to_contain_text(verwacht)

    # On the list it stands above all: who forgets to check out sets off an alarm.
    telefoon.get_by_role("link", name="Vandaag").click()
    expect(telefoon.get_by_text(re.compile("Wij letten op tot"))).to_contain_text("Familie Bos, Sjpruutstraat 1")
    axe(telefoon)
    telefoon.get_by_role("link", name="Meld dat u buiten bent").click()

    # Out is out only when the server has heard it; a text message gets through where internet does not.
    telefoon.get_by_role("button", name="Ik ben veilig buiten").click()
    expect(telefoon.get_by_text("U bent buiten. Wij weten dat nog niet.")).to_be_visible()
    expect(telefoon.get_by_role("link", name="Stuur een sms")).to_have_attribute("href", re.compile("veilig%20buiten"))
    expect(telefoon.get_by_role("button", name=re.compile("^Ik "))).to_have_count(0)
    axe(telefoon)
    storing.fout = lambda verzoek: None
    expect(telefoon.get_by_text("Wij weten dat u veilig buiten bent.")).to_be_visible(timeout=40_000)
    axe(telefoon)
    expect(telefoon.get_by_role("button", name="Ik ga naar binnen")).to_be_visible(timeout=30_000)
    expect(telefoon.locator(".pil")).to_have_text(re.compile("Alles verstuurd"), timeout=30_000)
    assert lees(telefoon)["handelingen"] == []


def test_refused_when_nobody_is_on_duty(telefoon, wereld, axe):
    gezinnen = wereld.maak(bezoeken=[{"naam": "Bos"}])
    koppel(telefoon, gezinnen["koppelcode"])
    open_app(telefoon, f"gezin/{gezinnen['bezoeken'][0]['id']}/veilig")
    telefoon.get_by_role("button", name="Ik ga naar binnen").click()
    expect(telefoon.get_by_text(re.compile("achterwacht", re.IGNORECASE)).last).to_be_visible(timeout=30_000)
    expect(telefoon.get_by_text(GEMELD)).to_have_count(0)
    expect(telefoon.locator(".pil")).to_have_text("1 niet gelukt")
    axe(telefoon)

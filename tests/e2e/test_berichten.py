"""Messages in a real browser: the rules and what a change does, the stop page on a small phone, the local inbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from ooievaar.platform import clock
from tests.e2e.binnen import commando
from tests.e2e.conftest import Site
from tests.e2e.hulp import melding

KLEIN = {"width": 320, "height": 568}


def test_the_rules_and_what_goes_on_a_day(signed_in, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    page.goto("/berichten")
    page.get_by_role("link", name="Herinneringen").click()
    expect(page.get_by_role("heading", name="Herinneringen", level=1)).to_be_visible()
    voor_iedereen(page)
    page.get_by_role("button", name="Kijk").click()
    expect(page.locator("main")).to_contain_text("als er niets verandert")
    voor_iedereen(page)
    screenshot(page, "herinneringen")


def test_first_look_then_save(signed_in, api, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    for dagen in (30, 31):
        api("POST", "/geboortemeldingen", melding(dagen))
    page.goto("/herinneringen/aankondiging/gezin")
    voor_iedereen(page)
    page.get_by_label("Hoeveel dagen na de geboorte?").fill("37")
    page.get_by_role("button", name="Kijk eerst wat er verandert").click()
    expect(page.locator(".verandering")).to_contain_text("Er is nog niets bewaard")
    voor_iedereen(page)
    screenshot(page, "herinnering-verschil")
    page.get_by_label("Vanaf hoe laat?").fill("23:00")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert")).to_contain_text("Dan gaan er geen berichten weg")
    voor_iedereen(page)
    screenshot(page, "herinnering-fout")
    page.get_by_label("Vanaf hoe laat?").fill("")
    page.get_by_label("Hoeveel dagen na de geboorte?").fill("35")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard")


@pytest.fixture
def klein(browser: Browser, site: Site) -> Iterator[Page]:
    """A small phone of somebody who never signs in here; what the CSP refuses fails the test."""
    context = browser.new_context(base_url=site.url, viewport=KLEIN, is_mobile=True, has_touch=True, locale="nl-NL")
    context.set_default_timeout(15_000)
    geweigerd: list[str] = []
    context.on("console", lambda m: geweigerd.append(m.text) if "Content Security" in m.text else None)
    yield context.new_page()
    context.close()
    assert geweigerd == []


def _stoptoken(gezin: str, kanaal: str, doel: str) -> str:
    from notifications.stoplinks import stoptoken

    return stoptoken(UUID(gezin), kanaal, doel)


def _twee_sms() -> None:
    """One in Arabic and one in Dutch, to families with a visit."""
    from bezoeken.models import Bezoek
    from tests.factories.notifications import BerichtFactory

    for taal, bezoek in zip(("ar", "nl"), Bezoek.objects.filter(status="toegewezen").order_by("pk")[:2], strict=True):
        bezoek.gezin.contactpersonen.update(telefoonnummer="+31612345678", taal=taal)
        BerichtFactory(
            gezin=bezoek.gezin, gebied=bezoek.gebied, kanaal="sms", taal=taal, soort="bezoekherinnering",
            context={"dag": "2026-11-25", "tijd": "10.30"},
        )  # fmt: skip


@pytest.fixture
def stoplink(binnen, site):
    """`stoplink(gezin, kanaal)` as the site signs it: its key is not that of the tests."""

    def _maak(gezin: str, kanaal: str, doel: str = "contact") -> str:
        return f"{site.url}/stop/{binnen(_stoptoken, gezin, kanaal, doel)}"

    return _maak


def gezin_met(api, **velden) -> str:
    uitkomst = api("POST", "/geboortemeldingen", melding(40))
    gezin = api("GET", f"/bezoeken/{uitkomst['bezoek']}")["gezin"]
    if velden:
        persoon = api("GET", f"/gezinnen/{gezin}")["contactpersonen"][0]
        api("PATCH", f"/gezinnen/{gezin}", {"contactpersonen": [{**persoon, **velden}]})
    return gezin


@pytest.mark.parametrize(("taal", "knop"), [("nl", "Ik wil geen contact meer"), ("ar", "لا أريد أي اتصال بعد الآن")])
def test_stopping_on_a_small_phone(klein, signed_in, stoplink, api, voor_iedereen, screenshot, taal, knop):
    signed_in("coordinator")
    gezin = gezin_met(api, **({"taal": taal} if taal != "nl" else {}))
    klein.goto(stoplink(gezin, "sms"))
    assert api("GET", f"/gezinnen/{gezin}")["contactstop"] is None, "looking stops nothing"
    voor_iedereen(klein)
    screenshot(klein, f"stop-{taal}")
    klein.get_by_role("button", name=knop).click()
    expect(klein.get_by_role("status")).to_be_visible()
    assert api("GET", f"/gezinnen/{gezin}")["contactstop"]["reden"] == "ingetrokken"
    voor_iedereen(klein)
    screenshot(klein, f"stop-{taal}-klaar")


def test_an_invitation_stops_by_itself(klein, signed_in, stoplink, api, voor_iedereen, screenshot):
    signed_in("coordinator")
    gezin = gezin_met(api)
    api("PUT", f"/gezinnen/{gezin}/toestemmingen/cafe", {})
    klein.goto(stoplink(gezin, "email", "cafe"))
    voor_iedereen(klein)
    screenshot(klein, "stop-uitnodiging")
    klein.get_by_role("button", name="Geen uitnodigingen meer").click()
    expect(klein.get_by_role("status")).to_contain_text("U krijgt geen uitnodigingen meer.")
    na = api("GET", f"/gezinnen/{gezin}")
    assert na["contactstop"] is None
    assert na["toestemmingen"][0]["tot"] is not None
    screenshot(klein, "stop-uitnodiging-klaar")


def test_the_local_inbox_shows_what_went_out(page, spare_site, binnen_kopie, voor_iedereen, screenshot):
    """An SMS in Arabic and one in Dutch, planned, sent and taken by the local gateway as `make run` has it."""
    binnen_kopie(_twee_sms)
    dinsdag = clock.vandaag() + timedelta(days=1 + (7 - clock.vandaag().weekday()) % 7)
    binnen_kopie(commando, "verzend_berichten", "--op", f"{dinsdag}T10:00")
    page.goto(f"{spare_site.url}/inloggen")
    page.locator("input[name=login]").fill("coordinator")
    page.locator("input[name=password]").fill(spare_site.password)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: "/inloggen" not in url)
    page.goto(f"{spare_site.url}/postvak")
    expect(page.get_by_role("heading", name="Postvak", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("UCS-2")
    expect(page.locator("main")).to_contain_text("GSM-7")
    voor_iedereen(page)
    screenshot(page, "postvak")

"""The main path in a real browser, against the real server: from a code to a visit that is counted."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.telefoon.conftest import koppel, lees, open_app, verstrijk
from voorraad import vouchercode

TWEELING = {"kinderen": ["Sam", "Noor"], "naam": "Bos", "dagen": 50}


def _leg_vast(page, naam: str, *, vouchers: tuple[str, ...] = ()) -> None:
    _vul_in(page, naam, vouchers=vouchers)
    # Until it is saved the pill still says "Alles verstuurd", of what went before.
    page.get_by_text("Bewaard op deze telefoon.").wait_for()


def _vul_in(page, naam: str, *, vouchers: tuple[str, ...] = ()) -> None:
    page.get_by_role("link", name=re.compile(naam)).click()
    page.get_by_role("link", name="Bezoek vastleggen").click()
    page.get_by_label("Binnen op bezoek").check()
    page.get_by_label(re.compile("^Ja")).first.check()
    for veld, code in zip(page.get_by_label(re.compile("^Code zwembadbon")).all(), vouchers, strict=False):
        veld.fill(code)
    page.get_by_label("Niet uitnodigen").check()
    page.get_by_role("button", name="Bewaar").click()


def test_from_code_to_counted_visit(telefoon, wereld, axe, beeld):
    gezinnen = wereld.maak(bezoeken=[TWEELING, {"naam": "Nowak", "taal": "pl", "dagen": 44}], dozen=3)
    koppel(telefoon, gezinnen["koppelcode"])
    expect(telefoon.get_by_role("link", name=re.compile("Familie Bos"))).to_contain_text("nog 6 dagen")
    beeld(telefoon, "echt-vandaag")
    axe(telefoon)
    _leg_vast(telefoon, "Familie Bos")
    # Saved is not sent: the pill tells the difference, and she may take it back for ten seconds.
    expect(telefoon.get_by_text("Bewaard op deze telefoon.")).to_be_visible()
    expect(telefoon.locator(".pil")).to_have_text("1 wordt verstuurd")
    beeld(telefoon, "echt-bewaard")
    axe(telefoon)
    verstrijk(telefoon)
    expect(telefoon.locator(".pil")).to_have_text(re.compile(r"Alles verstuurd \d\d:\d\d"), timeout=30_000)
    stand = wereld.stand([gezinnen["bezoeken"][0]["id"]])[gezinnen["bezoeken"][0]["id"]]
    assert (stand["status"], stand["dozen"]) == ("bezocht", 2)


def test_one_box_for_twins_and_each_voucher_once(telefoon, wereld, storing, axe):
    gezinnen = wereld.maak(bezoeken=[TWEELING], dozen=1)
    bezoek = gezinnen["bezoeken"][0]["id"]
    koppel(telefoon, gezinnen["koppelcode"])
    storing.fout = lambda verzoek: "weiger"
    code = vouchercode.maak()
    _vul_in(telefoon, "Familie Bos", vouchers=(code, code.lower()))
    fouten = telefoon.get_by_role("alert").filter(has_text="Dit moet nog")
    expect(fouten.get_by_role("link")).to_have_text(re.compile("^Code zwembadbon .*: Deze code staat er twee keer."))
    axe(telefoon)
    telefoon.get_by_label("Alleen voor Sam").check()
    expect(telefoon.get_by_label(re.compile("^Code zwembadbon"))).to_have_count(1)
    telefoon.get_by_role("button", name="Bewaar").click()
    telefoon.get_by_text("Bewaard op deze telefoon.").wait_for()
    storing.fout = lambda verzoek: None
    verstrijk(telefoon)
    expect(telefoon.locator(".pil")).to_have_text(re.compile("Alles verstuurd"), timeout=40_000)
    assert (wereld.stand([bezoek])[bezoek]["status"], wereld.stand([bezoek])[bezoek]["dozen"]) == ("bezocht", 1)


def test_taking_it_back_within_ten_seconds(telefoon, wereld, storing):
    gezinnen = wereld.maak(bezoeken=[TWEELING], dozen=2)
    koppel(telefoon, gezinnen["koppelcode"])
    _leg_vast(telefoon, "Familie Bos")
    storing.verzoeken.clear()
    telefoon.get_by_role("button", name="Ongedaan maken").click()
    expect(telefoon.get_by_text("Ongedaan gemaakt")).to_be_visible()
    assert lees(telefoon)["handelingen"] == []
    # What she had filled in is there again.
    open_app(telefoon, f"gezin/{gezinnen['bezoeken'][0]['id']}/bezoek")
    expect(telefoon.get_by_label("Binnen op bezoek")).to_be_checked()
    assert ("POST", "/api/v1/synchronisatie") not in storing.verzoeken


def test_round_with_nobody_home(telefoon, wereld):
    gezinnen = wereld.maak(bezoeken=[{"naam": "Bos", "huisnummer": 8}, {"naam": "Vos", "huisnummer": 3}])
    koppel(telefoon, gezinnen["koppelcode"])
    telefoon.get_by_role("link", name="Ronde aan de deur (2)").click()
    # Up the odd side, down the even one.
    assert telefoon.locator("h2").all_inner_texts() == ["Sjpruutstraat 3", "Sjpruutstraat 8"]
    telefoon.get_by_role("link", name="Niet thuis Sjpruutstraat 3").click()
    expect(telefoon.get_by_text("Dit is poging 1 van 3.")).to_be_visible()
    telefoon.get_by_label("Kaartje in de bus gedaan").check()
    telefoon.get_by_role("button", name="Bewaar").click()
    expect(telefoon.get_by_role("heading", name="Ronde aan de deur")).to_be_focused()
    verstrijk(telefoon)
    expect(telefoon.locator(".pil")).to_have_text(re.compile("Alles verstuurd"), timeout=30_000)
    vos = gezinnen["bezoeken"][1]["id"]
    assert len(wereld.stand([vos])[vos]["pogingen"]) == 1


def test_death_is_two_taps_and_then_quiet(telefoon, wereld, beeld):
    gezinnen = wereld.maak(bezoeken=[{"naam": "Bos"}])
    koppel(telefoon, gezinnen["koppelcode"])
    telefoon.get_by_role("link", name=re.compile("Familie Bos")).click()
    telefoon.get_by_role("link", name="Kind overleden").click()
    telefoon.get_by_role("button", name="Ja, stop alles").click()
    expect(telefoon.get_by_role("heading", name="Dit bezoek gaat niet door. Bel de coördinator.")).to_be_visible()
    assert telefoon.get_by_text("Bos").count() == 0
    beeld(telefoon, "echt-overlijden")
    verstrijk(telefoon)
    expect(telefoon.locator(".pil")).to_have_text(re.compile("Alles verstuurd"), timeout=30_000)
    bezoek = gezinnen["bezoeken"][0]["id"]
    assert wereld.stand([bezoek])[bezoek]["afsluitreden"] == "vervallen"
    # Nothing of the family is left on the phone.
    telefoon.wait_for_timeout(1_000)
    opslag = lees(telefoon)
    assert opslag["bezoeken"] == opslag["gezinnen"] == opslag["pasgeborenen"] == opslag["handelingen"] == []


def test_messages_to_her_are_listed_also_without_signal(telefoon, wereld, storing, axe, beeld):
    berichten = [["geenAfspraak", 1], ["veiligheidVraag", 30], ["eenNieuwSoort", 50]]
    gezinnen = wereld.maak(bezoeken=[{"naam": "Bos"}], berichten=berichten)
    koppel(telefoon, gezinnen["koppelcode"])
    tab = telefoon.get_by_role("navigation").get_by_role("link", name=re.compile("Berichten"))
    expect(tab).to_have_text("Berichten (3)")
    storing.fout = lambda verzoek: "weiger"
    telefoon.reload()
    tab.click()
    lijst = telefoon.get_by_role("listitem")
    expect(lijst).to_have_count(3)
    expect(lijst.first).to_contain_text("Bij een gezin is nog geen afspraak gemaakt.")
    expect(lijst.last).to_contain_text("Er stond iets voor u klaar.")
    expect(tab).to_have_text("Berichten")
    beeld(telefoon, "berichten")
    axe(telefoon)
    # Kind and moment, and nothing more.
    bewaard = next(w for w in lees(telefoon)["instellingen"] if isinstance(w, list) and w and "soort" in w[0])
    assert {frozenset(b) for b in bewaard} == {frozenset({"id", "soort", "op"})}


def test_being_away_is_told_once(telefoon, wereld, storing, axe, beeld):
    gezinnen = wereld.maak(bezoeken=[])
    koppel(telefoon, gezinnen["koppelcode"])
    open_app(telefoon, "ik/afwezig")
    meld = telefoon.get_by_role("button", name="Meld dat ik er niet ben")
    meld.click()
    expect(telefoon.get_by_role("alert")).to_contain_text("Waarom? Kies een van de antwoorden.")
    telefoon.get_by_label("Vakantie").check()
    telefoon.get_by_label("Tot en met welke dag?").fill("2000-01-01")
    meld.click()
    expect(telefoon.get_by_role("alert")).to_contain_text("De laatste dag is voor de eerste dag.")
    telefoon.get_by_label("Tot en met welke dag?").fill("2099-01-01")
    axe(telefoon)
    # The server did it, and its answer was lost: she presses again, and it stands there once.
    storing.fout = lambda verzoek: "kwijt"
    meld.click()
    expect(telefoon.get_by_text("Melden lukt alleen met internet.")).to_be_visible()
    expect(telefoon.get_by_role("link", name="Stuur een sms")).to_have_attribute("href", re.compile("^sms:"))
    axe(telefoon)
    storing.fout = lambda verzoek: None
    meld.click()
    expect(telefoon.get_by_text("tot en met donderdag 1 januari bent u er niet.")).to_be_visible()
    beeld(telefoon, "echt-afwezig")
    assert wereld.doe("afwezigheden", moeder=gezinnen["moeder"]) == 1


def test_after_the_last_guess_she_hears_what_to_do(telefoon):
    # Guesses are counted per address, for all phones of these tests: the server is not asked.
    onbekend = {"status": 400, "json": {"code": "codeOnbekend"}, "headers": {"API-Version": "1"}}
    telefoon.route("**/api/v1/apparaten", lambda route: route.fulfill(**onbekend))
    open_app(telefoon, "inloggen")
    veld, knop = telefoon.get_by_label("Code van 8 tekens"), telefoon.get_by_role("button", name="Koppel deze telefoon")
    for rest in ("nog 4 keer", "nog 3 keer", "nog 2 keer", "nog 1 keer", "Wacht een kwartier"):
        veld.fill("2222-3333")
        knop.click()
        expect(telefoon.get_by_role("alert").first).to_contain_text(rest)


def test_wrong_and_used_codes(telefoon, wereld):
    gezinnen = wereld.maak(bezoeken=[])
    open_app(telefoon)
    veld, knop = telefoon.get_by_label("Code van 8 tekens"), telefoon.get_by_role("button", name="Koppel deze telefoon")
    veld.fill("2222-3333")
    knop.click()
    expect(telefoon.get_by_role("alert").first).to_contain_text("U kunt het nog 4 keer proberen.")
    expect(veld).to_be_focused()
    koppel(telefoon, gezinnen["koppelcode"])
    open_app(telefoon, "inloggen")
    veld.fill(gezinnen["koppelcode"].lower().replace("-", " "))
    knop.click()
    expect(telefoon.get_by_role("alert").first).to_contain_text("al gebruikt")


def test_installable_and_opens_without_signal(telefoon, toestel, wereld):
    gezinnen = wereld.maak(bezoeken=[{"naam": "Bos"}])
    koppel(telefoon, gezinnen["koppelcode"])
    telefoon.evaluate("navigator.serviceWorker.ready.then(() => true)")
    fouten = toestel.new_cdp_session(telefoon).send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A browser context of a test is like a private window, in which nothing can be installed.
    assert [f["errorId"] for f in fouten if f["errorId"] != "in-incognito"] == []
    telefoon.reload()
    toestel.set_offline(True)
    telefoon.reload()
    expect(telefoon.get_by_role("link", name=re.compile("Familie Bos"))).to_be_visible()
    toestel.set_offline(False)

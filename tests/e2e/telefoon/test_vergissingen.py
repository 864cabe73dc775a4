"""Slips of a hurried thumb: a double tap, the back button, a year of five digits, a full phone, a second tab."""

from __future__ import annotations

from tests.e2e.telefoon.conftest import koppel, lees, open_app

VOL = """() => {
    for (const naam of ["put", "add"]) {
        IDBObjectStore.prototype[`echte_${naam}`] = IDBObjectStore.prototype[naam];
        IDBObjectStore.prototype[naam] = () => { throw new DOMException("vol", "QuotaExceededError"); };
    }
}"""
WEER_PLAATS = """() => {
    for (const naam of ["put", "add"]) IDBObjectStore.prototype[naam] = IDBObjectStore.prototype[`echte_${naam}`];
}"""


def _gekoppeld(page, wereld, *bezoeken, **rest):
    wat = wereld.maak(bezoeken=list(bezoeken), **rest)
    koppel(page, wat["koppelcode"])
    return [b["id"] for b in wat["bezoeken"]]


def _vul_in(page):
    page.get_by_label("Binnen op bezoek").check()
    page.get_by_label("Nee, geen box").check()
    page.get_by_label("Niet uitnodigen").check()


def test_a_double_tap_does_not_say_that_she_is_outside_again(telefoon, wereld):
    [bezoek] = _gekoppeld(telefoon, wereld, {}, dienst=True)
    open_app(telefoon, f"gezin/{bezoek}/veilig")
    telefoon.get_by_role("button", name="Ik ga naar binnen").dblclick(delay=10)
    telefoon.get_by_text("Gemeld. Wij letten op tot").wait_for()
    telefoon.wait_for_timeout(500)
    telefoon.get_by_role("button", name="Ik ben veilig buiten").click()
    telefoon.get_by_text("Wij weten dat u veilig buiten bent.").wait_for()


def test_a_double_tap_announces_once(telefoon, wereld):
    [bezoek] = _gekoppeld(telefoon, wereld, {"dagen": 36})
    open_app(telefoon, f"gezin/{bezoek}/aankondigen")
    telefoon.get_by_role("button", name="Ik heb het gestuurd").dblclick()
    telefoon.get_by_text("Bewaard op deze telefoon.").wait_for()
    assert [h["soort"] for h in lees(telefoon)["handelingen"]] == ["poging"]


def test_a_button_pressed_again_while_it_saves_logs_once(telefoon, wereld):
    [bezoek] = _gekoppeld(telefoon, wereld, {"dagen": 36})
    open_app(telefoon, f"gezin/{bezoek}/aankondigen")
    # Without a spot, as from a keyboard or a switch: only that the first press is not done holds it back.
    telefoon.get_by_role("button", name="Ik heb het gestuurd").evaluate("(knop) => { knop.click(); knop.click(); }")
    telefoon.get_by_text("Bewaard op deze telefoon.").wait_for()
    assert [h["soort"] for h in lees(telefoon)["handelingen"]] == ["poging"]


def test_a_double_tap_on_the_link_to_a_death_says_nothing_yet(telefoon, wereld):
    [bezoek] = _gekoppeld(telefoon, wereld, {})
    open_app(telefoon, f"gezin/{bezoek}/overlijden")
    knop = telefoon.get_by_role("button", name="Ja, stop alles").bounding_box()
    open_app(telefoon, f"gezin/{bezoek}")
    link = telefoon.get_by_role("link", name="Kind overleden")
    # Scrolled to where the button of the next screen will be.
    link.evaluate("(e, y) => scrollBy(0, e.getBoundingClientRect().top - y)", knop["y"])
    vak = link.bounding_box()
    for _tik in range(2):
        telefoon.touchscreen.tap(vak["x"] + vak["width"] / 2, vak["y"] + vak["height"] / 2)
        telefoon.wait_for_timeout(150)
    telefoon.get_by_role("heading", name="Kind overleden").wait_for()
    assert lees(telefoon)["handelingen"] == []


def test_a_moment_that_is_missing_can_be_mended_also_when_the_family_went_to_another(telefoon, wereld, axe):
    wat = wereld.maak(bezoeken=[{"naam": "Bos"}])
    koppel(telefoon, wat["koppelcode"])
    bezoek = wat["bezoeken"][0]["id"]
    open_app(telefoon, f"gezin/{bezoek}/bezoek")
    telefoon.get_by_label("Binnen op bezoek").check()
    telefoon.get_by_label("Eerder").check()
    telefoon.get_by_label("Dag").evaluate(
        "(veld) => { veld.value = ''; veld.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    wereld.doe("overdragen", bezoek=bezoek, coordinator=wat["coordinator"])
    telefoon.reload()
    telefoon.get_by_role("heading", name="Deze familie is nu bij een ander.").wait_for(timeout=30_000)
    telefoon.get_by_role("button", name="Bewaar").click()
    telefoon.get_by_role("alert").get_by_text("Wanneer was het? Dit is nog niet ingevuld.").wait_for()
    axe(telefoon)
    assert lees(telefoon)["handelingen"] == []
    telefoon.get_by_label("Nu net").check()
    telefoon.get_by_role("button", name="Bewaar").click()
    telefoon.get_by_text("Bewaard op deze telefoon.").wait_for()
    assert [h["soort"] for h in lees(telefoon)["handelingen"]] == ["afronding"]


def test_the_back_button_after_saving_shows_that_it_was_saved(telefoon, wereld):
    [bezoek] = _gekoppeld(telefoon, wereld, {})
    open_app(telefoon, f"gezin/{bezoek}/bezoek")
    _vul_in(telefoon)
    telefoon.get_by_role("button", name="Bewaar").click()
    telefoon.get_by_role("heading", name="Vandaag").wait_for()
    telefoon.go_back()
    telefoon.get_by_text("Dit bezoek is vastgelegd.").wait_for()
    telefoon.get_by_role("button", name="Ongedaan maken").click()
    telefoon.get_by_role("heading", name="Bezoek vastleggen").wait_for()
    assert telefoon.get_by_label("Binnen op bezoek").is_checked()


def test_a_year_that_no_calendar_has(telefoon, wereld):
    [bezoek] = _gekoppeld(telefoon, wereld, {})
    open_app(telefoon, f"gezin/{bezoek}/afspraak")
    bewaar = telefoon.get_by_role("button", name="Bewaar")
    bewaar.click()
    lijst = telefoon.get_by_role("alert").get_by_role("link")
    assert lijst.all_inner_texts() == ["Welke dag? Dit is nog niet ingevuld.", "Hoe laat? Dit is nog niet ingevuld."]
    telefoon.get_by_label("Welke dag?").fill("2030-01-02")
    telefoon.get_by_text("Welke dag? Dit is nog niet ingevuld.").wait_for(state="detached")
    assert lijst.all_inner_texts() == ["Hoe laat? Dit is nog niet ingevuld."]
    telefoon.get_by_label("Hoe laat?").fill("10:00")
    telefoon.get_by_role("alert").wait_for(state="detached")
    # Typed as it comes: some browsers take as many digits as she likes.
    for jaar in ("9999", "20260"):
        telefoon.get_by_label("Welke dag?").evaluate("(veld, dag) => { veld.type = 'text'; veld.value = dag; "
            "veld.dispatchEvent(new Event('input', { bubbles: true })); }", f"{jaar}-01-02")  # fmt: skip
        telefoon.get_by_role("alert").wait_for()
        assert lijst.all_inner_texts() == ["Welke dag? Dit klopt niet."]
        bewaar.click()
    assert lees(telefoon)["handelingen"] == []
    telefoon.reload()
    telefoon.get_by_role("heading", name="Afspraak maken").wait_for()


def test_a_full_phone_keeps_her_answers_on_the_screen(telefoon, wereld):
    [bezoek] = _gekoppeld(telefoon, wereld, {}, dienst=True)
    open_app(telefoon, f"gezin/{bezoek}/bezoek")
    telefoon.evaluate(VOL)
    _vul_in(telefoon)
    telefoon.get_by_role("button", name="Bewaar").click()
    telefoon.get_by_text("Deze telefoon kan nu niets bewaren.").wait_for()
    telefoon.evaluate(f"location.hash = '#/gezin/{bezoek}/veilig'")
    telefoon.get_by_role("button", name="Ik ga naar binnen").click()
    telefoon.evaluate("dispatchEvent(new Event('online'))")  # reads everything anew
    telefoon.wait_for_timeout(500)
    telefoon.evaluate(f"location.hash = '#/gezin/{bezoek}/bezoek'")
    telefoon.get_by_text("Deze telefoon kan nu niets bewaren.").wait_for()
    assert telefoon.get_by_label("Binnen op bezoek").is_checked()
    telefoon.evaluate(WEER_PLAATS)
    telefoon.get_by_role("button", name="Bewaar").click()
    telefoon.get_by_text("Bewaard op deze telefoon.").wait_for()
    assert telefoon.get_by_text("Deze telefoon kan nu niets bewaren.").count() == 0


def test_a_second_tab_shows_what_she_tapped_in_the_first(telefoon, toestel, wereld):
    [bezoek] = _gekoppeld(telefoon, wereld, {})
    open_app(telefoon, f"gezin/{bezoek}/bezoek")
    tweede = toestel.new_page()
    open_app(tweede, f"gezin/{bezoek}/bezoek")
    _vul_in(telefoon)
    tweede.locator("input[name=uitnodigen][value=nee]:checked").wait_for()
    telefoon.get_by_role("button", name="Bewaar").click()
    tweede.get_by_text("Dit bezoek is vastgelegd.").wait_for()


def test_the_three_ways_to_reach_a_family_fit_on_a_small_phone(telefoon):
    telefoon.set_viewport_size({"width": 320, "height": 640})
    open_app(telefoon, "gezin/oefen-1", oefenen=True)
    hoog = telefoon.locator(".drie .knop").evaluate_all("(alle) => alle.map((k) => k.getClientRects()[0].height)")
    assert len(hoog) == 3
    assert max(hoog) < 60, "each word on one line"


def test_who_hands_in_her_phone_right_after_a_visit_loses_nothing(telefoon, wereld, storing):
    [bezoek] = _gekoppeld(telefoon, wereld, {})
    open_app(telefoon, f"gezin/{bezoek}/bezoek")
    _vul_in(telefoon)
    storing.fout = lambda verzoek: "weiger"
    telefoon.get_by_role("button", name="Bewaar").click()
    telefoon.get_by_role("heading", name="Vandaag").wait_for()
    telefoon.evaluate("location.hash = '#/ik/kwijt'")
    telefoon.get_by_role("button", name="Deze telefoon zelf afmelden").click()
    telefoon.get_by_text("1 ding is nog niet verstuurd.").wait_for()
    storing.fout = lambda verzoek: None
    telefoon.get_by_role("button", name="Ja, wis deze telefoon").click()
    telefoon.get_by_text("Deze telefoon is afgemeld. Alles is gewist.").wait_for()
    assert wereld.stand([bezoek])[bezoek]["status"] == "bezocht"
    assert lees(telefoon)["handelingen"] == []

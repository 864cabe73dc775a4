"""The Sjpruutcafés in a real browser: planning, a parent on a small phone in Arabic and Dutch, the host at the door."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ooievaar.platform import clock
from tests.e2e.hulp import melding

TELEFOON = {"width": 320, "height": 640}


def _link(gezin: str, cafe: str) -> str:
    """The end of the link in the invitation, as the family gets it."""
    from bezoeken.models import Cafeuitnodiging
    from bezoeken.sjpruutcafe.links import UITNODIGING, cafelink

    rij = Cafeuitnodiging.objects.get(gezin_id=gezin, cafe_id=cafe)
    return cafelink(UITNODIGING, rij.pk).partition("/cafe/")[2]


def _nu_beginnen(cafe: str) -> None:
    """The café began twenty minutes ago."""
    from bezoeken.models import Sjpruutcafe

    nu = timezone.localtime() - timedelta(minutes=20)
    Sjpruutcafe.objects.filter(pk=cafe).update(dag=nu.date(), tijd=nu.time().replace(microsecond=0))


@pytest.fixture
def plan(signed_in, api):
    """`plan(volwassenen=4)` plans a café near Vrieheide for the coordinator who signed in, and returns it."""
    signed_in("coordinator")
    plek = api("POST", "/cafeplaatsen", {"naam": f"Proefhuis {uuid4().hex[:6]}", "wijk": "WK091720"})

    def _plan(volwassenen: int = 4, **velden: Any) -> dict[str, Any]:
        begin = (clock.nu() + timedelta(days=6)).replace(microsecond=0)
        return api(
            "POST",
            "/sjpruutcafes",
            {
                "begin": begin.isoformat(), "plaats": plek["id"], "thema": "kinderEhbo", "duurMinuten": 90,
                "capaciteitVolwassenen": volwassenen, "capaciteitKinderen": 8, **velden,
            },
        )  # fmt: skip

    return _plan


@pytest.fixture
def ouder(api, site, binnen, browser, axe):
    """`ouder(cafe, taal)` invites a family in this language and opens its link on a small phone, without scripts."""
    contexten = []

    def _ouder(cafe: dict[str, Any], taal: str) -> Page:
        nieuw = melding(
            50,
            contactpersoon={
                "naam": "A. Voorbeeld",
                "rol": "vader",
                "emailadres": f"{uuid4().hex}@voorbeeld.example",
                "taal": taal,
            },
        )
        bezoek = api("POST", "/geboortemeldingen", nieuw)["bezoek"]
        gezin = api("GET", f"/bezoeken/{bezoek}")["gezin"]
        api("PUT", f"/gezinnen/{gezin}/toestemmingen/cafe")
        uit = api("POST", f"/sjpruutcafes/{cafe['id']}/uitnodigingen", {"gezinnen": [gezin]})
        assert uit["aantal"] == 1, uit
        token = binnen(_link, gezin, cafe["id"])
        context = browser.new_context(base_url=site.url, viewport=TELEFOON, java_script_enabled=False)
        context.set_default_timeout(15_000)
        contexten.append(context)
        page = context.new_page()
        page.goto(f"/cafe/{token}")
        return page

    yield _ouder
    for context in contexten:
        context.close()


def past_op_een_telefoon(page: Page) -> None:
    """Nothing hangs over the edge; what one presses is high enough."""
    breed = page.locator("body").evaluate("e => e.scrollWidth")
    assert breed <= TELEFOON["width"]
    for knop in page.locator("main button").all():
        assert (knop.bounding_box() or {"height": 0})["height"] >= 47.9


def test_planning_a_series_and_changing_one(signed_in, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    page.goto("/sjpruutcafes")
    expect(page.get_by_role("heading", name="Komende cafés")).to_be_visible()
    voor_iedereen(page)
    screenshot(page, "cafes")
    page.get_by_role("link", name="Plekken").click()
    voor_iedereen(page)
    page.get_by_role("link", name="Nieuwe plek").click()
    naam = f"Speelhuis {uuid4().hex[:6]}"
    page.get_by_label("Naam").fill(naam)
    page.get_by_label("Adres").fill("Wiegpad 9, Heerlen")
    page.get_by_label("Wijk").select_option("WK091720")
    voor_iedereen(page)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status")).to_contain_text("De plek is bewaard.")
    page.goto("/sjpruutcafes/nieuw")
    page.get_by_role("button", name="Plan").click()
    expect(page.get_by_role("alert")).to_contain_text("Vul dit in.")
    screenshot(page, "cafe-plannen-fout")
    eerste = clock.vandaag() + timedelta(days=7)
    page.get_by_label("Plek").select_option(label=naam)
    page.get_by_label("Thema").select_option("voorlezen")
    page.get_by_label("Dag", exact=True).fill(eerste.isoformat())
    page.get_by_label("Begint om").fill("10:00")
    page.get_by_label("Herhalen tot en met").fill((eerste + timedelta(days=28)).isoformat())
    page.get_by_label("Gastvrouw Voorbeeld").check()
    voor_iedereen(page)
    screenshot(page, "cafe-plannen")
    page.get_by_role("button", name="Plan").click()
    expect(page.get_by_role("status")).to_contain_text("Er zijn 5 cafés gepland.")
    page.goto("/sjpruutcafes")
    while page.get_by_role("link", name=re.compile(f"Bekijk.*{naam}")).count() == 0:
        page.get_by_role("link", name="Volgende").click()
    page.get_by_role("link", name=re.compile(f"Bekijk.*{naam}")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("10.00 uur")
    voor_iedereen(page)
    screenshot(page, "cafe")
    page.get_by_role("link", name="Wie nodigen we uit?").click()
    voor_iedereen(page)
    screenshot(page, "cafe-uitnodigen")
    page.get_by_role("link", name="Terug").click()
    page.get_by_role("link", name="Wijzig of verplaats").click()
    page.get_by_label("Begint om").fill("13:30")
    voor_iedereen(page)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("13.30 uur")
    page.get_by_role("link", name="Gaat niet door").click()
    page.get_by_role("button", name="Zeg af").click()
    expect(page.get_by_role("alert")).to_contain_text("Zet een vinkje")
    page.get_by_label("Ja, dit Sjpruutcafé gaat niet door").check()
    voor_iedereen(page)
    screenshot(page, "cafe-afgelasten")
    page.get_by_role("button", name="Zeg af").click()
    expect(page.locator("main")).to_contain_text("Dit Sjpruutcafé gaat niet door.")


def test_the_rules_of_inviting_are_looked_at_before_they_are_saved(signed_in, voor_iedereen, screenshot):
    page = signed_in("coordinator")
    page.goto("/sjpruutcafes")
    page.get_by_role("link", name="Regels", exact=True).click()
    page.get_by_label("Dichtbij is hooguit … kilometer").fill("0.2")
    page.get_by_label("Een gezin krijgt hooguit één uitnodiging per … dagen").fill("6")
    page.get_by_role("button", name="Kijk eerst wat er verandert").click()
    expect(page.get_by_role("alert")).to_contain_text("hooguit één uitnodiging per week")
    page.get_by_label("Een gezin krijgt hooguit één uitnodiging per … dagen").fill("14")
    page.get_by_role("button", name="Kijk eerst wat er verandert").click()
    expect(page.get_by_role("heading", name="Dit verandert er")).to_be_visible()
    expect(page.get_by_label("Een gezin krijgt hooguit één uitnodiging per … dagen")).to_have_value("14")
    voor_iedereen(page)
    screenshot(page, "cafe-regels")
    page.get_by_role("link", name="Toch niet").click()
    page.goto("/sjpruutcafes/regels")
    expect(page.get_by_label("Een gezin krijgt hooguit één uitnodiging per … dagen")).to_have_value("7")


def test_a_parent_in_arabic_on_a_small_phone(plan, ouder, axe, screenshot):
    page = ouder(plan(), "ar")
    deel = page.locator("main div[lang=ar]")
    assert deel.get_attribute("dir") == "rtl"
    expect(deel).to_contain_text("الإسعافات الأولية للأطفال")
    # The Dutch below it, for who helps.
    expect(page.locator("main div[lang=nl]").first).to_contain_text("kinder-EHBO")
    past_op_een_telefoon(page)
    screenshot(page, "cafe-ouder-ar")
    page.get_by_label("كم عدد الأطفال؟").select_option("2")
    page.get_by_role("button", name="سأحضر").click()
    expect(page.get_by_role("status")).to_contain_text("تم تسجيلكم")
    past_op_een_telefoon(page)
    screenshot(page, "cafe-ouder-ar-aangemeld")
    page.get_by_role("button", name="لن أحضر").click()
    expect(page.get_by_role("status")).to_contain_text("تم إلغاء تسجيلكم")


def test_a_parent_in_dutch_and_a_full_café(plan, ouder, api, screenshot, axe):
    cafe = plan(volwassenen=1)
    een, ander = ouder(cafe, "nl"), ouder(cafe, "nl")
    # A GET changes nothing, however often.
    een.reload()
    assert api("GET", f"/sjpruutcafes/{cafe['id']}")["aangemeld"] == 0
    een.get_by_role("button", name="Ik kom", exact=True).click()
    expect(een.get_by_role("status")).to_contain_text("U bent aangemeld.")
    screenshot(een, "cafe-ouder-nl")
    # Nobody can choose more than there are chairs, until there are fewer than on the page.
    assert ander.get_by_label("Hoeveel volwassenen komen er?").locator("option").all_inner_texts() == ["1"]
    ander.get_by_label("Hoeveel kinderen komen er?").select_option("8")
    api("PATCH", f"/sjpruutcafes/{cafe['id']}", {"capaciteitKinderen": 5})
    ander.get_by_role("button", name="Ik kom", exact=True).click()
    expect(ander.get_by_role("alert")).to_contain_text("Met zoveel mensen past het niet.")
    expect(ander.get_by_label("Hoeveel kinderen komen er?")).to_have_value("5")
    ander.get_by_role("button", name="Ik kom", exact=True).click()
    expect(ander.get_by_role("status")).to_contain_text("U staat op de wachtlijst.")
    # The first one signs off by the same link: the place is offered, and taken by the same link.
    een.get_by_role("button", name="Ik kom niet").click()
    expect(een.get_by_role("status")).to_contain_text("U bent afgemeld.")
    ander.reload()
    expect(ander.get_by_role("status")).to_contain_text("Er is een plek voor u. Wij houden hem vast tot")
    past_op_een_telefoon(ander)
    screenshot(ander, "cafe-ouder-nl-aanbod")
    ander.get_by_role("button", name="Ik kom", exact=True).click()
    expect(ander.get_by_role("status")).to_contain_text("U bent aangemeld.")
    api("POST", f"/sjpruutcafes/{cafe['id']}/afgelasting", {})
    ander.reload()
    expect(ander.get_by_role("status")).to_contain_text("Dit Sjpruutcafé gaat niet door.")
    een.goto("/cafe/" + "A" * 36)
    expect(een.get_by_role("heading", level=1)).to_be_visible()
    assert een.get_by_role("button").count() == 0


def test_every_state_of_the_parents_page_is_for_everybody(plan, ouder, page, axe):
    """With scripts, because axe needs them; the pages themselves have none."""
    cafe = plan(volwassenen=1)
    klein = ouder(cafe, "ti")
    page.set_viewport_size(TELEFOON)
    for knop in (None, "ክመጽእ እየ", "ኣይመጽእን እየ"):
        if knop:
            klein.get_by_role("button", name=knop, exact=True).click()
        page.goto(klein.url)
        for kleur in ("dark", "light"):
            page.emulate_media(color_scheme=kleur, reduced_motion="reduce")
            axe(page)


def test_the_host_counts_who_came(plan, ouder, api, binnen, signed_in, page, voor_iedereen, screenshot):
    cafe = plan(gastvrouwen=["gastvrouw"])
    ouder(cafe, "nl").get_by_role("button", name="Ik kom", exact=True).click()
    binnen(_nu_beginnen, cafe["id"])
    signed_in("gastvrouw")
    page.wait_for_url(lambda url: "/sjpruutcafes" in url)
    assert page.get_by_role("link", name="Plan een Sjpruutcafé").count() == 0
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/sjpruutcafes/{cafe['id']}/gasten")
    kaart = page.get_by_role("group", name="Noor")
    kaart.get_by_label("Kwam", exact=True).check()
    kaart.get_by_label("Kinderen").select_option("2")
    inloop = page.get_by_role("group", name="Inloop 1")
    inloop.get_by_label("Volwassenen").select_option("1")
    inloop.get_by_label("Kinderen").select_option("3")
    voor_iedereen(page)
    screenshot(page, "cafe-gasten")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard.")
    expect(page.locator("main")).to_contain_text("2 volwassenen en 5 kinderen")
    expect(page.locator("main")).not_to_contain_text("Voorbeeld-")


def test_the_list_for_the_library(plan, page, voor_iedereen, screenshot):
    cafe = plan()
    page.context.clear_cookies()
    page.goto("/cafes?wijk=WK091720")
    expect(page.get_by_role("heading", name="Vrieheide-De Stack")).to_be_visible()
    expect(page.locator("main")).to_contain_text(cafe["plaats"])
    voor_iedereen(page)
    screenshot(page, "cafes-openbaar")
    page.emulate_media(media="print")
    screenshot(page, "cafes-openbaar-papier")

"""Every screen and state: for everybody (axe, 0 findings), light and dark, at 320 px and at twice the letters."""

from __future__ import annotations

import time
import uuid

import pytest

from tests.e2e.telefoon.conftest import open_app, vul

NU = int(time.time() * 1000)
WIE = "11111111-0000-4000-8000-000000000001"
GESTOPT = "22222222-0000-4000-8000-000000000002"
NIEUW = "33333333-0000-4000-8000-000000000003"
TE_LANG_BINNEN = "44444444-0000-4000-8000-000000000004"
NOG_NIET_GEMELD = "55555555-0000-4000-8000-000000000005"
NIET_GEMELD = "66666666-0000-4000-8000-000000000006"
BUITEN = "77777777-0000-4000-8000-000000000007"
CONTACT_WACHT = "88888888-0000-4000-8000-000000000008"


def _bezoek(id_, **velden):
    return {
        "id": id_,
        "gezin": None,
        "pasgeborenen": None,
        "wijk": "WK091720",
        "taal": "ar",
        "geboortedatum": None,
        "venster": {"begin": "2020-01-01", "eind": "2020-01-15"},
        "status": "toegewezen",
        "afsluitreden": None,
        "aanvaardOp": None,
        "afspraak": None,
        "pogingen": [],
        "bezochtOp": None,
        **velden,
    }


def _handeling(soort, status, titel, **velden):
    return {
        "id": str(uuid.uuid4()),
        "soort": soort,
        "bezoek": "oefen-1",
        "moment": "2026-11-24T10:00:00Z",
        "gegevens": {},
        "eigenaar": WIE,
        "status": status,
        "vrijOp": NU,
        "pogingen": 1,
        "titel": titel,
        **velden,
    }


# A phone in trouble: no signal, one thing refused, one with the coordinator, one waiting, one of somebody else.
IN_NOOD = {
    "instellingen": [
        ["eigenaar", WIE],
        ["bijgewerktOp", NU],
        ["laatstVerstuurd", NU],
        ["dozen", {"aantal": 0, "beschikbaar": 0}],
        [
            "programma",
            {
                "telefoonnummer": "+31455601234",
                "dagen": {"voorbereiden": 28, "vensterBegin": 42, "vensterEind": 56, "verlopen": 84},
                "pogingen": {"maximum": 3},
            },
        ],
        [
            "sjpruutcafes",
            [{"id": "c", "begin": "2026-12-02T09:30:00Z", "plaats": "De Voorbeeldzaal", "thema": "Voorlezen"}],
        ],
    ],
    "bezoeken": [
        _bezoek(NIEUW),
        _bezoek(GESTOPT, status="afgesloten", afsluitreden="vervallen"),
        _bezoek(TE_LANG_BINNEN, aanvaardOp="2026-01-01T10:00:00Z", incheck={"verwachtEind": "2020-01-02T10:00:00Z"}),
        _bezoek(NOG_NIET_GEMELD, aanvaardOp="2026-01-01T10:00:00Z"),
        _bezoek(NIET_GEMELD, aanvaardOp="2026-01-01T10:00:00Z"),
        _bezoek(BUITEN, aanvaardOp="2026-01-01T10:00:00Z"),
        _bezoek(CONTACT_WACHT, aanvaardOp="2026-01-01T10:00:00Z", gezin="g"),
    ],
    "gezinnen": [{"id": "g", "adres": None, "contactWacht": True, "contactpersonen": []}],
    "nieuws": [
        {"id": "n1", "soort": "overgedragen", "op": NU, "bezoek": "weg-1", "eigenaar": WIE},
        {"id": "n2", "soort": "gestopt", "op": NU, "bezoek": "weg-2", "eigenaar": WIE},
    ],
    "concepten": [
        {
            "sleutel": f"{WIE}:afronding:weg-1",
            "concept": "afronding:weg-1",
            "eigenaar": WIE,
            "waarde": {"id": str(uuid.uuid4()), "vorm": "huisbezoek", "doos": "ja"},
        }
    ],
    "handelingen": [
        _handeling("afronding", "geweigerd", "Bezoek", code="ongeldig"),
        _handeling("poging", "geparkeerd", "Poging", code="klokWijktAf"),
        _handeling("poging", "wacht", "Poging"),
        _handeling("incheck", "wacht", "Naar binnen gemeld", bezoek=NOG_NIET_GEMELD),
        _handeling("uitcheck", "wacht", "Buiten gemeld", bezoek=BUITEN),
        _handeling("incheck", "geweigerd", "Naar binnen gemeld", bezoek=NIET_GEMELD, code="geenAchterwacht"),
        _handeling("poging", "wacht", "Poging", eigenaar="iemand-anders"),
    ],
}

GEZIN = "gezin/oefen-1"
OEFENSCHERMEN = [
    ("vandaag", ""),
    ("ronde", "ronde"),
    ("gezin", GEZIN),
    ("gezin-pools", "gezin/oefen-2"),
    ("bezoek", f"{GEZIN}/bezoek"),
    ("niet-thuis", f"{GEZIN}/niet-thuis"),
    ("aankondigen", "gezin/oefen-2/aankondigen"),
    ("kaart", "gezin/oefen-2/kaart"),
    ("afspraak", f"{GEZIN}/afspraak"),
    ("veilig", f"{GEZIN}/veilig"),
    ("weigering", f"{GEZIN}/weigering"),
    ("overlijden", f"{GEZIN}/overlijden"),
    ("gezin-cafe", f"{GEZIN}/cafe"),
    ("gezin-sjop", f"{GEZIN}/sjop"),
    ("doorverwijzing", f"{GEZIN}/doorverwijzing"),
    ("ik", "ik"),
    ("dozen", "ik/dozen"),
    ("afwezig", "ik/afwezig"),
    ("letters", "ik/letters"),
    ("hulp", "ik/hulp"),
    ("sjop", "ik/sjop"),
]
NOODSCHERMEN = [
    ("nood-vandaag", ""),
    ("nood-wachtrij", "wachtrij"),
    ("nood-berichten", "berichten"),
    ("nood-dozen", "ik/dozen"),
    ("nood-nieuw", f"gezin/{NIEUW}"),
    ("nood-gestopt", f"gezin/{GESTOPT}"),
    ("nood-weg", "gezin/weg-1"),
    ("nood-veilig-te-lang", f"gezin/{TE_LANG_BINNEN}/veilig"),
    ("nood-veilig-nog-niet", f"gezin/{NOG_NIET_GEMELD}/veilig"),
    ("nood-veilig-geweigerd", f"gezin/{NIET_GEMELD}/veilig"),
    ("nood-veilig-buiten", f"gezin/{BUITEN}/veilig"),
    ("nood-contact-wacht", f"gezin/{CONTACT_WACHT}"),
    ("nood-kwijt", "ik/kwijt"),
    ("nood-cafes", "ik/cafes"),
    ("nood-inloggen", "inloggen"),
]


@pytest.fixture
def in_nood(telefoon, storing):
    """A phone without signal, in the state above."""
    open_app(telefoon)
    storing.fout = lambda verzoek: "weiger"
    vul(telefoon, IN_NOOD)
    telefoon.reload()
    telefoon.locator("#app[data-klaar]").wait_for()
    return telefoon


def _bekijk(page, axe):
    """axe in both colour schemes; nothing wider than the screen at 320 px, nor with twice the letters."""
    assert page.locator("h1").inner_text() != "Er ging iets mis"
    for schema in ("light", "dark"):
        page.emulate_media(color_scheme=schema)
        axe(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    for maat in ("100%", "200%"):
        page.evaluate("(maat) => { document.documentElement.style.fontSize = maat; }", maat)
        breed = page.evaluate("document.documentElement.scrollWidth")
        assert breed <= 320, f"{breed} px wide with letters at {maat}"
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 360, "height": 740})


def test_practice_screens(telefoon, axe, beeld):
    for naam, pad in OEFENSCHERMEN:
        open_app(telefoon, pad, oefenen=True)
        beeld(telefoon, naam)
        _bekijk(telefoon, axe)


def test_screens_of_a_phone_in_trouble(in_nood, axe, beeld):
    for naam, pad in NOODSCHERMEN:
        open_app(in_nood, pad)
        assert in_nood.locator(".pil").inner_text() == "3 niet gelukt"
        beeld(in_nood, naam)
        _bekijk(in_nood, axe)


def test_in_doubt_there_is_nobody_to_call_but_the_coordinator(in_nood):
    for deel in ("", "/aankondigen", "/afspraak"):
        open_app(in_nood, f"gezin/{CONTACT_WACHT}{deel}")
        in_nood.get_by_text("Ga nu niet langs en bel het gezin niet. De coördinator kijkt eerst iets na.").wait_for()
        adressen = in_nood.locator("main a").evaluate_all("(links) => links.map((a) => a.getAttribute('href'))")
        assert [a for a in adressen if ":" in a] == ["tel:+31455601234"]
        assert f"#/gezin/{CONTACT_WACHT}/bezoek" in adressen, "what she did before she can still log"


def test_enrolment_and_install_help(telefoon, axe, beeld):
    open_app(telefoon)
    beeld(telefoon, "inloggen")
    _bekijk(telefoon, axe)
    telefoon.get_by_role("button", name="Koppel deze telefoon").click()
    assert telefoon.get_by_role("alert").inner_text() == "De code heeft 8 tekens."
    _bekijk(telefoon, axe)
    telefoon.goto("/app/installeren")
    beeld(telefoon, "installeren")
    axe(telefoon)


def test_faults_of_a_form_lead_to_their_question(telefoon, axe, beeld):
    open_app(telefoon, f"{GEZIN}/bezoek", oefenen=True)
    telefoon.get_by_role("button", name="Bewaar").click()
    lijst = telefoon.get_by_role("alert").filter(has_text="Dit moet nog")
    assert lijst.get_by_role("link").all_inner_texts() == [
        "Hoe ging het? Dit is nog niet ingevuld.",
        "Box gegeven? Dit is nog niet ingevuld.",
        "Wat nu? Dit is nog niet ingevuld.",
    ]
    beeld(telefoon, "bezoek-fouten")
    _bekijk(telefoon, axe)
    lijst.get_by_role("link").nth(1).click()
    assert telefoon.evaluate("document.activeElement.name") == "doos"


def test_large_targets(telefoon):
    """At least 48 px high, the primary action 56."""
    for _naam, pad in OEFENSCHERMEN:
        open_app(telefoon, pad, oefenen=True)
        klein = telefoon.evaluate("""() => [...document.querySelectorAll("a, button, .keuze, input:not(.keuze input)")]
            .filter((e) => e.checkVisibility() && !e.matches(".sla-over, p a"))
            .map((e) => [e.textContent.trim().slice(0, 30), Math.round(e.getBoundingClientRect().height),
                         e.matches(".knop--hoofd") ? 56 : 48])
            .filter(([, hoog, minst]) => hoog < minst)""")
        assert klein == [], pad


def test_keyboard_only_logs_a_visit(telefoon):
    """Without a pointer, from Vandaag to the list again."""
    open_app(telefoon, oefenen=True)

    def naar(naam: str) -> None:
        for _keer in range(40):
            telefoon.keyboard.press("Tab")
            actief = telefoon.evaluate("document.activeElement.textContent || document.activeElement.value")
            if naam in actief:
                return
        raise AssertionError(f"{naam} is not reached with Tab")

    naar("Familie Jansen")
    telefoon.keyboard.press("Enter")
    telefoon.get_by_role("heading", name="Familie Jansen").wait_for()
    assert telefoon.evaluate("document.activeElement.tagName") == "H1"
    naar("Bezoek vastleggen")
    telefoon.keyboard.press("Enter")
    telefoon.get_by_role("heading", name="Bezoek vastleggen").wait_for()
    for antwoord in ("huisbezoek", "ja", "ja"):
        naar(antwoord)
        telefoon.keyboard.press("Space")
    naar("Bewaar")
    telefoon.keyboard.press("Enter")
    telefoon.get_by_text("Bewaard. Dit is oefenen").wait_for()
    assert telefoon.get_by_text("Familie Jansen").count() == 0


def test_practice_sends_nothing(telefoon, storing):
    open_app(telefoon, f"{GEZIN}/niet-thuis", oefenen=True)
    telefoon.get_by_label("Kaartje in de bus gedaan").check()
    telefoon.get_by_role("button", name="Bewaar").click()
    telefoon.get_by_text("Bewaard. Dit is oefenen").wait_for()
    telefoon.wait_for_timeout(500)
    assert storing.verzoeken == []
    assert telefoon.evaluate("indexedDB.databases().then((d) => d.map((x) => x.name))") == ["ooievaar-oefenen"]

"""The main path in WebKit, the engine of every iPhone: enrol, list, log a visit without signal, sent and counted.

    make test-webkit     needs Debian's packages webkit2gtk-driver and xvfb

Apart from `make test-browser`, because most machines have one browser: what is not installed is never skipped here, it
fails and says what to install.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.telefoon.webkit import ELEMENT, WebKit, beeldscherm, ontbreekt, wacht

pytestmark = [pytest.mark.webkit, pytest.mark.timeout(600)]


@pytest.fixture
def webkit(tmp_path) -> Iterator[WebKit]:
    weg = ontbreekt()
    assert not weg, f"WebKit is not here: apt-get install {' '.join(weg)}"
    with beeldscherm() as display, WebKit(display, tmp_path / "webkit.log") as browser:
        yield browser


def _tekst(webkit: WebKit, keuze: str) -> str:
    return webkit.doe("return document.querySelector(arguments[0])?.textContent ?? ''", keuze)


def test_from_code_to_counted_visit(webkit, storing, wereld):
    gezinnen = wereld.maak(bezoeken=[{"naam": "Bos", "dagen": 50}], dozen=2)
    webkit.ga(f"{storing.url}/app")
    webkit.typ("//input[@id='koppelcode']", gezinnen["koppelcode"])
    webkit.klik("//button[normalize-space()='Koppel deze telefoon']")
    webkit.zoek("//h1[normalize-space()='Vandaag']")
    kaart = {ELEMENT: webkit.zoek("//a[contains(., 'Familie Bos')]")}
    assert "nog 6 dagen" in webkit.doe("return arguments[0].textContent", kaart)

    # No signal from here on: the family, the form and the saving are on the phone.
    storing.fout = lambda verzoek: "weiger"
    webkit.klik("//a[contains(., 'Familie Bos')]")
    webkit.klik("//a[normalize-space()='Bezoek vastleggen']")
    webkit.klik("//label[contains(., 'Binnen op bezoek')]")
    webkit.klik("//fieldset[@id='doos']//label[normalize-space()='Ja']")
    webkit.klik("//label[contains(., 'Niet uitnodigen')]")
    webkit.klik("//button[normalize-space()='Bewaar']")
    wacht(lambda: "1 wacht op internet" in _tekst(webkit, ".pil"), "the pill that says it waits", 40)
    bezoek = gezinnen["bezoeken"][0]["id"]
    assert wereld.stand([bezoek])[bezoek]["status"] != "bezocht"

    # Opened anew, as after a night: it is still there; and with signal it goes by itself.
    webkit.ga("about:blank")
    webkit.ga(f"{storing.url}/app")
    wacht(lambda: "wacht" in _tekst(webkit, ".pil"), "the pill after opening again", 40)
    storing.fout = lambda verzoek: None
    wacht(lambda: "Alles verstuurd" in _tekst(webkit, ".pil"), "the pill that says it was sent", 60)
    stand = wereld.stand([bezoek])[bezoek]
    assert (stand["status"], stand["dozen"]) == ("bezocht", 1)
    assert list(stand["handelingen"].values()) == ["toegepast"]

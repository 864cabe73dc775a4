"""Scanning with the camera: Chromium's own fake camera, asked for, shown and let go.

Debian's Chromium has no BarcodeDetector (Android, macOS and ChromeOS have), so one stands in that reads a code once it
is given a video that really plays. What it reads is then handled as on any phone.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import ARGUMENTS, find_chromium
from tests.e2e.telefoon.conftest import SCHERM, open_app

LEZER = """globalThis.BarcodeDetector = class {
    async detect(video) {
        if (!(video.videoWidth > 0 && video.currentTime > 0)) return [];
        globalThis.gelezen = video.srcObject.getTracks();
        return globalThis.code ? [{ rawValue: globalThis.code }] : [];
    }
};"""


@pytest.fixture
def met_camera(browser, storing) -> Iterator[BrowserContext]:
    """A browser of its own: the fake camera is a switch of the whole browser."""
    argumenten = [*ARGUMENTS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    eigen = browser.browser_type.launch(executable_path=find_chromium(), args=argumenten)
    context = eigen.new_context(base_url=storing.url, locale="nl-NL", viewport=SCHERM, permissions=["camera"])
    context.set_default_timeout(15_000)
    yield context
    eigen.close()


def test_code_is_scanned_and_the_camera_let_go(met_camera, wereld, axe, beeld):
    gezinnen = wereld.maak(bezoeken=[{"naam": "Bos"}])
    page = met_camera.new_page()
    page.add_init_script(LEZER)
    open_app(page)
    page.get_by_role("button", name="Scan de code").click()
    expect(page.get_by_text("Houd de camera voor de vierkante code.")).to_be_visible()
    page.wait_for_function("() => globalThis.gelezen?.[0]?.readyState === 'live'")
    axe(page)
    # She may stop, and nothing is left on.
    page.get_by_role("button", name="Stop met scannen").click()
    page.wait_for_function("() => globalThis.gelezen[0].readyState === 'ended'")
    page.get_by_role("button", name="Scan de code").click()
    page.evaluate("code => { globalThis.code = code; }", f"https://ooievaar.example.org/app#{gezinnen['koppelcode']}")
    expect(page.get_by_role("heading", name="Vandaag")).to_be_visible(timeout=30_000)
    assert page.evaluate("globalThis.gelezen.map((s) => s.readyState)") == ["ended"]
    # A voucher at the door goes into its field.
    open_app(page, f"gezin/{gezinnen['bezoeken'][0]['id']}/bezoek")
    page.evaluate("() => { globalThis.code = undefined; }")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="Scan de bon").click()
    page.evaluate("() => { globalThis.code = 'ZWEM-1234'; }")
    expect(page.get_by_label("Code zwembadbon Noor")).to_have_value("ZWEM-1234")


def test_a_camera_that_is_refused_leaves_typing(met_camera):
    page = met_camera.new_page()
    page.add_init_script(
        LEZER + "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('x', 'NotAllowedError'));"
    )
    open_app(page)
    page.get_by_role("button", name="Scan de code").click()
    expect(page.get_by_role("alert").filter(has_text="De camera werkt niet. Typ de code.")).to_be_visible()
    expect(page.get_by_label("Code van 8 tekens")).to_be_editable()

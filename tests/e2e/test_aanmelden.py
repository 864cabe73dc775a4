"""The way in, in a real browser: it works, without scripts, without violations of the CSP, for everybody."""

from __future__ import annotations

import pytest


def test_sign_in_page_is_accessible(page, axe, screenshot):
    page.goto("/inloggen")
    assert page.locator("input[name=password]").is_visible()
    assert page.locator("html").get_attribute("lang") == "nl"
    axe(page)
    screenshot(page, "aanmelden")


@pytest.mark.parametrize("username", ["coordinator", "jens"])
def test_demo_user_gets_in(signed_in, axe, screenshot, username):
    page = signed_in(username)
    axe(page)
    screenshot(page, f"begin-{username}")


def test_csp_violation_is_seen(page, csp_violations):
    page.goto("/inloggen")
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.kwaad = true";
        document.body.append(script);
    }""")
    assert page.evaluate("window.kwaad") is None
    assert csp_violations
    csp_violations.clear()

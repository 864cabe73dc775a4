"""Signing in with a second step in a real browser: set it up once, use it, and every page of the account."""

from __future__ import annotations

import re
import time

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect


def _code(geheim: str, stap: int = 0) -> str:
    return format_hotp_value(hotp_value(geheim, int(time.time()) // 30 + stap))


@pytest.fixture
def zonder_tweede_stap(site):
    """Leaves the demo users as they were: with a password only."""
    yield
    with psycopg.connect(site.database, autocommit=True) as verbinding:
        verbinding.execute("DELETE FROM mfa_authenticator")


def test_set_it_up_and_sign_in_with_it(signed_in, site, voor_iedereen, screenshot, zonder_tweede_stap):
    page = signed_in("jens", vers=True)
    page.get_by_role("link", name="JENS Voorbeeld").click()
    voor_iedereen(page)
    screenshot(page, "account")
    page.get_by_role("link", name="Stel een app met codes in").click()
    voor_iedereen(page)
    screenshot(page, "account-app")
    geheim = page.locator("code").inner_text()
    page.get_by_label("code").fill("000000")
    page.get_by_role("button", name="Zet de app aan").click()
    expect(page.get_by_role("alert")).to_be_visible()
    voor_iedereen(page)
    geheim = page.locator("code").inner_text()
    page.get_by_label("code").fill(_code(geheim))
    page.get_by_role("button", name="Zet de app aan").click()
    expect(page.locator("h1")).to_have_text("Herstelcodes")
    voor_iedereen(page)
    page.get_by_role("button", name="Uitloggen").click()
    page.locator("input[name=login]").fill("jens")
    page.locator("input[name=password]").fill(site.password)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.locator("h1")).to_have_text("Tweede stap")
    voor_iedereen(page)
    screenshot(page, "tweede-stap")
    page.get_by_label("code").fill(_code(geheim, 1))
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(re.compile("/dekking"))


def test_a_passkey_in_a_browser_that_has_one(signed_in, site, voor_iedereen, screenshot, zonder_tweede_stap):
    page = signed_in("sjop", vers=True)
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    opties = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    opties |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": opties})
    page.goto(f"{site.url.replace('127.0.0.1', 'localhost')}/inloggen")
    page.locator("input[name=login]").fill("sjop")
    page.locator("input[name=password]").fill(site.password)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(lambda url: "/inloggen" not in url)
    page.goto(f"{site.url.replace('127.0.0.1', 'localhost')}/account/passkeys/nieuw")
    voor_iedereen(page)
    screenshot(page, "passkey-nieuw")
    page.locator("input[name=passwordless]").check()
    page.get_by_role("button", name="Voeg de passkey toe").click()
    expect(page.locator("h1")).not_to_have_text("Nieuwe passkey")
    page.goto(f"{site.url.replace('127.0.0.1', 'localhost')}/account/passkeys")
    voor_iedereen(page)
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url(lambda url: "/inloggen" not in url)
    expect(page.get_by_text("Ingelogd als Sjop")).to_be_visible()


@pytest.mark.parametrize("pad", ["account/sessies", "wachtwoord", "account/passkeys"])
def test_the_other_pages_of_an_account(signed_in, voor_iedereen, pad):
    page = signed_in("coordinator", vers=True)
    page.goto(f"/{pad}")
    expect(page.locator("h1")).to_be_visible()
    voor_iedereen(page)

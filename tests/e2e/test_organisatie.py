"""Signing in with the organisation's own accounts, against a provider on this machine: nobody gets an account by it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.aanbieder import GEHEIM, KLANT, Aanbieder, aanbieder
from tests.e2e.conftest import DATABASE, ROOT, Site, environment, serving

ADRES = "ans.organisatie@example.org"


@pytest.fixture(scope="module")
def oidc() -> Iterator[Aanbieder]:
    with aanbieder() as server:
        yield server


@pytest.fixture(scope="module")
def organisatie(oidc: Aanbieder, databases: tuple[str, str]) -> Iterator[Site]:
    """A site of its own that knows the provider; the demo coordinator has an e-mail address there."""
    database = f"{databases[1]}_oidc"
    instellingen = {
        "OIDC_SERVER": oidc.url,
        "OIDC_NAAM": "Gemeente Proef",
        "OIDC_CLIENT_ID": KLANT,
        "OIDC_CLIENT_SECRET": GEHEIM,
    }
    hier = environment(database) | instellingen
    with psycopg.connect(environment("postgres")["DATABASE_URL"], autocommit=True) as verbinding:
        verbinding.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        verbinding.execute(f"CREATE DATABASE {database} TEMPLATE {DATABASE}")
    migreer = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migreer, cwd=ROOT, env=hier, check=True)
    with psycopg.connect(hier["DATABASE_URL"], autocommit=True) as verbinding:
        verbinding.execute("UPDATE ooievaar_gebruiker SET email = %s WHERE username = 'coordinator'", [ADRES])
    with serving(database, **instellingen) as site:
        yield site


@pytest.fixture
def pagina(browser: Browser, organisatie: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=organisatie.url, locale="nl-NL")
    context.set_default_timeout(15_000)
    page = context.new_page()
    geweigerd: list[str] = []
    page.on("console", lambda m: geweigerd.append(m.text) if "Content Security Policy" in m.text else None)
    yield page
    context.close()
    assert geweigerd == []


def _log_in(page: Page) -> None:
    page.goto("/inloggen")
    page.get_by_role("button", name="Inloggen met Gemeente Proef").click()


def test_who_has_an_account_with_that_verified_address_gets_in(pagina, oidc, voor_iedereen):
    pagina.goto("/inloggen")
    voor_iedereen(pagina)
    oidc.wie = {"sub": "ans", "email": ADRES, "email_verified": True, "name": "Ans"}
    _log_in(pagina)
    expect(pagina.locator("h1")).to_contain_text("Vandaag")
    gevraagd = oidc.gezien[-1]
    assert (gevraagd["client_id"], gevraagd["code_challenge_method"]) == (KLANT, "S256")
    assert "state" in gevraagd
    pagina.get_by_role("button", name="Uitloggen").click()
    _log_in(pagina)
    expect(pagina.locator("h1")).to_contain_text("Vandaag")


@pytest.mark.parametrize(
    "wie",
    [
        {"sub": "vreemd", "email": "vreemd@example.org", "email_verified": True},
        {"sub": "nep", "email": ADRES, "email_verified": False},
        {"sub": "zonder"},
    ],
    ids=["unknown address", "not verified", "no address"],
)
def test_anybody_else_gets_no_account(pagina, oidc, organisatie, wie):
    oidc.wie = wie
    with psycopg.connect(organisatie.database, autocommit=True) as verbinding:
        voor = verbinding.execute("SELECT count(*) FROM ooievaar_gebruiker").fetchone()
        _log_in(pagina)
        expect(pagina.locator("h1")).to_be_visible()
        assert verbinding.execute("SELECT count(*) FROM ooievaar_gebruiker").fetchone() == voor
    pagina.goto("/vandaag")
    expect(pagina.locator("h1")).to_have_text("Inloggen")


def test_a_provider_that_fails_is_said_in_words(pagina, oidc, voor_iedereen):
    oidc.stuk = True
    try:
        _log_in(pagina)
        expect(pagina.locator("h1")).to_have_text("Inloggen is niet gelukt")
        voor_iedereen(pagina)
    finally:
        oidc.stuk = False

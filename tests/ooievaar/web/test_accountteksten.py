"""What allauth says is in our words: "u", plain Dutch, and nothing personal but the token in a mail's link."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from ooievaar.web.adapter import AccountAdapter, TweedeStapAdapter
from tests.factories import gebruiker_met_rol

pytestmark = pytest.mark.django_db
WACHTWOORD = "een-lang-wachtwoord"
NIET_VAN_ONS = re.compile(
    r"\b(je|jij|jouw|jou|login|biometrisch\w*|authenticator|verifi\w+|account is momenteel)\b", re.I
)


@pytest.fixture(autouse=True)
def _lege_teller():
    cache.clear()


@pytest.fixture
def ans():
    gebruiker = gebruiker_met_rol("jens", username="ans", first_name="Ans", email="ans@example.org")
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    return gebruiker


@pytest.fixture
def client(ans):
    client = Client()
    client.post("/inloggen", {"login": "ans", "password": WACHTWOORD})
    return client


def _woorden(antwoord):
    """What is read on the page: no attributes, no scripts."""
    assert antwoord.status_code == 200
    return re.sub(r"<script.*?</script>|<[^>]+>", " ", antwoord.content.decode(), flags=re.DOTALL)


def test_the_mail_for_a_new_password_is_ours_and_works(ans, mailoutbox):
    Client().post("/wachtwoord/vergeten", {"email": "ans@example.org"})
    (brief,) = mailoutbox
    assert brief.subject == "Kies een nieuw wachtwoord"
    assert brief.body.startswith("Beste collega,")
    assert not NIET_VAN_ONS.search(brief.body)
    pad = re.search(r"http://[^/]+(/wachtwoord/nieuw/\S+)", brief.body)[1]
    # Of the person only the number of her account, in the token; and no second link.
    assert brief.body.count("http") == 1
    assert not re.search(r"ans|example|jens", pad, re.IGNORECASE)
    zij = Client()
    formulier = zij.get(pad, follow=True)
    assert not NIET_VAN_ONS.search(_woorden(formulier))
    fout = zij.post(formulier.redirect_chain[-1][0], {"password1": "een-nieuw-wachtwoord", "password2": "anders"})
    assert "twee verschillende wachtwoorden" in _woorden(fout)


def test_an_address_that_is_not_known_gets_a_mail_of_ours_too(mailoutbox):
    antwoord = Client().post("/wachtwoord/vergeten", {"email": "niemand@example.org"})
    assert antwoord["Location"] == "/wachtwoord/verstuurd"
    (brief,) = mailoutbox
    assert "geen account" in brief.subject
    assert not NIET_VAN_ONS.search(brief.body)
    assert "http" not in brief.body


@pytest.mark.parametrize(
    "pad",
    ["/wachtwoord", "/account", "/account/app", "/account/passkeys", "/account/passkeys/nieuw", "/account/sessies",
     "/account/opnieuw", "/uitloggen"],
)  # fmt: skip
def test_the_pages_of_an_account_say_u(client, pad):
    assert not NIET_VAN_ONS.search(_woorden(client.get(pad, follow=True)))


@pytest.mark.parametrize("pad", ["/inloggen", "/wachtwoord/vergeten", "/wachtwoord/verstuurd", "/aanmelden"])
def test_the_pages_before_signing_in_say_u(pad):
    assert not NIET_VAN_ONS.search(_woorden(Client().get(pad)))


@pytest.mark.parametrize(
    ("pad", "velden"),
    [
        ("/wachtwoord", {"oldpassword": "fout", "password1": "x", "password2": "y"}),
        ("/wachtwoord", {}),
        ("/account/app", {"code": "000000"}),
        ("/account/app", {}),
    ],
)
def test_what_goes_wrong_is_said_in_our_words(client, pad, velden):
    tekst = _woorden(client.post(pad, velden))
    assert "Dit is niet gelukt" in tekst
    assert not NIET_VAN_ONS.search(tekst)


def test_a_wrong_password_and_too_many_of_them(ans):
    client = Client()
    eerste = _woorden(client.post("/inloggen", {"login": "ans", "password": "fout"}))
    assert "gebruikersnaam of wachtwoord klopt niet" in eerste
    for _poging in range(6):
        laatste = _woorden(client.post("/inloggen", {"login": "ans", "password": "fout"}))
    assert "Wacht een paar minuten" in laatste
    assert not NIET_VAN_ONS.search(eerste + laatste)


def test_no_fault_that_can_be_reached_is_allauths_own():
    """Those left out belong to e-mail addresses and telephone numbers, which nobody changes or signs in with here."""
    niet_hier = {"username_blacklisted", "username_taken", "select_only_one", "max_email_addresses"}
    for adapter in (AccountAdapter, TweedeStapAdapter):
        for naam, tekst in adapter.error_messages.items():
            if "email" not in naam and "phone" not in naam and naam not in niet_hier:
                assert not NIET_VAN_ONS.search(str(tekst)), naam

"""Default deny on every page, and where each role lands."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.factories import gebruiker_met_rol

_ONBEKEND = UUID(int=1)
# Pages that are there for who has not signed in.
OPENBAAR = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    # A signed link, the provider's key, the metrics' key; the gateway only exists on a developer's machine.
    "stoppen",
    "sms_ontvangst",
    "sms_bezorging",
    # A parent with a signed link, a calendar with a secret one, and the list for the notice board.
    "cafe_ouder",
    "cafe_agendafeed",
    "cafes_openbaar",
    "metrics",
    "postvak_gateway",
    "mfa_authenticate",
    "mfa_login_webauthn",
    # Where to report a leak.
    "security_txt",
    # The phone app as files: the same words for everyone.
    "app",
    "app_installeren",
    "app_manifest",
    "app_service_worker",
}
# Pages that are allauth's own and ask for a sign-in themselves.
VAN_ALLAUTH = {
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "usersessions_list",
}
MET_NUMMER = {"mfa_edit_webauthn", "mfa_remove_webauthn"}


def _paginas() -> list[URLPattern]:
    """Every path outside the API (its own matrix) and the admin (staff only, Django's own check)."""
    gevonden: list[URLPattern] = []

    def loop(patronen, voor=""):
        for patroon in patronen:
            pad = voor + str(patroon.pattern)
            if pad.startswith(("api/", "beheer/")):
                continue
            if isinstance(patroon, URLPattern):
                gevonden.append(patroon)
            else:
                loop(patroon.url_patterns, pad)

    loop(get_resolver().url_patterns)
    return gevonden


def test_every_page_is_protected_or_named_here_as_open():
    paginas = _paginas()
    assert {"begin", "bezoeken", "bezoek_toewijzen", "dekking"} <= {p.name for p in paginas}
    vergeten = [p.name or str(p.pattern) for p in paginas if p.name not in OPENBAAR | VAN_ALLAUTH]
    onbeschermd = [p.name for p in paginas if p.name in vergeten and not hasattr(p.callback, "toegang")]
    assert onbeschermd == []


@pytest.mark.django_db
@pytest.mark.parametrize("naam", sorted(VAN_ALLAUTH | {"begin", "bezoeken", "dekking", "dekking_bestand"}))
def test_without_signing_in_there_is_only_the_sign_in_page(naam):
    antwoord = Client().get(reverse(naam, args=[1] if naam in MET_NUMMER else []))
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith("/inloggen")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rol", "pad", "status"),
    [
        ("coordinator", "/bezoeken", 200),
        ("coordinator", "/dekking", 200),
        ("jens", "/dekking", 200),
        ("jens", "/bezoeken", 403),
        ("jens", f"/bezoeken/{_ONBEKEND}/toewijzen", 403),
        ("beheerder", "/dekking", 403),
        ("beheerder", "/bezoeken", 403),
        ("ooievaarsmoeder", "/bezoeken", 403),
        ("bron", "/dekking", 403),
        ("bron", "/dekking/bestand", 403),
        ("bron", "/", 200),
        ("gastvrouw", "/sjpruutcafes", 200),
        ("gastvrouw", "/sjpruutcafes/nieuw", 403),
        ("jens", "/sjpruutcafes", 403),
        ("sjop", "/voorraad", 200),
        ("sjop", "/voorraad/vouchers", 403),
        ("coordinator", f"/bezoeken/{_ONBEKEND}/toewijzen", 404),
    ],
)
def test_role_decides(rol, pad, status):
    client = Client()
    client.force_login(gebruiker_met_rol(rol))
    antwoord = client.get(pad)
    assert antwoord.status_code == status
    assert 'lang="nl"' in antwoord.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("rol", "naar"), [("coordinator", "/vandaag"), ("jens", "/dekking")])
def test_everyone_lands_on_her_own_first_page(rol, naar):
    client = Client()
    client.force_login(gebruiker_met_rol(rol))
    assert client.get("/")["Location"] == naar

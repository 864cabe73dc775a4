"""How allauth behaves here: accounts by invitation only, second-step secrets encrypted, and (optional) the
organisation's own sign-in for accounts that are there already."""

from __future__ import annotations

import base64
import hashlib
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# What allauth says when something is wrong, as the rest of the site says it. It reads "je" and jargon otherwise.
_CODE_KLOPT_NIET = _("Deze code klopt niet, of is al gebruikt. Typ de code die er nu staat.")
_RUSTIG_AAN = _("U probeerde het te vaak. Wacht een paar minuten en probeer het dan nog een keer.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dit account staat uit. Vraag het uw beheerder."),
        "enter_current_password": _("Dit is niet uw wachtwoord van nu. Typ het nog een keer."),
        "incorrect_code": _CODE_KLOPT_NIET,
        "incorrect_password": _("Dit wachtwoord klopt niet. Typ het nog een keer."),
        "invalid_login": _("Inloggen is niet gelukt. Probeer het nog een keer."),
        "invalid_or_expired_key": _("Deze link is niet meer geldig. Vraag een nieuwe link aan."),
        "invalid_password_reset": _("Deze link is niet meer geldig. Vraag een nieuwe link aan."),
        "rate_limited": _RUSTIG_AAN,
        "same_as_current": _("Dit is hetzelfde als nu. Kies iets anders."),
        "too_many_login_attempts": _RUSTIG_AAN,
        "username_password_mismatch": _("Uw gebruikersnaam of wachtwoord klopt niet. Typ ze nog een keer."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Who signed in a few minutes ago need not say again who she is, so that a first sign-in is one go."""
        request = context.request
        records = get_authentication_records(request, request.user)
        pas = records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not pas and bool(super().is_reauthentication_required(app=app))


class TweedeStapAdapter(DefaultMFAAdapter):
    """The secret of an authenticator app is not readable in the database or a backup of it."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("U heeft een tweede stap nodig. Zet eerst een andere aan."),
        "cannot_generate_recovery_codes": _("Zet eerst een app of een passkey aan. Daarna krijgt u herstelcodes."),
        "incorrect_code": _CODE_KLOPT_NIET,
    }

    def encrypt(self, text: str) -> str:
        return _slot().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _slot().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: object) -> str:
        """In the app it says the user name, not an e-mail address that somebody else may read on a phone."""
        return str(user.username)  # type: ignore[attr-defined]


def _slot() -> MultiFernet:
    """The newest key writes, older ones still read: keys are made of SECRET_KEY and SECRET_KEY_FALLBACKS."""
    sleutels = [str(sleutel) for sleutel in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"tweede stap:" + s.encode()).digest())) for s in sleutels]
    )

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


class AccountAdapter(DefaultAccountAdapter):
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

"""The second step, required of staff (quality.md, "sign-in"): who has none sets one up before anything else.

It is about sessions only: a phone's and a machine's token are a different way in, with rights of their own. A session
that passed the second step says so itself, so the check costs no query.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from ooievaar.platform import problems
from ooievaar.platform.errors import NietToegestaan

_INGESTELD = "tweede_stap_ingesteld"
_STAPPEN = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Where a second step is set up; and what somebody may open who has none yet: that, proving who she is, and leaving.
_STELT_IN = ("mfa_activate_totp", "mfa_add_webauthn")
_MAG_ALTIJD = ("mfa_", "account_reauthenticate", "account_login")


def tweede_stap_nodig(gebruiker: Any) -> bool:
    """Whether this user's roles ask for a second step: any role but those of volunteers and machines."""
    if not settings.MFA_VERPLICHT:
        return False
    return gebruiker.is_staff or gebruiker.is_superuser or bool(gebruiker.bevoegdheid.rollen - settings.MFA_NIET_VOOR)


def tweede_stap_gezet(request: HttpRequest) -> bool:
    """Whether this very session passed a second step: with a code or passkey, by setting one up, or elsewhere."""
    records = get_authentication_records(request, request.user)
    methoden = {record.get("method") for record in records}
    if "mfa" in methoden or (settings.OIDC_HEEFT_TWEEDE_STAP and "socialaccount" in methoden):
        return True
    return request.session.get(_INGESTELD) == str(request.user.pk)


class TweedeStapMiddleware:
    """Sends a session without the second step to where it is set up; the API answers 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        gebruiker = request.user
        if not settings.MFA_VERPLICHT or not gebruiker.is_authenticated or tweede_stap_gezet(request):
            return self.get_response(request)
        if _naam(request) == "account_logout":
            return self.get_response(request)
        heeft_stap = get_adapter().is_mfa_enabled(gebruiker, _STAPPEN)
        if not heeft_stap and request.method == "POST" and _naam(request) in _STELT_IN:
            return self._stel_in(request)
        if not heeft_stap and (not tweede_stap_nodig(gebruiker) or self._mag_altijd(request)):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return problems.response(403, NietToegestaan.code, NietToegestaan.titel, _("Stel eerst uw tweede stap in."))
        if heeft_stap:
            # An older session, from before she had a second step: it must not outlive that, and least of all change it.
            logout(request)
            return redirect(settings.LOGIN_URL)
        messages.warning(request, _("Stel eerst een tweede stap in. Daarna kunt u verder."))
        return redirect("mfa_index")

    def _stel_in(self, request: HttpRequest) -> HttpResponse:
        """Who sets it up proves to have it: this session need not ask again. Other sessions must."""
        answer = self.get_response(request)
        if request.user.is_authenticated and get_adapter().is_mfa_enabled(request.user, _STAPPEN):
            request.session[_INGESTELD] = str(request.user.pk)
        return answer

    def _mag_altijd(self, request: HttpRequest) -> bool:
        return _naam(request).startswith(_MAG_ALTIJD)


def _naam(request: HttpRequest) -> str:
    """The name of the path, or nothing for one that does not exist."""
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""

"""allauth's forms in our own words: it says "je" and "biometrische verificatie", with each label in its field too."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class _OnzeWoorden(forms.Form):
    """`woorden` has per field a label and a help text; a label stands above its field and nowhere else."""

    woorden: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam, veld in self.fields.items():
            veld.widget.attrs.pop("placeholder", None)
            if naam in self.woorden:
                veld.label, veld.help_text = self.woorden[naam]


class _Tweemaal(_OnzeWoorden):
    """A password that is typed twice."""

    def add_error(self, field: str | None, error: Any) -> None:
        # What a field itself finds is a ValidationError; that the two differ is told in words.
        if field == "password2" and not isinstance(error, ValidationError):
            error = _("U typte twee verschillende wachtwoorden. Typ twee keer hetzelfde.")
        super().add_error(field, error)


_NOG_EENS = {"password2": (gettext_lazy("Nog een keer het nieuwe wachtwoord"), "")}


class Inloggen(_OnzeWoorden, account.LoginForm):
    # The page has a link for a forgotten password of its own.
    woorden = {
        "password": (gettext_lazy("Wachtwoord"), ""),
        "remember": (gettext_lazy("Blijf ingelogd als ik de browser sluit"), ""),
    }


class WachtwoordWijzigen(_Tweemaal, account.ChangePasswordForm):
    woorden = _NOG_EENS


class WachtwoordKiezen(_Tweemaal, account.SetPasswordForm):
    woorden = _NOG_EENS


class WachtwoordVergeten(_OnzeWoorden, account.ResetPasswordForm):
    pass


class NieuwWachtwoord(_Tweemaal, account.ResetPasswordKeyForm):
    woorden = _NOG_EENS


class AppMetCodes(_OnzeWoorden, ActivateTOTPForm):
    woorden = {"code": (gettext_lazy("Code uit de app"), gettext_lazy("6 cijfers."))}


class NieuwePasskey(_OnzeWoorden, AddWebAuthnForm):
    woorden = {
        "name": (gettext_lazy("Naam"), ""),
        "passwordless": (
            gettext_lazy("Ik wil met deze passkey inloggen zonder wachtwoord"),
            gettext_lazy("Uw apparaat vraagt dan om uw vinger, uw gezicht of een pincode."),
        ),
    }

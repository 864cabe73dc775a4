"""Signing in with the organisation's own accounts (OpenID Connect), when `OIDC_SERVER` is set."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class OrganisatieAdapter(DefaultSocialAccountAdapter):
    """Nobody gets an account this way: it must be there, with the same e-mail address, and not be switched off."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

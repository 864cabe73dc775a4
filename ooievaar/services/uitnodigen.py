"""An account by invitation: a link with which somebody chooses her own password. Opening it signs nobody in."""

from __future__ import annotations

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from ooievaar.models import Gebruiker


def uitnodigen(*, gebruiker: Gebruiker, basis: str) -> None:
    """E-mail the link after the commit; it works once, and for as long as a forgotten-password link (3 days).

    `basis` is the address of the site, with a slash at its end.
    """
    sleutel = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(gebruiker)
    pad = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(gebruiker), "key": sleutel})
    tekst = render_to_string(
        "ooievaar/uitnodiging.txt", {"gebruiker": gebruiker, "adres": basis.rstrip("/") + pad, "basis": basis}
    )
    transaction.on_commit(lambda: send_mail(_("Uw account bij Ooievaar"), tekst, None, [gebruiker.email]))

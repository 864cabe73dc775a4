"""Django's admin for the beheerder: users, roles, areas and settings, and no case content (api.md, "Who may do what").

Its sign-in is the site's own, with the second step; the role decides, not Django's flags.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _


class Beheersite(admin.AdminSite):
    site_header = _("Beheer van Ooievaar")
    site_title = _("Beheer")
    index_title = _("Gebruikers en instellingen")
    site_url = "/"

    def get_urls(self) -> list[Any]:
        """Without "view on site": nothing in here has a page, and Django's fails on an id that it can not read."""
        return [pad for pad in super().get_urls() if getattr(pad, "name", "") != "view_on_site"]

    def has_permission(self, request: HttpRequest) -> bool:
        gebruiker: Any = request.user
        return bool(gebruiker.is_active and gebruiker.is_authenticated and gebruiker.bevoegdheid.heeft("beheerder"))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """To the site's own sign-in; who is signed in without the role gets the page that says so."""
        if request.user.is_authenticated:
            return redirect("begin")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")


class Beheerconfig(AdminConfig):
    default_site = "ooievaar.beheer.Beheersite"

"""What somebody sent when her session had ended is not lost: it waits, on the server, until she has signed in again.

A form that arrives without a session is kept in the new one, for half an hour; after signing in she sees that it is
there and sends it with one press, or throws it away. Nothing is done by itself: what she sends then goes through the
same page as ever, with its own rights, and with the version that she saw. A file is not kept: she chooses it again.
The same happens to a form whose CSRF token is of an earlier session (she signed in again in another tab): only when
the browser says that it comes from this site.
"""

from __future__ import annotations

import time
from typing import Any, TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as standaardpagina
from django.views.decorators.http import require_http_methods

from ooievaar.web.toegang import rol_vereist

_SLEUTEL = "te_versturen"
_BEWAARD = 30 * 60  # seconds: who comes back later begins anew
_MEESTE_TEKENS = 50_000
_NIET = {"csrfmiddlewaretoken"}


class Bewaard(TypedDict):
    """A form that waits: where it went, what was in it, when, and of whom it was if that is known."""

    pad: str
    velden: list[tuple[str, str]]
    op: float
    van: str
    bestand: bool


def bewaar_en_log_in(request: HttpRequest) -> HttpResponse:
    """Keep what was sent, and ask to sign in."""
    bewaar(request, van=_wie_het_was(request))
    return redirect_to_login(reverse("verder"))


def bewaar(request: HttpRequest, *, van: str) -> None:
    """Put what was sent in the session; a form that is larger than anybody fills in is not kept."""
    velden = [(naam, waarde) for naam, alle in request.POST.lists() if naam not in _NIET for waarde in alle]
    if sum(len(naam) + len(str(waarde)) for naam, waarde in velden) > _MEESTE_TEKENS:
        return
    request.session[_SLEUTEL] = Bewaard(
        pad=request.get_full_path(),
        velden=[(naam, str(waarde)) for naam, waarde in velden],
        op=time.time(),
        van=van,
        bestand=bool(request.FILES),
    )


def _wie_het_was(request: HttpRequest) -> str:
    """The id of whose session this was, when it only expired; empty when it is gone."""
    oud = Session.objects.filter(session_key=request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")).first()
    return str(oud.get_decoded().get(SESSION_KEY, "")) if oud else ""


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist()
def verder(request: HttpRequest) -> HttpResponse:
    """What waits, with one button to send it after all; a POST throws it away."""
    bewaard: Bewaard | None = request.session.get(_SLEUTEL)
    if bewaard and bewaard["van"] not in ("", str(request.user.pk)):
        bewaard = None  # of somebody else who worked in this browser
    if request.method == "POST" or bewaard is None or time.time() - bewaard["op"] > _BEWAARD:
        if request.session.pop(_SLEUTEL, None) and request.method == "POST":
            messages.info(request, _("Weggegooid. Er is niets veranderd."))
        return redirect("begin")
    return render(request, "ooievaar/verder.html", {"bewaard": bewaard})


class VerderMiddleware:
    """What waited is done with as soon as it was sent after all."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.POST.get("verder") == "1" and request.user.is_authenticated:
            request.session.pop(_SLEUTEL, None)
        antwoord: HttpResponse = self.get_response(request)
        return antwoord


def oude_pagina(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A CSRF token that is not of this session: keep what was sent, if this very site sent it; else refuse."""
    herkomst = urlsplit(request.META.get("HTTP_ORIGIN", ""))
    eigen = herkomst.netloc == request.get_host() and herkomst.scheme == request.scheme
    if request.method != "POST" or not eigen or not request.user.is_authenticated or not _van_ons(request):
        return standaardpagina(request, reason=reason)
    bewaar(request, van=str(request.user.pk))
    return redirect("verder")


def _van_ons(request: HttpRequest) -> bool:
    """Whether it is one of our own forms: never what signs in, or sets a password or a second step."""
    return hasattr(request.resolver_match and request.resolver_match.func, "toegang")

"""The phone app's token in a cookie that no script can read (docs/adr/0008).

The product's own app asks for it by the header `Ooievaar-App: telefoon` when it pairs, and sends that header with every
call: a page of somebody else cannot add a header to a request with our cookie without asking first, and we allow nobody
(no CORS). So the header is the defence against forged requests, for reads as well as writes, and it keeps this cookie
apart from the session of a coordinator who signed in on the same browser. Where the browser says which page asks
(`Origin`, `Sec-Fetch-Site`), that must be ours too.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

HEADER = "Ooievaar-App"
TELEFOON = "telefoon"
# Renewed at every download, so that only a phone that was away for this long has to be paired again.
GELDIG = timedelta(days=180)


def is_van_de_app(request: Request) -> bool:
    """Whether the product's own phone app sent this request, as far as a header can tell."""
    return bool(request.headers.get(HEADER) == TELEFOON)


def controleer_herkomst(request: Request) -> None:
    """Raises PermissionDenied (csrf) when the browser says that another site's page made the request."""
    eigen = f"{request.scheme}://{request.get_host()}"
    van_ons = request.headers.get("Origin", eigen) in (eigen, *settings.CSRF_TRUSTED_ORIGINS)
    if not van_ons or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise PermissionDenied(_("Open de app opnieuw en probeer het nog eens."), "csrf")


def lees(request: Request) -> str | None:
    """The token in the cookie; None without one, and None for who is not the app."""
    return request.COOKIES.get(settings.APPARAAT_COOKIE_NAME) if is_van_de_app(request) else None


def zet(response: HttpResponseBase, token: str) -> None:
    """Give the phone its token, or the same one for longer."""
    response.set_cookie(
        settings.APPARAAT_COOKIE_NAME,
        token,
        max_age=GELDIG,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def wis(response: HttpResponseBase) -> None:
    """Take the token back from a phone that was revoked."""
    response.delete_cookie(settings.APPARAAT_COOKIE_NAME, path="/", samesite="Strict")

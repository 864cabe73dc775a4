"""Who asks: a bearer token (a phone's or a machine's), the phone app's cookie, or the site's own session with CSRF."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from ooievaar.bevoegdheid import bevoegdheid_uit, rechten_van
from ooievaar.models import Rol, Toegangstoken
from ooievaar.platform import apparaatcookie
from ooievaar.platform.hashing import hash_van
from ooievaar.platform.sjabloon import sjabloon


def _houder_van(token: str) -> tuple[Any, Any]:
    """The user of a token, and the token's row. A revoked phone hears so and erases itself; a plain 401 erases nothing.

    Raises AuthenticationFailed.
    """
    rij = _tokens().filter(hash=hash_van(token)).first()
    if rij is None:
        raise AuthenticationFailed(_("Meld u eerst aan."))
    # Before anything else: a phone whose owner was switched off as well would otherwise keep its families for ever.
    if rij.apparaat is not None and rij.apparaat.ingetrokken_op is not None:
        raise AuthenticationFailed(_("Deze telefoon is afgemeld."), "apparaatIngetrokken")
    if rij.ingetrokken_op is not None or not rij.gebruiker.is_active:
        raise AuthenticationFailed(_("Meld u eerst aan."))
    pghistory.context(user=str(rij.gebruiker_id))
    # A phone is paired by a code and never asked for a second step: it visits families, whatever its owner became.
    rechten = [r for r in rij.rechten if rij.apparaat is None or r["rol"] == Rol.OOIEVAARSMOEDER]
    rij.gebruiker.bevoegdheid = bevoegdheid_uit(rechten, rij.moeder_id)
    return rij.gebruiker, rij


@sjabloon
def _tokens() -> QuerySet[Any]:
    """Tokens with their user, phone and rights: who asks and what she may see in one query."""
    return Toegangstoken.objects.select_related("gebruiker", "apparaat").annotate(**rechten_van("gebruiker_id"))


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        soort, _spatie, token = get_authorization_header(request).partition(b" ")
        if soort.lower() != b"bearer":
            return None
        return _houder_van(token.strip().decode("latin-1"))

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ApparaatCookieAuthentication(BaseAuthentication):
    """The phone app: its token in a cookie, with the header `Ooievaar-App: telefoon` (`apparaatcookie` says why)."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        token = apparaatcookie.lees(request)
        if token is None:
            return None
        apparaatcookie.controleer_herkomst(request)
        return _houder_van(token)


class SiteSessionAuthentication(SessionAuthentication):
    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise PermissionDenied(_("Ververs de pagina en probeer het opnieuw."), "csrf") from None


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = BearerAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = SiteSessionAuthentication
    name = "sessie"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


class ApparaatCookieScheme(OpenApiAuthenticationExtension):
    target_class = ApparaatCookieAuthentication
    name = "telefoon"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-apparaat",
            "description": "De eigen telefoonapp; elke aanroep draagt ook de kop `Ooievaar-App: telefoon`.",
        }

"""Every error as application/problem+json (RFC 9457): the one place that knows both our errors and HTTP."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from ooievaar.platform import apparaatcookie
from ooievaar.platform.errors import Fout, NietGevonden, NietToegestaan, Ongeldig

MEDIA_TYPE = "application/problem+json"
_AFGEBROKEN = "57014"  # query_canceled: the statement time-out of a web process (config/wsgi.py)
logger = logging.getLogger(__name__)

# Codes of the framework's validators in the API's own words; what is not here keeps the framework's code.
_VELDCODES = {
    "required": "verplicht",
    "null": "verplicht",
    "blank": "verplicht",
    "empty": "verplicht",
    "max_length": "teLang",
    "min_length": "teKort",
    "max_value": "teHoog",
    "min_value": "teLaag",
    "invalid_choice": "onbekendeKeuze",
    "does_not_exist": "onbekend",
    "invalid": "ongeldig",
    "not_a_list": "ongeldig",
    "null_characters_not_allowed": "ongeldig",
    "date": "ongeldig",
    "datetime": "ongeldig",
    "zonder_zone": "ongeldig",
    "overflow": "ongeldig",
    "buiten_kalender": "ongeldig",
}


def body(status: int, code: str, title: Any, detail: Any, **extra: Any) -> dict[str, Any]:
    """The members of a problem document, in a fixed order."""
    return {"type": "about:blank", "status": status, "title": str(title), "detail": str(detail), "code": code, **extra}


def response(status: int, code: str, title: Any, detail: Any, **extra: Any) -> HttpResponse:
    """A problem document as a plain Django response, for what happens outside the API's views."""
    content = orjson.dumps(body(status, code, title, detail, **extra))
    return HttpResponse(content, status=status, content_type=MEDIA_TYPE)


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view raised into a problem document; what is not known here becomes a 500 in `ApiMiddleware`."""
    headers: dict[str, str] = {}
    match exc:
        case Ongeldig():
            params = [{"name": n, "code": c, "reason": str(r)} for n, c, r in exc.fouten]
            data = body(400, exc.code, exc.titel, exc.detail, invalidParams=params)
        case Fout():
            data = body(exc.status, exc.code, exc.titel, exc.detail, **exc.extra)
        case Http404():
            data = _van(NietGevonden())
        case PermissionDenied():
            data = _van(NietToegestaan())
        case exceptions.APIException():
            headers = _headers(exc)
            data = _van_framework(exc)
        case OperationalError() if getattr(exc.__cause__, "sqlstate", None) == _AFGEBROKEN:
            logger.warning("a statement took too long and was given up")
            headers = {"Retry-After": "30"}
            data = body(503, "duurtTeLang", _("Dit duurt te lang"), _("Dit duurt te lang. Probeer het zo opnieuw."))
        case _:
            return None
    antwoord = Response(data, status=data["status"], headers=headers, content_type=MEDIA_TYPE)
    if data["code"] == "apparaatIngetrokken":
        apparaatcookie.wis(antwoord)
    return antwoord


def _van(fout: Fout) -> dict[str, Any]:
    return body(fout.status, fout.code, fout.titel, fout.detail)


def _headers(exc: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if auth := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = auth
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    return headers


def _van_framework(exc: exceptions.APIException) -> dict[str, Any]:
    match exc:
        case exceptions.ValidationError():
            params = [{"name": n, "code": c, "reason": r} for n, c, r in veldfouten(exc.detail)]
            return body(400, "ongeldig", Ongeldig.titel, Ongeldig.uitleg, invalidParams=params)
        case exceptions.ParseError():
            reden = str(exc.detail)
            params = [{"name": "", "code": "ongeldig", "reason": reden}]
            return body(400, "ongeldig", _("De gegevens zijn niet te lezen"), reden, invalidParams=params)
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            codes = exc.get_codes()
            code = codes if isinstance(codes, str) and codes == "apparaatIngetrokken" else "nietAangemeld"
            return body(
                401, code, _("Niet aangemeld"), exc.detail if code != "nietAangemeld" else _("Meld u eerst aan.")
            )
        case exceptions.PermissionDenied():
            code = "csrf" if exc.get_codes() == "csrf" else NietToegestaan.code
            return body(403, code, NietToegestaan.titel, NietToegestaan.uitleg if code != "csrf" else exc.detail)
        case exceptions.NotFound():
            return _van(NietGevonden())
        case exceptions.MethodNotAllowed():
            return body(405, "methodeNietToegestaan", _("Dat kan hier niet"), _("Deze methode kan hier niet."))
        case exceptions.NotAcceptable():
            return body(406, "nietAanvaardbaar", _("Die vorm kennen we niet"), _("We geven hier JSON terug."))
        case exceptions.UnsupportedMediaType():
            return body(415, "mediatypeOnbekend", _("Die vorm kennen we niet"), _("Stuur de gegevens als JSON."))
        case exceptions.Throttled():
            return body(429, "teVaak", _("Te vaak geprobeerd"), _("Wacht even en probeer het dan opnieuw."))
    logger.error("unexpected framework error %s", type(exc).__name__)
    return body(exc.status_code, "fout", _("Er ging iets mis"), _("Er ging iets mis."))


def veldfouten(detail: Any, pad: str = "") -> Iterator[tuple[str, str, str]]:
    """All faults in a serializer's error tree as (dotted name, code, reason)."""
    if isinstance(detail, dict):
        for naam, onder in detail.items():
            deel = "" if naam == "non_field_errors" else str(naam)
            yield from veldfouten(onder, ".".join(d for d in (pad, deel) if d))
    elif isinstance(detail, list):
        for index, onder in enumerate(detail):
            diep = isinstance(onder, dict | list)
            if diep and onder:
                yield from veldfouten(onder, f"{pad}.{index}" if pad else str(index))
            elif not diep:
                yield from veldfouten(onder, pad)
    else:
        code = getattr(detail, "code", "ongeldig")
        # The framework's own sentence repeats what was sent, and that may be about a person.
        reden = _("Deze waarde kennen we niet.") if code == "invalid_choice" else str(detail)
        yield pad, _VELDCODES.get(code, code), reden


def not_found(request: HttpRequest) -> HttpResponse:
    """The 404 of an API path that does not exist."""
    return response(404, NietGevonden.code, NietGevonden.titel, NietGevonden.uitleg)


def server_error() -> HttpResponse:
    """The 500 of the API: no trace, no value, a sentence that helps."""
    return response(
        500, "interneFout", _("Er ging iets mis"), _("Er ging bij ons iets mis. Probeer het later opnieuw.")
    )

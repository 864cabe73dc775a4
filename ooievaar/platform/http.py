"""What every answer carries, what every answer of the API does, and what an error outside its views becomes."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ooievaar.platform import problems

logger = logging.getLogger(__name__)
API = "/api/"


class NietBewarenMiddleware:
    """What does not say that it may be kept is not kept by a browser or a proxy: error pages and the account's too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.setdefault("Cache-Control", "no-store")
        return answer


class ApiMiddleware:
    """Adds API-Version, and gives errors of the framework itself the API's own form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            return self.get_response(request)
        answer = self.get_response(request)
        if answer.status_code >= 400 and answer.get("Content-Type") != problems.MEDIA_TYPE:
            answer = self._as_problem(request, answer)
        answer["API-Version"] = settings.API_VERSION
        return answer

    def _as_problem(self, request: HttpRequest, answer: HttpResponse) -> HttpResponse:
        match answer.status_code:
            case 404:
                return problems.not_found(request)
            case status if status >= 500:
                return problems.server_error()
            case status:
                return problems.response(
                    status, "ongeldig", _("Dit verzoek is niet te lezen"), _("Dit verzoek is niet te lezen.")
                )


class OnleesbaarMiddleware:
    """A null character in an address or a form of the site is no text that anybody typed: PostgreSQL keeps none, and a

    page that looked something up with it would answer 500. The API's fields refuse it by themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        if request.path.startswith(API):
            return
        waarden = [*request.GET.lists(), *request.POST.lists()]
        if any("\0" in tekst for naam, alle in waarden for tekst in (naam, *alle)):
            raise BadRequest("null character")

"""Every change knows who made it: the context that the history triggers read (docs/adr/0003)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pghistory
from django.http import HttpRequest, HttpResponse


class HistoryMiddleware:
    """Opens a context for each request that may write; sign-in by token adds its user later (authentication.py)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        user = request.user.pk if request.user.is_authenticated else None
        with pghistory.context(user=str(user) if user else None, via="web"):
            return self.get_response(request)


def namens(*, user_id: object = None, via: str) -> AbstractContextManager[object]:
    """Changes inside are written down as made by this user through this way (a command, a task)."""
    return pghistory.context(user=str(user_id) if user_id else None, via=via)

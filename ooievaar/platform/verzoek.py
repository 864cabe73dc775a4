"""The framework's request, for type checkers with our own user: an API view only runs for somebody signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request as _Request

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

    class Request(_Request):
        user: Gebruiker
else:
    Request = _Request

__all__ = ["Request"]

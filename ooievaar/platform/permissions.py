"""Default deny: a view says per method which roles may call it; without that nobody may."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class RolHeeftRecht(BasePermission):
    """Checked before the body is read. Which rows somebody sees is the selectors' work, not this one's."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if getattr(view, "openbaar", False):
            return True
        if not request.user or not request.user.is_authenticated:
            return False
        method = "GET" if request.method == "HEAD" else request.method
        if method not in {m.upper() for m in view.http_method_names if hasattr(view, m)}:
            return True  # the view answers 405
        rollen = view.rollen.get(method)
        if rollen is None:
            return False
        return rollen is IEDEREEN or bool(rollen & request.user.bevoegdheid.rollen)


# Any signed-in user: what is about oneself (GET /mij).
IEDEREEN: frozenset[str] = frozenset({"*"})

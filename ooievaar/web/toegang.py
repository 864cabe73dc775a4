"""Who may open a page. A page without one of these decorators fails a test that walks every path: default deny."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from ooievaar.platform.errors import NietGevonden

View = Callable[..., HttpResponse]


def rol_vereist(*rollen: str) -> Callable[[View], View]:
    """Signed in and holding one of these roles; otherwise the sign-in page or 403. Without roles: anybody signed in.

    What was sent when the session had ended is kept until she signed in again (`ooievaar.web.verder`).
    Rows that may not be seen (NietGevonden) become the 404 page. The answer is never kept by a browser or a proxy.
    """

    def versier(view: View) -> View:
        def wie_het_ook_is(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not request.user.is_authenticated:
                # Only here: the page that keeps it is a page itself.
                from ooievaar.web.verder import bewaar_en_log_in

                return bewaar_en_log_in(request)
            return login_required(met_rol)(request, *args, **kwargs)

        @wraps(view)
        def met_rol(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if rollen and not request.user.bevoegdheid.heeft(*rollen):  # type: ignore[union-attr]
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except NietGevonden as fout:
                raise Http404 from fout

        beschermd = never_cache(wraps(view)(wie_het_ook_is))
        beschermd.toegang = frozenset(rollen)  # type: ignore[attr-defined]
        return beschermd

    return versier

"""/.well-known/security.txt: where somebody who found a leak reports it (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ooievaar.platform import clock

# The RFC asks for less than a year. Counted from the day it is asked for: while this site answers, the address holds.
_GELDIG = timedelta(days=180)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Open to anybody, and the same for everyone."""
    verloopt = (clock.nu() + _GELDIG).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    regels = [
        f"Contact: {settings.BEVEILIGING_CONTACT}",
        f"Expires: {verloopt:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")

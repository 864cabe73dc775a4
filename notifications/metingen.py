"""/metrics: lag and backlog in Prometheus's form, numbers only. For who shows the key in `METRICS_SLEUTEL`.

Asked of the database at each look, so that every process gives the same answer.
"""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from notifications.selectors.stand import aantal_onzeker, achterstand
from ooievaar.platform import clock


@require_GET
def metingen(request: HttpRequest) -> HttpResponse:
    """Without the right key it does not exist."""
    gegeven = request.headers.get("Authorization", "")
    verwacht = f"Bearer {settings.METRICS_SLEUTEL}"
    if not settings.METRICS_SLEUTEL or not hmac.compare_digest(gegeven.encode(), verwacht.encode()):
        raise Http404
    nu = clock.nu()
    register = CollectorRegistry()
    aantal = Gauge("ooievaar_berichten_wachtend", "Messages that are due and not gone", ["kanaal"], registry=register)
    lag = Gauge(
        "ooievaar_berichten_achterstand_seconden", "How long the first of them waits", ["kanaal"], registry=register
    )
    for rij in achterstand(nu=nu):
        aantal.labels(rij.kanaal).set(rij.aantal)
        lag.labels(rij.kanaal).set((nu - rij.oudste).total_seconds() if rij.oudste else 0)
    onzeker = Gauge("ooievaar_berichten_onzeker", "Messages that wait for a person's word", registry=register)
    onzeker.set(aantal_onzeker())
    return HttpResponse(generate_latest(register), content_type=CONTENT_TYPE_LATEST)

"""A stand-in for the providers on a developer's machine: a gateway that takes SMS, and a page that shows what went out.

Only where `settings.POSTVAK` is set, which production never does.
"""

from __future__ import annotations

import hmac
from typing import Any

import orjson
import requests
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from notifications.postvak import opslag
from notifications.smsmaat import smsmaat
from ooievaar.platform import clock
from ooievaar.web.toegang import rol_vereist


@csrf_exempt
@require_POST
def gateway(request: HttpRequest) -> HttpResponse:
    """Takes an SMS as docs/kanalen.md describes. A number ending in 0000 does not exist, to see what then happens."""
    gegeven = request.headers.get("Authorization", "")
    if not hmac.compare_digest(gegeven.encode(), f"Bearer {settings.SMS_SLEUTEL}".encode()):
        return HttpResponse(status=401)
    try:
        sms: dict[str, Any] = orjson.loads(request.body)
        if sms["naar"].endswith("0000"):
            return JsonResponse({"fout": "onbekend nummer"}, status=422)
        nieuw = opslag.bewaar_sms(request.headers["Idempotency-Key"], sms["naar"], sms["tekst"], clock.nu())
    except (KeyError, ValueError, AttributeError):
        return HttpResponse(status=400)
    return JsonResponse({"status": "aangenomen"}, status=202 if nieuw else 200)


@require_GET
@rol_vereist("coordinator", "beheerder")
def postvak(request: HttpRequest) -> HttpResponse:
    """Everything that left this machine, the newest first."""
    alles = sorted([*opslag.smsen(), *opslag.emails()], key=lambda m: m.op, reverse=True)
    rijen = [(m, smsmaat(m.tekst) if m.kanaal == "sms" else None) for m in alles[:100]]
    return render(request, "postvak/postvak.html", {"rijen": rijen})


@require_POST
@rol_vereist("coordinator", "beheerder")
def antwoord(request: HttpRequest, sleutel: str) -> HttpResponse:
    """Act as the phone that got this SMS: report on its delivery, or answer. Goes through the real hooks."""
    sms = opslag.sms_met_sleutel(sleutel)
    wat = request.POST.get("wat", "")
    if sms is None:
        return redirect("postvak")
    if wat in ("bezorgd", "mislukt"):
        pad, inhoud = reverse("sms_bezorging"), {"sleutel": sleutel, "status": wat}
    else:
        pad, inhoud = reverse("sms_ontvangst"), {"van": sms["naar"], "tekst": request.POST.get("tekst", "")[:500]}
    try:
        gegaan = requests.post(
            f"{settings.SITE_URL}{pad}",
            json=inhoud,
            headers={"Authorization": f"Bearer {settings.SMS_HAAKSLEUTEL}"},
            timeout=10,
        ).status_code
    except requests.RequestException:
        gegaan = 0
    if gegaan == 204:
        messages.success(request, _("Doorgegeven."))
    else:
        messages.error(request, _("Dat lukte niet (%(status)s).") % {"status": gegaan})
    return redirect("postvak")

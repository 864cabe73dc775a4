"""What the SMS provider tells us: answers and delivery reports. It shows our key (`SMS_HAAKSLEUTEL`) or is refused."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bezoeken.stoppen.services import sms_ontvangen
from notifications.kanalen.sms import Smsdienst, smsdienst
from notifications.services import bezorging_melden
from ooievaar.platform import audit, clock
from ooievaar.platform.nummers import lees_nummer

logger = logging.getLogger(__name__)
_GROOTSTE = 10_000


def _haak(verwerk: Callable[[Smsdienst, Mapping[str, Any]], None]) -> Callable[[HttpRequest], HttpResponse]:
    """A POST with our key and a small JSON object. What cannot be read is 400: the provider's side must look at it."""

    @csrf_exempt
    @require_POST
    def haak(request: HttpRequest) -> HttpResponse:
        verwacht = f"Bearer {settings.SMS_HAAKSLEUTEL}"
        gegeven = request.headers.get("Authorization", "")
        if not settings.SMS_HAAKSLEUTEL or not hmac.compare_digest(gegeven.encode(), verwacht.encode()):
            return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
        inhoud = request.read(_GROOTSTE + 1)
        if len(inhoud) > _GROOTSTE:
            return HttpResponse(status=413)
        try:
            gegevens = orjson.loads(inhoud)
            if not isinstance(gegevens, dict):
                raise ValueError
            with audit.namens(via="sms"):
                verwerk(smsdienst(), gegevens)
        except (KeyError, ValueError, TypeError):
            logger.warning("a message of the SMS provider could not be read")
            return HttpResponse(status=400)
        return HttpResponse(status=204)

    return haak


def _ontvangst(dienst: Smsdienst, gegevens: Mapping[str, Any]) -> None:
    ontvangen = dienst.lees_ontvangst(gegevens)
    uitkomst = sms_ontvangen(nummer=lees_nummer(ontvangen.nummer), tekst=ontvangen.tekst, nu=clock.nu())
    logger.info("an SMS came in: %s", uitkomst)


def _bezorging(dienst: Smsdienst, gegevens: Mapping[str, Any]) -> None:
    melding = dienst.lees_bezorging(gegevens)
    bezorging_melden(sleutel=melding.sleutel, bezorgd=melding.bezorgd, nu=clock.nu())


ontvangst = _haak(_ontvangst)
bezorging = _haak(_bezorging)

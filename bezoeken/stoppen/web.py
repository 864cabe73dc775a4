"""The page behind the stop link: a GET only shows, a POST stops. Open to who has the link, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bezoeken.stoppen.services import Wens, stoppen_via_link, wensen
from bezoeken.stoppen.woorden import WOORDEN
from notifications.sjablonen import VAN_RECHTS
from notifications.stoplinks import lees_stoptoken
from ooievaar.platform import audit, clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.bereik import gezinsbereik


# A mailbox's own stop button POSTs without our cookie (RFC 8058); the signed link is what allows it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stoppen(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing about the family is shown: the page is the same for everybody but for its language."""
    gelezen = lees_stoptoken(token)
    if gelezen is None:
        raise Http404
    gezin_id, kanaal, doel = gelezen
    keuzes = wensen(doel)
    klaar = None
    if request.method == "POST":
        gekozen = request.POST.get("wat", "")
        klaar = wens = Wens(gekozen) if gekozen in keuzes else keuzes[0]
        try:
            with audit.namens(via="stoplink"):
                in_transactie(
                    lambda: stoppen_via_link(gezin_id=gezin_id, kanaal=kanaal, doel=doel, wens=wens, nu=clock.nu())
                )
        except NietGevonden:
            pass  # we know nothing of them any more, so nothing is sent either
    bereik = gezinsbereik([gezin_id]).get(gezin_id)
    taal = bereik.taal if bereik and bereik.taal in WOORDEN else "nl"
    context = {
        "woorden": WOORDEN[taal],
        "knoppen": _knoppen(keuzes, klaar, WOORDEN[taal], kanaal),
        "klaar": WOORDEN[taal]["klaar"][klaar] if klaar else "",
        "nederlands": WOORDEN["nl"] if taal != "nl" else None,
        "knoppen_nl": _knoppen(keuzes, klaar, WOORDEN["nl"], kanaal),
        "klaar_nl": WOORDEN["nl"]["klaar"][klaar] if klaar else "",
        "taal": taal,
        "richting": "rtl" if taal in VAN_RECHTS else "ltr",
    }
    antwoord = render(request, "stoppen/stoppen.html", context)
    antwoord["X-Robots-Tag"] = "noindex"
    antwoord["Referrer-Policy"] = "no-referrer"
    return antwoord


def _knoppen(keuzes: tuple[Wens, ...], klaar: Wens | None, woorden: dict[str, Any], kanaal: str) -> list[Any]:
    """What can (still) be chosen, as (value, text): after a smaller stop the larger one remains."""
    if klaar is Wens.ALLES:
        return []
    over = [wens for wens in keuzes if klaar is None or wens is Wens.ALLES]
    teksten = {wens: woorden["knop"][wens].replace("{kanaal}", woorden["kanalen"][kanaal]) for wens in over}
    return [(wens.value, teksten[wens]) for wens in over]

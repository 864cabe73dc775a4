"""The page behind the stop link: a GET only shows, a POST stops. Open to who has the link, in the reader's language."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bezoeken.stoppen.services import stoppen_via_link
from bezoeken.stoppen.woorden import WOORDEN
from notifications.sjablonen import VAN_RECHTS
from notifications.stoplinks import lees_stoptoken
from ooievaar.platform import audit, clock
from ooievaar.platform.errors import NietGevonden
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
    gezin_id, kanaal = gelezen
    klaar = ""
    if request.method == "POST":
        alles = request.POST.get("wat", "alles") != "kanaal"
        try:
            with audit.namens(via="stoplink"):
                stoppen_via_link(gezin_id=gezin_id, kanaal=kanaal, alles=alles, nu=clock.nu())
        except NietGevonden:
            pass  # we know nothing of them any more, so nothing is sent either
        klaar = "alles" if alles else "kanaal"
    bereik = gezinsbereik([gezin_id]).get(gezin_id)
    taal = bereik.taal if bereik and bereik.taal in WOORDEN else "nl"
    context = {
        "woorden": WOORDEN[taal],
        "nederlands": WOORDEN["nl"] if taal != "nl" else None,
        "taal": taal,
        "richting": "rtl" if taal in VAN_RECHTS else "ltr",
        "klaar": klaar,
        "kanaal": WOORDEN[taal]["kanalen"][kanaal],
        "kanaal_nl": WOORDEN["nl"]["kanalen"][kanaal],
    }
    antwoord = render(request, "stoppen/stoppen.html", context)
    antwoord["X-Robots-Tag"] = "noindex"
    antwoord["Referrer-Policy"] = "no-referrer"
    return antwoord

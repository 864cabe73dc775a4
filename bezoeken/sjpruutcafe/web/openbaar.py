"""What anybody may read: the coming cafés per wijk, to print, and the calendar behind a link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from bezoeken.sjpruutcafe import agenda
from bezoeken.sjpruutcafe.selectors.cafes import komende
from bezoeken.sjpruutcafe.services.feeds import gebied_van_feed
from ooievaar.platform import clock
from ooievaar.selectors.gebieden import alle_gebieden, gebieden_met_id

_MEESTE = 200
# A calendar drops what is no more in its feed: a café that is going on, or was last week, is still looked up.
_TERUG = timedelta(weeks=4)


@require_safe
def openbaar(request: HttpRequest) -> HttpResponse:
    """The coming cafés by wijk; `?wijk=` only one, for the notice board of a library."""
    nu = clock.nu()
    wijk = request.GET.get("wijk", "")
    gebieden = []
    wijken: dict[str, str] = {}
    for gebied in alle_gebieden():
        groepen: dict[str, list[Any]] = {}
        for cafe in komende(gebied.pk, nu=nu).filter(status="gepland")[:_MEESTE]:
            plek_wijk = cafe.plaats.wijk
            if plek_wijk:
                wijken[plek_wijk.code] = plek_wijk.naam
            if not wijk or (plek_wijk and plek_wijk.code == wijk):
                groepen.setdefault(plek_wijk.naam if plek_wijk else _("Op andere plekken"), []).append(cafe)
        if groepen:
            # Where there is no wijk comes last.
            volgorde = sorted(groepen.items(), key=lambda groep: (groep[1][0].plaats.wijk is None, groep[0]))
            gebieden.append({"gebied": gebied, "groepen": volgorde})
    context = {"gebieden": gebieden, "wijken": sorted(wijken.items(), key=lambda w: w[1]), "wijk": wijk, "nu": nu}
    return render(request, "sjpruutcafe/openbaar.html", context)


@conditional_page
@require_safe
def agendafeed(request: HttpRequest, token: str) -> HttpResponse:
    """The cafés of a Gebied for a calendar that comes to look again; no word of who comes. Unchanged: 304."""
    gebied_id: UUID | None = gebied_van_feed(token)
    if gebied_id is None:
        raise Http404
    [gebied] = gebieden_met_id([gebied_id])
    naam = _("Sjpruutcafés %(gebied)s") % {"gebied": gebied.naam}
    nu = clock.nu()
    cafes = komende(gebied_id, nu=nu, terug=_TERUG)
    antwoord = HttpResponse(agenda.als_agenda(cafes, naam=naam, nu=nu), content_type=agenda.SOORT)
    antwoord["Cache-Control"] = "private, max-age=900"
    antwoord["X-Robots-Tag"] = "noindex"
    return antwoord

"""What of the Sjop only a coordinator sees: families per wijk in a past year, and whom to ring about a recall."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bezoeken.sjop.selectors import gezinnen_van_terugroeping, per_wijk
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.web.toegang import rol_vereist
from voorraad.selectors.sjop import terugroepacties_zichtbaar_voor
from voorraad.web.basis import als_bestand

_JAREN = 5


@require_GET
@rol_vereist("coordinator")
def wijken(request: HttpRequest) -> HttpResponse:
    """How many families of each wijk got something; small numbers hidden; also as a file."""
    gebruiker: Any = request.user
    gebied = min(gebieden_met_id(gebruiker.bevoegdheid.gebied_ids("coordinator")), key=lambda g: g.code)
    jaren = [clock.vandaag().year - terug for terug in range(1, _JAREN + 1)]
    jaar = next((j for j in jaren if str(j) == request.GET.get("jaar")), jaren[0])
    samen, regels = per_wijk(gebied, jaar)
    if request.GET.get("soort") in ("csv", "xlsx"):
        kop = ("wijk", "gezinnen")
        rijen = [(r.naam or _("wijk onbekend"), r.gezinnen) for r in regels]
        return als_bestand(f"sjop-wijken-{jaar}", request.GET["soort"], kop, rijen)
    context = {"samen": samen, "regels": regels, "jaar": jaar, "jaren": jaren, "k": gebied.kleinste_cel}
    return _toon(request, "sjop/per_wijk.html", context)


@require_GET
@rol_vereist("coordinator")
def terugroepgezinnen(request: HttpRequest, id: UUID) -> HttpResponse:
    """The families, in her reach, who have something of a recalled brand and model."""
    gebruiker: Any = request.user
    actie = terugroepacties_zichtbaar_voor(gebruiker).filter(pk=id).first()
    if actie is None:
        raise NietGevonden
    context = {"actie": actie, "rijen": gezinnen_van_terugroeping(gebruiker, actie)}
    return _toon(request, "sjop/terugroepgezinnen.html", context)


def _toon(request: HttpRequest, sjabloon: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, sjabloon, {**context, "balk": settings.SJOP_MENU})

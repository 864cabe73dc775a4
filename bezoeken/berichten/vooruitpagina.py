"""Looking ahead: which reminders go tomorrow, or this week, if nothing changes until then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from bezoeken.berichten.gebied import gekozen_gebied
from bezoeken.berichten.woorden import kanaal_in_woorden, soort_in_woorden
from bezoeken.herinneren.selectors import omgevingen, standen_van
from bezoeken.herinneren.vooruitblik import Vooruitzicht, vooruitblik
from bezoeken.models import Bezoek
from ooievaar.platform import clock
from ooievaar.selectors.gezinnen import achternaam_van_kind
from ooievaar.web.toegang import rol_vereist

PER_BLADZIJDE = 50
_DAGEN = {1: _("Morgen"), 7: _("De komende 7 dagen")}
_WIE = {"gezin": _("Het gezin"), "ooievaarsmoeder": _("De Ooievaarsmoeder"), "coordinator": _("De coördinator")}


@require_GET
@rol_vereist("coordinator")
def vooruit(request: HttpRequest) -> HttpResponse:
    """Who gets what (`?dagen=1` or 7). Nothing is planned by looking."""
    gebied = gekozen_gebied(request, heel=True)
    dagen = 7 if request.GET.get("dagen") == "7" else 1
    vandaag = clock.vandaag()
    morgen = vandaag + timedelta(days=1)
    omgeving = omgevingen([gebied.id])[gebied.id]
    standen = standen_van(gebied.id, omgeving, vandaag=vandaag)
    alles = vooruitblik(standen, omgeving, morgen, vandaag + timedelta(days=dagen))
    pagina = Paginator(alles, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    gezinnen = _gezinnen(zicht.bezoek_id for zicht in pagina.object_list)
    context = {
        "gebied": gebied,
        "dagen": dagen,
        "keuzes": _DAGEN.items(),
        "morgen": morgen,
        "pagina": pagina,
        "rijen": [_rij(zicht, gezinnen) for zicht in pagina.object_list],
        "tab": "vooruit",
    }
    return render(request, "berichten/vooruit.html", context)


def _gezinnen(bezoek_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rijen = Bezoek.objects.filter(pk__in=set(bezoek_ids)).annotate(
        naam=Subquery(achternaam_van_kind(OuterRef("gezin_id"), OuterRef("geboortedatum")))
    )
    velden = rijen.values("pk", "gezin_id", "naam", wijknaam=F("wijk__naam"), moeder=F("ooievaarsmoeder__naam"))
    return {rij["pk"]: rij for rij in velden}


def _rij(zicht: Vooruitzicht, gezinnen: dict[UUID, dict[str, Any]]) -> dict[str, Any]:
    gezin = gezinnen.get(zicht.bezoek_id, {})
    wie = str(_WIE[zicht.ontvanger.value])
    if zicht.ontvanger.value == "ooievaarsmoeder" and gezin.get("moeder"):
        wie = gezin["moeder"]
    return {
        "dag": zicht.dag,
        "wat": soort_in_woorden(zicht.soort),
        "wie": wie,
        "hoe": kanaal_in_woorden(zicht.kanaal.value),
        "gezin_id": gezin.get("gezin_id"),
        "naam": gezin.get("naam") or "",
        "wijk": gezin.get("wijknaam") or "",
    }

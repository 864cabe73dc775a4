"""Looking ahead, and the work where boxes and visits do not meet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bezoeken.dozen import selectors
from bezoeken.dozen.services import doos_alsnog_boeken
from bezoeken.dozen.tekening import teken
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.toegang import rol_vereist
from voorraad.selectors import partijen_zichtbaar_voor
from voorraad.web.basis import PER_BLADZIJDE, Fouten, als_bestand, probeer, toon

_WEKEN = (8, 13, 26)


@require_GET
@rol_vereist("coordinator")
def prognose(request: HttpRequest) -> HttpResponse:
    """The weeks to come: how many boxes, and what runs short when; drawn, and as a table with the same figures."""
    gebruiker: Any = request.user
    gebieden = gebieden_met_id(gebruiker.bevoegdheid.gebied_ids("coordinator"))
    gebied = min(gebieden, key=lambda g: g.code)
    weken = next((n for n in _WEKEN if str(n) == request.GET.get("weken")), _WEKEN[0])
    gezien = selectors.prognose_voor(gebied=gebied, vandaag=clock.vandaag(), weken=weken)
    if request.GET.get("soort") in ("csv", "xlsx"):
        kop = ("week", "begin", "eind", "bekend", "verwacht", "laag", "hoog")
        rijen = [
            (w.week, w.begin.isoformat(), w.eind.isoformat(), round(w.bekend, 1), round(w.verwacht, 1), w.laag, w.hoog)
            for w in gezien.vraag
        ]
        return als_bestand("vooruitkijken", request.GET["soort"], kop, rijen)
    context = {
        "gezien": gezien,
        "tekening": teken(gezien.vraag),
        "keuzes": _WEKEN,
        "weken": weken,
        "samen": round(sum(week.verwacht for week in gezien.vraag)),
    }
    return toon(request, "dozen/prognose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def werk(request: HttpRequest) -> HttpResponse:
    """Visited without a box, and boxes without a visit."""
    gebruiker: Any = request.user
    fouten: Fouten | None = None
    if request.method == "POST":

        def doe() -> str:
            kind = selectors.bezocht_zonder_doos(gebruiker).filter(pk=_id(request.POST.get("kind", ""))).first()
            if kind is None:
                raise NietGevonden
            doos_alsnog_boeken(bezoekkind_id=kind["id"], door=gebruiker, nu=clock.nu())
            return _("De doos is geboekt.")

        uit = probeer(request, doe, "voorraad_werk")
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
    zonder = Paginator(selectors.bezocht_zonder_doos(gebruiker), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    los = list(selectors.dozen_zonder_bezoek(gebruiker)[:PER_BLADZIJDE])
    context = {"pagina": zonder, "los": selectors.met_bezoek(los, gebruiker)}
    return toon(request, "dozen/werk.html", context, fouten=fouten)


@require_GET
@rol_vereist("coordinator")
def gezinnen(request: HttpRequest, id: UUID) -> HttpResponse:
    """The families, in her reach, who got a box in which some of this lot may be."""
    gebruiker: Any = request.user
    partij = partijen_zichtbaar_voor(gebruiker).select_related("artikel").filter(pk=id).first()
    if partij is None:
        raise NietGevonden
    rijen = Paginator(selectors.gezinnen_van_terugroeping(gebruiker, id), PER_BLADZIJDE).get_page(
        request.GET.get("pagina")
    )
    lijst_ingezien(gebruiker_id=gebruiker.pk, gezin_ids=[rij["gezin_id"] for rij in rijen], nu=clock.nu())
    return toon(request, "dozen/gezinnen.html", {"partij": partij, "pagina": rijen})


def _id(tekst: str) -> UUID:
    try:
        return UUID(tekst)
    except ValueError:
        raise NietGevonden from None

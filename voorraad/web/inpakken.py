"""Packing boxes by the recipe, taking them apart, and lots with their recalls."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.web.toegang import rol_vereist
from voorraad import selectors, services
from voorraad.models import DOOS_CODE, Artikelsoort, Locatiesoort
from voorraad.web.basis import PER_BLADZIJDE, Fouten, gekozen, getal, probeer, tekst, toon
from voorraad.web.standen import zoek_partijen


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def inpakken(request: HttpRequest) -> HttpResponse:
    """The recipe with what there is of each part; pack, take apart, or write the next version."""
    if request.method == "POST":
        doe = {"inpakken": _pak_in, "uitpakken": _haal_uit_elkaar, "recept": _stel_vast}.get(
            request.POST.get("doe", "")
        )
        if doe is None:
            raise NietGevonden
        uit = probeer(request, lambda: doe(request), "voorraad_inpakken")
        if isinstance(uit, HttpResponse):
            return uit
        return _inpakpagina(request, uit)
    return _inpakpagina(request, None)


def _doos(gebruiker: Any) -> Any:
    doos = selectors.artikelen_te_boeken_door(gebruiker).filter(code=DOOS_CODE).order_by("gebied__code").first()
    if doos is None:
        raise NietGevonden
    return doos


def _inpakplekken(gebruiker: Any) -> Any:
    return selectors.locaties_te_boeken_door(gebruiker).filter(soort=Locatiesoort.MAGAZIJN)


def _inpakpagina(request: HttpRequest, fouten: Fouten | None) -> HttpResponse:
    gebruiker: Any = request.user
    doos = _doos(gebruiker)
    recept = selectors.huidige_samenstelling(doos.pk)
    plekken = list(_inpakplekken(gebruiker).filter(gebied=doos.gebied_id).order_by("naam"))
    regels = {r.artikel_id: r for r in recept.regels.all()} if recept else {}
    onderdelen = selectors.artikelen_te_boeken_door(gebruiker).filter(
        gebied=doos.gebied_id, soort=Artikelsoort.ONDERDEEL
    )
    context = {
        "doos": doos,
        "recept": recept,
        "plekken": plekken,
        "maakbaar": selectors.maakbaar(recept, plekken, clock.vandaag()) if recept else [],
        "ingepakt": selectors.ingepakte_dozen(doos.pk),
        "onderdelen": [(o, regels[o.pk].aantal if o.pk in regels else 0) for o in onderdelen.order_by("naam")],
        "ingevuld": request.POST,
    }
    return toon(request, "voorraad/inpakken.html", context, fouten=fouten)


def _pak_in(request: HttpRequest) -> str:
    gebruiker: Any = request.user
    regel = services.dozen_samenstellen(
        artikel=_doos(gebruiker),
        aantal=getal(request.POST.get("aantal", ""), "aantal"),
        plek=gekozen(_inpakplekken(gebruiker), request.POST.get("plek", ""), "plek"),
        door=gebruiker,
        nu=clock.nu(),
    )
    assert regel.partij is not None
    return ngettext(
        "%(aantal)s doos ingepakt: partij %(partij)s.", "%(aantal)s dozen ingepakt: partij %(partij)s.", regel.aantal
    ) % {"aantal": regel.aantal, "partij": regel.partij.code}


def _haal_uit_elkaar(request: HttpRequest) -> str:
    gebruiker: Any = request.user
    partij = gekozen(selectors.partijen_zichtbaar_voor(gebruiker), request.POST.get("partij", ""), "partij")
    regel = services.dozen_uit_elkaar_halen(
        artikel=_doos(gebruiker),
        partij=partij,
        aantal=getal(request.POST.get("aantal", ""), "aantal"),
        plek=gekozen(selectors.locaties_te_boeken_door(gebruiker), request.POST.get("plek", ""), "plek"),
        door=gebruiker,
        nu=clock.nu(),
    )
    return ngettext(
        "%(aantal)s doos uit elkaar gehaald. De onderdelen liggen er weer.",
        "%(aantal)s dozen uit elkaar gehaald. De onderdelen liggen er weer.",
        regel.aantal,
    ) % {"aantal": regel.aantal}


def _stel_vast(request: HttpRequest) -> str:
    gebruiker: Any = request.user
    doos = _doos(gebruiker)
    onderdelen = selectors.artikelen_te_boeken_door(gebruiker).filter(gebied=doos.gebied_id)
    regels = [
        (onderdeel, aantal)
        for onderdeel in onderdelen.filter(soort=Artikelsoort.ONDERDEEL).order_by("naam")
        if (aantal := getal(request.POST.get(f"onderdeel-{onderdeel.pk}", "") or "0", f"onderdeel-{onderdeel.pk}"))
    ]
    recept = services.samenstelling_vaststellen(artikel=doos, regels=regels, door=gebruiker, nu=clock.nu())
    return _("Versie %(nummer)s van het recept geldt voor nieuwe dozen.") % {"nummer": recept.nummer}


_DOEN = {"inpakken": _pak_in, "uitpakken": _haal_uit_elkaar, "recept": _stel_vast}


@require_http_methods(["GET", "HEAD"])
@rol_vereist("coordinator")
def partijen(request: HttpRequest) -> HttpResponse:
    """The lots, first to expire first."""
    zoek = tekst(request.GET, "zoek", 60)
    pagina = Paginator(zoek_partijen(request.user, zoek), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return toon(request, "voorraad/partijen.html", {"pagina": pagina, "zoek": zoek, "vandaag": clock.vandaag()})


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def partij(request: HttpRequest, id: UUID) -> HttpResponse:
    """One lot: where it is, what it went into, and recalling it."""
    gebruiker: Any = request.user
    rij = selectors.partijen_zichtbaar_voor(gebruiker).select_related("artikel").filter(pk=id).first()
    if rij is None:
        raise NietGevonden
    fouten: Fouten | None = None
    if request.method == "POST":

        def doe() -> str:
            if request.POST.get("doe") == "intrekken":
                services.terugroepen_intrekken(partij=rij)
                return _("Deze partij mag weer uitgaan.")
            reden = tekst(request.POST, "reden", 200) or _("teruggeroepen")
            zonder = services.partij_terugroepen(partij=rij, reden=reden, nu=clock.nu())
            return ngettext(
                "Teruggeroepen. %(aantal)s bezoek mist nu zijn beloofde doos.",
                "Teruggeroepen. %(aantal)s bezoeken missen nu hun beloofde doos.",
                len(zonder),
            ) % {"aantal": len(zonder)}

        uit = probeer(request, doe, "voorraad_partij", id)
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
    context = {"partij": rij, "gevonden": selectors.terugroeping(rij.pk)}
    return toon(request, "voorraad/partij.html", context, fouten=fouten)

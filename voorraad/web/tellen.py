"""Counting on a page: begin, write down, establish."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.web.toegang import rol_vereist
from voorraad import selectors, services
from voorraad.models import Artikel, Telling, Verschilreden
from voorraad.web.basis import PER_BLADZIJDE, Fouten, gekozen, getal, probeer, tekst, toon


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator", "sjop")
def tellingen(request: HttpRequest) -> HttpResponse:
    """The counts, and a form to begin one."""
    gebruiker: Any = request.user
    fouten: Fouten | None = None
    if request.method == "POST":
        nieuw: list[Telling] = []

        def doe() -> str:
            plek = gekozen(selectors.locaties_te_boeken_door(gebruiker), request.POST.get("locatie", ""), "locatie")
            alles = selectors.artikelen_te_boeken_door(gebruiker)
            # Nothing ticked is everything: a count of a few things is what has to be asked for.
            enkele = [gekozen(alles, waarde, "artikel") for waarde in request.POST.getlist("artikel")]
            blind = request.POST.get("blind") == "on"
            nieuw.append(
                services.telling_beginnen(
                    locatie=plek, artikelen=enkele or None, blind=blind, door=gebruiker, nu=clock.nu()
                )
            )
            return _("De telling is begonnen.")

        uit = probeer(request, doe, "voorraad_tellingen")
        if isinstance(uit, HttpResponse):
            return redirect("voorraad_telling", nieuw[-1].pk)
        fouten = uit
    rijen = selectors.tellingen_zichtbaar_voor(gebruiker).select_related("locatie").order_by("-begonnen_op", "id")
    plekken = selectors.locaties_te_boeken_door(gebruiker).order_by("naam")
    context = {
        "pagina": Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina")),
        "plekken": [plek for plek in plekken if plek.binnen],
        "artikelen": selectors.artikelen_te_boeken_door(gebruiker).order_by("naam"),
        "aangevinkt": request.POST.getlist("artikel"),
    }
    return toon(request, "voorraad/tellingen.html", context, fouten=fouten)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator", "sjop")
def telling(request: HttpRequest, id: UUID) -> HttpResponse:
    """One count: fill in what was counted; an empty field is not counted, and not zero."""
    gebruiker: Any = request.user
    rij = selectors.tellingen_zichtbaar_voor(gebruiker).select_related("locatie").filter(pk=id).first()
    if rij is None:
        raise NietGevonden
    fouten: Fouten | None = None
    if request.method == "POST":
        uit = probeer(request, lambda: _verwerk(request, rij), "voorraad_telling", id)
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
        rij.refresh_from_db()
    context = {
        "telling": rij,
        "regels": [
            (regel, next((t for t in regel.tellers if t.teller_id == gebruiker.pk), None))
            for regel in selectors.tellijst(rij, gebruiker)
        ],
        "toon": not (rij.blind and rij.status == Telling.Status.OPEN),
        "redenen": Verschilreden.choices,
        "artikelen": _te_vinden(rij, gebruiker) if rij.status == Telling.Status.OPEN else [],
        "ingevuld": request.POST if fouten else {},
    }
    return toon(request, "voorraad/telling.html", context, fouten=fouten)


def _te_vinden(rij: Telling, gebruiker: Any) -> QuerySet[Artikel]:
    """What may turn up in this count without being on its list."""
    artikelen = selectors.artikelen_te_boeken_door(gebruiker).order_by("naam")
    return artikelen if rij.volledig else artikelen.filter(pk__in=rij.artikelen.all())


def _gevonden(request: HttpRequest, rij: Telling) -> str:
    """Something lies there that the books do not know of here. Its lot is named as it stands on the box."""
    gebruiker: Any = request.user
    artikel = gekozen(_te_vinden(rij, gebruiker), request.POST.get("artikel", ""), "artikel")
    partij, code = None, tekst(request.POST, "partij", 60)
    if code:
        partij = selectors.partijen_zichtbaar_voor(gebruiker).filter(artikel=artikel, code__iexact=code).first()
        if partij is None:
            raise Ongeldig([("partij", "onbekend", _("Deze partij kennen wij niet. Laat het vakje anders leeg."))])
    services.tellen(
        telling_id=rij.pk,
        artikel=artikel,
        partij=partij,
        geteld=getal(request.POST.get("geteld", "").strip(), "geteld"),
        reden=Verschilreden.GEVONDEN,
        door=gebruiker,
        nu=clock.nu(),
    )
    return _("Bewaard: %(naam)s staat nu op de lijst.") % {"naam": artikel.naam}


def _verwerk(request: HttpRequest, rij: Telling) -> str:
    """Everything that was filled in first; then, when that was asked, establish or stop."""
    gebruiker: Any = request.user
    if request.POST.get("doe") == "gevonden":
        return _gevonden(request, rij)
    if request.POST.get("doe") == "stoppen":
        services.telling_annuleren(telling_id=rij.pk, door=gebruiker, nu=clock.nu())
        return _("De telling is gestopt. Er is niets geboekt.")
    geteld = 0
    for regel in selectors.tellijst(rij, gebruiker):
        naam = regel.sleutel
        waarde, reden = request.POST.get(f"geteld-{naam}", "").strip(), request.POST.get(f"reden-{naam}", "")
        eigen = next((t for t in regel.tellers if t.teller_id == gebruiker.pk), None)
        if not waarde or (eigen and (str(eigen.geteld), eigen.reden) == (waarde, reden)):
            continue
        services.tellen(
            telling_id=rij.pk,
            artikel=selectors.artikelen_te_boeken_door(gebruiker).get(pk=regel.artikel_id),
            partij=selectors.partijen_zichtbaar_voor(gebruiker).get(pk=regel.partij_id) if regel.partij_id else None,
            geteld=getal(waarde, f"geteld-{naam}"),
            reden=reden if reden in Verschilreden.values else "",
            door=gebruiker,
            nu=clock.nu(),
        )
        geteld += 1
    if request.POST.get("doe") == "vaststellen":
        uit = services.telling_vaststellen(telling_id=rij.pk, door=gebruiker, nu=clock.nu())
        return _("Vastgesteld. Geboekte verschillen: %(aantal)s. Beloften die vervielen: %(los)s.") % {
            "aantal": len(uit.correcties),
            "los": len(uit.zonder_doos),
        }
    return ngettext("Bewaard: %(aantal)s regel.", "Bewaard: %(aantal)s regels.", geteld) % {"aantal": geteld}

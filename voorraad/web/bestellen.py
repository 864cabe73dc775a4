"""What is under way: order, say that it came in (with its lot), or that it does not come; and closing the books."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.selectors.gebieden import gebied_van_coordinator
from ooievaar.web.toegang import rol_vereist
from voorraad import selectors, services
from voorraad.models import Artikel, Bestelling, Locatiesoort, Partij
from voorraad.web.basis import Fouten, gekozen, getal, probeer, tekst, toon, wie

GESCHIEDENIS = 25  # orders that are over, and closings, as many as fit a screen


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def bestellingen(request: HttpRequest) -> HttpResponse:
    """The orders that are under way, first to come first, with a form to write down another."""
    if request.method == "POST":
        uit = probeer(request, lambda: _bestel(request), "voorraad_bestellingen")
        return uit if isinstance(uit, HttpResponse) else _bestelpagina(request, uit)
    return _bestelpagina(request, None)


@require_http_methods(["POST"])
@rol_vereist("coordinator")
def bestelling(request: HttpRequest, id: UUID) -> HttpResponse:
    """It came in, or it does not come."""
    if not selectors.bestellingen_zichtbaar_voor(wie(request)).filter(pk=id).exists():
        raise NietGevonden

    def doe() -> str:
        if request.POST.get("doe") == "annuleren":
            services.bestelling_annuleren(bestelling_id=id)
            return _("Deze bestelling komt niet. Vooruitkijken rekent er niet meer mee.")
        return _ontvang(request, id)

    uit = probeer(request, doe, "voorraad_bestellingen")
    return uit if isinstance(uit, HttpResponse) else _bestelpagina(request, uit)


def _magazijnen(gebruiker: Any) -> Any:
    return selectors.locaties_te_boeken_door(gebruiker).filter(soort=Locatiesoort.MAGAZIJN).order_by("naam")


def _bestelpagina(request: HttpRequest, fouten: Fouten | None) -> HttpResponse:
    gebruiker = wie(request)
    alle = selectors.bestellingen_zichtbaar_voor(gebruiker).select_related("artikel")
    context = {
        "open": alle.filter(status=Bestelling.Status.OPEN).order_by("verwacht_op", "id"),
        "voorbij": alle.exclude(status=Bestelling.Status.OPEN).order_by("-gewijzigd_op", "id")[:GESCHIEDENIS],
        "artikelen": selectors.artikelen_te_boeken_door(gebruiker).order_by("naam"),
        "magazijnen": _magazijnen(gebruiker),
        "vandaag": clock.vandaag(),
        "ingevuld": request.POST,
    }
    return toon(request, "voorraad/bestellingen.html", context, fouten=fouten)


def _bestel(request: HttpRequest) -> str:
    gebruiker, data = wie(request), request.POST
    rij = services.bestellen(
        artikel=gekozen(selectors.artikelen_te_boeken_door(gebruiker), data.get("artikel", ""), "artikel"),
        aantal=getal(data.get("aantal", ""), "aantal"),
        verwacht_op=_dag(data.get("verwachtOp", ""), "verwachtOp"),
        kenmerk=tekst(data, "kenmerk", 60),
        nu=clock.nu(),
    )
    return _("Genoteerd: %(aantal)s van %(artikel)s komen eraan.") % {"aantal": rij.aantal, "artikel": rij.artikel.naam}


def _ontvang(request: HttpRequest, id: UUID) -> str:
    gebruiker, data = wie(request), request.POST
    artikel = selectors.bestellingen_zichtbaar_voor(gebruiker).select_related("artikel").get(pk=id).artikel
    rij = services.bestelling_ontvangen(
        bestelling_id=id,
        naar=gekozen(_magazijnen(gebruiker), data.get("naar", ""), "naar"),
        partij=partij_van(gebruiker, artikel, tekst(data, "partij", 60), data.get("houdbaarTot", "")),
        aantal=getal(data.get("aantal", ""), "aantal"),
        door=gebruiker,
        nu=clock.nu(),
    )
    return _("%(artikel)s is binnen en ligt nu in de voorraad.") % {"artikel": rij.artikel.naam}


def partij_van(gebruiker: Any, artikel: Artikel, code: str, houdbaar_tot: str) -> Partij | None:
    """The lot with the code that stands on the box, made if it is new; None for no code. Raises Ongeldig.

    A lot has one best-before date: a code that is known with another date is a slip of the pen, or another lot.
    """
    code = code.strip()[:60]
    dag = _dag(houdbaar_tot, "houdbaarTot") if houdbaar_tot else None
    if not code:
        if dag:
            raise Ongeldig([("partij", "verplicht", _("Bij een datum hoort de code van de partij."))])
        return None
    bestaand = selectors.partijen_zichtbaar_voor(gebruiker).filter(artikel=artikel, code__iexact=code).first()
    if bestaand is None:
        return services.partij_toevoegen(artikel=artikel, code=code, houdbaar_tot=dag)
    if dag and dag != bestaand.houdbaar_tot:
        reden = _("Deze partij kennen wij al, met een andere datum. Kijk nog eens op de doos.")
        raise Ongeldig([("houdbaarTot", "andereDatum", reden)])
    return bestaand


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def sluiten(request: HttpRequest) -> HttpResponse:
    """Up to which day the books are closed, and closing a further part. Asked twice, because it is not undone."""
    gebruiker = wie(request)
    fouten: Fouten | None = None
    if request.method == "POST":

        def doe() -> str:
            dag = _dag(request.POST.get("totEnMet", ""), "totEnMet")
            if request.POST.get("zeker") != "ja":
                raise Ongeldig([("zeker", "verplicht", _("Weet u het zeker? Vink het aan: sluiten gaat niet terug."))])
            # Never a guess: what is closed in the wrong area stays closed.
            gebied_id = gebied_van_coordinator(gebruiker, request.POST.get("gebied"))
            services.periode_sluiten(gebied_id=gebied_id, tot_en_met=dag, door=gebruiker, nu=clock.nu())
            return _("De boeken zijn gesloten tot en met %(dag)s.") % {"dag": f"{dag:%d-%m-%Y}"}

        uit = probeer(request, doe, "voorraad_sluiten")
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
    sluitingen = selectors.sluitingen_zichtbaar_voor(gebruiker).select_related("door").order_by("-tot_en_met", "id")
    gebieden = sorted({b.gebied_code for b in gebruiker.bevoegdheid.bereiken if b.rol == "coordinator"})
    context = {"sluitingen": sluitingen[:GESCHIEDENIS], "gebieden": gebieden, "ingevuld": request.POST}
    return toon(request, "voorraad/sluiten.html", context, fouten=fouten)


def _dag(waarde: str, naam: str) -> date:
    try:
        return date.fromisoformat(waarde)
    except ValueError:
        raise Ongeldig([(naam, "ongeldig", _("Vul een dag in, bijvoorbeeld 2026-12-24."))]) from None

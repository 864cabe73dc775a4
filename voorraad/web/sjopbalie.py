"""The counter of the Sjop, for a tablet and a phone, without a script: take in, hand out, take back.

A scanner is a keyboard: it types a label's code into the field that has the focus and presses Enter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.web.toegang import rol_vereist
from voorraad.models import Afkeurreden, Bruikleen, Inbreng, Seizoen, Sjopcategorie, Staat
from voorraad.selectors import sjop as selectors
from voorraad.services import sjop
from voorraad.sjopregels import MATEN
from voorraad.web.basis import PER_BLADZIJDE, Fouten, gekozen, getal, probeer, wie

_CODES = re.compile(r"[^0-9A-Za-z-]+")


def toon(request: HttpRequest, sjabloon: str, context: dict[str, Any], *, fouten: Fouten | None = None) -> HttpResponse:
    """A page with the bar of the Sjop; with refusals it is a 409 that shows them first."""
    return render(
        request, sjabloon, {**context, "balk": settings.SJOP_MENU, "fouten": fouten}, status=409 if fouten else 200
    )


@require_GET
@rol_vereist("sjop", "coordinator")
def balie(request: HttpRequest) -> HttpResponse:
    """What is there to do, and one field for every code: a label opens its piece, a pass its family."""
    gebruiker = wie(request)
    code = request.GET.get("code", "").strip().upper()
    if code:
        if pas := selectors.passen_zichtbaar_voor(gebruiker).filter(code=code).first():
            return redirect("sjop_pas", pas.pk)
        if stuk := selectors.inbrengen_zichtbaar_voor(gebruiker).filter(partij__code=code).first():
            return redirect("sjop_stuk", stuk.pk)
    nu = clock.nu()
    afspraken = selectors.afspraken_zichtbaar_voor(gebruiker).filter(vervallen_op__isnull=True, eind__gt=nu)
    context = {
        "onbekend": code,
        "wacht": selectors.inbrengen_zichtbaar_voor(gebruiker).filter(status="quarantaine", ligt__gt=0).count(),
        "klaar": selectors.aanvragen_zichtbaar_voor(gebruiker).filter(status="toegezegd").count(),
        "laat": selectors.bruiklenen_zichtbaar_voor(gebruiker)
        .filter(status="uitgeleend", terug_op__lt=clock.vandaag())
        .count(),
        "afspraken": afspraken[:8],
    }
    return toon(request, "sjop/balie.html", context)


# Taking in -----------------------------------------------------------------------------------
@require_GET
@rol_vereist("sjop", "coordinator")
def innemen(request: HttpRequest) -> HttpResponse:
    """What is it? One tile for each kind of goods."""
    soorten = selectors.categorieen_zichtbaar_voor(wie(request)).filter(actief=True)
    return toon(request, "sjop/innemen.html", {"soorten": soorten})


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("sjop", "coordinator")
def innemen_van(request: HttpRequest, id: UUID) -> HttpResponse:
    """How is it? At most four fields for what is common; afterwards the same form, for the next one of the bag."""
    soort = selectors.categorieen_zichtbaar_voor(wie(request)).filter(pk=id, actief=True).first()
    if soort is None:
        raise NietGevonden
    fouten: Fouten | None = None
    if request.method == "POST":
        uit = probeer(request, lambda: _neem_in(request, soort), "sjop_innemen_van", id)
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
    laatste = None
    if (code := request.session.pop("sjop_laatste", "")) and not fouten:
        laatste = selectors.inbrengen_zichtbaar_voor(wie(request)).filter(partij__code=code).first()
    context = {
        "soort": soort,
        "maten": MATEN[soort.maatsoort],
        "seizoenen": Seizoen.choices if soort.vraagt_seizoen else (),
        "staten": Staat.choices,
        "redenen": Afkeurreden.choices,
        "ingevuld": request.POST,
        "laatste": laatste,
        "sleutel": request.POST.get("sleutel") or uuid4(),
    }
    return toon(request, "sjop/innemen_van.html", context, fouten=fouten)


def _neem_in(request: HttpRequest, soort: Sjopcategorie) -> str:
    data = request.POST
    inbreng = sjop.inbreng_boeken(
        categorie=soort,
        goed=sjop.Goed(
            staat=data.get("staat", ""),
            maat=(data.get("andere_maat", "").strip() or data.get("maat", ""))[:20],
            seizoen=data.get("seizoen", ""),
            aantal=getal(data.get("aantal") or "1", "aantal"),
            nieuw=data.get("nieuw") == "on",
            ongeopend=data.get("ongeopend") == "on",
            houdbaar_tot=_dag(data.get("houdbaarTot", ""), "houdbaarTot"),
            merk=data.get("merk", "").strip()[:60],
            model=data.get("model", "").strip()[:60],
            omschrijving=data.get("omschrijving", "").strip()[:80],
            donor=data.get("donor", "").strip()[:80],
            afkeurreden=data.get("afkeurreden", "") if data.get("staat") == Staat.AFGEKEURD else "",
        ),
        door=wie(request),
        nu=clock.nu(),
        sleutel=_sleutel(data.get("sleutel", "")),
    )
    request.session["sjop_laatste"] = inbreng.partij.code
    waarheen = {
        Inbreng.Status.VRIJ: _("Leg het op het schap."),
        Inbreng.Status.QUARANTAINE: _("Leg het bij de spullen die wachten op controle."),
        Inbreng.Status.AFGEKEURD: _("Gooi het weg."),
    }
    woorden = {"naam": soort.artikel.naam, "code": inbreng.partij.code, "waarheen": waarheen[inbreng.status]}  # type: ignore[index]
    return _("Ingenomen: %(naam)s, label %(code)s. %(waarheen)s") % woorden


def _sleutel(tekst: str) -> str | None:
    """The id that the form was sent with: pressing twice takes in once."""
    try:
        return str(UUID(tekst))
    except ValueError:
        return None


def _dag(tekst: str, naam: str) -> date | None:
    if not tekst:
        return None
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise Ongeldig([(naam, "ongeldig", _("Vul een datum in."))]) from None


# Pieces --------------------------------------------------------------------------------------
@require_GET
@rol_vereist("sjop", "coordinator")
def stukken(request: HttpRequest) -> HttpResponse:
    """What lies here, newest first; by status and by kind."""
    gebruiker = wie(request)
    status, soort = request.GET.get("status", ""), request.GET.get("categorie", "")
    rijen = selectors.inbrengen_zichtbaar_voor(gebruiker).filter(Q(ligt__gt=0))
    if status in Inbreng.Status.values:
        rijen = rijen.filter(status=status)
    try:
        rijen = rijen.filter(categorie=UUID(soort))
    except ValueError:
        soort = ""
    context = {
        "pagina": Paginator(rijen.order_by("-ingebracht_op", "id"), PER_BLADZIJDE).get_page(request.GET.get("pagina")),
        "statussen": [k for k in Inbreng.Status.choices if k[0] != Inbreng.Status.AFGEKEURD],
        "status": status,
        "soorten": selectors.categorieen_zichtbaar_voor(gebruiker),
        "soort": soort,
    }
    return toon(request, "sjop/stukken.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("sjop", "coordinator")
def stuk(request: HttpRequest, id: UUID) -> HttpResponse:
    """One piece: its check, throwing it away, undoing a slip; and who has it, when it is on loan."""
    rij = selectors.inbrengen_zichtbaar_voor(wie(request)).filter(pk=id).first()
    if rij is None:
        raise NietGevonden
    fouten: Fouten | None = None
    if request.method == "POST":
        uit = probeer(request, lambda: _doe_met(request, rij), "sjop_stuk", id)
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
        rij.refresh_from_db()
    context = {
        "stuk": rij,
        "redenen": Afkeurreden.choices,
        "lening": selectors.bruiklenen_zichtbaar_voor(wie(request)).filter(inbreng=rij, status="uitgeleend").first(),
        "te_keuren": rij.status in (Inbreng.Status.QUARANTAINE, Inbreng.Status.GEBLOKKEERD) and rij.ligt,
    }
    return toon(request, "sjop/stuk.html", context, fouten=fouten)


def _doe_met(request: HttpRequest, rij: Inbreng) -> str:
    data, wat = request.POST, {"inbreng_id": rij.pk, "door": wie(request), "nu": clock.nu()}
    match data.get("doe"):
        case "goedkeuren":
            sjop.inbreng_goedkeuren(afgevinkt=data.getlist("punt"), **wat)
            return _("Nagekeken. Leg %(code)s op het schap.") % {"code": rij.partij.code}
        case "afkeuren":
            aantal = data.get("aantal", "")
            sjop.inbreng_afkeuren(
                reden=data.get("reden", ""), aantal=getal(aantal, "aantal") if aantal else None, **wat
            )
            return _("Afgekeurd. Gooi het weg.")
        case "vergissing":
            sjop.inbreng_terugdraaien(**wat)
            return _("Teruggedraaid. Haal het label eraf.")
    raise NietGevonden


# Families at the counter ---------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("sjop", "coordinator")
def pas(request: HttpRequest, id: UUID) -> HttpResponse:
    """One family, as far as the Sjop knows it: what lies ready, what it may get, hand out, ask, appoint."""
    gebruiker = wie(request)
    rij = selectors.passen_zichtbaar_voor(gebruiker).filter(pk=id).first()
    if rij is None:
        raise NietGevonden
    fouten: Fouten | None = None
    if request.method == "POST":
        uit = probeer(request, lambda: _voor_gezin(request, rij), "sjop_pas", id)
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
    nu = clock.nu()
    geldig = rij.gestopt_op is None and rij.geldig_tot >= clock.vandaag()
    context = {
        "pas": rij,
        "geldig": geldig,
        "recht": selectors.recht_voor(rij, nu),
        "maten": selectors.maten_van(rij),
        "aanvragen": selectors.aanvragen_zichtbaar_voor(gebruiker)
        .filter(pas=rij, beeindigd_op__isnull=True)
        .order_by("aangevraagd_op", "id")[:PER_BLADZIJDE],
        "leningen": selectors.bruiklenen_zichtbaar_voor(gebruiker)
        .filter(uitgifte__pas=rij, status="uitgeleend")
        .order_by("terug_op", "id"),
        "afspraak": rij.afspraken.filter(vervallen_op__isnull=True, eind__gt=nu).order_by("begin").first(),
        "soorten": selectors.categorieen_zichtbaar_voor(gebruiker).filter(actief=True, artikel__geblokkeerd=False),
        "seizoenen": Seizoen.choices,
        "ingevuld": request.POST,
        "sleutel": request.POST.get("sleutel") or uuid4(),
    }
    return toon(request, "sjop/pas.html", context, fouten=fouten)


def _voor_gezin(request: HttpRequest, rij: Any) -> str:
    data, nu = request.POST, clock.nu()
    match data.get("doe"):
        case "geven":
            return _geef_mee(request, rij)
        case "vragen":
            soort = gekozen(selectors.categorieen_zichtbaar_voor(wie(request)), data.get("categorie", ""), "categorie")
            sjop.aanvraag_doen(
                pas_id=rij.pk, categorie=soort, maat=data.get("maat", "").strip()[:20],
                seizoen=data.get("seizoen", ""), aantal=getal(data.get("aantal") or "1", "aantal"), nu=nu,
            )  # fmt: skip
            if sjop.wachtlijst_bijwerken(gebied_id=rij.gebied_id, nu=nu):
                return _("Het ligt er. U kunt het meegeven.")
            return _("Het staat op de wachtlijst.")
        case "annuleren":
            aanvraag = gekozen(selectors.aanvragen_zichtbaar_voor(wie(request)), data.get("aanvraag", ""), "aanvraag")
            sjop.aanvraag_annuleren(aanvraag_id=aanvraag.pk, nu=nu)
            return _("Deze aanvraag is klaar.")
        case "afzeggen":
            sjop.afspraak_afzeggen(pas_id=rij.pk, nu=nu)
            return _("De afspraak is afgezegd.")
        case _:
            raise NietGevonden


def _geef_mee(request: HttpRequest, rij: Any) -> str:
    """What was ticked and what was scanned, together: all or nothing."""
    zichtbaar = selectors.inbrengen_zichtbaar_voor(wie(request))
    keuzes = []
    for aanvraag_id in request.POST.getlist("klaar"):
        aanvraag = gekozen(selectors.aanvragen_zichtbaar_voor(wie(request)), aanvraag_id, "klaar")
        if aanvraag.inbreng_id:
            keuzes.append(sjop.Keuze(aanvraag.inbreng_id, aanvraag.aantal))
    for code in filter(None, _CODES.split(request.POST.get("codes", "").upper())):
        stuk = zichtbaar.filter(partij__code=code).first()
        if stuk is None:
            raise Ongeldig([("codes", "onbekend", _("Label %(code)s kennen we niet.") % {"code": code[:20]})])
        keuzes.append(sjop.Keuze(stuk.pk))
    gegeven = sjop.uitgeven(
        pas_id=rij.pk,
        keuzes=keuzes,
        door=wie(request),
        nu=clock.nu(),
        sleutel=_sleutel(request.POST.get("sleutel", "")),
    )
    return _("Meegegeven: %(aantal)s. Het ligt niet meer op het schap.") % {"aantal": sum(u.aantal for u in gegeven)}


# Coming back ---------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("sjop", "coordinator")
def bruiklenen(request: HttpRequest) -> HttpResponse:
    """What is on loan, first due first; a scanned label takes it back at once."""
    fouten: Fouten | None = None
    if request.method == "POST":
        uit = probeer(request, lambda: _met_lening(request), "sjop_bruiklenen")
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
    rijen = selectors.bruiklenen_zichtbaar_voor(wie(request)).filter(status=Bruikleen.Status.UITGELEEND)
    context = {
        "pagina": Paginator(rijen.order_by("terug_op", "id"), PER_BLADZIJDE).get_page(request.GET.get("pagina")),
        "vandaag": clock.vandaag(),
        "redenen": Afkeurreden.choices,
        "ingevuld": request.POST,
    }
    return toon(request, "sjop/bruiklenen.html", context, fouten=fouten)


def _met_lening(request: HttpRequest) -> str:
    data, nu = request.POST, clock.nu()
    rijen = selectors.bruiklenen_zichtbaar_voor(wie(request))
    if code := data.get("code", "").strip().upper():
        lening = rijen.filter(inbreng__partij__code=code).exclude(status=Bruikleen.Status.TERUG).first()
        if lening is None:
            raise Ongeldig([("code", "onbekend", _("Label %(code)s is niet uitgeleend.") % {"code": code[:20]})])
    else:
        lening = gekozen(rijen, data.get("lening", ""), "code")
    doen: dict[str, Callable[[], str]] = {
        "terug": lambda: _neem_terug(lening, request, nu),
        "langer": lambda: _verleng(lening, nu),
        "verloren": lambda: _verloren(lening, nu),
    }
    if (doe := doen.get(data.get("doe", ""))) is None:
        raise NietGevonden
    return doe()


def _neem_terug(lening: Bruikleen, request: HttpRequest, nu: Any) -> str:
    reden = request.POST.get("afkeurreden", "")
    sjop.bruikleen_terugnemen(bruikleen_id=lening.pk, door=wie(request), nu=nu, afkeurreden=reden)
    if reden:
        return _("Terug en afgekeurd. Gooi het weg.")
    return _("Terug: %(naam)s. Leg het bij de spullen die wachten op controle.") % {
        "naam": lening.inbreng.categorie.artikel.naam
    }


def _verleng(lening: Bruikleen, nu: Any) -> str:
    weer = sjop.bruikleen_verlengen(bruikleen_id=lening.pk, nu=nu)
    return _("Verlengd tot en met %(dag)s.") % {"dag": f"{weer.terug_op:%d-%m-%Y}"}


def _verloren(lening: Bruikleen, nu: Any) -> str:
    sjop.bruikleen_verloren(bruikleen_id=lening.pk, nu=nu)
    return _("Genoteerd. Het gezin betaalt niets.")

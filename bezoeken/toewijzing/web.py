"""The coordinator's pages: visits by urgency, and "Geef aan…". They work without JavaScript."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from bezoeken.kraambezoek.selectors import LOPEND, in_fase
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen
from bezoeken.models import Bezoek
from bezoeken.toestand import Status
from bezoeken.toewijzing.bladzijde import STATUSSEN, Rij, rij_uit
from bezoeken.toewijzing.selectors import bezoeken_van_coordinator, bezoekrijen, toewijsfeiten
from bezoeken.toewijzing.services import toewijzen
from bezoeken.toewijzing.woorden import BEZWAREN, in_woorden
from bezoeken.venster import Fase
from ooievaar.platform import clock
from ooievaar.platform.errors import Fout, NietGevonden, Ongeldig
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.ooievaarsmoeders import ooievaarsmoeders_van_coordinator
from ooievaar.selectors.wijken import wijken_zichtbaar_voor
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.formulieren import controleer_versie
from ooievaar.web.toegang import rol_vereist

PER_BLADZIJDE = 20
# The pages with a link to give a visit, by their name, and how to go back to them.
_TERUG = {
    "bezoeken": gettext_lazy("Terug naar de bezoeken"),
    "planbord": gettext_lazy("Terug naar het planbord"),
    "gezin": gettext_lazy("Terug naar het gezin"),
}
_KORTE_LIJST = 5
_FASEN = {
    Fase.VERLOPEN: gettext_lazy("Verlopen"),
    Fase.TE_LAAT: gettext_lazy("Te laat"),
    Fase.IN_VENSTER: gettext_lazy("In het venster"),
    Fase.VOORBEREIDEN: gettext_lazy("Voorbereiden"),
    Fase.WACHTEN: gettext_lazy("Nog wachten"),
}


class Zeef(forms.Form):
    """What to show, kept in the URL; what is not a choice is left out with a word about it."""

    status = forms.ChoiceField(label="Status", required=False)
    fase = forms.ChoiceField(label="Wanneer", required=False)
    wijk = forms.ChoiceField(label="Wijk", required=False)
    ooievaarsmoeder = forms.ChoiceField(label="Ooievaarsmoeder", required=False)

    def __init__(self, *args: Any, gebruiker: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wijken = wijken_zichtbaar_voor(gebruiker)
        moeders = ooievaarsmoeders_van_coordinator(gebruiker).order_by("naam", "id")
        self._kies("status", [(s, STATUSSEN[s]) for s in LOPEND], "Alle open bezoeken")
        self._kies("fase", [(f.value, tekst) for f, tekst in _FASEN.items()], "Altijd")
        self._kies("wijk", wijken.order_by("naam").values_list("code", "naam"), "Alle wijken")
        self._kies("ooievaarsmoeder", ((str(pk), naam) for pk, naam in moeders.values_list("pk", "naam")), "Iedereen")

    def _kies(self, veld: str, keuzes: Any, alles: str) -> None:
        self.fields[veld].choices = [("", alles), *keuzes]  # type: ignore[attr-defined]

    def zeef(self, bezoeken: QuerySet[Bezoek], gebruiker: Any) -> QuerySet[Bezoek]:
        """The visits that remain; a filter with a fault does nothing (its field says so)."""
        self.is_valid()
        gekozen = self.cleaned_data
        voorwaarde = Q(status=gekozen["status"]) if gekozen.get("status") else Q(status__in=LOPEND)
        if gekozen.get("wijk"):
            voorwaarde &= Q(wijk__code=gekozen["wijk"])
        if gekozen.get("ooievaarsmoeder"):
            voorwaarde &= Q(ooievaarsmoeder_id=gekozen["ooievaarsmoeder"])
        bezoeken = bezoeken.filter(voorwaarde)
        if gekozen.get("fase"):
            gebied_ids = gebruiker.bevoegdheid.gebied_ids("coordinator")
            bezoeken = in_fase(bezoeken, Fase(gekozen["fase"]), vandaag=clock.vandaag(), gebied_ids=gebied_ids)
        return bezoeken


def _met_voorstellen(rijen: list[Rij], *, nu: datetime) -> None:
    """The best few for each open visit, as (id, text); two queries for the whole page."""
    open_ids = [rij.id for rij in rijen if rij.status == Status.OPEN]
    feiten = toewijsfeiten(Bezoek.objects.filter(pk__in=open_ids), nu=nu)
    for rij in rijen:
        if bezoek := feiten.bezoeken.get(rij.id):
            beste = feiten.oordeel(rij.id).voorstellen[:_KORTE_LIJST]
            rij.voorstellen = [(v.moeder.id, f"{v.moeder.naam} – {' '.join(in_woorden(v, bezoek))}") for v in beste]


@require_GET
@rol_vereist("coordinator")
def bezoeken(request: HttpRequest) -> HttpResponse:
    """The open visits in her reach, the most urgent first."""
    gebruiker: Any = request.user
    nu = clock.nu()
    zeef = Zeef(request.GET, gebruiker=gebruiker)
    gezeefd = zeef.zeef(bezoeken_van_coordinator(gebruiker), gebruiker)
    pagina = Paginator(bezoekrijen(gezeefd.order_by("venster_eind", "id")), PER_BLADZIJDE).get_page(
        request.GET.get("pagina")
    )
    rijen = [rij_uit(rij, vandaag=clock.dag_van(nu)) for rij in pagina.object_list]
    lijst_ingezien(gebruiker_id=gebruiker.pk, gezin_ids=[rij.gezin_id for rij in rijen], nu=nu)
    _met_voorstellen(rijen, nu=nu)
    context = {"zeef": zeef, "pagina": pagina, "rijen": rijen, "terug": request.get_full_path()}
    return render(request, "toewijzing/bezoeken.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def geven(request: HttpRequest, bezoek_id: UUID) -> HttpResponse:
    """Everybody who may have this visit and why, who may not and why not; a refusal comes back here in words."""
    gebruiker: Any = request.user
    van_haar = bezoeken_van_coordinator(gebruiker).filter(pk=bezoek_id)
    if not van_haar.exists():
        raise NietGevonden
    terug, terug_tekst = _vandaan(request.POST.get("terug") or request.GET.get("terug", ""))
    fouten: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            naam = _geef(request, bezoek_id)
        except Ongeldig as fout:
            fouten = [("keuze", str(reden)) for _naam, _code, reden in fout.fouten]
        except NietGevonden:
            raise
        except Fout as fout:
            fouten = [("keuze", str(fout.detail))]
        else:
            messages.success(request, _("Het bezoek is nu voor %(naam)s.") % {"naam": naam})
            return redirect(terug)
    context = _keuzes(request, van_haar) | {"terug": terug, "terug_tekst": terug_tekst, "fouten": fouten}
    return render(request, "toewijzing/geven.html", context, status=409 if fouten else 200)


def _geef(request: HttpRequest, bezoek_id: UUID) -> str:
    """Assign, unless somebody changed the visit since she saw it; returns the name of the volunteer."""
    gekozen = request.POST.get("ooievaarsmoeder", "")
    try:
        moeder_id = UUID(gekozen)
    except ValueError:
        raise Ongeldig([("ooievaarsmoeder", "verplicht", _("Kies eerst een Ooievaarsmoeder."))]) from None

    def doe() -> str:
        bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
        controleer_versie(bezoek, request.POST.get("versie", ""))
        bezoek = toewijzen(
            bezoek_id=bezoek_id,
            ooievaarsmoeder_id=moeder_id,
            door=request.user,  # type: ignore[arg-type]
            nu=clock.nu(),
        )
        assert bezoek.ooievaarsmoeder is not None
        return bezoek.ooievaarsmoeder.naam

    return in_transactie(doe)


def _keuzes(request: HttpRequest, van_haar: QuerySet[Bezoek]) -> dict[str, Any]:
    nu = clock.nu()
    rij = rij_uit(bezoekrijen(van_haar).get(), vandaag=clock.dag_van(nu))
    lijst_ingezien(gebruiker_id=request.user.pk, gezin_ids=[rij.gezin_id], nu=nu)  # type: ignore[arg-type]
    feiten = toewijsfeiten(van_haar, nu=nu)
    oordeel = feiten.oordeel(rij.id)
    return {
        "rij": rij,
        "gekozen": request.POST.get("ooievaarsmoeder", ""),
        "loopt": rij.status in LOPEND,
        "voorstellen": [
            (str(v.moeder.id), v.moeder.naam, in_woorden(v, feiten.bezoeken[rij.id]))
            for v in oordeel.voorstellen
            if v.moeder.id != rij.ooievaarsmoeder_id
        ],
        "afgevallen": [(a.moeder.naam, BEZWAREN[a.bezwaar]) for a in oordeel.afgevallen],
    }


def _vandaan(gevraagd: str) -> tuple[str, Any]:
    """Where she came from, with its filters, and what the link to it says; never an address elsewhere."""
    delen = urlsplit(gevraagd)
    try:
        naam = resolve(delen.path).url_name if not (delen.scheme or delen.netloc) else None
    except Resolver404:
        naam = None
    if naam not in _TERUG:
        return reverse("bezoeken"), _TERUG["bezoeken"]
    return (f"{delen.path}?{delen.query}" if delen.query else delen.path), _TERUG[naam]

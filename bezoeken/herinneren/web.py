"""Herinneringen: what goes when, who gets what on a day, and what a change of a rule would add or drop."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from bezoeken.berichten.gebied import gekozen_gebied
from bezoeken.berichten.woorden import soort_in_woorden
from bezoeken.herinneren.selectors import omgevingen, regels_en_omgeving, regels_van, standen_van
from bezoeken.herinneren.services import regel_bewaren, regel_keuren
from bezoeken.herinneren.vooruitblik import met_regel, verschil, vooruitblik
from bezoeken.herinneren.woorden import ONTVANGERS, VOOR_AFSPRAAK, vraag_naar_dagen, wanneer
from bezoeken.herinneren.zichten import zichten_in_woorden
from bezoeken.herinneringen import Ontvanger, Regel
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.formulieren import Datumveld, Formulier, controleer_versie, invoer, probeer
from ooievaar.web.toegang import rol_vereist

# So far ahead the page shows what a change does; the newborns of later are not known yet.
WEKEN = 4
PER_BLADZIJDE = 25
_DAGEN = {1: gettext_lazy("Morgen"), 7: gettext_lazy("De komende 7 dagen")}


class Dagvraag(Formulier):
    dag = Datumveld(label=gettext_lazy("Of kies een dag"), required=False)


class Regelformulier(Formulier):
    dag = forms.IntegerField(min_value=0, max_value=400)
    tijd = forms.TimeField(
        label=gettext_lazy("Vanaf hoe laat?"),
        help_text=gettext_lazy("Leeg: zodra er die dag berichten weg mogen."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    actief = forms.BooleanField(label=gettext_lazy("Dit bericht gaat weg"), required=False)

    def __init__(self, *args: Any, soort: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dag"].label = vraag_naar_dagen(soort)


def _regel_uit(rij: Any) -> dict[str, Any]:
    return {
        "soort": rij.soort,
        "ontvanger": rij.ontvanger,
        "naam": soort_in_woorden(rij.soort),
        "wie": ONTVANGERS.get(rij.ontvanger, rij.ontvanger),
        "wanneer": wanneer(rij.soort, rij.dag, rij.tijd),
        "actief": rij.actief,
    }


@require_GET
@rol_vereist("coordinator")
def herinneringen(request: HttpRequest) -> HttpResponse:
    """What goes to whom, tomorrow, this week (`?dagen=7`) or on a day (`?dag=`), and the rules it comes from.

    Nothing is planned by looking.
    """
    gebied = gekozen_gebied(request, heel=True)
    regels, omgeving = regels_en_omgeving(gebied.id)
    vandaag = clock.vandaag()
    vraag = Dagvraag(request.GET if request.GET.get("dag") else None)
    dagen = 7 if request.GET.get("dagen") == "7" else 1
    van, tot = vandaag + timedelta(days=1), vandaag + timedelta(days=dagen)
    if vraag.is_valid():
        van = tot = vraag.cleaned_data["dag"]
        dagen = 0
    zichten = vooruitblik(standen_van(gebied.id, omgeving, vandaag=vandaag), omgeving, van, tot)
    pagina = Paginator(zichten, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    rijen = zichten_in_woorden(list(pagina.object_list))
    gezinnen = [rij["gezin_id"] for rij in rijen if rij["gezin_id"]]
    lijst_ingezien(gebruiker_id=request.user.pk, gezin_ids=gezinnen, nu=clock.nu())  # type: ignore[arg-type]
    context = {
        "gebied": gebied,
        "regels": [_regel_uit(rij) for rij in regels],
        "vraag": vraag,
        "dagen": dagen,
        "keuzes": _DAGEN.items(),
        "dag": van if van == tot else None,
        "stil": van == tot and omgeving.stil(van),
        "pagina": pagina,
        "rijen": rijen,
        "tab": "herinneringen",
    }
    return render(request, "herinneren/herinneringen.html", context)


@require_GET
@rol_vereist("coordinator")
def vooruit(request: HttpRequest) -> HttpResponse:
    """Where looking ahead used to be."""
    naar = redirect("herinneringen", permanent=True)
    naar["Location"] += f"?{request.GET.urlencode()}" if request.GET else ""
    return naar


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def herinnering(request: HttpRequest, soort: str, ontvanger: str) -> HttpResponse:
    """One rule: look first what a change would add and drop (`bekijk`), then save it."""
    keuze = gekozen_gebied(request, heel=True)
    rij = next((r for r in regels_van(keuze.id) if (r.soort, r.ontvanger) == (soort, ontvanger)), None)
    if rij is None:
        raise NietGevonden
    # Days before an appointment are stored as negative; people count them up.
    teken = -1 if soort == VOOR_AFSPRAAK else 1
    begin = {"dag": teken * rij.dag, "tijd": rij.tijd, "actief": rij.actief}
    form = Regelformulier(*invoer(request), soort=soort, initial=begin)
    context: dict[str, Any] = {"form": form, "regel": _regel_uit(rij), "gebied": request.GET.get("gebied", "")}
    # A rule that was never changed has no row yet.
    context["versie"] = request.POST.get("versie", "0" if rij._state.adding else str(rij.versie))
    if request.method == "POST" and form.is_valid():
        regel = Regel(soort, Ontvanger(ontvanger), teken * form.cleaned_data["dag"], form.cleaned_data["tijd"])
        actief = form.cleaned_data["actief"]
        (gebied,) = gebieden_met_id([keuze.id])
        if "bekijk" in request.POST:
            context["anders"] = probeer(form, lambda: _verschil(gebied, regel, actief=actief))
        elif probeer(form, lambda: _bewaar(gebied, regel, rij, request.POST.get("versie", ""), actief=actief)):
            messages.success(request, _("Bewaard. Het geldt vanaf nu."))
            naar = redirect("herinneringen")
            if context["gebied"]:
                naar["Location"] += f"?gebied={context['gebied']}"
            return naar
    return render(request, "herinneren/herinnering.html", context, status=409 if form.errors else 200)


def _bewaar(gebied: Any, regel: Regel, gezien: Any, versie: str, *, actief: bool) -> Any:
    if not gezien._state.adding:
        controleer_versie(gezien, versie)
    return regel_bewaren(gebied=gebied, regel=regel, actief=actief)


def _verschil(gebied: Any, regel: Regel, *, actief: bool) -> dict[str, Any]:
    """What the change adds and drops in the coming weeks, by day and one by one. Raises Ongeldig."""
    regel_keuren(gebied=gebied, regel=regel)
    vandaag = clock.vandaag()
    omgeving = omgevingen([gebied.pk])[gebied.pk]
    standen = standen_van(gebied.pk, omgeving, vandaag=vandaag)
    tot = vandaag + timedelta(weeks=WEKEN)
    uitkomst = verschil(standen, omgeving, met_regel(omgeving, regel, actief=actief), vandaag, tot)
    erbij, weg = Counter(z.dag for z in uitkomst.erbij), Counter(z.dag for z in uitkomst.weg)
    return {
        "erbij": len(uitkomst.erbij),
        "weg": len(uitkomst.weg),
        "tot": tot,
        "dagen": [{"dag": dag, "erbij": erbij[dag], "weg": weg[dag]} for dag in sorted({*erbij, *weg})],
    }

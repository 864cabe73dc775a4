"""The rules about inviting: look first what a change would add and drop (`bekijk`), then save it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bezoeken.berichten.gebied import gekozen_gebied
from bezoeken.models import Caferegels
from bezoeken.sjpruutcafe.selectors.regels import regels_van
from bezoeken.sjpruutcafe.services.regels import caferegels_bewaren, met_waarden, regels_keuren
from bezoeken.sjpruutcafe.services.voorstellen import verschil_van_regels
from ooievaar.platform import clock
from ooievaar.web.formulieren import Formulier, controleer_versie, invoer, probeer
from ooievaar.web.toegang import rol_vereist

# So far ahead the page shows what a change does.
WEKEN = 4


def _getal(label: Any, meest: int, hulp: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=hulp, min_value=0, max_value=meest)


class Regelformulier(Formulier):
    dagen_tussen = _getal(gettext_lazy("Een gezin krijgt hooguit één uitnodiging per … dagen"), 365)
    afstand_km = forms.FloatField(label=gettext_lazy("Dichtbij is hooguit … kilometer"), min_value=0, max_value=50)
    dagen_vooraf_van = _getal(gettext_lazy("Wij nodigen uit: minstens … dagen vooraf"), 60)
    dagen_vooraf_tot = _getal(gettext_lazy("en hooguit … dagen vooraf"), 60)
    dagen_vooraf_eerste = _getal(
        gettext_lazy("De eerste keer hooguit … dagen vooraf"), 60, gettext_lazy("Die uitnodiging gaat na het bezoek.")
    )
    dagen_vooraf_brief = _getal(gettext_lazy("Met een brief minstens … dagen vooraf"), 60)
    leeftijd_jaren = _getal(gettext_lazy("Tot de verjaardag: het kind wordt … jaar"), 10)
    aanbod_uren = _getal(gettext_lazy("Een vrije plek houden we … uur vast"), 168)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def regels(request: HttpRequest) -> HttpResponse:
    """They are those of a whole Gebied, so for who coordinates all of it."""
    gebied = gekozen_gebied(request, heel=True)
    rij = regels_van(gebied.id)
    form = Regelformulier(*invoer(request), initial={veld: getattr(rij, veld) for veld in Regelformulier.base_fields})
    # Rules that were never changed have no row yet.
    gezien = "0" if rij._state.adding else str(rij.versie)
    context: dict[str, Any] = {"form": form, "gebied": gebied, "versie": request.POST.get("versie", gezien)}
    if request.method == "POST" and form.is_valid():
        waarden = form.cleaned_data
        if "bekijk" in request.POST:
            context["anders"] = probeer(form, lambda: _verschil(gebied.id, waarden))
        elif probeer(form, lambda: _bewaar(gebied.id, waarden, context["versie"])):
            messages.success(request, _("Bewaard. Het geldt vanaf nu."))
            return redirect("cafes")
    return render(request, "sjpruutcafe/regels.html", context, status=409 if form.errors else 200)


def _bewaar(gebied_id: UUID, waarden: dict[str, Any], versie: str) -> Any:
    def keur(rij: Caferegels) -> None:
        controleer_versie(rij, versie)

    return caferegels_bewaren(gebied_id=gebied_id, waarden=waarden, keur_rij=keur)


def _verschil(gebied_id: UUID, waarden: dict[str, Any]) -> dict[str, Any]:
    """What the change adds and drops in the coming weeks, by day. Raises Ongeldig."""
    straks = regels_keuren(met_waarden(regels_van(gebied_id), waarden))
    nu = clock.nu()
    tot = clock.dag_van(nu) + timedelta(weeks=WEKEN)
    uitkomst = verschil_van_regels(gebied_id, straks, nu=nu, tot=tot)
    erbij, weg = (Counter(zicht.dag for zicht in zichten) for zichten in (uitkomst.erbij, uitkomst.weg))
    return {
        "erbij": len(uitkomst.erbij),
        "weg": len(uitkomst.weg),
        "tot": tot,
        "dagen": [{"dag": dag, "erbij": erbij[dag], "weg": weg[dag]} for dag in sorted({*erbij, *weg})],
    }

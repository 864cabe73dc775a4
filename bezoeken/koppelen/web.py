"""Two families that may be the same people, side by side, and what a coordinator says of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bezoeken.gezinnen.selectors import gezin_uit, gezinnen_van_coordinator, gezinnen_zichtbaar_voor, gezinrijen
from bezoeken.koppelen.services import koppeling_beoordelen
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.gezinnen import pasgeborenen_van
from ooievaar.selectors.koppelingen import gronden_voor, koppelingen_waarvoor
from ooievaar.services.inzage import inzage_vastleggen
from ooievaar.services.koppelingen import koppeling_vergrendelen
from ooievaar.web.formulieren import Formulier, controleer_versie, invoer, probeer
from ooievaar.web.toegang import rol_vereist


class Besluit(Formulier):
    besluit = forms.ChoiceField(
        label=gettext_lazy("Zijn dit dezelfde mensen?"),
        widget=forms.RadioSelect,
        choices=[
            ("bevestigen", gettext_lazy("Ja. Een contactstop geldt dan voor beide")),
            ("afwijzen", gettext_lazy("Nee, dit zijn twee gezinnen")),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def koppeling(request: HttpRequest, koppeling_id: UUID) -> HttpResponse:
    """The two families; of one outside her reach she sees only that it is there."""
    gebruiker: Any = request.user
    rij = koppelingen_waarvoor(gezinnen_van_coordinator(gebruiker)).filter(pk=koppeling_id).first()
    if rij is None:
        raise NietGevonden
    formulier = Besluit(*invoer(request))
    if request.method == "POST" and formulier.is_valid():

        def beslis() -> bool:
            controleer_versie(koppeling_vergrendelen(koppeling_id=koppeling_id), request.POST.get("versie", ""))
            keuze = formulier.cleaned_data["besluit"]
            koppeling_beoordelen(koppeling_id=koppeling_id, besluit=keuze, door=gebruiker, nu=clock.nu())
            return True

        if probeer(formulier, beslis):
            messages.success(request, _("Uw besluit is vastgelegd."))
            return redirect("vandaag")
        rij.refresh_from_db()
    ids = [rij.een_id, rij.ander_id]
    gezinnen = list(gezinrijen(gezinnen_zichtbaar_voor(gebruiker).filter(pk__in=ids), gebruiker=gebruiker))
    inzage_vastleggen(gebruiker_id=gebruiker.pk, gezin_ids=[g.pk for g in gezinnen], waar="gezin", nu=clock.nu())
    kinderen = pasgeborenen_van([g.pk for g in gezinnen])
    context = {
        "rij": rij,
        "kanten": [
            {"gezin": gezin_uit(g, gebruiker=gebruiker), "kinderen": kinderen.get(g.pk, [])}
            for g in sorted(gezinnen, key=lambda g: ids.index(g.pk))
        ],
        "gronden": [grond.label for grond in gronden_voor(rij, gebruiker)],
        "form": formulier,
    }
    return render(request, "koppelen/koppeling.html", context, status=409 if formulier.errors else 200)

"""What a phone logged and a coordinator must look at: what it says, why it waits, and her decision."""

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

from bezoeken.models import Handeling
from bezoeken.telefoon import selectors
from bezoeken.telefoon.api.vormen import bewaarde_gegevens
from bezoeken.telefoon.fouten import NogNietToepasbaar, uitleg
from bezoeken.telefoon.services.besluiten import handeling_toepassen, handeling_vergrendelen, handeling_verwerpen
from bezoeken.telefoon.services.uitvoeren import MET_DE_HAND
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.web.formulieren import Formulier, invoer, probeer
from ooievaar.web.toegang import rol_vereist


class Besluit(Formulier):
    besluit = forms.ChoiceField(
        label=gettext_lazy("Wat doet u ermee?"),
        widget=forms.RadioSelect,
        choices=[
            (Handeling.Besluit.TOEPASSEN.value, gettext_lazy("Verwerk het alsnog")),
            (Handeling.Besluit.VERWERPEN.value, gettext_lazy("Verwerk het niet")),
        ],
    )
    reden = forms.CharField(
        label=gettext_lazy("Waarom?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Nodig als u het niet verwerkt. De Ooievaarsmoeder leest dit."),
    )

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("besluit") == Handeling.Besluit.VERWERPEN and not gegevens.get("reden"):
            self.add_error("reden", _("Schrijf op waarom u het niet verwerkt."))
        return gegevens


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def handeling(request: HttpRequest, handeling_id: UUID) -> HttpResponse:
    """One Handeling that waits, or what was decided about it."""
    gebruiker: Any = request.user
    zichtbaar = selectors.met_namen(selectors.geparkeerde_zichtbaar_voor(gebruiker))
    rij = zichtbaar.select_related("ooievaarsmoeder", "bezoek__wijk").filter(pk=handeling_id).first()
    if rij is None:
        raise NietGevonden
    formulier = Besluit(*invoer(request))
    if request.method == "POST" and formulier.is_valid():
        keuze, reden = formulier.cleaned_data["besluit"], formulier.cleaned_data["reden"]
        if probeer(formulier, lambda: _besluit(handeling_id, keuze, reden, gebruiker)):
            gedaan = _("Het is verwerkt.") if keuze == Handeling.Besluit.TOEPASSEN else _("Het is niet verwerkt.")
            messages.success(request, gedaan)
            return redirect("vandaag")
    context = {
        "rij": rij,
        "waarom": uitleg(rij.reden),
        "wacht": rij.status == Handeling.Status.GEPARKEERD,
        "form": formulier,
    }
    return render(request, "telefoon/handeling.html", context, status=409 if formulier.errors else 200)


def _besluit(handeling_id: UUID, keuze: str, reden: str, door: Any) -> bool:
    rij = handeling_vergrendelen(handeling_id=handeling_id)
    if keuze == Handeling.Besluit.VERWERPEN:
        handeling_verwerpen(handeling=rij, reden=reden, door=door, nu=clock.nu())
    elif rij.soort in MET_DE_HAND:
        raise NogNietToepasbaar
    else:
        gegevens = bewaarde_gegevens(rij.soort, rij.gegevens or {})
        handeling_toepassen(handeling=rij, gegevens=gegevens, reden=reden, door=door, nu=clock.nu())
    return True

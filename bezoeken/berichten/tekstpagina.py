"""The texts per language on screen: which there are, whether a speaker read them, how they look, and changing one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from bezoeken.berichten.gebied import Gebiedkeuze, gekozen_gebied
from bezoeken.berichten.woorden import kanaal_in_woorden, soort_in_woorden
from bezoeken.toewijzing.woorden import taal_in_woorden
from notifications.selectors import teksten_van
from notifications.services.teksten import soorten, tekst_bewaren, tekst_voorbeeld
from notifications.sjablonen import VAN_RECHTS
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.web.formulieren import Formulier, invoer, probeer
from ooievaar.web.toegang import rol_vereist


@require_GET
@rol_vereist("coordinator")
def teksten(request: HttpRequest) -> HttpResponse:
    """The texts of one kind of message (`?soort=`), on every channel and in every language."""
    gebied = gekozen_gebied(request, heel=False)
    bekend = soorten()
    soort = request.GET.get("soort", "")
    if soort not in bekend:
        soort = "aankondiging" if "aankondiging" in bekend else bekend[0]
    rijen = [
        {"tekst": tekst, "kanaal": kanaal_in_woorden(tekst.kanaal), "taal": taal_in_woorden(tekst.taal)}
        for tekst in teksten_van(gebied.id, soort=soort)
    ]
    context = {
        "gebied": gebied,
        "soort": soort,
        "soorten": sorted(((code, soort_in_woorden(code)) for code in bekend), key=lambda s: s[1]),
        "kop": soort_in_woorden(soort),
        "rijen": rijen,
        "tab": "teksten",
    }
    return render(request, "berichten/teksten.html", context)


class Tekstformulier(Formulier):
    """A text as it will be sent; what stands between { } is filled in then."""

    onderwerp = forms.CharField(label=gettext_lazy("Onderwerp"), max_length=150, required=False, strip=False)
    tekst = forms.CharField(
        label=gettext_lazy("Tekst"),
        max_length=4000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=gettext_lazy("Wat tussen { } staat, vullen wij zelf in."),
    )
    nagekeken = forms.BooleanField(
        label=gettext_lazy("Iemand die deze taal spreekt, heeft de tekst gelezen"), required=False
    )

    def clean_tekst(self) -> str:
        """A browser ends lines in its own way."""
        return str(self.cleaned_data["tekst"]).replace("\r\n", "\n")


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def tekst(request: HttpRequest, soort: str, kanaal: str, taal: str) -> HttpResponse:
    """One text: as it is now, how it looks filled in, and a form to change it; "Bekijk" saves nothing."""
    gebruiker: Any = request.user
    gebied = gekozen_gebied(request, heel=False)
    gevonden = teksten_van(gebied.id, soort=soort, kanaal=kanaal)
    nu = next((t for t in gevonden if t.taal == taal), None)
    if nu is None:
        raise NietGevonden
    begin: dict[str, Any] = {"onderwerp": nu.onderwerp, "tekst": nu.tekst, "nagekeken": nu.nagekeken}
    formulier = Tekstformulier(*invoer(request), initial=begin)
    if kanaal == "sms":
        formulier.fields["onderwerp"].widget = forms.HiddenInput()  # an sms has none
    plek: dict[str, Any] = {"gebied_id": gebied.id, "soort": soort, "kanaal": kanaal, "taal": taal}
    getoond: dict[str, Any] = {"onderwerp": nu.onderwerp, "tekst": nu.tekst}
    if request.method == "POST" and formulier.is_valid():
        getoond = {veld: formulier.cleaned_data[veld] for veld in getoond}
        if "bewaar" in request.POST:
            bewaard = probeer(
                formulier, lambda: tekst_bewaren(**plek, **formulier.cleaned_data, door=gebruiker, nu=clock.nu())
            )
            if bewaard is not None:
                messages.success(request, _("De tekst is bewaard. Nieuwe berichten gaan zo weg."))
                return redirect(_lijst(soort, gebied))
    context = {
        "gebied": gebied,
        "nu": nu,
        "form": formulier,
        "kop": soort_in_woorden(soort),
        "kanaal": kanaal_in_woorden(kanaal),
        "taal": taal_in_woorden(taal),
        "richting": "rtl" if taal in VAN_RECHTS else "ltr",
        "voorbeeld": tekst_voorbeeld(**plek, **getoond),
        "nederlands": next((t for t in gevonden if t.taal == "nl" and taal != "nl"), None),
        "terug": _lijst(soort, gebied),
    }
    return render(request, "berichten/tekst.html", context, status=409 if formulier.errors else 200)


def _lijst(soort: str, gebied: Gebiedkeuze) -> str:
    bij = f"&gebied={gebied.code}" if len(gebied.codes) > 1 else ""
    return f"{reverse('teksten')}?soort={soort}{bij}"

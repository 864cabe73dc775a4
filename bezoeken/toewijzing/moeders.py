"""Ooievaarsmoeders: load, papers, absence and phones; and from there her visits to others."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import segno
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bezoeken.telefoon.services.intrekken import telefoon_intrekken
from bezoeken.toewijzing.regels import vog_tot
from bezoeken.toewijzing.selectors import bezet, ooievaarsmoederrijen
from bezoeken.toewijzing.services import ooievaarsmoeder_wijzigen
from bezoeken.toewijzing.woorden import taal_in_woorden
from ooievaar.platform import clock
from ooievaar.platform.errors import Fout, NietGevonden
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.ooievaarsmoeders import (
    afwezigheden_van,
    apparaten_van,
    ooievaarsmoeders_van_coordinator,
)
from ooievaar.services.apparaten import koppelcode_maken
from ooievaar.services.ooievaarsmoeders import (
    afwezigheid_melden,
    ooievaarsmoeder_vergrendelen,
)
from ooievaar.web.formulieren import Datumveld, Formulier, controleer_versie, invoer, probeer
from ooievaar.web.toegang import rol_vereist

PER_BLADZIJDE = 25
# So long before a VOG gets too old it is time to ask for a new one.
_VOG_DAGEN = 60


class Gegevens(Formulier):
    maximum_per_week = forms.IntegerField(label=gettext_lazy("Hoeveel bezoeken per week?"), min_value=0, max_value=50)
    vog_datum = Datumveld(label=gettext_lazy("Datum van de VOG"), required=False)
    verklaring_getekend = forms.BooleanField(label=gettext_lazy("Zij tekende de geheimhouding"), required=False)
    training_afgerond = forms.BooleanField(label=gettext_lazy("Zij deed de training"), required=False)
    actief = forms.BooleanField(label=gettext_lazy("Zij is actief"), required=False)

    def clean_vog_datum(self) -> date | None:
        dag: date | None = self.cleaned_data["vog_datum"]
        if dag and dag > clock.vandaag():
            raise forms.ValidationError(_("Deze datum ligt in de toekomst."))
        return dag


class Afwezig(Formulier):
    begin = Datumveld(label=gettext_lazy("Eerste dag"))
    eind = Datumveld(
        label=gettext_lazy("Laatste dag"), required=False, help_text=gettext_lazy("Leeg: tot nader bericht.")
    )
    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom?"),
        choices=[("vakantie", _("Vakantie")), ("ziek", _("Ziek")), ("anders", _("Anders"))],
        widget=forms.RadioSelect,
    )


@require_GET
@rol_vereist("coordinator")
def lijst(request: HttpRequest) -> HttpResponse:
    """Her volunteers by name, with load against maximum and what is missing."""
    gebruiker: Any = request.user
    vandaag = clock.vandaag()
    moeders = ooievaarsmoeders_van_coordinator(gebruiker)
    rijen = ooievaarsmoederrijen(moeders).select_related("gebied").order_by("-actief", "naam", "id")
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    context = {"pagina": pagina, "rijen": [_rij(moeder, vandaag) for moeder in pagina.object_list]}
    return render(request, "toewijzing/moeders.html", context)


def _rij(moeder: Any, vandaag: date) -> dict[str, Any]:
    tot = vog_tot(moeder.vog_datum, moeder.gebied.vog_jaren)
    mist = []
    if tot is None or tot <= vandaag:
        mist.append(_("VOG ontbreekt of is te oud"))
    elif (tot - vandaag).days <= _VOG_DAGEN:
        mist.append(_("VOG verloopt bijna"))
    if not moeder.training_afgerond:
        mist.append(_("training nog niet gedaan"))
    if not moeder.verklaring_getekend:
        mist.append(_("geheimhouding niet getekend"))
    return {
        "moeder": moeder,
        "bezet": bezet(moeder, vandaag=vandaag),
        "vog_tot": tot,
        "mist": mist,
        "talen": [taal_in_woorden(code) for code in moeder.talen],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def een(request: HttpRequest, moeder_id: UUID) -> HttpResponse:
    """One volunteer; a POST changes her maximum and papers."""
    moeder = _moeder(request, moeder_id)
    begin = {veld: getattr(moeder, veld) for veld in Gegevens.base_fields}
    formulier = Gegevens(*invoer(request), initial=begin)
    if request.method == "POST" and formulier.is_valid():

        def wijzig() -> bool:
            rij = ooievaarsmoeder_vergrendelen(moeder_id=moeder.pk, gebied_id=moeder.gebied_id)
            if rij is None:
                raise NietGevonden
            controleer_versie(rij, request.POST.get("versie", ""))
            ooievaarsmoeder_wijzigen(
                moeder=rij,
                door=request.user,  # type: ignore[arg-type]
                gegevens=formulier.cleaned_data,
                nu=clock.nu(),
            )
            return True

        if probeer(formulier, wijzig):
            messages.success(request, _("De gegevens zijn bewaard."))
            return redirect("moeder", moeder.pk)
        moeder.refresh_from_db(fields=["versie"])
    return _pagina(request, moeder, formulier=formulier)


@require_http_methods(["POST"])
@rol_vereist("coordinator")
def afwezig(request: HttpRequest, moeder_id: UUID) -> HttpResponse:
    """She is away on these days; then straight on to the visits that it touches."""
    moeder = _moeder(request, moeder_id)
    formulier = Afwezig(*invoer(request))
    if not formulier.is_valid():
        return _pagina(request, moeder, afwezig=formulier)
    gemeld = probeer(formulier, lambda: afwezigheid_melden(moeder=moeder, **formulier.cleaned_data))
    if gemeld is not None:
        messages.success(request, _("De afwezigheid staat erin. Kijk naar wie haar bezoeken gaan."))
        return redirect("moeder_overdragen", moeder.pk)
    return _pagina(request, moeder, afwezig=formulier)


@require_POST
@rol_vereist("coordinator")
def koppelcode(request: HttpRequest, moeder_id: UUID) -> HttpResponse:
    """A code for her phone, as text and as QR: shown this once, because it is kept only as a hash."""
    moeder = _moeder(request, moeder_id)
    try:
        code = in_transactie(
            lambda: koppelcode_maken(moeder=moeder, door=request.user, nu=clock.nu())  # type: ignore[arg-type]
        )
    except Fout as fout:
        messages.error(request, str(fout.detail))
        return redirect("moeder", moeder.pk)
    qr = segno.make(code.koppelcode, micro=False).svg_data_uri(scale=6, border=2)
    return render(request, "toewijzing/koppelcode.html", {"moeder": moeder, "code": code, "qr": qr})


@require_POST
@rol_vereist("coordinator")
def intrekken(request: HttpRequest, moeder_id: UUID) -> HttpResponse:
    """A lost phone: its next call is refused, and it erases itself."""
    moeder = _moeder(request, moeder_id)
    try:
        apparaat = apparaten_van(moeder).filter(pk=UUID(request.POST.get("apparaat", ""))).first()
    except ValueError:
        apparaat = None
    if apparaat is None:
        raise NietGevonden
    in_transactie(lambda: telefoon_intrekken(apparaat=apparaat, nu=clock.nu()))
    messages.success(request, _("De telefoon is ingetrokken. Hij wist zichzelf zodra hij verbinding heeft."))
    return redirect("moeder", moeder.pk)


def _moeder(request: HttpRequest, moeder_id: UUID) -> Any:
    moeder = (
        ooievaarsmoederrijen(ooievaarsmoeders_van_coordinator(request.user))  # type: ignore[arg-type]
        .select_related("gebied")
        .filter(pk=moeder_id)
        .first()
    )
    if moeder is None:
        raise NietGevonden
    return moeder


def _pagina(
    request: HttpRequest, moeder: Any, *, formulier: forms.Form | None = None, afwezig: forms.Form | None = None
) -> HttpResponse:
    begin = {veld: getattr(moeder, veld) for veld in Gegevens.base_fields}
    context = {
        **_rij(moeder, clock.vandaag()),
        "form": formulier or Gegevens(initial=begin),
        "afwezig": afwezig or Afwezig(auto_id="afwezig_%s"),
        "afwezigheden": afwezigheden_van(moeder)[:20],
        "apparaten": apparaten_van(moeder)[:20],
    }
    fout = any(f is not None and f.errors for f in (formulier, afwezig))
    return render(request, "toewijzing/moeder.html", context, status=409 if fout else 200)

"""Gezin: everything about one family, and from there every stop and what takes it back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from bezoeken.gezinnen.dossier import AFSLUITREDENEN, dossier, gezin_van_bezoek
from bezoeken.gezinnen.selectors import gezin_uit
from bezoeken.gezinnen.zoeken import KORTSTE, adres_voor, gezinnen_zoeken
from bezoeken.toewijzing.bladzijde import STATUSSEN
from bezoeken.toewijzing.woorden import taal_in_woorden
from bezoeken.verhaal.selectors import verhaal_voor
from ooievaar.platform import clock
from ooievaar.selectors.gezinnen import ROLLEN, VOORKEURSKANALEN
from ooievaar.services.inzage import inzage_vastleggen
from ooievaar.web.formulieren import Formulier, invoer
from ooievaar.web.toegang import rol_vereist

REGELS_PER_BLADZIJDE = 40
GEZINNEN_PER_BLADZIJDE = 25
_ZOEKVRAAG = "zoekvraag"


class Zoekvraag(Formulier):
    """What somebody on the phone says."""

    vraag = forms.CharField(
        label=_("Naam, straat, postcode of telefoonnummer"),
        min_length=KORTSTE,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"min_length": _("Typ ten minste 2 letters of cijfers.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def zoeken(request: HttpRequest) -> HttpResponse:
    """Find a family. The question is sent with a POST and kept in the session: it is never part of an address."""
    gebruiker: Any = request.user
    formulier = Zoekvraag(*invoer(request)) if request.method == "POST" else Zoekvraag(initial=_vorige(request))
    if request.method == "POST":
        request.session.pop(_ZOEKVRAAG, None)
        if formulier.is_valid():
            request.session[_ZOEKVRAAG] = formulier.cleaned_data["vraag"]
            return redirect("gezinnen_zoeken")
    vraag = request.session.get(_ZOEKVRAAG, "")
    pagina = Paginator(gezinnen_zoeken(gebruiker, vraag), GEZINNEN_PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    gevonden = list(pagina.object_list)
    inzage_vastleggen(
        gebruiker_id=gebruiker.pk,
        gezin_ids=[rij.pk for rij in gevonden],
        waar="zoeken",
        nu=clock.nu(),
        eens_per_dag=True,
    )
    context = {
        "form": formulier,
        "gezocht": bool(vraag),
        "pagina": pagina,
        "rijen": [_gevonden(gebruiker, rij) for rij in gevonden],
    }
    return render(request, "gezinnen/zoeken.html", context, status=409 if formulier.errors else 200)


def _vorige(request: HttpRequest) -> dict[str, str]:
    return {"vraag": request.session.get(_ZOEKVRAAG, "")}


def _gevonden(gebruiker: Any, rij: Any) -> dict[str, Any]:
    bezoek = next(iter(rij.bezoek_rijen), None)
    stand = ""
    if bezoek:
        stand = str(AFSLUITREDENEN.get(bezoek["reden"]) or STATUSSEN[bezoek["status"]])
    return {
        "id": rij.pk,
        "naam": rij.achternaam,
        "kinderen": [{**kind, "geboren": date.fromisoformat(kind["geboren"])} for kind in rij.kind_rijen],
        "adres": adres_voor(gebruiker, rij),
        "geheim": rij.geheim,
        "wijk": rij.naam_wijk,
        "stand": stand,
        "moeder": (bezoek or {}).get("moeder") or "",
        "geen_contact": bool(rij.contactstop_reden),
    }


@require_GET
@rol_vereist("coordinator")
def gezin(request: HttpRequest, gezin_id: UUID) -> HttpResponse:
    """The page of one family."""
    gebruiker: Any = request.user
    nu = clock.nu()
    alles = dossier(gebruiker, gezin_id, vandaag=clock.dag_van(nu))
    inzage_vastleggen(gebruiker_id=gebruiker.pk, gezin_ids=[gezin_id], waar="gezin", nu=nu)
    gegevens = gezin_uit(alles.gezin, gebruiker=gebruiker)
    context = {
        "dossier": alles,
        "gezin": alles.gezin,
        "adres": gegevens["adres"],
        "contactpersonen": [_contact(persoon) for persoon in gegevens["contactpersonen"]],
        "toestemmingen": gegevens["toestemmingen"],
    }
    return render(request, "gezinnen/gezin.html", context)


def _contact(persoon: dict[str, Any]) -> dict[str, Any]:
    """A contact with its codes in words."""
    return {
        **persoon,
        "taal": taal_in_woorden(persoon["taal"]),
        "rol": dict(ROLLEN).get(persoon["rol"], persoon["rol"]),
        "liefst": dict(VOORKEURSKANALEN).get(persoon["voorkeurskanaal"], ""),
    }


@require_GET
@rol_vereist("coordinator")
def verhaal(request: HttpRequest, gezin_id: UUID) -> HttpResponse:
    """Everything that happened with a family, the newest first: a page, and (fetched) a part of the family's page."""
    gebruiker: Any = request.user
    alles = verhaal_voor(gebruiker, gezin_id)
    inzage_vastleggen(gebruiker_id=gebruiker.pk, gezin_ids=[gezin_id], waar="verhaal", nu=clock.nu())
    pagina = Paginator(alles.regels[::-1], REGELS_PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(request, "gezinnen/verhaal.html", {"naam": alles.naam, "gezin_id": gezin_id, "pagina": pagina})


@require_GET
@rol_vereist("coordinator")
def van_bezoek(request: HttpRequest, bezoek_id: UUID) -> HttpResponse:
    """To the page of the family that this visit is for, at the visit."""
    gezin_id = gezin_van_bezoek(request.user, bezoek_id)  # type: ignore[arg-type]
    return redirect(f"{reverse('gezin', args=[gezin_id])}#bezoek-{bezoek_id}")

"""The pages of everything a coordinator does with a family: one view; words, forms and services in `handelingen`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bezoeken.gezinnen.dossier import gezin_van_bezoek, versie_van_bezoek
from bezoeken.gezinnen.selectors import gezinnen_van_coordinator
from bezoeken.kraambezoek.handelingen import (
    VAN_BEZOEK,
    VAN_CONTACT,
    VAN_GEZIN,
    VAN_KIND,
    Handeling,
    Onderwerp,
)
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.gezinnen import gezin_met_naam, gezin_van_contactpersoon, gezin_van_kind
from ooievaar.services.gezinnen import gezin_vergrendelen
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.formulieren import controleer_versie, invoer, probeer
from ooievaar.web.toegang import rol_vereist


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def van_bezoek(request: HttpRequest, bezoek_id: UUID, handeling: str) -> HttpResponse:
    """A stop or restore of a visit."""
    gezin_id = gezin_van_bezoek(request.user, bezoek_id)  # type: ignore[arg-type]
    return _pagina(
        request,
        VAN_BEZOEK,
        handeling,
        bezoek_id,
        gezin_id,
        lambda: bezoek_vergrendelen(bezoek_id=bezoek_id),
        versie_van_bezoek(bezoek_id),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def van_gezin(request: HttpRequest, gezin_id: UUID, handeling: str) -> HttpResponse:
    """A stop or restore of a whole family."""
    return _pagina(request, VAN_GEZIN, handeling, gezin_id, gezin_id, lambda: gezin_vergrendelen(gezin_id=gezin_id))


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def van_kind(request: HttpRequest, kind_id: UUID, handeling: str) -> HttpResponse:
    """A death, or that it was reported by mistake."""
    gezin_id = gezin_van_kind(kind_id)
    return _pagina(request, VAN_KIND, handeling, kind_id, gezin_id, lambda: gezin_vergrendelen(gezin_id=gezin_id))


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def van_contact(request: HttpRequest, contact_id: UUID, handeling: str) -> HttpResponse:
    """How one adult of a family is reached."""
    gezin_id = gezin_van_contactpersoon(contact_id)
    return _pagina(request, VAN_CONTACT, handeling, contact_id, gezin_id, lambda: gezin_vergrendelen(gezin_id=gezin_id))


def _pagina(
    request: HttpRequest,
    tabel: dict[str, Handeling],
    naam: str,
    onderwerp_id: UUID,
    gezin_id: UUID,
    vergrendel: Callable[[], Any],
    versie: int | None = None,
) -> HttpResponse:
    gebruiker: Any = request.user
    handeling = tabel.get(naam)
    van_haar = gezinnen_van_coordinator(gebruiker)
    gezin = gezin_met_naam(van_haar, gezin_id)
    if handeling is None or gezin is None:
        raise NietGevonden
    onderwerp = Onderwerp(onderwerp_id, gezin_id, gebruiker, clock.nu())
    formulier = handeling.formulier(*invoer(request), onderwerp=onderwerp)
    if request.method == "POST" and formulier.is_valid():

        def voer_uit() -> bool:
            controleer_versie(vergrendel(), request.POST.get("versie", ""))
            handeling.voer_uit(onderwerp, formulier.cleaned_data)
            return True

        if probeer(formulier, voer_uit):
            messages.success(request, str(handeling.gedaan))
            if gezin_met_naam(van_haar, gezin_id) is None:
                # A move took the family out of her wijken: there is nothing left for her to look at.
                return redirect("vandaag")
            return redirect("gezin", gezin_id)
    lijst_ingezien(gebruiker_id=gebruiker.pk, gezin_ids=[gezin_id], nu=onderwerp.nu)
    # What she sees now is what she decides on; read without a lock, because looking changes nothing.
    context = {"handeling": handeling, "form": formulier, "gezin": gezin, "versie": versie or gezin.versie}
    return render(request, "kraambezoek/handeling.html", context, status=409 if formulier.errors else 200)

"""Gezin: everything about one family, and from there every stop and what takes it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bezoeken.gezinnen.dossier import dossier, gezin_van_bezoek
from bezoeken.gezinnen.selectors import gezin_uit
from bezoeken.toewijzing.woorden import taal_in_woorden
from ooievaar.platform import clock
from ooievaar.services.inzage import inzage_vastleggen
from ooievaar.web.toegang import rol_vereist

REGELS_PER_BLADZIJDE = 40


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
        "pagina": Paginator(alles.geschiedenis, REGELS_PER_BLADZIJDE).get_page(request.GET.get("pagina")),
        "gezin": alles.gezin,
        "adres": gegevens["adres"],
        "contactpersonen": [{**p, "taal": taal_in_woorden(p["taal"])} for p in gegevens["contactpersonen"]],
        "toestemmingen": gegevens["toestemmingen"],
    }
    return render(request, "gezinnen/gezin.html", context)


@require_GET
@rol_vereist("coordinator")
def van_bezoek(request: HttpRequest, bezoek_id: UUID) -> HttpResponse:
    """To the page of the family that this visit is for, at the visit."""
    gezin_id = gezin_van_bezoek(request.user, bezoek_id)  # type: ignore[arg-type]
    return redirect(f"{reverse('gezin', args=[gezin_id])}#bezoek-{bezoek_id}")

"""Her visits to others: what she has, a proposal for each, everything in one go, and that undone.

What can be undone is remembered in the session (ids and versions only), for a quarter of an hour.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from bezoeken.toewijzing.bladzijde import rij_uit
from bezoeken.toewijzing.doorgeven import (
    NietDoorgegeven,
    bezoeken_doorgeven,
    doorgeven_terugdraaien,
    voorstellen_voor_samen,
)
from bezoeken.toewijzing.regels import Overdracht
from bezoeken.toewijzing.selectors import (
    bezoeken_van_coordinator,
    bezoekrijen,
    open_toewijzingen_van,
    over_te_dragen,
    toewijsfeiten,
)
from bezoeken.toewijzing.woorden import OVERDRACHT, in_woorden
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.ooievaarsmoeders import ooievaarsmoeders_van_coordinator
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.formulieren import redenen_van, wie_wijzigde
from ooievaar.web.toegang import rol_vereist

_SLEUTEL = "doorgegeven"
_UITERLIJK = 15 * 60
# So many at a time: nobody has more, and if she does, what is left comes back on the same page.
_MEESTE = 25
_BLIJFT, _NIEMAND = "blijft", "niemand"


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def overdragen(request: HttpRequest, moeder_id: UUID) -> HttpResponse:
    """Every visit that she still has to do, with to whom it could go; all of them move together or none does."""
    gebruiker: Any = request.user
    moeder = ooievaarsmoeders_van_coordinator(gebruiker).filter(pk=moeder_id).first()
    if moeder is None:
        raise NietGevonden
    nu = clock.nu()
    alle = bezoeken_van_coordinator(gebruiker).filter(open_toewijzingen_van(moeder_id))
    eerste = alle.order_by("venster_eind", "id").values_list("pk", flat=True)[:_MEESTE]
    van_haar = bezoeken_van_coordinator(gebruiker).filter(pk__in=list(eerste))
    fouten: list[tuple[str, str]] = []
    if request.method == "POST":
        fouten = _geef_door(request, van_haar, nu)
        if not fouten:
            return redirect("vandaag")
    rijen = _rijen(request, van_haar, moeder_id, nu)
    context = {"moeder": moeder, "rijen": rijen, "fouten": fouten}
    return render(request, "toewijzing/overdragen.html", context, status=409 if fouten else 200)


def _rijen(request: HttpRequest, van_haar: Any, moeder_id: UUID, nu: datetime) -> list[dict[str, Any]]:
    gebruiker: Any = request.user
    rijen = [rij_uit(rij, vandaag=clock.dag_van(nu)) for rij in bezoekrijen(van_haar.order_by("venster_eind", "id"))]
    lijst_ingezien(gebruiker_id=gebruiker.pk, gezin_ids=[rij.gezin_id for rij in rijen], nu=nu)
    feiten = toewijsfeiten(van_haar, nu=nu)
    samen = voorstellen_voor_samen(feiten, [rij.id for rij in rijen], niet_aan=moeder_id)
    redenen = {b.bezoek_id: b.redenen for b in over_te_dragen(gebruiker, nu=nu) if b.ooievaarsmoeder_id == moeder_id}
    uit = []
    for rij in rijen:
        moet_weg = [r for r in redenen.get(rij.id, ()) if r != Overdracht.GEEN_ANTWOORD]
        keuzes = [
            (str(v.moeder.id), f"{v.moeder.naam} – {' '.join(in_woorden(v, feiten.bezoeken[rij.id]))}")
            for v in samen[rij.id]
        ]
        gedacht = (keuzes[0][0] if keuzes else _NIEMAND) if moet_weg else _BLIJFT
        uit.append(
            {
                "rij": rij,
                "waarom": [OVERDRACHT[r] for r in moet_weg],
                "keuzes": keuzes,
                "gekozen": request.POST.get(f"naar-{rij.id}", gedacht),
            }
        )
    return uit


def _geef_door(request: HttpRequest, van_haar: Any, nu: datetime) -> list[tuple[str, str]]:
    """Do it; a refusal comes back as (field, words), at the visit it is about."""
    gebruiker: Any = request.user
    keuzes: dict[UUID, UUID | None] = {}
    for bezoek_id, versie, wie in van_haar.values_list("pk", "versie", "gewijzigd_door"):
        naar = request.POST.get(f"naar-{bezoek_id}", _BLIJFT)
        if naar == _BLIJFT:
            continue
        if request.POST.get(f"versie-{bezoek_id}") != str(versie):
            return [(f"naar-{bezoek_id}", wie_wijzigde(wie))]
        try:
            keuzes[bezoek_id] = None if naar == _NIEMAND else UUID(naar)
        except ValueError:
            return [(f"naar-{bezoek_id}", _("Kies iemand uit de lijst."))]
    if not keuzes:
        return [("", _("Kies eerst welke bezoeken naar een ander gaan."))]
    try:
        versies = in_transactie(lambda: bezoeken_doorgeven(keuzes=keuzes, door=gebruiker, nu=nu))
    except NietDoorgegeven as niet:
        return [(f"naar-{niet.bezoek_id}", zin) for _veld, zin in redenen_van(niet.fout)]
    onthoud(request, versies, nu)
    gegaan = ngettext("%(n)s bezoek is doorgegeven.", "%(n)s bezoeken zijn doorgegeven.", len(versies))
    messages.success(request, gegaan % {"n": len(versies)})
    return []


def onthoud(request: HttpRequest, versies: dict[UUID, int], nu: datetime) -> None:
    """Remember what was just moved, so that the next page can offer to undo it."""
    request.session[_SLEUTEL] = {
        "op": nu.timestamp(),
        "versies": {str(bezoek_id): versie for bezoek_id, versie in versies.items()},
    }


def terug_te_draaien(request: HttpRequest) -> int:
    """How many visits the last move of this user moved, while it can be undone; 0 when there is nothing to undo."""
    laatste = request.session.get(_SLEUTEL)
    if not laatste or clock.nu().timestamp() - laatste["op"] > _UITERLIJK:
        return 0
    return len(laatste["versies"])


@require_POST
@rol_vereist("coordinator")
def terugdraaien(request: HttpRequest) -> HttpResponse:
    """Undo the last move: every visit back to who had it, unless somebody changed it since."""
    gebruiker: Any = request.user
    if terug_te_draaien(request):
        gevraagd = {UUID(i): versie for i, versie in request.session.pop(_SLEUTEL)["versies"].items()}
        mag = set(bezoeken_van_coordinator(gebruiker).filter(pk__in=gevraagd).values_list("pk", flat=True))
        versies = {i: versie for i, versie in gevraagd.items() if i in mag}
        uitkomst = in_transactie(lambda: doorgeven_terugdraaien(versies=versies, door=gebruiker, nu=clock.nu()))
        if uitkomst.terug:
            terug = ngettext(
                "%(n)s bezoek staat weer waar het stond.", "%(n)s bezoeken staan weer waar zij stonden.", uitkomst.terug
            )
            messages.success(request, terug % {"n": uitkomst.terug})
        if uitkomst.overgeslagen:
            messages.warning(
                request,
                _("%(n)s bleef staan: iemand heeft het intussen gewijzigd.") % {"n": uitkomst.overgeslagen},
            )
    else:
        messages.warning(request, _("Er is niets meer om terug te draaien."))
    return redirect("planbord" if request.POST.get("naar") == "planbord" else "vandaag")

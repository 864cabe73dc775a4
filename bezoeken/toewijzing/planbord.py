"""Planbord: who has which visits, and what still has nobody, with the best for each. It works without JavaScript.

Choose for as many visits as one likes and give them all in one go (undone in one go too), or one at a time. The
choices of a page together respect every weekly maximum, because each proposal counts the ones above it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bezoeken.models import Bezoek
from bezoeken.toestand import Status
from bezoeken.toewijzing.bladzijde import Rij, rij_uit
from bezoeken.toewijzing.doorgeefpagina import onthoud, terug_te_draaien
from bezoeken.toewijzing.doorgeven import NietDoorgegeven, bezoeken_doorgeven, voorstellen_voor_samen
from bezoeken.toewijzing.regels import Moederfeiten, drukste_week
from bezoeken.toewijzing.selectors import (
    BIJ_IEMAND,
    Toewijsfeiten,
    bezoeken_van_coordinator,
    bezoekrijen,
    moederfeiten,
    toewijsfeiten,
)
from bezoeken.toewijzing.woorden import in_woorden
from ooievaar.platform import clock
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.ooievaarsmoeders import ooievaarsmoeders_van_coordinator
from ooievaar.selectors.wijken import wijken_zichtbaar_voor
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.formulieren import redenen_van, wie_wijzigde
from ooievaar.web.toegang import rol_vereist

KAARTEN_PER_BLADZIJDE = 12
KOLOMMEN_PER_BLADZIJDE = 30
# More cards in a column than anybody has; the rest is behind a link.
KAARTEN_PER_KOLOM = 5
_VOORSTELLEN = 4
_WEEK = timedelta(days=7)


@dataclass
class Kolom:
    """A volunteer with her load and her visits, the most urgent first."""

    id: UUID
    naam: str
    bezet: int
    maximum: int
    afwezig_tot: date | None
    afwezig: bool
    kaarten: list[Rij] = field(default_factory=list)
    meer: int = 0

    @property
    def vol(self) -> bool:
        return self.bezet >= self.maximum


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def planbord(request: HttpRequest) -> HttpResponse:
    """The board, whole or of one wijk (`?wijk=`); a POST gives what was chosen."""
    gebruiker: Any = request.user
    nu = clock.nu()
    vandaag = clock.dag_van(nu)
    fouten: list[tuple[str, str]] = []
    if request.method == "POST":
        fouten = _geef(request)
        if not fouten:
            return redirect(request.get_full_path())
    wijken = list(wijken_zichtbaar_voor(gebruiker).order_by("naam").values_list("code", "naam"))
    wijk = request.GET.get("wijk", "")
    alle = bezoeken_van_coordinator(gebruiker)
    if wijk in dict(wijken):
        alle = alle.filter(wijk__code=wijk)
    open_ = alle.filter(status=Status.OPEN).order_by("venster_eind", "id")
    pagina = Paginator(bezoekrijen(open_), KAARTEN_PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    kaarten = [rij_uit(rij, vandaag=vandaag) for rij in pagina.object_list]
    feiten = toewijsfeiten(alle.filter(pk__in=[kaart.id for kaart in kaarten]), nu=nu)
    van_iemand = [
        rij_uit(rij, vandaag=vandaag)
        for rij in bezoekrijen(alle.filter(status__in=BIJ_IEMAND)).order_by("venster_eind", "id")
    ]
    kolommen = _kolommen(gebruiker, feiten, van_iemand, vandaag, nu)
    kolompagina = Paginator(kolommen, KOLOMMEN_PER_BLADZIJDE).get_page(request.GET.get("kolommen"))
    getoond = [*kaarten, *(kaart for kolom in kolompagina.object_list for kaart in kolom.kaarten)]
    lijst_ingezien(gebruiker_id=gebruiker.pk, gezin_ids=[kaart.gezin_id for kaart in getoond], nu=nu)
    context = {
        "pagina": pagina,
        "kaarten": _kaarten(request, kaarten, feiten),
        "kolompagina": kolompagina,
        "wijken": wijken,
        "wijk": wijk,
        "fouten": _op_deze_bladzijde(fouten, kaarten),
        "terug": terug_te_draaien(request),
        "hier": request.get_full_path(),
    }
    return render(request, "toewijzing/planbord.html", context, status=409 if fouten else 200)


def _bij(van_haar: QuerySet[Bezoek], bezoek_id: UUID, zin: Any) -> tuple[str, str]:
    """A fault at the card of a visit. It names the family: somebody else's choice may have taken the card away."""
    namen = [rij["achternaam"] for rij in bezoekrijen(van_haar.filter(pk=bezoek_id))]
    if not namen:
        return f"naar-{bezoek_id}", str(zin)
    return f"naar-{bezoek_id}", _("Familie %(naam)s: %(zin)s") % {"naam": namen[0], "zin": zin}


def _op_deze_bladzijde(fouten: list[tuple[str, str]], kaarten: list[Rij]) -> list[tuple[str, str]]:
    """Without a link to a card that is not here any more."""
    hier = {f"naar-{kaart.id}" for kaart in kaarten}
    return [(veld if veld in hier else "", zin) for veld, zin in fouten]


def _kaarten(request: HttpRequest, kaarten: list[Rij], feiten: Toewijsfeiten) -> list[dict[str, Any]]:
    samen = voorstellen_voor_samen(feiten, [kaart.id for kaart in kaarten], hoeveel=_VOORSTELLEN)
    uit = []
    for kaart in kaarten:
        bezoek = feiten.bezoeken[kaart.id]
        keuzes = [(str(v.moeder.id), f"{v.moeder.naam} – {' '.join(in_woorden(v, bezoek))}") for v in samen[kaart.id]]
        uit.append(
            {
                "rij": kaart,
                "keuzes": keuzes,
                "gekozen": request.POST.get(f"naar-{kaart.id}", ""),
                **_balk(bezoek.begin, bezoek.eind, feiten.vandaag),
            }
        )
    return uit


def _balk(begin: date, eind: date, vandaag: date) -> dict[str, int]:
    """How much of the window is over, for a drawing that only repeats the words beside it."""
    dagen = (eind - begin).days + 1
    return {"dagen": dagen, "voorbij": min(max((vandaag - begin).days, 0), dagen)}


def _kolommen(gebruiker: Any, feiten: Toewijsfeiten, van_iemand: list[Rij], vandaag: date, nu: Any) -> list[Kolom]:
    """The volunteers she coordinates and everybody else who has one of these visits, by name."""
    eigen = set(ooievaarsmoeders_van_coordinator(gebruiker).filter(actief=True).values_list("pk", flat=True))
    moeders = feiten.moeders or moederfeiten(gebruiker.bevoegdheid.gebied_ids("coordinator"), nu=nu)
    per_moeder: dict[UUID, list[Rij]] = {}
    for rij in van_iemand:
        if rij.ooievaarsmoeder_id is not None:
            per_moeder.setdefault(rij.ooievaarsmoeder_id, []).append(rij)
    uit = []
    for moeder in sorted(moeders.values(), key=lambda m: (m.naam, m.id)):
        van_haar = per_moeder.get(moeder.id, [])
        if moeder.id in eigen or van_haar:
            uit.append(_kolom(moeder, van_haar, vandaag))
    return uit


def _kolom(moeder: Moederfeiten, van_haar: list[Rij], vandaag: date) -> Kolom:
    weg = [p for p in moeder.afwezig if p.begin < vandaag + _WEEK and (p.eind is None or p.eind >= vandaag)]
    return Kolom(
        id=moeder.id,
        naam=moeder.naam,
        bezet=drukste_week((g.dag for g in moeder.gepland), vandaag),
        maximum=moeder.maximum,
        afwezig=bool(weg),
        afwezig_tot=weg[0].eind if weg else None,
        kaarten=van_haar[:KAARTEN_PER_KOLOM],
        meer=max(len(van_haar) - KAARTEN_PER_KOLOM, 0),
    )


def _geef(request: HttpRequest) -> list[tuple[str, str]]:
    """Give what was chosen: of one card (`een`), or of all; a refusal comes back as (field, words)."""
    gebruiker: Any = request.user
    een = request.POST.get("een", "")
    keuzes: dict[UUID, UUID | None] = {}
    gezien: dict[UUID, str] = {}
    for veld, waarde in request.POST.items():
        if veld.startswith("naar-") and waarde and (not een or veld == f"naar-{een}"):
            try:
                bezoek_id = UUID(veld.removeprefix("naar-"))
                keuzes[bezoek_id] = UUID(str(waarde))
            except ValueError:
                return [("", _("Kies iemand uit de lijst."))]
            gezien[bezoek_id] = str(request.POST.get(f"versie-{bezoek_id}", ""))
    if not keuzes:
        return [(f"naar-{een}" if een else "", _("Kies eerst een Ooievaarsmoeder."))]
    van_haar = bezoeken_van_coordinator(gebruiker).filter(pk__in=keuzes)
    versies = {pk: (str(versie), wie) for pk, versie, wie in van_haar.values_list("pk", "versie", "gewijzigd_door")}
    for bezoek_id in keuzes:
        # A visit that is not hers has no version here, so nothing that was sent can match it.
        versie, wie = versies.get(bezoek_id, (None, None))
        if gezien[bezoek_id] != versie:
            return [_bij(van_haar, bezoek_id, wie_wijzigde(wie))]
    nu = clock.nu()
    try:
        na = in_transactie(lambda: bezoeken_doorgeven(keuzes=keuzes, door=gebruiker, nu=nu))
    except NietDoorgegeven as niet:
        return [_bij(van_haar, niet.bezoek_id, zin) for _veld, zin in redenen_van(niet.fout)]
    onthoud(request, na, nu)
    gegeven = ngettext("%(n)s bezoek is gegeven.", "%(n)s bezoeken zijn gegeven.", len(na))
    messages.success(request, gegeven % {"n": len(na)})
    return []

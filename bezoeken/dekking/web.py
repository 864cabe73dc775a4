"""Coverage on a page: words, table and drawing from one publication. Aggregates only; nothing leads to a family."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from bezoeken.dekking import perioden
from bezoeken.dekking.kaart import Wijkplek, teken_kaart
from bezoeken.dekking.services import Overzicht, Rij, Trendpunt, dekking_voor, overzicht_voor, woorden
from bezoeken.dekking.tekening import teken, teken_trend
from bezoeken.dekking.uitvoer import als_csv, als_xlsx
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.web.toegang import rol_vereist

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EERSTE_JAAR = 2025
_KWARTALEN = 4
# In this order: the parts of the children in the figures.
_DELEN = {
    "inVenster": gettext_lazy("Op tijd bezocht"),
    "teLaat": gettext_lazy("Te laat bezocht"),
    "geweigerd": gettext_lazy("Niet bezocht: het gezin wilde niet"),
    "nietBereikt": gettext_lazy("Niet bezocht: niet bereikt"),
    "geenCapaciteit": gettext_lazy("Niet bezocht: wij hadden niemand"),
    "nogBezig": gettext_lazy("Nog bezig"),
    "ontbrekend": gettext_lazy("Niet ingevuld: we weten het niet"),
}
# Beside them: a part of who was reached, or counted nowhere else.
_VERDER = {
    "mediaanDagen": gettext_lazy("Leeftijd van de baby bij het bezoek, in dagen (de middelste)"),
    "aanDeDeur": gettext_lazy("Bezoek aan de deur"),
    "doos": gettext_lazy("Doos gegeven"),
    "voucher": gettext_lazy("Zwembadvoucher gegeven"),
    "eersteCafe": gettext_lazy("Binnen 90 dagen na het bezoek voor het eerst naar een Sjpruutcafé"),
    "inVerplaatstVenster": gettext_lazy("Te laat, maar op de afgesproken dagen"),
    "pogingen": gettext_lazy("Pogingen om het gezin te bereiken"),
    "verhuisd": gettext_lazy("Verhuisd (telt niet mee)"),
    "lateMelding": gettext_lazy("Te laat gemeld (telt niet mee)"),
}


@require_GET
@rol_vereist("jens", "coordinator")
def dekking(request: HttpRequest) -> HttpResponse:
    """The figures of a year, a quarter or the last 12 closed months."""
    nu = clock.nu()
    keuzes = _keuzes(clock.dag_van(nu))
    standaard = str(clock.dag_van(nu).year)
    gevraagd = request.GET.get("periode", standaard)
    fouten = []
    if gevraagd not in dict(keuzes):
        fouten.append(("periode", _("Deze periode kennen we niet. Kies een periode uit de lijst.")))
        gevraagd = standaard
    context = _cijfers(request.user, gevraagd, nu) | {"fouten": fouten, "keuzes": keuzes}
    return render(request, "dekking/dekking.html", context, status=400 if fouten else 200)


@require_GET
@rol_vereist("jens", "coordinator")
def afdruk(request: HttpRequest) -> HttpResponse:
    """The same figures on paper: three pages of A4, for the programme's yearly paper."""
    nu = clock.nu()
    vandaag = clock.dag_van(nu)
    gevraagd = request.GET.get("periode", str(vandaag.year))
    if gevraagd not in dict(_keuzes(vandaag)):
        raise NietGevonden
    return render(request, "dekking/afdruk.html", _cijfers(request.user, gevraagd, nu))


def _cijfers(gebruiker: Any, gevraagd: str, nu: datetime) -> dict[str, Any]:
    overzicht = overzicht_voor(gebruiker=gebruiker, periode=gevraagd, nu=nu)
    totaal = overzicht.geheel.totaal.cijfers
    return {
        "periode": gevraagd,
        "geheel": overzicht.geheel,
        "kop": woorden(overzicht.geheel),
        "delen": [(tekst, totaal[kolom]) for kolom, tekst in _DELEN.items()],
        "verder": [(tekst, totaal[kolom]) for kolom, tekst in _VERDER.items()],
        "trechter": _trechter(overzicht.geheel.totaal) if gevraagd != "rollend" else None,
        "wijken": _wijken(overzicht) if overzicht.per_wijk else None,
        "trend": _trend(overzicht.trend) if overzicht.trend else None,
    }


@require_GET
@rol_vereist("jens", "coordinator")
def bestand(request: HttpRequest) -> HttpResponse:
    """The same publication as a file: CSV or XLSX."""
    per = "wijk" if request.GET.get("per") == "wijk" else None
    try:
        publicatie = dekking_voor(
            gebruiker=request.user,  # type: ignore[arg-type]
            periode=request.GET.get("periode", ""),
            per=per,
            nu=clock.nu(),
        )
    except Ongeldig as fout:
        raise NietGevonden from fout
    naam = f"dekking-{publicatie.periode}{'-per-wijk' if per else ''}"
    if request.GET.get("soort") == "xlsx":
        antwoord = HttpResponse(als_xlsx(publicatie), content_type=_XLSX)
        naam += ".xlsx"
    else:
        antwoord = HttpResponse(als_csv(publicatie), content_type="text/csv; charset=utf-8")
        naam += ".csv"
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord


def _keuzes(vandaag: date) -> list[tuple[str, str]]:
    """What can be chosen, the newest first: aligned periods only, never free dates."""
    keuzes = [("rollend", _("Laatste 12 volle maanden"))]
    for jaar in range(vandaag.year, _EERSTE_JAAR - 1, -1):
        keuzes.append((str(jaar), _("Jaar %(jaar)s") % {"jaar": jaar}))
        keuzes += [
            (periode.code, _("Kwartaal %(n)s van %(jaar)s") % {"n": n, "jaar": jaar})
            for n in range(_KWARTALEN, 0, -1)
            if (periode := perioden.kwartaal(jaar, n)).van <= vandaag
        ]
    return keuzes


def _trechter(rij: Rij) -> dict[str, Any]:
    """From notice to a visit in time: each step is a part of the one before."""
    gemeld, bereikt = rij.cijfers["inAanmerking"], rij.cijfers["bereikt"]
    zonder, stil = rij.cijfers["nooitToegewezen"], rij.cijfers["nooitGesproken"]
    toegewezen = None if gemeld is None or zonder is None else gemeld - zonder
    gesproken = None if toegewezen is None or stil is None else toegewezen - stil
    stappen = [
        (_("Gemeld"), gemeld),
        (_("Toegewezen"), toegewezen),
        (_("Gesproken"), gesproken),
        (_("Bezocht"), bereikt),
        (_("Op tijd bezocht"), rij.cijfers["inVenster"]),
    ]
    balken = [(naam, _heel(aantal), None if aantal is None else _heel(gemeld)) for naam, aantal in stappen]
    return {"stappen": stappen, "tekening": teken(balken, verborgen=_("verborgen"), leeg=_("geen baby's"))}


def _wijken(overzicht: Overzicht) -> dict[str, Any]:
    assert overzicht.per_wijk is not None
    rijen = overzicht.per_wijk.rijen
    plekken = [
        Wijkplek(
            wijk.naam, wijk.lengtegraad, wijk.breedtegraad, overzicht.grenzen.get(wijk.code),
            rij.cijfers["percentageInVenster"],
        )
        for wijk, rij in zip(overzicht.wijken, rijen, strict=True)
    ]  # fmt: skip
    return {"rijen": rijen, "kaart": teken_kaart(plekken)}


def _trend(punten: list[Trendpunt]) -> dict[str, Any]:
    rijen = []
    kolommen = []
    for punt in punten:
        cijfers = punt.rij.cijfers
        deel, geheel, procent = cijfers["inVenster"], cijfers["inAanmerking"], cijfers["percentageInVenster"]
        boven = f"{procent:.0f} %" if procent is not None else "–" if None in (deel, geheel) else f"{deel}/{geheel}"
        kolommen.append((f"K{punt.nummer}", str(punt.jaar), _heel(deel), _heel(geheel), boven))
        naam = _("Kwartaal %(n)s van %(jaar)s") % {"n": punt.nummer, "jaar": punt.jaar}
        rijen.append(Rij(None, naam, punt.rij.onderdrukt, cijfers))
    return {"rijen": rijen, "tekening": teken_trend(kolommen)}


def _heel(waarde: int | float | None) -> int | None:
    return None if waarde is None else int(waarde)

"""Coverage on a page: words, table and drawing from one publication. Aggregates only; nothing leads to a family."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bezoeken.dekking import perioden
from bezoeken.dekking.services import Publicatie, Rij, dekking_voor, woorden
from bezoeken.dekking.tekening import teken
from bezoeken.dekking.uitvoer import als_csv, als_xlsx
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.web.toegang import rol_vereist

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EERSTE_JAAR = 2025
_KWARTALEN = 4
# In this order: the parts of the children in the figures.
_DELEN = {
    "inVenster": "Op tijd bezocht",
    "teLaat": "Te laat bezocht",
    "geweigerd": "Gezin wilde niet",
    "nietBereikt": "Niet bereikt",
    "geenCapaciteit": "Wij hadden niemand",
    "nogBezig": "Nog bezig",
    "ontbrekend": "Niets ingevuld",
}


@require_GET
@rol_vereist("jens", "coordinator")
def dekking(request: HttpRequest) -> HttpResponse:
    """The figures of a year, a quarter or the last 12 closed months."""
    gebruiker: Any = request.user
    nu = clock.nu()
    vandaag = clock.dag_van(nu)
    keuzes = _keuzes(vandaag)
    standaard = str(vandaag.year)
    gevraagd = request.GET.get("periode", standaard)
    fouten = []
    if gevraagd not in dict(keuzes):
        fouten.append(("periode", _("Deze periode kennen we niet. Kies een periode uit de lijst.")))
        gevraagd = standaard
    per_wijk = _publicatie(gebruiker, gevraagd, "wijk", nu) if _heeft_wijken(gevraagd) else None
    geheel = per_wijk if gevraagd == "rollend" else _publicatie(gebruiker, gevraagd, None, nu)
    assert geheel is not None
    kwartalen = _kwartalen(gebruiker, geheel, nu, vandaag) if len(gevraagd) == len(standaard) else []
    context = {
        "fouten": fouten,
        "keuzes": keuzes,
        "periode": gevraagd,
        "geheel": geheel,
        "kop": woorden(geheel),
        "delen": [(tekst, geheel.totaal.cijfers[kolom]) for kolom, tekst in _DELEN.items()],
        "wijken": _reeks(per_wijk.rijen) if per_wijk else None,
        "kwartalen": _reeks(kwartalen) if kwartalen else None,
    }
    return render(request, "dekking/dekking.html", context, status=400 if fouten else 200)


@require_GET
@rol_vereist("jens", "coordinator")
def bestand(request: HttpRequest) -> HttpResponse:
    """The same publication as a file: CSV or XLSX."""
    per = "wijk" if request.GET.get("per") == "wijk" else None
    try:
        publicatie = _publicatie(request.user, request.GET.get("periode", ""), per, clock.nu())
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


def _publicatie(gebruiker: Any, periode: str, per: str | None, nu: datetime) -> Publicatie:
    return dekking_voor(gebruiker=gebruiker, periode=periode, per=per, nu=nu)


def _heeft_wijken(periode: str) -> bool:
    return periode == "rollend" or periode.isdecimal()


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


def _kwartalen(gebruiker: Any, geheel: Publicatie, nu: datetime, vandaag: date) -> list[Rij]:
    """The quarters of the year shown, one publication each, so that each is hidden by its own verdict."""
    reeks = []
    for nummer in range(1, _KWARTALEN + 1):
        periode = perioden.kwartaal(geheel.van.year, nummer)
        if periode.van <= vandaag:
            rij = _publicatie(gebruiker, periode.code, None, nu).totaal
            reeks.append(Rij(None, _("Kwartaal %(n)s") % {"n": nummer}, rij.onderdrukt, rij.cijfers))
    return reeks


def _reeks(rijen: list[Rij]) -> dict[str, Any]:
    getallen = [(rij.naam, _heel(rij.cijfers["inVenster"]), _heel(rij.cijfers["inAanmerking"])) for rij in rijen]
    return {"rijen": rijen, "tekening": teken(getallen, verborgen=_("verborgen"), leeg=_("geen baby's"))}


def _heel(waarde: int | float | None) -> int | None:
    return None if waarde is None else int(waarde)

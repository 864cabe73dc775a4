"""What the pages of the stock share: the bar between them, refusals in words, and tables as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ooievaar.platform.errors import Fout, NietGevonden, Ongeldig
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.platform.spreadsheet import cel

PER_BLADZIJDE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Fouten = list[tuple[str, str]]


def toon(request: HttpRequest, sjabloon: str, context: dict[str, Any], *, fouten: Fouten | None = None) -> HttpResponse:
    """A page with the bar of the stock; with refusals it is a 409 that shows them first."""
    rollen = request.user.bevoegdheid.rollen  # type: ignore[union-attr]
    balk = list({naam: tekst for rol, naam, tekst in settings.VOORRAAD_MENU if rol in rollen}.items())
    return render(request, sjabloon, {**context, "balk": balk, "fouten": fouten}, status=409 if fouten else 200)


def probeer(request: HttpRequest, doe: Callable[[], str], terug: str, *delen: Any) -> HttpResponse | Fouten:
    """Do it in one transaction and go on with a word about it; or give the refusals, for the page to show.

    It is done again after a deadlock, so `doe` only writes to the database.
    """
    try:
        melding = in_transactie(doe)
    except NietGevonden:
        raise
    except Ongeldig as fout:
        return [(naam.replace(".", "-"), str(reden)) for naam, _code, reden in fout.fouten]
    except Fout as fout:
        return [("", str(fout.detail))]
    messages.success(request, melding)
    return redirect(terug, *delen)


def wie(request: HttpRequest) -> Any:
    """Who asks; these pages are for who signed in only."""
    return request.user


def gekozen(rijen: Any, waarde: str, naam: str, *, verplicht: bool = True) -> Any:
    """The row that was chosen in a list. Raises Ongeldig when there is none, or one that was not in the list."""
    if not waarde and not verplicht:
        return None
    try:
        rij = rijen.filter(pk=UUID(waarde)).first()
    except ValueError:
        rij = None
    if rij is None:
        raise Ongeldig([(naam, "verplicht", _("Kies er een uit de lijst."))])
    return rij


def tekst(gegevens: Mapping[str, str], naam: str, hoogstens: int) -> str:
    """A line of text as somebody typed it, trimmed and cut off; what is no sign to read is left out."""
    return "".join(teken for teken in gegevens.get(naam, "") if teken.isprintable()).strip()[:hoogstens]


_MEESTE = 1_000_000_000


def getal(waarde: str, naam: str, *, minste: int = -_MEESTE, meeste: int = _MEESTE) -> int:
    """A whole number as somebody typed it, within what a column holds. Raises Ongeldig."""
    try:
        gelezen = int(waarde)
    except ValueError:
        raise Ongeldig([(naam, "ongeldig", _("Vul een heel getal in."))]) from None
    if not minste <= gelezen <= meeste:
        raise Ongeldig([(naam, "ongeldig", _("Dit getal is te groot of te klein."))])
    return gelezen


def als_bestand(naam: str, soort: str, kop: Sequence[str], rijen: Iterable[Sequence[object]]) -> HttpResponse:
    """The table of a page as CSV or XLSX; what a spreadsheet would take for a formula stays text."""
    regels = [[cel("" if waarde is None else waarde) for waarde in rij] for rij in rijen]
    if soort == "xlsx":
        from openpyxl import Workbook  # slow to load, and rarely asked for

        boek = Workbook(write_only=True)
        blad = boek.create_sheet(naam)
        blad.append(list(kop))
        for regel in regels:
            blad.append(regel)
        uit = io.BytesIO()
        boek.save(uit)
        antwoord = HttpResponse(uit.getvalue(), content_type=_XLSX)
    else:
        soort = "csv"
        tekst = io.StringIO()
        schrijver = csv.writer(tekst)
        schrijver.writerow(kop)
        schrijver.writerows(regels)
        antwoord = HttpResponse(tekst.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}.{soort}"'
    return antwoord

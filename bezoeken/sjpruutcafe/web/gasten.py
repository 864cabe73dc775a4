"""The host's page, for one hand at the door: who is on the list, who came, who walked in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bezoeken.gastenlijst import ACTIEF
from bezoeken.models import Cafeaanmelding, Cafeaanwezigheid
from bezoeken.sjpruutcafe.selectors import cafes as selectors
from bezoeken.sjpruutcafe.selectors.gasten import aanmeldingen_van, aanwezigen_van
from bezoeken.sjpruutcafe.services.aanwezig import Gast, aanwezigheid_vastleggen
from ooievaar.platform import clock
from ooievaar.platform.errors import Fout
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.formulieren import redenen_van
from ooievaar.web.toegang import rol_vereist

_MEEST = 20
# Lines for who walks in: as many as there are, and some empty ones.
_LEGE_REGELS, _MEESTE_REGELS = 3, 60


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator", "gastvrouw")
def gasten(request: HttpRequest, cafe_id: UUID) -> HttpResponse:
    """Tick who came, count the children, add who walked in; saved as a whole, as often as she likes."""
    gebruiker: Any = request.user
    nu = clock.nu()
    cafe = selectors.een_cafe(selectors.lijsten_zichtbaar_voor(gebruiker, nu=nu).select_related("plaats"), cafe_id)
    lijst = [rij for rij in aanmeldingen_van(cafe) if rij.status in ACTIEF]
    er_al = aanwezigen_van(cafe)
    bekend = {rij.gezin_id for rij in lijst} | {rij.gezin_id for rij in er_al if rij.gezin_id}
    fouten: list[tuple[str, str]] = []
    if request.method == "POST":
        gelezen = [*_van_lijst(request.POST, lijst), *_inloop(request.POST)]
        # Who came without being on this list any more (signed off since) stays as it was written.
        op_lijst = {rij.gezin_id for rij in lijst}
        anderen = [_gast(rij) for rij in er_al if rij.gezin_id and rij.gezin_id not in op_lijst]
        try:
            alle = [*gelezen, *anderen]
            in_transactie(lambda: aanwezigheid_vastleggen(cafe_id=cafe_id, gasten=alle, bekend=bekend, nu=nu))
        except Fout as fout:
            fouten = [("", zin) for _veld, zin in redenen_van(fout)]
        else:
            messages.success(request, _("Bewaard. Dank u wel."))
            return redirect("cafe_gasten", cafe_id)
    lijst_ingezien(gebruiker_id=gebruiker.pk, gezin_ids=bekend, nu=nu)
    context = {
        "cafe": cafe,
        "regels": _regels(lijst, er_al),
        "inloop": _inloopregels(er_al),
        "totaal": {veld: sum(getattr(rij, veld) for rij in er_al) for veld in ("volwassenen", "kinderen")},
        "getallen": range(_MEEST + 1),
        "fouten": list(dict.fromkeys(fouten)),
        "invulbaar": (cafe.begin - nu).total_seconds() <= 30 * 60 and cafe.status == "gepland",
    }
    return render(request, "sjpruutcafe/gasten.html", context, status=409 if fouten else 200)


def _gast(rij: Cafeaanwezigheid) -> Gast:
    return Gast(rij.gezin_id, rij.gekomen, rij.volwassenen, rij.kinderen)


def _getal(invoer: QueryDict, naam: str) -> int:
    """A number from the page, within what a list holds; what is no number is 0."""
    tekst = invoer.get(naam, "")
    return min(int(tekst), _MEEST) if tekst.isascii() and tekst.isdigit() else 0


def _van_lijst(invoer: QueryDict, lijst: list[Cafeaanmelding]) -> list[Gast]:
    """What was said of each family; of whom nothing was said, nothing is written."""
    gevonden = []
    for rij in lijst:
        stand = invoer.get(f"gekomen-{rij.pk}")
        if stand in ("ja", "nee"):
            aantallen = (_getal(invoer, f"volwassenen-{rij.pk}"), _getal(invoer, f"kinderen-{rij.pk}"))
            gevonden.append(Gast(rij.gezin_id, stand == "ja", *aantallen))
    return gevonden


def _inloop(invoer: QueryDict) -> list[Gast]:
    """Who walked in; a line without people is empty."""
    gevonden = []
    for nummer in range(_MEESTE_REGELS):
        volwassenen, kinderen = (_getal(invoer, f"inloop-{wie}-{nummer}") for wie in ("volwassenen", "kinderen"))
        if volwassenen or kinderen:
            gevonden.append(Gast(None, True, volwassenen, kinderen))
    return gevonden


def _regels(lijst: list[Cafeaanmelding], er_al: list[Cafeaanwezigheid]) -> list[dict[str, Any]]:
    """The families on the list; before anything was written, the numbers with which they signed up."""
    per_gezin = {rij.gezin_id: rij for rij in er_al if rij.gezin_id}
    regels = []
    for rij in lijst:
        al = per_gezin.get(rij.gezin_id)
        met = al if al and al.gekomen else rij
        namen: list[str] = rij.namen  # type: ignore[attr-defined]
        regels.append(
            {
                "rij": rij,
                "naam": _(" en ").join(namen) if namen else _("Gezin %(nummer)s") % {"nummer": rij.volgnummer},
                "stand": "" if al is None else "ja" if al.gekomen else "nee",
                "volwassenen": met.volwassenen,
                "kinderen": met.kinderen,
                "wacht": rij.status != "aangemeld",
            }
        )
    return regels


def _inloopregels(er_al: list[Cafeaanwezigheid]) -> list[dict[str, int]]:
    gevuld = [{"volwassenen": r.volwassenen, "kinderen": r.kinderen} for r in er_al if not r.gezin_id]
    leeg = [{"volwassenen": 0, "kinderen": 0}] * _LEGE_REGELS
    return [{"nummer": nummer, **regel} for nummer, regel in enumerate([*gevuld, *leeg])][:_MEESTE_REGELS]

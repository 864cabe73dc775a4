"""The page behind a family's link: a GET only shows, a POST signs up or off. Open to who has the link."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bezoeken.gastenlijst import Aanmeldstatus, klein_gezin
from bezoeken.sjpruutcafe.fouten import GroepTeGroot
from bezoeken.sjpruutcafe.selectors.linkgast import Linkgast, gast_van
from bezoeken.sjpruutcafe.services.aanmelden import aanbod_aannemen, aanmelden, afmelden
from bezoeken.sjpruutcafe.services.lijst import capaciteit
from bezoeken.sjpruutcafe.themawoorden import themawoord
from bezoeken.sjpruutcafe.woorden import WOORDEN
from notifications.sjablonen import VAN_RECHTS, leesbare_dag
from ooievaar.kalender import AMSTERDAM
from ooievaar.platform import audit, clock
from ooievaar.platform.errors import Fout
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.bereik import gezinsbereik

_MEEST_VOLWASSENEN, _MEEST_KINDEREN = 4, 8
# Where the page offers to sign up.
_NIET_OP_DE_LIJST = ("nieuw", Aanmeldstatus.AFGEMELD, Aanmeldstatus.VERLOPEN)


class Wie(forms.Form):
    volwassenen = forms.IntegerField(min_value=1, max_value=_MEEST_VOLWASSENEN)
    kinderen = forms.IntegerField(min_value=0, max_value=_MEEST_KINDEREN)


# No cookie is asked of a parent: the signed link is what allows it, and nobody else's page knows it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ouder(request: HttpRequest, token: str) -> HttpResponse:
    """Where and when it is, how this family stands on the list, and the one or two things it can do now."""
    nu = clock.nu()
    gast = gast_van(token, nu=nu)
    if gast is None:
        raise Http404
    te_groot = False
    if request.method == "POST" and gast.geldig:
        try:
            with audit.namens(via="cafelink"):
                in_transactie(lambda: _doe(request, gast, nu))
            return redirect("cafe_ouder", token)
        except GroepTeGroot:
            te_groot = True
        except Fout:
            return redirect("cafe_ouder", token)  # what it is now, the page says
    antwoord = render(request, "sjpruutcafe/ouder.html", _context(gast, request.POST, te_groot=te_groot))
    if te_groot:
        antwoord.status_code = 409
    antwoord["X-Robots-Tag"] = "noindex"
    antwoord["Referrer-Policy"] = "no-referrer"
    return antwoord


def _doe(request: HttpRequest, gast: Linkgast, nu: datetime) -> None:
    wie: dict[str, Any] = {"cafe_id": gast.cafe.pk, "gezin_id": gast.gezin_id, "nu": nu}
    match request.POST.get("wat"):
        case "aanmelden":
            formulier = Wie(request.POST)
            if formulier.is_valid():
                aanmelden(via="link", **formulier.cleaned_data, **wie)
        case "aannemen":
            aanbod_aannemen(**wie)
        case "afmelden":
            afmelden(**wie)


def _aantallen(eerste: int, laatste: int, meestal: int, gekozen: str | None) -> list[tuple[int, bool]]:
    """The numbers to choose from, and which one is chosen: what was sent, or what most families need."""
    over = range(eerste, laatste + 1)
    keuze = int(gekozen) if gekozen and gekozen.isascii() and gekozen.isdigit() else meestal
    return [(n, n == min(max(keuze, eerste), laatste)) for n in over]


def _context(gast: Linkgast, gestuurd: QueryDict, *, te_groot: bool) -> dict[str, Any]:
    bereik = gezinsbereik([gast.gezin_id]).get(gast.gezin_id)
    taal = bereik.taal if bereik and bereik.taal in WOORDEN else "nl"
    talen = [taal] if taal == "nl" else [taal, "nl"]
    stand = _stand(gast)
    stoelen = capaciteit(gast.cafe)
    klein = klein_gezin(stoelen)
    return {
        "delen": [_deel(gast, t, stand, te_groot=te_groot) for t in talen],
        "stand": stand,
        "plek": gast.cafe.plaats,
        "telefoonnummer": gast.cafe.gebied.telefoonnummer,
        "rij": gast.aanmelding,
        # No more than the café has chairs: nobody chooses what can not be.
        "volwassenen": _aantallen(
            1, min(_MEEST_VOLWASSENEN, stoelen.volwassenen), klein.volwassenen, gestuurd.get("volwassenen")
        ),
        "kinderen": _aantallen(0, min(_MEEST_KINDEREN, stoelen.kinderen), klein.kinderen, gestuurd.get("kinderen")),
    }


def _stand(gast: Linkgast) -> str:
    """What the page is about: the state of the sign-up, or of the café when that is over."""
    if gast.geldig and gast.cafe.status == "afgelast":
        return "afgelast"
    if not gast.geldig:
        return "voorbij"
    rij = gast.aanmelding
    if rij is None:
        return "nieuw"
    if rij.status == Aanmeldstatus.AANGEBODEN and rij.aangeboden_tot is not None and rij.aangeboden_tot <= clock.nu():
        return Aanmeldstatus.VERLOPEN.value
    return rij.status


def _deel(gast: Linkgast, taal: str, stand: str, *, te_groot: bool) -> dict[str, Any]:
    """The page in one language; the Dutch is repeated below another, for who helps."""
    woorden = WOORDEN[taal]
    zin = woorden.get(stand, "")
    if gast.vol and stand in _NIET_OP_DE_LIJST:
        # Said before she signs up, so that nobody comes for nothing (rule 15), and after what became of the last time.
        zin = woorden["vol"] if stand == "nieuw" else f"{zin} {woorden['vol']}"
    if stand == Aanmeldstatus.AANGEBODEN and gast.aanmelding and gast.aanmelding.aangeboden_tot:
        tot = gast.aanmelding.aangeboden_tot.astimezone(AMSTERDAM)
        zin = zin % f"{leesbare_dag(tot.date(), taal)} {woorden['om'] % tot.strftime('%H.%M')}"
    return {
        "taal": taal,
        "richting": "rtl" if taal in VAN_RECHTS else "ltr",
        "woorden": woorden,
        "wanneer": f"{leesbare_dag(gast.cafe.dag, taal)} {woorden['om'] % gast.cafe.tijd.strftime('%H.%M')}",
        "thema": themawoord(gast.cafe.thema, taal),
        "zin": woorden["te_groot"] if te_groot else zin,
        "fout": te_groot,
    }

"""Balances per place, and the ledger with a booking and its reversal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.web.toegang import rol_vereist
from voorraad import selectors, services
from voorraad.models import Locatiesoort, Mutatie, Mutatiesoort, Stand
from voorraad.web.basis import PER_BLADZIJDE, Fouten, als_bestand, gekozen, getal, probeer, tekst, toon

# What somebody books by hand here; packing has a page of its own.
_BOEKBAAR = [soort for soort in Mutatiesoort if soort != Mutatiesoort.SAMENSTELLING]


@require_GET
@rol_vereist("coordinator", "sjop")
def standen(request: HttpRequest) -> HttpResponse:
    """What lies where, place by place; also as a file."""
    gezeefd, plek = _standen(request)
    if request.GET.get("soort") in ("csv", "xlsx"):
        kop = ("artikel", "naam", "plek", "partij", "houdbaarTot", "aantal", "gereserveerd", "beschikbaar")
        return als_bestand("voorraad", request.GET["soort"], kop, map(_standrij, gezeefd.iterator(chunk_size=2000)))
    pagina = Paginator(gezeefd, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    plekken = selectors.locaties_zichtbaar_voor(request.user).order_by("naam")  # type: ignore[arg-type]
    context = {
        "pagina": pagina,
        "plekken": [p for p in plekken if p.binnen],
        "plek": plek,
        "vandaag": clock.vandaag(),
    }
    return toon(request, "voorraad/standen.html", context)


def _standen(request: HttpRequest) -> tuple[QuerySet[Stand], str]:
    """The balances that are asked for, and the place by which they are sieved."""
    rijen = selectors.standen_zichtbaar_voor(request.user).filter(aantal__gt=0)  # type: ignore[arg-type]
    plek = request.GET.get("plek", "")
    try:
        rijen = rijen.filter(locatie=UUID(plek))
    except ValueError:
        plek = ""
    rijen = rijen.select_related("artikel", "locatie", "partij")
    return rijen.order_by("locatie__naam", "artikel__naam", "partij__houdbaar_tot", "id"), plek


def _standrij(stand: Stand) -> tuple[object, ...]:
    partij = stand.partij
    return (
        stand.artikel.code, stand.artikel.naam, stand.locatie.naam, partij and partij.code,
        partij and partij.houdbaar_tot and partij.houdbaar_tot.isoformat(), stand.aantal, stand.gereserveerd,
        stand.aantal - stand.gereserveerd,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator", "sjop")
def boekingen(request: HttpRequest) -> HttpResponse:
    """The ledger, newest first, with a form to book; also as a file."""
    gebruiker: Any = request.user
    if request.method == "POST":
        uit = probeer(request, lambda: _boek(request), "voorraad_boekingen")
        if isinstance(uit, HttpResponse):
            return uit
        return _boekingenpagina(request, uit)
    if request.GET.get("soort") in ("csv", "xlsx"):
        kop = ("geboektOp", "gebeurdOp", "soort", "artikel", "partij", "van", "naar", "aantal", "reden", "draaitTerug")
        rijen = _boekingen(gebruiker).iterator(chunk_size=2000)
        return als_bestand("boekingen", request.GET["soort"], kop, map(_boekingrij, rijen))
    return _boekingenpagina(request, None)


def _boekingen(gebruiker: Any) -> QuerySet[Mutatie]:
    mutaties = selectors.mutaties_zichtbaar_voor(gebruiker)
    return mutaties.select_related("artikel", "partij", "van", "naar", "teruggedraaid_door").order_by(
        "-geboekt_op", "id"
    )


def _boekingrij(m: Mutatie) -> tuple[object, ...]:
    return (
        m.geboekt_op.isoformat(), m.gebeurd_op.isoformat(), m.soort, m.artikel.code, m.partij and m.partij.code,
        m.van.naam, m.naar.naam, m.aantal, m.reden, m.draait_terug_id and str(m.draait_terug_id),
    )  # fmt: skip


def _boekingenpagina(request: HttpRequest, fouten: Fouten | None) -> HttpResponse:
    gebruiker: Any = request.user
    pagina = Paginator(_boekingen(gebruiker), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    plekken = list(selectors.locaties_te_boeken_door(gebruiker).order_by("naam"))
    vast = {Locatiesoort.SAMENSTELLING, Locatiesoort.CORRECTIE}
    context = {
        "pagina": pagina,
        "soorten": [(s.value, s.label) for s in _BOEKBAAR],
        "artikelen": selectors.artikelen_te_boeken_door(gebruiker).order_by("naam"),
        "partijen": selectors.partijen_zichtbaar_voor(gebruiker)
        .select_related("artikel")
        .order_by("artikel__naam", "code"),
        "plekken": [plek for plek in plekken if plek.soort not in vast],
        "ingevuld": request.POST,
    }
    return toon(request, "voorraad/boekingen.html", context, fouten=fouten)


def _boek(request: HttpRequest) -> str:
    gebruiker: Any = request.user
    data = request.POST
    plekken = selectors.locaties_te_boeken_door(gebruiker)
    mutatie = services.mutatie_boeken(
        soort=data.get("soort", ""),
        artikel=gekozen(selectors.artikelen_te_boeken_door(gebruiker), data.get("artikel", ""), "artikel"),
        partij=gekozen(selectors.partijen_zichtbaar_voor(gebruiker), data.get("partij", ""), "partij", verplicht=False),
        van=gekozen(plekken, data.get("van", ""), "van", verplicht=False),
        naar=gekozen(plekken, data.get("naar", ""), "naar", verplicht=False),
        aantal=getal(data.get("aantal", ""), "aantal"),
        reden=tekst(data, "reden", 200),
        door=gebruiker,
        nu=clock.nu(),
    )
    return _("Geboekt: %(aantal)s van %(artikel)s.") % {"aantal": mutatie.aantal, "artikel": mutatie.artikel.naam}


@require_http_methods(["POST"])
@rol_vereist("coordinator", "sjop")
def terugdraaien(request: HttpRequest, id: UUID) -> HttpResponse:
    """Reverse a line, with all that was booked with it."""
    gebruiker: Any = request.user
    mutatie = selectors.mutaties_te_boeken_door(gebruiker).filter(pk=id).first()
    if mutatie is None:
        raise NietGevonden

    def doe() -> str:
        reden = tekst(request.POST, "reden", 200) or _("Vergissing")
        services.mutatie_terugdraaien(mutatie=mutatie, door=gebruiker, reden=reden, nu=clock.nu())
        return _("De boeking is teruggedraaid. De oude regel blijft staan.")

    uit = probeer(request, doe, "voorraad_boekingen")
    return uit if isinstance(uit, HttpResponse) else _boekingenpagina(request, uit)


def zoek_partijen(gebruiker: Any, tekst: str) -> Any:
    """Lots whose code or article has this text in it."""
    partijen = selectors.partijen_zichtbaar_voor(gebruiker).select_related("artikel")
    if tekst:
        partijen = partijen.filter(Q(code__icontains=tekst) | Q(artikel__naam__icontains=tekst))
    return partijen.order_by("houdbaar_tot", "code", "id")

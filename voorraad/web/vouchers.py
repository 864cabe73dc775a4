"""Vouchers on a page: make, bring in, void, and codes that do not fit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.web.toegang import rol_vereist
from voorraad import selectors, services
from voorraad.models import Intrekreden
from voorraad.web.basis import PER_BLADZIJDE, Fouten, getal, probeer, tekst, toon

_MAXIMUM_BYTES = 2_000_000


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def vouchers(request: HttpRequest) -> HttpResponse:
    """The vouchers, newest first; new codes are on the answer of the one POST that made them, and nowhere else."""
    fouten: Fouten | None = None
    codes: list[str] = []
    if request.method == "POST":
        uit: HttpResponse | Fouten
        doe = request.POST.get("doe")
        if doe == "maken":
            uit = probeer(request, lambda: _maak(request, codes), "voorraad_vouchers")
            if codes:  # shown once: a redirect would need to keep them somewhere
                uit = []
        elif doe == "inlezen":
            uit = probeer(request, lambda: _lees_in(request), "voorraad_vouchers")
        elif doe == "vervangen":
            uit = probeer(request, lambda: _vervang(request), "voorraad_vouchers")
        else:
            raise NietGevonden
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit or None
    return _pagina(request, fouten, codes)


def _pagina(request: HttpRequest, fouten: Fouten | None, codes: list[str] | None = None) -> HttpResponse:
    gebruiker: Any = request.user
    status = request.GET.get("status", "")
    rijen = selectors.vouchers_zichtbaar_voor(gebruiker)
    if status in selectors.VOUCHERSTATUSSEN:
        rijen = selectors.met_status(rijen, status, vandaag=clock.vandaag())
    pagina = Paginator(rijen.order_by("-toegevoegd_op", "id"), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    meldingen = selectors.vouchermeldingen_zichtbaar_voor(gebruiker).filter(afgehandeld_op__isnull=True)
    context = {
        "pagina": pagina,
        "rijen": [(v, selectors.status_op(v, clock.vandaag())) for v in pagina.object_list],
        "statussen": selectors.VOUCHERSTATUSSEN,
        "status": status,
        "codes": codes,
        "meldingen": meldingen.order_by("gemeld_op", "id")[:PER_BLADZIJDE],
        "redenen": Intrekreden.choices,
    }
    return toon(request, "voorraad/vouchers.html", context, fouten=fouten)


@require_http_methods(["POST"])
@rol_vereist("coordinator")
def intrekken(request: HttpRequest, id: UUID) -> HttpResponse:
    """Void one voucher."""
    if not selectors.vouchers_zichtbaar_voor(request.user).filter(pk=id).exists():  # type: ignore[arg-type]
        raise NietGevonden

    def doe() -> str:
        reden = request.POST.get("reden", "")
        if reden not in Intrekreden.values:
            raise Ongeldig([("reden", "verplicht", _("Kies waarom."))])
        services.voucher_intrekken(voucher_id=id, reden=reden, nu=clock.nu())
        return _("De voucher is ingetrokken. U kunt het kind nu een andere geven.")

    uit = probeer(request, doe, "voorraad_vouchers")
    return uit if isinstance(uit, HttpResponse) else _pagina(request, uit)


@require_http_methods(["POST"])
@rol_vereist("coordinator")
def afhandelen(request: HttpRequest, id: UUID) -> HttpResponse:
    """A code that does not fit has been looked at."""
    if not selectors.vouchermeldingen_zichtbaar_voor(request.user).filter(pk=id).exists():  # type: ignore[arg-type]
        raise NietGevonden

    def doe() -> str:
        opmerking = tekst(request.POST, "opmerking", 200) or _("bekeken")
        services.vouchermelding_afhandelen(melding_id=id, opmerking=opmerking, nu=clock.nu())
        return _("Genoteerd.")

    uit = probeer(request, doe, "voorraad_vouchers")
    assert isinstance(uit, HttpResponse)  # nothing here refuses
    return uit


def _gebied_id(gebruiker: Any) -> UUID:
    return min(gebruiker.bevoegdheid.gebied_ids("coordinator"), key=str)


def _maak(request: HttpRequest, codes: list[str]) -> str:
    codes[:] = services.vouchers_maken(
        gebied_id=_gebied_id(request.user),
        aantal=getal(request.POST.get("aantal", ""), "aantal"),
        geldig_tot=None,
        serie=tekst(request.POST, "serie", 60),
        nu=clock.nu(),
    )
    return _("Gemaakt: %(aantal)s codes. Ze staan hieronder, alleen deze keer.") % {"aantal": len(codes)}


def _vervang(request: HttpRequest) -> str:
    rijen = selectors.vouchers_zichtbaar_voor(request.user)  # type: ignore[arg-type]
    try:
        oud = rijen.filter(pk=UUID(request.POST.get("voucher", ""))).first()
    except ValueError:
        oud = None
    if oud is None:
        raise NietGevonden
    services.voucher_vervangen(voucher_id=oud.pk, code=tekst(request.POST, "code", 40), nu=clock.nu())
    return _("Het kind heeft nu de andere voucher.")


def _lees_in(request: HttpRequest) -> str:
    bestand = request.FILES.get("bestand")
    if bestand is None or bestand.size is None or bestand.size > _MAXIMUM_BYTES:
        raise Ongeldig([("bestand", "verplicht", _("Kies een CSV-bestand van ten hoogste 2 MB."))])
    bestand.seek(0)  # a second try reads it from the begin
    uit = services.vouchers_inlezen(
        gebied_id=_gebied_id(request.user),
        inhoud=bestand.read(),
        serie=tekst(request.POST, "serie", 60),
        met_controle=request.POST.get("zonder") != "on",
        nu=clock.nu(),
    )
    for fout in uit.fouten[:PER_BLADZIJDE]:
        messages.warning(request, _("Regel %(regel)s: %(tekst)s") % {"regel": fout.regel, "tekst": fout.tekst})
    return _("Ingelezen: %(aantal)s van %(regels)s codes. Dubbel: %(dubbel)s.") % {
        "aantal": uit.ingelezen,
        "regels": uit.regels,
        "dubbel": uit.dubbel,
    }

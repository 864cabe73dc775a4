"""Berichten: what went to whom, in which state; and one message that a person must look at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bezoeken.berichten.vertraging import vertraging_in_woorden
from bezoeken.berichten.woorden import soort_in_woorden
from notifications.selectors import berichten_zichtbaar_voor, berichtstatussen
from notifications.services.hand import bericht_afhandelen, bericht_opnieuw
from notifications.services.terugmelden import onzeker_beslissen
from ooievaar.platform import clock
from ooievaar.platform.errors import Fout, NietGevonden
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.gezinnen import achternaam_van_gezin
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.toegang import rol_vereist

PER_BLADZIJDE = 25


def _berichten(gebruiker: Any) -> Any:
    rijen = berichten_zichtbaar_voor(gebruiker).select_related("ooievaarsmoeder", "gebruiker")
    return rijen.annotate(familie=Subquery(achternaam_van_gezin(OuterRef("gezin_id"))))


def _aan(rij: Any) -> str:
    """To whom it goes, as people know them."""
    if rij.gezin_id:
        return _("Familie %(naam)s") % {"naam": rij.familie or _("zonder naam")}
    if rij.ooievaarsmoeder_id:
        return str(rij.ooievaarsmoeder.naam)
    return str(rij.gebruiker.get_full_name() or rij.gebruiker.username)


@require_GET
@rol_vereist("coordinator")
def berichten(request: HttpRequest) -> HttpResponse:
    """The messages in her reach, the newest first; `?status=` shows those of one state."""
    statussen = dict(berichtstatussen())
    status = request.GET.get("status", "")
    rijen = _berichten(request.user)
    if status in statussen:
        rijen = rijen.filter(status=status)
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    nu = clock.nu()
    gezinnen = [rij.gezin_id for rij in pagina.object_list if rij.gezin_id]
    lijst_ingezien(gebruiker_id=request.user.pk, gezin_ids=gezinnen, nu=nu)  # type: ignore[arg-type]
    for rij in pagina.object_list:
        rij.aan = _aan(rij)
        rij.wat = soort_in_woorden(rij.soort)
    context = {
        "pagina": pagina,
        "status": status,
        "statussen": statussen.items(),
        "vertraging": vertraging_in_woorden(request.user, nu=nu),
        "tab": "berichten",
    }
    return render(request, "berichten/berichten.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def bericht(request: HttpRequest, bericht_id: UUID) -> HttpResponse:
    """One message. What failed or is uncertain is sent again, or put aside, by a person (quality.md, R6)."""
    rij = _berichten(request.user).filter(pk=bericht_id).first()
    if rij is None:
        raise NietGevonden
    if request.method == "POST":
        try:
            messages.success(request, in_transactie(lambda: _met_bericht(request, rij.pk)))
        except Fout as fout:
            messages.error(request, str(fout.detail))
        return redirect("bericht", rij.pk)
    if rij.gezin_id:
        lijst_ingezien(gebruiker_id=request.user.pk, gezin_ids=[rij.gezin_id], nu=clock.nu())  # type: ignore[arg-type]
    return render(request, "berichten/bericht.html", {"rij": rij, "aan": _aan(rij), "wat": soort_in_woorden(rij.soort)})


def _met_bericht(request: HttpRequest, bericht_id: UUID) -> str:
    """Do what was pressed; returns what to say about it."""
    nu = clock.nu()
    if "opnieuw" in request.POST:
        bericht_opnieuw(bericht_id=bericht_id, nu=nu)
        return _("Het bericht wordt nog een keer verstuurd.")
    if "aangekomen" in request.POST:
        onzeker_beslissen(bericht_id=bericht_id, besluit="verzonden", nu=nu)
        return _("Vastgelegd: dit bericht is aangekomen.")
    bericht_afhandelen(bericht_id=bericht_id, nu=nu)
    return _("Dit bericht is afgehandeld.")

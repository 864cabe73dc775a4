"""Letters to print: what waits, a batch as one PDF, and saying that it was printed or went wrong half-way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bezoeken.berichten.gebied import gekozen_gebied
from notifications.brieven.opmaken import partij_als_pdf
from notifications.selectors import briefpartij_op_slot, briefpartijen_zichtbaar_voor, wachtende_brieven
from notifications.services.brieven import partij_annuleren, partij_gedrukt, partij_maken
from ooievaar.platform import clock
from ooievaar.platform.errors import Fout, NietGevonden
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.web.formulieren import Formulier, invoer, probeer
from ooievaar.web.toegang import rol_vereist

PER_BLADZIJDE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def brieven(request: HttpRequest) -> HttpResponse:
    """The batches of the Gebied, the newest first; a POST makes one of all that waits."""
    gebruiker: Any = request.user
    gebied = gekozen_gebied(request, heel=True)
    nu = clock.nu()
    wachten = wachtende_brieven(gebied.id, tot=clock.dag_van(nu))
    if request.method == "POST":
        try:
            in_transactie(lambda: partij_maken(gebied_id=gebied.id, tot=clock.dag_van(nu), door=gebruiker, nu=nu))
        except Fout as fout:
            messages.error(request, str(fout.detail))
        else:
            messages.success(request, _("De brieven staan klaar. Druk ze af en meld daarna dat dat gelukt is."))
        return redirect(request.get_full_path())
    partijen = briefpartijen_zichtbaar_voor(gebruiker).filter(gebied_id=gebied.id)
    pagina = Paginator(partijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    context = {"gebied": gebied, "wachten": wachten.count(), "pagina": pagina, "tab": "brieven"}
    return render(request, "berichten/brieven.html", context)


@require_GET
@rol_vereist("coordinator")
def brieven_pdf(request: HttpRequest, partij_id: UUID) -> HttpResponse:
    """The letters of a batch, a page each; who wants no letter any more is not in it."""
    gebruiker: Any = request.user
    partij = briefpartijen_zichtbaar_voor(gebruiker).filter(pk=partij_id).first()
    if partij is None:
        raise NietGevonden
    antwoord = HttpResponse(partij_als_pdf(partij, voor=gebruiker, nu=clock.nu()), content_type="application/pdf")
    antwoord["Content-Disposition"] = f'inline; filename="brieven-{clock.dag_van(partij.gemaakt_op)}.pdf"'
    return antwoord


@require_POST
@rol_vereist("coordinator")
def brieven_gedrukt(request: HttpRequest, partij_id: UUID) -> HttpResponse:
    """She printed and posted them."""
    gebruiker: Any = request.user
    return _klaar(
        request,
        partij_id,
        lambda partij: partij_gedrukt(partij=partij, door=gebruiker, nu=clock.nu()),
        _("Vastgelegd: deze brieven zijn gedrukt en gepost."),
    )


class Gestopt(Formulier):
    """How far the printer came."""

    gedrukt = forms.IntegerField(
        label=gettext_lazy("Tot en met welke bladzijde is het gelukt?"),
        help_text=gettext_lazy("Vul 0 in als er niets goed uit de printer kwam."),
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def brieven_gestopt(request: HttpRequest, partij_id: UUID) -> HttpResponse:
    """Printing went wrong: the pages that are good were posted, the others wait for the next batch."""
    gebruiker: Any = request.user
    partij = briefpartijen_zichtbaar_voor(gebruiker).filter(pk=partij_id).first()
    if partij is None:
        raise NietGevonden
    formulier = Gestopt(*invoer(request))
    if request.method == "POST" and formulier.is_valid():

        def stop() -> bool:
            op_slot = briefpartij_op_slot(gebruiker, partij_id)
            gedrukt = formulier.cleaned_data["gedrukt"]
            partij_annuleren(partij=op_slot, gedrukt=gedrukt, door=gebruiker, nu=clock.nu())
            return True

        if probeer(formulier, stop):
            messages.success(request, _("De brieven die niet gedrukt zijn, wachten weer."))
            return redirect("brieven")
    context = {"partij": partij, "form": formulier}
    return render(request, "berichten/brieven_gestopt.html", context, status=409 if formulier.errors else 200)


def _klaar(request: HttpRequest, partij_id: UUID, doe: Callable[[Any], object], gelukt: str) -> HttpResponse:
    try:
        in_transactie(lambda: doe(briefpartij_op_slot(request.user, partij_id)))  # type: ignore[arg-type]
    except NietGevonden:
        raise
    except Fout as fout:
        messages.error(request, str(fout.detail))
    else:
        messages.success(request, gelukt)
    return redirect("brieven")

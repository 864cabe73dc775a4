"""Judging a notice: beside the child it looks like, with accept, merge and reject; and taking that back."""

from __future__ import annotations

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

from bezoeken.intake import selectors
from bezoeken.intake.beoordelen import Reden
from bezoeken.intake.fouten import tekst
from bezoeken.intake.services.besluiten import besluit_herstellen, melding_beoordelen
from bezoeken.intake.vergelijken import bekend_kind, naast_elkaar
from bezoeken.models import Geboortemelding
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.services.inzage import inzage_vastleggen
from ooievaar.web.formulieren import controleer_versie, invoer, probeer
from ooievaar.web.toegang import rol_vereist

PER_BLADZIJDE = 25
_GEDAAN = {
    "aanvaarden": gettext_lazy("De melding is aanvaard."),
    "overnemen": gettext_lazy("De nieuwe gegevens staan bij het gezin."),
    "gezin": gettext_lazy("Het kind staat bij dit gezin."),
    "samenvoegen": gettext_lazy("De melding is samengevoegd met het bekende kind."),
    "afwijzen": gettext_lazy("De melding is afgewezen."),
}


class Besluit(forms.Form):
    """The choices that make sense for this notice, the safest first."""

    besluit = forms.ChoiceField(
        label=gettext_lazy("Wat is dit voor melding?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies eerst wat er met de melding moet gebeuren.")},
    )

    def __init__(self, *args: Any, melding: Geboortemelding, kind: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes: list[tuple[str, Any]] = []
        if kind is not None:
            keuzes.append(("samenvoegen", _("Hetzelfde kind: voeg de melding samen")))
            if Reden.ANDERE_INHOUD in melding.redenen:
                keuzes.append(("overnemen", _("Hetzelfde kind, en de nieuwe gegevens kloppen: neem ze over")))
            keuzes.append(("gezin", _("Een ander kind van dit gezin")))
        keuzes.append(("aanvaarden", _("Een nieuw kind: neem het op")))
        keuzes.append(("afwijzen", _("Geen goede melding: wijs haar af")))
        if Reden.ANDERE_INHOUD in melding.redenen:
            keuzes.remove(("aanvaarden", _("Een nieuw kind: neem het op")))
        self.fields["besluit"].choices = keuzes  # type: ignore[attr-defined]


@require_GET
@rol_vereist("coordinator")
def meldingen(request: HttpRequest) -> HttpResponse:
    """The notices, those that wait first; `?status=` shows others, so that a decision can be found and taken back."""
    gebruiker: Any = request.user
    statussen = dict(Geboortemelding.Status.choices)
    status = request.GET.get("status", "")
    if status not in statussen:
        status = Geboortemelding.Status.TE_BEOORDELEN
    volgorde = "gemeld_op" if status == Geboortemelding.Status.TE_BEOORDELEN else "-gemeld_op"
    rijen = selectors.mag_beoordelen(gebruiker).filter(status=status).order_by(volgorde, "id").select_related("wijk")
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    for rij in pagina.object_list:
        rij.waarom = [tekst(code) for code in rij.redenen]
    context = {"pagina": pagina, "status": status, "statussen": statussen.items()}
    return render(request, "intake/meldingen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def melding(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """One notice beside what we know, and the decision."""
    gebruiker: Any = request.user
    rij = selectors.mag_beoordelen(gebruiker).select_related("wijk").filter(pk=melding_id).first()
    if rij is None:
        raise NietGevonden
    kind = bekend_kind(gebruiker, rij)
    formulier = Besluit(*invoer(request), melding=rij, kind=kind)
    if request.method == "POST" and formulier.is_valid():
        keuze = formulier.cleaned_data["besluit"]
        uitkomst = probeer(formulier, lambda: _besluit(request, melding_id, keuze))
        if uitkomst is not None:
            return _na_besluit(request, uitkomst, keuze)
        rij.refresh_from_db()
    naast = naast_elkaar(gebruiker, rij, kind)
    gezin = selectors.gezin_van_melding(rij)
    if gezin is not None and naast:
        inzage_vastleggen(gebruiker_id=gebruiker.pk, gezin_ids=[gezin.pk], waar="melding", nu=clock.nu())
    context = {
        "rij": rij,
        "kind": kind,
        "naast": naast,
        "waarom": [tekst(code) for code in rij.redenen],
        "form": formulier,
        "wacht": rij.status == Geboortemelding.Status.TE_BEOORDELEN,
        "kan_terug": _kan_terug(rij),
    }
    return render(request, "intake/melding.html", context, status=409 if formulier.errors else 200)


def _besluit(request: HttpRequest, melding_id: UUID, keuze: str) -> Geboortemelding:
    """The decision in the words of the service: `gezin` is accepting a child in the family of the known one."""
    gebruiker: Any = request.user
    rij = _op_slot(request, melding_id)
    controleer_versie(rij, request.POST.get("versie", ""))
    return melding_beoordelen(
        melding=rij,
        besluit="aanvaarden" if keuze in ("gezin", "overnemen") else keuze,
        met=rij.lijkt_op_id if keuze == "gezin" else None,
        door=gebruiker,
        nu=clock.nu(),
    )


def _na_besluit(request: HttpRequest, rij: Geboortemelding, keuze: str) -> HttpResponse:
    if rij.status == Geboortemelding.Status.TE_BEOORDELEN:
        messages.warning(request, _("Er is intussen iets veranderd. Kijk nog een keer."))
        return redirect("melding", rij.pk)
    messages.success(request, str(_GEDAAN[keuze]))
    volgende = selectors.mag_beoordelen(request.user).filter(status=Geboortemelding.Status.TE_BEOORDELEN)  # type: ignore[arg-type]
    wacht = volgende.order_by("gemeld_op", "id").values_list("pk", flat=True).first()
    return redirect("melding", wacht) if wacht and "volgende" in request.POST else redirect("melding", rij.pk)


@require_POST
@rol_vereist("coordinator")
def terug(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """The decision was not right: the notice waits again."""
    formulier = forms.Form(request.POST)
    formulier.is_valid()

    def herstel() -> Geboortemelding:
        rij = _op_slot(request, melding_id)
        controleer_versie(rij, request.POST.get("versie", ""))
        return besluit_herstellen(melding=rij, door=request.user, nu=clock.nu())  # type: ignore[arg-type]

    if probeer(formulier, herstel):
        messages.success(request, _("De melding wacht weer op een besluit."))
    for fout in formulier.non_field_errors():
        messages.error(request, str(fout))
    return redirect("melding", melding_id)


def _op_slot(request: HttpRequest, melding_id: UUID) -> Geboortemelding:
    gebruiker: Any = request.user
    rij = selectors.mag_beoordelen(gebruiker).select_for_update(of=("self",)).filter(pk=melding_id).first()
    if rij is None:
        raise NietGevonden
    return rij


def _kan_terug(rij: Geboortemelding) -> bool:
    """Whether `besluit_herstellen` has something to take back."""
    samengevoegd = rij.uitkomst == Geboortemelding.Uitkomst.SAMENGEVOEGD
    afgewezen = rij.status == Geboortemelding.Status.AFGEWEZEN and rij.besluit == "afwijzen"
    return bool(rij.gegevens.get("bron")) and (samengevoegd or afgewezen)

"""Importing a file of notices: look first, then import, and take it back; and judging what waits for a person."""

from __future__ import annotations

import csv
import logging
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bezoeken.intake import selectors
from bezoeken.intake.fouten import BestandGeweigerd, tekst
from bezoeken.intake.lezen import KOLOMMEN, records
from bezoeken.intake.services.importeren import import_beginnen, import_uitvoeren
from bezoeken.intake.services.ongedaan import ONGEDAAN, import_na_controle, import_terugdraaien
from bezoeken.intake.tasks import importeer
from bezoeken.models import Geboorteimport
from ooievaar.platform import clock
from ooievaar.platform.errors import Fout, NietGevonden
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.web.formulieren import invoer
from ooievaar.web.toegang import rol_vereist

logger = logging.getLogger(__name__)
# A file up to this size is read while she waits (about 1,500 rows); a larger one by a worker.
METEEN_BYTES = 200_000
FOUTEN_PER_BLADZIJDE = 50
_LAATSTE = 10


class Bestandskeuze(forms.Form):
    bestand = forms.FileField(
        label=gettext_lazy("Kies een bestand"),
        help_text=gettext_lazy("CSV of Excel (XLSX). U ziet eerst wat erin staat. Er wordt nog niets opgeslagen."),
        error_messages={
            "required": gettext_lazy("Kies eerst een bestand."),
            "empty": gettext_lazy("Het bestand is leeg."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    gebied = forms.ChoiceField(label=gettext_lazy("Voor welk gebied?"))

    def __init__(self, *args: Any, gebruiker: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gebieden = {str(g.pk): g for g in gebieden_met_id(gebruiker.bevoegdheid.gebied_ids("coordinator"))}
        self.fields["gebied"].choices = [(pk, g.naam) for pk, g in self.gebieden.items()]  # type: ignore[attr-defined]
        if len(self.gebieden) == 1:
            del self.fields["gebied"]

    def clean_bestand(self) -> Any:
        bestand = self.cleaned_data["bestand"]
        if bestand.size > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(tekst("teGroot"))
        try:
            if bestand.read(4) != b"PK\x03\x04":
                next(records(bestand), None)
        except BestandGeweigerd as fout:
            raise forms.ValidationError(fout.tekst) from None
        bestand.seek(0)
        return bestand

    def gekozen_gebied(self) -> Any:
        """The Gebied of the file: hers, or the one she chose of several."""
        return self.gebieden[self.cleaned_data.get("gebied") or next(iter(self.gebieden))]


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def importeren(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is read and judged, and nothing is saved but the outcome."""
    gebruiker: Any = request.user
    formulier = Bestandskeuze(*invoer(request), gebruiker=gebruiker)
    if request.method == "POST" and formulier.is_valid():
        bestand = formulier.cleaned_data["bestand"]
        rij = import_beginnen(
            gebied=formulier.gekozen_gebied(),
            door=gebruiker,
            bestandsnaam=bestand.name or "",
            proef=True,
            nu=clock.nu(),
            bestand=bestand,
        )
        _lees(rij, bestand.size)
        return redirect("import", rij.pk)
    laatste = selectors.imports_zichtbaar_voor(gebruiker).filter(proef=False).order_by("-begonnen_op", "id")[:_LAATSTE]
    context = {"form": formulier, "laatste": laatste}
    return render(request, "intake/importeren.html", context, status=400 if formulier.errors else 200)


def _lees(rij: Geboorteimport, grootte: int) -> None:
    """Read it now when it is small; otherwise ring for a worker (without a broker the sweep takes it up)."""
    if grootte <= METEEN_BYTES:
        import_uitvoeren(import_id=rij.pk, nu=clock.nu())
    else:
        transaction.on_commit(lambda: importeer.delay(str(rij.pk)), robust=True)


@require_GET
@rol_vereist("coordinator")
def een_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What a trial found, or what became of an import."""
    rij = _import(request, import_id)
    pagina = Paginator(rij.fouten, FOUTEN_PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    context = {
        "rij": rij,
        "pagina": pagina,
        "te_doen": rij.verwerkt + rij.te_beoordelen,
        "reden": tekst(rij.reden) if rij.reden and rij.status == Geboorteimport.Status.MISLUKT else "",
        "teruggedraaid": rij.reden == ONGEDAAN,
    }
    return render(request, "intake/import.html", context)


@require_POST
@rol_vereist("coordinator")
def import_bevestigen(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """ "Importeer 23": the file that was looked at, and only that."""
    controle = _import(request, import_id)
    try:
        rij = in_transactie(
            lambda: import_na_controle(controle_id=controle.pk, door=request.user, nu=clock.nu())  # type: ignore[arg-type]
        )
    except Fout as fout:
        messages.error(request, str(fout.detail))
        return redirect("importeren")
    _lees(rij, sum(len(deel) for deel in rij.delen.values_list("inhoud", flat=True)))
    messages.success(request, _("Het bestand is ingelezen."))
    return redirect("import", rij.pk)


@require_POST
@rol_vereist("coordinator")
def import_ongedaan(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take the import back, as far as nobody has worked with it."""
    rij = _import(request, import_id)
    try:
        uitkomst = in_transactie(
            lambda: import_terugdraaien(import_id=rij.pk, door=request.user, nu=clock.nu())  # type: ignore[arg-type]
        )
    except Fout as fout:
        messages.error(request, str(fout.detail))
    else:
        messages.success(request, _("Teruggedraaid: %(weg)s meldingen zijn weg.") % {"weg": uitkomst.weg})
        if uitkomst.gebleven:
            messages.warning(
                request,
                _("%(n)s meldingen blijven staan: daar is al mee gewerkt.") % {"n": uitkomst.gebleven},
            )
    return redirect("import", rij.pk)


@require_GET
@rol_vereist("coordinator")
def voorbeeldbestand(request: HttpRequest) -> HttpResponse:
    """An empty file with the right columns, as Excel in Dutch opens it: semicolons, UTF-8 with a mark."""
    antwoord = HttpResponse(content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = 'attachment; filename="geboortemeldingen.csv"'
    antwoord.write("\ufeff")
    csv.writer(antwoord, delimiter=";").writerow(KOLOMMEN)
    return antwoord


def _import(request: HttpRequest, import_id: UUID) -> Geboorteimport:
    rij = selectors.imports_zichtbaar_voor(request.user).filter(pk=import_id).first()  # type: ignore[arg-type]
    if rij is None:
        raise NietGevonden
    return rij

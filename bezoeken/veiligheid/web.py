"""Veiligheid: who is with a family now, who is late, and "Ik bel nu", which one person claims once.

The time is the server's at the moment of the page; a small script fetches the page again every half minute.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from bezoeken.models import Alarm
from bezoeken.veiligheid.selectors import (
    adres_bij_alarm,
    alarmen_zichtbaar_voor,
    diensten_zichtbaar_voor,
    open_inchecks,
)
from bezoeken.veiligheid.services.alarm import alarm_afsluiten, alarm_oppakken
from ooievaar.platform import clock
from ooievaar.platform.errors import Fout, NietGevonden
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.services.inzage import inzage_vastleggen
from ooievaar.web.formulieren import Formulier, invoer, probeer
from ooievaar.web.toegang import rol_vereist

_MEESTE = 50


class Afloop(Formulier):
    uitkomst = forms.ChoiceField(
        label=gettext_lazy("Hoe liep het af?"),
        widget=forms.RadioSelect,
        choices=[
            (Alarm.Uitkomst.GESPROKEN.value, gettext_lazy("Ik sprak haar. Alles is goed")),
            (Alarm.Uitkomst.HULPDIENSTEN.value, gettext_lazy("Ik belde 112")),
        ],
    )


@require_GET
@rol_vereist("coordinator")
def veiligheid(request: HttpRequest) -> HttpResponse:
    """Open alarms first, then who is inside, the first expected end first."""
    gebruiker: Any = request.user
    nu = clock.nu()
    inchecks = [_incheck(i, nu) for i in open_inchecks(gebruiker)[:_MEESTE]]
    context = {
        "nu": nu,
        "alarmen": alarmen_zichtbaar_voor(gebruiker, nu=nu).filter(gesloten_op__isnull=True).order_by("gestart_op"),
        "inchecks": inchecks,
        "diensten": diensten_zichtbaar_voor(gebruiker).filter(begin__lte=nu, eind__gt=nu),
    }
    return render(request, "veiligheid/veiligheid.html", context)


def _incheck(incheck: Any, nu: datetime) -> dict[str, Any]:
    """Minutes to go or over, in words; the colour only repeats them."""
    seconden = (incheck.verwacht_eind - nu).total_seconds()
    minuten = int(seconden / 60)  # whole minutes that are over, or still to go
    if seconden >= 0:
        over = ngettext("nog %(n)s minuut", "nog %(n)s minuten", minuten) % {"n": minuten}
        return {"rij": incheck, "wanneer": over, "kleur": "later"}
    laat = ngettext("%(n)s minuut over tijd", "%(n)s minuten over tijd", -minuten) % {"n": -minuten}
    return {"rij": incheck, "wanneer": laat, "kleur": "te-laat"}


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def alarm(request: HttpRequest, alarm_id: UUID) -> HttpResponse:
    """One alarm: take it ("Ik bel nu"), and say how it ended."""
    gebruiker: Any = request.user
    nu = clock.nu()
    rij = alarmen_zichtbaar_voor(gebruiker, nu=nu).filter(pk=alarm_id).first()
    if rij is None:
        raise NietGevonden
    formulier = Afloop(*(invoer(request) if "afloop" in request.POST else (None, None)))
    if request.method == "POST" and "afloop" not in request.POST:
        try:
            in_transactie(lambda: alarm_oppakken(alarm_id=rij.pk, door=gebruiker, nu=nu))
        except Fout as fout:
            messages.error(request, str(fout.detail))
        return redirect("alarm", rij.pk)
    if request.method == "POST" and formulier.is_valid():
        keuze = formulier.cleaned_data["uitkomst"]
        if probeer(formulier, lambda: alarm_afsluiten(alarm_id=rij.pk, uitkomst=keuze, door=gebruiker, nu=nu)):
            messages.success(request, _("Dit alarm is voorbij."))
            return redirect("veiligheid")
    adres = adres_bij_alarm(rij, gebruiker)
    if adres:
        # Who is on duty may be no coordinator of this family: all the more reason to note that she saw where it lives.
        inzage_vastleggen(gebruiker_id=gebruiker.pk, gezin_ids=[rij.incheck.bezoek.gezin_id], waar="bladzijde", nu=nu)
    context = {
        "rij": rij,
        "moeder": rij.incheck.ooievaarsmoeder,
        "adres": adres,
        "van_mij": rij.geclaimd_door_id == gebruiker.pk,
        "form": formulier,
    }
    return render(request, "veiligheid/alarm.html", context, status=409 if formulier.errors else 200)

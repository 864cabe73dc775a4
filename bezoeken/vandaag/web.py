"""Vandaag, the coordinator's front page: what needs a person now, each line with its one next action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from bezoeken.berichten.vertraging import vertraging_in_woorden
from bezoeken.toewijzing.doorgeefpagina import terug_te_draaien
from bezoeken.vandaag.bronnen import SOORTEN
from bezoeken.vandaag.selectors import werklijst
from bezoeken.werk import Orde, Werkregel
from ooievaar.platform import clock
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.toegang import rol_vereist

PER_BLADZIJDE = 25


@require_GET
@rol_vereist("coordinator")
def vandaag(request: HttpRequest) -> HttpResponse:
    """The list of work, whole or of one kind (`?soort=`); an unknown kind shows all of it."""
    gebruiker: Any = request.user
    nu = clock.nu()
    lijst = werklijst(gebruiker, nu=nu)
    soort = request.GET.get("soort", "")
    if soort not in SOORTEN:
        soort = ""
    pagina = Paginator(lijst.van_soort(soort), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    gezinnen = [regel.gezin for regel in pagina.object_list if regel.gezin]
    lijst_ingezien(gebruiker_id=gebruiker.pk, gezin_ids=gezinnen, nu=nu)
    context = {
        "vandaag": clock.dag_van(nu),
        "terug": terug_te_draaien(request),
        "vertraging": vertraging_in_woorden(gebruiker, nu=nu),
        "totaal": len(lijst.regels),
        "vol": lijst.vol,
        "soort": soort,
        "keuzes": [(code, SOORTEN[code].kop, aantal) for code, aantal in lijst.per_soort.items()],
        "pagina": pagina,
        "regels": [_regel(regel, nu) for regel in pagina.object_list],
    }
    return render(request, "vandaag/vandaag.html", context)


def _regel(regel: Werkregel, nu: datetime) -> dict[str, Any]:
    soort = SOORTEN[regel.soort]
    return {
        "kop": soort.kop,
        "wat": regel.wat or soort.wat,
        "actie": soort.actie,
        "adres": reverse(soort.naar, args=[regel.onderwerp]),
        "kleur": {Orde.ALARM: "te-laat", Orde.EERST: "in-venster", Orde.DAARNA: "later"}[soort.orde],
        "naam": _wie(regel),
        "plaats": regel.plaats,
        "bij": regel.bij,
        "dag": regel.dag,
        "aantal": regel.aantal,
        "sinds": sinds_in_woorden(regel.sinds, nu),
    }


def _wie(regel: Werkregel) -> str:
    if not SOORTEN[regel.soort].van_gezin:
        return regel.naam
    return _("Familie %(naam)s") % {"naam": regel.naam} if regel.naam else _("Familie zonder naam")


def sinds_in_woorden(sinds: datetime, nu: datetime) -> str:
    """How long it waits, in days of the calendar."""
    dagen = (clock.dag_van(nu) - clock.dag_van(sinds)).days
    if dagen <= 0:
        return _("sinds vandaag")
    return ngettext("sinds gisteren", "al %(n)s dagen", dagen) % {"n": dagen}

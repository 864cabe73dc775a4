"""The first page after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from ooievaar.web.menu import menu_voor
from ooievaar.web.toegang import rol_vereist

# What a role without a page of its own does, and where.
_TAKEN = {
    "ooievaarsmoeder": (_("Ooievaarsmoeder"), _("Uw bezoeken staan in de app. Ga daarvoor met uw telefoon naar /app.")),
    "bron": (_("Bron"), _("U stuurt geboortemeldingen met een programma. U heeft daarvoor een token nodig.")),
    "beheerder": (_("Beheerder"), _("U beheert gebruikers en instellingen. Ga daarvoor naar /beheer/.")),
}


@rol_vereist()
def begin(request: HttpRequest) -> HttpResponse:
    """To the first page of this user's menu; who has none reads what she can do where."""
    if bladzijden := menu_voor(request.user):
        return redirect(bladzijden[0][0])
    rollen = request.user.bevoegdheid.rollen  # type: ignore[union-attr]
    return render(request, "ooievaar/begin.html", {"taken": [taak for rol, taak in _TAKEN.items() if rol in rollen]})

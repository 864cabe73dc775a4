"""Numbers and addresses that do not work: what is the matter, the way to mend it, and saying that it was seen to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bezoeken.berichten.woorden import fout_in_woorden, kanaal_in_woorden
from notifications.selectors import onbereikbaar_zichtbaar_voor
from notifications.services.onbereikbaar import onbereikbaar_oplossen
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.gezinnen import achternaam_van_gezin
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.toegang import rol_vereist


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def nummer(request: HttpRequest, taak_id: UUID) -> HttpResponse:
    """One of them; a POST says that somebody corrected it, or that there is none."""
    gebruiker: Any = request.user
    taken = onbereikbaar_zichtbaar_voor(gebruiker)
    if request.method == "POST":

        def doe() -> None:
            op_slot = taken.select_for_update(of=("self",)).filter(pk=taak_id).first()
            if op_slot is None:
                raise NietGevonden
            onbereikbaar_oplossen(taak=op_slot, nu=clock.nu())

        in_transactie(doe)
        messages.success(request, _("Dit is afgehandeld."))
        return redirect("vandaag")
    taak: Any = taken.annotate(familie=Subquery(achternaam_van_gezin(OuterRef("gezin_id")))).filter(pk=taak_id).first()
    if taak is None:
        raise NietGevonden
    lijst_ingezien(gebruiker_id=gebruiker.pk, gezin_ids=[taak.gezin_id], nu=clock.nu())
    context = {"taak": taak, "kanaal": kanaal_in_woorden(taak.kanaal), "fout": fout_in_woorden(taak.fout)}
    return render(request, "berichten/nummer.html", context)

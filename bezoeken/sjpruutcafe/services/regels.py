"""What an organisation decides about inviting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bezoeken.models import Caferegels
from bezoeken.sjpruutcafe.selectors.kandidaten import uitnodigregels
from bezoeken.sjpruutcafe.uitnodigingsregels import Uitnodigregels, keur
from ooievaar.platform.errors import Ongeldig

_FOUTEN = {
    "vakerDanWekelijks": _("Gezinnen krijgen hooguit één uitnodiging per week. Kies 7 of meer."),
    "buitenGrens": _("Kies 1, 2, 3 of 4 jaar."),
    "voorMinstens": _("Dit is minder dan het kleinste aantal dagen vooraf."),
    "voorHooguit": _("De eerste keer mag niet korter vooraf zijn dan daarna."),
    "briefTeLaat": _("Zo vroeg kan er geen brief weg. Kies minder dagen."),
    "teDichtbij": _("Kies meer dan 0 kilometer."),
    "teKort": _("Houd een plek minstens 1 uur vast."),
}


def regels_keuren(regels: Caferegels) -> Uitnodigregels:
    """These rules as the pure rules take them. Raises Ongeldig with every fault."""
    nieuw = uitnodigregels(regels)
    if fouten := keur(nieuw, regels.aanbod_uren):
        raise Ongeldig([(veld, code, _FOUTEN[code]) for veld, code in fouten])
    return nieuw


def met_waarden(regels: Caferegels, waarden: Mapping[str, float]) -> Caferegels:
    """The rules with these values, not saved."""
    for veld, waarde in waarden.items():
        setattr(regels, veld, waarde)
    return regels


@transaction.atomic
def caferegels_bewaren(
    *, gebied_id: UUID, waarden: Mapping[str, float], keur_rij: Callable[[Caferegels], None] | None = None
) -> Caferegels:
    """Change what is named of the rules of a Gebied; it gets a row of its own when it has none. Raises Ongeldig.

    They hold from the next sweep. What is in the outbox or offered already stays as it is. `keur_rij` looks at the
    locked row first, unless it is new.
    """
    rij = Caferegels.objects.select_for_update(of=("self",)).filter(gebied_id=gebied_id).first()
    if rij is not None and keur_rij is not None:
        keur_rij(rij)
    rij = rij or Caferegels(gebied_id=gebied_id)
    regels_keuren(met_waarden(rij, waarden))
    rij.save()
    return rij

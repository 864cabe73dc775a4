"""Setting and withdrawing a safety flag."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bezoeken.models import Bezoek, Veiligheidsvlag
from bezoeken.veiligheid.tijden import maanden_later
from ooievaar.kalender import dag_van
from ooievaar.platform.errors import Ongeldig
from ooievaar.services.gezinnen import gezin_vergrendelen

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@transaction.atomic
def vlag_zetten(
    *,
    gezin_id: UUID,
    soort: str,
    maatregel: str,
    tot: date | None,
    bezoek_id: UUID | None,
    door: Gebruiker,
    nu: datetime,
) -> Veiligheidsvlag:
    """Warn about a family or one of its visits, until and including `tot`; without it as long as the Gebied allows.

    Raises Ongeldig for a last day in the past or too far away (6 months by default), and for a visit of another family.
    """
    gezin = gezin_vergrendelen(gezin_id=gezin_id)
    vandaag = dag_van(nu)
    uiterlijk = maanden_later(vandaag, gezin.gebied.vlag_maanden)
    fouten = []
    if tot is not None and tot < vandaag:
        fouten.append(("tot", "inVerleden", _("Deze dag is al voorbij.")))
    if tot is not None and tot > uiterlijk:
        reden = _("Dit mag tot en met %(dag)s. Daarna kijkt u opnieuw of het nog nodig is.")
        fouten.append(("tot", "teHoog", reden % {"dag": f"{uiterlijk:%d-%m-%Y}"}))
    if bezoek_id is not None and not Bezoek.objects.filter(pk=bezoek_id, gezin_id=gezin_id).exists():
        fouten.append(("bezoek", "onbekend", _("Dit bezoek hoort niet bij dit gezin.")))
    if fouten:
        raise Ongeldig(fouten)
    return Veiligheidsvlag.objects.create(
        gezin=gezin,
        bezoek_id=bezoek_id,
        soort=soort,
        maatregel=maatregel,
        gemeld_door=door,
        sinds=vandaag,
        tot=tot or uiterlijk,
    )


def vlag_intrekken(*, vlag: Veiligheidsvlag, nu: datetime) -> None:
    """The warning (its row locked) does not hold any more; it stays in the history."""
    vlag.ingetrokken_op = nu
    vlag.save(update_fields=["ingetrokken_op"])

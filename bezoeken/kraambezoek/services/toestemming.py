"""Consent per purpose: given by the family, and taken back at any moment (domain.md, rule 17)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bezoeken.kraambezoek.services.sluiten import gezin_stoppen
from bezoeken.sjpruutcafe.services.uitnodigingen import uitnodigingen_intrekken
from notifications.doelen import CAFE, CONTACT, MET_TOESTEMMING
from notifications.services import berichten_annuleren
from ooievaar.services.gezinnen import gezin_vergrendelen, toestemming_intrekken, toestemmingen_geven
from ooievaar.services.koppelingen import verbonden_gezinnen_vergrendelen


@transaction.atomic
def toestemming_vastleggen(*, gezin_id: UUID, doel: str, nu: datetime) -> None:
    """The family agrees to this purpose from now on; again changes nothing, and a contactstop stays.

    Raises NietGevonden.
    """
    gezin_vergrendelen(gezin_id=gezin_id)
    toestemmingen_geven(gezin_ids=[gezin_id], doel=doel, nu=nu)


@transaction.atomic
def toestemming_beeindigen(*, gezin_id: UUID, doel: str, nu: datetime) -> None:
    """The family takes its consent back, and what was planned for that purpose is cancelled in the same transaction.

    It holds for every family that a person has linked to this one: they are the same people (rule 2). Without consent
    for contact nobody contacts it at all: that is a contactstop (rule 4). Again changes nothing. Raises NietGevonden.
    """
    if doel == CONTACT:
        gezin_stoppen(gezin_id=gezin_id, reden="ingetrokken", nu=nu)
    for gezin in verbonden_gezinnen_vergrendelen(gezin_id=gezin_id):
        toestemming_intrekken(gezin_id=gezin.pk, doel=doel, nu=nu)
        if doel == CAFE:
            uitnodigingen_intrekken(gezin_ids=[gezin.pk], nu=nu)
        if doel in MET_TOESTEMMING:
            berichten_annuleren(gezin_id=gezin.pk, doel=doel, nu=nu)

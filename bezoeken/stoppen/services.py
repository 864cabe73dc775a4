"""The family stops messages itself: by the link in a message, or by answering an SMS."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import partial
from uuid import UUID

from django.db import transaction

from bezoeken.kraambezoek.services.sluiten import gezin_stoppen
from bezoeken.kraambezoek.services.toestemming import toestemming_beeindigen
from bezoeken.stoppen.stopwoorden import is_stop
from notifications.doelen import CONTACT, MET_TOESTEMMING
from notifications.services import NieuwBericht, berichten_plannen, kanaal_mag_weer, kanaal_stoppen
from ooievaar.kalender import dag_van
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.bereik import coordinatoren, gezinnen_met_nummer
from ooievaar.services.gezinnen import gezin_vergrendelen


class Wens(StrEnum):
    """What a family can choose behind its stop link."""

    ALLES = "alles"  # no contact at all (domain.md, rule 4)
    DOEL = "doel"  # nothing more of the kind that this message was: its consent ends (rule 17)
    KANAAL = "kanaal"  # not in this way any more


def wensen(doel: str) -> tuple[Wens, ...]:
    """What can be chosen for a message of this purpose; a mailbox's own stop button means the first.

    An invitation that somebody does not want is no reason to stop the visit too.
    """
    return (Wens.DOEL, Wens.KANAAL, Wens.ALLES) if doel in MET_TOESTEMMING else (Wens.ALLES, Wens.KANAAL)


@transaction.atomic
def stoppen_via_link(*, gezin_id: UUID, kanaal: str, doel: str = CONTACT, wens: Wens, nu: datetime) -> None:
    """Do what the family chose. Stopping twice changes nothing. Raises NietGevonden when it is no longer known."""
    if wens is Wens.DOEL:
        toestemming_beeindigen(gezin_id=gezin_id, doel=doel, nu=nu)
    elif wens is Wens.KANAAL:
        gezin_vergrendelen(gezin_id=gezin_id)
        kanaal_stoppen(gezin_id=gezin_id, kanaal=kanaal, doel=doel, nu=nu)
    elif gezin_vergrendelen(gezin_id=gezin_id).contactstop_op is None:
        gezin_stoppen(gezin_id=gezin_id, reden="ingetrokken", nu=nu)


@transaction.atomic
def kanaalstop_zetten(*, gezin_id: UUID, kanaal: str, doel: str, nu: datetime) -> None:
    """A coordinator notes that the family wants nothing on this channel for this purpose."""
    gezin_vergrendelen(gezin_id=gezin_id)
    kanaal_stoppen(gezin_id=gezin_id, kanaal=kanaal, doel=doel, nu=nu)


@transaction.atomic
def kanaalstop_opheffen(*, gezin_id: UUID, kanaal: str, doel: str) -> None:
    """The family asked for messages on this channel again."""
    gezin_vergrendelen(gezin_id=gezin_id)
    kanaal_mag_weer(gezin_id=gezin_id, kanaal=kanaal, doel=doel)


def sms_ontvangen(*, nummer: str, tekst: str, nu: datetime) -> str:
    """An answer to an SMS: `gestopt`, `doorgegeven` to a coordinator, or `onbekend`. The text itself is not kept.

    A stop holds for every family in which somebody has this number: in doubt contact waits. Each family is its own
    transaction, and stopping again changes nothing, so a provider may deliver the same answer twice.
    """
    gezinnen = gezinnen_met_nummer(nummer)
    if not gezinnen:
        return "onbekend"
    for gezin_id in gezinnen:
        if is_stop(tekst):
            in_transactie(partial(stoppen_via_link, gezin_id=gezin_id, kanaal="sms", wens=Wens.ALLES, nu=nu))
        else:
            in_transactie(partial(_doorgeven, gezin_id, nu))
    return "gestopt" if is_stop(tekst) else "doorgegeven"


@transaction.atomic
def _doorgeven(gezin_id: UUID, nu: datetime) -> None:
    """Tell the coordinators of the family that it answered: once a day, without what it wrote."""
    try:
        gezin = gezin_vergrendelen(gezin_id=gezin_id)
    except NietGevonden:
        return
    van_gebied = [c for c in coordinatoren() if c.gebied_id == gezin.gebied_id]
    wie = [c for c in van_gebied if gezin.wijk_id in c.wijk_ids] or [c for c in van_gebied if not c.wijk_ids]
    berichten_plannen(
        nieuw=[
            NieuwBericht(
                soort="smsAntwoord",
                kanaal="email" if c.heeft_email else "app",
                terugval=["app"] if c.heeft_email else [],
                gebied_id=gezin.gebied_id,
                gebruiker_id=c.gebruiker_id,
                dag=dag_van(nu),
                gepland_op=nu,
                aanleiding=f"gezin:{gezin_id}",
            )
            for c in wie
        ],
        nu=nu,
    )

"""On what people can be reached, and what they do not want."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from notifications.doelen import MET_TOESTEMMING
from notifications.kanalen import beschikbaar
from notifications.models import Kanaalstop, Onbereikbaar, Pushabonnement
from ooievaar.selectors.bereik import emailadressen, smsnummers
from ooievaar.selectors.gebruikers import gebruikers_van_moeders
from ooievaar.selectors.toestemmingen import met_toestemming

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def kanaalstops(gezin_ids: Iterable[UUID], kanaal: str) -> frozenset[tuple[UUID, str]]:
    """Which of these families want nothing on this channel, as (family, purpose)."""
    ids = set(gezin_ids)
    if not ids:
        return frozenset()
    stops = Kanaalstop.objects.filter(gezin__pk__een_van=ids, kanaal=kanaal)
    return frozenset(stops.values_list("gezin_id", "doel"))


def zonder_toestemming(paren: Iterable[tuple[UUID, str]]) -> frozenset[tuple[UUID, str]]:
    """Of these (family, purpose): in which the family has not (or no longer) agreed to a purpose that needs a yes.

    One query for each such purpose, none when there is none. Asked just before sending, under the family's lock: who
    withdraws consent takes that lock too (`bezoeken.stoppen`), so nothing starts after it was withdrawn.
    """
    per_doel: dict[str, set[UUID]] = {}
    for gezin_id, doel in paren:
        if doel in MET_TOESTEMMING:
            per_doel.setdefault(doel, set()).add(gezin_id)
    return frozenset(
        (gezin_id, doel) for doel, ids in per_doel.items() for gezin_id in ids - met_toestemming(ids, doel)
    )


def gestopte_kanalen(gezin_ids: Iterable[UUID], doel: str) -> dict[UUID, frozenset[str]]:
    """On which channels these families want nothing for this purpose; families without a stop are left out."""
    gevonden: dict[UUID, frozenset[str]] = {}
    stops = Kanaalstop.objects.filter(gezin_id__in=set(gezin_ids), doel=doel)
    for gezin_id, kanaal in stops.values_list("gezin_id", "kanaal"):
        gevonden[gezin_id] = gevonden.get(gezin_id, frozenset()) | {kanaal}
    return gevonden


def met_push(*, ooievaarsmoeder_ids: Iterable[UUID] = (), gebruiker_ids: Iterable[UUID] = ()) -> frozenset[UUID]:
    """Which of these have a browser that takes push messages; one query, and one more for volunteers."""
    gebruikers = gebruikers_van_moeders(ooievaarsmoeder_ids) | {pk: pk for pk in gebruiker_ids}
    abonnementen = Pushabonnement.objects.levend().filter(gebruiker_id__in=set(gebruikers.values()))
    met = set(abonnementen.values_list("gebruiker_id", flat=True))
    return frozenset(pk for pk, gebruiker_id in gebruikers.items() if gebruiker_id in met)


def spoedkanalen(
    *, ooievaarsmoeder_ids: Iterable[UUID] = (), gebruiker_ids: Iterable[UUID] = ()
) -> dict[UUID, tuple[str, ...]]:
    """Every channel on which each of these can be reached, for what cannot wait: all are used at once."""
    moeders, gebruikers = set(ooievaarsmoeder_ids), set(gebruiker_ids)
    push = met_push(ooievaarsmoeder_ids=moeders, gebruiker_ids=gebruikers)
    nummers = smsnummers(ooievaarsmoeder_ids=moeders, gebruiker_ids=gebruikers)
    adressen = emailadressen(ooievaarsmoeder_ids=moeders, gebruiker_ids=gebruikers)
    kan = beschikbaar()
    return {
        pk: (
            "app",
            *(k for k, bekend in (("push", push), ("sms", nummers), ("email", adressen)) if k in kan and pk in bekend),
        )
        for pk in moeders | gebruikers
    }


def onbereikbaar_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Onbereikbaar]:
    """The addresses and numbers that do not work, in this coordinator's reach and not settled; the oldest first."""
    bereik = gebruiker.bevoegdheid.filter("coordinator", gebied="gezin__gebied", wijk="gezin__wijk")
    return Onbereikbaar.objects.filter(bereik, opgelost_op__isnull=True).order_by("sinds", "id")

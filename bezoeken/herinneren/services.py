"""The sweep: what is due, and not in the outbox yet, is planned. Once per (recipient, kind, subject, due date)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bezoeken.herinneren.selectors import (
    Lopend,
    aanleiding,
    coordinatoren_van,
    lopende_bezoeken,
    omgevingen,
)
from bezoeken.herinneren.vooruitblik import keur_regel
from bezoeken.herinneringen import Omgeving, Ontvanger, Regel, Verschuldigd, standaard, verschuldigd
from bezoeken.kraambezoek.fouten import GeenContact, KoppelingOnbeslist
from bezoeken.models import Bezoek, Herinneringsregel
from notifications.selectors import bestaande_sleutels
from notifications.services import NieuwBericht, berichten_hervatten, berichten_plannen_per_soort
from ooievaar.kalender import AMSTERDAM, Uren
from ooievaar.platform.errors import Ongeldig
from ooievaar.selectors.benaderbaar import Contact, benaderbare_gezinnen, contactstanden
from ooievaar.selectors.bereik import Coordinator, coordinatoren

if TYPE_CHECKING:
    from ooievaar.models import Gebied

# Visits locked in one transaction: a closing waits for no more than this.
_PARTIJ = 500


def standaardregels(gebied: Gebied) -> int:
    """Give a Gebied the reminder rules of domain.md as rows of its own; what it has stays. Returns how many are new.

    The days for an answer to an assignment come from the Gebied's own setting.
    """
    voor = Herinneringsregel.objects.filter(gebied=gebied).count()
    Herinneringsregel.objects.bulk_create(
        [
            Herinneringsregel(
                gebied=gebied,
                soort=regel.soort,
                ontvanger=regel.ontvanger.value,
                dag=regel.dag,
            )
            for regel in standaard(gebied.antwoord_dagen)
        ],
        ignore_conflicts=True,
    )
    return Herinneringsregel.objects.filter(gebied=gebied).count() - voor


def herinneringen_plannen(*, nu: datetime, gebied: Gebied | None = None, proef: bool = False) -> Counter[str]:
    """One sweep at `nu`: plan everything that is due, unsent and still of use. Returns what is new, by kind.

    May run as often and as many at once as one likes, and after any pause (quality.md, R5, R8, R9). With `proef` it
    only says what it would plan.
    """
    instellingen = omgevingen(None if gebied is None else [gebied.pk])
    bezoeken = lopende_bezoeken(instellingen, nu)
    wie = coordinatoren()
    per_bezoek = {
        bezoek.stand.bezoek_id: list(_berichten(bezoek, instellingen[bezoek.gebied_id], nu, wie)) for bezoek in bezoeken
    }
    bekend = bestaande_sleutels(b.sleutel for berichten in per_bezoek.values() for b in berichten)
    nieuw = [
        (bezoek, over)
        for bezoek in bezoeken
        if (over := [b for b in per_bezoek[bezoek.stand.bezoek_id] if b.sleutel not in bekend])
    ]
    if proef:
        return Counter(b.soort for _bezoek, berichten in nieuw for b in berichten)
    gepland: Counter[str] = Counter()
    for begin in range(0, len(nieuw), _PARTIJ):
        gepland += _leg_vast(nieuw[begin : begin + _PARTIJ], nu)
    return gepland


@transaction.atomic
def berichten_van_gezin_hervatten(*, gezin_id: UUID, soorten: Collection[str] = (), nu: datetime) -> list[UUID]:
    """A person plans again what a stop had cancelled or kept back, as far as it is due and still of use (rule 3).

    About every running visit of the family: to the family, the volunteer and the coordinators. `soorten`: only these
    kinds. What falls due later comes by itself. Returns the ids of the messages; raises GeenContact or
    KoppelingOnbeslist when the family may not be contacted.
    """
    stand = contactstanden([gezin_id], vergrendel=True).get(gezin_id, Contact.GESTOPT)
    if stand is Contact.GESTOPT:
        raise GeenContact
    if stand is Contact.WACHT:
        raise KoppelingOnbeslist
    instellingen = omgevingen()
    bezoeken = lopende_bezoeken(instellingen, nu, gezin_id=gezin_id, hervat=True)
    list(
        Bezoek.objects.filter(pk__in=[bezoek.stand.bezoek_id for bezoek in bezoeken])
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .values_list("pk")
    )
    wie = coordinatoren()
    berichten = [b for bezoek in bezoeken for b in _berichten(bezoek, instellingen[bezoek.gebied_id], nu, wie)]
    gekozen = [b for b in berichten if not soorten or b.soort in soorten]
    return berichten_hervatten(nieuw=gekozen, nu=nu)


def _leg_vast(nieuw: Sequence[tuple[Lopend, list[NieuwBericht]]], nu: datetime) -> Counter[str]:
    """Write the messages of visits that have not changed since they were read; the next sweep looks at the others.

    Lock order: gezin, bezoek, berichten, each by id. So a visit that is being closed is either closed before, and gets
    nothing, or closed after, and its closing cancels what is written here.
    """
    with transaction.atomic():
        benaderbaar = benaderbare_gezinnen({bezoek.gezin_id for bezoek, _berichten in nieuw}, vergrendel=True)
        versies = dict(
            Bezoek.objects.filter(pk__in=[bezoek.stand.bezoek_id for bezoek, _berichten in nieuw])
            .order_by("pk")
            .select_for_update(of=("self",), no_key=True)
            .values_list("pk", "versie")
        )
        return berichten_plannen_per_soort(
            nieuw=[
                bericht
                for bezoek, berichten in nieuw
                if bezoek.gezin_id in benaderbaar and versies.get(bezoek.stand.bezoek_id) == bezoek.versie
                for bericht in berichten
            ],
            nu=nu,
        )


def _berichten(bezoek: Lopend, omgeving: Omgeving, nu: datetime, wie: Sequence[Coordinator]) -> Iterable[NieuwBericht]:
    """The messages for what is due: one per recipient, of whom a wijk may have several (coordinators) or none."""
    for rij in verschuldigd(bezoek.stand, omgeving, nu):
        for ontvanger in _ontvangers(bezoek, rij, wie):
            yield NieuwBericht(
                soort=rij.soort,
                gebied_id=bezoek.gebied_id,
                dag=rij.dag,
                gepland_op=rij.moment,
                verloopt_op=rij.verloopt_op,
                aanleiding=aanleiding(bezoek.stand.bezoek_id),
                onderwerp=rij.onderwerp,
                context=_context(bezoek, rij),
                taal=bezoek.stand.bereik.taal if rij.ontvanger is Ontvanger.GEZIN else "nl",
                **{"kanaal": rij.kanaal.value, "terugval": [k.value for k in rij.terugval], **ontvanger},
            )


def _ontvangers(bezoek: Lopend, rij: Verschuldigd, wie: Sequence[Coordinator]) -> list[dict[str, Any]]:
    match rij.ontvanger:
        case Ontvanger.GEZIN:
            return [{"gezin_id": bezoek.gezin_id}]
        case Ontvanger.OOIEVAARSMOEDER:
            # It sends her to the family: in doubt she does not go either (rule 2).
            return [{"ooievaarsmoeder_id": bezoek.ooievaarsmoeder_id, "over_gezin_id": bezoek.gezin_id}]
        case Ontvanger.COORDINATOR:
            return [
                {
                    "gebruiker_id": c.gebruiker_id,
                    "kanaal": "email" if c.heeft_email else "app",
                    "terugval": ["app"] if c.heeft_email else [],
                }
                for c in coordinatoren_van(bezoek, wie)
            ]


def _context(bezoek: Lopend, rij: Verschuldigd) -> dict[str, str]:
    """Values for the text: dates and times only, no personal data."""
    stand = bezoek.stand
    if rij.soort == "bezoekherinnering" and stand.afspraak_begin is not None:
        begin = stand.afspraak_begin.astimezone(AMSTERDAM)
        return {"dag": begin.date().isoformat(), "tijd": f"{begin:%H.%M}"}
    if rij.soort == "aankondiging":
        # Who is told late is not told of days that are past.
        vanaf = max(stand.venster.begin, rij.moment.astimezone(AMSTERDAM).date())
        tot = max(stand.venster.eind, vanaf + timedelta(days=14)) if vanaf > stand.venster.begin else stand.venster.eind
        return {"van": vanaf.isoformat(), "tot": tot.isoformat()}
    return {}


# What is said of each fault of a rule.
_REGELFOUTEN = {
    "onbekend": _("Dit soort bericht kennen we niet."),
    "pastNiet": _("Dit soort bericht gaat niet naar deze ontvanger."),
    "voorContact": _("Voor deze dag mag er nog geen contact zijn. Kies een latere dag."),
    "teLaag": _("Dit is te vroeg. Kies een ander aantal dagen."),
    "teHoog": _("Dit is te laat om nog nut te hebben. Kies een eerdere dag."),
    "buitenUren": _("Dan gaan er geen berichten weg. Kies een tijd binnen de berichturen."),
}


def regel_keuren(*, gebied: Gebied, regel: Regel) -> None:
    """Refuse a rule that would send at night or before contact may be. Raises Ongeldig with every fault."""
    uren = Uren(gebied.bericht_van, gebied.bericht_tot)
    if fouten := keur_regel(regel, contact_vanaf=gebied.contact_vanaf_dag, uren=uren):
        raise Ongeldig([(veld, code, _REGELFOUTEN[code]) for veld, code in fouten])


@transaction.atomic
def regel_bewaren(*, gebied: Gebied, regel: Regel, actief: bool) -> Herinneringsregel:
    """Change when a reminder goes, or put it off. A Gebied without rules of its own gets all of domain.md first.

    What is in the outbox already stays there: the key has the day of the rule, so a rule that moves may remind of the
    same thing once more. The preview says so. Raises Ongeldig.
    """
    regel_keuren(gebied=gebied, regel=regel)
    if not Herinneringsregel.objects.filter(gebied=gebied).exists():
        standaardregels(gebied)
    rij, _nieuw = Herinneringsregel.objects.select_for_update(of=("self",)).update_or_create(
        gebied=gebied,
        soort=regel.soort,
        ontvanger=regel.ontvanger.value,
        defaults={"dag": regel.dag, "tijd": regel.tijd, "actief": actief},
    )
    rij.refresh_from_db()
    return rij

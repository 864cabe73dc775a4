"""Planning and cancelling messages, inside the transaction of what causes them (docs/adr/0002).

Lock order: gezin -> bezoek -> stock -> berichten. Rows of the outbox are always locked in the order of their id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from notifications.doelen import MET_TOESTEMMING
from notifications.models import Bericht, Berichtstatus

_HERVAT = ["status", "fout", "pogingen", "kanaal", "context", "gepland_op", "verloopt_op", "terugval", "bundel"]
_ONVERZONDEN = (Berichtstatus.GEPLAND, Berichtstatus.BEZIG)


@dataclass(frozen=True, kw_only=True, slots=True)
class NieuwBericht:
    """A message to plan, to exactly one of gezin, ooievaarsmoeder and gebruiker.

    `aanleiding` says what it is about in the caller's words ("bezoek:<uuid>"): by it the message is cancelled.
    `dag` is the day on which it is due and `onderwerp` what it is about: with recipient and soort they are the key, so
    planning the same message again plans nothing. Without `onderwerp` the aanleiding is the subject.
    `spoed`: somebody's safety, so it goes at any hour and before everything else.
    `terugval`: the channels it goes to, in this order, when the first certainly fails.
    `context` holds values for the text that are no personal data (dates, times, numbers).
    `over_gezin_id`: a message to one of us that sends her to this family; it waits, or ends, as one to the family does.
    """

    soort: str
    kanaal: str
    gebied_id: UUID
    dag: date
    gepland_op: datetime
    aanleiding: str
    gezin_id: UUID | None = None
    ooievaarsmoeder_id: UUID | None = None
    gebruiker_id: UUID | None = None
    over_gezin_id: UUID | None = None
    onderwerp: str = ""
    verloopt_op: datetime | None = None
    taal: str = "nl"
    spoed: bool = False
    terugval: Sequence[str] = ()
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sleutel(self) -> str:
        """(recipient, kind, subject, due date): unique in the outbox, whatever becomes of the row."""
        if self.gezin_id:
            ontvanger = f"gezin:{self.gezin_id}"
        elif self.ooievaarsmoeder_id:
            ontvanger = f"ooievaarsmoeder:{self.ooievaarsmoeder_id}"
        else:
            ontvanger = f"gebruiker:{self.gebruiker_id}"
        return f"{ontvanger}/{self.soort}/{self.onderwerp or self.aanleiding}/{self.dag.isoformat()}"


def berichten_plannen(*, nieuw: Sequence[NieuwBericht], nu: datetime) -> int:
    """Put messages in the outbox; those that are there already (by their key) stay. Returns how many are new.

    Call it inside the transaction of what causes the message. A cancelled message keeps its key, so it is not planned
    again by itself (domain.md, rule 3).
    """
    return sum(berichten_plannen_per_soort(nieuw=nieuw, nu=nu).values())


def berichten_plannen_per_soort(*, nieuw: Sequence[NieuwBericht], nu: datetime) -> Counter[str]:
    """As `berichten_plannen`, counted by kind."""
    if not nieuw:
        return Counter()
    rijen = [
        Bericht(
            soort=b.soort,
            kanaal=b.kanaal,
            taal=b.taal,
            spoed=b.spoed,
            terugval=list(b.terugval),
            gebied_id=b.gebied_id,
            gezin_id=b.gezin_id,
            ooievaarsmoeder_id=b.ooievaarsmoeder_id,
            gebruiker_id=b.gebruiker_id,
            over_gezin_id=b.over_gezin_id,
            aanleiding=b.aanleiding,
            context=dict(b.context),
            sleutel=b.sleutel,
            gepland_op=b.gepland_op,
            verloopt_op=b.verloopt_op,
            aangemaakt_op=nu,
        )
        # In the order of the key: two sweeps at once wait for each other instead of deadlocking.
        for b in sorted(nieuw, key=lambda b: b.sleutel)
    ]
    with transaction.atomic():
        Bericht.objects.bulk_create(rijen, ignore_conflicts=True, batch_size=1000)
        # Ids are made here, so the rows that are there with our id are the ones that were new.
        telling = (
            Bericht.objects.filter(pk__in=[r.pk for r in rijen]).order_by().values_list("soort").annotate(Count("pk"))
        )
        return Counter(dict(telling))


def berichten_hervatten(*, nieuw: Sequence[NieuwBericht], nu: datetime) -> list[UUID]:
    """A person plans these messages again: a cancelled one waits anew, one that never was there is added.

    What was sent, waits, failed or is uncertain stays as it is. Returns the ids of what waits now because of this.
    """
    if not nieuw:
        return []
    per_sleutel = {b.sleutel: b for b in nieuw}
    with transaction.atomic():
        geannuleerd = Bericht.objects.filter(sleutel__in=per_sleutel, status=Berichtstatus.GEANNULEERD).order_by("pk")
        rijen = list(geannuleerd.select_for_update(of=("self",)))
        for rij in rijen:
            weer = per_sleutel[rij.sleutel]
            rij.status, rij.fout, rij.pogingen = Berichtstatus.GEPLAND, "", 0
            rij.kanaal, rij.context = weer.kanaal, dict(weer.context)
            rij.terugval, rij.bundel = list(weer.terugval), None
            rij.gepland_op, rij.verloopt_op = weer.gepland_op, weer.verloopt_op
        Bericht.objects.bulk_update(rijen, _HERVAT)
        bekend = set(Bericht.objects.filter(sleutel__in=per_sleutel).values_list("sleutel", flat=True))
        erbij = [b for sleutel, b in per_sleutel.items() if sleutel not in bekend]
        berichten_plannen(nieuw=erbij, nu=nu)
        nieuwe = Bericht.objects.filter(sleutel__in=[b.sleutel for b in erbij]).values_list("pk", flat=True)
        return [*(rij.pk for rij in rijen), *nieuwe]


def berichten_annuleren(
    *,
    nu: datetime,
    aanleiding: str | None = None,
    aanleidingen: Collection[str] | None = None,
    gezin_id: UUID | None = None,
    ooievaarsmoeder_id: UUID | None = None,
    soort: str | None = None,
    soorten: Collection[str] | None = None,
    doel: str | None = None,
) -> int:
    """Cancel what was not sent, in the transaction of what stops it. All conditions given must hold; give at least one.

    `doel`: one of those that need consent; messages of contact end with all contact.
    A message that is being sent at this moment is waited for: it was sent before the stop commits, or never.
    Returns how many were cancelled.
    """
    voorwaarden = {
        naam: waarde
        for naam, waarde in (
            ("aanleiding", aanleiding),
            ("aanleiding__in", aanleidingen),
            ("gezin_id", gezin_id),
            ("ooievaarsmoeder_id", ooievaarsmoeder_id),
            ("soort", soort),
            ("soort__in", soorten),
            # The kinds of a purpose begin with its name (`notifications.doelen`).
            ("soort__startswith", doel),
        )
        if waarde is not None
    }
    if doel is not None and doel not in MET_TOESTEMMING:
        raise ValueError("berichten_annuleren knows only purposes that need consent")
    if not voorwaarden:
        raise ValueError("berichten_annuleren needs at least one condition")
    # Part of the transaction of what stops them: no savepoint of its own.
    with transaction.atomic(savepoint=False):
        rijen = Bericht.objects.filter(status__in=_ONVERZONDEN, **voorwaarden).order_by("pk")
        ids = list(rijen.select_for_update(of=("self",)).values_list("pk", flat=True))
        if not ids:
            return 0
        return Bericht.objects.filter(pk__een_van=ids).update(status=Berichtstatus.GEANNULEERD, lease_tot=None)

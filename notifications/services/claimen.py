"""Which messages are ours to send: claim with a lease, settle what is over, keep the provider's pace."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from notifications.kanalen import Verzendkanaal
from notifications.models import Bericht, Berichtstatus, Tempo
from notifications.services.bundelen import (
    BUNDELBAAR,
    PAUZE,
    Gevonden,
    een_tegelijk,
    leg_samen,
    met_de_rest,
    zonder_wachtenden,
)
from notifications.services.markeren import MAXIMUM_POGINGEN
from ooievaar.kalender import mag_nu
from ooievaar.selectors.bereik import Verzendregels

# Longer than a claimed batch takes to send; a crashed sender's messages wait this long.
LEASE = timedelta(minutes=10)
# What is urgent goes in small parts and cannot wait for the lease of a crashed sender.
SPOED_LEASE = timedelta(seconds=45)
# How long a channel without keys is left alone after a message that may or may not have arrived.
RUST = timedelta(minutes=15)


@dataclass(frozen=True)
class Rij:
    """A claimed row: what is needed to put it with others."""

    id: UUID
    # The family that it goes to, or sends one of us to.
    gezin_id: UUID | None
    bundel: UUID | None


@dataclass(frozen=True)
class Claim:
    """Rows that are ours until `lease`. The lease is also our token: who claims after us has another one."""

    rijen: list[Rij]
    op: datetime
    lease: datetime

    def partijen(self, grootte: int) -> Iterator[list[Rij]]:
        """What is handed over together: a bundle is one message, so it stays whole."""
        los = [rij for rij in self.rijen if rij.bundel is None]
        for begin in range(0, len(los), grootte):
            yield los[begin : begin + grootte]
        bundels: dict[UUID, list[Rij]] = {}
        for rij in self.rijen:
            if rij.bundel is not None:
                bundels.setdefault(rij.bundel, []).append(rij)
        yield from bundels.values()


def opruimen(kanalen: Collection[Verzendkanaal], nu: datetime, *, spoed: bool) -> Counter[str]:
    """Settle what is not to be sent any more: expired, tried too often, or perhaps delivered and not to be repeated."""
    van_niemand = Q(status=Berichtstatus.GEPLAND) | Q(status=Berichtstatus.BEZIG, lease_tot__lte=nu)
    voorbij = Q(verloopt_op__lte=nu) | Q(pogingen__gte=MAXIMUM_POGINGEN)
    zonder_sleutel = Q(pk__in=[])
    for kanaal in kanalen:
        venster = kanaal.sleutelvenster
        begonnen = Q(begonnen_op__isnull=False) if venster is None else Q(begonnen_op__lte=nu - venster)
        zonder_sleutel |= Q(kanaal=kanaal.naam) & begonnen
    with transaction.atomic():
        rijen = Bericht.objects.filter(
            van_niemand, voorbij | zonder_sleutel, kanaal__in=[kanaal.naam for kanaal in kanalen], spoed=spoed
        ).order_by("pk")
        per_einde: dict[tuple[Berichtstatus, str], list[UUID]] = {}
        slot = rijen.select_for_update(of=("self",), skip_locked=True)
        for pk, begonnen_op, verloopt_op in slot.values_list("pk", "begonnen_op", "verloopt_op"):
            if begonnen_op is not None:
                einde = (Berichtstatus.ONZEKER, "afgebroken")
            elif verloopt_op is not None and verloopt_op <= nu:
                einde = (Berichtstatus.GEANNULEERD, "verlopen")
            else:
                einde = (Berichtstatus.MISLUKT, "teVaak")
            per_einde.setdefault(einde, []).append(pk)
        telling: Counter[str] = Counter()
        for (status, fout), ids in per_einde.items():
            Bericht.objects.filter(pk__een_van=ids).update(status=status, fout=fout, lease_tot=None)
            telling["verlopen" if fout == "verlopen" else status.value] += len(ids)
    return telling


def wachtende_kanalen(nu: datetime, *, spoed: bool) -> set[str]:
    """The channels on which something is due: a sender that finds none has nothing more to ask."""
    due = Bericht.objects.filter(_due(nu), spoed=spoed).order_by()
    return set(due.values_list("kanaal", flat=True).distinct())


def _due(nu: datetime) -> Q:
    return Q(status=Berichtstatus.GEPLAND, gepland_op__lte=nu) | Q(status=Berichtstatus.BEZIG, lease_tot__lte=nu)


def claim(
    kanaal: Verzendkanaal, nu: datetime, regels: Mapping[UUID, Verzendregels], batch: int, *, spoed: bool
) -> Claim:
    """Take up to `batch` due messages for ourselves and commit that; other senders pass over them.

    On a channel where messages are merged, whoever is in the batch comes with all that is due for her.
    """
    gebieden = _gebieden(regels, nu, spoed=spoed)
    lease = SPOED_LEASE if spoed else LEASE
    if kanaal.per_seconde:
        # No more than what certainly goes while they are ours.
        batch = max(1, min(batch, int(kanaal.per_seconde * lease.total_seconds() / 2)))
    tot = nu + lease
    if not gebieden:
        return Claim([], nu, tot)
    with transaction.atomic():
        due = Bericht.objects.filter(
            _due(nu),
            Q(verloopt_op__isnull=True) | Q(verloopt_op__gt=nu),
            kanaal=kanaal.naam,
            spoed=spoed,
            gebied_id__in=gebieden,
            pogingen__lt=MAXIMUM_POGINGEN,
        ).order_by("gepland_op")
        if kanaal.sleutelvenster is None:
            due = due.filter(begonnen_op__isnull=True)
        due = due.select_for_update(of=("self",), skip_locked=True)
        if spoed or kanaal.naam not in BUNDELBAAR:
            gevonden = _lees(due, batch)
            in_bundel = {rij.id: rij.bundel for rij in gevonden}
        else:
            een_tegelijk(kanaal.naam)
            met_pauze = _gebieden(regels, nu + PAUZE, spoed=False)
            gevonden = met_de_rest(_lees(zonder_wachtenden(due, kanaal.naam, nu, met_pauze), batch), due)
            in_bundel = leg_samen(gevonden)
        if not gevonden:
            return Claim([], nu, tot)
        velden = {"status": Berichtstatus.BEZIG, "lease_tot": tot, "pogingen": F("pogingen") + 1}
        if kanaal.sleutelvenster is not None:
            # From here on it may be called, and the key's window counts from the first time.
            velden["begonnen_op"] = Coalesce("begonnen_op", nu)
        Bericht.objects.filter(pk__een_van=[rij.id for rij in gevonden]).update(**velden)
    return Claim([Rij(rij.id, rij.gezin_id or rij.over_gezin_id, in_bundel[rij.id]) for rij in gevonden], nu, tot)


def _lees(due: QuerySet[Bericht], aantal: int) -> list[Gevonden]:
    return [Gevonden(*velden) for velden in due.values_list(*Gevonden._fields)[:aantal]]


def _gebieden(regels: Mapping[UUID, Verzendregels], moment: datetime, *, spoed: bool) -> list[UUID]:
    """The areas where messages may go at this moment."""
    return [gebied for gebied, regel in regels.items() if spoed or mag_nu(moment, regel.uren, regel.stil)]


def met_rust(nu: datetime) -> set[str]:
    """The channels that are left alone now, because they failed in a way that costs a person's time."""
    return set(Tempo.objects.filter(rust_tot__gt=nu).values_list("kanaal", flat=True))


def staak(kanaal: Verzendkanaal, genomen: Claim, rest: Sequence[Rij], nu: datetime, *, rust: bool) -> int:
    """The channel does not work: give back what was not tried, as it was. Returns how many.

    With `rust` nobody tries it for `RUST`: it knows no keys, so each try can leave a message of which nobody knows.
    """
    if rust:
        velden = {"rust_tot": nu + RUST}
        Tempo.objects.update_or_create(kanaal=kanaal.naam, defaults=velden, create_defaults={"vrij_op": nu, **velden})
    onze = Bericht.objects.filter(
        pk__een_van=[rij.id for rij in rest], status=Berichtstatus.BEZIG, lease_tot=genomen.lease
    )
    return onze.update(
        status=Berichtstatus.GEPLAND,
        lease_tot=None,
        pogingen=F("pogingen") - 1,
        # What an earlier attempt left open stays open; what this claim would have begun was not.
        begonnen_op=Case(When(begonnen_op__lt=genomen.op, then=F("begonnen_op")), default=None),
    )


def wacht_op_beurt(kanaal: Verzendkanaal, aantal: int) -> None:
    """Wait until the provider takes so many messages more; all senders together keep its limit. Holds no locks."""
    if not kanaal.per_seconde:
        return
    duur = aantal / kanaal.per_seconde
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO notifications_tempo AS t (kanaal, vrij_op)
            VALUES (%(kanaal)s, clock_timestamp() + %(duur)s * interval '1 second')
            ON CONFLICT (kanaal) DO UPDATE
                SET vrij_op = greatest(t.vrij_op, clock_timestamp()) + %(duur)s * interval '1 second'
            RETURNING extract(epoch FROM t.vrij_op - clock_timestamp())
            """,
            {"kanaal": kanaal.naam, "duur": duur},
        )
        over = float(cursor.fetchone()[0]) - duur
    if over > 0:
        time.sleep(over)

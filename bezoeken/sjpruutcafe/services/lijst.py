"""The guest list of one café under a lock: everything that gives or takes places works on this.

Lock order: gezinnen (by id), café, berichten. Who is told something must have its family locked first, so
`lijst_met_gezinnen` locks the families on the list, then the café, and tries again when a family joined in between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bezoeken.gastenlijst import ACTIEF, BEZET, Aanmeldactie, Aanmeldstatus, Plaatsen, naar, vrij_na
from bezoeken.models import Cafeaanmelding, Sjpruutcafe
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.benaderbaar import benaderbare_gezinnen

_VELDEN = ["status", "aangeboden_tot", "afgemeld_op"]
_POGINGEN = 20


@dataclass
class Lijst:
    """A locked café with everybody who is or was on its list, in the order of coming."""

    cafe: Sjpruutcafe
    rijen: list[Cafeaanmelding]
    # The families that are locked with it and may be contacted.
    benaderbaar: frozenset[UUID] = frozenset()

    def van(self, gezin_id: UUID) -> Cafeaanmelding | None:
        """The sign-up of this family, whatever its state."""
        return next((rij for rij in self.rijen if rij.gezin_id == gezin_id), None)

    def met(self, statussen: Collection[str] = ACTIEF) -> list[Cafeaanmelding]:
        """Those in one of these states, in the order of coming."""
        return [rij for rij in self.rijen if rij.status in statussen]

    @property
    def vrij(self) -> Plaatsen:
        """What is free: offers keep their places."""
        return vrij_na(capaciteit(self.cafe), (groep(rij) for rij in self.met(BEZET)))

    @property
    def wachtenden(self) -> list[tuple[UUID, Plaatsen]]:
        """The queue, as the rules take it."""
        return [(rij.pk, groep(rij)) for rij in self.met({Aanmeldstatus.WACHTLIJST})]

    @property
    def volgend_nummer(self) -> int:
        """The place at the end of the queue."""
        return max((rij.volgnummer for rij in self.rijen), default=0) + 1

    def verloop(self, nu: datetime) -> None:
        """Offers whose time is over lose their places, whether or not the sweep has passed by."""
        for rij in self.met({Aanmeldstatus.AANGEBODEN}):
            if rij.aangeboden_tot is not None and rij.aangeboden_tot <= nu:
                zet(rij, Aanmeldactie.VERLOPEN)


def capaciteit(cafe: Sjpruutcafe) -> Plaatsen:
    """The chairs of a café."""
    return Plaatsen(cafe.capaciteit_volwassenen, cafe.capaciteit_kinderen)


def groep(rij: Cafeaanmelding) -> Plaatsen:
    """The people of a sign-up."""
    return Plaatsen(rij.volwassenen, rij.kinderen)


def zet(rij: Cafeaanmelding, actie: Aanmeldactie, *, tot: datetime | None = None, op: datetime | None = None) -> None:
    """Move a sign-up along the table and save it. Raises OngeldigeStap."""
    rij.status = naar(actie, rij.status)
    rij.aangeboden_tot = tot
    rij.afgemeld_op = op
    rij.save(update_fields=_VELDEN)


def cafe_vergrendelen(*, cafe_id: UUID) -> Sjpruutcafe:
    """Lock a café for the rest of the transaction. Raises NietGevonden."""
    cafes = Sjpruutcafe.objects.select_for_update(of=("self",), no_key=True).select_related("plaats")
    cafe = cafes.filter(pk=cafe_id).first()
    if cafe is None:
        raise NietGevonden
    return cafe


def lijst_vergrendelen(*, cafe_id: UUID, nu: datetime) -> Lijst:
    """Lock a café with its list, offers that are over expired. The caller has locked the families it will tell."""
    cafe = cafe_vergrendelen(cafe_id=cafe_id)
    lijst = Lijst(cafe, list(Cafeaanmelding.objects.filter(cafe_id=cafe_id).order_by("volgnummer")))
    lijst.verloop(nu)
    return lijst


def lijst_met_gezinnen(*, cafe_id: UUID, statussen: Iterable[str] = ACTIEF, nu: datetime) -> Lijst:
    """Lock the families on the list in these states, then the list itself."""
    gezocht = frozenset(statussen)
    for _poging in range(_POGINGEN):
        punt = transaction.savepoint()
        rijen = Cafeaanmelding.objects.filter(cafe_id=cafe_id, status__in=gezocht)
        gezinnen = set(rijen.values_list("gezin_id", flat=True))
        benaderbaar = benaderbare_gezinnen(gezinnen, vergrendel=True)
        lijst = lijst_vergrendelen(cafe_id=cafe_id, nu=nu)
        if {rij.gezin_id for rij in lijst.met(gezocht)} <= gezinnen:
            transaction.savepoint_commit(punt)
            lijst.benaderbaar = benaderbaar
            return lijst
        # A family joined before the café was locked: let go of everything, or two of us would wait for each other.
        transaction.savepoint_rollback(punt)
    raise RuntimeError("the list of a café kept changing")

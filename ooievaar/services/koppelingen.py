"""Proposing, deciding and making links between families. What a stop does with them, the rooms above know."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ooievaar.models import Gezin, Gezinskoppeling
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.koppelingen import gelijkende_gezinnen, verbonden_gezinnen

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

Status = Gezinskoppeling.Status


def verbonden_gezinnen_vergrendelen(*, gezin_id: UUID, ook_voorgesteld: bool = False) -> list[Gezin]:
    """Lock this family and every family linked to it, in the order of their ids; returns those over confirmed links.

    Families over proposed links are locked too: just before sending, the doubt about them is looked at as well. With
    `ook_voorgesteld` they are returned too. Raises NietGevonden.
    """
    gezien: set[UUID] = set()
    while True:
        groep = verbonden_gezinnen(gezin_id)
        if groep.keys() <= gezien:
            break
        # Once more after waiting for the locks: somebody may have linked another family meanwhile.
        gezien |= groep.keys()
        rijen = list(Gezin.objects.select_for_update(of=("self",)).filter(pk__in=gezien).order_by("pk"))
    if gezin_id not in groep:
        raise NietGevonden
    return [gezin for gezin in rijen if ook_voorgesteld or groep.get(gezin.pk)]


def koppelingen_voorstellen(*, gezin_ids: Collection[UUID], nu: datetime) -> list[UUID]:
    """Propose a link with every family that looks like one of these and was not judged before; returns the new ones.

    Call it in the transaction that wrote what they have in common.
    """
    paren = gelijkende_gezinnen(set(gezin_ids)) if gezin_ids else {}
    return _leg_vast(paren, nu) if paren else []


def koppeling_voorstellen(*, gezin_id: UUID, met: UUID, grond: str, nu: datetime) -> Gezinskoppeling:
    """Propose one link; one that is there already, whatever was decided of it, stays as it is."""
    een, ander = sorted((gezin_id, met))
    _leg_vast({(een, ander): {grond}}, nu)
    return Gezinskoppeling.objects.select_for_update(of=("self",)).get(een_id=een, ander_id=ander)


def _leg_vast(paren: dict[tuple[UUID, UUID], set[str]], nu: datetime) -> list[UUID]:
    rijen = [
        Gezinskoppeling(een_id=een, ander_id=ander, gronden=sorted(gronden), voorgesteld_op=nu)
        for (een, ander), gronden in sorted(paren.items())
    ]
    Gezinskoppeling.objects.bulk_create(rijen, ignore_conflicts=True)
    return list(Gezinskoppeling.objects.filter(pk__in=[rij.pk for rij in rijen]).values_list("pk", flat=True))


def koppeling_vergrendelen(*, koppeling_id: UUID) -> Gezinskoppeling:
    """Lock the two families of a link, then the link. Raises NietGevonden."""
    paar = Gezinskoppeling.objects.filter(pk=koppeling_id).values_list("een_id", "ander_id").first()
    if paar is None:
        raise NietGevonden
    list(Gezin.objects.select_for_update(of=("self",)).filter(pk__in=paar).order_by("pk").values_list("pk"))
    koppeling = Gezinskoppeling.objects.select_for_update(of=("self",)).filter(pk=koppeling_id).first()
    if koppeling is None:
        raise NietGevonden
    return koppeling


def koppeling_zetten(
    *, koppeling: Gezinskoppeling, status: str, door: Gebruiker | None, reden: str, nu: datetime
) -> None:
    """Write down what a person decided of a (locked) link. The same decision again changes nothing."""
    if koppeling.status == status:
        return
    koppeling.status = Status(status)
    koppeling.beoordeeld_door, koppeling.beoordeeld_op, koppeling.reden = door, nu, reden
    koppeling.save(update_fields=["status", "beoordeeld_door", "beoordeeld_op", "reden"])

"""May this family still be contacted? Asked when a message is planned, and again just before it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ooievaar.models import Gezin


def benaderbare_gezinnen(gezin_ids: Iterable[UUID], *, vergrendel: bool = False) -> frozenset[UUID]:
    """Which of these families may be contacted: no contactstop, no death in the family (domain.md, rules 3 and 4).

    With `vergrendel` (inside a transaction) a stop that comes meanwhile waits until this transaction ends, and a stop
    that was first is seen: so nothing starts after a stop has committed. Families are locked in the order of their id.
    """
    gezinnen = Gezin.objects.filter(pk__een_van=set(gezin_ids)).order_by("pk")
    if vergrendel:
        gezinnen = gezinnen.select_for_update(of=("self",), no_key=True)
    return frozenset(
        pk
        for pk, contactstop_op, stil_sinds in gezinnen.values_list("pk", "contactstop_op", "stil_sinds")
        if contactstop_op is None and stil_sinds is None
    )


def mag_benaderd_worden(gezin_id: UUID, *, vergrendel: bool = False) -> bool:
    """Whether this one family may be contacted; see `benaderbare_gezinnen`."""
    return gezin_id in benaderbare_gezinnen([gezin_id], vergrendel=vergrendel)

"""May this family still be contacted? Asked when a message is planned, and again just before it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Func

from ooievaar.models import Gezin
from ooievaar.selectors.koppelingen import VERBONDEN


class Contact(Enum):
    """What may be done with a family (domain.md, rules 2 to 4)."""

    MAG = "mag"
    GESTOPT = "gestopt"  # a contactstop or a death, here or in a family that is linked to this one
    WACHT = "wacht"  # only a proposed link leads to a stopped family: a person must decide first


_STANDEN = f"""
    WITH RECURSIVE {VERBONDEN}
    SELECT v.begin,
           bool_or(v.zeker AND (g.contactstop_op IS NOT NULL OR g.stil_sinds IS NOT NULL)),
           bool_or(g.contactstop_op IS NOT NULL OR g.stil_sinds IS NOT NULL)
    FROM verbonden v JOIN ooievaar_gezin g ON g.id = v.gezin
    GROUP BY v.begin
"""  # noqa: S608 - two constants of this app

# The same links, correlated: so a list asks it in its own query.
_WACHT = f"""(
    WITH RECURSIVE {VERBONDEN % "ARRAY[%(expressions)s]"}
    SELECT coalesce(bool_or(g.contactstop_op IS NOT NULL OR g.stil_sinds IS NOT NULL), false)
    FROM verbonden v JOIN ooievaar_gezin g ON g.id = v.gezin WHERE v.gezin <> v.begin
)"""  # noqa: S608 - a constant of this app


def wacht_op_ander_gezin(veld: str = "pk") -> Func:
    """Whether this family is, or may be, the same people as another one that is stopped; no query of its own."""
    return Func(veld, template=_WACHT, output_field=BooleanField())


def contactstanden(gezin_ids: Iterable[UUID], *, vergrendel: bool = False) -> dict[UUID, Contact]:
    """What may be done with each of these families; one that is gone is not in the answer. One query.

    With `vergrendel` (inside a transaction, one query more) a stop that comes meanwhile waits until this transaction
    ends, and a stop that was first is seen: so nothing starts after a stop has committed. Families are locked in the
    order of their id; a stop locks every family that is linked to the stopped one, so locking these is enough.
    """
    ids = list(set(gezin_ids))
    if not ids:
        return {}
    if vergrendel:
        rijen = Gezin.objects.filter(pk__een_van=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
        list(rijen.values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute(_STANDEN, [ids])
        return {
            pk: Contact.GESTOPT if zeker else Contact.WACHT if misschien else Contact.MAG
            for pk, zeker, misschien in cursor.fetchall()
        }


def benaderbare_gezinnen(gezin_ids: Iterable[UUID], *, vergrendel: bool = False) -> frozenset[UUID]:
    """Which of these families may be contacted now; see `contactstanden`."""
    standen = contactstanden(gezin_ids, vergrendel=vergrendel)
    return frozenset(pk for pk, stand in standen.items() if stand is Contact.MAG)


def mag_benaderd_worden(gezin_id: UUID, *, vergrendel: bool = False) -> bool:
    """Whether this one family may be contacted; see `contactstanden`."""
    return gezin_id in benaderbare_gezinnen([gezin_id], vergrendel=vergrendel)

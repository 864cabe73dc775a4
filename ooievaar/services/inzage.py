"""Writing down who opened which family. Every way of showing one family calls this, and no list does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from ooievaar.kalender import dag_van, moment_op
from ooievaar.models import Inzage


def inzage_vastleggen(
    *, gebruiker_id: UUID, gezin_ids: Iterable[UUID], waar: str, nu: datetime, eens_per_dag: bool = False
) -> None:
    """This user saw these families; one insert, whatever the number. `waar`: one of `Inzage.Waar`.

    `eens_per_dag` is for what fetches the same again and again (a phone): the first time of each day is written down,
    at the cost of one more query.
    """
    ids = dict.fromkeys(gezin_ids)
    if eens_per_dag and ids:
        vandaag = moment_op(dag_van(nu), time(0))
        bekend = Inzage.objects.filter(gezin_id__in=ids, gebruiker_id=gebruiker_id, waar=waar, op__gte=vandaag)
        ids = dict.fromkeys(ids.keys() - set(bekend.values_list("gezin_id", flat=True)))
    rijen = [Inzage(gezin_id=gezin_id, gebruiker_id=gebruiker_id, waar=Inzage.Waar(waar), op=nu) for gezin_id in ids]
    if rijen:
        Inzage.objects.bulk_create(rijen)

"""Writing down who saw which family. Every way of showing families with a name or an address calls this."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from ooievaar.kalender import dag_van
from ooievaar.models import Inzage


def inzage_vastleggen(
    *, gebruiker_id: UUID, gezin_ids: Iterable[UUID], waar: str, nu: datetime, eens_per_dag: bool = False
) -> None:
    """This user saw these families; one insert, whatever the number. `waar`: one of `Inzage.Waar`.

    `eens_per_dag` is for what fetches the same again and again (a phone, a list): only the first time of a day is
    written down.
    """
    dag = dag_van(nu) if eens_per_dag else None
    rijen = [
        Inzage(gezin_id=gezin_id, gebruiker_id=gebruiker_id, waar=Inzage.Waar(waar), op=nu, dag=dag)
        for gezin_id in dict.fromkeys(gezin_ids)
    ]
    if rijen:
        Inzage.objects.bulk_create(rijen, ignore_conflicts=eens_per_dag)


def lijst_ingezien(*, gebruiker_id: UUID, gezin_ids: Iterable[UUID], nu: datetime) -> None:
    """This user saw these families named on a page about something else: one line a day for each, as for a list."""
    inzage_vastleggen(gebruiker_id=gebruiker_id, gezin_ids=gezin_ids, waar="lijst", nu=nu, eens_per_dag=True)

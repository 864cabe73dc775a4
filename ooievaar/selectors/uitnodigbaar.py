"""Families that consented to something, with what it takes to decide whether and where they are invited."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from ooievaar.models import Pasgeborene, Toestemming
from ooievaar.selectors.koppelingen import VERBONDEN


@dataclass(frozen=True)
class Toestemmer:
    """A family whose consent holds now: where it lives (longitude, latitude of its wijk) and its youngest child."""

    gezin_id: UUID
    ligging: tuple[float, float] | None
    jongste: date
    sinds: datetime
    hersteld_op: datetime | None


def toestemmers(
    *, gebied_id: UUID, doel: str, nu: datetime, geboren_na: date, gezin_ids: Collection[UUID] | None = None
) -> list[Toestemmer]:
    """The families of a Gebied that consented and are not stopped; one query.

    With a child born after `geboren_na` that lives here. Not those with a contactstop, after a death, or with a
    secret address: nobody writes to them by itself (domain.md, rules 3 to 5).
    """
    kinderen = Pasgeborene.objects.filter(
        gezin_id=OuterRef("gezin_id"), status=Pasgeborene.Status.ACTIEF, geboortedatum__gt=geboren_na
    )
    rijen = Toestemming.objects.filter(
        gezin__gebied_id=gebied_id,
        doel=doel,
        sinds__lte=nu,
        tot__isnull=True,
        gezin__contactstop_op__isnull=True,
        gezin__stil_sinds__isnull=True,
        gezin__geheim=False,
    )
    if gezin_ids is not None:
        rijen = rijen.filter(gezin_id__in=gezin_ids)
    gevonden = (
        rijen.annotate(jongste=Subquery(kinderen.order_by("-geboortedatum").values("geboortedatum")[:1]))
        .filter(jongste__isnull=False)
        .order_by("gezin_id")
        .values_list(
            "gezin_id",
            "jongste",
            "sinds",
            "gezin__wijk__lengtegraad",
            "gezin__wijk__breedtegraad",
            "gezin__hersteld_op",
        )
    )
    return [
        Toestemmer(gezin, None if lon is None or lat is None else (lon, lat), jongste, sinds, hersteld)
        for gezin, jongste, sinds, lon, lat, hersteld in gevonden
    ]


_KRINGEN = f"""
    WITH RECURSIVE {VERBONDEN}
    SELECT v.begin, array_agg(DISTINCT v.gezin) FILTER (WHERE v.zeker)
    FROM verbonden v JOIN ooievaar_gezin g ON g.id = v.gezin
    GROUP BY v.begin
    HAVING NOT bool_or(g.contactstop_op IS NOT NULL OR g.stil_sinds IS NOT NULL)
"""  # noqa: S608 - two constants of this app


def benaderbare_kringen(gezin_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """For each of these families that may be contacted: it, and those that a person linked to it; one query.

    Who may be contacted is as `benaderbaar.benaderbare_gezinnen` says.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KRINGEN, [list(set(gezin_ids))])
        return dict(cursor.fetchall())


def voornamen_van(gezin_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The first names of the children of each family, the oldest first; families without any are left out."""
    rijen = Pasgeborene.objects.filter(gezin_id__in=set(gezin_ids), status=Pasgeborene.Status.ACTIEF)
    met_naam = rijen.exclude(voornaam="").order_by("geboortedatum", "id")
    namen: dict[UUID, list[str]] = {}
    for gezin_id, voornaam in met_naam.values_list("gezin_id", "voornaam"):
        namen.setdefault(gezin_id, []).append(voornaam)
    return namen

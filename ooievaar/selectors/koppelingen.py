"""Links between families: who hangs together with whom, and which families look like the same people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from ooievaar.models import Contactpersoon, Gebruiker, Gezin, Gezinskoppeling, Pasgeborene

# Every family that can be reached from each of the given ones; `zeker`: over confirmed links only.
VERBONDEN = """
    verbonden(begin, gezin, zeker) AS (
        SELECT eerste.id, eerste.id, true FROM ooievaar_gezin eerste WHERE eerste.id = ANY(%s::uuid[])
        UNION
        SELECT v.begin, k.naar, v.zeker AND k.zeker
        FROM verbonden v JOIN LATERAL (
            SELECT ander_id AS naar, status = 'bevestigd' AS zeker
            FROM ooievaar_gezinskoppeling WHERE een_id = v.gezin AND status <> 'afgewezen'
            UNION ALL
            SELECT een_id, status = 'bevestigd'
            FROM ooievaar_gezinskoppeling WHERE ander_id = v.gezin AND status <> 'afgewezen'
        ) k ON true
    )
"""
Grond = Gezinskoppeling.Grond


def verbonden_gezinnen(gezin_id: UUID) -> dict[UUID, bool]:
    """This family and every family linked to it, also in steps: True over confirmed links only. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE {VERBONDEN} SELECT gezin, bool_or(zeker) FROM verbonden GROUP BY gezin",  # noqa: S608
            [[gezin_id]],
        )
        return dict(cursor.fetchall())


def koppelingen_waarvoor(bereik: Q) -> QuerySet[Gezinskoppeling]:
    """The links of which at least one family is in this reach (a condition on Gezin)."""
    gezinnen = Gezin.objects.filter(bereik).values("pk")
    koppelingen = Gezinskoppeling.objects.filter(Q(een__in=gezinnen) | Q(ander__in=gezinnen))
    return koppelingen.select_related("een", "ander")


def gronden_voor(koppeling: Gezinskoppeling, lezer: Gebruiker) -> list[Gezinskoppeling.Grond]:
    """Why two families look alike, as far as this reader may know: nothing if one has an address that is secret to her.

    "The same name at the same address" as the open family would tell it (rule 5); and if only that were left out, so
    would an empty answer.
    """
    if any(gezin.geheim and gezin.geheim_voor_id != lezer.pk for gezin in (koppeling.een, koppeling.ander)):
        return []
    return [Grond(grond) for grond in koppeling.gronden]


def gelijkende_gezinnen(gezin_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], set[str]]:
    """Other families of the same Gebied that look like these, with why; pairs in the order of their id.

    The same phone number, the same e-mail address, or the same surname of a child at the same address (rules 1 and 2).
    Three queries.
    """
    paren: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    for grond, sleutels in _sleutels(gezin_ids):
        eigen = [(gebied, waarde, gezin) for gezin, gebied, waarde in sleutels if gezin in gezin_ids]
        per_sleutel = defaultdict(set)
        for gezin, gebied, waarde in sleutels:
            per_sleutel[gebied, waarde].add(gezin)
        for gebied, waarde, gezin in eigen:
            for ander in per_sleutel[gebied, waarde] - {gezin}:
                paren[min(gezin, ander), max(gezin, ander)].add(grond.value)
    return dict(paren)


def _sleutels(gezin_ids: Collection[UUID]) -> Iterable[tuple[Gezinskoppeling.Grond, list[tuple[UUID, UUID, object]]]]:
    """(why, every family with a key that one of these has): gezin, gebied and the key."""
    van_hen = Contactpersoon.objects.filter(gezin_id__in=gezin_ids)
    nummers = van_hen.exclude(telefoonnummer="").values("telefoonnummer")
    met_nummer = Contactpersoon.objects.filter(telefoonnummer__in=nummers)
    yield (
        Grond.TELEFOONNUMMER,
        [
            (gezin, gebied, str(nummer))
            for gezin, gebied, nummer in met_nummer.values_list("gezin_id", "gezin__gebied_id", "telefoonnummer")
        ],
    )
    adressen = van_hen.exclude(emailadres="").values(adres=Lower("emailadres"))
    met_adres = Contactpersoon.objects.annotate(adres=Lower("emailadres")).filter(adres__in=adressen)
    yield Grond.EMAILADRES, list(met_adres.values_list("gezin_id", "gezin__gebied_id", "adres"))
    plekken = Gezin.objects.filter(pk__in=gezin_ids).exclude(dubbelsleutel="").values("dubbelsleutel")
    bewoners = Pasgeborene.objects.filter(gezin__dubbelsleutel__in=plekken).annotate(plek=F("gezin__dubbelsleutel"))
    yield (
        Grond.NAAM_EN_ADRES,
        [
            (gezin, gebied, (plek, naam))
            for gezin, gebied, plek, naam in bewoners.values_list("gezin_id", "gezin__gebied_id", "plek", "naamsleutel")
            if naam
        ],
    )

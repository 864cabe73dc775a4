"""Reading counts: what was counted, what the books said at that moment, and the difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from voorraad.models import Mutatie, Stand, Telling, Telregel, Verschilreden
from voorraad.selectors.standen import locaties_te_boeken_door, standen_zichtbaar_voor

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# How the ledger refers to a count.
AANLEIDING = "telling:"


@dataclass(frozen=True)
class Telverschil:
    """One line of one person: what she counted, and how much that differs from what the books say of that moment.

    The books of that moment are the balance of then, with what was booked afterwards but had happened before, and
    with corrections of other counts: those are of the same shelf.
    """

    regel_id: UUID
    artikel_id: UUID
    artikel_code: str
    partij_id: UUID | None
    teller_id: UUID
    teller: str
    geteld: int
    geteld_op: datetime
    verwacht: int
    reden: str

    @property
    def aantal(self) -> int:
        return self.geteld - self.verwacht

    @property
    def reden_in_woorden(self) -> str:
        return str(Verschilreden(self.reden).label) if self.reden else ""


def tellingen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Telling]:
    """The counts of the places of which this user keeps the stock."""
    return Telling.objects.filter(locatie__in=locaties_te_boeken_door(gebruiker))


def telverschillen(telling: Telling) -> dict[tuple[UUID, UUID | None], list[Telverschil]]:
    """The lines of a count by (artikel, partij), those with a reason first; two queries."""
    regels = list(
        Telregel.objects.filter(telling=telling)
        .select_related("artikel", "teller")
        .order_by("artikel__code", "partij__houdbaar_tot", "partij_id", "geteld_op")
    )
    if not regels:
        return {}
    plek = telling.locatie_id
    later = Mutatie.objects.filter(
        Q(van=plek) | Q(naar=plek),
        artikel__in={r.artikel_id for r in regels},
        geboekt_op__gt=min(r.geteld_op for r in regels),
    ).exclude(aanleiding=f"{AANLEIDING}{telling.pk}")
    boekingen = list(
        later.values_list("artikel_id", "partij_id", "naar_id", "aantal", "gebeurd_op", "geboekt_op", "aanleiding")
    )
    gevonden: dict[tuple[UUID, UUID | None], list[Telverschil]] = {}
    for r in regels:
        erbij = sum(
            aantal if naar == plek else -aantal
            for artikel, partij, naar, aantal, gebeurd_op, geboekt_op, aanleiding in boekingen
            if (artikel, partij) == (r.artikel_id, r.partij_id)
            and geboekt_op > r.geteld_op
            and (gebeurd_op <= r.geteld_op or aanleiding.startswith(AANLEIDING))
        )
        naam = r.teller.get_full_name() or r.teller.username
        gevonden.setdefault((r.artikel_id, r.partij_id), []).append(
            Telverschil(
                r.pk, r.artikel_id, r.artikel.code, r.partij_id, r.teller_id, naam,
                r.geteld, r.geteld_op, r.stand_toen + erbij, r.reden,
            )
        )  # fmt: skip
    for lijst in gevonden.values():
        lijst.sort(key=lambda verschil: not verschil.reden)
    return gevonden


@dataclass(frozen=True)
class Tellijstregel:
    """One line of the list to count: what should be there (None when blind), and what was counted."""

    artikel_id: UUID
    code: str
    naam: str
    partij_id: UUID | None
    partij_code: str
    verwacht: int | None
    tellers: list[Telverschil]

    @property
    def sleutel(self) -> str:
        """A name for its fields on a page."""
        return f"{self.artikel_id}-{self.partij_id or ''}"


def tellijst(telling: Telling, gebruiker: Gebruiker) -> list[Tellijstregel]:
    """What there is to count, also what was found and is not in the books; four queries at most.

    A blind count that is open shows nobody what the books say.
    """
    toon = not (telling.blind and telling.status == Telling.Status.OPEN)
    standen = standen_zichtbaar_voor(gebruiker).filter(locatie=telling.locatie_id)
    if not telling.volledig:
        standen = standen.filter(artikel__in=telling.artikelen.all())
    verschillen = telverschillen(telling)
    geteld = Q(pk__in=[])
    for artikel, partij in verschillen:
        geteld |= Q(artikel=artikel, partij=partij)
    rijen = standen.filter(Q(aantal__gt=0) | geteld).select_related("artikel", "partij")
    return [
        Tellijstregel(
            s.artikel_id, s.artikel.code, s.artikel.naam, s.partij_id, s.partij.code if s.partij else "",
            s.aantal if toon else None, verschillen.get((s.artikel_id, s.partij_id), []),
        )
        for s in rijen.order_by("artikel__code", "partij__houdbaar_tot", "partij__code", "id")
    ]  # fmt: skip


def stand_van(telling: Telling, artikel_id: UUID, partij_id: UUID | None) -> Stand | None:
    """The balance of one thing in the place that is counted."""
    return Stand.objects.filter(locatie=telling.locatie_id, artikel=artikel_id, partij=partij_id).first()

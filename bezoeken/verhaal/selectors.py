"""A family's whole story, in order: every change, message, box and reading; for the screen and the command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _

from bezoeken.gezinnen.selectors import gezinnen_van_coordinator
from bezoeken.herinneren.selectors import aanleiding
from bezoeken.models import Bezoek, Handeling
from bezoeken.verhaal.zinnen import zinnen
from notifications.selectors import berichten_over
from ooievaar.platform.audit import Gebeurtenis, gebeurtenissen_over
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.gezinnen import gezinnen_waarvoor, kinderen_met_ids, met_kinderen
from ooievaar.selectors.logboek import inzagen_van, namen_bij
from voorraad.selectors import mutaties_voor, reserveringen_voor

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@dataclass(frozen=True)
class Regel:
    """One line of the story: when, who (empty: nobody in particular), what, and the reason that was given."""

    op: datetime
    wie: str
    wat: str
    reden: str = ""


@dataclass(frozen=True)
class Verhaal:
    """The story of the family that people know by this surname, the first line first."""

    naam: str
    regels: list[Regel]


def verhaal_voor(gebruiker: Gebruiker, gezin_id: UUID) -> Verhaal:
    """The story as this coordinator may read it. Raises NietGevonden for a family that is not in her reach.

    That a child died, only a coordinator of the whole Gebied reads (domain.md, rule 3).
    """
    gezin = _gezinnen().filter(gezinnen_van_coordinator(gebruiker), pk=gezin_id).first()
    if gezin is None:
        raise NietGevonden
    hele_gebied = any(
        b.rol == "coordinator" and b.gebied_id == gezin.gebied_id and not b.wijk_ids
        for b in gebruiker.bevoegdheid.bereiken
    )
    return Verhaal(gezin.achternaam or "", _regels(gezin, met_reden=hele_gebied))


def verhaal(gezin_id: UUID, *, met_reden: bool) -> list[Regel]:
    """The whole story of this family, the first line first. Raises NietGevonden.

    Eight queries, however long the story is.
    """
    gezin = _gezinnen().filter(pk=gezin_id).first()
    if gezin is None:
        raise NietGevonden
    return _regels(gezin, met_reden=met_reden)


def _gezinnen() -> Any:
    """Families with their surname, and the ids of their visits and children: the history needs no more of those."""
    bezoeken = Bezoek.objects.filter(gezin_id=OuterRef("pk")).order_by("venster_begin", "id")
    return met_kinderen(gezinnen_waarvoor(Q())).annotate(bezoek_ids=ArraySubquery(bezoeken.values("id")))


def _regels(gezin: Any, *, met_reden: bool) -> list[Regel]:
    bezoeken = [Bezoek(pk=pk) for pk in gezin.bezoek_ids]
    aanleidingen = [aanleiding(bezoek.pk) for bezoek in bezoeken]
    over = [
        gezin,
        *kinderen_met_ids(gezin.kind_ids),
        *bezoeken,
        *berichten_over(aanleidingen),
        *reserveringen_voor(aanleidingen),
    ]
    gebeurtenissen = gebeurtenissen_over(*over)
    inzagen = inzagen_van(gezin.pk)
    handelingen = list(Handeling.objects.filter(bezoek__in=bezoeken))
    mutaties = mutaties_voor(aanleidingen)
    namen = namen_bij(
        [
            *_genoemd(gebeurtenissen),
            *(gebruiker_id for _op, gebruiker_id, _waar in inzagen),
            *(id_ for h in handelingen for id_ in (h.gebruiker_id, h.besloten_door_id)),
            *(mutatie.door_id for mutatie in mutaties),
        ]
    )
    regels = [
        Regel(g.op, _wie(g, namen), zin, str(g.context.get("reden") or ""))
        for g in gebeurtenissen
        for zin in zinnen(g, namen, met_reden=met_reden)
    ]
    regels += [Regel(m.geboekt_op, namen.get(str(m.door_id), ""), _("Voorraad: %s.") % _mutatie(m)) for m in mutaties]
    regels += [regel for h in handelingen for regel in _handeling(h, namen)]
    regels += [Regel(op, namen.get(str(wie), "?"), _("Bekeken: %s.") % waar) for op, wie, waar in inzagen]
    # Sorting is stable: what one transaction did stays in the order of its rows.
    return sorted(regels, key=lambda regel: regel.op)


def _genoemd(gebeurtenissen: list[Gebeurtenis]) -> Iterator[object]:
    for g in gebeurtenissen:
        yield g.context.get("user")
        for veld in ("ooievaarsmoeder_id", "gebruiker_id", "wijk_id", "geheim_voor_id"):
            yield g.gegevens.get(veld)


def _wie(g: Gebeurtenis, namen: dict[str, str]) -> str:
    user = g.context.get("user")
    return namen.get(str(user), "?") if user else str(g.context.get("via") or "")


def _mutatie(mutatie) -> str:  # type: ignore[no-untyped-def]
    wat = _("teruggedraaid") if mutatie.draait_terug_id else mutatie.get_soort_display()
    return f"{mutatie.aantal} x {mutatie.artikel.naam}, {wat}"


def _handeling(handeling: Handeling, namen: dict[str, str]) -> Iterator[Regel]:
    """What a phone sent, and what a coordinator decided about it."""
    wie, soort = namen.get(str(handeling.gebruiker_id), "?"), handeling.get_soort_display()
    yield Regel(handeling.ontvangen_op, wie, _("Van de telefoon: %s.") % soort)
    if handeling.besloten_op:
        besluit = handeling.get_besluit_display()
        wat = _("Besluit over wat de telefoon stuurde (%(soort)s): %(besluit)s.")
        door = namen.get(str(handeling.besloten_door_id), "?")
        yield Regel(handeling.besloten_op, door, wat % {"soort": soort, "besluit": besluit}, handeling.besluit_reden)

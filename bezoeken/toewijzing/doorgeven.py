"""Several visits to others in one go, because somebody is away; and that taken back (domain.md, rule 8).

All or nothing: a rule that objects to one visit leaves all of them where they are. Lock order: every gezin and bezoek
first, in the order of their ids, then the volunteers: so two coordinators at once do not wait for each other for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.types.range import TimestamptzRange

from bezoeken.kraambezoek.services.aanvaarden import dozen_voor_bezoek_reserveren
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen
from bezoeken.models import Afspraak, Bezoek, Toewijzing
from bezoeken.toestand import Actie, mag
from bezoeken.toewijzing import regels
from bezoeken.toewijzing.selectors import Toewijsfeiten
from bezoeken.toewijzing.services import INGETROKKEN, OVERGEDRAGEN, maak_los, toewijzen, toewijzing_intrekken
from ooievaar.platform.errors import Fout

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


class NietDoorgegeven(Exception):
    """A rule objects to one of the visits; nothing was changed. `fout` has the words."""

    def __init__(self, bezoek_id: UUID, fout: Fout) -> None:
        super().__init__(fout.code)
        self.bezoek_id = bezoek_id
        self.fout = fout


@dataclass(frozen=True)
class Teruggegeven:
    """How many visits are back where they were, and how many somebody changed in the meantime."""

    terug: int
    overgeslagen: int


def voorstellen_voor_samen(
    feiten: Toewijsfeiten, bezoek_ids: Iterable[UUID], *, niet_aan: UUID | None = None, hoeveel: int = 5
) -> dict[UUID, list[regels.Voorstel]]:
    """For each visit the best few, as if every visit before it had gone to its own best one.

    So the first proposals together respect each weekly maximum. Pure: from facts that were read before.
    """
    moeders = dict(feiten.moeders)
    uitkomst = {}
    for bezoek_id in bezoek_ids:
        bezoek = feiten.bezoeken[bezoek_id]
        oordeel = regels.beoordeel(bezoek, moeders.values(), feiten.vandaag)
        beste = [v for v in oordeel.voorstellen if v.moeder.id != niet_aan][:hoeveel]
        uitkomst[bezoek_id] = beste
        if beste:
            wie = moeders[beste[0].moeder.id]
            dag = regels.geplande_dag(bezoek.begin, None, feiten.vandaag)
            moeders[wie.id] = replace(wie, gepland=(*wie.gepland, regels.GeplandBezoek(bezoek_id, dag)))
    return uitkomst


@transaction.atomic
def bezoeken_doorgeven(*, keuzes: Mapping[UUID, UUID | None], door: Gebruiker, nu: datetime) -> dict[UUID, int]:
    """Give each visit to its volunteer (None: to nobody, it is open again). Returns the version of each afterwards.

    Raises NietDoorgegeven for the first visit that a rule objects to.
    """
    volgorde = _op_slot(keuzes)
    for bezoek_id in volgorde:
        try:
            if (naar := keuzes[bezoek_id]) is None:
                toewijzing_intrekken(bezoek_id=bezoek_id, nu=nu)
            else:
                toewijzen(bezoek_id=bezoek_id, ooievaarsmoeder_id=naar, door=door, nu=nu)
        except Fout as fout:
            raise NietDoorgegeven(bezoek_id, fout) from fout
    return dict(Bezoek.objects.filter(pk__in=volgorde).values_list("pk", "versie"))


@transaction.atomic
def doorgeven_terugdraaien(*, versies: Mapping[UUID, int], door: Gebruiker, nu: datetime) -> Teruggegeven:
    """Back to who had them, with her yes, her box and her appointment as far as that time is still free.

    Without the rules: she had these visits, and is as away now as she was then. A visit that somebody changed since
    (another version than in `versies`) stays as it is.
    """
    terug = 0
    volgorde = _op_slot(versies)
    for bezoek_id in volgorde:
        bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
        if bezoek.versie != versies[bezoek_id] or not mag(Actie.TOEWIJZEN, bezoek.status):
            continue
        huidige = Toewijzing.objects.filter(bezoek=bezoek, beeindigd_op__isnull=True).first()
        eerdere = Toewijzing.objects.filter(bezoek=bezoek, eindreden__in=[OVERGEDRAGEN, INGETROKKEN])
        if huidige is not None:
            # Who had it until the very moment of this move; nobody had it: then nobody has it again.
            eerdere = eerdere.filter(beeindigd_op=huidige.toegewezen_op)
        vorige = eerdere.order_by("-beeindigd_op", "-toegewezen_op").first()
        if vorige is None:
            toewijzing_intrekken(bezoek_id=bezoek_id, nu=nu)
            terug += 1
            continue
        _terug_naar(bezoek, vorige, door=door, nu=nu)
        terug += 1
    return Teruggegeven(terug, len(volgorde) - terug)


def _op_slot(bezoek_ids: Iterable[UUID]) -> list[UUID]:
    """Lock these visits and their families, always in the same order; returns that order."""
    rijen = Bezoek.objects.filter(pk__in=list(bezoek_ids)).order_by("gezin_id", "id").values_list("pk", flat=True)
    volgorde = list(rijen)
    for bezoek_id in volgorde:
        bezoek_vergrendelen(bezoek_id=bezoek_id)
    return volgorde


def _terug_naar(bezoek: Bezoek, vorige: Toewijzing, *, door: Gebruiker, nu: datetime) -> None:
    maak_los(bezoek, eindreden=INGETROKKEN, nu=nu)
    bezoek.status = "toegewezen"
    bezoek.ooievaarsmoeder_id = vorige.ooievaarsmoeder_id
    bezoek.aanvaard_op = vorige.aanvaard_op
    afspraak = Afspraak.objects.filter(bezoek=bezoek, vervallen_op=vorige.beeindigd_op).first()
    if afspraak is not None and _opnieuw_afspreken(bezoek, afspraak):
        bezoek.status = "gepland"
    bezoek.save(update_fields=["status", "ooievaarsmoeder", "aanvaard_op"])
    Toewijzing.objects.create(
        bezoek=bezoek,
        ooievaarsmoeder_id=vorige.ooievaarsmoeder_id,
        toegewezen_op=nu,
        toegewezen_door=door,
        aanvaard_op=vorige.aanvaard_op,
    )
    if bezoek.aanvaard_op is not None:
        dozen_voor_bezoek_reserveren(bezoek=bezoek, nu=nu)


def _opnieuw_afspreken(bezoek: Bezoek, oud: Afspraak) -> bool:
    """The appointment that lapsed stands again; False when she has another one at that time by now."""
    assert bezoek.ooievaarsmoeder_id is not None
    try:
        with transaction.atomic():
            Afspraak.objects.create(
                bezoek=bezoek,
                ooievaarsmoeder_id=bezoek.ooievaarsmoeder_id,
                begin=oud.begin,
                duur_minuten=oud.duur_minuten,
                periode=TimestamptzRange(oud.periode.lower, oud.periode.upper),
            )
    except IntegrityError:
        return False
    return True

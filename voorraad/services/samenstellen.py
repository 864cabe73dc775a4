"""Packing boxes by the recipe, and taking them apart again: all lines of one act in one bundle.

A lot of boxes keeps as long as its shortest-lived part (domain.md, rule 13). Only parts that keep long enough for a
box that may be handed out are used, the earliest date first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from voorraad import fouten
from voorraad.models import (
    Artikel,
    Artikelsoort,
    Locatie,
    Locatiesoort,
    Mutatie,
    Mutatiesoort,
    Partij,
    Samenstelling,
    Samenstellingregel,
    Stand,
)
from voorraad.selectors import huidige_samenstelling, inhoud_van_partij
from voorraad.services.boeken import controleer, mutatie_boeken, plekken_bij
from voorraad.services.perioden import periode_moet_open_zijn
from voorraad.services.plekken import standaardplek
from voorraad.services.standen import (
    bijwerken,
    eerst_verlopend,
    partijen_vergrendelen,
    standen_vergrendeld,
    te_weinig,
    vrij,
)

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# More boxes at once is a slip of the finger: a year has about 430 births.
MAXIMUM_DOZEN = 1000


@dataclass(frozen=True)
class _Deel:
    """So many out of one balance."""

    stand: Stand
    aantal: int


@transaction.atomic
def samenstelling_boeken(
    *,
    artikel: Artikel,
    partij: Partij | None,
    van: Locatie | None,
    naar: Locatie | None,
    aantal: int,
    reden: str,
    door: Gebruiker | None,
    nu: datetime,
    gebeurd_op: datetime | None,
) -> Mutatie:
    """The movement `samenstelling` as the API knows it: packing, or with a place in `van` taking apart.

    A box without a recipe, and a part by itself, are one plain line to or from the table, as before there were
    recipes. Raises what packing, taking apart and a plain booking raise.
    """
    soort = Mutatiesoort.SAMENSTELLING
    zelf_ingepakt = partij is not None and partij.samenstelling_id is not None
    if artikel.soort != Artikelsoort.DOOS or not (zelf_ingepakt or huidige_samenstelling(artikel.pk)):
        return mutatie_boeken(
            soort=soort, artikel=artikel, partij=partij, van=van, naar=naar, aantal=aantal, reden=reden, door=door,
            nu=nu, gebeurd_op=gebeurd_op,
        )  # fmt: skip
    bron, doel = plekken_bij(soort, artikel, van, naar)
    controleer(soort, artikel, partij, bron, doel, aantal)
    vast: dict[str, Any] = {"aantal": aantal, "door": door, "nu": nu, "gebeurd_op": gebeurd_op, "reden": reden}
    if not bron.binnen:
        if partij is not None:
            raise Ongeldig([("partij", "ongeldig", _("Nieuwe dozen krijgen zelf een partij. Laat dit veld leeg."))])
        return dozen_samenstellen(artikel=artikel, plek=doel, **vast)
    if partij is None:
        raise Ongeldig([("partij", "verplicht", _("Kies van welke partij u dozen uit elkaar haalt."))])
    return dozen_uit_elkaar_halen(artikel=artikel, partij=partij, plek=bron, **vast)


@transaction.atomic
def dozen_samenstellen(
    *,
    artikel: Artikel,
    aantal: int,
    plek: Locatie,
    door: Gebruiker | None,
    nu: datetime,
    gebeurd_op: datetime | None = None,
    reden: str = "",
) -> Mutatie:
    """Pack `aantal` boxes at a place by the newest recipe; gives the line of the boxes, which are a lot of their own.

    Raises TekortOnderdelen (naming every part that is short), GeblokkeerdArtikel, PeriodeGesloten, and Ongeldig
    without a recipe, at a place outside, or for an amount outside 1..1000.
    """
    op = gebeurd_op or nu
    recept = _recept(artikel, aantal, plek)
    assert recept is not None
    onderdelen = {regel.artikel_id: regel for regel in recept.regels.all()}
    for ding in (artikel, *(regel.artikel for regel in onderdelen.values())):
        if ding.geblokkeerd:
            raise fouten.GeblokkeerdArtikel(ding)
    periode_moet_open_zijn(artikel.gebied_id, op, nu=nu)
    dag = clock.dag_van(op)
    standen = standen_vergrendeld(Q(artikel__in=onderdelen, locatie=plek, aantal__gt=0))
    _kijk_opnieuw_naar_terugroepen(standen)
    delen = _verdeel(artikel, aantal, plek, onderdelen.values(), standen, dag)

    data = [tot for d in delen if (tot := d.stand.partij and d.stand.partij.houdbaar_tot)]
    partij = Partij.objects.create(
        artikel=artikel,
        code=_partijcode(dag),
        samenstelling=recept,
        houdbaar_tot=min(data, default=None),
    )
    tafel, bundel = standaardplek(artikel.gebied_id, Locatiesoort.SAMENSTELLING), uuid4()
    vast: dict[str, Any] = {
        "soort": Mutatiesoort.SAMENSTELLING, "reden": reden, "gebeurd_op": op, "geboekt_op": nu, "door": door,
        "bundel": bundel,
    }  # fmt: skip
    regels = [
        Mutatie(artikel_id=d.stand.artikel_id, partij=d.stand.partij, van=plek, naar=tafel, aantal=d.aantal, **vast)
        for d in delen
    ]
    for deel in delen:
        bijwerken(deel.stand, -deel.aantal)
    # The lot is new, so nobody else can be waiting for this balance.
    Stand.objects.create(artikel=artikel, partij=partij, locatie=plek, aantal=aantal)
    doosregel = Mutatie(artikel=artikel, partij=partij, van=tafel, naar=plek, aantal=aantal, **vast)
    Mutatie.objects.bulk_create([*regels, doosregel])
    return doosregel


@transaction.atomic
def dozen_uit_elkaar_halen(
    *,
    artikel: Artikel,
    partij: Partij,
    aantal: int,
    plek: Locatie,
    door: Gebruiker | None,
    nu: datetime,
    gebeurd_op: datetime | None = None,
    reden: str = "",
) -> Mutatie:
    """Take boxes of one lot apart at a place; their parts come back there, into the lots they came from.

    Which lot of a part was in which box nobody knows: what keeps longest comes back first, so that the date of the
    boxes that stay holds. What is broken is discarded afterwards. Raises OnvoldoendeVoorraad, PeriodeGesloten, and
    Ongeldig for a lot that we did not pack, or of which fewer parts are in the books than in the boxes.
    """
    op = gebeurd_op or nu
    _recept(artikel, aantal, plek, verplicht=False)
    if partij.artikel_id != artikel.pk or partij.samenstelling_id is None:
        raise Ongeldig([("partij", "ongeldig", _("Deze partij hebben we niet zelf ingepakt. Kies een andere."))])
    periode_moet_open_zijn(artikel.gebied_id, op, nu=nu)
    per_doos = dict(
        Samenstellingregel.objects.filter(samenstelling=partij.samenstelling_id).values_list("artikel_id", "aantal")
    )
    # The balances of the parts are there: packing took from them. At another place they may not be, so make them first.
    mogelijk = inhoud_van_partij(partij.pk)
    Stand.objects.bulk_create(
        [Stand(artikel_id=deel, partij_id=lot, locatie=plek) for deel, lot in sorted(mogelijk, key=str)],
        ignore_conflicts=True,
    )
    welke = Q(artikel=artikel, partij=partij)
    for deel, lot in mogelijk:
        welke |= Q(artikel=deel, partij=lot)
    op_sleutel = {(s.artikel_id, s.partij_id): s for s in standen_vergrendeld(welke & Q(locatie=plek))}
    dozen = op_sleutel.get((artikel.pk, partij.pk))
    if dozen is None or vrij(dozen) < aantal:
        raise te_weinig(artikel, plek, aantal, [dozen] if dozen else [])

    # Boxes of this lot may be taken apart somewhere else at the same moment: what is in it is read under its lock.
    partijen_vergrendelen([partij.pk])
    terug = _terug(per_doos, inhoud_van_partij(partij.pk), op_sleutel, aantal)
    tafel, bundel = standaardplek(artikel.gebied_id, Locatiesoort.SAMENSTELLING), uuid4()
    vast: dict[str, Any] = {
        "soort": Mutatiesoort.SAMENSTELLING, "reden": reden, "gebeurd_op": op, "geboekt_op": nu, "door": door,
        "bundel": bundel,
    }  # fmt: skip
    bijwerken(dozen, -aantal)
    for deel_terug in terug:
        bijwerken(deel_terug.stand, deel_terug.aantal)
    doosregel = Mutatie(artikel=artikel, partij=partij, van=plek, naar=tafel, aantal=aantal, **vast)
    Mutatie.objects.bulk_create(
        [
            doosregel,
            *(
                Mutatie(
                    artikel_id=d.stand.artikel_id, partij=d.stand.partij, van=tafel, naar=plek, aantal=d.aantal, **vast
                )
                for d in terug
            ),
        ]
    )
    return doosregel


def _recept(artikel: Artikel, aantal: int, plek: Locatie, *, verplicht: bool = True) -> Samenstelling | None:
    """The newest recipe, after what can be said without looking at a balance. Raises Ongeldig."""
    gevonden: list[tuple[str, str, Any]] = []
    if not 1 <= aantal <= MAXIMUM_DOZEN:
        reden = _("Vul een heel getal in van 1 tot en met %(maximum)s.") % {"maximum": MAXIMUM_DOZEN}
        gevonden.append(("aantal", "teLaag" if aantal < 1 else "teHoog", reden))
    if plek.gebied_id != artikel.gebied_id:
        gevonden.append(("naar", "onbekend", _("Deze plek hoort bij een ander gebied.")))
    elif not plek.binnen:
        gevonden.append(("naar", "ongeldig", _("Kies een plek waar voorraad ligt.")))
    recept = huidige_samenstelling(artikel.pk)
    if recept is None and verplicht:
        reden = _("Artikel %(artikel)s heeft nog geen samenstelling.") % {"artikel": artikel.code}
        gevonden.append(("artikel", "geenSamenstelling", reden))
    if gevonden:
        raise Ongeldig(gevonden)
    return recept


def bruikbaar(stand: Stand, dag: date) -> bool:
    """Whether a part may go into a box on this day: not recalled, and good for as long as a box must be."""
    partij = stand.partij
    if partij is None:
        return True
    grens = dag + timedelta(days=stand.locatie.gebied.houdbaar_dagen)
    return not partij.teruggeroepen_op and (partij.houdbaar_tot is None or partij.houdbaar_tot >= grens)


def _kijk_opnieuw_naar_terugroepen(standen: list[Stand]) -> None:
    """A recall that was committed while we waited for the balances counts; what was read beside them may be older."""
    terug = dict(
        Partij.objects.filter(
            pk__in=[s.partij_id for s in standen if s.partij_id], teruggeroepen_op__isnull=False
        ).values_list("pk", "teruggeroepen_op")
    )
    for stand in standen:
        if stand.partij and stand.partij_id in terug:
            stand.partij.teruggeroepen_op = terug[stand.partij_id]


def _verdeel(
    artikel: Artikel,
    aantal: int,
    plek: Locatie,
    onderdelen: Iterable[Samenstellingregel],
    standen: list[Stand],
    dag: date,
) -> list[_Deel]:
    """From which lots the parts come, earliest date first. Raises TekortOnderdelen with all that is short."""
    delen: list[_Deel] = []
    tekorten: list[fouten.Tekort] = []
    maakbaar = aantal
    for regel in onderdelen:
        hier = eerst_verlopend([s for s in standen if s.artikel_id == regel.artikel_id and bruikbaar(s, dag)])
        er = sum(vrij(s) for s in hier)
        nog = regel.aantal * aantal
        if er < nog:
            tekorten.append(fouten.Tekort(regel.artikel, nog, er))
            maakbaar = min(maakbaar, er // regel.aantal)
            continue
        for stand in hier:
            if neem := min(nog, vrij(stand)):
                delen.append(_Deel(stand, neem))
                nog -= neem
    if tekorten:
        raise fouten.TekortOnderdelen(artikel=artikel, plek=plek, gevraagd=aantal, maakbaar=maakbaar, tekorten=tekorten)
    return delen


def _terug(
    per_doos: dict[UUID, int],
    inhoud: dict[tuple[UUID, UUID | None], int],
    standen: dict[tuple[UUID, UUID | None], Stand],
    aantal: int,
) -> list[_Deel]:
    """Which lots the parts of `aantal` boxes go back to: what keeps longest first, as far as it is in the lot.

    Raises Ongeldig when the ledger knows of fewer parts: it never gives back more than went in.
    """
    delen = []
    for deel, stuks in per_doos.items():
        nog = stuks * aantal
        hier = [(standen[sleutel], er) for sleutel, er in inhoud.items() if sleutel[0] == deel and er > 0]
        for stand, er in sorted(hier, key=lambda paar: _houdbaar_tot(paar[0]), reverse=True):
            if neem := min(nog, er):
                delen.append(_Deel(stand, neem))
                nog -= neem
        if nog:
            # More boxes were counted than were ever packed: a correction put them there without their parts.
            uitleg = _("Wat er in deze dozen zit, staat niet in de boeken. Boek de dozen af en de onderdelen bij.")
            raise Ongeldig([("partij", "onbekendeInhoud", uitleg)])
    return delen


def _houdbaar_tot(stand: Stand) -> date:
    return (stand.partij and stand.partij.houdbaar_tot) or date.max


def _partijcode(dag: date) -> str:
    """A code that says when it was packed, and is nobody else's."""
    return f"{dag:%Y%m%d}-{uuid4().hex[:6]}"

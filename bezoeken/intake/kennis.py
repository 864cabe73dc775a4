"""Reads what the judgement of some notices needs, in a fixed number of queries whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from bezoeken.intake.beoordelen import BekendBezoek, BekendeMelding, BekendKind, Kennis
from bezoeken.intake.normaliseren import Melding
from bezoeken.models import Bezoek, Bezoekkind, Geboortemelding
from bezoeken.toestand import Status
from ooievaar.selectors import huishoudens
from ooievaar.services.inschrijven import gezinnen_vergrendelen
from ooievaar.sleutels import adressleutel

LOPEND = frozenset({Status.OPEN.value, Status.TOEGEWEZEN.value, Status.GEPLAND.value})


def laad(kennis: Kennis, gebied_id: UUID, meldingen: Sequence[Melding], *, ook: Collection[UUID] = ()) -> None:
    """Add what is known of these notices: same kenmerk, same place, same phone; and the children `ook`.

    Locks the families and visits it finds, so that what is decided on them still holds when it is written.
    """
    _laad_meldingen(kennis, gebied_id, meldingen)
    plekken = {m.adres.plek for m in meldingen if m.adres.plek}
    telefoons = {m.telefoonnummer for m in meldingen if m.telefoonnummer}
    met_telefoon = huishoudens.kinderen_met_telefoon(gebied_id, telefoons) if telefoons else []
    rijen = {r["id"]: r for r in huishoudens.kinderen_op_plekken(gebied_id, plekken)} if plekken else {}
    rest = ({kind for _nummer, kind in met_telefoon} | set(ook)) - rijen.keys()
    if rest:
        rijen |= {r["id"]: r for r in huishoudens.kinderen_met_id(gebied_id, rest)}
    nieuw = [rij for id_, rij in rijen.items() if id_ not in kennis.kinderen]
    if nieuw:
        gezinnen_vergrendelen(sorted({rij["gezin_id"] for rij in nieuw}))
        # Read again under the lock: a stop that was committed while we waited counts.
        for kind in _kinderen(list(huishoudens.kinderen_met_id(gebied_id, [rij["id"] for rij in nieuw]))):
            kennis.voeg_toe(kind)
    for nummer, kind_id in met_telefoon:
        if kind_id in kennis.kinderen:
            kennis.voeg_toe(kennis.kinderen[kind_id], str(nummer))


def _laad_meldingen(kennis: Kennis, gebied_id: UUID, meldingen: Iterable[Melding]) -> None:
    gezocht = {(m.bron, m.kenmerk) for m in meldingen} - kennis.meldingen.keys()
    rijen = (
        Geboortemelding.objects.filter(gebied_id=gebied_id, kenmerk__in={kenmerk for _bron, kenmerk in gezocht})
        .order_by("is_herziening", "gemeld_op")
        .values_list("id", "bron", "kenmerk", "inhoud_hash", "pasgeborene_id", "pasgeborene__gezin_id")
    )
    for id_, bron, kenmerk, hash_, kind, gezin in rijen if gezocht else ():
        bekend = kennis.meldingen.setdefault((bron, kenmerk), BekendeMelding({}, kind, gezin))
        bekend.per_hash[hash_] = id_


def _kinderen(rijen: list[dict[str, Any]]) -> list[BekendKind]:
    ids = [rij["id"] for rij in rijen]
    bronnen: dict[UUID, set[str]] = defaultdict(set)
    for kind, bron in Geboortemelding.objects.filter(pasgeborene__in=ids, status="verwerkt").values_list(
        "pasgeborene_id", "bron"
    ):
        bronnen[kind].add(bron)
    per_kind = dict(
        Bezoekkind.objects.filter(pasgeborene__in=ids)
        .order_by("bezoek__gemeld_op")
        .values_list("pasgeborene_id", "bezoek_id")
    )
    bezoeken = {
        b.pk: BekendBezoek(b.pk, b.geboortedatum, lopend=b.status in LOPEND, gesloten=b.status == Status.AFGESLOTEN)
        for b in Bezoek.objects.select_for_update(of=("self",)).filter(pk__in=set(per_kind.values())).order_by("pk")
    }
    return [
        BekendKind(
            id=rij["id"],
            gezin=rij["gezin_id"],
            naamsleutel=rij["naamsleutel"],
            achternaam=rij["achternaam"],
            voornaam=rij["voornaam"],
            geboortedatum=rij["geboortedatum"],
            adres=adressleutel(
                rij["gezin__postcode"], rij["gezin__huisnummer"], rij["gezin__huisletter"], rij["gezin__toevoeging"]
            ),
            bronnen=bronnen[rij["id"]],
            bezoek=bezoeken.get(per_kind[rij["id"]]) if rij["id"] in per_kind else None,
            gestopt=rij["gezin__contactstop_op"] is not None or rij["gezin__stil_sinds"] is not None,
            actief=rij["status"] == "actief",
        )
        for rij in rijen
    ]

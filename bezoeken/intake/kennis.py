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
from ooievaar.selectors.benaderbaar import benaderbare_gezinnen
from ooievaar.services.inschrijven import gezinnen_vergrendelen
from ooievaar.sleutels import adressleutel

LOPEND = frozenset({Status.OPEN.value, Status.TOEGEWEZEN.value, Status.GEPLAND.value})


def laad(kennis: Kennis, gebied_id: UUID, meldingen: Sequence[Melding], *, ook: Collection[UUID] | None = None) -> None:
    """Add what is known of these notices: same kenmerk, same place, same phone or e-mail.

    With `ook` a person judges a notice that is stored already: those children are read too, and its neighbours again.

    Locks the families and visits it finds, so that what is decided on them still holds when it is written.
    """
    _laad_meldingen(kennis, gebied_id, meldingen)
    if ook is None:
        # Of a notice that is known to the letter nothing more is asked: most of a file that comes again.
        meldingen = [m for m in meldingen if not _bekend(kennis, m)]
    plekken = {m.adres.plek for m in meldingen if m.adres.plek}
    nummers = {m.telefoonnummer for m in meldingen if m.telefoonnummer}
    adressen = {m.emailadres for m in meldingen if m.emailadres}
    met_contact = huishoudens.kinderen_met_contact(gebied_id, nummers, adressen)
    rijen = {r["id"]: r for r in huishoudens.kinderen_op_plekken(gebied_id, plekken)} if plekken else {}
    rest = ({kind for _contact, kind in met_contact} | set(ook or ())) - rijen.keys()
    if rest:
        rijen |= {r["id"]: r for r in huishoudens.kinderen_met_id(gebied_id, rest)}
    nieuw = [rij for id_, rij in rijen.items() if id_ not in kennis.kinderen]
    if nieuw:
        gezinnen_vergrendelen(sorted({rij["gezin_id"] for rij in nieuw}))
        # Read again under the lock: a stop that was committed while we waited counts.
        for kind in _kinderen(list(huishoudens.kinderen_met_id(gebied_id, [rij["id"] for rij in nieuw]))):
            kennis.voeg_toe(kind)
    for contact, kind_id in met_contact:
        if kind_id in kennis.kinderen:
            kennis.voeg_toe(kennis.kinderen[kind_id], contact)


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


def _bekend(kennis: Kennis, melding: Melding) -> bool:
    eerder = kennis.meldingen.get((melding.bron, melding.kenmerk))
    return eerder is not None and melding.inhoud_hash in eerder.per_hash


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
    benaderbaar = benaderbare_gezinnen(rij["gezin_id"] for rij in rijen)
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
            gestopt=rij["gezin_id"] not in benaderbaar,
            actief=rij["status"] == "actief",
        )
        for rij in rijen
    ]

"""From rows to messages ready to go: address and text of now, bundles as one, an SMS only within its budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from notifications.doelen import doel_van
from notifications.kanalen import Oordeel, Uitkomst, Verzendkanaal, Zending
from notifications.models import Bericht, Berichtstatus, Kanaal
from notifications.services.markeren import Uitkomsten
from notifications.sjablonen import Sjabloon, SjabloonOntbreekt, Sleutel, tekst_voor
from notifications.smsmaat import smsmaat
from notifications.stoplinks import stoplink
from ooievaar.kalender import AMSTERDAM, dag_van
from ooievaar.selectors.bereik import Verzendregels

EigenTeksten = Mapping[UUID, Mapping[Sleutel, Sjabloon]]


class Post(NamedTuple):
    """What of a locked message its sending looks at. Not the whole row: making those took a third of a chunk's time."""

    id: UUID
    soort: str
    kanaal: str
    taal: str
    gebied_id: UUID
    gezin_id: UUID | None
    ooievaarsmoeder_id: UUID | None
    gebruiker_id: UUID | None
    over_gezin_id: UUID | None
    context: Mapping[str, Any]
    bundel: UUID | None
    spoed: bool
    verloopt_op: datetime | None


GEEN_ADRES = Uitkomst(Oordeel.NOOIT, "geenAdres")
GEEN_TEKST = Uitkomst(Oordeel.NOOIT, "geenTekst")
BUDGET_OP = Uitkomst(Oordeel.NOOIT, "budgetOp")


@dataclass(frozen=True)
class Opgesteld:
    """What is handed over, and by the id of each row the id of the message it is in."""

    zendingen: list[Zending]
    in_zending: dict[UUID, UUID]

    def per_rij(self, antwoorden: Mapping[UUID, Uitkomst]) -> dict[UUID, Uitkomst]:
        """The verdict of each row: that of its message."""
        return {rij: antwoorden[zending] for rij, zending in self.in_zending.items() if zending in antwoorden}


def opstellen(
    kanaal: Verzendkanaal,
    rijen: Sequence[Post],
    uitkomsten: Uitkomsten,
    nu: datetime,
    regels: Mapping[UUID, Verzendregels],
    eigen: EigenTeksten,
) -> Opgesteld:
    """Address and text, looked up now. What lacks one gets its verdict in `uitkomsten`."""
    dag = dag_van(nu)
    if not kanaal.extern:
        zendingen = [Zending(rij.id, rij.gebied_id, dag) for rij in rijen]
        return Opgesteld(zendingen, {rij.id: rij.id for rij in rijen})
    adressen = kanaal.adressen(
        gezin_ids=[r.gezin_id for r in rijen if r.gezin_id],
        ooievaarsmoeder_ids=[r.ooievaarsmoeder_id for r in rijen if r.ooievaarsmoeder_id],
        gebruiker_ids=[r.gebruiker_id for r in rijen if r.gebruiker_id],
    )
    opgesteld = Opgesteld([], {})
    bundels: dict[UUID, list[Post]] = {}
    for rij in rijen:
        ontvanger = rij.gezin_id or rij.ooievaarsmoeder_id or rij.gebruiker_id
        adres = adressen.get(ontvanger) if ontvanger else None
        if not adres:
            uitkomsten[rij.id] = GEEN_ADRES
            continue
        if rij.bundel is not None:
            bundels.setdefault(rij.bundel, []).append(rij)
            continue
        link = stoplink(rij.gezin_id, rij.kanaal, doel_van(rij.soort)) if rij.gezin_id else ""
        try:
            onderwerp, tekst = _tekst(rij, rij.kanaal, regels, eigen, link)
        except SjabloonOntbreekt:
            uitkomsten[rij.id] = GEEN_TEKST
            continue
        if kanaal.naam == Kanaal.SMS and not _binnen_budget(rij, tekst, nu, regels):
            uitkomsten[rij.id] = BUDGET_OP
            continue
        opgesteld.zendingen.append(Zending(rij.id, rij.gebied_id, dag, adres, onderwerp, tekst, link))
        opgesteld.in_zending[rij.id] = rij.id
    for bundel, deel in bundels.items():
        eerste = deel[0]
        adres = adressen[eerste.ooievaarsmoeder_id or eerste.gebruiker_id]  # type: ignore[index]
        onderwerp, tekst = _bundeltekst(deel, regels, eigen)
        opgesteld.zendingen.append(Zending(bundel, eerste.gebied_id, dag, adres, onderwerp, tekst))
        opgesteld.in_zending.update({rij.id: bundel for rij in deel})
    return opgesteld


def _tekst(
    rij: Post, kanaal: str, regels: Mapping[UUID, Verzendregels], eigen: EigenTeksten, link: str = ""
) -> tuple[str, str]:
    regel = regels[rij.gebied_id]
    return tekst_voor(
        rij.soort,
        kanaal,
        rij.context,
        gebied=regel.naam,
        telefoonnummer=regel.telefoonnummer,
        taal=rij.taal,
        voor_gezin=rij.gezin_id is not None,
        link=link,
        eigen=eigen.get(rij.gebied_id),
    )


def _bundeltekst(rijen: Sequence[Post], regels: Mapping[UUID, Verzendregels], eigen: EigenTeksten) -> tuple[str, str]:
    """Several messages as one: each in its short form, equal ones once with how often."""
    teksten: dict[str, int] = {}
    for rij in rijen:
        try:
            onderwerp, tekst = _tekst(rij, "app", regels, eigen)
        except SjabloonOntbreekt:
            onderwerp, tekst = _tekst(rij, rij.kanaal, regels, eigen)
        regel = f"{onderwerp}. {tekst}"
        teksten[regel] = teksten.get(regel, 0) + 1
    regels_van = [f"- {tekst}" if keer == 1 else f"- {keer} keer: {tekst}" for tekst, keer in teksten.items()]
    eerste = rijen[0]
    return tekst_voor(
        "bundel",
        eerste.kanaal,
        {"aantal": len(rijen), "regels": "\n".join(regels_van)},
        gebied=regels[eerste.gebied_id].naam,
        telefoonnummer="",
        voor_gezin=False,
        eigen=eigen.get(eerste.gebied_id),
    )


def _binnen_budget(rij: Post, tekst: str, nu: datetime, regels: Mapping[UUID, Verzendregels]) -> bool:
    """Whether this Gebied may still pay for it this month; a message about somebody's safety always goes.

    Exact with several senders: they wait here for each other, one message at a time, until this one is marked.
    """
    delen = smsmaat(tekst).delen
    if not rij.spoed:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"sms {rij.gebied_id}"])
        begin = nu.astimezone(AMSTERDAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        verstuurd = Bericht.objects.filter(
            gebied_id=rij.gebied_id, kanaal=Kanaal.SMS, status=Berichtstatus.VERZONDEN, verzonden_op__gte=begin
        ).aggregate(som=Sum("delen"))["som"]
        if (verstuurd or 0) + delen > regels[rij.gebied_id].sms_per_maand:
            return False
    Bericht.objects.filter(pk=rij.id).update(delen=delen)
    return True

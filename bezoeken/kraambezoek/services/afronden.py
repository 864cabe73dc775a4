"""The visit took place: one service for the API, the phone and the screens (domain.md, rules 9, 12 and 13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bezoeken.kraambezoek.fouten import AlAfgerond
from bezoeken.kraambezoek.services.losmaken import losmaken_na_bezoek
from bezoeken.kraambezoek.services.vergrendelen import aanleiding, bezoek_vergrendelen, overgang
from bezoeken.models import Bezoek, Bezoekkind
from bezoeken.toestand import Actie, Status
from ooievaar.platform.bewaren import bewaar
from ooievaar.platform.clock import dag_van
from ooievaar.platform.errors import Fout, Ongeldig
from ooievaar.services.gezinnen import toestemmingen_geven
from voorraad.services import Vouchergebruik, dozen_uitgeven, sporen, vouchers_uitgeven
from voorraad.services.dozen import Uitgifte

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


_VAN_DE_AFRONDING = (
    "status",
    "bezocht_op",
    "afgerond_op",
    "vorm",
    "onderwerpen",
    "uitnodigen",
    "zorg_gedeeld",
    "aanvaard_op",
)


@dataclass(frozen=True)
class Doos:
    """The box of one child, with the code of its swimming voucher when one was in it."""

    pasgeborene: UUID
    vouchercode: str = ""
    # What is kept of the code when the log had to wait for a person: the code itself was not kept.
    bewaarde_sporen: tuple[str, str] | None = None

    @property
    def sporen(self) -> tuple[str, str]:
        """The keyed hash of the voucher's code and its last four; empty without a voucher."""
        return self.bewaarde_sporen or voucher_sporen(self.vouchercode)


@dataclass(frozen=True)
class Afronding:
    """What she logged. Never health, religion, ethnicity or worries: topics are codes (domain.md, rule 12)."""

    bezocht_op: datetime
    vorm: str
    dozen: Sequence[Doos] = ()
    onderwerpen: Sequence[str] = ()
    uitnodigen: bool = False
    zorg_gedeeld: bool = False


@dataclass(frozen=True)
class Log:
    """A completion to write down. The caller has locked the visit and its family.

    `bezoeker_id` is the volunteer who went, when that was not the one who has the visit now (a late log of a former
    assignee): the box comes from her home, and who has the visit is not taken to have accepted it.
    """

    bezoek: Bezoek
    afronding: Afronding
    door: Gebruiker | None
    bezoeker_id: UUID | None = None

    @property
    def van_ander(self) -> bool:
        """Whether somebody else went than who has the visit now."""
        return self.bezoeker_id is not None and self.bezoeker_id != self.bezoek.ooievaarsmoeder_id


@transaction.atomic
def bezoek_afronden(
    *,
    bezoek_id: UUID,
    afronding: Afronding,
    door: Gebruiker | None,
    nu: datetime,
    bezoeker_id: UUID | None = None,
) -> tuple[Bezoek, bool]:
    """Lock one visit and log it: `bezoeken_afronden`, for who has a single one.

    Returns the visit and whether this call logged it. Raises NietGevonden and what may be refused there.
    """
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    [uitkomst] = bezoeken_afronden(logs=[Log(bezoek, afronding, door, bezoeker_id)], nu=nu)
    if isinstance(uitkomst, Fout):
        raise uitkomst
    return bezoek, uitkomst


@transaction.atomic(savepoint=False)
def bezoeken_afronden(*, logs: Sequence[Log], nu: datetime) -> list[bool | Fout]:
    """Log visits: status, a box out of stock per child, consent for invitations, and nothing more to send.

    Says of each, in order, whether it was logged now: the identical log again changes nothing. What is refused gets its
    Fout and changes nothing either: AlAfgerond (another log exists), Afgesloten, and Ongeldig for a moment outside
    birth..now or a foreign child. A visit can always be logged, however late. A box that is not on record books no
    movement and becomes work to do, and so does a voucher code that does not fit. The number of queries does not
    depend on the number of visits.
    """
    kinderen = _kinderen_van(logs)
    uitkomsten: list[bool | Fout] = []
    for log in logs:
        try:
            uitkomsten.append(_noteer(log, kinderen[log.bezoek.pk], nu))
        except Fout as fout:
            uitkomsten.append(fout)
    nieuw = [log for log, uitkomst in zip(logs, uitkomsten, strict=True) if uitkomst is True]
    if nieuw:
        _schrijf(nieuw, kinderen, nu)
    return uitkomsten


def _kinderen_van(logs: Sequence[Log]) -> dict[UUID, dict[UUID, Bezoekkind]]:
    """Per visit its children, by the child's id. Whoever changes them has locked the visit or the family."""
    kinderen: dict[UUID, dict[UUID, Bezoekkind]] = {log.bezoek.pk: {} for log in logs}
    for kind in Bezoekkind.objects.filter(bezoek__in=list(kinderen)):
        kinderen[kind.bezoek_id][kind.pasgeborene_id] = kind
    return kinderen


def _noteer(log: Log, kinderen: dict[UUID, Bezoekkind], nu: datetime) -> bool:
    """Put the log on the rows in memory, so that a second one of the same visit is judged by the first.

    Returns False when it was there already. Raises AlAfgerond, Afgesloten, Ongeldig.
    """
    bezoek, afronding = log.bezoek, log.afronding
    if bezoek.status == Status.BEZOCHT:
        if vastgelegd(bezoek, list(kinderen.values())) == _kern(afronding):
            return False
        raise AlAfgerond
    status = overgang(bezoek, Actie.AFRONDEN)
    _controleer(afronding, bezoek, kinderen, nu)
    bezoek.status = status
    _op_de_rijen(log, kinderen, nu)
    return True


def _op_de_rijen(log: Log, kinderen: dict[UUID, Bezoekkind], nu: datetime) -> None:
    bezoek, afronding = log.bezoek, log.afronding
    for doos in afronding.dozen:
        kind = kinderen[doos.pasgeborene]
        kind.doos_gegeven = True
        kind.voucher_hash, kind.voucher_einde = doos.sporen
        kind.voucher_gegeven = bool(kind.voucher_hash)
    bezoek.bezocht_op = afronding.bezocht_op
    bezoek.afgerond_op = nu
    bezoek.vorm = afronding.vorm
    bezoek.onderwerpen = sorted(set(afronding.onderwerpen))
    bezoek.uitnodigen = afronding.uitnodigen
    bezoek.zorg_gedeeld = afronding.zorg_gedeeld
    if bezoek.ooievaarsmoeder_id and bezoek.aanvaard_op is None and not log.van_ander:
        bezoek.aanvaard_op = nu  # who went there had taken the visit


def _schrijf(logs: Sequence[Log], kinderen: dict[UUID, dict[UUID, Bezoekkind]], nu: datetime) -> None:
    """Write what `_noteer` put on these visits, and what follows from it: stock, then berichten, vouchers last."""
    bezoeken = [log.bezoek for log in logs]
    met_doos = [kinderen[log.bezoek.pk][doos.pasgeborene] for log in logs for doos in log.afronding.dozen]
    bewaar(met_doos, ["doos_gegeven", "voucher_gegeven", "voucher_hash", "voucher_einde"])
    bewaar(bezoeken, _VAN_DE_AFRONDING)
    dozen_uitgeven(
        uitgiften=[_uitgifte(log, doos) for log in logs for doos in log.afronding.dozen],
        klaar=[aanleiding(bezoek.pk) for bezoek in bezoeken],
        nu=nu,
    )
    losmaken_na_bezoek(bezoeken=bezoeken, nu=nu)
    vouchers_uitgeven(gebruik=[_vouchergebruik(log, doos) for log in logs for doos in log.afronding.dozen], nu=nu)
    uit_te_nodigen = {log.bezoek.gezin_id for log in logs if log.afronding.uitnodigen}
    if uit_te_nodigen:
        toestemmingen_geven(gezin_ids=uit_te_nodigen, doel="cafe", nu=nu)


def _uitgifte(log: Log, doos: Doos) -> Uitgifte:
    return Uitgifte(
        houder_id=log.bezoeker_id or log.bezoek.ooievaarsmoeder_id,
        aanleiding=aanleiding(log.bezoek.pk),
        onderdeel=str(doos.pasgeborene),
        door=log.door,
        gebeurd_op=log.afronding.bezocht_op,
        eigen=log.van_ander,
    )


def _vouchergebruik(log: Log, doos: Doos) -> Vouchergebruik:
    return Vouchergebruik(
        gebied_id=log.bezoek.gebied_id,
        aanleiding=aanleiding(log.bezoek.pk),
        onderdeel=str(doos.pasgeborene),
        sporen=doos.sporen,
        gegeven_op=log.afronding.bezocht_op,
    )


def _controleer(afronding: Afronding, bezoek: Bezoek, kinderen: dict[UUID, Bezoekkind], nu: datetime) -> None:
    fouten: list[tuple[str, str, object]] = []
    if afronding.bezocht_op > nu:
        fouten.append(("bezochtOp", "inToekomst", _("Dit moment ligt in de toekomst.")))
    elif dag_van(afronding.bezocht_op) < bezoek.geboortedatum:
        fouten.append(("bezochtOp", "voorGeboorte", _("Dit moment ligt voor de geboorte.")))
    gezien: set[UUID] = set()
    for nummer, doos in enumerate(afronding.dozen):
        naam = f"dozen.{nummer}.pasgeborene"
        if doos.pasgeborene not in kinderen:
            fouten.append((naam, "onbekend", _("Dit kind hoort niet bij dit bezoek.")))
        elif doos.pasgeborene in gezien:
            fouten.append((naam, "dubbel", _("Dit kind staat er twee keer.")))
        gezien.add(doos.pasgeborene)
    if fouten:
        raise Ongeldig(fouten)


def voucher_sporen(code: str) -> tuple[str, str]:
    """What is kept of a voucher's code (`voorraad.services.sporen`)."""
    return sporen(code)


def vastgelegd(bezoek: Bezoek, kinderen: Sequence[Bezoekkind]) -> tuple[object, ...]:
    """What was logged of this visit, in a form that can be compared with `_kern`."""
    dozen = frozenset((kind.pasgeborene_id, kind.voucher_hash) for kind in kinderen if kind.doos_gegeven)
    return (
        bezoek.bezocht_op,
        bezoek.vorm,
        dozen,
        tuple(bezoek.onderwerpen),
        bool(bezoek.uitnodigen),
        bool(bezoek.zorg_gedeeld),
    )


def _kern(afronding: Afronding) -> tuple[object, ...]:
    dozen = frozenset((doos.pasgeborene, doos.sporen[0]) for doos in afronding.dozen)
    return (
        afronding.bezocht_op,
        afronding.vorm,
        dozen,
        tuple(sorted(set(afronding.onderwerpen))),
        afronding.uitnodigen,
        afronding.zorg_gedeeld,
    )

"""The visit took place: one service for the API, the phone and the screens (domain.md, rules 9, 12 and 13)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bezoeken.kraambezoek.fouten import AlAfgerond
from bezoeken.kraambezoek.services.losmaken import losmaken
from bezoeken.kraambezoek.services.vergrendelen import aanleiding, bezoek_vergrendelen, overgang
from bezoeken.models import Bezoek, Bezoekkind
from bezoeken.toestand import Actie, Status
from ooievaar.platform.clock import dag_van
from ooievaar.platform.errors import Ongeldig
from ooievaar.services.gezinnen import toestemming_geven
from voorraad.services import dozen_uitgeven, reserveringen_vrijgeven
from voorraad.services.dozen import Uitgifte

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


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


@transaction.atomic
def bezoek_afronden(
    *,
    bezoek_id: UUID,
    afronding: Afronding,
    door: Gebruiker | None,
    nu: datetime,
    bezoeker_id: UUID | None = None,
) -> tuple[Bezoek, bool]:
    """Log the visit: status, a box out of stock per child, consent for invitations, and nothing more to send.

    Returns the visit and whether this call logged it: the identical log again changes nothing. A visit can always be
    logged, however late. A box that is not on record books no movement and becomes work to do.
    `bezoeker_id` is the volunteer who went, when that was not the one who has the visit now (a late log of a former
    assignee): the box comes from her home, and who has the visit is not taken to have accepted it.
    Raises AlAfgerond (another log exists), Afgesloten, and Ongeldig for a moment outside birth..now or a foreign child.
    """
    bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id)
    kinderen = {
        kind.pasgeborene_id: kind for kind in Bezoekkind.objects.select_for_update(of=("self",)).filter(bezoek=bezoek)
    }
    if bezoek.status == Status.BEZOCHT:
        if vastgelegd(bezoek, list(kinderen.values())) == _kern(afronding):
            return bezoek, False
        raise AlAfgerond
    status = overgang(bezoek, Actie.AFRONDEN)
    _controleer(afronding, bezoek, kinderen, nu)

    bezoeker_id = bezoeker_id or bezoek.ooievaarsmoeder_id
    zelf = bezoeker_id == bezoek.ooievaarsmoeder_id
    if not zelf:
        reserveringen_vrijgeven(aanleiding=aanleiding(bezoek.pk), nu=nu)
    dozen_uitgeven(
        uitgiften=[
            Uitgifte(bezoeker_id, aanleiding(bezoek.pk), str(doos.pasgeborene), door, afronding.bezocht_op)
            for doos in afronding.dozen
        ],
        nu=nu,
    )
    losmaken(bezoek=bezoek, eindreden="bezocht", nu=nu)
    _dozen_noteren(afronding, kinderen)
    bezoek.status = status
    bezoek.bezocht_op = afronding.bezocht_op
    bezoek.afgerond_op = nu
    bezoek.vorm = afronding.vorm
    bezoek.onderwerpen = sorted(set(afronding.onderwerpen))
    bezoek.uitnodigen = afronding.uitnodigen
    bezoek.zorg_gedeeld = afronding.zorg_gedeeld
    if zelf and bezoek.ooievaarsmoeder_id and bezoek.aanvaard_op is None:
        bezoek.aanvaard_op = nu  # who went there had taken the visit
    bezoek.save()
    if afronding.uitnodigen:
        toestemming_geven(gezin_id=bezoek.gezin_id, doel="cafe", nu=nu)
    return bezoek, True


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


def _dozen_noteren(afronding: Afronding, kinderen: dict[UUID, Bezoekkind]) -> None:
    for doos in afronding.dozen:
        kind = kinderen[doos.pasgeborene]
        kind.doos_gegeven = True
        kind.voucher_hash, kind.voucher_einde = doos.sporen
        kind.voucher_gegeven = bool(kind.voucher_hash)
    if afronding.dozen:
        Bezoekkind.objects.bulk_update(
            [kinderen[doos.pasgeborene] for doos in afronding.dozen],
            ["doos_gegeven", "voucher_gegeven", "voucher_hash", "voucher_einde"],
        )


def voucher_sporen(code: str) -> tuple[str, str]:
    """What is kept of a voucher's code: a keyed hash and its last four; the code itself is money and is not kept."""
    kaal = "".join(teken for teken in code.upper() if teken.isalnum())
    if not kaal:
        return "", ""
    return hmac.new(settings.SECRET_KEY.encode(), b"voucher:" + kaal.encode(), hashlib.sha256).hexdigest(), kaal[-4:]


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

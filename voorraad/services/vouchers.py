"""Vouchers: made, given to a child, void, replaced. Reading a file of them is in `voucherimport.py`.

Lock order: vouchers last of all, by id (docs/adr/0012).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from voorraad import fouten, vouchercode
from voorraad.models import Oordeel, Voucher, Vouchermelding, Voucherstatus

MAXIMUM_MAKEN = 500


@dataclass(frozen=True)
class Vouchergebruik:
    """A code that somebody wrote down for a part (a child) of an occasion, and the moment it was given."""

    gebied_id: UUID
    aanleiding: str
    onderdeel: str
    # As `sporen` makes them; empty when no code was written down.
    sporen: tuple[str, str]
    gegeven_op: datetime

    @property
    def deel(self) -> tuple[str, str]:
        return self.aanleiding, self.onderdeel


def sporen(code: str) -> tuple[str, str]:
    """What is kept of a code: a keyed hash and its last four; the code itself is money and is not kept."""
    kaal = "".join(teken for teken in code.upper() if teken.isalnum())
    if not kaal:
        return "", ""
    return hmac.new(settings.SECRET_KEY.encode(), b"voucher:" + kaal.encode(), hashlib.sha256).hexdigest(), kaal[-4:]


@transaction.atomic
def vouchers_maken(*, gebied_id: UUID, aantal: int, geldig_tot: date | None, serie: str, nu: datetime) -> list[str]:
    """New codes with a check character; this is the only time anybody sees them. Raises Ongeldig."""
    gevonden = []
    if not 1 <= aantal <= MAXIMUM_MAKEN:
        reden = _("Vul een heel getal in van 1 tot en met %(maximum)s.") % {"maximum": MAXIMUM_MAKEN}
        gevonden.append(("aantal", "teLaag" if aantal < 1 else "teHoog", reden))
    if geldig_tot and geldig_tot < clock.dag_van(nu):
        gevonden.append(("geldigTot", "voorbij", _("Deze dag is al voorbij.")))
    if gevonden:
        raise Ongeldig(gevonden)
    # 31 characters, 8 long: two equal ones among a million are less likely than one in a million; the rest is unique.
    codes = list({vouchercode.maak() for _keer in range(aantal)})
    while len(codes) < aantal:
        codes = list({*codes, vouchercode.maak()})
    Voucher.objects.bulk_create(nieuw(gebied_id, code, geldig_tot, serie, nu) for code in codes)
    return codes


def nieuw(gebied_id: UUID, code: str, geldig_tot: date | None, serie: str, nu: datetime) -> Voucher:
    """A free voucher with this code, not saved yet."""
    hash_, einde = sporen(code)
    return Voucher(gebied_id=gebied_id, hash=hash_, einde=einde, geldig_tot=geldig_tot, serie=serie, toegevoegd_op=nu)


@transaction.atomic(savepoint=False)
def vouchers_uitgeven(*, gebruik: Sequence[Vouchergebruik], nu: datetime) -> dict[tuple[str, str], str]:
    """Tie the codes that were given to their children; says of each "uitgegeven" or what is wrong (`Oordeel`).

    A code that does not fit never stops the log of a visit: it becomes a Vouchermelding for a person. The same again
    changes nothing. Whoever calls this has locked what the occasions are about (a visit), so that nobody else gives a
    child another voucher at the same moment. Three queries at most when all codes fit, whatever their number; none
    without codes.
    """
    met_code = {g.deel: (g, *g.sporen) for g in gebruik if g.sporen[0]}
    if not met_code:
        return {}
    welke = Q(hash__in={hash_ for _g, hash_, _e in met_code.values()}) | Q(
        status=Voucherstatus.UITGEGEVEN, aanleiding__in={aanleiding for aanleiding, _o in met_code}
    )
    rijen = list(
        Voucher.objects.filter(welke, gebied__in={g.gebied_id for g, _h, _e in met_code.values()})
        .select_for_update(no_key=True)
        .order_by("pk")
    )
    op_hash = {(v.gebied_id, v.hash): v for v in rijen}
    gegeven = {(v.aanleiding, v.onderdeel): v for v in rijen if v.status == Voucherstatus.UITGEGEVEN}
    oordelen: dict[tuple[str, str], str] = {}
    nieuw_gegeven, meldingen = [], []
    for deel, (g, hash_, einde) in met_code.items():
        voucher = op_hash.get((g.gebied_id, hash_))
        if voucher is not None and gegeven.get(deel) is voucher:
            oordelen[deel] = Voucherstatus.UITGEGEVEN.value
            continue
        oordeel = _oordeel(voucher, clock.dag_van(g.gegeven_op), heeft_al=deel in gegeven)
        if oordeel is None:
            assert voucher is not None
            geef(voucher, g.aanleiding, g.onderdeel, g.gegeven_op)
            gegeven[deel] = voucher
            nieuw_gegeven.append(voucher)
            oordelen[deel] = Voucherstatus.UITGEGEVEN.value
        else:
            oordelen[deel] = oordeel.value
            meldingen.append(
                Vouchermelding(
                    gebied_id=g.gebied_id, aanleiding=g.aanleiding, onderdeel=g.onderdeel, hash=hash_, einde=einde,
                    oordeel=oordeel, gemeld_op=nu,
                )
            )  # fmt: skip
    if nieuw_gegeven:
        Voucher.objects.bulk_update(nieuw_gegeven, GEGEVEN)
    if meldingen:
        Vouchermelding.objects.bulk_create(meldingen, ignore_conflicts=True)
    return oordelen


# The columns that `geef` changes.
GEGEVEN = ["status", "aanleiding", "onderdeel", "uitgegeven_op"]


def geef(voucher: Voucher, aanleiding: str, onderdeel: str, op: datetime) -> None:
    """Tie a locked, free voucher to a child; the caller saves it."""
    voucher.status = Voucherstatus.UITGEGEVEN
    voucher.aanleiding, voucher.onderdeel, voucher.uitgegeven_op = aanleiding, onderdeel, op


def _oordeel(voucher: Voucher | None, dag: date, *, heeft_al: bool) -> Oordeel | None:
    """Why this voucher can not be given on this day; None: it can."""
    if voucher is None:
        return Oordeel.ONBEKEND
    if voucher.status == Voucherstatus.INGETROKKEN:
        return Oordeel.INGETROKKEN
    if voucher.status == Voucherstatus.UITGEGEVEN:
        return Oordeel.AL_UITGEGEVEN
    if voucher.geldig_tot and voucher.geldig_tot < dag:
        return Oordeel.VERLOPEN
    return Oordeel.HEEFT_AL if heeft_al else None


@transaction.atomic
def voucher_intrekken(*, voucher_id: UUID, reden: str, nu: datetime) -> Voucher:
    """Void: it was lost, damaged or given by mistake, and is never given again. Twice changes nothing."""
    voucher = Voucher.objects.select_for_update(no_key=True).get(pk=voucher_id)
    if voucher.status != Voucherstatus.INGETROKKEN:
        voucher.status, voucher.ingetrokken_op, voucher.intrekreden = Voucherstatus.INGETROKKEN, nu, reden
        voucher.save(update_fields=["status", "ingetrokken_op", "intrekreden"])
        voucher.refresh_from_db()
    return voucher


@transaction.atomic
def voucher_vervangen(*, voucher_id: UUID, code: str, nu: datetime) -> Voucher:
    """Give the child of a void voucher another one; gives that other one. The same code again changes nothing.

    Raises VoucherNietIngetrokken when the first was not made void (it could still be used), VoucherNietVrij when the
    other can not be given or the first was replaced before, and Ongeldig for a voucher that no child ever had.
    """
    hash_, _einde = sporen(code)
    gevonden = Voucher.objects.filter(pk=voucher_id).first()
    assert gevonden is not None  # the caller found it among the visible ones
    rijen = Voucher.objects.filter(Q(pk=voucher_id) | Q(gebied=gevonden.gebied_id, hash=hash_))
    op_slot = {v.pk: v for v in rijen.select_for_update(no_key=True).order_by("pk")}
    oud = op_slot.pop(voucher_id)
    ander = next(iter(op_slot.values()), None)
    if oud.status != Voucherstatus.INGETROKKEN:
        raise fouten.VoucherNietIngetrokken
    if not oud.aanleiding:
        raise Ongeldig([("", "nooitUitgegeven", _("Geen kind heeft deze voucher gekregen. Er is niets te vervangen."))])
    if ander is not None and ander.vervangt_id == oud.pk:
        return ander
    heeft_al = Voucher.objects.filter(
        aanleiding=oud.aanleiding, onderdeel=oud.onderdeel, status=Voucherstatus.UITGEGEVEN
    ).exists()
    if oordeel := _oordeel(ander, clock.dag_van(nu), heeft_al=heeft_al):
        raise fouten.VoucherNietVrij(oordeel)
    assert ander is not None
    geef(ander, oud.aanleiding, oud.onderdeel, nu)
    ander.vervangt = oud
    ander.save(update_fields=[*GEGEVEN, "vervangt"])
    ander.refresh_from_db()
    return ander


@transaction.atomic
def vouchermelding_afhandelen(*, melding_id: UUID, opmerking: str, nu: datetime) -> Vouchermelding:
    """A person has looked at it and says what was done. Twice keeps the first answer."""
    melding = Vouchermelding.objects.select_for_update(no_key=True).get(pk=melding_id)
    if melding.afgehandeld_op is None:
        melding.afgehandeld_op, melding.opmerking = nu, opmerking
        melding.save(update_fields=["afgehandeld_op", "opmerking"])
        melding.refresh_from_db()
    return melding

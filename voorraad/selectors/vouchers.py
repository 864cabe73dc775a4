"""Reading vouchers; only a coordinator does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from voorraad.models import Voucher, Vouchermelding, Voucherstatus

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

VERLOPEN = "verlopen"
VOUCHERSTATUSSEN = (*Voucherstatus.values, VERLOPEN)


def vouchers_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Voucher]:
    """The vouchers of the areas of which this user is coordinator."""
    return Voucher.objects.filter(gebied__in=gebruiker.bevoegdheid.gebied_ids("coordinator"))


def met_status(vouchers: QuerySet[Voucher], status: str, *, vandaag: date) -> QuerySet[Voucher]:
    """Those that have this status today: a free one past its date is `verlopen`, which is not stored."""
    voorbij = Q(status=Voucherstatus.VRIJ, geldig_tot__lt=vandaag)
    if status == VERLOPEN:
        return vouchers.filter(voorbij)
    return vouchers.filter(status=status).exclude(voorbij)


def status_op(voucher: Voucher, vandaag: date) -> str:
    """The status of one voucher today; see `met_status`."""
    voorbij = voucher.status == Voucherstatus.VRIJ and voucher.geldig_tot and voucher.geldig_tot < vandaag
    return VERLOPEN if voorbij else str(voucher.status)


def vouchermeldingen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Vouchermelding]:
    """The codes that do not fit, in the areas of which this user is coordinator."""
    return Vouchermelding.objects.filter(gebied__in=gebruiker.bevoegdheid.gebied_ids("coordinator"))

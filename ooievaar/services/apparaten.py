"""Phones: pairing one with a code, and revoking it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from ooievaar.fouten import CodeOnbekend, CodeOngeldig, GeenVrijwilliger
from ooievaar.models import Apparaat, Gebruiker, Koppelcode, Ooievaarsmoeder
from ooievaar.platform.errors import NietToegestaan
from ooievaar.platform.hashing import keyed_hash
from ooievaar.services.ooievaarsmoeders import account_maken, mag_namens, ooievaarsmoeder_vergrendelen
from ooievaar.services.tokens import token_maken

GELDIG = timedelta(minutes=15)
# What people confuse when they copy a code (0 O, 1 I L) is not in it: 31 signs, 8 of them, 40 bits.
_TEKENS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTE = 8


class NieuweKoppelcode(NamedTuple):
    koppelcode: str
    verloopt_op: datetime


class GekoppeldApparaat(NamedTuple):
    apparaat: Apparaat
    token: str


def _hash(code: str) -> str:
    """People type a code in small letters, with spaces or with the hyphen it is shown with."""
    return keyed_hash("koppelcode", "".join(teken for teken in code.upper() if teken.isalnum()))


@transaction.atomic
def koppelcode_maken(*, moeder: Ooievaarsmoeder, door: Gebruiker | None, nu: datetime) -> NieuweKoppelcode:
    """A code with which she pairs one phone within 15 minutes; who has no account yet gets one.

    Raises GeenVrijwilliger for somebody who is not active, NietToegestaan when her account may do more than
    visit families and is not the asker's own.
    """
    # Locked, so that two codes at once do not make two accounts.
    vergrendeld = ooievaarsmoeder_vergrendelen(moeder_id=moeder.pk, gebied_id=moeder.gebied_id)
    if vergrendeld is None or not vergrendeld.actief:
        raise GeenVrijwilliger
    gebruiker = vergrendeld.gebruiker or account_maken(vergrendeld)
    if not mag_namens(door, gebruiker):
        raise NietToegestaan
    code = "".join(secrets.choice(_TEKENS) for _nummer in range(_LENGTE))
    verloopt_op = nu + GELDIG
    Koppelcode.objects.create(gebruiker=gebruiker, hash=_hash(code), gemaakt_door=door, verloopt_op=verloopt_op)
    return NieuweKoppelcode(f"{code[:4]}-{code[4:]}", verloopt_op)


@transaction.atomic
def apparaat_koppelen(*, koppelcode: str, naam: str, nu: datetime) -> GekoppeldApparaat:
    """Pair a phone: the code is used up and the phone gets a token of its own.

    Raises CodeOnbekend for a code that never was, CodeOngeldig for one that was used, is too old or belongs to
    somebody who left. The row is locked: of many at once with one code, one succeeds.
    """
    rij = (
        Koppelcode.objects.select_for_update(of=("self",), no_key=True)
        .select_related("gebruiker")
        .filter(hash=_hash(koppelcode))
        .first()
    )
    if rij is None:
        raise CodeOnbekend
    actief = rij.gebruiker.is_active and Ooievaarsmoeder.objects.filter(gebruiker=rij.gebruiker, actief=True).exists()
    if rij.gebruikt_op is not None or rij.verloopt_op <= nu or not actief:
        raise CodeOngeldig
    rij.gebruikt_op = nu
    rij.save(update_fields=["gebruikt_op"])
    apparaat = Apparaat.objects.create(gebruiker=rij.gebruiker, naam=naam, gekoppeld_op=nu)
    return GekoppeldApparaat(apparaat, token_maken(gebruiker=rij.gebruiker, nu=nu, apparaat=apparaat))


def apparaat_intrekken(*, apparaat: Apparaat, nu: datetime) -> None:
    """Revoke a phone: its next call is 401 `apparaatIngetrokken`, and it erases itself. Once is enough."""
    Apparaat.objects.filter(pk=apparaat.pk, ingetrokken_op__isnull=True).update(ingetrokken_op=nu)

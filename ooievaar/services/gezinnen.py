"""Writing about a family: locks, stops, consent and moves. Which visits that touches, the rooms above know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from ooievaar.models import Contactstopreden, Gezin, Pasgeborene, Toestemming, Wijk
from ooievaar.platform.errors import NietGevonden


def gezin_vergrendelen(*, gezin_id: UUID) -> Gezin:
    """Lock a family for the rest of the transaction: the first lock of every use case (lock order: gezin, bezoek,

    stock, berichten). Raises NietGevonden when it was erased meanwhile.
    """
    gezin = Gezin.objects.select_for_update(of=("self",)).filter(pk=gezin_id).first()
    if gezin is None:
        raise NietGevonden
    return gezin


def contactstop_zetten(*, gezin: Gezin, reden: str, nu: datetime) -> None:
    """Nobody contacts this family again, unless it asks (domain.md, rule 4). A second stop keeps the first moment."""
    Contactstopreden(reden)
    if gezin.contactstop_reden != reden or gezin.contactstop_op is None:
        gezin.contactstop_reden = reden
        gezin.contactstop_op = gezin.contactstop_op or nu
        gezin.save(update_fields=["contactstop_reden", "contactstop_op"])


def contactstop_opheffen(*, gezin: Gezin, nu: datetime) -> None:
    """The family itself asked for contact again; what fell due during the stop is not sent after all."""
    if gezin.contactstop_reden:
        gezin.contactstop_reden = ""
        gezin.contactstop_op = None
        gezin.hersteld_op = nu
        gezin.save(update_fields=["contactstop_reden", "contactstop_op", "hersteld_op"])


def gezin_stil_zetten(*, gezin: Gezin, nu: datetime) -> None:
    """After a death: no automatic message to this family until a person restarts (rule 3)."""
    if gezin.stil_sinds is None:
        gezin.stil_sinds = nu
        gezin.save(update_fields=["stil_sinds"])


def gezin_hersteld(*, gezin: Gezin, nu: datetime) -> None:
    """A person restarted contact after a stop that was a mistake; what fell due meanwhile is not sent after all."""
    gezin.stil_sinds = None
    gezin.hersteld_op = nu
    gezin.save(update_fields=["stil_sinds", "hersteld_op"])


def overlijden_vastleggen(*, pasgeborene: Pasgeborene, nu: datetime) -> None:
    """The child died or was stillborn. The status says `vervallen`; the reason has its own, narrower readers."""
    pasgeborene.status = Pasgeborene.Status.VERVALLEN
    pasgeborene.overleden_gemeld_op = pasgeborene.overleden_gemeld_op or nu
    pasgeborene.save(update_fields=["status", "overleden_gemeld_op"])


def pasgeborene_herstellen(*, pasgeborene: Pasgeborene) -> None:
    """What was reported of this child was a mistake."""
    pasgeborene.status = Pasgeborene.Status.ACTIEF
    pasgeborene.overleden_gemeld_op = None
    pasgeborene.save(update_fields=["status", "overleden_gemeld_op"])


def pasgeborenen_verhuisd(*, gezin: Gezin) -> None:
    """The children moved out of the Gebied with their family."""
    gezin.pasgeborenen.filter(status=Pasgeborene.Status.ACTIEF).update(status=Pasgeborene.Status.VERHUISD)


def pasgeborenen_terug(*, gezin: Gezin) -> None:
    """A move out of the Gebied turned out to be a mistake, or was undone."""
    gezin.pasgeborenen.filter(status=Pasgeborene.Status.VERHUISD).update(status=Pasgeborene.Status.ACTIEF)


def toestemmingen_geven(*, gezin_ids: Iterable[UUID], doel: str, nu: datetime) -> None:
    """Consent of these families for one purpose holds from now; consent that already holds keeps its moment."""
    Toestemming.objects.bulk_create(
        [Toestemming(gezin_id=gezin_id, doel=doel, sinds=nu) for gezin_id in gezin_ids], ignore_conflicts=True
    )


def toestemming_intrekken(*, gezin_id: UUID, doel: str | None, nu: datetime) -> None:
    """Withdraw consent for one purpose, or for all (doel None)."""
    rijen = Toestemming.objects.filter(gezin_id=gezin_id, tot__isnull=True)
    (rijen.filter(doel=doel) if doel else rijen).update(tot=nu)


def adres_wijzigen(*, gezin: Gezin, adres: dict[str, Any], wijk: Wijk | None, dubbelsleutel: str) -> None:
    """Write down where the family lives now."""
    for veld in ("straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats"):
        setattr(gezin, veld, adres.get(veld) or (None if veld == "huisnummer" else ""))
    gezin.wijk = wijk
    gezin.dubbelsleutel = dubbelsleutel
    gezin.save()


def pasgeborene_vergrendelen(*, pasgeborene_id: UUID) -> tuple[Gezin, Pasgeborene]:
    """Lock a child's family, then the child. Raises NietGevonden."""
    gezin_id = Pasgeborene.objects.filter(pk=pasgeborene_id).values_list("gezin_id", flat=True).first()
    if gezin_id is None:
        raise NietGevonden
    gezin = gezin_vergrendelen(gezin_id=gezin_id)
    return gezin, Pasgeborene.objects.select_for_update(of=("self",)).get(pk=pasgeborene_id)

"""Writing about a family: locks, stops, consent and moves. Which visits that touches, the rooms above know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from ooievaar.models import Contactstopreden, Gezin, Pasgeborene, Toestemming
from ooievaar.platform.errors import NietGevonden
from ooievaar.services.inschrijven import Adres, adresvelden


def gezin_vergrendelen(*, gezin_id: UUID) -> Gezin:
    """Lock a family for the rest of the transaction: the first lock of every use case (lock order: gezin, bezoek,

    stock, berichten). Raises NietGevonden when it was erased meanwhile.
    """
    gezin = Gezin.objects.select_for_update(of=("self",)).filter(pk=gezin_id).first()
    if gezin is None:
        raise NietGevonden
    return gezin


def gezinnen_vergrendelen(*, gezin_ids: Iterable[UUID]) -> None:
    """Lock these families in one query, in the order of their ids: two batches at once never wait for each other."""
    list(Gezin.objects.select_for_update(of=("self",)).filter(pk__in=set(gezin_ids)).order_by("pk").values_list("pk"))


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


def gezin_hersteld(*, gezin: Gezin, nu: datetime, stil_sinds: datetime | None = None) -> None:
    """A person took a stop back; what fell due meanwhile is not sent after all.

    `stil_sinds`: another death keeps the family silent, since then.
    """
    gezin.stil_sinds = stil_sinds
    gezin.hersteld_op = nu
    gezin.save(update_fields=["stil_sinds", "hersteld_op"])


def sterfmomenten(*, gezin_ids: Iterable[UUID], behalve: UUID) -> list[datetime]:
    """When the other deaths in these families were reported, the first one first."""
    kinderen = Pasgeborene.objects.filter(gezin_id__in=list(gezin_ids), overleden_gemeld_op__isnull=False)
    momenten = kinderen.exclude(pk=behalve).order_by("overleden_gemeld_op")
    return [moment for moment in momenten.values_list("overleden_gemeld_op", flat=True) if moment is not None]


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


def pasgeborenen_terug(*, gezin: Gezin) -> int:
    """A move out of the Gebied turned out to be a mistake, or was undone; returns for how many children."""
    return gezin.pasgeborenen.filter(status=Pasgeborene.Status.VERHUISD).update(status=Pasgeborene.Status.ACTIEF)


def toestemmingen_geven(*, gezin_ids: Iterable[UUID], doel: str, nu: datetime) -> None:
    """Consent of these families for one purpose holds from now; consent that already holds keeps its moment."""
    Toestemming.objects.bulk_create(
        [Toestemming(gezin_id=gezin_id, doel=doel, sinds=nu) for gezin_id in gezin_ids], ignore_conflicts=True
    )


def toestemming_intrekken(*, gezin_id: UUID, doel: str | None, nu: datetime) -> None:
    """Withdraw consent for one purpose, or for all (doel None)."""
    rijen = Toestemming.objects.filter(gezin_id=gezin_id, tot__isnull=True)
    (rijen.filter(doel=doel) if doel else rijen).update(tot=nu)


def adres_wijzigen(*, gezin: Gezin, adres: Adres, wijk_id: UUID | None) -> None:
    """Write down where the (locked) family lives now; without a wijk it waits for a person to say which."""
    velden = adresvelden(adres)
    for veld, waarde in velden.items():
        setattr(gezin, veld, waarde)
    gezin.wijk_id = wijk_id
    gezin.save(update_fields=[*velden, "wijk"])


def gezin_van_kind(*, pasgeborene_id: UUID) -> UUID:
    """The family of a child. Raises NietGevonden."""
    gezin_id = Pasgeborene.objects.filter(pk=pasgeborene_id).values_list("gezin_id", flat=True).first()
    if gezin_id is None:
        raise NietGevonden
    return gezin_id


def pasgeborene_vergrendelen(*, pasgeborene_id: UUID) -> tuple[Gezin, Pasgeborene]:
    """Lock a child's family, then the child. Raises NietGevonden."""
    gezin = gezin_vergrendelen(gezin_id=gezin_van_kind(pasgeborene_id=pasgeborene_id))
    return gezin, Pasgeborene.objects.select_for_update(of=("self",)).get(pk=pasgeborene_id)

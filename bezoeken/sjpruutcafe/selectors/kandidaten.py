"""Everything the invitation rules need, for a whole Gebied at once: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import DateTimeField, Max, Q, UUIDField, Value

from bezoeken.gastenlijst import ACTIEF, Aanmeldstatus, Plaatsen, klein_gezin, past_direct, vrij_na
from bezoeken.models import Cafeaanmelding, Caferegels, Cafeuitnodiging, Sjpruutcafe
from bezoeken.sjpruutcafe.uitnodigingsregels import Cafe, Kandidaat, Ligging, Uitnodigregels, verjaardag
from ooievaar.selectors.uitnodigbaar import benaderbare_kringen, toestemmers


def uitnodigregels(regels: Caferegels) -> Uitnodigregels:
    """The row of an organisation in the form in which the pure rules take it."""
    return Uitnodigregels(
        dagen_tussen=regels.dagen_tussen,
        dagen_vooraf_van=regels.dagen_vooraf_van,
        dagen_vooraf_tot=regels.dagen_vooraf_tot,
        dagen_vooraf_eerste=regels.dagen_vooraf_eerste,
        dagen_vooraf_brief=regels.dagen_vooraf_brief,
        afstand_km=regels.afstand_km,
        leeftijd_jaren=regels.leeftijd_jaren,
    )


def ligging_van(cafe: Sjpruutcafe) -> Ligging | None:
    """Where a café is: the place itself or the middle of its wijk (`plaats__wijk` loaded)."""
    plek = cafe.plaats
    if plek.lengtegraad is not None and plek.breedtegraad is not None:
        return (plek.lengtegraad, plek.breedtegraad)
    return (plek.wijk.lengtegraad, plek.wijk.breedtegraad) if plek.wijk else None


def komende_cafes(
    gebied_id: UUID, *, nu: datetime, tot: date, cafes: Iterable[Sjpruutcafe] | None = None
) -> list[Cafe]:
    """The cafés of a Gebied that are to come, up to and including a day, and whether there is room; two queries.

    Of `cafes` only, when they are given (with `plaats__wijk` loaded); that saves one.
    """
    if cafes is None:
        rijen = Sjpruutcafe.objects.filter(gebied_id=gebied_id, status="gepland", begin__gt=nu, dag__lte=tot)
        cafes = rijen.select_related("plaats__wijk")
    komend = [c for c in cafes if c.status == Sjpruutcafe.Status.GEPLAND and c.begin > nu and c.dag <= tot]
    komend.sort(key=lambda c: (c.begin, c.pk))
    lijsten = _lijsten(cafe.pk for cafe in komend)
    return [Cafe(c.pk, c.dag, c.begin, ligging_van(c), is_vrij(c, lijsten.get(c.pk, []), nu=nu)) for c in komend]


def _lijsten(cafe_ids: Iterable[UUID]) -> dict[UUID, list[Cafeaanmelding]]:
    gevonden: dict[UUID, list[Cafeaanmelding]] = {}
    rijen = Cafeaanmelding.objects.filter(cafe_id__in=list(cafe_ids), status__in=[s.value for s in ACTIEF])
    for rij in rijen.order_by("volgnummer"):
        gevonden.setdefault(rij.cafe_id, []).append(rij)
    return gevonden


def is_vrij(cafe: Sjpruutcafe, rijen: Iterable[Cafeaanmelding], *, nu: datetime) -> bool:
    """Whether a small family that signs up now gets in, given who is on the list (in order).

    That is an adult with a child, or alone where there are no places for children.
    """
    bezet, wachtenden = [], []
    for rij in rijen:
        groep = Plaatsen(rij.volwassenen, rij.kinderen)
        if rij.status == Aanmeldstatus.WACHTLIJST:
            wachtenden.append((rij.pk, groep))
        elif rij.status == Aanmeldstatus.AANGEMELD or (rij.aangeboden_tot is not None and rij.aangeboden_tot > nu):
            bezet.append(groep)
    alle = Plaatsen(cafe.capaciteit_volwassenen, cafe.capaciteit_kinderen)
    return past_direct(vrij_na(alle, bezet), wachtenden, klein_gezin(alle))


def kandidaten(
    gebied_id: UUID,
    *,
    nu: datetime,
    dag: date,
    regels: Uitnodigregels,
    gezin_ids: Collection[UUID] | None = None,
) -> list[Kandidaat]:
    """The families that consented and may be contacted, before it is known how; three queries."""
    jaren = regels.leeftijd_jaren
    families = toestemmers(
        gebied_id=gebied_id,
        doel="cafe",
        nu=nu,
        # Whoever was born on or before this day has had the birthday.
        geboren_na=verjaardag(dag, -jaren),
        gezin_ids=gezin_ids,
    )
    kringen = benaderbare_kringen(f.gezin_id for f in families)
    allen = {gezin for leden in kringen.values() for gezin in leden}
    eerder, komt = _eerder(allen, dag)
    gevonden = []
    for familie in families:
        if familie.gezin_id not in kringen:
            continue
        kring = kringen[familie.gezin_id]
        eigen = eerder.get(familie.gezin_id)
        gevonden.append(
            Kandidaat(
                gezin_id=familie.gezin_id,
                kring=min(str(gezin) for gezin in kring),
                ligging=familie.ligging,
                jongste=familie.jongste,
                toestemming_sinds=familie.sinds,
                hersteld_op=familie.hersteld_op,
                laatste_dag=max((eerder[gezin].laatste for gezin in kring if gezin in eerder), default=None),
                laatste_hand_op=eigen.met_de_hand if eigen else None,
                uitgenodigd_voor=eigen.voor if eigen else frozenset(),
                komt_tot=max((komt[gezin] for gezin in kring if gezin in komt), default=None),
            )
        )
    return gevonden


@dataclass(frozen=True)
class _Eerder:
    """The invitations of a family: the day of the last, when a person sent the last, and which cafés still to come."""

    laatste: date
    met_de_hand: datetime | None
    voor: frozenset[UUID]


def _eerder(gezin_ids: Iterable[UUID], vanaf: date) -> tuple[dict[UUID, _Eerder], dict[UUID, date]]:
    """What each family was invited to, and the last day from `vanaf` on for which it is on a list.

    One query, that grows with the families and not with their years.
    """
    ids = list(gezin_ids)
    genodigd = Cafeuitnodiging.objects.filter(gezin_id__in=ids).order_by().values("gezin_id")
    per_gezin = genodigd.annotate(
        laatste=Max("dag"),
        hand=Max("uitgenodigd_op", filter=Q(reden=Cafeuitnodiging.Reden.HAND)),
        voor=ArrayAgg("cafe_id", filter=Q(cafe__dag__gte=vanaf), default=[]),
    )
    op_lijst = Cafeaanmelding.objects.filter(
        gezin_id__in=ids, status__in=[s.value for s in ACTIEF], cafe__status="gepland", cafe__dag__gte=vanaf
    )
    komend = (
        op_lijst.order_by()
        .values("gezin_id")
        .annotate(
            laatste=Max("cafe__dag"),
            hand=Value(None, output_field=DateTimeField()),
            voor=Value(None, output_field=ArrayField(UUIDField())),  # no invitations: a row of this half
        )
    )
    velden = ("gezin_id", "laatste", "hand", "voor")
    eerder: dict[UUID, _Eerder] = {}
    komt: dict[UUID, date] = {}
    for gezin_id, laatste, hand, voor in per_gezin.values_list(*velden).union(komend.values_list(*velden), all=True):
        if voor is None:
            komt[gezin_id] = laatste
        else:
            eerder[gezin_id] = _Eerder(laatste, hand, frozenset(voor))
    return eerder, komt


def gebieden_met_cafes(*, nu: datetime, tot: timedelta) -> set[UUID]:
    """The areas in which there is a café to invite to."""
    cafes = Sjpruutcafe.objects.filter(status="gepland", begin__gt=nu, begin__lte=nu + tot)
    return set(cafes.order_by().values_list("gebied_id", flat=True).distinct())

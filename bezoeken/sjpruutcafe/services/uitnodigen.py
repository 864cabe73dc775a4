"""The invitation sweep: who is to be invited now, and is not yet. Also what it would do (`proef`), and by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bezoeken.models import Cafeuitnodiging, Sjpruutcafe
from bezoeken.sjpruutcafe.links import UITNODIGING, cafelink
from bezoeken.sjpruutcafe.selectors.kandidaten import gebieden_met_cafes, kandidaten, komende_cafes, uitnodigregels
from bezoeken.sjpruutcafe.selectors.regels import regels_van
from bezoeken.sjpruutcafe.services.berichten import (
    SNEL,
    Adresboek,
    aanleiding,
    cafecontext,
    einde_van_dag,
    verzendmoment,
)
from bezoeken.sjpruutcafe.services.uitnodigingen import SOORT
from bezoeken.sjpruutcafe.uitnodigingsregels import Cafe, Kandidaat, Reden, kies
from notifications.doelen import CAFE
from notifications.services import NieuwBericht, berichten_plannen
from ooievaar.kalender import dag_van
from ooievaar.selectors.benaderbaar import benaderbare_gezinnen
from ooievaar.selectors.bereik import verzendregels

# What the rules leave to a coordinator who invites a family herself.
_RUIM: dict[str, Any] = {
    "afstand_km": 1000.0,
    "dagen_vooraf_van": 0,
    "dagen_vooraf_tot": 366,
    "dagen_vooraf_eerste": 366,
    "dagen_vooraf_brief": 2,
}


@dataclass(frozen=True)
class Voorstel:
    """Who would be invited to which café, and how many are not and why."""

    moment: datetime
    gekozen: list[tuple[Kandidaat, Cafe]] = field(default_factory=list)
    overgeslagen: Counter[str] = field(default_factory=Counter)


def uitnodigingen_plannen(*, nu: datetime, gebied_id: UUID | None = None, proef: bool = False) -> Counter[str]:
    """One sweep at `nu` over all areas: invite whoever is to be invited. Returns what it did, by outcome.

    May run as often and as many at once as one likes, and after any pause. With `proef` it only says what it would do.
    """
    telling: Counter[str] = Counter()
    gebieden = [gebied_id] if gebied_id else sorted(gebieden_met_cafes(nu=nu, tot=timedelta(days=60)))
    for gebied in gebieden:
        voorstel = voorgesteld(gebied, nu=nu)
        telling += voorstel.overgeslagen
        if voorstel.gekozen:
            telling["uitgenodigd"] += len(voorstel.gekozen) if proef else len(uitnodigen(gebied, voorstel, nu=nu))
    return telling


def voorgesteld(
    gebied_id: UUID,
    *,
    nu: datetime,
    cafe_ids: Collection[UUID] | None = None,
    gezin_ids: Collection[UUID] | None = None,
    met_de_hand: bool = False,
) -> Voorstel:
    """Who the rules would invite now; about some cafés or some families only, when they are given. Changes nothing.

    `met_de_hand`: a coordinator chose these families. How far and how early is then hers to judge, and after a stop
    that was taken back she may begin again; consent, stops, the week and the birthday hold for her too.
    """
    regels = uitnodigregels(regels_van(gebied_id))
    if met_de_hand:
        regels = replace(regels, **_RUIM)
    moment = verzendmoment(gebied_id, nu, verzendregels())
    dag = dag_van(moment)
    ver = max(regels.dagen_vooraf_eerste, regels.dagen_vooraf_tot)
    cafes = komende_cafes(gebied_id, nu=nu, tot=dag + timedelta(days=ver), cafe_ids=cafe_ids)
    voorstel = Voorstel(moment)
    if not cafes:
        return voorstel
    wie = kandidaten(gebied_id, nu=nu, dag=dag, regels=regels, gezin_ids=gezin_ids)
    boek = Adresboek.van((k.gezin_id for k in wie), CAFE)
    kringen: set[str] = set()
    # Who was never invited comes first, then who waited longest.
    for kandidaat in sorted(wie, key=lambda k: (k.laatste_dag or date.min, str(k.gezin_id))):
        compleet = _met_kanalen(kandidaat, boek)
        if met_de_hand:
            compleet = replace(compleet, hersteld_op=None)
        keuze: Cafe | Reden = Reden.ONLANGS if compleet.kring in kringen else kies(compleet, cafes, dag, regels)
        if isinstance(keuze, Reden):
            voorstel.overgeslagen[keuze.value] += 1
        else:
            kringen.add(compleet.kring)
            voorstel.gekozen.append((compleet, keuze))
    return voorstel


def _met_kanalen(kandidaat: Kandidaat, boek: Adresboek) -> Kandidaat:
    """A letter is for the first invitation, or for who asked for letters: not every week, for four years."""
    kanalen = boek.kanalen(kandidaat.gezin_id, brief=True)
    bekend = boek.bereik.get(kandidaat.gezin_id)
    brief = "brief" in kanalen and (kandidaat.eerste or (bekend is not None and bekend.voorkeur == "brief"))
    return replace(kandidaat, snel=any(kanaal in SNEL for kanaal in kanalen), brief=brief)


@transaction.atomic
def uitnodigen(
    gebied_id: UUID, voorstel: Voorstel, *, nu: datetime, met_de_hand: bool = False
) -> list[Cafeuitnodiging]:
    """Invite whom the proposal names, as far as the rules still say so under lock.

    One sweep of a Gebied at a time. Lock order: families, cafés, berichten: a stop that came first is seen, and one
    that comes later cancels what is written here. The message goes on its day or not at all.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"cafe-uitnodigen {gebied_id}"])
    gewenst = {k.gezin_id: cafe.id for k, cafe in voorstel.gekozen}
    benaderbaar = benaderbare_gezinnen(gewenst, vergrendel=True)
    rijen = Sjpruutcafe.objects.filter(pk__in=set(gewenst.values())).order_by("pk").select_related("plaats")
    cafes = {c.pk: c for c in rijen.select_for_update(of=("self",), no_key=True)}
    opnieuw = voorgesteld(gebied_id, nu=nu, cafe_ids=set(cafes), gezin_ids=benaderbaar, met_de_hand=met_de_hand)
    boek = Adresboek.van((k.gezin_id for k, _cafe in opnieuw.gekozen), CAFE)
    nieuw = [
        Cafeuitnodiging(
            cafe=cafes[cafe.id],
            gezin_id=k.gezin_id,
            reden=_reden(k, met_de_hand=met_de_hand),
            dag=dag_van(opnieuw.moment),
            uitgenodigd_op=nu,
        )
        for k, cafe in opnieuw.gekozen
        if gewenst.get(k.gezin_id) == cafe.id
    ]
    Cafeuitnodiging.objects.bulk_create(nieuw)
    snel = {k.gezin_id for k, _cafe in opnieuw.gekozen if k.snel}
    berichten_plannen(nieuw=[_bericht(rij, boek, opnieuw.moment, snel=rij.gezin_id in snel) for rij in nieuw], nu=nu)
    return nieuw


def _reden(kandidaat: Kandidaat, *, met_de_hand: bool) -> str:
    if met_de_hand:
        return Cafeuitnodiging.Reden.HAND
    return Cafeuitnodiging.Reden.NA_BEZOEK if kandidaat.eerste else Cafeuitnodiging.Reden.REGEL


def _bericht(rij: Cafeuitnodiging, boek: Adresboek, moment: datetime, *, snel: bool) -> NieuwBericht:
    bekend = boek.bereik.get(rij.gezin_id)
    liever_brief = bekend is not None and bekend.voorkeur == "brief"
    kanaal, *terugval = boek.kanalen(rij.gezin_id, brief=liever_brief or not snel)
    taal = boek.taal(rij.gezin_id)
    return NieuwBericht(
        soort=SOORT,
        kanaal=kanaal,
        terugval=terugval,
        gebied_id=rij.cafe.gebied_id,
        gezin_id=rij.gezin_id,
        dag=rij.dag,
        gepland_op=moment,
        verloopt_op=einde_van_dag(moment),
        aanleiding=aanleiding(rij.cafe_id),
        taal=taal,
        context=cafecontext(rij.cafe, taal) | {"aanmelden": cafelink(UITNODIGING, rij.pk)},
    )

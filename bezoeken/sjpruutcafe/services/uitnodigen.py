"""The invitation sweep, and inviting by hand: what is proposed (`voorstellen.py`) is done, as far as it still holds."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from bezoeken.models import Cafeuitnodiging, Sjpruutcafe
from bezoeken.sjpruutcafe.links import UITNODIGING, cafelink
from bezoeken.sjpruutcafe.services.berichten import Adresboek, aanleiding, cafecontext, einde_van_dag
from bezoeken.sjpruutcafe.services.uitnodigingen import SOORT
from bezoeken.sjpruutcafe.services.voorstellen import Voorstel, voorgesteld, voorstellen
from bezoeken.sjpruutcafe.uitnodigingsregels import Kandidaat
from notifications.doelen import CAFE
from notifications.services import NieuwBericht, berichten_plannen
from ooievaar.kalender import dag_van
from ooievaar.selectors.benaderbaar import benaderbare_gezinnen


def uitnodigingen_plannen(*, nu: datetime, gebied_id: UUID | None = None) -> Counter[str]:
    """One sweep at `nu` over all areas: invite whoever is to be invited. Returns what it did, by outcome.

    May run as often and as many at once as one likes, and after any pause.
    """
    telling: Counter[str] = Counter()
    for gebied, voorstel in voorstellen(nu=nu, gebied_id=gebied_id):
        telling += voorstel.overgeslagen
        if voorstel.gekozen:
            telling["uitgenodigd"] += len(uitnodigen(gebied, voorstel, nu=nu))
    return telling


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
    rijen = Sjpruutcafe.objects.filter(pk__in=set(gewenst.values())).order_by("pk").select_related("plaats__wijk")
    cafes = {c.pk: c for c in rijen.select_for_update(of=("self",), no_key=True)}
    opnieuw = voorgesteld(gebied_id, nu=nu, cafes=cafes.values(), gezin_ids=benaderbaar, met_de_hand=met_de_hand)
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
    per_brief = {k.gezin_id for k, _cafe in opnieuw.gekozen if k.liever_post or not k.snel}
    berichten = [_bericht(rij, boek, opnieuw.moment, brief=rij.gezin_id in per_brief) for rij in nieuw]
    berichten_plannen(nieuw=berichten, nu=nu)
    return nieuw


def _reden(kandidaat: Kandidaat, *, met_de_hand: bool) -> str:
    if met_de_hand:
        return Cafeuitnodiging.Reden.HAND
    return Cafeuitnodiging.Reden.NA_BEZOEK if kandidaat.eerste else Cafeuitnodiging.Reden.REGEL


def _bericht(rij: Cafeuitnodiging, boek: Adresboek, moment: datetime, *, brief: bool) -> NieuwBericht:
    kanaal, *terugval = boek.kanalen(rij.gezin_id, brief=brief)
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

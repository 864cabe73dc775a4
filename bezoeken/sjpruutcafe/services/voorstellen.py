"""Who would be invited, and why not the others: now, on later days, and by other rules. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from bezoeken.models import Sjpruutcafe
from bezoeken.sjpruutcafe.selectors.kandidaten import gebieden_met_cafes, kandidaten, komende_cafes, uitnodigregels
from bezoeken.sjpruutcafe.selectors.regels import regels_van
from bezoeken.sjpruutcafe.services.berichten import SNEL, Adresboek, verzendmoment
from bezoeken.sjpruutcafe.uitnodigingsregels import Cafe, Kandidaat, Reden, Uitnodigregels, Verschil, ronde, verschil
from notifications.doelen import CAFE
from ooievaar.kalender import dag_van
from ooievaar.selectors.bereik import verzendregels

# What the rules leave to a coordinator who invites a family herself.
_RUIM: dict[str, Any] = {
    "afstand_km": 1000.0,
    "dagen_vooraf_van": 0,
    "dagen_vooraf_tot": 366,
    "dagen_vooraf_eerste": 366,
    "dagen_vooraf_brief": 2,
}
# So far ahead the sweep looks for areas with a café.
_VER = timedelta(days=60)


@dataclass(frozen=True)
class Voorstel:
    """Who would be invited to which café by messages that go at `moment`, and why the others are not."""

    moment: datetime
    gekozen: list[tuple[Kandidaat, Cafe]]
    niet: list[tuple[Kandidaat, Reden]]

    @property
    def overgeslagen(self) -> Counter[str]:
        """How many are not invited, by reason."""
        return Counter(reden.value for _kandidaat, reden in self.niet)

    @property
    def telling(self) -> Counter[str]:
        """How many are invited, and how many are not by reason."""
        return self.overgeslagen + Counter(uitgenodigd=len(self.gekozen))


def voorstellen(*, nu: datetime, gebied_id: UUID | None = None) -> Iterator[tuple[UUID, Voorstel]]:
    """What one sweep at `nu` would do, a Gebied at a time."""
    gebieden = [gebied_id] if gebied_id else sorted(gebieden_met_cafes(nu=nu, tot=_VER))
    for gebied in gebieden:
        yield gebied, voorgesteld(gebied, nu=nu)


def voorgesteld(
    gebied_id: UUID,
    *,
    nu: datetime,
    cafes: Iterable[Sjpruutcafe] | None = None,
    gezin_ids: Collection[UUID] | None = None,
    met_de_hand: bool = False,
) -> Voorstel:
    """Who the rules would invite now; about some cafés (`plaats__wijk` loaded) or families only, when they are given.

    `met_de_hand`: a coordinator chose these families. How far and how early is then hers to judge, and after a stop
    that was taken back she may begin again; consent, stops, the week and the birthday hold for her too.
    """
    regels = uitnodigregels(regels_van(gebied_id))
    if met_de_hand:
        regels = replace(regels, **_RUIM)
    moment = verzendmoment(gebied_id, nu, verzendregels())
    dag = dag_van(moment)
    komend = komende_cafes(gebied_id, nu=nu, tot=dag + _reikwijdte(regels), cafes=cafes)
    if not komend:
        return Voorstel(moment, [], [])
    wie = _kandidaten(gebied_id, nu=nu, dag=dag, regels=regels, gezin_ids=gezin_ids)
    if met_de_hand:
        wie = [replace(kandidaat, hersteld_op=None) for kandidaat in wie]
    uit = ronde(wie, komend, dag, regels)
    return Voorstel(moment, uit.gekozen, uit.niet)


def verschil_van_regels(gebied_id: UUID, straks: Uitnodigregels, *, nu: datetime, tot: date) -> Verschil:
    """Which invitations other rules would add and drop until and with a day, if nothing else changes."""
    regels = uitnodigregels(regels_van(gebied_id))
    verzending = verzendregels()
    eerste = dag_van(verzendmoment(gebied_id, nu, verzending))
    dagen = [eerste + timedelta(days=n) for n in range((tot - eerste).days + 1)]
    dagen = [dag for dag in dagen if not verzending[gebied_id].stil(dag)]
    ver = max(_reikwijdte(regels), _reikwijdte(straks))
    # Of two ages the higher one: whoever is too old by the other rules, they leave out themselves.
    ruimst = replace(regels, leeftijd_jaren=max(regels.leeftijd_jaren, straks.leeftijd_jaren))
    cafes = komende_cafes(gebied_id, nu=nu, tot=tot + ver)
    wie = _kandidaten(gebied_id, nu=nu, dag=eerste, regels=ruimst) if cafes else []
    return verschil(wie, cafes, dagen, regels, straks)


def _reikwijdte(regels: Uitnodigregels) -> timedelta:
    return timedelta(days=max(regels.dagen_vooraf_eerste, regels.dagen_vooraf_tot))


def _kandidaten(
    gebied_id: UUID, *, nu: datetime, dag: date, regels: Uitnodigregels, gezin_ids: Collection[UUID] | None = None
) -> list[Kandidaat]:
    """The candidates with how they can be reached."""
    wie = kandidaten(gebied_id, nu=nu, dag=dag, regels=regels, gezin_ids=gezin_ids)
    boek = Adresboek.van((kandidaat.gezin_id for kandidaat in wie), CAFE)
    gevonden = []
    for kandidaat in wie:
        kanalen = boek.kanalen(kandidaat.gezin_id, brief=True)
        bekend = boek.bereik.get(kandidaat.gezin_id)
        gevonden.append(
            replace(
                kandidaat,
                snel=any(kanaal in SNEL for kanaal in kanalen),
                post="brief" in kanalen,
                liever_post=bekend is not None and bekend.voorkeur == "brief",
            )
        )
    return gevonden

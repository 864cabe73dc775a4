"""What families hear about the cafés: made here, planned in the outbox within the transaction of what causes it.

Invitations (`uitnodigen.py`) need consent. What is said here is about a place that the family asked for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from bezoeken.models import Cafeaanmelding, Sjpruutcafe
from bezoeken.sjpruutcafe.links import AANMELDING, cafelink
from bezoeken.sjpruutcafe.themawoorden import themawoord
from notifications.doelen import CONTACT
from notifications.kanalen import beschikbaar
from notifications.selectors import gestopte_kanalen
from notifications.services import NieuwBericht, berichten_annuleren, berichten_plannen
from ooievaar.kalender import AMSTERDAM, dag_van, moment_op, volgende_verzendmoment
from ooievaar.selectors.bereik import Gezinsbereik, Verzendregels, gezinsbereik, verzendregels

SNEL = ("email", "sms")
_ONBEKEND = Gezinsbereik()


def aanleiding(cafe_id: UUID) -> str:
    """What a message about this café says it is about; by it the message is cancelled."""
    return f"cafe:{cafe_id}"


@dataclass(frozen=True)
class Adresboek:
    """How each family can be reached about the cafés, and in which language; three queries."""

    bereik: dict[UUID, Gezinsbereik]
    gestopt: dict[UUID, frozenset[str]]
    kan: frozenset[str]

    @classmethod
    def van(cls, gezin_ids: Iterable[UUID], doel: str) -> Adresboek:
        """For messages of this purpose (`notifications.doelen`): what was stopped is stopped for a purpose."""
        ids = set(gezin_ids)
        return cls(gezinsbereik(ids), gestopte_kanalen(ids, doel), beschikbaar())

    def taal(self, gezin_id: UUID) -> str:
        """The language in which this family is written to."""
        return self.bereik.get(gezin_id, _ONBEKEND).taal

    def kanalen(self, gezin_id: UUID, *, brief: bool) -> list[str]:
        """The channels for this family, the first one first and then what it falls back on.

        `brief`: there is time for a letter. Who asked for letters gets nothing else when there is.
        """
        bekend = self.bereik.get(gezin_id, _ONBEKEND)
        kan = [naam for naam, er in (("email", bekend.email), ("sms", bekend.sms)) if er]
        gewenst = [naam for naam in kan if naam == bekend.voorkeur]
        keuze = gewenst + [naam for naam in kan if naam not in gewenst]
        if brief:
            keuze = ["brief"] if bekend.voorkeur == "brief" else [*keuze, "brief"]
        gestopt = self.gestopt.get(gezin_id, frozenset())
        return [naam for naam in keuze if naam in self.kan and naam not in gestopt]


def cafecontext(cafe: Sjpruutcafe, taal: str) -> dict[str, str]:
    """Where, when and about what: values for the text, none of them about a person."""
    plek = cafe.plaats
    return {
        "dag": cafe.dag.isoformat(),
        "tijd": f"{cafe.tijd:%H.%M}",
        "plaats": f"{plek.naam}, {plek.adres}" if plek.adres else plek.naam,
        "thema": themawoord(cafe.thema, taal),
    }


def verzendmoment(gebied_id: UUID, nu: datetime, regels: dict[UUID, Verzendregels] | None = None) -> datetime:
    """The first moment at or after `nu` at which a message to a family of this Gebied may go."""
    regel = (regels or verzendregels())[gebied_id]
    return volgende_verzendmoment(nu, regel.uren, regel.stil)


def vertel(
    *,
    cafe: Sjpruutcafe,
    soort: str,
    aan: Sequence[Cafeaanmelding],
    nu: datetime,
    onderwerp: str = "",
    dag: date | None = None,
    moment: datetime | None = None,
    verloopt_op: datetime | None = None,
    tot: datetime | None = None,
) -> int:
    """Tell these families on the list something, each once for this `onderwerp` and `dag`. Returns how many are new.

    A family that can not be reached quickly gets a message that will fail: that makes it work for a coordinator, who
    calls (`bezoeken.berichten.werk`).
    """
    if not aan:
        return 0
    boek = Adresboek.van((rij.gezin_id for rij in aan), CONTACT)
    gaat_op = moment or verzendmoment(cafe.gebied_id, nu)
    nieuw = []
    for rij in aan:
        kanaal, *terugval = boek.kanalen(rij.gezin_id, brief=False) or ["email"]
        context = cafecontext(cafe, boek.taal(rij.gezin_id)) | {"aanmelden": cafelink(AANMELDING, rij.pk)}
        if tot is not None:
            hier = tot.astimezone(AMSTERDAM)
            context |= {"totDag": hier.date().isoformat(), "totTijd": f"{hier:%H.%M}"}
        nieuw.append(
            NieuwBericht(
                soort=soort,
                kanaal=kanaal,
                terugval=terugval,
                gebied_id=cafe.gebied_id,
                gezin_id=rij.gezin_id,
                dag=dag or cafe.dag,
                gepland_op=gaat_op,
                verloopt_op=verloopt_op or cafe.begin,
                aanleiding=aanleiding(cafe.pk),
                onderwerp=onderwerp or f"aanmelding:{rij.pk}:{rij.volgnummer}",
                taal=boek.taal(rij.gezin_id),
                context=context,
            )
        )
    return berichten_plannen(nieuw=nieuw, nu=nu)


def zwijg(*, cafe_id: UUID, gezin_id: UUID | None = None, nu: datetime) -> int:
    """What was planned about this café (to this family) and has not left, does not leave."""
    return berichten_annuleren(aanleiding=aanleiding(cafe_id), gezin_id=gezin_id, nu=nu)


def einde_van_dag(moment: datetime) -> datetime:
    """Midnight after the day of this moment, in Amsterdam."""
    return moment_op(dag_van(moment) + timedelta(days=1), time(0))

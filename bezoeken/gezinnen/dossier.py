"""Everything about one family on one page, in a fixed number of queries, with its states in words (Dutch, B1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject
from django.utils.translation import gettext_lazy

from bezoeken.berichten.woorden import soort_in_woorden
from bezoeken.gezinnen.selectors import gezin_voor, gezinnen_van_coordinator
from bezoeken.models import Afspraak, Bezoek, Bezoekkind, Poging, Toewijzing
from bezoeken.toestand import Actie, mag
from bezoeken.toewijzing.bladzijde import STATUSSEN, wanneer_in_woorden
from bezoeken.werk import aantal
from notifications.selectors import berichten_zichtbaar_voor
from ooievaar.kalender import feestdagen_tussen
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.gebieden import vrije_perioden
from ooievaar.selectors.gezinnen import pasgeborenen_waarvoor
from voorraad.selectors import beloofd_voor

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

AFSLUITREDENEN = {
    "geweigerd": gettext_lazy("Het gezin wil geen bezoek"),
    "nietBereikt": gettext_lazy("Niet bereikt"),
    "verhuisd": gettext_lazy("Verhuisd"),
    "vervallen": gettext_lazy("Vervallen"),
    "dubbel": gettext_lazy("Dubbel"),
    "buitenGebied": gettext_lazy("Buiten het gebied"),
    "afgehaald": gettext_lazy("De box is afgehaald"),
    "geenCapaciteit": gettext_lazy("Wij hadden niemand"),
}
# A family has a few of each; more than this is a mistake in the data, and must not make the page endless.
_MEESTE_BERICHTEN = 50
_MEESTE_BEZOEKEN = 10


@dataclass(frozen=True)
class Dossier:
    """What the page shows of a family."""

    gezin: Any
    naam: str
    wijk: str
    kinderen: list[Any]
    bezoeken: list[dict[str, Any]]
    berichten: list[Any]
    # Whether a message was cancelled, so that a person may want to plan it again.
    gestopt: bool


def gezin_van_bezoek(gebruiker: Gebruiker, bezoek_id: UUID) -> UUID:
    """The family of a visit in reach of this coordinator. Raises NietGevonden."""
    gevonden = Bezoek.objects.filter(gezinnen_van_coordinator(gebruiker), pk=bezoek_id).values_list("gezin_id").first()
    if gevonden is None:
        raise NietGevonden
    gezin_id: UUID = gevonden[0]
    return gezin_id


def versie_van_bezoek(bezoek_id: UUID) -> int:
    """The version of a visit as it is now. Raises NietGevonden."""
    versie = Bezoek.objects.filter(pk=bezoek_id).values_list("versie", flat=True).first()
    if versie is None:
        raise NietGevonden
    return versie


def dossier(gebruiker: Gebruiker, gezin_id: UUID, *, vandaag: date) -> Dossier:
    """The whole family, for a coordinator who may see it; four queries. Raises NietGevonden.

    What happened is a story of its own (`bezoeken.verhaal`).
    """
    gezin = gezin_voor(gebruiker, gezin_id)
    van_gezin = gezinnen_van_coordinator(gebruiker)
    kinderen = list(pasgeborenen_waarvoor(Q(gezin_id=gezin_id)).order_by("geboortedatum", "id"))
    bezoeken = list(
        _bezoekrijen(Bezoek.objects.filter(van_gezin, gezin_id=gezin_id)).order_by("-venster_begin", "id")[
            :_MEESTE_BEZOEKEN
        ]
    )
    berichten = list(berichten_zichtbaar_voor(gebruiker).filter(gezin_id=gezin_id)[:_MEESTE_BERICHTEN])
    for bericht in berichten:
        bericht.wat = soort_in_woorden(bericht.soort)  # type: ignore[attr-defined]
    return Dossier(
        gezin=gezin,
        naam=next((k.achternaam for k in reversed(kinderen)), ""),
        wijk=next((rij["naam_wijk"] for rij in bezoeken if rij["naam_wijk"]), "") or gezin.wijk_code or "",
        kinderen=kinderen,
        bezoeken=[_bezoek(rij, vandaag) for rij in bezoeken],
        berichten=berichten,
        gestopt=any(bericht.status == "geannuleerd" for bericht in berichten),
    )


def _bezoekrijen(bezoeken: QuerySet[Bezoek]) -> QuerySet[Bezoek, dict[str, Any]]:
    van_bezoek = {"bezoek": OuterRef("pk")}
    kinderen = Bezoekkind.objects.filter(**van_bezoek).order_by("geboortedatum", "pasgeborene_id")
    pogingen = Poging.objects.filter(**van_bezoek).order_by("moment", "id")
    toewijzingen = Toewijzing.objects.filter(**van_bezoek).order_by("toegewezen_op", "id")
    aanleiding = Concat(Value("bezoek:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    afspraak = Afspraak.objects.filter(vervallen_op__isnull=True, **van_bezoek)
    vrij = vrije_perioden(OuterRef("gebied"), OuterRef("venster_begin"), OuterRef("venster_eind"))
    return bezoeken.annotate(
        kind_rijen=ArraySubquery(
            kinderen.values(
                rij=JSONObject(
                    id="pasgeborene_id",
                    doos="doos_gegeven",
                    voucher="voucher_einde",
                    voornaam="pasgeborene__voornaam",
                    achternaam="pasgeborene__achternaam",
                )
            )
        ),
        poging_rijen=ArraySubquery(
            pogingen.values(
                rij=JSONObject(
                    moment="moment", soort="soort", uitkomst="uitkomst", waarschuwingen="waarschuwingen", door="door_id"
                )
            )
        ),
        toewijzing_rijen=ArraySubquery(
            toewijzingen.values(
                rij=JSONObject(
                    id="ooievaarsmoeder_id",
                    naam="ooievaarsmoeder__naam",
                    op="toegewezen_op",
                    tot="beeindigd_op",
                    eindreden="eindreden",
                )
            )
        ),
        boxen_nodig=Coalesce(
            Subquery(aantal(kinderen.filter(telt_mee=True, doos_gegeven=False), "bezoek"), output_field=IntegerField()),
            0,
        ),
        boxen_beloofd=Coalesce(
            Subquery(aantal(beloofd_voor(aanleiding), "aanleiding"), output_field=IntegerField()), 0
        ),
        afspraak_begin=Subquery(afspraak.values("begin")[:1]),
        afspraak_duur=Subquery(afspraak.values("duur_minuten")[:1]),
        vrije_rijen=ArraySubquery(vrij.values(rij=JSONObject(naam="naam", begin="begin", eind="eind"))),
    ).values(
        "id",
        "versie",
        "status",
        "soort",
        "afsluitreden",
        "afgesloten_op",
        "venster_begin",
        "venster_eind",
        "venster_reden",
        "late_melding",
        "geboortedatum",
        "aanvaard_op",
        "bezocht_op",
        "vorm",
        "aantal_pogingen",
        "ooievaarsmoeder_id",
        "kind_rijen",
        "poging_rijen",
        "toewijzing_rijen",
        "afspraak_begin",
        "afspraak_duur",
        "vrije_rijen",
        "boxen_nodig",
        "boxen_beloofd",
        naam_wijk=F("gezin__wijk__naam"),
        naam_moeder=F("ooievaarsmoeder__naam"),
        maximum_pogingen=F("gebied__maximum_pogingen"),
        uitloop=F("gebied__verlopen_dag") - F("gebied__venster_eind_dag"),
    )


def _bezoek(rij: dict[str, Any], vandaag: date) -> dict[str, Any]:
    """A visit with its state in words and what may be done with it (the table of `toestand`)."""
    status = rij["status"]
    loopt = mag(Actie.SLUITEN, status)
    wanneer, kleur = wanneer_in_woorden(
        rij["venster_begin"], rij["venster_eind"], vandaag, timedelta(days=rij["uitloop"])
    )
    return {
        **rij,
        "loopt": loopt,
        "wanneer": wanneer if loopt else "",
        "kleur": kleur if loopt else "later",
        "toestand": AFSLUITREDENEN.get(rij["afsluitreden"]) or STATUSSEN[status],
        "kan_terug": mag(Actie.HERSTELLEN, status),
        "kan_afspreken": mag(Actie.AFSPREKEN, status),
        "box_te_kort": loopt and rij["aanvaard_op"] is not None and rij["boxen_nodig"] > rij["boxen_beloofd"],
        "vrij": _vrij(rij, vandaag) if loopt else [],
        "pogingen": [{**p, "moment": datetime.fromisoformat(p["moment"]), **_poging(p)} for p in rij["poging_rijen"]],
    }


def _vrij(rij: dict[str, Any], vandaag: date) -> list[dict[str, Any]]:
    """Holidays, school holidays and soft days still to come in the window: they warn (domain.md, "The window")."""
    perioden = [
        {"naam": p["naam"], "begin": date.fromisoformat(p["begin"]), "eind": date.fromisoformat(p["eind"])}
        for p in rij["vrije_rijen"]
    ]
    feestdagen = feestdagen_tussen(rij["venster_begin"], rij["venster_eind"])
    perioden += [{"naam": naam, "begin": dag, "eind": dag} for dag, naam in feestdagen]
    return sorted((p for p in perioden if p["eind"] >= vandaag), key=lambda p: (p["begin"], p["naam"]))


def _poging(poging: dict[str, Any]) -> dict[str, str]:
    return {
        "soort_tekst": str(Poging.Soort(poging["soort"]).label),
        "uitkomst_tekst": str(Poging.Uitkomst(poging["uitkomst"]).label),
    }

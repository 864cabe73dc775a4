"""Everything about one family on one page, in a fixed number of queries; and its history in words (Dutch, B1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bezoeken.gezinnen.selectors import gezin_voor, gezinnen_van_coordinator
from bezoeken.models import Afspraak, Bezoek, Bezoekkind, Geboortemelding, Poging, Toewijzing
from bezoeken.toestand import Actie, mag
from bezoeken.toewijzing.bladzijde import STATUSSEN, wanneer_in_woorden
from notifications.selectors import berichten_zichtbaar_voor
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.geschiedenis import Gebeurtenis, gebeurtenissen
from ooievaar.selectors.gebruikers import namen_van_gebruikers
from ooievaar.selectors.gezinnen import pasgeborenen_waarvoor

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
class Regel:
    """One line of the history: when, what, and who did it (empty: the system)."""

    moment: datetime
    wat: str
    door: str
    reden: str = ""


@dataclass(frozen=True)
class Dossier:
    """What the page shows of a family."""

    gezin: Any
    naam: str
    wijk: str
    kinderen: list[Any]
    bezoeken: list[dict[str, Any]]
    berichten: list[Any]
    geschiedenis: list[Regel]


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
    """The whole family, for a coordinator who may see it; nine queries. Raises NietGevonden."""
    gezin = gezin_voor(gebruiker, gezin_id)
    van_gezin = gezinnen_van_coordinator(gebruiker)
    kinderen = list(pasgeborenen_waarvoor(Q(gezin_id=gezin_id)).order_by("geboortedatum", "id"))
    bezoeken = list(
        _bezoekrijen(Bezoek.objects.filter(van_gezin, gezin_id=gezin_id)).order_by("-venster_begin", "id")[
            :_MEESTE_BEZOEKEN
        ]
    )
    berichten = list(berichten_zichtbaar_voor(gebruiker).filter(gezin_id=gezin_id)[:_MEESTE_BERICHTEN])
    meldingen = list(
        Geboortemelding.objects.filter(pasgeborene__in=[k.pk for k in kinderen]).order_by("gemeld_op").defer("gegevens")
    )
    op_bezoek = gebeurtenissen([Bezoek(pk=rij["id"]) for rij in bezoeken])
    op_gezin = gebeurtenissen([gezin])
    pogingen = [poging for rij in bezoeken for poging in rij["poging_rijen"]]
    namen = namen_van_gebruikers(
        {e.gebruiker for e in [*op_bezoek, *op_gezin]} | {p["door"] for p in pogingen} - {None, ""}
    )
    regels = [
        *_uit_bezoeken(op_bezoek, bezoeken, namen),
        *_uit_gezin(op_gezin, namen),
        *_uit_pogingen(pogingen, namen),
        *(Regel(m.gemeld_op, _("Gemeld door %(bron)s") % {"bron": m.get_bron_display()}, "") for m in meldingen),
    ]
    # Of what happened in one transaction the last comes first too.
    regels.reverse()
    regels.sort(key=lambda regel: regel.moment, reverse=True)
    return Dossier(
        gezin=gezin,
        naam=next((k.achternaam for k in reversed(kinderen)), ""),
        wijk=next((rij["naam_wijk"] for rij in bezoeken if rij["naam_wijk"]), "") or gezin.wijk_code or "",
        kinderen=kinderen,
        bezoeken=[_bezoek(rij, vandaag) for rij in bezoeken],
        berichten=berichten,
        geschiedenis=regels,
    )


def _bezoekrijen(bezoeken: QuerySet[Bezoek]) -> QuerySet[Bezoek, dict[str, Any]]:
    van_bezoek = {"bezoek": OuterRef("pk")}
    kinderen = Bezoekkind.objects.filter(**van_bezoek).order_by("geboortedatum", "pasgeborene_id")
    pogingen = Poging.objects.filter(**van_bezoek).order_by("moment", "id")
    toewijzingen = Toewijzing.objects.filter(**van_bezoek).order_by("toegewezen_op", "id")
    afspraak = Afspraak.objects.filter(vervallen_op__isnull=True, **van_bezoek)
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
        afspraak_begin=Subquery(afspraak.values("begin")[:1]),
        afspraak_duur=Subquery(afspraak.values("duur_minuten")[:1]),
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
        "pogingen": [{**p, "moment": datetime.fromisoformat(p["moment"]), **_poging(p)} for p in rij["poging_rijen"]],
    }


def _poging(poging: dict[str, Any]) -> dict[str, str]:
    return {
        "soort_tekst": str(Poging.Soort(poging["soort"]).label),
        "uitkomst_tekst": str(Poging.Uitkomst(poging["uitkomst"]).label),
    }


def _uit_pogingen(pogingen: Iterable[dict[str, Any]], namen: dict[str, str]) -> Iterable[Regel]:
    for poging in pogingen:
        woorden = _poging(poging)
        yield Regel(
            datetime.fromisoformat(poging["moment"]),
            _("Poging: %(soort)s, %(uitkomst)s")
            % {"soort": woorden["soort_tekst"], "uitkomst": woorden["uitkomst_tekst"]},
            namen.get(poging["door"] or "", ""),
        )


def _uit_bezoeken(
    gezien: Iterable[Gebeurtenis], bezoeken: list[dict[str, Any]], namen: dict[str, str]
) -> Iterable[Regel]:
    moeders = {t["id"]: t["naam"] for rij in bezoeken for t in rij["toewijzing_rijen"]}
    for e in gezien:
        for wat in _van_bezoek(e, moeders):
            yield Regel(e.moment, wat, namen.get(e.gebruiker, ""), e.reden)


def _van_bezoek(e: Gebeurtenis, moeders: dict[str, str]) -> Iterable[str]:
    """What one change of a visit was, in the words of people; what is only bookkeeping is left out."""
    if e.nieuw:
        yield _("Het bezoek kwam op de lijst")
        return
    wissel = e.verschil
    status = wissel.get("status", (None, None))[1]
    if wissel.get("ooievaarsmoeder_id", (None, None))[1]:
        yield _("Gegeven aan %(naam)s") % {"naam": moeders.get(wissel["ooievaarsmoeder_id"][1], _("iemand"))}
    elif status == "open" and "afsluitreden" not in wissel:
        yield _("Het bezoek is weer voor niemand")
    if wissel.get("aanvaard_op", (None, None))[1]:
        yield _("Zij doet het")
    if status == "gepland":
        yield _("Afspraak gemaakt")
    if status == "bezocht":
        yield _("Het bezoek is geweest")
    if "afsluitreden" in wissel:
        reden = wissel["afsluitreden"][1]
        yield (
            _("Gesloten: %(reden)s") % {"reden": AFSLUITREDENEN[reden]}
            if reden in AFSLUITREDENEN
            else _("Weer geopend")
        )
    if "venster_eind" in wissel or "venster_begin" in wissel:
        eind = wissel.get("venster_eind", (None, None))[1]
        yield (
            _("Venster verplaatst, tot en met %(dag)s") % {"dag": date_format(date.fromisoformat(eind), "j F Y")}
            if eind
            else _("Venster verplaatst")
        )


def _uit_gezin(gezien: Iterable[Gebeurtenis], namen: dict[str, str]) -> Iterable[Regel]:
    for e in gezien:
        if e.nieuw:
            yield Regel(e.moment, _("Het gezin werd bekend"), namen.get(e.gebruiker, ""))
            continue
        for wat in _van_gezin(e):
            yield Regel(e.moment, wat, namen.get(e.gebruiker, ""), e.reden)


def _van_gezin(e: Gebeurtenis) -> Iterable[str]:
    if "contactstop_reden" in e.verschil:
        yield _("Geen contact meer") if e.verschil["contactstop_reden"][1] else _("Het gezin wil weer contact")
    if "stil_sinds" in e.verschil:
        yield _("Alles is gestopt") if e.verschil["stil_sinds"][1] else _("Contact mag weer")
    if {"straat", "huisnummer", "postcode", "wijk_id"} & e.verschil.keys():
        yield _("Ander adres")
    if e.verschil.get("geheim", (None, None))[1]:
        yield _("Het adres is geheim")

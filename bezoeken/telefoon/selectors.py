"""What a phone may hold and must erase, whose logs are heard, and what waits for a coordinator."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest, NullIf, Trim

from bezoeken.gezinnen.selectors import gezin_uit, gezinrijen
from bezoeken.kraambezoek.selectors import eigen_bezoeken, rijen, vertaal
from bezoeken.models import Bezoek, Bezoekkind, Handeling, Incheck, Toewijzing
from bezoeken.sjpruutcafe.selectors.telefoon import cafes_om_aan_te_bieden
from bezoeken.toestand import Afsluitreden
from bezoeken.veiligheid.selectors import maatregelen_voor, open_incheck_van
from ooievaar.platform.clock import dag_van
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.selectors.gezinnen import gezinnen_waarvoor, pasgeborenen_waarvoor
from ooievaar.selectors.ooievaarsmoeders import ooievaarsmoeders_van_coordinator
from voorraad.selectors import dozenstanden_van

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker

OVERGEDRAGEN = "overgedragen"
GESTOPT = "gestopt"
AFGESLOTEN = "afgesloten"

# All contact stopped: after a death, or because the family said so. Which of the two, a phone is not told.
_GESTOPT = Q(afsluitreden=Afsluitreden.VERVALLEN) | ~Q(gezin__contactstop_reden="") | Q(gezin__stil_sinds__isnull=False)


def inhoud(gebruiker: Gebruiker, *, sinds: datetime, nu: datetime) -> dict[str, Any]:
    """Everything this user's phone may hold now, and what it must erase (domain.md, rules 3, 4 and 8).

    Always complete: what is not in it may not stay on the phone. Her own visits, until `adres_dagen` after they closed;
    nothing of a family where all contact stopped; of a visit she has not accepted wijk and language only. The number of
    queries does not depend on how much there is.
    """
    vandaag = dag_van(nu)
    bezoeken = rijen(eigen_bezoeken(gebruiker, nu=nu) & ~_GESTOPT)
    eigen = list(bezoeken.annotate(afgesloten=F("afgesloten_op")).order_by("id"))
    aanvaard = [rij for rij in eigen if rij["aanvaard_op"] is not None]
    gezin_ids = {rij["gezin_id"] for rij in aanvaard}
    kind_ids = {kind for rij in aanvaard for kind in rij["kind_ids"]}
    maatregelen = maatregelen_voor({rij["id"]: rij["gezin_id"] for rij in aanvaard}, nu=nu)
    moeder_id = gebruiker.bevoegdheid.ooievaarsmoeder_id
    binnen = open_incheck_van(moeder_id) if moeder_id and eigen else None
    bewaard = {rij["id"] for rij in eigen} | gezin_ids | kind_ids
    return {
        "bezoeken": [
            _bezoek(rij, vandaag=vandaag, gebruiker=gebruiker)
            | {
                "afgeslotenOp": rij["afgesloten"],
                "maatregelen": [{"code": m.code, "tekst": m.tekst} for m in maatregelen.get(rij["id"], ())],
                "incheck": _incheck(binnen) if binnen and binnen.bezoek_id == rij["id"] else None,
            }
            for rij in eigen
        ],
        "gezinnen": [
            gezin_uit(gezin, gebruiker=gebruiker, telefoon=True)
            for gezin in gezinrijen(gezinnen_waarvoor(Q(pk__in=gezin_ids)), gebruiker=gebruiker).order_by("pk")
        ],
        "pasgeborenen": pasgeborenen_waarvoor(Q(pk__in=kind_ids)).order_by("geboortedatum", "pk"),
        "dozen": _dozen(gebruiker),
        "sjpruutcafes": cafes_om_aan_te_bieden(gebruiker, gezin_ids=gezin_ids, nu=nu),
        "verwijderd": list(_verwijderd(gebruiker, sinds=sinds, nu=nu, bewaard=bewaard)),
    }


def _bezoek(rij: dict[str, Any], *, vandaag: date, gebruiker: Gebruiker) -> dict[str, Any]:
    """A visit as the REST call shows it to an Ooievaarsmoeder, also when she is a coordinator elsewhere."""
    data = vertaal(rij, vandaag=vandaag, gebruiker=gebruiker)
    if rij["aanvaard_op"] is None:
        data |= {"gezin": None, "pasgeborenen": None, "geboortedatum": None}
    return data


def _incheck(incheck: Incheck) -> dict[str, Any]:
    return {
        "id": incheck.pk,
        "ingechecktOp": incheck.ingecheckt_op,
        "verwachtEind": incheck.verwacht_eind,
        "uitgechecktOp": incheck.uitgecheckt_op,
    }


def _dozen(gebruiker: Gebruiker) -> Iterable[Any]:
    moeder_id = gebruiker.bevoegdheid.ooievaarsmoeder_id
    return dozenstanden_van(moeder_id) if moeder_id else []


def _van_haar(moeder_id: UUID, **velden: Any) -> QuerySet[Toewijzing]:
    return Toewijzing.objects.filter(bezoek=OuterRef("pk"), ooievaarsmoeder=moeder_id, **velden).order_by()


def _verwijderd(
    gebruiker: Gebruiker, *, sinds: datetime, nu: datetime, bewaard: Collection[UUID]
) -> Iterable[dict[str, Any]]:
    """What she once held and may not hold any more, with why; one query.

    Of a visit she never accepted only the visit: she never had the family.
    """
    moeder_id = gebruiker.bevoegdheid.ooievaarsmoeder_id
    if moeder_id is None:
        return
    einde = _van_haar(moeder_id).values("bezoek").annotate(op=Max("beeindigd_op")).values("op")
    kinderen = Bezoekkind.objects.filter(bezoek=OuterRef("pk")).values("pasgeborene_id")
    bezoeken = (
        Bezoek.objects.filter(Q(ooievaarsmoeder=moeder_id) | Exists(_van_haar(moeder_id)))
        .annotate(
            overgedragen_op=Subquery(einde, output_field=DateTimeField()),
            gestopt_op=Greatest("afgesloten_op", "gezin__contactstop_op", "gezin__stil_sinds"),
            gesloten_op=Greatest("afgesloten_op", "afgerond_op"),
            had_aanvaard=Exists(_van_haar(moeder_id, aanvaard_op__isnull=False)),
            kind_ids=ArraySubquery(kinderen),
            gestopt=_GESTOPT,
            dagen=F("gebied__adres_dagen"),
            actief=F("ooievaarsmoeder__actief"),
        )
        .values(
            "id", "gezin_id", "ooievaarsmoeder_id", "aanvaard_op", "overgedragen_op", "gestopt_op", "gesloten_op",
            "had_aanvaard", "kind_ids", "gestopt", "dagen", "actief",
        )
        .order_by("id")
    )  # fmt: skip
    gezegd = set(bewaard)
    for rij in bezoeken:
        if rij["id"] in bewaard:
            if rij["gezin_id"] in bewaard or not rij["had_aanvaard"]:
                continue
            # Given back to her, and not accepted anew: the visit is hers, the family is not yet.
            reden, weg_op = OVERGEDRAGEN, rij["overgedragen_op"]
        else:
            reden, weg_op = _waarom_en_wanneer(rij, moeder_id)
        if weg_op is not None and weg_op <= sinds:
            continue
        items = [(rij["id"], "bezoek")]
        if rij["had_aanvaard"] or (rij["ooievaarsmoeder_id"] == moeder_id and rij["aanvaard_op"]):
            items += [(rij["gezin_id"], "gezin"), *((kind, "pasgeborene") for kind in rij["kind_ids"])]
        for item, soort in items:
            if item not in gezegd:
                gezegd.add(item)
                yield {"id": item, "soort": soort, "reden": reden}


def _waarom_en_wanneer(rij: dict[str, Any], moeder_id: UUID) -> tuple[str, datetime | None]:
    """Why a visit left her phone, and when; None: when is not on record, so it is said each time.

    Of a visit that is not hers any more she does not hear that contact stopped later. Who left the programme holds
    nothing: what is hers on paper is somebody else's work.
    """
    if rij["ooievaarsmoeder_id"] != moeder_id:
        return OVERGEDRAGEN, rij["overgedragen_op"]
    if not rij["actief"]:
        return OVERGEDRAGEN, None
    if rij["gestopt"]:
        return GESTOPT, rij["gestopt_op"]
    return AFGESLOTEN, rij["gesloten_op"] and rij["gesloten_op"] + timedelta(days=rij["dagen"])


@dataclass(frozen=True)
class Bekend:
    """What this user has to do with the visits of a batch: those she has or had, and those in her reach to manage."""

    van_haar: frozenset[UUID]
    beheert: frozenset[UUID]
    gezin_ids: frozenset[UUID]
    # The visits of each child she reports about.
    van_kind: dict[UUID, list[UUID]]


def bekend_met(
    gebruiker: Gebruiker, *, bezoek_ids: Collection[UUID], kind_ids: Collection[UUID], gezin_ids: Collection[UUID]
) -> Bekend:
    """The visits of these ids, children and families that the user may log about: hers, once hers, or of her wijken.

    One query for the visits, one for the children if there are any. Once hers is enough: what she logged before she
    lost a visit is heard (domain.md, rule 8).
    """
    van_kind: dict[UUID, list[UUID]] = {}
    if kind_ids:
        paren = Bezoekkind.objects.filter(pasgeborene_id__in=set(kind_ids)).order_by("bezoek_id")
        for kind_id, bezoek_id in paren.values_list("pasgeborene_id", "bezoek_id"):
            van_kind.setdefault(kind_id, []).append(bezoek_id)
    moeder_id = gebruiker.bevoegdheid.ooievaarsmoeder_id
    van_haar = Q(ooievaarsmoeder=moeder_id) | Exists(_van_haar(moeder_id)) if moeder_id else Q(pk__in=[])
    alle = set(bezoek_ids).union(*van_kind.values())
    gevonden = list(
        Bezoek.objects.filter(Q(pk__in=alle) | Q(gezin_id__in=set(gezin_ids)))
        .annotate(haar=Q(van_haar), beheer=Q(gebruiker.bevoegdheid.filter("coordinator")))
        .filter(Q(haar=True) | Q(beheer=True))
        .values_list("pk", "gezin_id", "haar", "beheer")
    )
    return Bekend(
        van_haar=frozenset(pk for pk, _gezin, haar, _beheer in gevonden if haar),
        beheert=frozenset(pk for pk, _gezin, _haar, beheer in gevonden if beheer),
        gezin_ids=frozenset(gezin for _pk, gezin, _haar, _beheer in gevonden),
        van_kind=van_kind,
    )


def geparkeerde_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Handeling]:
    """What waits, or waited, for this coordinator: about visits of her wijken, or, about none, from her volunteers."""
    bereik = gebruiker.bevoegdheid.filter("coordinator", gebied="gebied", wijk="bezoek__wijk")
    zonder_bezoek = Q(bezoek=None, ooievaarsmoeder__in=ooievaarsmoeders_van_coordinator(gebruiker))
    return Handeling.objects.filter(bereik | zonder_bezoek).exclude(reden="")


def met_namen(handelingen: QuerySet[Handeling]) -> QuerySet[Handeling]:
    """With `gelogd_door_naam` and `besloten_door_naam`: who did it and who decided; no extra query."""
    return handelingen.annotate(gelogd_door_naam=_naam("gebruiker"), besloten_door_naam=_naam("besloten_door"))


def _naam(pad: str) -> Coalesce:
    """A user as people know her: the volunteer's name, else the full name, else the user name."""
    voornaam, achternaam = f"{pad}__first_name", f"{pad}__last_name"
    volledig = Trim(Concat(voornaam, Value(" "), achternaam))
    return Coalesce(
        f"{pad}__ooievaarsmoeder__naam", NullIf(volledig, Value("")), f"{pad}__username", output_field=CharField()
    )


def gebied_van(gebruiker: Gebruiker) -> Gebied | None:
    """The Gebied in which she works, as a volunteer or a coordinator; the first by code when there are more."""
    gebieden = gebieden_met_id(gebruiker.bevoegdheid.gebied_ids("ooievaarsmoeder", "coordinator"))
    return min(gebieden, key=lambda gebied: gebied.code, default=None)

"""Reading the Sjop. Of a family somebody in the Sjop sees a code, a first name, sizes, and what it may get; no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from ooievaar.platform import clock
from voorraad.models import (
    Blokkade,
    Bruikleen,
    Inbreng,
    Locatiesoort,
    Mutatie,
    Mutatiesoort,
    Openingstijd,
    Sjopaanvraag,
    Sjopafspraak,
    Sjopcategorie,
    Sjopinstelling,
    Sjoppas,
    Sjopuitgifte,
    Terugroepactie,
)
from voorraad.sjopregels import Gehad, Limieten, Recht, begin_van_periode, recht

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

ROLLEN = ("coordinator", "sjop")


def sjopgebieden(gebruiker: Gebruiker) -> list[UUID]:
    """The areas whose Sjop this user may work in."""
    return list(gebruiker.bevoegdheid.gebied_ids(*ROLLEN))


def categorieen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Sjopcategorie]:
    """The kinds of goods, with their article."""
    rijen = Sjopcategorie.objects.filter(artikel__gebied__in=sjopgebieden(gebruiker))
    return rijen.select_related("artikel").order_by("volgorde", "artikel__naam", "id")


def categorieen_van(gebied_id: UUID) -> list[Sjopcategorie]:
    """The kinds of goods of this Gebied that may be asked for, with their article: for who asks for a family."""
    rijen = Sjopcategorie.objects.filter(artikel__gebied=gebied_id, artikel__geblokkeerd=False, actief=True)
    return list(rijen.select_related("artikel").order_by("volgorde", "artikel__naam", "id"))


def inbrengen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Any]:
    """What came in, with what of it lies in the Sjop (`ligt`) and is not promised (`vrij`)."""
    hier = Q(partij__standen__locatie__soort=Locatiesoort.SJOP)
    return (
        Inbreng.objects.filter(categorie__artikel__gebied__in=sjopgebieden(gebruiker))
        .select_related("categorie__artikel", "partij")
        .annotate(
            ligt=Coalesce(Sum("partij__standen__aantal", filter=hier), 0),
            vrij=Coalesce(Sum(F("partij__standen__aantal") - F("partij__standen__gereserveerd"), filter=hier), 0),
        )
    )


def passen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Sjoppas]:
    return Sjoppas.objects.filter(gebied__in=sjopgebieden(gebruiker))


def aanvragen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Sjopaanvraag]:
    """The requests, with the pass they are of and what lies ready."""
    rijen = Sjopaanvraag.objects.filter(pas__gebied__in=sjopgebieden(gebruiker))
    return rijen.select_related("pas", "categorie__artikel", "inbreng__partij")


def afspraken_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Sjopafspraak]:
    rijen = Sjopafspraak.objects.filter(gebied__in=sjopgebieden(gebruiker))
    return rijen.select_related("pas").order_by("begin", "plaats", "id")


def uitgiften_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Sjopuitgifte]:
    """What was handed out, with the line that reversed it, if one did."""
    rijen = Sjopuitgifte.objects.filter(pas__gebied__in=sjopgebieden(gebruiker))
    return rijen.select_related(
        "pas", "inbreng__categorie__artikel", "inbreng__partij", "mutatie__teruggedraaid_door", "bruikleen"
    )


def bruiklenen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Bruikleen]:
    rijen = Bruikleen.objects.filter(uitgifte__pas__gebied__in=sjopgebieden(gebruiker))
    return rijen.select_related("uitgifte__pas", "inbreng__categorie__artikel", "inbreng__partij")


def blokkades_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Blokkade]:
    rijen = Blokkade.objects.filter(gebied__in=sjopgebieden(gebruiker))
    return rijen.select_related("categorie__artikel").order_by("naam", "id")


def terugroepacties_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Terugroepactie]:
    return Terugroepactie.objects.filter(gebied__in=sjopgebieden(gebruiker))


def openingstijden_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Openingstijd]:
    return Openingstijd.objects.filter(gebied__in=sjopgebieden(gebruiker))


# What a family may get -----------------------------------------------------------------------
def stand_van_recht(pas_id: UUID, instelling: Sjopinstelling, nu: datetime) -> tuple[list[Gehad], int]:
    """What this family got in the running period and did not keep on loan, and how much it has on loan; two queries.

    What was reversed never happened.
    """
    sinds = begin_van_periode(clock.dag_van(nu), instelling.periode_dagen)
    rijen = Sjopuitgifte.objects.filter(
        pas=pas_id,
        op__gte=clock.moment_op(sinds, datetime.min.time()),
        mutatie__teruggedraaid_door__isnull=True,
        bruikleen__isnull=True,
    ).values_list("op", "inbreng__categorie_id", "aantal")
    gehad = [Gehad(clock.dag_van(op), categorie, aantal) for op, categorie, aantal in rijen]
    return gehad, Bruikleen.objects.filter(uitgifte__pas=pas_id, status=Bruikleen.Status.UITGELEEND).count()


def recht_van(gehad: Iterable[Gehad], geleend: int, instelling: Sjopinstelling, nu: datetime) -> Recht:
    """What is left for this family under these settings."""
    limieten = Limieten(
        periode_dagen=instelling.periode_dagen,
        per_periode=instelling.stuks_per_periode,
        per_dag=instelling.stuks_per_dag,
        leningen=instelling.leningen,
    )
    return recht(gehad, geleend, limieten, clock.dag_van(nu))


def recht_voor(pas: Sjoppas, nu: datetime) -> Recht:
    """What this family may still get now; three queries."""
    instelling = instelling_voor(pas.gebied_id)
    gehad, geleend = stand_van_recht(pas.pk, instelling, nu)
    return recht_van(gehad, geleend, instelling, nu)


def instelling_voor(gebied_id: UUID) -> Sjopinstelling:
    """The settings of this Gebied's Sjop; those of the programme where nobody changed any."""
    return Sjopinstelling.objects.filter(gebied_id=gebied_id).first() or Sjopinstelling(gebied_id=gebied_id)


def maten_van(pas: Sjoppas) -> list[str]:
    """The sizes that this family asked for, newest first: what somebody at the counter looks for."""
    rijen = pas.aanvragen.exclude(maat="").order_by("-aangevraagd_op").values_list("maat", flat=True)[:20]
    return list(dict.fromkeys(rijen))


# Recalls -------------------------------------------------------------------------------------
class Vindplaats(NamedTuple):
    """Where a recalled piece is: `waar` is "hier", "geleend" or "gegeven"; a pass for what went to a family."""

    inbreng: Inbreng
    waar: str
    aantal: int
    pas: Sjoppas | None
    op: datetime | None


def vindplaatsen(actie: Terugroepactie) -> list[Vindplaats]:
    """Everything of this brand and model: what lies in the Sjop, what is on loan, and what was given; two queries."""
    raak = Inbreng.objects.filter(
        categorie__artikel__gebied=actie.gebied_id, merk_sleutel=actie.merk_sleutel
    ).select_related("categorie__artikel", "partij")
    if actie.model_sleutel:
        raak = raak.filter(model_sleutel=actie.model_sleutel)
    hier = Q(partij__standen__locatie__soort=Locatiesoort.SJOP)
    ligt = raak.annotate(ligt=Coalesce(Sum("partij__standen__aantal", filter=hier), 0)).filter(ligt__gt=0)
    gevonden = [Vindplaats(inbreng, "hier", inbreng.ligt, None, None) for inbreng in ligt.order_by("partij__code")]
    uitgegeven = (
        Sjopuitgifte.objects.filter(inbreng__in=raak, mutatie__teruggedraaid_door__isnull=True)
        .exclude(bruikleen__status=Bruikleen.Status.TERUG)
        .select_related("pas", "inbreng__categorie__artikel", "inbreng__partij", "bruikleen")
        .order_by("op", "id")
    )
    for uitgifte in uitgegeven:
        waar = "geleend" if hasattr(uitgifte, "bruikleen") else "gegeven"
        gevonden.append(Vindplaats(uitgifte.inbreng, waar, uitgifte.aantal, uitgifte.pas, uitgifte.op))
    return gevonden


# Figures -------------------------------------------------------------------------------------
class Verslagregel(NamedTuple):
    """Of one kind of goods in a period: taken in, given for good, lent out, thrown away by reason."""

    naam: str
    ingebracht: int
    gegeven: int
    uitgeleend: int
    weg: dict[str, int]


def verslag(gebied_id: UUID, van: date, tot: date) -> list[Verslagregel]:
    """What came in and went out in these days (both included), per kind of goods; from the ledger, three queries.

    What was reversed does not count.
    """
    begin = clock.moment_op(van, datetime.min.time())
    eind = clock.moment_op(tot + timedelta(days=1), datetime.min.time())
    regels = Mutatie.objects.filter(
        artikel__gebied=gebied_id,
        artikel__sjopcategorie__isnull=False,
        gebeurd_op__gte=begin,
        gebeurd_op__lt=eind,
        soort__in=[Mutatiesoort.ONTVANGST, Mutatiesoort.UITGIFTE, Mutatiesoort.AFKEUR],
        teruggedraaid_door__isnull=True,
    )
    som = regels.order_by().values_list("artikel_id", "soort", "reden").annotate(Sum("aantal"))
    per: dict[UUID, dict[tuple[str, str], int]] = {}
    for artikel, soort, reden, aantal in som:
        per.setdefault(artikel, {})[soort, reden] = aantal
    geleend = dict(
        Bruikleen.objects.filter(uitgifte__mutatie__in=regels)
        .order_by()
        .values_list("inbreng__categorie__artikel_id")
        .annotate(Count("pk"))
    )
    categorieen = Sjopcategorie.objects.filter(artikel__in=per).select_related("artikel").order_by("volgorde", "id")
    return [
        _verslagregel(categorie.artikel.naam, per[categorie.artikel_id], geleend.get(categorie.artikel_id, 0))
        for categorie in categorieen
    ]


def _verslagregel(naam: str, sommen: dict[tuple[str, str], int], geleend: int) -> Verslagregel:
    def van(soort: str) -> int:
        return sum(n for (wat, _reden), n in sommen.items() if wat == soort)

    weg = {reden: n for (wat, reden), n in sorted(sommen.items()) if wat == Mutatiesoort.AFKEUR}
    return Verslagregel(naam, van(Mutatiesoort.ONTVANGST), van(Mutatiesoort.UITGIFTE) - geleend, geleend, weg)


def gezinnen_per_wijk(gebied_id: UUID, van: date, tot: date) -> dict[str, int]:
    """How many families of each wijk got something in these days. True counts: the caller suppresses small ones."""
    rijen = Sjopuitgifte.objects.filter(
        pas__gebied=gebied_id,
        op__gte=clock.moment_op(van, datetime.min.time()),
        op__lt=clock.moment_op(tot + timedelta(days=1), datetime.min.time()),
        mutatie__teruggedraaid_door__isnull=True,
    )
    return dict(rijen.order_by().values_list("wijk").annotate(Count("pas", distinct=True)))


# For who reminds -----------------------------------------------------------------------------
class TeHerinneren(NamedTuple):
    """A loan that is due soon, by the caller's own key of the family."""

    bruikleen_id: UUID
    gebied_id: UUID
    aanleiding: str
    terug_op: date


def te_herinneren(vandaag: date) -> list[TeHerinneren]:
    """The loans that are due within the days of their Gebied's setting and not past; of stopped families none."""
    dagen = dict(Sjopinstelling.objects.values_list("gebied_id", "herinner_dagen"))
    standaard = Sjopinstelling().herinner_dagen
    verste = vandaag + timedelta(days=max([standaard, *dagen.values()]))
    rijen = Bruikleen.objects.filter(
        status=Bruikleen.Status.UITGELEEND, terug_op__range=(vandaag, verste), uitgifte__pas__gestopt_op__isnull=True
    ).values_list("pk", "uitgifte__pas__gebied_id", "uitgifte__pas__aanleiding", "terug_op")
    return [
        rij
        for rij in map(TeHerinneren._make, rijen)
        if rij.terug_op <= vandaag + timedelta(days=dagen.get(rij.gebied_id, standaard))
    ]

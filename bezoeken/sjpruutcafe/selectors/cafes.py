"""Cafés with their numbers, and who may see which (api.md, "Who may do what"). The number of queries is fixed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bezoeken.models import Agendafeed, Cafeaanmelding, Cafeaanwezigheid, Cafeplaats, Cafeuitnodiging, Sjpruutcafe
from ooievaar.platform.errors import NietGevonden

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

LEZERS = ("coordinator", "gastvrouw", "ooievaarsmoeder", "jens")
# A host has the list from a week before until a week after: longer nobody needs the names.
_LIJST = timedelta(days=7)


def cafes_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Sjpruutcafe]:
    """The cafés of the areas in which somebody coordinates, hosts, visits or follows: they are no secret."""
    return Sjpruutcafe.objects.filter(gebied_id__in=gebruiker.bevoegdheid.gebied_ids(*LEZERS))


def cafes_beheerd_door(gebruiker: Gebruiker) -> QuerySet[Sjpruutcafe]:
    """The cafés that this user plans, moves and calls off: of each Gebied of which she coordinates some part."""
    return Sjpruutcafe.objects.filter(gebied_id__in=gebruiker.bevoegdheid.gebied_ids("coordinator"))


def lijsten_zichtbaar_voor(gebruiker: Gebruiker, *, nu: datetime) -> QuerySet[Sjpruutcafe]:
    """The cafés of which this user may see who is on the list.

    A coordinator: those of her Gebied. A host: the ones she hosts or that have no host yet, around their day.
    """
    bevoegd = gebruiker.bevoegdheid
    rond_de_dag = Q(begin__range=(nu - _LIJST, nu + _LIJST))
    van_haar = Q(gastvrouwen=gebruiker) | Q(gastvrouwen__isnull=True)
    als_gastvrouw = Q(gebied_id__in=bevoegd.gebied_ids("gastvrouw")) & rond_de_dag & van_haar
    als_coordinator = Q(gebied_id__in=bevoegd.gebied_ids("coordinator"))
    ids = Sjpruutcafe.objects.filter(als_coordinator | als_gastvrouw).values("pk")
    return Sjpruutcafe.objects.filter(pk__in=ids)


def ziet_aantallen(gebruiker: Gebruiker) -> bool:
    """Whether somebody sees how many signed up: who follows the programme from afar does not."""
    return gebruiker.bevoegdheid.heeft("coordinator", "gastvrouw", "ooievaarsmoeder")


def _som(rijen: QuerySet[Any], veld: str, **filters: Any) -> Coalesce:
    """A sum over the rows of a café as a subquery; none is 0."""
    van_cafe = rijen.filter(cafe=OuterRef("pk"), **filters).order_by().values("cafe")
    som = Count("pk") if veld == "aantal" else Sum(veld)
    return Coalesce(Subquery(van_cafe.annotate(n=som).values("n"), output_field=IntegerField()), 0)


def met_aantallen(cafes: QuerySet[Sjpruutcafe], *, nu: datetime) -> QuerySet[Sjpruutcafe]:
    """With how many places are taken, who waits, was invited and came, and the names of the hosts; no extra query."""
    rijen = Cafeaanmelding.objects.all()
    bezet = rijen.filter(Q(status="aangemeld") | Q(status="aangeboden", aangeboden_tot__gt=nu))
    gekomen = Cafeaanwezigheid.objects.filter(gekomen=True)
    koppel = Sjpruutcafe.gastvrouwen.through.objects.filter(sjpruutcafe=OuterRef("pk"))
    return cafes.select_related("plaats__wijk").annotate(
        bezet_volwassenen=_som(bezet, "volwassenen"),
        bezet_kinderen=_som(bezet, "kinderen"),
        aangemeld=_som(rijen, "aantal", status="aangemeld"),
        wachtlijst=_som(rijen, "aantal", status="wachtlijst"),
        aangeboden=_som(bezet, "aantal", status="aangeboden"),
        uitgenodigd=_som(Cafeuitnodiging.objects.all(), "aantal"),
        gekomen_volwassenen=_som(gekomen, "volwassenen"),
        gekomen_kinderen=_som(gekomen, "kinderen"),
        gastvrouwnamen=ArraySubquery(koppel.order_by("gebruiker__username").values("gebruiker__username"), default=[]),
    )


def plaatsen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Cafeplaats]:
    """The places of the areas in which this user coordinates."""
    return Cafeplaats.objects.filter(gebied_id__in=gebruiker.bevoegdheid.gebied_ids("coordinator"))


def feeds_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Agendafeed]:
    """The calendar links that are in use, of the areas in which this user coordinates."""
    gebieden = gebruiker.bevoegdheid.gebied_ids("coordinator")
    return Agendafeed.objects.filter(gebied_id__in=gebieden, ingetrokken_op__isnull=True)


def komende(gebied_id: UUID, *, nu: datetime, weken: int = 26, terug: timedelta = timedelta()) -> QuerySet[Sjpruutcafe]:
    """The cafés of a Gebied that are to come, or began less than `terug` ago: what anybody may read."""
    cafes = Sjpruutcafe.objects.filter(gebied_id=gebied_id, begin__gt=nu - terug, begin__lt=nu + timedelta(weeks=weken))
    return cafes.select_related("plaats__wijk").order_by("begin", "id")


def een_cafe(cafes: QuerySet[Sjpruutcafe], cafe_id: UUID) -> Sjpruutcafe:
    """One of these. Raises NietGevonden."""
    cafe = cafes.filter(pk=cafe_id).first()
    if cafe is None:
        raise NietGevonden
    return cafe

"""/sjpruutcafes: the sessions, their series, places and calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from bezoeken.kraambezoek.api.vormen import LeegIn
from bezoeken.models import Cafeplaats, Sjpruutcafe
from bezoeken.sjpruutcafe import agenda
from bezoeken.sjpruutcafe.api import vormen
from bezoeken.sjpruutcafe.selectors import cafes as selectors
from bezoeken.sjpruutcafe.services.feeds import feed_intrekken, feed_maken
from bezoeken.sjpruutcafe.services.plaatsen import plaats_bewaren, plaats_van_naam_of_id
from bezoeken.sjpruutcafe.services.plannen import (
    Cafegegevens,
    cafe_afgelasten,
    cafe_plannen,
    cafe_wijzigen,
    lokaal,
    reeks_plannen,
)
from ooievaar.platform import clock
from ooievaar.platform.casing import op_volgorde
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.rendering import JsonRenderer, to_json
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.selectors.gebieden import gebied_van_coordinator

COORDINATOR = frozenset({"coordinator"})
LEZERS = frozenset(selectors.LEZERS)


def cafes_uit(request: Request, cafes: Iterable[Sjpruutcafe]) -> list[Any]:
    context = {"aantallen": selectors.ziet_aantallen(request.user)}
    return list(vormen.CafeUit(cafes, many=True, context=context).data)


class _MetCafe(ApiView):
    def een(self, cafe_id: UUID) -> Response:
        cafes = selectors.met_aantallen(selectors.cafes_zichtbaar_voor(self.request.user), nu=clock.nu())
        cafe = selectors.een_cafe(cafes, cafe_id)
        return self.enkel(cafes_uit(self.request, [cafe])[0], cafe)

    def te_wijzigen(self, cafe_id: UUID) -> Sjpruutcafe:
        """A café that she plans, as she saw it. Raises NietGevonden, Gewijzigd."""
        rijen = selectors.cafes_beheerd_door(self.request.user)
        cafe = selectors.een_cafe(rijen, cafe_id)
        self.if_match(cafe)
        return cafe


class Sjpruutcafes(_MetCafe):
    rollen = {"GET": LEZERS, "POST": COORDINATOR}
    vraag = op_volgorde(vormen.CafesVraag, "begin")
    is_lijst = True

    @extend_schema(responses=vormen.CafeUit(many=True), description="De Sjpruutcafés, het eerste eerst.")
    def get(self, request: Request) -> Response:
        nu = clock.nu()
        cafes = selectors.cafes_zichtbaar_voor(request.user).filter(begin__gte=self.gevraagd.get("vanaf", nu))
        if "tot" in self.gevraagd:
            cafes = cafes.filter(begin__lt=self.gevraagd["tot"])
        for vraag, veld in (
            ("status", "status"),
            ("thema", "thema"),
            ("wijk", "plaats__wijk__code"),
            ("reeks", "reeks"),
        ):
            if vraag in self.gevraagd:
                cafes = cafes.filter(**{veld: self.gevraagd[vraag]})
        rijen = selectors.met_aantallen(cafes, nu=nu).order_by("begin", "id")
        return self.bladzijde(rijen, partial(cafes_uit, request), telling=cafes)

    @extend_schema(
        request=vormen.CafeIn, responses={201: vormen.CafeUit}, description="Plan een Sjpruutcafé dat nog moet komen."
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(vormen.CafeIn)
        gebied_id = gebied_van_coordinator(request.user, gegevens.pop("gebied", None))
        dag, tijd = lokaal(gegevens.pop("begin"))
        cafe = cafe_plannen(
            gebied_id=gebied_id, gegevens=_gegevens(gegevens, gebied_id, tijd=tijd), dag=dag, nu=clock.nu()
        )
        antwoord = self.een(cafe.pk)
        antwoord.status_code = 201
        antwoord["Location"] = f"/api/v1/sjpruutcafes/{cafe.pk}"
        return antwoord


def _gegevens(gegevens: Mapping[str, Any], gebied_id: UUID, **extra: Any) -> Cafegegevens:
    over = {**gegevens, **extra, "gastvrouwen": tuple(gegevens.get("gastvrouwen", ()))}
    return Cafegegevens(**{**over, "plaats": plaats_van_naam_of_id(gebied_id=gebied_id, plaats=over["plaats"])})


class Sjpruutcafereeksen(ApiView):
    rollen = {"POST": COORDINATOR}
    kent_if_match = False

    @extend_schema(
        request=vormen.ReeksIn,
        responses={201: vormen.ReeksUit},
        description="Plan een reeks: om de zoveel weken op dezelfde tijd op de klok. Elk café daarvan is daarna los te "
        "verplaatsen of af te zeggen.",
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(vormen.ReeksIn)
        gebied_id = gebied_van_coordinator(request.user, gegevens.pop("gebied", None))
        dagen = {naam: gegevens.pop(veld) for naam, veld in (("eerste", "eerste_dag"), ("laatste", "laatste_dag"))}
        weken = gegevens.pop("weken")
        reeks = reeks_plannen(
            gebied_id=gebied_id, gegevens=_gegevens(gegevens, gebied_id), weken=weken, nu=clock.nu(), **dagen
        )
        reeks.cafe_ids = list(reeks.cafes.order_by("begin").values_list("pk", flat=True))  # type: ignore[attr-defined]
        return Response(
            vormen.ReeksUit(reeks).data,
            status=201,
            headers={"Location": f"/api/v1/sjpruutcafes?reeks={reeks.pk}"},
        )


class EenSjpruutcafe(_MetCafe):
    rollen = {"GET": LEZERS, "PATCH": COORDINATOR}

    @extend_schema(responses=vormen.CafeUit, description="Eén Sjpruutcafé.")
    def get(self, request: Request, cafe_id: UUID) -> Response:
        return self.een(cafe_id)

    @extend_schema(
        request=vormen.CafeWijzigen,
        responses=vormen.CafeUit,
        description="Verander wat u noemt. Een andere dag, tijd of plek is verplaatsen: wie op de lijst staat, blijft "
        "erop en hoort het één keer.",
    )
    def patch(self, request: Request, cafe_id: UUID) -> Response:
        cafe = self.te_wijzigen(cafe_id)
        gegevens = self.lees(vormen.CafeWijzigen)
        if "begin" in gegevens:
            gegevens["dag"], gegevens["tijd"] = lokaal(gegevens.pop("begin"))
        if "plaats" in gegevens:
            gegevens["plaats"] = plaats_van_naam_of_id(gebied_id=cafe.gebied_id, plaats=gegevens["plaats"])
        cafe_wijzigen(cafe_id=cafe_id, gegevens=gegevens, nu=clock.nu())
        return self.een(cafe_id)


class Afgelasting(_MetCafe):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=LeegIn,
        responses=vormen.CafeUit,
        description="Dit café gaat niet door. Wie op de lijst staat, hoort het één keer.",
    )
    def post(self, request: Request, cafe_id: UUID) -> Response:
        self.te_wijzigen(cafe_id)
        self.lees(LeegIn)
        cafe_afgelasten(cafe_id=cafe_id, nu=clock.nu())
        return self.een(cafe_id)


class AgendaRenderer(BaseRenderer):
    media_type = "text/calendar"
    format = "ics"
    charset = "utf-8"
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return data if isinstance(data, bytes) else to_json(data)


class Agenda(ApiView):
    rollen = {"GET": LEZERS}
    renderer_classes = [AgendaRenderer, JsonRenderer]

    @extend_schema(
        responses={(200, "text/calendar"): OpenApiResponse(str)},
        description="Dit café voor een agenda (iCalendar), zonder iets over wie er komt.",
    )
    def get(self, request: Request, cafe_id: UUID) -> Response:
        rijen = selectors.cafes_zichtbaar_voor(request.user).select_related("plaats")
        cafe = selectors.een_cafe(rijen, cafe_id)
        inhoud = agenda.als_agenda([cafe], naam="Sjpruutcafé", nu=clock.nu())
        koppen = {"Content-Disposition": 'attachment; filename="sjpruutcafe.ics"'}
        return Response(inhoud, content_type=agenda.SOORT, headers=koppen)


class Cafeplaatsen(ApiView):
    rollen = {"GET": COORDINATOR, "POST": COORDINATOR}
    vraag = op_volgorde(vormen.Lijstvraag, "naam")
    is_lijst = True

    @extend_schema(responses=vormen.PlaatsUit(many=True), description="De plekken, op naam.")
    def get(self, request: Request) -> Response:
        rijen = selectors.plaatsen_zichtbaar_voor(request.user).select_related("wijk").order_by("naam", "id")
        return self.bladzijde(rijen, lambda plaatsen: list(vormen.PlaatsUit(plaatsen, many=True).data))

    @extend_schema(
        request=vormen.PlaatsIn,
        responses={201: vormen.PlaatsUit},
        description="Een nieuwe plek. Geef een wijk of een ligging: zonder weten we niet wie er dichtbij woont.",
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(vormen.PlaatsIn)
        gebied_id = gebied_van_coordinator(request.user, gegevens.pop("gebied", None))
        plaats = plaats_bewaren(plaats=Cafeplaats(gebied_id=gebied_id), gegevens=gegevens)
        uit = vormen.PlaatsUit(plaats).data
        return self.enkel(uit, plaats, status=201, Location=f"/api/v1/cafeplaatsen/{plaats.pk}")


class EenCafeplaats(ApiView):
    rollen = {"GET": COORDINATOR, "PATCH": COORDINATOR}

    def _plaats(self, plaats_id: UUID) -> Cafeplaats:
        plaats = selectors.plaatsen_zichtbaar_voor(self.request.user).filter(pk=plaats_id).first()
        if plaats is None:
            raise NietGevonden
        return plaats

    @extend_schema(responses=vormen.PlaatsUit, description="Eén plek.")
    def get(self, request: Request, plaats_id: UUID) -> Response:
        plaats = self._plaats(plaats_id)
        return self.enkel(vormen.PlaatsUit(plaats).data, plaats)

    @extend_schema(request=vormen.PlaatsWijzigen, responses=vormen.PlaatsUit, description="Verander wat u noemt.")
    def patch(self, request: Request, plaats_id: UUID) -> Response:
        plaats = self._plaats(plaats_id)
        self.if_match(plaats)
        plaats = plaats_bewaren(plaats=plaats, gegevens=self.lees(vormen.PlaatsWijzigen))
        return self.enkel(vormen.PlaatsUit(plaats).data, plaats)


class Agendafeeds(ApiView):
    rollen = {"GET": COORDINATOR, "POST": COORDINATOR}
    vraag = op_volgorde(vormen.Lijstvraag, "naam", "gemaakt_op")
    is_lijst = True
    bewaart_antwoord = False

    @extend_schema(responses=vormen.FeedUit(many=True), description="De agendalinks die nog werken.")
    def get(self, request: Request) -> Response:
        rijen = selectors.feeds_zichtbaar_voor(request.user)
        return self.bladzijde(rijen, lambda feeds: list(vormen.FeedUit(feeds, many=True).data))

    @extend_schema(
        request=vormen.FeedIn,
        responses={201: vormen.NieuweFeedUit},
        description="Een link waarmee een agenda de komende cafés bijhoudt, zonder iets over wie er komt.",
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(vormen.FeedIn)
        gebied_id = gebied_van_coordinator(request.user, gegevens.pop("gebied", None))
        feed, token = feed_maken(gebied_id=gebied_id, naam=gegevens["naam"], door=request.user, nu=clock.nu())
        uit = {**vormen.FeedUit(feed).data, "adres": f"{settings.SITE_URL}/cafes/agenda/{token}.ics"}
        return self.enkel(uit, feed, status=201, Location=f"/api/v1/agendafeeds/{feed.pk}")


class EenAgendafeed(ApiView):
    rollen = {"DELETE": COORDINATOR}

    @extend_schema(responses={204: None}, description="Deze link werkt niet meer.")
    def delete(self, request: Request, feed_id: UUID) -> Response:
        feed = selectors.feeds_zichtbaar_voor(request.user).filter(pk=feed_id).first()
        if feed is None:
            raise NietGevonden
        self.if_match(feed)
        feed_intrekken(feed=feed, nu=clock.nu())
        return Response(status=204)

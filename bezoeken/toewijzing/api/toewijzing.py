"""Assigning visits: PUT and DELETE of the assignment, the proposals, and what must be handed over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from bezoeken.kraambezoek.api.vormen import BezoekUit
from bezoeken.kraambezoek.selectors import bezoek_uit
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen
from bezoeken.toewijzing.regels import Bezoekfeiten, Oordeel
from bezoeken.toewijzing.selectors import (
    OverTeDragen,
    bezoek_van_coordinator,
    bezoeken_van_coordinator,
    over_te_dragen,
    toewijsfeiten,
)
from bezoeken.toewijzing.services import overdragen, toewijzen, toewijzing_intrekken
from bezoeken.toewijzing.woorden import BEZWAREN, OVERDRACHT, in_woorden
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Uitvoer
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.selectors.ooievaarsmoeders import ooievaarsmoeders_van_coordinator

_COORDINATOR = frozenset({"coordinator"})


class ToewijzingIn(Invoer):
    ooievaarsmoeder = serializers.UUIDField(help_text="Id van de Ooievaarsmoeder.")


class VoorstelUit(Uitvoer):
    ooievaarsmoeder = serializers.UUIDField()
    naam = serializers.CharField()
    score = serializers.IntegerField(help_text="Hoe hoger, hoe beter; alleen om te ordenen.")
    redenen = serializers.ListField(child=serializers.CharField(), help_text="In gewone zinnen.")
    bezet = serializers.IntegerField(help_text="Haar andere bezoeken in de drukste 7 dagen rond dit bezoek.")
    maximum = serializers.IntegerField(help_text="Zoveel bezoeken per week wil zij ten hoogste.")


class AfgevallenUit(Uitvoer):
    ooievaarsmoeder = serializers.UUIDField()
    naam = serializers.CharField()
    reden = serializers.CharField(help_text="De code waarmee een toewijzing geweigerd wordt.")
    tekst = serializers.CharField(help_text="De reden in een gewone zin.")


class VoorstellenUit(Uitvoer):
    voorstellen = VoorstelUit(many=True)
    afgevallen = AfgevallenUit(many=True)


class RedenUit(Uitvoer):
    code = serializers.CharField()
    tekst = serializers.CharField()


class OverTeDragenUit(Uitvoer):
    bezoek = serializers.UUIDField()
    ooievaarsmoeder = serializers.UUIDField()
    naam = serializers.CharField()
    venster_eind = serializers.DateField()
    redenen = RedenUit(many=True)


class LeegIn(Invoer):
    """An empty object, or nothing at all."""


class OverdrachtUit(Uitvoer):
    bezoeken = serializers.ListField(child=serializers.UUIDField(), help_text="Deze bezoeken zijn weer open.")


class BezoekToewijzing(ApiView):
    rollen = {"PUT": _COORDINATOR, "DELETE": _COORDINATOR}

    @extend_schema(
        request=ToewijzingIn,
        responses=BezoekUit,
        description="Geef het bezoek aan een Ooievaarsmoeder; heeft een ander het al, dan gaat het over. "
        "Weigeringen: vogVerlopen, afwezig, vol, relatie, nietActief, afgesloten.",
    )
    def put(self, request: Request, bezoek_id: UUID) -> Response:
        self._zichtbaar_en_ongewijzigd(bezoek_id)
        bezoek = toewijzen(
            bezoek_id=bezoek_id,
            ooievaarsmoeder_id=self.lees(ToewijzingIn)["ooievaarsmoeder"],
            door=request.user,
            nu=clock.nu(),
        )
        bezoek.refresh_from_db(fields=["versie"])
        return self.enkel(bezoek_uit(request.user, bezoek_id), bezoek)

    @extend_schema(responses={204: None}, description="Neem het bezoek terug. Weigert met bezocht.")
    def delete(self, request: Request, bezoek_id: UUID) -> Response:
        self._zichtbaar_en_ongewijzigd(bezoek_id)
        toewijzing_intrekken(bezoek_id=bezoek_id, nu=clock.nu())
        return Response(status=204)

    def _zichtbaar_en_ongewijzigd(self, bezoek_id: UUID) -> None:
        bezoek = bezoek_van_coordinator(self.request.user, bezoek_id)
        if "If-Match" in self.request.headers:
            self.if_match(bezoek_vergrendelen(bezoek_id=bezoek.pk))


class BezoekVoorstellen(ApiView):
    rollen = {"GET": _COORDINATOR}

    @extend_schema(
        responses=VoorstellenUit,
        description="Wie dit bezoek kan doen, de beste eerst, met de redenen; en wie niet, en waarom. U beslist.",
    )
    def get(self, request: Request, bezoek_id: UUID) -> Response:
        feiten = toewijsfeiten(bezoeken_van_coordinator(request.user).filter(pk=bezoek_id), nu=clock.nu())
        bezoek = feiten.bezoeken.get(bezoek_id)
        if bezoek is None:
            raise NietGevonden
        return Response(VoorstellenUit(_oordeel_uit(feiten.oordeel(bezoek_id), bezoek)).data)


def _oordeel_uit(oordeel: Oordeel, bezoek: Bezoekfeiten) -> dict[str, object]:
    return {
        "voorstellen": [
            {
                "ooievaarsmoeder": v.moeder.id,
                "naam": v.moeder.naam,
                "score": v.score,
                "redenen": in_woorden(v, bezoek),
                "bezet": v.bezet,
                "maximum": v.moeder.maximum,
            }
            for v in oordeel.voorstellen
        ],
        "afgevallen": [
            {
                "ooievaarsmoeder": a.moeder.id,
                "naam": a.moeder.naam,
                "reden": a.bezwaar.code,
                "tekst": BEZWAREN[a.bezwaar],
            }
            for a in oordeel.afgevallen
        ],
    }


def _overdrachten_uit(rijen: Iterable[OverTeDragen]) -> list[Any]:
    return [
        OverTeDragenUit(
            {
                "bezoek": rij.bezoek_id,
                "ooievaarsmoeder": rij.ooievaarsmoeder_id,
                "naam": rij.naam,
                "venster_eind": rij.venster_eind,
                "redenen": [{"code": code, "tekst": OVERDRACHT[code]} for code in rij.redenen],
            }
        ).data
        for rij in rijen
    ]


class Overdrachten(ApiView):
    rollen = {"GET": _COORDINATOR}
    vraag = Lijstvraag
    is_lijst = True

    @extend_schema(
        responses=OverTeDragenUit(many=True),
        description="De bezoeken die naar iemand anders moeten: zij is weg of afwezig, haar VOG verloopt, "
        "of zij heeft niet geantwoord.",
    )
    def get(self, request: Request) -> Response:
        return self.bladzijde(over_te_dragen(request.user, nu=clock.nu()), _overdrachten_uit)


class Overdracht(ApiView):
    rollen = {"POST": _COORDINATOR}

    @extend_schema(
        request=LeegIn,
        responses=OverdrachtUit,
        description="Neem al haar bezoeken terug; zij ziet ze meteen niet meer.",
    )
    def post(self, request: Request, moeder_id: UUID) -> Response:
        moeder = ooievaarsmoeders_van_coordinator(request.user).filter(pk=moeder_id).first()
        if moeder is None:
            raise NietGevonden
        self.if_match(moeder)
        self.lees(LeegIn)
        bezoeken = overdragen(moeder_id=moeder_id, door=request.user, nu=clock.nu())
        return Response(OverdrachtUit({"bezoeken": bezoeken}).data)

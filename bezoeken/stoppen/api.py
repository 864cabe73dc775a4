"""/gezinnen/{id}/kanaalstops and /toestemmingen: what a family does not want, per channel and per purpose."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from bezoeken.gezinnen.selectors import gezinnen_zichtbaar_voor
from bezoeken.kraambezoek.services.toestemming import toestemming_beeindigen, toestemming_vastleggen
from bezoeken.stoppen.services import kanaalstop_opheffen, kanaalstop_zetten
from notifications.doelen import CONTACT, DOELEN
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.selectors.toestemmingen import DOELEN as TOESTEMMINGSDOELEN

KANALEN = ("brief", "email", "sms")


class KanaalstopIn(Invoer):
    doel = serializers.ChoiceField(DOELEN, default=CONTACT)


class Kanaalstop(ApiView):
    rollen = {"PUT": frozenset({"coordinator", "ooievaarsmoeder"}), "DELETE": frozenset({"coordinator"})}

    def _zichtbaar(self, gezin_id: UUID, kanaal: str) -> None:
        gezin = gezinnen_zichtbaar_voor(self.request.user).filter(pk=gezin_id).first()
        if gezin is None or kanaal not in KANALEN:
            raise NietGevonden
        self.if_match(gezin)

    @extend_schema(
        request=KanaalstopIn,
        responses={204: None},
        description="Dit gezin wil hierop geen berichten meer (brief, email of sms).",
    )
    def put(self, request: Request, gezin_id: UUID, kanaal: str) -> Response:
        self._zichtbaar(gezin_id, kanaal)
        kanaalstop_zetten(gezin_id=gezin_id, kanaal=kanaal, nu=clock.nu(), **self.lees(KanaalstopIn))
        return Response(status=204)

    @extend_schema(request=KanaalstopIn, responses={204: None}, description="Het gezin wil hierop weer berichten.")
    def delete(self, request: Request, gezin_id: UUID, kanaal: str) -> Response:
        self._zichtbaar(gezin_id, kanaal)
        kanaalstop_opheffen(gezin_id=gezin_id, kanaal=kanaal, **self.lees(KanaalstopIn))
        return Response(status=204)


class Toestemming(ApiView):
    rollen = dict.fromkeys(("PUT", "DELETE"), frozenset({"coordinator", "ooievaarsmoeder"}))

    def _zichtbaar(self, gezin_id: UUID, doel: str) -> None:
        gezin = gezinnen_zichtbaar_voor(self.request.user).filter(pk=gezin_id).first()
        if gezin is None or doel not in TOESTEMMINGSDOELEN:
            raise NietGevonden
        self.if_match(gezin)

    @extend_schema(
        request=None,
        responses={204: None},
        description="Dit gezin geeft toestemming voor dit doel: bezoekverslag, cafe, contact, doorverwijzing of "
        "onderzoek.",
    )
    def put(self, request: Request, gezin_id: UUID, doel: str) -> Response:
        self._zichtbaar(gezin_id, doel)
        toestemming_vastleggen(gezin_id=gezin_id, doel=doel, nu=clock.nu())
        return Response(status=204)

    @extend_schema(
        request=None,
        responses={204: None},
        description="Dit gezin trekt zijn toestemming in. Berichten die klaarstonden, gaan niet meer weg. "
        "Zonder toestemming voor contact is er geen contact meer: een contactstop.",
    )
    def delete(self, request: Request, gezin_id: UUID, doel: str) -> Response:
        self._zichtbaar(gezin_id, doel)
        toestemming_beeindigen(gezin_id=gezin_id, doel=doel, nu=clock.nu())
        return Response(status=204)

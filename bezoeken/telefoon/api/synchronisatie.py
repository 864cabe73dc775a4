"""/synchronisatie: what a phone may hold, and what was logged on it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from bezoeken.gezinnen.api import PasgeboreneUit
from bezoeken.telefoon import cursor, selectors
from bezoeken.telefoon.api import vormen
from bezoeken.telefoon.services.ontvangen import handelingen_ontvangen
from ooievaar.platform import apparaatcookie, clock
from ooievaar.platform.authentication import ApparaatCookieAuthentication
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.services.inzage import inzage_vastleggen
from voorraad.api.boeken import StandUit

ZIJ_OF_COORDINATOR = frozenset({"coordinator", "ooievaarsmoeder"})


class Synchronisatie(ApiView):
    rollen = {"GET": ZIJ_OF_COORDINATOR, "POST": ZIJ_OF_COORDINATOR}
    vraag = vormen.SynchronisatieVraag

    @extend_schema(
        responses=vormen.InhoudUit,
        description="Alles wat deze telefoon mag hebben, altijd volledig: wat er niet in staat, hoort er niet meer. "
        "`verwijderd` zegt waarom. Een onbekende cursor is geen fout.",
    )
    def get(self, request: Request) -> Response:
        nu = clock.nu()
        sinds = cursor.weg_sinds(self.gevraagd.get("sinds", ""), nu=nu)
        data = selectors.inhoud(request.user, sinds=sinds, nu=nu)
        gezinnen = [gezin["id"] for gezin in data["gezinnen"]]
        inzage_vastleggen(gebruiker_id=request.user.pk, gezin_ids=gezinnen, waar="telefoon", nu=nu, eens_per_dag=True)
        data["pasgeborenen"] = PasgeboreneUit(data["pasgeborenen"], many=True).data
        data["sjpruutcafes"] = vormen.CafeOpTelefoonUit(data["sjpruutcafes"], many=True).data
        data["dozen"] = StandUit(data["dozen"], many=True).data
        antwoord = Response({**data, "cursor": cursor.maak(nu)})
        _langer_aangemeld(request, antwoord)
        return antwoord

    @extend_schema(
        request=vormen.HandelingenIn,
        responses=vormen.OordelenUit,
        description="Wat op de telefoon is vastgelegd. Elke handeling krijgt een oordeel, op volgorde, en houdt geen "
        "andere tegen. Dezelfde id nog eens: `alToegepast`. Wat een mens moet bekijken: `geparkeerd`.",
    )
    def post(self, request: Request) -> Response:
        nu = clock.nu()
        handelingen = vormen.lees_handelingen(request.data)
        oordelen = handelingen_ontvangen(handelingen=handelingen, door=request.user, nu=nu)
        resultaten: list[dict[str, Any]] = []
        for handeling, oordeel in zip(handelingen, oordelen, strict=True):
            rij = {"id": handeling.id, "status": oordeel.status.value}
            if oordeel.code:
                rij |= {"code": oordeel.code, "detail": oordeel.detail}
            resultaten.append(rij)
        return Response({"resultaten": resultaten, "cursor": cursor.maak(nu)})


def _langer_aangemeld(request: Request, antwoord: Response) -> None:
    """A phone that is in use never has to be paired again: each download makes its cookie last longer."""
    token = apparaatcookie.lees(request)
    if token is not None and isinstance(request.successful_authenticator, ApparaatCookieAuthentication):
        apparaatcookie.zet(antwoord, token)

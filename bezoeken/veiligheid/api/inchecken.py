"""/bezoeken/{id}/incheck, /uitcheck, /verlenging and /maatregelen; /inchecks: who is with a family now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from bezoeken.kraambezoek import selectors as bezoeken
from bezoeken.kraambezoek.api.vormen import LeegIn
from bezoeken.models import Incheck
from bezoeken.veiligheid import selectors
from bezoeken.veiligheid.api import vormen
from bezoeken.veiligheid.services import inchecken, uitchecken, verlengen
from ooievaar.platform import clock
from ooievaar.platform.casing import Lijstvraag, op_volgorde
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer

COORDINATOR = frozenset({"coordinator"})
ZIJ_OF_COORDINATOR = frozenset({"coordinator", "ooievaarsmoeder"})


class _BijBezoek(ApiView):
    rollen = {"POST": ZIJ_OF_COORDINATOR}

    def wie(self, bezoek_id: UUID) -> UUID:
        """The volunteer it is about: herself or, for a coordinator, the one who has the visit (she may have phoned)."""
        bezoek = bezoeken.bezoek_voor(self.request.user, bezoek_id)
        self.if_match(bezoek)
        eigen = self.request.user.bevoegdheid.ooievaarsmoeder_id
        if eigen is not None and (bezoek.ooievaarsmoeder_id == eigen or selectors.incheck_bij(bezoek_id, eigen)):
            return eigen
        return bezoek.ooievaarsmoeder_id or bezoek_id  # nobody has it: the service refuses

    def antwoord(self, incheck: Incheck, *, status: int = 200) -> Response:
        rij: dict[str, Any] = bezoeken.rijen(Q(pk=incheck.bezoek_id)).get()
        data = bezoeken.vertaal(rij, vandaag=clock.vandaag(), gebruiker=self.request.user)
        data["incheck"] = vormen.IncheckUit(incheck).data
        return Response(data, status=status, headers={"ETag": f'"{rij["versie"]}"'})


class Inchecken(_BijBezoek):
    @extend_schema(
        request=vormen.IncheckIn,
        responses={201: vormen.BezoekMetIncheckUit, 200: vormen.BezoekMetIncheckUit},
        description="Zij gaat naar binnen. Nog eens: 200. Weigert met geenAchterwacht, nogIngecheckt.",
    )
    def post(self, request: Request, bezoek_id: UUID) -> Response:
        moeder_id = self.wie(bezoek_id)
        gegevens = self.lees(vormen.IncheckIn)
        incheck, nieuw = inchecken(
            bezoek_id=bezoek_id, ooievaarsmoeder_id=moeder_id, door=request.user, nu=clock.nu(), **gegevens
        )
        return self.antwoord(incheck, status=201 if nieuw else 200)


class Uitchecken(_BijBezoek):
    @extend_schema(
        request=LeegIn, responses=vormen.BezoekMetIncheckUit, description="Zij is weer buiten. Nog eens: 200."
    )
    def post(self, request: Request, bezoek_id: UUID) -> Response:
        moeder_id = self.wie(bezoek_id)
        self.lees(LeegIn)
        return self.antwoord(
            uitchecken(bezoek_id=bezoek_id, ooievaarsmoeder_id=moeder_id, door=request.user, nu=clock.nu())
        )


class Verlenging(_BijBezoek):
    @extend_schema(
        request=vormen.VerlengingIn,
        responses=vormen.BezoekMetIncheckUit,
        description="Zij blijft langer. Na het verwachte einde telt het vanaf nu.",
    )
    def post(self, request: Request, bezoek_id: UUID) -> Response:
        moeder_id = self.wie(bezoek_id)
        gegevens = self.lees(vormen.VerlengingIn)
        return self.antwoord(
            verlengen(bezoek_id=bezoek_id, ooievaarsmoeder_id=moeder_id, door=request.user, nu=clock.nu(), **gegevens)
        )


class Maatregelen(ApiView):
    rollen = {"GET": ZIJ_OF_COORDINATOR}

    @extend_schema(
        responses=vormen.MaatregelenUit, description="Wat zij moet doen voor haar veiligheid. Nooit de reden."
    )
    def get(self, request: Request, bezoek_id: UUID) -> Response:
        bezoeken.bezoek_voor(request.user, bezoek_id)
        gevonden = selectors.maatregelen_bij([bezoek_id], nu=clock.nu()).get(bezoek_id, [])
        return Response({"maatregelen": vormen.MaatregelUit(gevonden, many=True).data})


class Inchecks(ApiView):
    rollen = {"GET": COORDINATOR}
    vraag = op_volgorde(Lijstvraag, "verwacht_eind", "ingecheckt_op")
    is_lijst = True

    @extend_schema(
        responses=vormen.OpenIncheckUit(many=True), description="Wie nu bij een gezin is, het eerste einde eerst."
    )
    def get(self, request: Request) -> Response:
        return self.bladzijde(selectors.open_inchecks(request.user), in_een_keer(vormen.OpenIncheckUit))

"""/achterwachtdiensten: who is on duty when; /alarmen: who did not check out, and who takes care of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from bezoeken.kraambezoek.api.vormen import LeegIn
from bezoeken.models import Achterwachtdienst
from bezoeken.veiligheid import selectors
from bezoeken.veiligheid.api import vormen
from bezoeken.veiligheid.api.inchecken import COORDINATOR, ZIJ_OF_COORDINATOR
from bezoeken.veiligheid.services.alarm import alarm_afsluiten, alarm_oppakken
from bezoeken.veiligheid.services.rooster import dienst_plannen, dienst_schrappen, dienst_wijzigen
from ooievaar.platform import clock
from ooievaar.platform.casing import op_volgorde
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.selectors.gebieden import gebied_van_coordinator
from ooievaar.selectors.gebruikers import diensttelefoons
from ooievaar.services.inzage import inzage_vastleggen


def _diensten(diensten: Iterable[Achterwachtdienst]) -> list[Any]:
    rijen = list(diensten)
    wie = {pk for d in rijen for pk in (d.eerste_id, d.tweede_id) if pk is not None}
    return list(vormen.DienstUit(rijen, many=True, context={"nummers": diensttelefoons(wie)}).data)


class Achterwachtdiensten(ApiView):
    rollen = {"GET": ZIJ_OF_COORDINATOR, "POST": COORDINATOR}
    vraag = op_volgorde(vormen.DienstVraag, "begin")
    is_lijst = True

    @extend_schema(responses=vormen.DienstUit(many=True), description="Wie er dienst heeft, en wie daarna.")
    def get(self, request: Request) -> Response:
        diensten = selectors.diensten_zichtbaar_voor(request.user)
        diensten = diensten.filter(eind__gt=self.gevraagd.get("vanaf", clock.nu()))
        return self.bladzijde(diensten.order_by("begin", "id"), _diensten)

    @extend_schema(
        request=vormen.DienstIn,
        responses={201: vormen.DienstUit},
        description="Zet iemand in dienst voor een deel van de dag. Weigert met dienstOverlapt.",
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(vormen.DienstIn)
        gebied_id = gebied_van_coordinator(request.user, gegevens.pop("gebied", None))
        dienst = dienst_plannen(gebied_id=gebied_id, gegevens=gegevens, nu=clock.nu())
        return self.enkel(
            _diensten([dienst])[0], dienst, status=201, Location=f"/api/v1/achterwachtdiensten/{dienst.pk}"
        )


class EenAchterwachtdienst(ApiView):
    rollen = {"GET": ZIJ_OF_COORDINATOR, "PATCH": COORDINATOR, "DELETE": COORDINATOR}

    @extend_schema(responses=vormen.DienstUit, description="Eén dienst.")
    def get(self, request: Request, dienst_id: UUID) -> Response:
        dienst = selectors.diensten_zichtbaar_voor(request.user).filter(pk=dienst_id).first()
        if dienst is None:
            raise NietGevonden
        return self.enkel(_diensten([dienst])[0], dienst)

    @extend_schema(request=vormen.DienstWijzigen, responses=vormen.DienstUit, description="Verander wat u noemt.")
    def patch(self, request: Request, dienst_id: UUID) -> Response:
        dienst = self._vergrendeld(dienst_id)
        dienst = dienst_wijzigen(dienst=dienst, gegevens=self.lees(vormen.DienstWijzigen), nu=clock.nu())
        dienst.refresh_from_db()
        return self.enkel(_diensten([dienst])[0], dienst)

    @extend_schema(responses={204: None}, description="Haal deze dienst van het rooster.")
    def delete(self, request: Request, dienst_id: UUID) -> Response:
        dienst_schrappen(dienst=self._vergrendeld(dienst_id), nu=clock.nu())
        return Response(status=204)

    def _vergrendeld(self, dienst_id: UUID) -> Achterwachtdienst:
        gebieden = self.request.user.bevoegdheid.gebied_ids("coordinator")
        diensten = Achterwachtdienst.objects.filter(pk=dienst_id, gebied_id__in=gebieden)
        dienst = diensten.select_for_update(of=("self",)).first()
        if dienst is None:
            raise NietGevonden
        self.if_match(dienst)
        return dienst


class Alarmen(ApiView):
    rollen = {"GET": ZIJ_OF_COORDINATOR}
    vraag = op_volgorde(vormen.AlarmenVraag, "gestart_op")
    is_lijst = True

    @extend_schema(responses=vormen.AlarmUit(many=True), description="De alarmen die u aangaan, de nieuwste eerst.")
    def get(self, request: Request) -> Response:
        alarmen = selectors.alarmen_zichtbaar_voor(request.user, nu=clock.nu())
        if "open_" in self.gevraagd:
            alarmen = alarmen.filter(gesloten_op__isnull=self.gevraagd["open_"])
        return self.bladzijde(alarmen, partial(_alarmen, request))


def _alarmen(request: Request, alarmen: Iterable[Any]) -> list[Any]:
    context = {"adres": lambda alarm: selectors.adres_bij_alarm(alarm, request.user)}
    return list(vormen.AlarmUit(alarmen, many=True, context=context).data)


class _BijAlarm(ApiView):
    def rij(self, alarm_id: UUID) -> Any:
        alarm = selectors.alarmen_zichtbaar_voor(self.request.user, nu=clock.nu()).filter(pk=alarm_id).first()
        if alarm is None:
            raise NietGevonden
        return alarm

    def alarm(self, alarm_id: UUID) -> Response:
        alarm, door = self.rij(alarm_id), self.request.user
        if selectors.adres_bij_alarm(alarm, door):
            gezin_id = alarm.incheck.bezoek.gezin_id
            inzage_vastleggen(gebruiker_id=door.pk, gezin_ids=[gezin_id], waar="bladzijde", nu=clock.nu())
        return self.enkel(_alarmen(self.request, [alarm])[0], alarm)


class EenAlarm(_BijAlarm):
    rollen = {"GET": ZIJ_OF_COORDINATOR}

    @extend_schema(responses=vormen.AlarmUit, description="Eén alarm.")
    def get(self, request: Request, alarm_id: UUID) -> Response:
        return self.alarm(alarm_id)


class AlarmClaim(_BijAlarm):
    rollen = {"POST": ZIJ_OF_COORDINATOR}

    @extend_schema(
        request=LeegIn,
        responses=vormen.AlarmUit,
        description="'Ik bel nu'. Eén persoon pakt het op; een ander krijgt alOpgepakt, met de naam.",
    )
    def post(self, request: Request, alarm_id: UUID) -> Response:
        self.if_match(self.rij(alarm_id))
        self.lees(LeegIn)
        alarm_oppakken(alarm_id=alarm_id, door=request.user, nu=clock.nu())
        return self.alarm(alarm_id)


class AlarmAfsluiting(_BijAlarm):
    rollen = {"POST": ZIJ_OF_COORDINATOR}

    @extend_schema(
        request=vormen.AlarmAfsluitingIn,
        responses=vormen.AlarmUit,
        description="U weet hoe het met haar is. Zij is daarmee uitgecheckt.",
    )
    def post(self, request: Request, alarm_id: UUID) -> Response:
        self.if_match(self.rij(alarm_id))
        gegevens = self.lees(vormen.AlarmAfsluitingIn)
        alarm_afsluiten(alarm_id=alarm_id, door=request.user, nu=clock.nu(), **gegevens)
        return self.alarm(alarm_id)

"""/ooievaarsmoeders: who they are, when they are away, whom they know.

They live in the ground floor; the endpoint is here because it also shows what the rooms above know of them: how
occupied they are and where their boxes are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from phonenumber_field.serializerfields import PhoneNumberField
from rest_framework import serializers
from rest_framework.response import Response

from bezoeken.gezinnen.selectors import gezinnen_zichtbaar_voor
from bezoeken.toewijzing.selectors import bezet, ooievaarsmoederrijen
from bezoeken.toewijzing.services import ooievaarsmoeder_aanmaken, ooievaarsmoeder_wijzigen
from ooievaar.platform import clock
from ooievaar.platform.casing import Dagveld, Invoer, Lijstvraag, Uitvoer, op_volgorde
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from ooievaar.selectors.ooievaarsmoeders import (
    afwezigheden_van,
    ooievaarsmoeder_voor,
    ooievaarsmoeders_van_coordinator,
    ooievaarsmoeders_zichtbaar_voor,
    relaties_van,
)
from ooievaar.services.ooievaarsmoeders import (
    afwezigheid_melden,
    ooievaarsmoeder_vergrendelen,
    relatie_melden,
)

_COORDINATOR = frozenset({"coordinator"})
_ZIJ_OF_COORDINATOR = frozenset({"coordinator", "ooievaarsmoeder"})


def _niet_later_dan_vandaag(dag: date) -> None:
    if dag > clock.vandaag():
        raise serializers.ValidationError(_("Deze datum ligt in de toekomst."), "inToekomst")


class OoievaarsmoederWijzigen(Invoer):
    naam = serializers.CharField(max_length=100, required=False)
    gebruiker = serializers.CharField(
        max_length=150, allow_null=True, required=False, help_text="Gebruikersnaam; die krijgt de rol erbij."
    )
    telefoonnummer = PhoneNumberField(allow_blank=True, required=False)
    emailadres = serializers.EmailField(allow_blank=True, required=False)
    wijken = serializers.ListField(
        child=serializers.CharField(max_length=8), max_length=50, required=False, help_text="CBS-codes."
    )
    talen = serializers.ListField(
        child=serializers.RegexField(r"^[a-z]{2,3}$"),
        max_length=20,
        required=False,
        help_text="ISO 639, zoals nl of pl.",
    )
    maximum_per_week = serializers.IntegerField(min_value=0, max_value=50, required=False)
    actief = serializers.BooleanField(required=False)
    vog_datum = Dagveld(allow_null=True, required=False, validators=[_niet_later_dan_vandaag])
    verklaring_getekend = serializers.BooleanField(required=False)
    training_afgerond = serializers.BooleanField(required=False)


class OoievaarsmoederNieuw(OoievaarsmoederWijzigen):
    naam = serializers.CharField(max_length=100)


class OoievaarsmoederUit(Uitvoer):
    id = serializers.UUIDField()
    naam = serializers.CharField()
    gebruiker = serializers.CharField(source="gebruikersnaam", allow_null=True, help_text="Gebruikersnaam.")
    telefoonnummer = serializers.CharField(allow_null=True)
    emailadres = serializers.CharField(allow_null=True)
    wijken = serializers.ListField(child=serializers.CharField(), source="wijk_codes", help_text="CBS-codes.")
    talen = serializers.ListField(child=serializers.CharField())
    maximum_per_week = serializers.IntegerField()
    actief = serializers.BooleanField()
    vog_datum = serializers.DateField(allow_null=True)
    verklaring_getekend = serializers.BooleanField()
    training_afgerond = serializers.BooleanField()
    locatie = serializers.UUIDField(allow_null=True, help_text="Haar plek in de voorraad.")
    bezet = serializers.SerializerMethodField(help_text="Open bezoeken in haar drukste 7 dagen vanaf vandaag.")

    def get_bezet(self, moeder: Any) -> int:
        return bezet(moeder, vandaag=self.context["vandaag"])

    def to_representation(self, moeder: Any) -> dict[str, Any]:
        data: dict[str, Any] = super().to_representation(moeder)
        for veld in ("telefoonnummer", "emailadres"):
            data[veld] = data[veld] or None
        return data


class AfwezigheidIn(Invoer):
    begin = Dagveld()
    eind = Dagveld(allow_null=True, required=False, help_text="Leeg: tot nader bericht.")
    reden = serializers.ChoiceField(["vakantie", "ziek", "anders"], default="anders")


class AfwezigheidUit(Uitvoer):
    id = serializers.UUIDField()
    begin = serializers.DateField()
    eind = serializers.DateField(allow_null=True)
    reden = serializers.CharField()


class RelatieIn(Invoer):
    gezin = serializers.UUIDField()
    gemeld_door = serializers.ChoiceField(["ooievaarsmoeder", "gezin", "coordinator"], required=False)


class RelatieUit(Uitvoer):
    id = serializers.UUIDField()
    gezin = serializers.UUIDField(source="gezin_id")
    gemeld_door = serializers.CharField()


def _uit(moeders: Iterable[Any]) -> list[Any]:
    return list(OoievaarsmoederUit(moeders, many=True, context={"vandaag": clock.vandaag()}).data)


class Ooievaarsmoeders(ApiView):
    rollen = {"GET": _ZIJ_OF_COORDINATOR, "POST": _COORDINATOR}
    vraag = op_volgorde(Lijstvraag, "naam")
    is_lijst = True

    @extend_schema(
        responses=OoievaarsmoederUit(many=True), description="Uw Ooievaarsmoeders; zijzelf ziet alleen zichzelf."
    )
    def get(self, request: Request) -> Response:
        moeders = ooievaarsmoeders_zichtbaar_voor(request.user)
        return self.bladzijde(ooievaarsmoederrijen(moeders).order_by("naam", "id"), _uit, telling=moeders)

    @extend_schema(
        request=OoievaarsmoederNieuw, responses={201: OoievaarsmoederUit}, description="Een nieuwe Ooievaarsmoeder."
    )
    def post(self, request: Request) -> Response:
        moeder = ooievaarsmoeder_aanmaken(door=request.user, gegevens=self.lees(OoievaarsmoederNieuw))
        return _antwoord(self, moeder.pk, status=201, Location=f"/api/v1/ooievaarsmoeders/{moeder.pk}")


class EenOoievaarsmoeder(ApiView):
    rollen = {"GET": _ZIJ_OF_COORDINATOR, "PATCH": _COORDINATOR}

    @extend_schema(responses=OoievaarsmoederUit, description="Een Ooievaarsmoeder.")
    def get(self, request: Request, moeder_id: UUID) -> Response:
        return _antwoord(self, moeder_id)

    @extend_schema(
        request=OoievaarsmoederWijzigen,
        responses=OoievaarsmoederUit,
        description="Verander wat u noemt; wat u weglaat blijft. Wie niet meer actief is, ziet niets meer.",
    )
    def patch(self, request: Request, moeder_id: UUID) -> Response:
        moeder = _van_coordinator(request, moeder_id)
        moeder = ooievaarsmoeder_vergrendelen(moeder_id=moeder.pk, gebied_id=moeder.gebied_id) or moeder
        self.if_match(moeder)
        gegevens = self.lees(OoievaarsmoederWijzigen)
        ooievaarsmoeder_wijzigen(moeder=moeder, door=request.user, gegevens=gegevens, nu=clock.nu())
        return _antwoord(self, moeder_id)


def _antwoord(view: ApiView, moeder_id: UUID, *, status: int = 200, **headers: str) -> Response:
    zichtbaar = ooievaarsmoeders_zichtbaar_voor(view.request.user).filter(pk=moeder_id)
    moeder = ooievaarsmoederrijen(zichtbaar).first()
    if moeder is None:
        raise NietGevonden
    return view.enkel(_uit([moeder])[0], moeder, status=status, **headers)


def _van_coordinator(request: Request, moeder_id: UUID) -> Any:
    moeder = ooievaarsmoeders_van_coordinator(request.user).filter(pk=moeder_id).first()
    if moeder is None:
        raise NietGevonden
    return moeder


class _Onderdelen(ApiView):
    """What belongs to one volunteer: she herself and her coordinator read and write it."""

    rollen = {"GET": _ZIJ_OF_COORDINATOR, "POST": _ZIJ_OF_COORDINATOR}
    vraag = Lijstvraag
    is_lijst = True


class Afwezigheden(_Onderdelen):
    @extend_schema(responses=AfwezigheidUit(many=True), description="Wanneer zij niet bezoekt.")
    def get(self, request: Request, moeder_id: UUID) -> Response:
        moeder = ooievaarsmoeder_voor(request.user, moeder_id)
        return self.bladzijde(afwezigheden_van(moeder), in_een_keer(AfwezigheidUit))

    @extend_schema(
        request=AfwezigheidIn,
        responses={201: AfwezigheidUit},
        description="Meld dagen waarop zij niet bezoekt. Haar bezoeken in die dagen staan daarna bij /overdrachten.",
    )
    def post(self, request: Request, moeder_id: UUID) -> Response:
        moeder = ooievaarsmoeder_voor(request.user, moeder_id)
        self.if_match(moeder)
        rij = afwezigheid_melden(moeder=moeder, **self.lees(AfwezigheidIn))
        return self.enkel(AfwezigheidUit(rij).data, rij, status=201)


class EenAfwezigheid(ApiView):
    rollen = {"DELETE": _ZIJ_OF_COORDINATOR}

    @extend_schema(responses={204: None}, description="Deze afwezigheid gaat niet door.")
    def delete(self, request: Request, moeder_id: UUID, afwezigheid_id: UUID) -> Response:
        moeder = ooievaarsmoeder_voor(request.user, moeder_id)
        return _verwijder(self, afwezigheden_van(moeder), afwezigheid_id)


class Relaties(_Onderdelen):
    @extend_schema(
        responses=RelatieUit(many=True),
        description="Gezinnen die zij kent en dus niet bezoekt. Zijzelf ziet alleen wat zij zelf meldde.",
    )
    def get(self, request: Request, moeder_id: UUID) -> Response:
        moeder = ooievaarsmoeder_voor(request.user, moeder_id)
        return self.bladzijde(relaties_van(moeder, gezien_door=request.user), in_een_keer(RelatieUit))

    @extend_schema(
        request=RelatieIn,
        responses={201: RelatieUit, 200: RelatieUit},
        description="Meld dat zij en dit gezin elkaar kennen. Al gemeld: 200 met de eerste melding.",
    )
    def post(self, request: Request, moeder_id: UUID) -> Response:
        moeder = ooievaarsmoeder_voor(request.user, moeder_id)
        self.if_match(moeder)
        gegevens = self.lees(RelatieIn)
        if not gezinnen_zichtbaar_voor(request.user).filter(pk=gegevens["gezin"]).exists():
            raise Ongeldig([("gezin", "onbekend", _("Dit gezin kennen we niet."))])
        zelf = moeder.pk == request.user.bevoegdheid.ooievaarsmoeder_id
        gemeld_door = gegevens.get("gemeld_door", "ooievaarsmoeder" if zelf else "coordinator")
        if zelf and gemeld_door != "ooievaarsmoeder":
            raise Ongeldig([("gemeldDoor", "onbekendeKeuze", _("U meldt dit voor uzelf."))])
        rij, nieuw = relatie_melden(moeder=moeder, gezin_id=gegevens["gezin"], gemeld_door=gemeld_door)
        return self.enkel(RelatieUit(rij).data, rij, status=201 if nieuw else 200)


class EenRelatie(ApiView):
    rollen = {"DELETE": _ZIJ_OF_COORDINATOR}

    @extend_schema(responses={204: None}, description="Deze relatie klopt niet.")
    def delete(self, request: Request, moeder_id: UUID, relatie_id: UUID) -> Response:
        moeder = ooievaarsmoeder_voor(request.user, moeder_id)
        return _verwijder(self, relaties_van(moeder, gezien_door=request.user), relatie_id)


def _verwijder(view: ApiView, rijen: Any, rij_id: UUID) -> Response:
    rij = rijen.select_for_update(of=("self",)).filter(pk=rij_id).first()
    if rij is None:
        raise NietGevonden
    view.if_match(rij)
    rij.delete()
    return Response(status=204)

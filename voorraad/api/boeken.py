"""/voorraadstanden and /voorraadmutaties: what lies where, and the ledger."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Momentveld, Uitvoer, op_volgorde
from ooievaar.platform.errors import NietToegestaan
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad import selectors, services
from voorraad.api.catalogus import BEHEREN, LEZEN, een, gegeven
from voorraad.api.velden import Rij, zoek
from voorraad.models import Mutatiesoort, Stand


class StandUit(Uitvoer):
    artikel = serializers.UUIDField(source="artikel_id")
    locatie = serializers.UUIDField(source="locatie_id")
    partij = serializers.UUIDField(source="partij_id", allow_null=True)
    aantal = serializers.IntegerField(help_text="Wat er ligt.")
    gereserveerd = serializers.IntegerField(help_text="Wat daarvan beloofd is.")
    beschikbaar = serializers.SerializerMethodField(help_text="Wat er ligt en niet beloofd is.")

    def get_beschikbaar(self, stand: Stand) -> int:
        return stand.aantal - stand.gereserveerd


class MutatieUit(Uitvoer):
    id = serializers.UUIDField()
    soort = serializers.ChoiceField(Mutatiesoort.choices)
    artikel = serializers.UUIDField(source="artikel_id")
    partij = serializers.UUIDField(source="partij_id", allow_null=True)
    van = serializers.UUIDField(source="van_id")
    naar = serializers.UUIDField(source="naar_id")
    aantal = serializers.IntegerField()
    reden = serializers.CharField()
    aanleiding = serializers.CharField(help_text="Waarvoor, zoals `bezoek:<id>`; leeg als het nergens bij hoort.")
    gebeurd_op = Momentveld()
    geboekt_op = Momentveld()
    door = serializers.UUIDField(source="door_id", allow_null=True)
    bundel = serializers.UUIDField(allow_null=True, help_text="Regels die samen zijn geboekt: een doos en haar inhoud.")
    draait_terug = serializers.UUIDField(source="draait_terug_id", allow_null=True)


class MutatieIn(Invoer):
    soort = serializers.ChoiceField(Mutatiesoort.choices)
    artikel = serializers.UUIDField()
    partij = serializers.UUIDField(required=False, allow_null=True)
    van = serializers.UUIDField(required=False, allow_null=True, help_text="Weggelaten: de vaste plek van deze soort.")
    naar = serializers.UUIDField(required=False, allow_null=True, help_text="Weggelaten: de vaste plek van deze soort.")
    aantal = serializers.IntegerField(
        min_value=1,
        max_value=services.MAXIMUM,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_string_length"),
            _("Vul een heel getal in van 1 tot en met %(maximum)s.") % {"maximum": services.MAXIMUM},
        ),
    )
    reden = serializers.CharField(max_length=200, required=False, allow_blank=True)
    gebeurd_op = Momentveld(required=False, help_text="Weggelaten: nu. Niet in een gesloten periode.")


class TerugdraaiingIn(Invoer):
    reden = serializers.CharField(max_length=200)


class Standvraag(Lijstvraag):
    locatie = serializers.UUIDField(required=False)
    artikel = serializers.UUIDField(required=False)


class Mutatievraag(Lijstvraag):
    artikel = serializers.UUIDField(required=False)
    locatie = serializers.UUIDField(required=False, help_text="Waar het vandaan kwam of naartoe ging.")
    soort = serializers.ChoiceField(Mutatiesoort.choices, required=False)
    aanleiding = serializers.CharField(max_length=80, required=False)
    partij = serializers.UUIDField(required=False)
    bundel = serializers.UUIDField(required=False)


class Voorraadstanden(ApiView):
    rollen = {"GET": LEZEN}
    vraag = op_volgorde(Standvraag, "aantal", "gereserveerd")
    is_lijst = True

    @extend_schema(responses=StandUit(many=True), description="Wat er ligt, per artikel, plek en partij.")
    def get(self, request: Request) -> Response:
        standen = selectors.standen_zichtbaar_voor(request.user).filter(**gegeven(self.gevraagd))
        volgorde = standen.order_by("artikel__code", "locatie__code", "partij__houdbaar_tot", "id")
        return self.bladzijde(volgorde, in_een_keer(StandUit))


class Voorraadmutaties(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = op_volgorde(Mutatievraag, "geboekt_op", "gebeurd_op")
    is_lijst = True

    @extend_schema(responses=MutatieUit(many=True), description="Het grootboek, nieuwste eerst.")
    def get(self, request: Request) -> Response:
        filters = gegeven(self.gevraagd)
        mutaties = selectors.mutaties_zichtbaar_voor(request.user)
        if locatie := filters.pop("locatie", None):
            mutaties = mutaties.filter(Q(van=locatie) | Q(naar=locatie))
        return self.bladzijde(mutaties.filter(**filters).order_by("-geboekt_op", "id"), in_een_keer(MutatieUit))

    @extend_schema(
        request=MutatieIn,
        responses={201: MutatieUit},
        description=(
            "Boekt een verplaatsing, met de standen. Zonder `partij` gaat wat het eerst verloopt. Weigert: "
            "`onvoldoendeVoorraad` (met `artikel`, `locatie`, `gevraagd`, `beschikbaar`), `verlopenPartij`, "
            "`teruggeroepenPartij`, `geblokkeerdArtikel`, `periodeGesloten`. Een `samenstelling` van een doos met een "
            "recept boekt ook de onderdelen, in één bundel; met `van` en `partij` gaan dozen uit elkaar. Te weinig "
            "onderdelen: `onvoldoendeVoorraad` met in `tekorten` elk onderdeel."
        ),
    )
    def post(self, request: Request) -> Response:
        data = self.lees(MutatieIn)
        wie = request.user
        rijen: dict[str, Rij] = {
            "artikel": (selectors.artikelen_te_boeken_door(wie), data["artikel"]),
            "partij": (selectors.partijen_zichtbaar_voor(wie), data.get("partij")),
            "van": (selectors.locaties_te_boeken_door(wie), data.get("van")),
            "naar": (selectors.locaties_te_boeken_door(wie), data.get("naar")),
        }
        gegevens = {
            **zoek(rijen),
            "aantal": data["aantal"],
            "reden": data.get("reden", ""),
            "gebeurd_op": data.get("gebeurd_op"),
            "door": wie,
            "nu": clock.nu(),
        }
        if data["soort"] == Mutatiesoort.SAMENSTELLING:
            mutatie = services.samenstelling_boeken(**gegevens)
        else:
            mutatie = services.mutatie_boeken(soort=data["soort"], **gegevens)
        return self.enkel(MutatieUit(mutatie).data, mutatie, status=201)


class Voorraadmutatie(ApiView):
    rollen = {"GET": BEHEREN}

    @extend_schema(responses=MutatieUit, description="Eén regel van het grootboek; die verandert nooit meer.")
    def get(self, request: Request, id: UUID) -> Response:
        mutatie = een(selectors.mutaties_zichtbaar_voor(request.user), id)
        return self.enkel(MutatieUit(mutatie).data, mutatie)


class Terugdraaiing(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=TerugdraaiingIn,
        responses={201: MutatieUit},
        description=(
            "Draait een foute boeking terug met een nieuwe regel die de andere kant op gaat; de foute blijft staan. "
            "Een doos en wat erin ging gaan samen. Weigert: `alTeruggedraaid`, `onvoldoendeVoorraad`."
        ),
    )
    def post(self, request: Request, id: UUID) -> Response:
        mutatie = een(selectors.mutaties_zichtbaar_voor(request.user), id)
        if not selectors.mutaties_te_boeken_door(request.user).filter(pk=id).exists():
            raise NietToegestaan
        self.if_match(mutatie)
        data = self.lees(TerugdraaiingIn)
        terug = services.mutatie_terugdraaien(mutatie=mutatie, door=request.user, reden=data["reden"], nu=clock.nu())
        return self.enkel(MutatieUit(terug).data, terug, status=201)

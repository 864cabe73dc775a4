"""What may not come in or go out: the block-list, and recalls by brand and model."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Momentveld, Uitvoer, op_volgorde
from ooievaar.platform.errors import Ongeldig
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad.api.catalogus import BEHEREN, een, gebied_van
from voorraad.api.sjop.lijsten import GEBIED
from voorraad.api.velden import Rij, zoek
from voorraad.models import Terugroepactie, Voorwaarde
from voorraad.selectors import sjop as selectors
from voorraad.services import sjop


class BlokkadeUit(Uitvoer):
    id = serializers.UUIDField()
    naam = serializers.CharField()
    uitleg = serializers.CharField()
    voorwaarde = serializers.ChoiceField(Voorwaarde.choices)
    categorie = serializers.UUIDField(source="categorie_id", allow_null=True)
    woorden = serializers.ListField(child=serializers.CharField(), help_text="Zonder hoofdletters, tekens en spaties.")
    actief = serializers.BooleanField()


class BlokkadeWijziging(Invoer):
    naam = serializers.CharField(max_length=60)
    uitleg = serializers.CharField(max_length=200)
    voorwaarde = serializers.ChoiceField(Voorwaarde.choices)
    categorie = serializers.UUIDField(required=False, allow_null=True, default=None)
    woorden = serializers.ListField(child=serializers.CharField(max_length=40), max_length=50, default=list)
    actief = serializers.BooleanField(default=True)


class BlokkadeIn(BlokkadeWijziging):
    gebied = serializers.CharField(**GEBIED)


class Blokkades(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = op_volgorde(Lijstvraag, "naam")
    is_lijst = True

    @extend_schema(responses=BlokkadeUit(many=True), description="De blokkeerlijst: wat niet in en niet uit mag.")
    def get(self, request: Request) -> Response:
        return self.bladzijde(selectors.blokkades_zichtbaar_voor(request.user), in_een_keer(BlokkadeUit))

    @extend_schema(
        request=BlokkadeIn,
        responses={201: BlokkadeUit},
        description="Wat er nu ligt en hieronder valt, gaat meteen apart. Weigert: `bestaatAl`.",
    )
    def post(self, request: Request) -> Response:
        data = self.lees(BlokkadeIn)
        gebied_id = gebied_van(request, data.pop("gebied", None), BEHEREN)
        assert gebied_id is not None
        rij = sjop.blokkade_bewaren(
            gebied_id=gebied_id, door=request.user, nu=clock.nu(), **data | _categorie(request, data["categorie"])
        )
        return self.enkel(BlokkadeUit(rij).data, rij, status=201)


class Blokkade(ApiView):
    rollen = {"GET": BEHEREN, "PUT": BEHEREN}

    @extend_schema(responses=BlokkadeUit, description="Eén regel van de blokkeerlijst.")
    def get(self, request: Request, id: UUID) -> Response:
        rij = een(selectors.blokkades_zichtbaar_voor(request.user), id)
        return self.enkel(BlokkadeUit(rij).data, rij)

    @extend_schema(
        request=BlokkadeWijziging,
        responses=BlokkadeUit,
        description="Vervangt de regel. Wat apart lag, blijft apart tot iemand het nakijkt. Weigert: `bestaatAl`.",
    )
    def put(self, request: Request, id: UUID) -> Response:
        rijen = selectors.blokkades_zichtbaar_voor(request.user).select_for_update(of=("self",), no_key=True)
        rij = een(rijen, id)
        self.if_match(rij)
        data = self.lees(BlokkadeWijziging)
        data |= _categorie(request, data["categorie"])
        rij = sjop.blokkade_bewaren(gebied_id=rij.gebied_id, blokkade=rij, door=request.user, nu=clock.nu(), **data)
        return self.enkel(BlokkadeUit(rij).data, rij)


def _categorie(request: Request, id: UUID | None) -> dict[str, Any]:
    rijen: dict[str, Rij] = {"categorie": (selectors.categorieen_zichtbaar_voor(request.user), id)}
    return zoek(rijen)


class TerugroepUit(Uitvoer):
    id = serializers.UUIDField()
    merk = serializers.CharField()
    model = serializers.CharField(help_text="Leeg: het hele merk.")
    uitleg = serializers.CharField()
    teruggeroepen_op = Momentveld()
    ingetrokken_op = Momentveld(allow_null=True)


class SjopvindplaatsUit(Uitvoer):
    inbreng = serializers.UUIDField(source="inbreng.pk")
    code = serializers.CharField(source="inbreng.partij.code")
    naam = serializers.CharField(source="inbreng.categorie.artikel.naam")
    waar = serializers.ChoiceField(["hier", "geleend", "gegeven"])
    aantal = serializers.IntegerField()
    pas = serializers.CharField(source="pas.code", allow_null=True, default=None, help_text="Code van de Sjoppas.")
    op = Momentveld(allow_null=True, help_text="Wanneer het is meegegeven.")


class TerugroepDetailUit(TerugroepUit):
    vindplaatsen = SjopvindplaatsUit(many=True)


class TerugroepIn(Invoer):
    gebied = serializers.CharField(**GEBIED)
    merk = serializers.CharField(max_length=60)
    model = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    uitleg = serializers.CharField(max_length=200)


class Terugroepingen(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = op_volgorde(Lijstvraag, "merk", "teruggeroepen_op")
    is_lijst = True

    @extend_schema(responses=TerugroepUit(many=True), description="De terugroepacties, nieuwste eerst.")
    def get(self, request: Request) -> Response:
        rijen = selectors.terugroepacties_zichtbaar_voor(request.user).order_by("-teruggeroepen_op", "id")
        return self.bladzijde(rijen, in_een_keer(TerugroepUit))

    @extend_schema(
        request=TerugroepIn,
        responses={201: TerugroepDetailUit},
        description=(
            "Roep een merk en model terug: wat er ligt, gaat apart; er komt niets meer van in of uit. Het antwoord "
            "zegt wat hier ligt, wat is uitgeleend en wat is gegeven. Zonder `model`: het hele merk."
        ),
    )
    def post(self, request: Request) -> Response:
        data = self.lees(TerugroepIn)
        gebied_id = gebied_van(request, data.pop("gebied", None), BEHEREN)
        assert gebied_id is not None
        if not any(teken.isalnum() for teken in data["merk"]):
            raise Ongeldig([("merk", "ongeldig", _("Vul een merk in."))])
        actie = sjop.merk_terugroepen(gebied_id=gebied_id, door=request.user, nu=clock.nu(), **data)
        return self.enkel(_met_vindplaatsen(actie), actie, status=201)


class Terugroeping(ApiView):
    rollen = {"GET": BEHEREN}

    @extend_schema(responses=TerugroepDetailUit, description="Eén terugroepactie, met waar alles nu is.")
    def get(self, request: Request, id: UUID) -> Response:
        actie = een(selectors.terugroepacties_zichtbaar_voor(request.user), id)
        return self.enkel(_met_vindplaatsen(actie), actie)


class Terugroepintrekking(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=None, responses=TerugroepUit, description="Het was een vergissing. Wat apart ligt, kijkt iemand na."
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.terugroepacties_zichtbaar_voor(request.user), id))
        actie = sjop.merk_terugroepen_intrekken(actie_id=id, nu=clock.nu())
        actie.refresh_from_db()
        return self.enkel(TerugroepUit(actie).data, actie)


def _met_vindplaatsen(actie: Terugroepactie) -> Any:
    actie.vindplaatsen = selectors.vindplaatsen(actie)  # type: ignore[attr-defined]
    return TerugroepDetailUit(actie).data

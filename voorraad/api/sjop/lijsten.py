"""What a Sjop decides about itself: kinds of goods, limits and hours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform.casing import Dagveld, Invoer, Kloktijd, Lijstvraag, Uitvoer, Vraag
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad.api.catalogus import BEHEREN, een, gebied_van
from voorraad.models import Maatsoort, Sjopinstelling
from voorraad.selectors import sjop as selectors
from voorraad.services import sjop

GEBIED: dict[str, Any] = {
    "max_length": 50,
    "required": False,
    "help_text": _("Code van het gebied; alleen nodig als u er meer dan één hebt."),
}


class SjopcategorieUit(Uitvoer):
    id = serializers.UUIDField()
    code = serializers.CharField(source="artikel.code")
    naam = serializers.CharField(source="artikel.naam")
    artikel = serializers.UUIDField(source="artikel_id", help_text="Wat het grootboek telt.")
    geblokkeerd = serializers.BooleanField(source="artikel.geblokkeerd", help_text="Staat altijd op de blokkeerlijst.")
    maatsoort = serializers.ChoiceField(Maatsoort.choices)
    vraagt_seizoen = serializers.BooleanField()
    vraagt_merk = serializers.BooleanField(help_text="Merk en model zijn verplicht.")
    houdbaar = serializers.BooleanField(help_text="Een houdbaarheidsdatum is verplicht.")
    checklist = serializers.ListField(child=serializers.CharField(), help_text="Leeg: gaat meteen naar het schap.")
    uitleen = serializers.BooleanField()
    uitleen_dagen = serializers.IntegerField()
    limiet = serializers.IntegerField(allow_null=True, help_text="Hooguit per gezin en periode.")
    volgorde = serializers.IntegerField()
    actief = serializers.BooleanField()


class SjopcategorieWijziging(Invoer):
    naam = serializers.CharField(max_length=100, required=False)
    maatsoort = serializers.ChoiceField(Maatsoort.choices, required=False)
    vraagt_seizoen = serializers.BooleanField(required=False)
    vraagt_merk = serializers.BooleanField(required=False)
    houdbaar = serializers.BooleanField(required=False)
    checklist = serializers.ListField(child=serializers.CharField(max_length=120), max_length=20, required=False)
    uitleen = serializers.BooleanField(required=False)
    uitleen_dagen = serializers.IntegerField(min_value=1, max_value=1000, required=False)
    limiet = serializers.IntegerField(min_value=0, max_value=1000, required=False, allow_null=True)
    volgorde = serializers.IntegerField(min_value=0, max_value=10_000, required=False)
    actief = serializers.BooleanField(required=False)


class SjopcategorieIn(SjopcategorieWijziging):
    code = serializers.SlugField(max_length=60)
    naam = serializers.CharField(max_length=100)
    gebied = serializers.CharField(**GEBIED)


class Categorieen(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = Lijstvraag
    is_lijst = True

    @extend_schema(
        responses=SjopcategorieUit(many=True), description="De soorten spullen, in de volgorde van de balie."
    )
    def get(self, request: Request) -> Response:
        return self.bladzijde(selectors.categorieen_zichtbaar_voor(request.user), in_een_keer(SjopcategorieUit))

    @extend_schema(
        request=SjopcategorieIn,
        responses={201: SjopcategorieUit},
        description="Een nieuwe soort, met haar artikel. Weigert: `bestaatAl`, `opBlokkeerlijst`.",
    )
    def post(self, request: Request) -> Response:
        data = self.lees(SjopcategorieIn)
        gebied_id = gebied_van(request, data.pop("gebied", None), BEHEREN)
        assert gebied_id is not None
        categorie = sjop.categorie_toevoegen(gebied_id=gebied_id, **data)
        return self.enkel(SjopcategorieUit(categorie).data, categorie, status=201)


class Categorie(ApiView):
    rollen = {"GET": BEHEREN, "PATCH": BEHEREN}

    @extend_schema(responses=SjopcategorieUit, description="Eén soort spullen.")
    def get(self, request: Request, id: UUID) -> Response:
        categorie = een(selectors.categorieen_zichtbaar_voor(request.user), id)
        return self.enkel(SjopcategorieUit(categorie).data, categorie)

    @extend_schema(
        request=SjopcategorieWijziging,
        responses=SjopcategorieUit,
        description="Wijzig de controle, de limiet en de rest. Weigert: `opBlokkeerlijst`.",
    )
    def patch(self, request: Request, id: UUID) -> Response:
        rijen = selectors.categorieen_zichtbaar_voor(request.user).select_for_update(of=("self",), no_key=True)
        categorie = een(rijen, id)
        self.if_match(categorie)
        categorie = sjop.categorie_wijzigen(categorie=categorie, **self.lees(SjopcategorieWijziging))
        return self.enkel(SjopcategorieUit(categorie).data, categorie)


class InstellingUit(Uitvoer):
    periode_dagen = serializers.IntegerField()
    stuks_per_periode = serializers.IntegerField()
    stuks_per_dag = serializers.IntegerField()
    leningen = serializers.IntegerField(help_text="Tegelijk per gezin.")
    verleng_dagen = serializers.IntegerField()
    herinner_dagen = serializers.IntegerField(help_text="Zoveel dagen voor het terug moet zijn.")
    pas_dagen = serializers.IntegerField()
    bewaar_dagen = serializers.IntegerField(help_text="Zolang ligt iets klaar.")
    gesloten = serializers.ListField(child=serializers.DateField(), help_text="Dagen dicht, naast de feestdagen.")


class InstellingIn(Invoer):
    gebied = serializers.CharField(**GEBIED)
    periode_dagen = serializers.IntegerField(min_value=1, max_value=366, required=False)
    stuks_per_periode = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    stuks_per_dag = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    leningen = serializers.IntegerField(min_value=0, max_value=100, required=False)
    verleng_dagen = serializers.IntegerField(min_value=1, max_value=366, required=False)
    herinner_dagen = serializers.IntegerField(min_value=0, max_value=60, required=False)
    pas_dagen = serializers.IntegerField(min_value=1, max_value=1830, required=False)
    bewaar_dagen = serializers.IntegerField(min_value=1, max_value=366, required=False)
    gesloten = serializers.ListField(child=Dagveld(), max_length=200, required=False)


class Gebiedsvraag(Vraag):
    gebied = serializers.CharField(**GEBIED)


class Instelling(ApiView):
    rollen = {"GET": BEHEREN, "PATCH": BEHEREN}
    vraag = Gebiedsvraag

    @extend_schema(responses=InstellingUit, description="Limieten, termijnen en dagen dicht.")
    def get(self, request: Request) -> Response:
        gebied_id = gebied_van(request, self.gevraagd.get("gebied"), BEHEREN)
        assert gebied_id is not None
        instelling = selectors.instelling_voor(gebied_id)
        return self.enkel(InstellingUit(instelling).data, instelling)

    @extend_schema(request=InstellingIn, responses=InstellingUit, description="Wijzig wat u noemt.")
    def patch(self, request: Request) -> Response:
        data = self.lees(InstellingIn)
        gebied_id = gebied_van(request, data.pop("gebied", None), BEHEREN)
        assert gebied_id is not None
        rij = Sjopinstelling.objects.select_for_update(of=("self",), no_key=True).filter(gebied=gebied_id).first()
        if rij is not None:
            self.if_match(rij)
        instelling = sjop.instelling_wijzigen(gebied_id=gebied_id, **data)
        return self.enkel(InstellingUit(instelling).data, instelling)


class OpeningstijdUit(Uitvoer):
    id = serializers.UUIDField()
    weekdag = serializers.IntegerField(help_text="1 is maandag.")
    van = Kloktijd()
    tot = Kloktijd()
    slot_minuten = serializers.IntegerField()
    capaciteit = serializers.IntegerField(help_text="Gezinnen per tijdslot.")


class OpeningstijdIn(Invoer):
    gebied = serializers.CharField(**GEBIED)
    weekdag = serializers.IntegerField(min_value=1, max_value=7)
    van = Kloktijd()
    tot = Kloktijd()
    slot_minuten = serializers.IntegerField(min_value=5, max_value=240, default=30)
    capaciteit = serializers.IntegerField(min_value=1, max_value=50, default=2)


class Openingstijden(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = Lijstvraag
    is_lijst = True

    @extend_schema(responses=OpeningstijdUit(many=True), description="Wekelijkse openingstijden, in plaatselijke tijd.")
    def get(self, request: Request) -> Response:
        rijen = selectors.openingstijden_zichtbaar_voor(request.user).order_by("weekdag", "van", "id")
        return self.bladzijde(rijen, in_een_keer(OpeningstijdUit))

    @extend_schema(request=OpeningstijdIn, responses={201: OpeningstijdUit}, description="Weigert: `bestaatAl`.")
    def post(self, request: Request) -> Response:
        data = self.lees(OpeningstijdIn)
        gebied_id = gebied_van(request, data.pop("gebied", None), BEHEREN)
        assert gebied_id is not None
        rij = sjop.openingstijd_toevoegen(gebied_id=gebied_id, **data)
        return self.enkel(OpeningstijdUit(rij).data, rij, status=201)


class Openingstijd(ApiView):
    rollen = {"GET": BEHEREN, "DELETE": BEHEREN}

    @extend_schema(responses=OpeningstijdUit, description="Eén openingstijd.")
    def get(self, request: Request, id: UUID) -> Response:
        rij = een(selectors.openingstijden_zichtbaar_voor(request.user), id)
        return self.enkel(OpeningstijdUit(rij).data, rij)

    @extend_schema(responses={204: None}, description="Dan niet meer open. Gemaakte afspraken blijven staan.")
    def delete(self, request: Request, id: UUID) -> Response:
        rij = een(selectors.openingstijden_zichtbaar_voor(request.user).select_for_update(), id)
        self.if_match(rij)
        sjop.openingstijd_verwijderen(openingstijd=rij)
        return Response(status=204)

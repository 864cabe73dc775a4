"""/sjop-inbrengen: what people bring, its check, and letting go of it; /sjop-verslag: what came in and went out."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform import clock
from ooievaar.platform.casing import Dagveld, Invoer, Lijstvraag, Momentveld, Uitvoer, Vraag, op_volgorde
from ooievaar.platform.errors import Ongeldig
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad.api.catalogus import BEHEREN, een, gebied_van, gegeven
from voorraad.api.sjop.lijsten import GEBIED
from voorraad.api.velden import Rij, zoek
from voorraad.models import Afkeurreden, Inbreng, Seizoen, Staat
from voorraad.selectors import sjop as selectors
from voorraad.services import sjop

SEIZOENEN = Seizoen.choices


class InbrengUit(Uitvoer):
    id = serializers.UUIDField()
    code = serializers.CharField(source="partij.code", help_text="Staat op het label, ook als QR-code.")
    categorie = serializers.UUIDField(source="categorie_id")
    naam = serializers.CharField(source="categorie.artikel.naam")
    aantal = serializers.IntegerField(help_text="Zoveel kwamen er binnen.")
    ligt = serializers.IntegerField(help_text="Zoveel liggen er nu in de Sjop.")
    vrij = serializers.IntegerField(help_text="Zoveel daarvan zijn aan niemand toegezegd.")
    maat = serializers.CharField()
    seizoen = serializers.CharField()
    staat = serializers.ChoiceField(Staat.choices)
    nieuw = serializers.BooleanField()
    ongeopend = serializers.BooleanField()
    houdbaar_tot = serializers.DateField(allow_null=True)
    merk = serializers.CharField()
    model = serializers.CharField()
    omschrijving = serializers.CharField()
    status = serializers.ChoiceField(Inbreng.Status.choices)
    afkeurreden = serializers.CharField()
    checklist = serializers.ListField(source="categorie.checklist", child=serializers.CharField())
    ingebracht_op = Momentveld()
    gecontroleerd_op = Momentveld(allow_null=True)


class InbrengIn(Invoer):
    categorie = serializers.UUIDField()
    staat = serializers.ChoiceField(Staat.choices)
    maat = serializers.CharField(max_length=20, required=False, allow_blank=True)
    seizoen = serializers.ChoiceField(Seizoen.choices, required=False, allow_blank=True)
    aantal = serializers.IntegerField(min_value=1, max_value=200, required=False, help_text="Gelijke stuks, één label.")
    nieuw = serializers.BooleanField(required=False, help_text="Nieuw in de verpakking.")
    ongeopend = serializers.BooleanField(required=False)
    houdbaar_tot = Dagveld(required=False, allow_null=True)
    merk = serializers.CharField(max_length=60, required=False, allow_blank=True)
    model = serializers.CharField(max_length=60, required=False, allow_blank=True)
    omschrijving = serializers.CharField(max_length=80, required=False, allow_blank=True)
    donor = serializers.CharField(
        max_length=80, required=False, allow_blank=True, help_text="Alleen als de gever dat wil; na een maand gewist."
    )
    afkeurreden = serializers.ChoiceField(Afkeurreden.choices, required=False, allow_blank=True)


class ControleIn(Invoer):
    afgevinkt = serializers.ListField(
        child=serializers.CharField(max_length=120), max_length=20, help_text="De punten van de checklist die kloppen."
    )


class AfkeuringIn(Invoer):
    reden = serializers.ChoiceField(Afkeurreden.choices)
    aantal = serializers.IntegerField(min_value=1, max_value=200, required=False, help_text="Weggelaten: alles.")


class Inbrengvraag(Lijstvraag):
    status = serializers.ChoiceField(Inbreng.Status.choices, required=False)
    categorie = serializers.UUIDField(required=False)
    maat = serializers.CharField(max_length=20, required=False)
    code = serializers.CharField(max_length=60, required=False)
    aanwezig = serializers.BooleanField(required=False, help_text="Waar: alleen wat er nu ligt.")


class Inbrengen(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = op_volgorde(Inbrengvraag, "ingebracht_op")
    is_lijst = True

    @extend_schema(responses=InbrengUit(many=True), description="Wat is ingebracht, nieuwste eerst.")
    def get(self, request: Request) -> Response:
        filters = gegeven(self.gevraagd)
        aanwezig = filters.pop("aanwezig", None)
        if code := filters.pop("code", None):
            filters["partij__code"] = code.upper()
        rijen = selectors.inbrengen_zichtbaar_voor(request.user).filter(**filters)
        if aanwezig is not None:
            rijen = rijen.filter(Q(ligt__gt=0) if aanwezig else Q(ligt=0))
        return self.bladzijde(rijen.order_by("-ingebracht_op", "id"), in_een_keer(InbrengUit))

    @extend_schema(
        request=InbrengIn,
        responses={201: InbrengUit},
        description=(
            "Neem iets in: het krijgt een label en een regel in het grootboek. Met een checklist wacht het apart, "
            "afgekeurd gaat het naar het afval, anders ligt het op het schap. Weigert: `opBlokkeerlijst`."
        ),
    )
    def post(self, request: Request) -> Response:
        data = self.lees(InbrengIn)
        rijen: dict[str, Rij] = {"categorie": (selectors.categorieen_zichtbaar_voor(request.user), data["categorie"])}
        data |= zoek(rijen)
        inbreng = sjop.inbreng_boeken(
            categorie=data.pop("categorie"), goed=sjop.Goed(**data), door=request.user, nu=clock.nu()
        )
        return _antwoord(self, inbreng.pk, 201)


class InbrengDetail(ApiView):
    rollen = {"GET": BEHEREN}

    @extend_schema(responses=InbrengUit, description="Eén inbreng.")
    def get(self, request: Request, id: UUID) -> Response:
        return _antwoord(self, id, 200)


class Controle(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=ControleIn,
        responses=InbrengUit,
        description="Alles klopt: naar het schap. Weigert: `controleNietAf`, `alNagekeken`, `opBlokkeerlijst`.",
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.inbrengen_zichtbaar_voor(request.user), id))
        punten = self.lees(ControleIn)["afgevinkt"]
        sjop.inbreng_goedkeuren(inbreng_id=id, afgevinkt=punten, door=request.user, nu=clock.nu())
        return _antwoord(self, id, 200)


class Afkeuring(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=AfkeuringIn, responses=InbrengUit, description="Gooi het weg, met een reden. Weigert: `alNagekeken`."
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.inbrengen_zichtbaar_voor(request.user), id))
        data = self.lees(AfkeuringIn)
        sjop.inbreng_afkeuren(inbreng_id=id, door=request.user, nu=clock.nu(), **data)
        return _antwoord(self, id, 200)


class Inbrengterugdraaiing(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=None,
        responses=InbrengUit,
        description="Verkeerd ingevoerd: de boeking gaat terug. Weigert: `alNagekeken`.",
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.inbrengen_zichtbaar_voor(request.user), id))
        sjop.inbreng_terugdraaien(inbreng_id=id, door=request.user, nu=clock.nu())
        return _antwoord(self, id, 200)


def _antwoord(view: ApiView, id: UUID, status: int) -> Response:
    inbreng = een(selectors.inbrengen_zichtbaar_voor(view.request.user), id)
    return view.enkel(InbrengUit(inbreng).data, inbreng, status=status)


class Verslagvraag(Vraag):
    gebied = serializers.CharField(**GEBIED)
    van = Dagveld(help_text="Eerste dag.")
    tot = Dagveld(help_text="Laatste dag, ten hoogste een jaar later.")


class WegUit(Uitvoer):
    reden = serializers.CharField()
    tekst = serializers.CharField()
    aantal = serializers.IntegerField()


class VerslagregelUit(Uitvoer):
    naam = serializers.CharField()
    ingebracht = serializers.IntegerField()
    gegeven = serializers.IntegerField()
    uitgeleend = serializers.IntegerField()
    weg = serializers.SerializerMethodField()

    @extend_schema_field(WegUit(many=True))
    def get_weg(self, regel: selectors.Verslagregel) -> list[dict[str, object]]:
        return [
            {"reden": reden, "tekst": str(Afkeurreden(reden).label), "aantal": aantal}
            for reden, aantal in regel.weg.items()
        ]


class VerslagUit(Uitvoer):
    van = serializers.DateField()
    tot = serializers.DateField()
    regels = VerslagregelUit(many=True)


class Verslag(ApiView):
    rollen = {"GET": BEHEREN}
    vraag = Verslagvraag

    @extend_schema(
        responses=VerslagUit,
        description="Per soort: ingebracht, gegeven, uitgeleend, en weg met de reden. Stuks, geen gezinnen.",
    )
    def get(self, request: Request) -> Response:
        gebied_id = gebied_van(request, self.gevraagd.get("gebied"), BEHEREN)
        assert gebied_id is not None
        van, tot = self.gevraagd["van"], self.gevraagd["tot"]
        if not van <= tot <= van + timedelta(days=366):
            raise Ongeldig([("tot", "ongeldig", _("Kies een dag van ten hoogste een jaar later."))])
        regels = selectors.verslag(gebied_id, van, tot)
        return Response(VerslagUit({"van": van, "tot": tot, "regels": regels}).data)

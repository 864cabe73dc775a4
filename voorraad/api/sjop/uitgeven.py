"""/sjop-uitgiften and /sjop-bruiklenen: what families got, for good or on loan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Momentveld, Uitvoer, op_volgorde
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad.api.catalogus import BEHEREN, een, gegeven
from voorraad.api.velden import Rij, zoek
from voorraad.models import Afkeurreden, Bruikleen, Sjopuitgifte
from voorraad.selectors import sjop as selectors
from voorraad.services import sjop


class UitgifteUit(Uitvoer):
    id = serializers.UUIDField()
    pas = serializers.UUIDField(source="pas_id")
    inbreng = serializers.UUIDField(source="inbreng_id")
    code = serializers.CharField(source="inbreng.partij.code")
    naam = serializers.CharField(source="inbreng.categorie.artikel.naam")
    aantal = serializers.IntegerField()
    op = Momentveld()
    mutatie = serializers.UUIDField(source="mutatie_id", help_text="De regel in het grootboek.")
    bruikleen = serializers.SerializerMethodField(help_text="Leeg: om te houden.")
    teruggedraaid = serializers.SerializerMethodField()

    def get_bruikleen(self, uitgifte: Sjopuitgifte) -> UUID | None:
        lening = getattr(uitgifte, "bruikleen", None)
        return lening and lening.pk

    def get_teruggedraaid(self, uitgifte: Sjopuitgifte) -> bool:
        return hasattr(uitgifte.mutatie, "teruggedraaid_door")


class StukIn(Invoer):
    inbreng = serializers.UUIDField()
    aantal = serializers.IntegerField(min_value=1, max_value=200, default=1)


class UitgifteIn(Invoer):
    pas = serializers.UUIDField()
    stukken = serializers.ListField(child=StukIn(), min_length=1, max_length=50)


class UitgiftenUit(Uitvoer):
    uitgiften = UitgifteUit(many=True)


class SjopterugdraaiingIn(Invoer):
    reden = serializers.CharField(max_length=200)


class Uitgiftevraag(Lijstvraag):
    pas = serializers.UUIDField(required=False)
    inbreng = serializers.UUIDField(required=False)


class Uitgiften(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = op_volgorde(Uitgiftevraag, "op")
    is_lijst = True

    @extend_schema(responses=UitgifteUit(many=True), description="Wat gezinnen meekregen, nieuwste eerst.")
    def get(self, request: Request) -> Response:
        rijen = selectors.uitgiften_zichtbaar_voor(request.user).filter(**gegeven(self.gevraagd))
        return self.bladzijde(rijen.order_by("-op", "id"), in_een_keer(UitgifteUit))

    @extend_schema(
        request=UitgifteIn,
        responses={201: UitgiftenUit},
        description=(
            "Geef dit mee: alles, of niets. Wat wordt uitgeleend, krijgt een datum. Weigert: `magNietMee`, "
            "`opBlokkeerlijst`, `limietBereikt` (met `over`), `onvoldoendeVoorraad`, `pasGeldtNiet`."
        ),
    )
    def post(self, request: Request) -> Response:
        data = self.lees(UitgifteIn)
        zichtbaar = selectors.inbrengen_zichtbaar_voor(request.user)
        rijen: dict[str, Rij] = {"pas": (selectors.passen_zichtbaar_voor(request.user), data["pas"])}
        rijen |= {f"stukken.{n}.inbreng": (zichtbaar, stuk["inbreng"]) for n, stuk in enumerate(data["stukken"])}
        gevonden = zoek(rijen)
        gegeven_ = sjop.uitgeven(
            pas_id=gevonden["pas"].pk,
            keuzes=[sjop.Keuze(stuk["inbreng"], stuk["aantal"]) for stuk in data["stukken"]],
            door=request.user,
            nu=clock.nu(),
        )
        uit = selectors.uitgiften_zichtbaar_voor(request.user).filter(pk__in=[u.pk for u in gegeven_])
        return Response(UitgiftenUit({"uitgiften": list(uit.order_by("id"))}).data, status=201)


class Uitgifte(ApiView):
    rollen = {"GET": BEHEREN}

    @extend_schema(responses=UitgifteUit, description="Eén uitgifte.")
    def get(self, request: Request, id: UUID) -> Response:
        return _uitgifte(self, id, 200)


class Uitgifteterugdraaiing(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=SjopterugdraaiingIn,
        responses={201: UitgifteUit},
        description="Een vergissing: het ligt weer op het schap. Weigert: `alTeruggedraaid`, `bruikleenAfgesloten`.",
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.uitgiften_zichtbaar_voor(request.user), id))
        reden = self.lees(SjopterugdraaiingIn)["reden"]
        sjop.uitgifte_terugdraaien(uitgifte_id=id, door=request.user, reden=reden, nu=clock.nu())
        return _uitgifte(self, id, 201)


def _uitgifte(view: ApiView, id: UUID, status: int) -> Response:
    uitgifte = een(selectors.uitgiften_zichtbaar_voor(view.request.user), id)
    return view.enkel(UitgifteUit(uitgifte).data, uitgifte, status=status)


class BruikleenUit(Uitvoer):
    id = serializers.UUIDField()
    pas = serializers.UUIDField(source="uitgifte.pas_id")
    voornaam = serializers.CharField(source="uitgifte.pas.voornaam")
    inbreng = serializers.UUIDField(source="inbreng_id")
    code = serializers.CharField(source="inbreng.partij.code")
    naam = serializers.CharField(source="inbreng.categorie.artikel.naam")
    status = serializers.ChoiceField(Bruikleen.Status.choices)
    uitgeleend_op = Momentveld(source="uitgifte.op")
    terug_op = serializers.DateField(help_text="Uiterlijk dan terug.")
    verlengingen = serializers.IntegerField(help_text="Ten hoogste 2.")
    afgesloten_op = Momentveld(allow_null=True)


class RetourIn(Invoer):
    afkeurreden = serializers.ChoiceField(
        Afkeurreden.choices, required=False, allow_blank=True, help_text="Gevuld: het gaat naar het afval."
    )


class Bruikleenvraag(Lijstvraag):
    status = serializers.ChoiceField(Bruikleen.Status.choices, required=False)
    pas = serializers.UUIDField(required=False)
    te_laat = serializers.BooleanField(required=False, help_text="Waar: alleen wat al terug had moeten zijn.")


class Bruiklenen(ApiView):
    rollen = {"GET": BEHEREN}
    vraag = op_volgorde(Bruikleenvraag, "terug_op")
    is_lijst = True

    @extend_schema(responses=BruikleenUit(many=True), description="Wat is uitgeleend, wat het eerst terug moet eerst.")
    def get(self, request: Request) -> Response:
        filters = gegeven(self.gevraagd)
        te_laat = filters.pop("te_laat", None)
        if pas := filters.pop("pas", None):
            filters["uitgifte__pas"] = pas
        rijen = selectors.bruiklenen_zichtbaar_voor(request.user).filter(**filters)
        if te_laat is not None:
            laat = {"status": Bruikleen.Status.UITGELEEND, "terug_op__lt": clock.vandaag()}
            rijen = rijen.filter(**laat) if te_laat else rijen.exclude(**laat)
        return self.bladzijde(rijen.order_by("terug_op", "id"), in_een_keer(BruikleenUit))


class BruikleenDetail(ApiView):
    rollen = {"GET": BEHEREN}

    @extend_schema(responses=BruikleenUit, description="Eén bruikleen.")
    def get(self, request: Request, id: UUID) -> Response:
        return _bruikleen(self, id)


class Verlenging(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=None,
        responses=BruikleenUit,
        description="Langer houden, twee keer hooguit. Weigert: `nietMeerVerlengen`.",
    )
    def post(self, request: Request, id: UUID) -> Response:
        _kijk_na(self, id)
        sjop.bruikleen_verlengen(bruikleen_id=id, nu=clock.nu())
        return _bruikleen(self, id)


class Retour(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=RetourIn,
        responses=BruikleenUit,
        description="Het is terug, en wordt nagekeken voor het weer mee mag. Weigert: `bruikleenAfgesloten`.",
    )
    def post(self, request: Request, id: UUID) -> Response:
        _kijk_na(self, id)
        data = self.lees(RetourIn)
        sjop.bruikleen_terugnemen(bruikleen_id=id, door=request.user, nu=clock.nu(), **data)
        return _bruikleen(self, id)


class Verlies(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(request=None, responses=BruikleenUit, description="Het komt niet terug. Het gezin betaalt niets.")
    def post(self, request: Request, id: UUID) -> Response:
        _kijk_na(self, id)
        sjop.bruikleen_verloren(bruikleen_id=id, nu=clock.nu())
        return _bruikleen(self, id)


def _kijk_na(view: ApiView, id: UUID) -> None:
    view.if_match(een(selectors.bruiklenen_zichtbaar_voor(view.request.user), id))


def _bruikleen(view: ApiView, id: UUID) -> Any:
    lening = een(selectors.bruiklenen_zichtbaar_voor(view.request.user), id)
    return view.enkel(BruikleenUit(lening).data, lening)

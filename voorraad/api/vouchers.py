"""/vouchers: codes made, brought in from a file, void and replaced; /vouchermeldingen: codes that do not fit.

A code is money: it is shown once, when it is made, and never stands in a URL, a list or an error.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from ooievaar.platform import clock
from ooievaar.platform.casing import Dagveld, Invoer, Lijstvraag, Momentveld, Uitvoer, op_volgorde
from ooievaar.platform.errors import Ongeldig, TeGroot
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad import selectors, services, vouchercode
from voorraad.api.catalogus import COORDINATOR, een, gebied_van, gegeven
from voorraad.models import Intrekreden, Oordeel, Voucher

_STATUSSEN = list(selectors.VOUCHERSTATUSSEN)
_MAXIMUM_BYTES = 2_000_000


class VoucherUit(Uitvoer):
    id = serializers.UUIDField()
    einde = serializers.CharField(help_text="De laatste vier tekens van de code.")
    serie = serializers.CharField()
    status = serializers.SerializerMethodField(help_text="`vrij`, `uitgegeven`, `ingetrokken` of `verlopen`.")
    geldig_tot = serializers.DateField(allow_null=True, help_text="Geldig tot en met deze dag.")
    aanleiding = serializers.CharField(help_text="Waarvoor, zoals `bezoek:<id>`; leeg zolang hij vrij is.")
    onderdeel = serializers.CharField(help_text="Het kind.")
    uitgegeven_op = Momentveld(allow_null=True)
    ingetrokken_op = Momentveld(allow_null=True)
    intrekreden = serializers.CharField()
    vervangt = serializers.UUIDField(source="vervangt_id", allow_null=True)

    def get_status(self, voucher: Voucher) -> str:
        return selectors.status_op(voucher, clock.vandaag())


class VouchersIn(Invoer):
    aantal = serializers.IntegerField(min_value=1, max_value=500)
    geldig_tot = Dagveld(required=False, allow_null=True)
    serie = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    gebied = serializers.CharField(
        max_length=50, required=False, help_text="Code van het gebied; alleen nodig als u er meer dan één hebt."
    )


class VouchercodesUit(Uitvoer):
    codes = serializers.ListField(child=serializers.CharField(), help_text="Bewaar ze nu: dit is de enige keer.")


class Vouchervraag(Lijstvraag):
    status = serializers.ChoiceField(_STATUSSEN, required=False)
    serie = serializers.CharField(max_length=60, required=False)
    aanleiding = serializers.CharField(max_length=80, required=False)


class Vouchers(ApiView):
    rollen = {"GET": COORDINATOR, "POST": COORDINATOR}
    vraag = op_volgorde(Vouchervraag, "geldig_tot", "uitgegeven_op")
    is_lijst = True
    bewaart_antwoord = False

    @extend_schema(responses=VoucherUit(many=True), description="De vouchers, nieuwste eerst; nooit hun codes.")
    def get(self, request: Request) -> Response:
        filters = gegeven(self.gevraagd)
        status = filters.pop("status", None)
        vouchers = selectors.vouchers_zichtbaar_voor(request.user).filter(**filters)
        if status:
            vouchers = selectors.met_status(vouchers, status, vandaag=clock.vandaag())
        return self.bladzijde(vouchers.order_by("-toegevoegd_op", "id"), in_een_keer(VoucherUit))

    @extend_schema(
        request=VouchersIn,
        responses={201: VouchercodesUit},
        description="Maak nieuwe codes, elk met een controleteken. Ze staan alleen in dit antwoord.",
    )
    def post(self, request: Request) -> Response:
        data = self.lees(VouchersIn)
        gebied_id = gebied_van(request, data.pop("gebied", None), COORDINATOR)
        assert gebied_id is not None
        codes = services.vouchers_maken(
            gebied_id=gebied_id, aantal=data["aantal"], geldig_tot=data.get("geldig_tot"), serie=data["serie"],
            nu=clock.nu(),
        )  # fmt: skip
        return Response(VouchercodesUit({"codes": codes}).data, status=201)


class VoucherDetail(ApiView):
    rollen = {"GET": COORDINATOR}

    @extend_schema(responses=VoucherUit, description="Eén voucher.")
    def get(self, request: Request, id: UUID) -> Response:
        voucher = een(selectors.vouchers_zichtbaar_voor(request.user), id)
        return self.enkel(VoucherUit(voucher).data, voucher)


class IntrekkingIn(Invoer):
    reden = serializers.ChoiceField(Intrekreden.choices)


class Intrekking(ApiView):
    rollen = {"POST": COORDINATOR}

    @extend_schema(request=IntrekkingIn, responses=VoucherUit, description="Verloren of kapot: hij geldt niet meer.")
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.vouchers_zichtbaar_voor(request.user), id))
        voucher = services.voucher_intrekken(voucher_id=id, reden=self.lees(IntrekkingIn)["reden"], nu=clock.nu())
        return self.enkel(VoucherUit(voucher).data, voucher)


class VouchercodeIn(Invoer):
    code = serializers.CharField(max_length=40)


class Vervanging(ApiView):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=VouchercodeIn,
        responses={201: VoucherUit},
        description=(
            "Geef het kind van een ingetrokken voucher een andere, vrije voucher. Weigert: `voucherNietIngetrokken`, "
            "`voucherNietVrij`."
        ),
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.vouchers_zichtbaar_voor(request.user), id))
        voucher = services.voucher_vervangen(voucher_id=id, code=self.lees(VouchercodeIn)["code"], nu=clock.nu())
        return self.enkel(VoucherUit(voucher).data, voucher, status=201)


class ControleUit(Uitvoer):
    klopt = serializers.BooleanField(help_text="Het controleteken past bij de rest van de code.")
    voucher = VoucherUit(allow_null=True, help_text="Leeg: deze code kennen we niet.")


class Vouchercontroles(ApiView):
    rollen = {"POST": COORDINATOR}
    bewaart_antwoord = False

    @extend_schema(
        request=VouchercodeIn,
        responses=ControleUit,
        description="Zoek een voucher op die iemand in de hand heeft. De code gaat niet in een adres.",
    )
    def post(self, request: Request) -> Response:
        code = self.lees(VouchercodeIn)["code"]
        hash_, _einde = services.sporen(code)
        voucher = selectors.vouchers_zichtbaar_voor(request.user).filter(hash=hash_).first()
        return Response(ControleUit({"klopt": vouchercode.klopt(code), "voucher": voucher}).data)


class RegelfoutUit(Uitvoer):
    regel = serializers.IntegerField(help_text="De kop is regel 1.")
    veld = serializers.CharField()
    reden = serializers.CharField(help_text="Code, zoals `dubbelInBestand`, `dubbelBekend`, `controleteken`.")
    tekst = serializers.CharField()


class VoucherimportUit(Uitvoer):
    regels = serializers.IntegerField(help_text="Zonder de kop.")
    ingelezen = serializers.IntegerField()
    dubbel = serializers.IntegerField(help_text="Zoveel van de fouten zijn dubbele codes.")
    fouten = RegelfoutUit(many=True)


class VoucherimportIn(serializers.Serializer):
    bestand = serializers.FileField()
    serie = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    controle = serializers.BooleanField(
        required=False, default=True, help_text="Onwaar: codes van een ander, zonder ons controleteken."
    )


class Voucherimporten(ApiView):
    rollen = {"POST": COORDINATOR}
    parser_classes = [MultiPartParser]

    @extend_schema(
        request={"multipart/form-data": VoucherimportIn},
        responses={201: VoucherimportUit},
        description=(
            "Lees een CSV met een kolom `code` (en `geldigTot`) in. Dubbele codes staan per regel in het antwoord; de "
            "rest komt erin."
        ),
    )
    def post(self, request: Request) -> Response:
        onbekend = [naam for naam in request.data if naam not in ("bestand", "serie", "controle")]
        if onbekend:
            raise Ongeldig([(naam[:60], "onbekendVeld", _("Dit veld kennen we niet.")) for naam in onbekend])
        invoer = VoucherimportIn(data=request.data)
        invoer.is_valid(raise_exception=True)
        data: dict[str, Any] = dict(invoer.validated_data)
        if data["bestand"].size > _MAXIMUM_BYTES:
            raise TeGroot(_("Stuur ten hoogste 2 MB in één keer."))
        gebied_id = gebied_van(request, None, COORDINATOR)
        assert gebied_id is not None
        uitslag = services.vouchers_inlezen(
            gebied_id=gebied_id,
            inhoud=data["bestand"].read(),
            serie=data["serie"],
            met_controle=data["controle"],
            nu=clock.nu(),
        )
        return Response(VoucherimportUit(uitslag).data, status=201)


class VouchermeldingUit(Uitvoer):
    id = serializers.UUIDField()
    aanleiding = serializers.CharField(help_text="Zoals `bezoek:<id>`.")
    onderdeel = serializers.CharField(help_text="Het kind.")
    einde = serializers.CharField()
    oordeel = serializers.ChoiceField(Oordeel.choices)
    tekst = serializers.CharField(source="get_oordeel_display")
    gemeld_op = Momentveld()
    afgehandeld_op = Momentveld(allow_null=True)
    opmerking = serializers.CharField()


class Vouchermeldingvraag(Lijstvraag):
    open_ = serializers.BooleanField(required=False, help_text="Waar: alleen wat nog moet gebeuren.")
    aanleiding = serializers.CharField(max_length=80, required=False)


class Vouchermeldingen(ApiView):
    rollen = {"GET": COORDINATOR}
    vraag = op_volgorde(Vouchermeldingvraag, "gemeld_op")
    is_lijst = True

    @extend_schema(
        responses=VouchermeldingUit(many=True), description="Codes die zijn gegeven en niet kloppen, oudste eerst."
    )
    def get(self, request: Request) -> Response:
        filters = gegeven(self.gevraagd)
        open_ = filters.pop("open_", None)
        meldingen = selectors.vouchermeldingen_zichtbaar_voor(request.user).filter(**filters)
        if open_ is not None:
            meldingen = meldingen.filter(afgehandeld_op__isnull=open_)
        return self.bladzijde(meldingen.order_by("gemeld_op", "id"), in_een_keer(VouchermeldingUit))


class VouchermeldingIn(Invoer):
    opmerking = serializers.CharField(max_length=200)


class Vouchermelding(ApiView):
    rollen = {"POST": COORDINATOR}

    @extend_schema(request=VouchermeldingIn, responses=VouchermeldingUit, description="Schrijf op wat u heeft gedaan.")
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.vouchermeldingen_zichtbaar_voor(request.user), id))
        melding = services.vouchermelding_afhandelen(
            melding_id=id, opmerking=self.lees(VouchermeldingIn)["opmerking"], nu=clock.nu()
        )
        return self.enkel(VouchermeldingUit(melding).data, melding)

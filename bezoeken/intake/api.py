"""/geboortemeldingen and /geboorteimporten (api.md, Births)."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from bezoeken.intake import selectors
from bezoeken.intake.fouten import BestandGeweigerd
from bezoeken.intake.lezen import records
from bezoeken.intake.normaliseren import Melding, normaliseer
from bezoeken.intake.serializers import (
    BesluitHerstelIn,
    BesluitIn,
    ImportIn,
    ImportUit,
    MeldingDetailUit,
    MeldingIn,
    MeldingUit,
    Meldingvraag,
    OntvangenUit,
)
from bezoeken.intake.services.besluiten import besluit_herstellen, melding_beoordelen
from bezoeken.intake.services.importeren import import_beginnen
from bezoeken.intake.services.verwerken import melding_ontvangen
from bezoeken.intake.tasks import importeer
from bezoeken.models import Geboortemelding
from ooievaar.platform import clock
from ooievaar.platform.casing import Lijstvraag, op_volgorde
from ooievaar.platform.errors import NietGevonden, Ongeldig, TeGroot
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from ooievaar.selectors.adressen import gebied_van_wijk
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.services.inzage import inzage_vastleggen

logger = logging.getLogger(__name__)
MELDERS = frozenset({"bron", "coordinator"})
COORDINATOR = frozenset({"coordinator"})
_OMSLAG = 64_000  # boundaries and headers of a form around its file


class Geboortemeldingen(ApiView):
    rollen = {"GET": MELDERS, "POST": MELDERS}
    vraag = op_volgorde(Meldingvraag, "gemeld_op", "geboortedatum")
    is_lijst = True

    @extend_schema(responses=MeldingUit(many=True), description="Meldingen, de nieuwste eerst.")
    def get(self, request: Request) -> Response:
        rijen = selectors.meldingen_zichtbaar_voor(request.user)
        for veld in ("status", "bron", "geboortedatum"):
            if veld in self.gevraagd:
                rijen = rijen.filter(**{veld: self.gevraagd[veld]})
        if "reden" in self.gevraagd:
            rijen = rijen.filter(redenen__contains=[self.gevraagd["reden"]])
        return self.bladzijde(rijen.order_by("-gemeld_op", "id").defer("gegevens"), in_een_keer(MeldingUit))

    @extend_schema(
        request=MeldingIn,
        responses={201: OntvangenUit, 200: OntvangenUit},
        description="Meld een geboorte. Dezelfde melding nog eens: 200, en er komt niets bij.",
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(MeldingIn)
        nu = clock.nu()
        melding = normaliseer(MeldingIn().als_rij(gegevens), vandaag=clock.dag_van(nu))
        if not isinstance(melding, Melding):  # only text that is empty once it is cleaned gets here
            raise Ongeldig([(_pad(fout.veld), fout.code, _("Dit is geen geldige waarde.")) for fout in melding])
        gebied = _gebied(request, melding.wijk)
        rij, nieuw = melding_ontvangen(gebied=gebied, melding=melding, door=request.user, nu=nu)
        return self.enkel(
            OntvangenUit(rij).data, rij, status=201 if nieuw else 200, Location=f"/api/v1/geboortemeldingen/{rij.pk}"
        )


class GeboortemeldingDetail(ApiView):
    rollen = {"GET": MELDERS}

    @extend_schema(responses=MeldingDetailUit, description="Een melding; een bron leest geen persoonsgegevens terug.")
    def get(self, request: Request, id: UUID) -> Response:
        melding = selectors.melding_voor(request.user, id)
        antwoord = self.enkel(*_detail(melding, request))
        gezin = selectors.gezin_van_melding(melding)
        if gezin is not None and antwoord.data["gegevens"]:
            inzage_vastleggen(gebruiker_id=request.user.pk, gezin_ids=[gezin.pk], waar="melding", nu=clock.nu())
        return antwoord


class Beoordeling(ApiView):
    rollen = {"POST": COORDINATOR}

    @extend_schema(request=BesluitIn, responses={200: MeldingDetailUit}, description="Beslis over een melding.")
    def post(self, request: Request, id: UUID) -> Response:
        melding = _op_slot(request, id)
        self.if_match(melding)
        gegevens = self.lees(BesluitIn)
        melding = melding_beoordelen(
            melding=melding,
            besluit=gegevens["besluit"],
            met=gegevens.get("met"),
            koppelen=gegevens.get("koppelen"),
            door=request.user,
            nu=clock.nu(),
        )
        return self.enkel(*_detail(melding, request))


class BeoordelingHerstel(ApiView):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=BesluitHerstelIn,
        responses={200: MeldingDetailUit},
        description="Neem een samenvoeging of afwijzing terug: de melding wacht weer op een besluit.",
    )
    def post(self, request: Request, id: UUID) -> Response:
        melding = _op_slot(request, id)
        self.if_match(melding)
        self.lees(BesluitHerstelIn)
        return self.enkel(*_detail(besluit_herstellen(melding=melding, door=request.user, nu=clock.nu()), request))


class Importparser(MultiPartParser):
    """A form with one file of at most 100 MB; Django streams what is large to disk."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        lengte = int(parser_context["request"].META.get("CONTENT_LENGTH") or 0)
        if lengte > settings.IMPORT_MAX_BYTES + _OMSLAG:
            raise TeGroot(_("Stuur ten hoogste 100 MB in één keer."))
        return super().parse(stream, media_type, parser_context)


class Geboorteimporten(ApiView):
    rollen = {"GET": MELDERS, "POST": MELDERS}
    vraag = op_volgorde(Lijstvraag, "begonnen_op")
    is_lijst = True
    parser_classes = [Importparser]

    @extend_schema(responses=ImportUit(many=True), description="Ingelezen bestanden, de nieuwste eerst.")
    def get(self, request: Request) -> Response:
        rijen = selectors.imports_zichtbaar_voor(request.user).order_by("-begonnen_op", "id")
        return self.bladzijde(rijen, in_een_keer(ImportUit))

    @extend_schema(
        request={"multipart/form-data": ImportIn},
        responses={202: ImportUit},
        description="Lees een bestand met meldingen in. `Location` zegt waar u de voortgang leest.",
    )
    def post(self, request: Request) -> Response:
        onbekend = [naam for naam in request.data if naam not in ("bestand", "proef")]
        if onbekend:
            raise Ongeldig([(naam[:60], "onbekendVeld", _("Dit veld kennen we niet.")) for naam in onbekend])
        invoer = ImportIn(data=request.data)
        invoer.is_valid(raise_exception=True)
        bestand, proef = invoer.validated_data["bestand"], invoer.validated_data["proef"]
        if bestand.size > settings.IMPORT_MAX_BYTES:
            raise TeGroot(_("Stuur ten hoogste 100 MB in één keer."))
        _weiger_wat_geen_csv_is(bestand)
        rij = import_beginnen(
            gebied=_gebied(request, ""),
            door=request.user,
            bestandsnaam=bestand.name or "",
            proef=proef,
            nu=clock.nu(),
            bestand=bestand,
        )
        # Robust: without a broker the import waits for the sweep, and the file is accepted all the same.
        transaction.on_commit(lambda: importeer.delay(str(rij.pk)), robust=True)
        return Response(ImportUit(rij).data, status=202, headers={"Location": f"/api/v1/geboorteimporten/{rij.pk}"})


class GeboorteimportDetail(ApiView):
    rollen = {"GET": MELDERS}

    @extend_schema(responses=ImportUit, description="Hoe ver een import is, en wat ervan werd.")
    def get(self, request: Request, id: UUID) -> Response:
        rij = selectors.imports_zichtbaar_voor(request.user).filter(pk=id).first()
        if rij is None:
            raise NietGevonden
        return self.enkel(ImportUit(rij).data, rij)


def _weiger_wat_geen_csv_is(bestand: Any) -> None:
    """Refuse at once what can be seen at once; a workbook is opened by the worker."""
    try:
        if bestand.read(4) != b"PK\x03\x04":
            next(records(bestand), None)
    except BestandGeweigerd as exc:
        raise Ongeldig([("bestand", exc.code, exc.tekst)]) from None
    bestand.seek(0)


def _op_slot(request: Request, id: UUID) -> Geboortemelding:
    rij = selectors.mag_beoordelen(request.user).select_for_update(of=("self",)).filter(pk=id).first()
    if rij is None:
        raise NietGevonden
    return rij


def _detail(melding: Geboortemelding, request: Request) -> tuple[Any, Geboortemelding]:
    melding.personalia = selectors.personalia(melding, request.user)  # type: ignore[attr-defined]
    return MeldingDetailUit(melding).data, melding


def _gebied(request: Request, wijk: str) -> Any:
    """Where this user's notices go: her one Gebied, or of several the one that has the wijk."""
    ids = request.user.bevoegdheid.gebied_ids(*MELDERS)
    return (gebied_van_wijk(wijk, uit=ids) if wijk and len(ids) > 1 else None) or min(
        gebieden_met_id(ids), key=lambda gebied: gebied.code
    )


def _pad(veld: str) -> str:
    if veld in ("geboortedatum", "voornaam", "achternaam"):
        return f"kind.{veld}"
    return veld

"""/bezoeken: the list, one visit, and everything that happens to it. Rights: the selectors; rules: the services."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from bezoeken.gezinnen.selectors import pasgeborenen_zichtbaar_voor
from bezoeken.kraambezoek import selectors
from bezoeken.kraambezoek.api import vormen
from bezoeken.kraambezoek.services.aanvaarden import bezoek_aanvaarden, bezoek_afwijzen
from bezoeken.kraambezoek.services.afronden import Log, bezoeken_afronden
from bezoeken.kraambezoek.services.afspraak import afspraak_maken
from bezoeken.kraambezoek.services.herstellen import bezoek_herstellen, inhaalbezoek_maken, venster_verplaatsen
from bezoeken.kraambezoek.services.poging import poging_vastleggen
from bezoeken.kraambezoek.services.sluiten import bezoek_sluiten, bezoek_weigeren
from bezoeken.kraambezoek.services.vergrendelen import bezoek_vergrendelen
from bezoeken.models import Bezoek
from bezoeken.toestand import Afsluitreden
from bezoeken.venster import Fase
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, op_volgorde
from ooievaar.platform.errors import Fout, NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.services.inzage import inzage_vastleggen

COORDINATOR = frozenset({"coordinator"})
ZIJ_OF_COORDINATOR = frozenset({"coordinator", "ooievaarsmoeder"})


class Bezoeken(ApiView):
    rollen = {"GET": ZIJ_OF_COORDINATOR, "POST": COORDINATOR}
    vraag = op_volgorde(vormen.BezoekenVraag, "venster_eind", "geboortedatum")
    is_lijst = True

    @extend_schema(responses=vormen.BezoekUit(many=True), description="De bezoeken die u mag zien.")
    def get(self, request: Request) -> Response:
        vraag = self.gevraagd
        velden = {
            "status": "status",
            "wijk": "wijk__code",
            "ooievaarsmoeder": "ooievaarsmoeder_id",
            "venster_eind_voor": "venster_eind__lt",
        }
        welke = selectors.zichtbaar_voor(request.user)
        welke &= Q(**{veld: vraag[naam] for naam, veld in velden.items() if naam in vraag})
        if "fase" in vraag:
            gebieden = request.user.bevoegdheid.gebied_ids("coordinator", "ooievaarsmoeder")
            welke &= selectors.van_fase(Fase(vraag["fase"]), vandaag=clock.vandaag(), gebied_ids=gebieden)
        rijen = selectors.rijen(welke).order_by("venster_eind", "id")
        vertaal = partial(selectors.vertaal, vandaag=clock.vandaag(), gebruiker=request.user)
        return self.bladzijde(rijen, lambda blad: [vertaal(rij) for rij in blad], telling=Bezoek.objects.filter(welke))

    @extend_schema(
        request=vormen.InhaalbezoekIn,
        responses={201: vormen.BezoekUit},
        description="Een inhaalbezoek met een eigen venster. Weigert met heeftBezoek.",
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(vormen.InhaalbezoekIn)
        if not pasgeborenen_zichtbaar_voor(request.user).filter(pk=gegevens["pasgeborene"]).exists():
            raise NietGevonden
        venster = gegevens["venster"]
        bezoek = inhaalbezoek_maken(
            pasgeborene_id=gegevens["pasgeborene"], begin=venster["begin"], eind=venster["eind"], nu=clock.nu()
        )
        return self.enkel(
            selectors.bezoek_uit(request.user, bezoek.pk), bezoek, status=201, Location=f"/api/v1/bezoeken/{bezoek.pk}"
        )


class EenBezoek(ApiView):
    """Base of everything about one visit: who may not see it gets 404, who has an old version 412."""

    def vergrendeld(self, bezoek_id: UUID) -> Bezoek:
        """The visit, visible to the asker and locked until the answer, with If-Match checked."""
        bezoek = bezoek_vergrendelen(bezoek_id=bezoek_id, zichtbaar=selectors.zichtbaar_voor(self.request.user))
        self.if_match(bezoek)
        return bezoek

    def bezoek(self, bezoek_id: UUID, *, status: int = 200) -> Response:
        """The visit as the asker sees it now, with its ETag; one query."""
        rij = selectors.rijen(Q(pk=bezoek_id)).get()
        data = selectors.vertaal(rij, vandaag=clock.vandaag(), gebruiker=self.request.user)
        return Response(data, status=status, headers={"ETag": f'"{rij["versie"]}"'})


class BezoekDetail(EenBezoek):
    rollen = {"GET": ZIJ_OF_COORDINATOR}

    @extend_schema(responses=vormen.BezoekUit, description="Eén bezoek.")
    def get(self, request: Request, bezoek_id: UUID) -> Response:
        bezoek = selectors.bezoek_voor(request.user, bezoek_id)
        antwoord = self.bezoek(bezoek_id)
        if antwoord.data["gezin"]:  # before she accepts there is nothing of a family in it
            inzage_vastleggen(gebruiker_id=request.user.pk, gezin_ids=[bezoek.gezin_id], waar="bezoek", nu=clock.nu())
        return antwoord


class Handeling(EenBezoek):
    """One thing that is done with a visit: read the body, lock, do it, answer with the visit."""

    invoer: ClassVar[type[Invoer]] = vormen.LeegIn

    def doe(self, bezoek_id: UUID, dienst: Callable[[dict[str, Any]], object], *, status: int = 200) -> Response:
        self.vergrendeld(bezoek_id)
        gegevens = self.lees(self.invoer)
        dienst(gegevens)
        return self.bezoek(bezoek_id, status=status)


class Aanvaarding(Handeling):
    rollen = {"POST": ZIJ_OF_COORDINATOR}

    @extend_schema(request=vormen.LeegIn, responses=vormen.BezoekUit, description="Zij neemt het bezoek aan.")
    def post(self, request: Request, bezoek_id: UUID) -> Response:
        return self.doe(bezoek_id, lambda _: bezoek_aanvaarden(bezoek_id=bezoek_id, nu=clock.nu()))


class Afwijzing(Handeling):
    rollen = {"POST": ZIJ_OF_COORDINATOR}
    invoer = vormen.AfwijzingIn

    @extend_schema(
        request=vormen.AfwijzingIn,
        responses={200: vormen.BezoekUit, 204: None},
        description="Zij kan dit bezoek niet doen. Het is weer open: 204 voor haar, 200 voor wie het nog mag zien.",
    )
    def post(self, request: Request, bezoek_id: UUID) -> Response:
        self.vergrendeld(bezoek_id)
        bezoek_afwijzen(bezoek_id=bezoek_id, reden=self.lees(self.invoer)["reden"], nu=clock.nu())
        if selectors.bezoeken_zichtbaar_voor(request.user).filter(pk=bezoek_id).exists():
            return self.bezoek(bezoek_id)
        return Response(status=204)


class AfspraakBijBezoek(Handeling):
    rollen = {"PUT": ZIJ_OF_COORDINATOR}
    invoer = vormen.AfspraakIn

    @extend_schema(
        request=vormen.AfspraakIn,
        responses=vormen.BezoekUit,
        description="Spreek een dag en tijd af, of verzet die. Weigert met dubbeleAfspraak, buitenBezoekuren.",
    )
    def put(self, request: Request, bezoek_id: UUID) -> Response:
        return self.doe(bezoek_id, lambda g: afspraak_maken(bezoek_id=bezoek_id, door=request.user, nu=clock.nu(), **g))


class Pogingen(Handeling):
    rollen = {"POST": ZIJ_OF_COORDINATOR}
    invoer = vormen.PogingIn

    @extend_schema(request=vormen.PogingIn, responses={201: vormen.BezoekUit}, description="Leg een poging vast.")
    def post(self, request: Request, bezoek_id: UUID) -> Response:
        return self.doe(
            bezoek_id,
            lambda g: poging_vastleggen(bezoek_id=bezoek_id, door=request.user, nu=clock.nu(), **g),
            status=201,
        )


class AfrondingVanBezoek(EenBezoek):
    rollen = {"POST": ZIJ_OF_COORDINATOR}

    @extend_schema(
        request=vormen.AfrondingIn,
        responses={201: vormen.BezoekUit, 200: vormen.BezoekUit},
        description="Leg het bezoek vast. Precies hetzelfde nog eens: 200. Iets anders: 409 alAfgerond.",
    )
    def post(self, request: Request, bezoek_id: UUID) -> Response:
        bezoek = self.vergrendeld(bezoek_id)
        log = Log(bezoek, vormen.afronding_van(self.lees(vormen.AfrondingIn)), door=request.user)
        [uitkomst] = bezoeken_afronden(logs=[log], nu=clock.nu())
        if isinstance(uitkomst, Fout):
            raise uitkomst
        return self.bezoek(bezoek_id, status=201 if uitkomst else 200)


class Weigering(Handeling):
    rollen = {"POST": ZIJ_OF_COORDINATOR}
    invoer = vormen.WeigeringIn

    @extend_schema(
        request=vormen.WeigeringIn,
        responses=vormen.BezoekUit,
        description="Het gezin wil dit bezoek niet. Bied eerst aan om de doos af te halen.",
    )
    def post(self, request: Request, bezoek_id: UUID) -> Response:
        return self.doe(bezoek_id, lambda g: bezoek_weigeren(bezoek_id=bezoek_id, nu=clock.nu(), **g))


class Sluiting(Handeling):
    rollen = {"POST": COORDINATOR}
    invoer = vormen.SluitingIn

    @extend_schema(request=vormen.SluitingIn, responses=vormen.BezoekUit, description="Sluit met een reden.")
    def post(self, request: Request, bezoek_id: UUID) -> Response:
        return self.doe(
            bezoek_id,
            lambda g: bezoek_sluiten(bezoek_id=bezoek_id, reden=Afsluitreden(g["afsluitreden"]), nu=clock.nu()),
        )


class Herstel(Handeling):
    rollen = {"POST": COORDINATOR}
    invoer = vormen.HerstelIn

    @extend_schema(
        request=vormen.HerstelIn,
        responses=vormen.BezoekUit,
        description="Open het bezoek weer. Er wordt niets vanzelf verstuurd.",
    )
    def post(self, request: Request, bezoek_id: UUID) -> Response:
        return self.doe(bezoek_id, lambda g: bezoek_herstellen(bezoek_id=bezoek_id, nu=clock.nu(), **g))


class VensterVanBezoek(Handeling):
    rollen = {"PUT": COORDINATOR}
    invoer = vormen.VensterIn

    @extend_schema(request=vormen.VensterIn, responses=vormen.BezoekUit, description="Verplaats het venster.")
    def put(self, request: Request, bezoek_id: UUID) -> Response:
        return self.doe(bezoek_id, lambda g: venster_verplaatsen(bezoek_id=bezoek_id, **g))

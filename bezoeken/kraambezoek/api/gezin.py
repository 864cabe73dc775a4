"""What a coordinator does with a family as a whole: write down a move, end the silence after a death."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from bezoeken.gezinnen.api import GezinUit
from bezoeken.gezinnen.selectors import gezin_uit, gezinnen_van_coordinator, gezinrijen
from bezoeken.herinneren.services import berichten_van_gezin_hervatten
from bezoeken.herinneringen import SOORTEN
from bezoeken.intake.normaliseren import postcode, schoon
from bezoeken.intake.serializers import AdresIn
from bezoeken.kraambezoek.api import vormen
from bezoeken.kraambezoek.api.bezoeken import COORDINATOR
from bezoeken.kraambezoek.services.herstellen import contact_hervatten
from bezoeken.kraambezoek.services.verhuizen import gezin_verhuizen
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Uitvoer
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.selectors.gezinnen import gezinnen_waarvoor
from ooievaar.services.gezinnen import gezin_vergrendelen
from ooievaar.services.inschrijven import Adres


class VerhuizingIn(Invoer):
    adres = AdresIn()


class VanGezin(ApiView):
    """Base: who may not see the family gets 404, who has an old version 412."""

    def vergrendel(self, gezin_id: UUID) -> None:
        if not gezinnen_waarvoor(gezinnen_van_coordinator(self.request.user)).filter(pk=gezin_id).exists():
            raise NietGevonden
        self.if_match(gezin_vergrendelen(gezin_id=gezin_id))

    def gezin(self, gezin_id: UUID) -> Response:
        """The family as it is now; after a move perhaps no longer in her reach, and then without ids of visits."""
        rij = gezinrijen(gezinnen_waarvoor(Q(pk=gezin_id)), gebruiker=self.request.user).get()
        return self.enkel(gezin_uit(rij, gebruiker=self.request.user), rij)


class Verhuizing(VanGezin):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=VerhuizingIn,
        responses=GezinUit,
        description="Het gezin woont ergens anders. Binnen het gebied gaat het bezoek mee: in een andere wijk is het "
        "weer open, zodat u opnieuw kunt toewijzen. Buiten het gebied sluit het als verhuisd en bewaren we het nieuwe "
        "adres niet. Een onbekende postcode in een van onze gemeenten: `wijk` is leeg tot u een verhuizing met "
        "`adres.wijk` stuurt. Herstel kan bij het bezoek.",
    )
    def post(self, request: Request, gezin_id: UUID) -> Response:
        self.vergrendel(gezin_id)
        adres = self.lees(VerhuizingIn)["adres"]
        tekst = {veld: schoon(adres.get(veld) or "") for veld in ("straat", "huisletter", "toevoeging", "woonplaats")}
        gezin_verhuizen(
            gezin_id=gezin_id,
            adres=Adres(huisnummer=adres["huisnummer"], postcode=postcode(adres["postcode"].strip()), **tekst),
            wijk_code=schoon(adres.get("wijk") or ""),
            nu=clock.nu(),
        )
        return self.gezin(gezin_id)


class BerichthervattingIn(Invoer):
    soorten = serializers.ListField(
        child=serializers.ChoiceField(sorted(SOORTEN)),
        required=False,
        default=list,
        max_length=len(SOORTEN),
        help_text="Alleen deze soorten; leeg: alles wat aan de beurt is.",
    )


class BerichthervattingUit(Uitvoer):
    berichten = serializers.ListField(child=serializers.UUIDField(), help_text="De berichten die nu weer wachten.")


class Berichthervatting(VanGezin):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=BerichthervattingIn,
        responses=BerichthervattingUit,
        description="Plan na een herstel opnieuw wat door de stop niet verstuurd is, voor zover het nog zin heeft. "
        "Zonder deze stap blijft het geannuleerd. Weigert met geenContact, koppelingOnbeslist.",
    )
    def post(self, request: Request, gezin_id: UUID) -> Response:
        self.vergrendel(gezin_id)
        gegevens = self.lees(BerichthervattingIn)
        berichten = berichten_van_gezin_hervatten(gezin_id=gezin_id, soorten=gegevens["soorten"], nu=clock.nu())
        return Response({"berichten": berichten})


class Contactherstel(VanGezin):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=vormen.HerstelIn,
        responses=GezinUit,
        description="Het gezin mag weer benaderd worden na een stilte. Er gaat niets vanzelf open en er wordt niets "
        "vanzelf verstuurd. Weigert met nietAfgesloten als het gezin niet stil was.",
    )
    def post(self, request: Request, gezin_id: UUID) -> Response:
        self.vergrendel(gezin_id)
        contact_hervatten(gezin_id=gezin_id, nu=clock.nu(), **self.lees(vormen.HerstelIn))
        return self.gezin(gezin_id)

"""/sjpruutcafes/{id}/...: invitations, sign-ups and attendance."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from bezoeken.gezinnen.selectors import gezinnen_zichtbaar_voor
from bezoeken.kraambezoek.api.vormen import LeegIn
from bezoeken.models import Cafeaanmelding, Sjpruutcafe
from bezoeken.sjpruutcafe.api import vormen
from bezoeken.sjpruutcafe.redenen import REDENEN
from bezoeken.sjpruutcafe.selectors import gasten as selectors
from bezoeken.sjpruutcafe.selectors.cafes import (
    cafes_beheerd_door,
    cafes_zichtbaar_voor,
    een_cafe,
    lijsten_zichtbaar_voor,
)
from bezoeken.sjpruutcafe.services.aanmelden import aanbod_aannemen, aanmelden, afmelden
from bezoeken.sjpruutcafe.services.aanwezig import Gast, aanwezigheid_vastleggen
from bezoeken.sjpruutcafe.services.uitnodigen import uitnodigen
from bezoeken.sjpruutcafe.services.voorstellen import voorgesteld
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView

COORDINATOR = frozenset({"coordinator"})
LIJST = frozenset({"coordinator", "gastvrouw"})
AANMELDERS = LIJST | {"ooievaarsmoeder"}


def via_van(gebruiker: Any) -> str:
    """As whom somebody signs a family up."""
    rollen = (
        ("coordinator", Cafeaanmelding.Via.COORDINATOR),
        ("gastvrouw", Cafeaanmelding.Via.GASTVROUW),
        ("ooievaarsmoeder", Cafeaanmelding.Via.TELEFOON),
    )
    return next(via.value for rol, via in rollen if gebruiker.bevoegdheid.heeft(rol))


class _BijCafe(ApiView):
    def lijst_van(self, cafe_id: UUID) -> Sjpruutcafe:
        """A café of which the asker may see the list. Raises NietGevonden."""
        return een_cafe(lijsten_zichtbaar_voor(self.request.user, nu=clock.nu()), cafe_id)

    def rij(self, cafe_id: UUID, aanmelding_id: UUID) -> Cafeaanmelding:
        """A sign-up that the asker may change: of a list she sees, or of a family that is hers. Raises NietGevonden."""
        rij = Cafeaanmelding.objects.filter(pk=aanmelding_id, cafe_id=cafe_id).first()
        if rij is None:
            raise NietGevonden
        van_lijst = lijsten_zichtbaar_voor(self.request.user, nu=clock.nu()).filter(pk=cafe_id).exists()
        if not van_lijst and not gezinnen_zichtbaar_voor(self.request.user).filter(pk=rij.gezin_id).exists():
            raise NietGevonden
        self.if_match(rij)
        return rij


class Uitnodigingen(_BijCafe):
    rollen = {"POST": COORDINATOR}
    kent_if_match = False

    @extend_schema(
        request=vormen.UitnodigingenIn,
        responses={201: vormen.UitnodigingenUit},
        description="Nodig uit voor dit café wie nu aan de beurt is, of de gezinnen die u noemt. `proef` zegt alleen "
        "wie. Toestemming, stops, één per week en de vierde verjaardag gelden altijd.",
    )
    def post(self, request: Request, cafe_id: UUID) -> Response:
        cafe = een_cafe(cafes_beheerd_door(request.user).select_related("plaats__wijk"), cafe_id)
        gegevens = self.lees(vormen.UitnodigingenIn)
        gevraagd = gegevens.get("gezinnen")
        gezien = gezinnen_zichtbaar_voor(request.user)
        wie = None if gevraagd is None else set(gezien.filter(pk__in=gevraagd).values_list("pk", flat=True))
        nu = clock.nu()
        met_de_hand = wie is not None
        voorstel = voorgesteld(cafe.gebied_id, nu=nu, cafes=[cafe], gezin_ids=wie, met_de_hand=met_de_hand)
        genood = [k.gezin_id for k, _cafe in voorstel.gekozen]
        if not gegevens["proef"] and genood:
            rijen = uitnodigen(cafe.gebied_id, voorstel, nu=nu, met_de_hand=met_de_hand)
            genood = [rij.gezin_id for rij in rijen]
        zichtbaar = set(gezien.filter(pk__in=genood).values_list("pk", flat=True))
        uit = {
            "proef": gegevens["proef"],
            "uitgenodigd": [pk for pk in genood if pk in zichtbaar],
            "aantal": len(genood),
            "overgeslagen": [
                {"reden": reden, "tekst": str(REDENEN[reden]), "aantal": aantal}
                for reden, aantal in sorted(voorstel.overgeslagen.items())
            ],
        }
        return Response(vormen.UitnodigingenUit(uit).data, status=201)


class Aanmeldingen(_BijCafe):
    rollen = {"GET": LIJST, "POST": AANMELDERS}
    vraag = vormen.AanmeldingenVraag
    is_lijst = True
    kent_if_match = False

    @extend_schema(responses=vormen.GastUit(many=True), description="De lijst, op volgorde van aanmelden.")
    def get(self, request: Request, cafe_id: UUID) -> Response:
        cafe = self.lijst_van(cafe_id)
        rijen = Cafeaanmelding.objects.filter(cafe=cafe).order_by("volgnummer")
        if "status" in self.gevraagd:
            rijen = rijen.filter(status=self.gevraagd["status"])
        return self.bladzijde(rijen, lambda deel: list(vormen.GastUit(selectors.met_namen(list(deel)), many=True).data))

    @extend_schema(
        request=vormen.AanmeldingIn,
        responses={201: vormen.AanmeldingUit, 200: vormen.AanmeldingUit},
        description="Meld een gezin aan. Is het vol, dan op de wachtlijst. Hetzelfde gezin nog eens: het eerste "
        "antwoord.",
    )
    def post(self, request: Request, cafe_id: UUID) -> Response:
        nu = clock.nu()
        cafe = een_cafe(cafes_zichtbaar_voor(request.user), cafe_id)
        gegevens = self.lees(vormen.AanmeldingIn)
        gezin_id = gegevens.pop("gezin")
        if not selectors.mag_aanmelden(request.user, cafe, gezin_id, nu=nu):
            raise NietGevonden
        rij, nieuw = aanmelden(cafe_id=cafe_id, gezin_id=gezin_id, via=via_van(request.user), nu=nu, **gegevens)
        return self.enkel(vormen.AanmeldingUit(rij).data, rij, status=201 if nieuw else 200)


class EenAanmelding(_BijCafe):
    rollen = {"DELETE": AANMELDERS}

    @extend_schema(responses={204: None}, description="Dit gezin komt niet. De plek gaat naar wie wacht.")
    def delete(self, request: Request, cafe_id: UUID, aanmelding_id: UUID) -> Response:
        rij = self.rij(cafe_id, aanmelding_id)
        afmelden(cafe_id=cafe_id, gezin_id=rij.gezin_id, nu=clock.nu())
        return Response(status=204)


class Aanname(_BijCafe):
    rollen = {"POST": AANMELDERS}

    @extend_schema(
        request=LeegIn,
        responses=vormen.AanmeldingUit,
        description="Dit gezin neemt de plek die voor hen wordt vastgehouden. Te laat: geenAanbod.",
    )
    def post(self, request: Request, cafe_id: UUID, aanmelding_id: UUID) -> Response:
        rij = self.rij(cafe_id, aanmelding_id)
        self.lees(LeegIn)
        rij = aanbod_aannemen(cafe_id=cafe_id, gezin_id=rij.gezin_id, nu=clock.nu())
        rij.refresh_from_db()
        return self.enkel(vormen.AanmeldingUit(rij).data, rij)


class Aanwezigheid(_BijCafe):
    rollen = {"GET": LIJST, "PUT": LIJST}

    @extend_schema(responses=vormen.AanwezigheidUit, description="Wie er kwam.")
    def get(self, request: Request, cafe_id: UUID) -> Response:
        return self._uit(self.lijst_van(cafe_id))

    @extend_schema(
        request=vormen.AanwezigheidIn,
        responses=vormen.AanwezigheidUit,
        description="Leg vast wie er kwam: gezinnen van de lijst, en inloop zonder gezin. Vervangt wat er stond.",
    )
    def put(self, request: Request, cafe_id: UUID) -> Response:
        cafe = self.lijst_van(cafe_id)
        self.if_match(cafe)
        gegevens = self.lees(vormen.AanwezigheidIn)
        gasten = [Gast(g.get("gezin"), g["gekomen"], g["volwassenen"], g["kinderen"]) for g in gegevens["gasten"]]
        genoemd = {g.gezin_id for g in gasten if g.gezin_id is not None}
        hers = gezinnen_zichtbaar_voor(request.user).filter(pk__in=genoemd, gebied_id=cafe.gebied_id)
        bekend = selectors.gezinnen_bij(cafe) | set(hers.values_list("pk", flat=True))
        cafe = aanwezigheid_vastleggen(cafe_id=cafe_id, gasten=gasten, bekend=bekend, nu=clock.nu())
        cafe.refresh_from_db()
        return self._uit(cafe)

    def _uit(self, cafe: Sjpruutcafe) -> Response:
        gasten = selectors.aanwezigen_van(cafe)
        uit = {
            "ingevuld_op": cafe.aanwezigheid_op,
            "gasten": gasten,
            "volwassenen": sum(g.volwassenen for g in gasten),
            "kinderen": sum(g.kinderen for g in gasten),
        }
        return self.enkel(vormen.AanwezigheidUit(uit).data, cafe)

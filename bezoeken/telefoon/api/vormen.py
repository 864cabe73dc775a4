"""What goes in and out of a phone, in the shapes of api.md. `gegevens` is the body of the call of the same name."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from django.utils.translation import gettext as _
from rest_framework import serializers

from bezoeken.gezinnen.api import GezinUit, PasgeboreneUit
from bezoeken.kraambezoek.api import vormen
from bezoeken.kraambezoek.services.afronden import Afronding, Doos, voucher_sporen
from bezoeken.models import Handeling
from bezoeken.sjop.api import SjopaanvraagIn
from bezoeken.sjpruutcafe.api.vormen import AANMELDSTATUSSEN, AanmeldingIn
from bezoeken.telefoon.fouten import veldfouten
from bezoeken.telefoon.oordeel import Ontvangen, Status
from bezoeken.telefoon.selectors import AFGESLOTEN, GESTOPT, OVERGEDRAGEN
from bezoeken.veiligheid.api.vormen import IncheckIn, IncheckUit, MaatregelUit
from ooievaar.platform.casing import Invoer, Momentveld, Uitvoer, Vraag
from ooievaar.platform.errors import Ongeldig, TeGroot
from ooievaar.platform.problems import veldfouten as platte_fouten
from voorraad.api.boeken import StandUit

TEN_HOOGSTE = 200
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# What is kept for a person without a schema of its own: enough for any form, too little to fill a disk with.
_LOS_BYTES = 4_000


class OverlijdenIn(Invoer):
    pasgeborene = serializers.UUIDField()


class CafeAanmeldingIn(AanmeldingIn):
    sjpruutcafe = serializers.UUIDField()


class LosIn(serializers.Serializer):
    """A request whose room is not built: any object, kept for the coordinator as it came."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping) or len(orjson.dumps(data)) > _LOS_BYTES:
            raise serializers.ValidationError(_("Dit is geen geldige waarde."))
        return dict(data)


class BewaardeDoosIn(vormen.DoosIn):
    """A box as it was kept while it waited: the traces of the voucher's code instead of the code."""

    voucher_hash = serializers.CharField(required=False)
    voucher_einde = serializers.CharField(required=False)


class BewaardeAfrondingIn(vormen.AfrondingIn):
    dozen = serializers.ListField(child=BewaardeDoosIn(), max_length=10)


Soort = Handeling.Soort
_VORMEN: dict[str, type[serializers.Serializer]] = {
    Soort.AANVAARDING: vormen.LeegIn,
    Soort.AFWIJZING: vormen.AfwijzingIn,
    Soort.POGING: vormen.PogingIn,
    Soort.AFSPRAAK: vormen.AfspraakIn,
    Soort.AFRONDING: vormen.AfrondingIn,
    Soort.WEIGERING: vormen.WeigeringIn,
    Soort.OVERLIJDEN: OverlijdenIn,
    Soort.INCHECK: IncheckIn,
    Soort.UITCHECK: vormen.LeegIn,
    Soort.SJOPAANVRAAG: SjopaanvraagIn,
    Soort.DOORVERWIJZING: LosIn,
    Soort.CAFE_AANMELDING: CafeAanmeldingIn,
}
_ZONDER_BEZOEK = frozenset({Soort.OVERLIJDEN, Soort.SJOPAANVRAAG, Soort.DOORVERWIJZING, Soort.CAFE_AANMELDING})


class HandelingIn(Invoer):
    id = serializers.UUIDField(help_text="Gemaakt op de telefoon; dezelfde id is dezelfde handeling.")
    soort = serializers.ChoiceField(Soort.choices)
    bezoek = serializers.UUIDField(
        allow_null=True, required=False, help_text="Leeg kan bij overlijden, sjopaanvraag, doorverwijzing en café."
    )
    moment = Momentveld(help_text="Wanneer zij dit deed, volgens de klok van de telefoon.")
    gegevens = serializers.DictField(
        required=False, help_text="De inhoud van de aanroep met dezelfde naam; bij overlijden `pasgeborene`."
    )


class HandelingenIn(Invoer):
    handelingen = HandelingIn(many=True, help_text="Ten hoogste 200, op volgorde.")


class OordeelUit(Uitvoer):
    id = serializers.UUIDField()
    status = serializers.ChoiceField([s.value for s in Status])
    code = serializers.CharField(required=False, help_text="Bij geparkeerd en geweigerd: waarom.")
    detail = serializers.CharField(required=False, help_text="Hetzelfde in gewone taal.")


class OordelenUit(Uitvoer):
    resultaten = OordeelUit(many=True)
    cursor = serializers.CharField()


class SynchronisatieVraag(Vraag):
    sinds = serializers.CharField(
        required=False, help_text="De cursor van de vorige keer. Kennen we hem niet, dan is het of u er geen gaf."
    )


class VerwijderdUit(Uitvoer):
    id = serializers.UUIDField()
    soort = serializers.ChoiceField(["bezoek", "gezin", "pasgeborene"])
    reden = serializers.ChoiceField([OVERGEDRAGEN, GESTOPT, AFGESLOTEN])


class CafelijstplekUit(Uitvoer):
    gezin = serializers.UUIDField(source="gezin_id")
    status = serializers.ChoiceField(AANMELDSTATUSSEN)
    volwassenen = serializers.IntegerField()
    kinderen = serializers.IntegerField()


class CafeOpTelefoonUit(Uitvoer):
    id = serializers.UUIDField()
    begin = serializers.DateTimeField()
    duur_minuten = serializers.IntegerField()
    plaats = serializers.CharField(source="plaats.naam")
    adres = serializers.CharField(source="plaats.adres")
    thema = serializers.CharField(source="get_thema_display", help_text="In woorden.")
    vol = serializers.BooleanField(help_text="Wie zich nu aanmeldt, komt op de wachtlijst.")
    aanmeldingen = CafelijstplekUit(many=True, source="van_haar", help_text="Van de gezinnen op deze telefoon.")


class BezoekOpTelefoonUit(vormen.BezoekUit):
    afgesloten_op = serializers.DateTimeField(allow_null=True, help_text="Na `adresDagen` moet de telefoon het wissen.")
    maatregelen = MaatregelUit(many=True, help_text="Wat zij moet doen voor haar veiligheid. Nooit de reden.")
    incheck = IncheckUit(allow_null=True, help_text="Zolang zij binnen is.")


class InhoudUit(Uitvoer):
    bezoeken = BezoekOpTelefoonUit(many=True)
    gezinnen = GezinUit(many=True)
    pasgeborenen = PasgeboreneUit(many=True)
    dozen = StandUit(many=True)
    sjpruutcafes = CafeOpTelefoonUit(many=True, help_text="De komende, die zij kan aanbieden.")
    verwijderd = VerwijderdUit(many=True)
    cursor = serializers.CharField(help_text="Geef deze de volgende keer als `sinds`.")


def lees_handelingen(body: Any) -> list[Ontvangen]:
    """The Handelingen of a request. Raises Ongeldig for a broken envelope or an id that is none, TeGroot for too many.

    Whatever else is wrong with one of them is its own `fout`, and no concern of the others.
    """
    rijen = body.get("handelingen") if isinstance(body, Mapping) else None
    if not isinstance(rijen, list):
        raise Ongeldig([("handelingen", "verplicht", _("Geef een lijst met handelingen."))])
    if len(rijen) > TEN_HOOGSTE:
        raise TeGroot(_("Stuur ten hoogste 200 handelingen in één keer."))
    fouten: list[tuple[str, str, Any]] = [
        (str(naam)[:60].replace("\x00", ""), "onbekendVeld", _("Dit veld kennen we niet."))
        for naam in body
        if naam != "handelingen"
    ]
    for nummer, rij in enumerate(rijen):
        if not isinstance(rij, Mapping):
            fouten.append((f"handelingen.{nummer}", "ongeldig", _("Dit is geen handeling.")))
        elif "id" not in rij:
            fouten.append((f"handelingen.{nummer}.id", "verplicht", _("Geef elke handeling een id.")))
        elif not isinstance(rij["id"], str) or not _ID.fullmatch(rij["id"]):
            fouten.append((f"handelingen.{nummer}.id", "ongeldig", _("Dit is geen UUID.")))
    if fouten:
        raise Ongeldig(fouten)
    lezer = _Lezer()
    return [lezer.lees(rij) for rij in rijen]


class _Lezer:
    """Reads many Handelingen with one serializer of each kind: making one costs more than using it."""

    def __init__(self) -> None:
        self._handeling = HandelingIn()
        self._per_soort: dict[str, serializers.Serializer] = {}

    def lees(self, rij: Mapping[str, Any]) -> Ontvangen:
        id_ = UUID(rij["id"])
        zonder_id = {naam: waarde for naam, waarde in rij.items() if naam != "id"}
        inhoud = orjson.dumps(zonder_id, option=orjson.OPT_SORT_KEYS).decode()
        try:
            waarden = self._handeling.run_validation(rij)
            soort, bezoek_id = waarden["soort"], waarden.get("bezoek")
            if bezoek_id is None and soort not in _ZONDER_BEZOEK:
                raise serializers.ValidationError({"bezoek": _("Geef het bezoek.")})
            ruw = rij.get("gegevens", {})
            if "\\u0000" in inhoud:  # PostgreSQL keeps no null character
                raise serializers.ValidationError({"gegevens": _("Dit is geen geldige waarde.")})
            gegevens = self._gegevens(soort, ruw)
        except serializers.ValidationError as exc:
            return Ontvangen(id_, inhoud, fout=veldfouten(platte_fouten(exc.detail)))
        return Ontvangen(id_, inhoud, "", soort, bezoek_id, waarden["moment"], gegevens, bewaarbaar(ruw))

    def _gegevens(self, soort: str, ruw: Mapping[str, Any]) -> Any:
        if soort not in self._per_soort:
            self._per_soort[soort] = _VORMEN[soort]()
        try:
            waarden = self._per_soort[soort].run_validation(ruw)
        except serializers.ValidationError as exc:
            raise serializers.ValidationError({"gegevens": exc.detail}) from None
        return vormen.afronding_van(waarden) if soort == Soort.AFRONDING else waarden


def bewaarbaar(gegevens: Mapping[str, Any]) -> dict[str, Any]:
    """The content as it may be kept: of a voucher's code only its traces, for the code is money."""
    kopie = copy.deepcopy(dict(gegevens))
    dozen = kopie.get("dozen")
    for doos in dozen if isinstance(dozen, list) else []:
        if isinstance(doos, dict) and "vouchercode" in doos:
            hash_, einde = voucher_sporen(str(doos.pop("vouchercode")))
            if hash_:
                doos |= {"voucherHash": hash_, "voucherEinde": einde}
    return kopie


def bewaarde_gegevens(soort: str, gegevens: Mapping[str, Any]) -> Any:
    """What the service of this soort takes, from content that was kept. Raises ValidationError."""
    if soort != Soort.AFRONDING:
        return _VORMEN[soort]().run_validation(gegevens)
    waarden = BewaardeAfrondingIn().run_validation(gegevens)
    dozen = [Doos(d["pasgeborene"], "", _sporen(d)) for d in waarden.pop("dozen")]
    return Afronding(dozen=dozen, **waarden)


def _sporen(doos: Mapping[str, Any]) -> tuple[str, str] | None:
    return (doos["voucher_hash"], doos["voucher_einde"]) if "voucher_hash" in doos else None

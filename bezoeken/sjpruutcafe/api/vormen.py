"""What goes in and out about the Sjpruutcafés, in the style of api.md."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from bezoeken.gastenlijst import ACTIEF, Aanmeldstatus
from bezoeken.models import WORKSHOPS, Cafeaanmelding, Sjpruutcafe, Thema
from ooievaar.platform.casing import Dagveld, Invoer, Kloktijd, Lijstvraag, Momentveld, Uitvoer

_MEEST = 500  # chairs in one café: more is a typing error
AANMELDSTATUSSEN = [status.value for status in Aanmeldstatus]
OP_DE_LIJST = sorted(status.value for status in ACTIEF)


class CafesVraag(Lijstvraag):
    vanaf = Momentveld(required=False, help_text="Cafés die op of na dit moment beginnen; zonder: vanaf nu.")
    tot = Momentveld(required=False, help_text="Cafés die voor dit moment beginnen.")
    status = serializers.ChoiceField(Sjpruutcafe.Status.choices, required=False)
    thema = serializers.ChoiceField(Thema.choices, required=False)
    wijk = serializers.CharField(required=False, max_length=8, help_text="CBS-code van de wijk waar het is.")
    reeks = serializers.UUIDField(required=False)


class CafeIn(Invoer):
    begin = Momentveld(help_text="Wordt een dag en een tijd op de klok in Amsterdam.")
    duur_minuten = serializers.IntegerField(min_value=15, max_value=480, default=120)
    plaats = serializers.CharField(
        max_length=100, help_text="De naam of de id van een plek; een nieuwe naam maakt een nieuwe plek."
    )
    thema = serializers.ChoiceField(Thema.choices)
    capaciteit_volwassenen = serializers.IntegerField(min_value=1, max_value=_MEEST)
    capaciteit_kinderen = serializers.IntegerField(min_value=0, max_value=_MEEST)
    gastvrouwen = serializers.ListField(
        child=serializers.CharField(max_length=150), max_length=20, required=False, help_text="Gebruikersnamen."
    )
    gebied = serializers.SlugField(required=False, help_text="Alleen nodig voor wie meer gebieden heeft.")


class CafeWijzigen(Invoer):
    begin = Momentveld(required=False)
    duur_minuten = serializers.IntegerField(min_value=15, max_value=480, required=False)
    plaats = serializers.CharField(max_length=100, required=False)
    thema = serializers.ChoiceField(Thema.choices, required=False)
    capaciteit_volwassenen = serializers.IntegerField(min_value=1, max_value=_MEEST, required=False)
    capaciteit_kinderen = serializers.IntegerField(min_value=0, max_value=_MEEST, required=False)
    gastvrouwen = serializers.ListField(child=serializers.CharField(max_length=150), max_length=20, required=False)


class ReeksIn(Invoer):
    eerste_dag = Dagveld()
    laatste_dag = Dagveld(help_text="Tot en met deze dag, hooguit een jaar later.")
    weken = serializers.IntegerField(min_value=1, max_value=12, default=1, help_text="Om de hoeveel weken.")
    tijd = Kloktijd(help_text="Op de klok in Amsterdam, zoals 10:00.")
    duur_minuten = serializers.IntegerField(min_value=15, max_value=480, default=120)
    plaats = serializers.CharField(max_length=100)
    thema = serializers.ChoiceField(Thema.choices)
    capaciteit_volwassenen = serializers.IntegerField(min_value=1, max_value=_MEEST)
    capaciteit_kinderen = serializers.IntegerField(min_value=0, max_value=_MEEST)
    gastvrouwen = serializers.ListField(child=serializers.CharField(max_length=150), max_length=20, required=False)
    gebied = serializers.SlugField(required=False)


class ReeksUit(Uitvoer):
    id = serializers.UUIDField()
    eerste_dag = serializers.DateField()
    laatste_dag = serializers.DateField()
    weken = serializers.IntegerField()
    tijd = Kloktijd()
    sjpruutcafes = serializers.ListField(child=serializers.UUIDField(), source="cafe_ids")


class CafeUit(Uitvoer):
    id = serializers.UUIDField()
    begin = serializers.DateTimeField()
    dag = serializers.DateField(help_text="De dag in Amsterdam.")
    tijd = Kloktijd(help_text="De tijd op de klok in Amsterdam.")
    duur_minuten = serializers.IntegerField()
    plaats = serializers.CharField(source="plaats.naam")
    adres = serializers.CharField(source="plaats.adres")
    cafeplaats = serializers.UUIDField(source="plaats_id")
    wijk = serializers.CharField(source="plaats.wijk.code", allow_null=True, default=None)
    thema = serializers.ChoiceField(Thema.choices)
    workshop = serializers.SerializerMethodField()
    status = serializers.ChoiceField(Sjpruutcafe.Status.choices)
    capaciteit_volwassenen = serializers.IntegerField()
    capaciteit_kinderen = serializers.IntegerField()
    vrij_volwassenen = serializers.SerializerMethodField("get_vrij_volwassenen")
    vrij_kinderen = serializers.SerializerMethodField("get_vrij_kinderen")
    aangemeld = serializers.SerializerMethodField("get_aangemeld", help_text="Gezinnen met een plek.")
    wachtlijst = serializers.SerializerMethodField("get_wachtlijst", help_text="Gezinnen die wachten.")
    uitgenodigd = serializers.SerializerMethodField("get_uitgenodigd", help_text="Gezinnen.")
    gekomen_volwassenen = serializers.SerializerMethodField("get_gekomen_volwassenen")
    gekomen_kinderen = serializers.SerializerMethodField("get_gekomen_kinderen")
    reeks = serializers.UUIDField(source="reeks_id", allow_null=True)
    gastvrouwen = serializers.ListField(child=serializers.CharField(), source="gastvrouwnamen")

    def _getal(self, cafe: Any, waarde: int) -> int | None:
        """A count, for who may see how many signed up."""
        return waarde if self.context.get("aantallen") else None

    def get_workshop(self, cafe: Any) -> bool:
        return cafe.thema in WORKSHOPS

    def get_vrij_volwassenen(self, cafe: Any) -> int | None:
        return self._getal(cafe, cafe.capaciteit_volwassenen - cafe.bezet_volwassenen)

    def get_vrij_kinderen(self, cafe: Any) -> int | None:
        return self._getal(cafe, cafe.capaciteit_kinderen - cafe.bezet_kinderen)

    def get_aangemeld(self, cafe: Any) -> int | None:
        return self._getal(cafe, cafe.aangemeld)

    def get_wachtlijst(self, cafe: Any) -> int | None:
        return self._getal(cafe, cafe.wachtlijst)

    def get_uitgenodigd(self, cafe: Any) -> int | None:
        return self._getal(cafe, cafe.uitgenodigd)

    def get_gekomen_volwassenen(self, cafe: Any) -> int | None:
        return self._getal(cafe, cafe.gekomen_volwassenen)

    def get_gekomen_kinderen(self, cafe: Any) -> int | None:
        return self._getal(cafe, cafe.gekomen_kinderen)


class AanmeldingIn(Invoer):
    gezin = serializers.UUIDField()
    volwassenen = serializers.IntegerField(min_value=1, max_value=20, default=1)
    kinderen = serializers.IntegerField(min_value=0, max_value=20, default=1)


class AanmeldingUit(Uitvoer):
    id = serializers.UUIDField()
    gezin = serializers.UUIDField(source="gezin_id")
    status = serializers.ChoiceField(AANMELDSTATUSSEN)
    volwassenen = serializers.IntegerField()
    kinderen = serializers.IntegerField()
    volgnummer = serializers.IntegerField(help_text="De volgorde van aanmelden.")
    aangemeld_via = serializers.ChoiceField(Cafeaanmelding.Via.choices, source="via")
    aangemeld_op = serializers.DateTimeField()
    aangeboden_tot = serializers.DateTimeField(allow_null=True, help_text="Zolang wordt een plek vastgehouden.")


class GastUit(AanmeldingUit):
    namen = serializers.ListField(child=serializers.CharField(), help_text="Voornamen van de kinderen.")


class AanmeldingenVraag(Lijstvraag):
    status = serializers.ChoiceField(AANMELDSTATUSSEN, required=False)


class UitnodigingenIn(Invoer):
    gezinnen = serializers.ListField(
        child=serializers.UUIDField(), max_length=200, required=False, help_text="Zonder: wie nu aan de beurt is."
    )
    proef = serializers.BooleanField(default=False, help_text="Zegt alleen wie een uitnodiging zou krijgen.")


class OvergeslagenUit(Uitvoer):
    reden = serializers.CharField()
    tekst = serializers.CharField()
    aantal = serializers.IntegerField()


class UitnodigingenUit(Uitvoer):
    proef = serializers.BooleanField()
    uitgenodigd = serializers.ListField(child=serializers.UUIDField(), help_text="Gezinnen die u mag zien.")
    aantal = serializers.IntegerField()
    overgeslagen = OvergeslagenUit(many=True)


class CafegastIn(Invoer):
    gezin = serializers.UUIDField(required=False, allow_null=True, help_text="Leeg: inloop, niet bij ons bekend.")
    gekomen = serializers.BooleanField(default=True)
    volwassenen = serializers.IntegerField(min_value=0, max_value=20, default=0)
    kinderen = serializers.IntegerField(min_value=0, max_value=20, default=0)


class AanwezigheidIn(Invoer):
    gasten = serializers.ListField(child=CafegastIn(), max_length=200, help_text="Alles; wat er stond, vervalt.")


class CafegastUit(Uitvoer):
    gezin = serializers.UUIDField(source="gezin_id", allow_null=True)
    gekomen = serializers.BooleanField()
    volwassenen = serializers.IntegerField()
    kinderen = serializers.IntegerField()


class AanwezigheidUit(Uitvoer):
    ingevuld_op = serializers.DateTimeField(allow_null=True)
    gasten = CafegastUit(many=True)
    volwassenen = serializers.IntegerField()
    kinderen = serializers.IntegerField()


class PlaatsWijzigen(Invoer):
    naam = serializers.CharField(max_length=100, required=False)
    adres = serializers.CharField(max_length=150, required=False, allow_blank=True)
    wijk = serializers.CharField(max_length=8, required=False, allow_null=True, help_text="CBS-code.")
    lengtegraad = serializers.FloatField(min_value=-180, max_value=180, required=False, allow_null=True)
    breedtegraad = serializers.FloatField(min_value=-90, max_value=90, required=False, allow_null=True)
    actief = serializers.BooleanField(required=False)


class PlaatsIn(PlaatsWijzigen):
    naam = serializers.CharField(max_length=100)
    gebied = serializers.SlugField(required=False)


class PlaatsUit(Uitvoer):
    id = serializers.UUIDField()
    naam = serializers.CharField()
    adres = serializers.CharField()
    wijk = serializers.CharField(source="wijk.code", allow_null=True, default=None)
    lengtegraad = serializers.FloatField(allow_null=True)
    breedtegraad = serializers.FloatField(allow_null=True)
    actief = serializers.BooleanField()


class FeedIn(Invoer):
    naam = serializers.CharField(max_length=100, help_text="Voor wie, zoals: balie bibliotheek.")
    gebied = serializers.SlugField(required=False)


class FeedUit(Uitvoer):
    id = serializers.UUIDField()
    naam = serializers.CharField()
    gemaakt_op = serializers.DateTimeField()


class NieuweFeedUit(FeedUit):
    adres = serializers.CharField(help_text="De link voor een agenda. Die tonen we maar één keer.")

"""Serializers that speak camelCase outside and snake_case inside, and take nothing they do not know.

A field is declared as `tolk_nodig` and is `tolkNodig` in JSON, in the OpenAPI document and in `invalidParams`: the
name is translated once, when the serializer is built, so no answer pays for it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail


def camel(naam: str) -> str:
    """`tolk_nodig` -> `tolkNodig`; a trailing underscore (import_) is dropped."""
    eerste, *rest = naam.rstrip("_").split("_")
    return eerste + "".join(deel.capitalize() for deel in rest)


class Uitvoer(serializers.Serializer):
    """What goes out. Only translates: no rules, no `create()`."""

    def get_fields(self) -> dict[str, serializers.Field]:
        velden = {}
        for naam, veld in super().get_fields().items():
            extern = camel(naam)
            if veld.source is None and extern != naam:
                veld.source = naam
            velden[extern] = veld
        return velden


class Vraag(Uitvoer):
    """The query keys that a GET knows; `ApiView` refuses all others. Values are text, so types are not checked here."""


class Getalveld(serializers.IntegerField):
    """A whole number in plain digits: the framework would also take `1.0` and digits of other scripts."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, str) and not _GETAL.fullmatch(data):
            self.fail("invalid")
        return super().to_internal_value(data)


class Lijstvraag(Vraag):
    """A page of a list: `page` from 1, `pageSize` from 1 to 100."""

    page = Getalveld(min_value=1, default=1, help_text=_("Bladzijde, vanaf 1."))
    page_size = Getalveld(
        min_value=1, max_value=100, default=25, help_text=_("Aantal rijen per bladzijde, ten hoogste 100.")
    )


class Volgorde(serializers.ChoiceField):
    """What to order a list by, as the columns of `order_by`: `naam`, or `-naam` the other way round; ties by key."""

    def __init__(self, velden: Mapping[str, str]) -> None:
        self.kolommen = {camel(naam): kolom for naam, kolom in velden.items()}
        keuzes = [f"{richting}{naam}" for naam in self.kolommen for richting in ("", "-")]
        super().__init__(keuzes, required=False, help_text=_("Waarop de lijst staat; met een - ervoor andersom."))

    def to_internal_value(self, data: Any) -> tuple[str, str]:  # type: ignore[override]
        keuze = super().to_internal_value(data)
        kolom = self.kolommen[keuze.removeprefix("-")]
        return f"-{kolom}" if keuze.startswith("-") else kolom, "pk"


def op_volgorde(vraag: type[Lijstvraag], *velden: str, **elders: str) -> type[Lijstvraag]:
    """The same question with `ordering`: by one of these names of the answer; `elders` are in a column of another name.

    Who does not ask gets the order that the list says of itself. `ApiView.bladzijde` follows it.
    """
    soort: Any = type(vraag)
    volgorde = Volgorde({naam: naam for naam in velden} | elders)
    met_volgorde: type[Lijstvraag] = soort(vraag.__name__, (vraag,), {"ordering": volgorde})
    return met_volgorde


class Datumveld(serializers.DateField):
    """A date as yyyy-mm-dd and nothing else: the framework would also take 20260930 and 2026-W40-3."""

    def to_internal_value(self, value: Any) -> datetime.date:
        if isinstance(value, str) and not _DATUM.fullmatch(value):
            self.fail("invalid", format="jjjj-mm-dd")
        return super().to_internal_value(value)


class Dagveld(Datumveld):
    """A day that rules will count from; its bounds keep what they add within Python's calendar, which has an end."""

    default_error_messages = {"buiten_kalender": _("Deze datum kan niet kloppen.")}

    def to_internal_value(self, value: Any) -> datetime.date:
        dag = super().to_internal_value(value)
        if dag.year not in KALENDER:
            self.fail("buiten_kalender")
        return dag


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
class Kloktijd(serializers.TimeField):
    """A time on the clock in Amsterdam, such as 10:00. Without a zone, so not the `time` of JSON Schema."""

    def __init__(self, **anders: Any) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"], **anders)


class Momentveld(serializers.DateTimeField):
    """A moment as RFC 3339 with an offset; a moment without one could be any of 24, so it is refused.

    Other forms of ISO 8601 (20261124T0900Z, 2026-W48-2) are refused too, and years that no rule can count from.
    """

    default_error_messages = {
        "zonder_zone": _("Geef de tijd met een tijdzone, zoals 2026-11-24T09:00:00+01:00."),
        "buiten_kalender": _("Dit moment kan niet kloppen."),
    }

    def to_internal_value(self, value: Any) -> datetime.datetime:
        if isinstance(value, str):
            value = value.upper()
            if not _MOMENT.fullmatch(value):
                self.fail("invalid", format="jjjj-mm-ddTuu:mm:ss+01:00")
            if not _ZONE.search(value):
                self.fail("zonder_zone")
        moment = super().to_internal_value(value)
        if moment.year not in KALENDER:
            self.fail("buiten_kalender")
        return moment

    def enforce_timezone(self, value: datetime.datetime) -> datetime.datetime:
        if value.tzinfo is None:
            self.fail("zonder_zone")
        try:
            return value.astimezone(datetime.UTC)
        except OverflowError:
            self.fail("overflow")
            raise


_DATUM = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_GETAL = re.compile(r"-?\d+", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_ZONE = re.compile(r"(Z|[+-]\d{2}:\d{2})$", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
# The years that an input date or moment may lie in.
KALENDER = range(1900, 2200)

_JSON_TYPEN: dict[type[serializers.Field], type | tuple[type, ...]] = {
    serializers.BooleanField: bool,
    serializers.IntegerField: int,
    serializers.FloatField: (int, float),
    serializers.CharField: str,
    serializers.DateTimeField: str,
    serializers.DateField: str,
    serializers.TimeField: str,
    serializers.UUIDField: str,
    serializers.ChoiceField: str,
}


class Invoer(Uitvoer):
    """What comes in: an unknown field and a wrong JSON type are faults, reported with all the others."""

    default_error_messages = {
        "onbekend_veld": _("Dit veld kennen we niet."),
        "verkeerd_type": _("Dit is geen geldige waarde."),
    }

    def to_internal_value(self, data: Any) -> Any:
        fouten: dict[str, Any] = {}
        if isinstance(data, Mapping) and not isinstance(data, QueryDict):
            for naam in data:
                if naam not in self.fields:
                    # The name comes back in the answer, which may be kept; PostgreSQL keeps no null character.
                    fouten[str(naam)[:60].replace("\x00", "")] = [
                        ErrorDetail(str(self.error_messages["onbekend_veld"]), "onbekendVeld")
                    ]
            for naam, veld in self.fields.items():
                if naam in data and (fout := self._typefout(veld, data[naam])):
                    fouten[naam] = fout
        try:
            waarde = super().to_internal_value(data)
        except serializers.ValidationError as exc:
            if isinstance(exc.detail, dict):
                raise serializers.ValidationError(_samen(exc.detail, fouten)) from None
            raise
        if fouten:
            raise serializers.ValidationError(fouten)
        return waarde

    def _typefout(self, veld: serializers.Field, waarde: Any) -> Any:
        """What is wrong with the JSON type of a value, in the shape of the framework's errors; None: nothing."""
        if isinstance(veld, serializers.ListField) and isinstance(waarde, list):
            fouten = {n: fout for n, deel in enumerate(waarde) if (fout := self._typefout(veld.child, deel))}
            return fouten or None
        return None if _past(veld, waarde) else [ErrorDetail(str(self.error_messages["verkeerd_type"]), "ongeldig")]


def _samen(fouten: dict[Any, Any], typefouten: dict[Any, Any]) -> dict[Any, Any]:
    """Both, so that all faults come at once; of one place the type, because what follows from it says less."""
    delen = {
        plek: _samen(fouten[plek], fout) if isinstance(fout, dict) and isinstance(fouten.get(plek), dict) else fout
        for plek, fout in typefouten.items()
    }
    return {**fouten, **delen}


def _past(veld: serializers.Field, waarde: Any) -> bool:
    """Whether a JSON value has the type the field promises in the document; null is left to the field itself."""
    if waarde is None:
        return True
    for soort, typen in _JSON_TYPEN.items():
        if isinstance(veld, soort):
            if isinstance(waarde, bool) and typen is not bool:
                return False
            return isinstance(waarde, typen) and (soort is not serializers.UUIDField or bool(_UUID.fullmatch(waarde)))
    return True

"""Serializers that speak camelCase outside and snake_case inside, and take nothing they do not know.

A field is declared as `tolk_nodig` and is `tolkNodig` in JSON, in the OpenAPI document and in `invalidParams`: the
name is translated once, when the serializer is built, so no answer pays for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
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


class Lijstvraag(Vraag):
    """A page of a list: `page` from 1, `pageSize` from 1 to 100."""

    page = serializers.IntegerField(min_value=1, max_value=1_000_000, default=1, help_text=_("Bladzijde, vanaf 1."))
    page_size = serializers.IntegerField(
        min_value=1, max_value=100, default=25, help_text=_("Aantal rijen per bladzijde, ten hoogste 100.")
    )


class Momentveld(serializers.DateTimeField):
    """A moment as RFC 3339 with an offset; a moment without one could be any of 24, so it is refused."""

    default_error_messages = {"zonder_zone": _("Geef de tijd met een tijdzone, zoals 2026-11-24T09:00:00+01:00.")}

    def enforce_timezone(self, value: datetime.datetime) -> datetime.datetime:
        if value.tzinfo is None:
            self.fail("zonder_zone")
        try:
            return value.astimezone(datetime.UTC)
        except OverflowError:
            self.fail("overflow")
            raise


_JSON_TYPEN: dict[type[serializers.Field], type | tuple[type, ...]] = {
    serializers.BooleanField: bool,
    serializers.IntegerField: int,
    serializers.FloatField: (int, float),
    serializers.CharField: str,
    serializers.DateTimeField: str,
    serializers.DateField: str,
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
                    fouten[str(naam)[:60]] = [ErrorDetail(str(self.error_messages["onbekend_veld"]), "onbekendVeld")]
            for naam, veld in self.fields.items():
                if naam in data and not _past(veld, data[naam]):
                    fouten[naam] = [ErrorDetail(str(self.error_messages["verkeerd_type"]), "ongeldig")]
        try:
            waarde = super().to_internal_value(data)
        except serializers.ValidationError as exc:
            if isinstance(exc.detail, dict):
                raise serializers.ValidationError({**exc.detail, **fouten}) from None
            raise
        if fouten:
            raise serializers.ValidationError(fouten)
        return waarde


def _past(veld: serializers.Field, waarde: Any) -> bool:
    """Whether a JSON value has the type the field promises in the document; null is left to the field itself."""
    if waarde is None:
        return True
    for soort, typen in _JSON_TYPEN.items():
        if isinstance(veld, soort):
            if isinstance(waarde, bool) and typen is not bool:
                return False
            return isinstance(waarde, typen)
    return True

"""What comes in has the form the document promises: dates, moments, ids and the types inside lists."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from rest_framework import serializers

from ooievaar.platform.casing import Dagveld, Datumveld, Invoer, Momentveld, Vraag
from ooievaar.platform.nummers import Nummerveld


class _Onder(Invoer):
    dag = Datumveld(required=False)


class _Bereikbaar(Invoer):
    nummer = Nummerveld()


class _Vorm(Invoer):
    datum = Datumveld(required=False)
    dag = Dagveld(required=False)
    moment = Momentveld(required=False)
    id = serializers.UUIDField(required=False)
    codes = serializers.ListField(child=serializers.CharField(), required=False)
    delen = serializers.ListField(child=_Onder(), required=False)


def fouten(**gegevens):
    """The names of what is refused, as they come in `invalidParams`."""
    from ooievaar.platform.problems import veldfouten

    vorm = _Vorm(data=gegevens)
    return {} if vorm.is_valid() else {naam: code for naam, code, _reden in veldfouten(vorm.errors)}


@pytest.mark.parametrize("veld", ["datum", "dag"])
@pytest.mark.parametrize(
    "waarde",
    ["20260930", "2026-W40-3", "30-09-2026", "2026-9-3", "2026-02-30", "2026-09-30T00:00:00Z", "", "٢٠٢٦-٠٩-٣٠"],
)
def test_a_date_is_yyyy_mm_dd_and_nothing_else(veld, waarde):
    assert fouten(**{veld: "2026-09-30"}) == {}
    assert fouten(**{veld: waarde}) == {veld: "ongeldig"}


@pytest.mark.parametrize("waarde", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_that_rules_count_from_lies_in_years_they_can_count_in(waarde):
    assert fouten(dag=waarde) == {"dag": "ongeldig"}
    assert fouten(datum=waarde) == {}


@pytest.mark.parametrize(
    "waarde",
    ["2026-11-24T09:00:00+01:00", "2026-11-24T08:00:00Z", "2026-11-24t08:00:00.123z", "2026-11-24T23:00:00-09:30"],
)
def test_a_moment_has_any_offset(waarde):
    assert fouten(moment=waarde) == {}


@pytest.mark.parametrize(
    "waarde",
    [
        "2026-11-24T09:00:00", "2026-11-24T09:00+01:00", "20261124T080000Z", "2026-W48-2T08:00:00Z", "2026-11-24",
        "2026-11-24T25:00:00Z", "2026-11-24T09:00:00+25:00", "gisteren", 1764000000, True,
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1899-12-31T00:00:00Z", "2200-01-01T00:00:00Z",
    ],
)  # fmt: skip
def test_what_is_no_moment_of_rfc_3339_is_refused(waarde):
    assert fouten(moment=waarde) == {"moment": "ongeldig"}


def test_an_id_is_a_uuid_in_its_usual_form():
    assert fouten(id="2C33286F-beab-479f-aee6-037494a0d100") == {}
    for waarde in ("2c33286fbeab479faee6037494a0d100", "urn:uuid:2c33286f-beab-479f-aee6-037494a0d100", 7, "x"):
        assert fouten(id=waarde) == {"id": "ongeldig"}


def test_a_wrong_type_inside_a_list_is_named_with_its_place():
    assert fouten(codes=["a", "b"]) == {}
    assert fouten(codes=["a", 5, None, True]) == {"codes.1": "ongeldig", "codes.2": "verplicht", "codes.3": "ongeldig"}
    assert fouten(codes={"a": 1}) == {"codes": "ongeldig"}
    assert fouten(delen=[{"dag": "2026-09-30"}, {"dag": 3}, 4]) == {"delen.1.dag": "ongeldig", "delen.2": "ongeldig"}


def _vormen(soort: type[serializers.Serializer]) -> Iterator[type[serializers.Serializer]]:
    yield soort
    for onder in soort.__subclasses__():
        yield from _vormen(onder)


def _velden(veld: serializers.Field) -> Iterator[serializers.Field]:
    yield veld
    if (kind := getattr(veld, "child", None)) is not None:
        yield from _velden(kind)


def test_no_day_or_moment_comes_in_without_bounds() -> None:
    """The last day of Python's calendar, and a week later: that was an answer of 500."""
    get_resolver().url_patterns  # noqa: B018 - loads every view
    zonder_grens = [
        (vorm.__module__, vorm.__name__, naam)
        for vorm in {*_vormen(Invoer), *_vormen(Vraag)} - {Invoer, Vraag}
        for naam, veld in vorm().fields.items()
        if any(type(v) in (serializers.DateField, serializers.DateTimeField) for v in _velden(veld))
    ]
    assert zonder_grens == []


@pytest.mark.parametrize(
    ("geschreven", "e164"),
    [("06-12345678", "+31612345678"), ("+31 6 98765432", "+31698765432"), ("06-1234567", None), ("abc", None)],
)
def test_a_number_of_a_range_that_opened_after_our_tables_is_taken(geschreven, e164):
    vorm = _Bereikbaar(data={"nummer": geschreven})
    assert vorm.is_valid() is (e164 is not None)
    assert e164 is None or vorm.validated_data["nummer"].as_e164 == e164

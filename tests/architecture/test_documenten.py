"""The published document: OpenAPI 3.1, made without a warning, complete in its error answers."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator
from rest_framework.test import APIClient

ALTIJD = {"400", "401", "403", "404", "405", "406", "429", "500"}
BIJ_SCHRIJVEN = {"409", "412", "413", "415"}


@pytest.fixture(scope="module")
def document() -> dict:
    return json.loads(APIClient().get("/api/v1/openapi.json").content)


def operaties(document):
    return [(pad, methode, operatie) for pad, deel in document["paths"].items() for methode, operatie in deel.items()]


def test_it_is_made_without_warnings_or_errors():
    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(request=None, public=True)
    gezegd = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    assert gezegd == []


def test_it_is_a_valid_openapi_3_1_document(document):
    validate_schema(document)
    assert document["openapi"].startswith("3.1.")
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_it_is_open_to_anyone_and_says_its_version_and_server(document):
    antwoord = APIClient().get("/api/v1/openapi.json")
    assert antwoord["Access-Control-Allow-Origin"] == "*"
    assert document["info"]["version"] == settings.API_VERSION == antwoord["API-Version"]
    assert [server["url"].endswith("/api/v1") for server in document["servers"]] == [True]
    assert not [pad for pad in document["paths"] if pad.startswith("/api")]


def test_every_reference_in_it_exists(document):
    for verwijzing in set(re.findall(r'"\$ref": ?"#/([^"]+)"', json.dumps(document))):
        plek = document
        for deel in verwijzing.split("/"):
            plek = plek[deel]


def test_every_operation_declares_its_errors_as_problems(document):
    for pad, methode, operatie in operaties(document):
        verwacht = ALTIJD | (BIJ_SCHRIJVEN if methode != "get" else set())
        assert verwacht <= operatie["responses"].keys(), (methode, pad)
        for status in verwacht:
            naam = operatie["responses"][status].get("$ref", "").rpartition("/")[2]
            antwoord = document["components"]["responses"][naam]
            assert list(antwoord["content"]) == ["application/problem+json"]
    probleem = document["components"]["schemas"]["Probleem"]["properties"]
    assert {"status", "title", "detail", "code", "invalidParams"} <= probleem.keys()


def test_every_operation_is_described_and_named_once(document):
    namen = [operatie["operationId"] for _pad, _methode, operatie in operaties(document)]
    assert len(namen) == len(set(namen))
    assert not [pad for pad, _methode, operatie in operaties(document) if not operatie.get("description")]


def test_paths_and_query_keys_follow_the_design_rules(document):
    for pad, _methode, operatie in operaties(document):
        vast = [deel for deel in pad.strip("/").split("/") if not deel.startswith("{")]
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", deel) for deel in vast), pad
        assert not pad.endswith("/")
        for parameter in operatie.get("parameters", []):
            if parameter["in"] == "query":
                assert re.fullmatch(r"[a-z][a-zA-Z0-9]*", parameter["name"]), (pad, parameter["name"])


def test_names_in_bodies_are_camel_case(document):
    for naam, schema in document["components"]["schemas"].items():
        for veld in schema.get("properties", {}):
            assert re.fullmatch(r"[a-z][a-zA-Z0-9]*", veld), (naam, veld)


def _paden(patronen, begin: str = ""):
    for patroon in patronen:
        if isinstance(patroon, URLResolver):
            yield from _paden(patroon.url_patterns, begin + str(patroon.pattern))
        elif isinstance(patroon, URLPattern):
            yield begin + str(patroon.pattern)


def test_every_path_under_api_is_in_the_document(document):
    echt = {
        re.sub(r"<(?:\w+:)?(\w+)>", "{}", pad.removeprefix("api/v1"))
        for pad in _paden(get_resolver().url_patterns)
        if pad.startswith("api/")
    }
    assert echt - {"/openapi.json"} == {re.sub(r"{\w+}", "{}", pad) for pad in document["paths"]}


def test_the_row_that_a_path_is_about_is_called_id(document):
    for pad in ("/gezinnen/{id}", "/bezoeken/{id}/toewijzing", "/ooievaarsmoeders/{id}/koppelcodes", "/apparaten/{id}"):
        assert pad in document["paths"]
    for pad, _methode, operatie in operaties(document):
        namen = re.findall(r"{(\w+)}", pad)
        assert all(re.fullmatch(r"[a-z][a-zA-Z]*", naam) for naam in namen), pad
        assert sorted(namen) == sorted(deel["name"] for deel in operatie.get("parameters", []) if deel["in"] == "path")

"""The OpenAPI 3.1 document: what every operation shares is added here once, so that views say only what is theirs."""

from __future__ import annotations

import re
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from ooievaar.platform.casing import camel

_PROBLEM = "Probleem"
_ALTIJD = {
    "400": "De gegevens of de zoekvraag kloppen niet; alle fouten tegelijk in `invalidParams`.",
    "401": "Niet aangemeld.",
    "403": "Deze rol mag dit niet.",
    "404": "Niet gevonden, of niet voor uw ogen.",
    "405": "Deze methode kan hier niet.",
    "406": "Deze vorm geven we niet.",
    "429": "Te vaak.",
    "500": "Fout bij ons.",
}
_BIJ_SCHRIJVEN = {
    "409": "Een regel weigert; `code` zegt welke.",
    "412": "Intussen gewijzigd; `gewijzigdDoor` en `gewijzigdOp` zeggen wie en wanneer.",
    "413": "Te groot.",
    "415": "Stuur JSON.",
}


_SCHRIJVEND = ("POST", "PUT", "PATCH", "DELETE")
_KOPPEN = {
    "API-Version": "De versie van deze API.",
    "ETag": "De versie van wat u las, voor If-Match.",
    "WWW-Authenticate": "Bearer",
    "Retry-After": "Na zoveel seconden mag het weer.",
    "Idempotency-Replayed": "`true`: dit is het eerste antwoord nog eens.",
}
_KOP_BIJ_FOUT = {"401": "WWW-Authenticate", "429": "Retry-After"}


class Schema(AutoSchema):
    """Reads a view's `vraag` for its query keys and adds the headers that all writes know."""

    def get_override_parameters(self) -> list[Any]:
        parameters: list[Any] = []
        vraag = getattr(self.view, "vraag", None)
        if self.method == "GET" and vraag is not None and vraag().fields:
            parameters.append(vraag)
        if self.method == "POST" and not getattr(self.view, "openbaar", False):
            parameters.append(
                OpenApiParameter(
                    "Idempotency-Key",
                    {"type": "string", "pattern": r"^[\x21-\x7e]{1,80}$"},
                    OpenApiParameter.HEADER,
                    description="Zelfde sleutel en inhoud: het eerste antwoord nog eens (7 dagen).",
                )
            )
        if self.method in _SCHRIJVEND and "{" in self.path and getattr(self.view, "kent_if_match", True):
            parameters.append(
                OpenApiParameter(
                    "If-Match", str, OpenApiParameter.HEADER, description="De ETag van wat u las; verouderd: 412."
                )
            )
        return parameters

    def get_tags(self) -> list[str]:
        delen = [deel for deel in self.path.split("/") if deel and not deel.startswith("{")]
        return [delen[2] if len(delen) > 2 else delen[-1]]

    def get_operation_id(self) -> str:
        delen = [
            deel.strip("{}").replace("-", "_") + ("" if not deel.startswith("{") else "_een")
            for deel in self.path.split("/")[3:]
            if deel
        ]
        return "_".join([self.method.lower(), *delen])


def afwerken(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add the problem document to every operation, and the headers that every answer carries."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})[_PROBLEM] = _problem_schema()
    components["headers"] = {
        naam: {"description": tekst, "schema": {"type": "string"}} for naam, tekst in _KOPPEN.items()
    }
    components["responses"] = {
        f"Fout{status}": {
            "description": tekst,
            "headers": _koppen("API-Version", *([_KOP_BIJ_FOUT[status]] if status in _KOP_BIJ_FOUT else [])),
            "content": {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{_PROBLEM}"}}},
        }
        for status, tekst in {**_ALTIJD, **_BIJ_SCHRIJVEN}.items()
    }
    for path in result.get("paths", {}).values():
        for method, operation in path.items():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            schrijft = method.upper() in _SCHRIJVEND
            for status in {**_ALTIJD, **(_BIJ_SCHRIJVEN if schrijft else {})}:
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/Fout{status}"})
            lijst = method == "get" and _bladzijde(operation["responses"].get("200", {}))
            extra = [] if lijst or method == "delete" else ["ETag"]
            extra += ["Idempotency-Replayed"] if method == "post" else []
            for status, answer in operation["responses"].items():
                if status.startswith("2"):
                    answer.setdefault("headers", {}).update(_koppen("API-Version", *extra))
    return result


def met_korte_namen(document: dict[str, Any]) -> dict[str, Any]:
    """The document as published: the row that an address is about is `{id}`, whatever the code calls it."""
    document["paths"] = dict(_korter(pad, operaties) for pad, operaties in document["paths"].items())
    return document


def _korter(pad: str, operaties: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    eerste, *verder = re.findall(r"{(\w+)}", pad) or [""]
    namen = {naam: camel(naam) for naam in verder} | ({eerste: "id"} if eerste.endswith("_id") else {})
    for operatie in operaties.values():
        for parameter in operatie.get("parameters", []):
            if parameter["in"] == "path":
                parameter["name"] = namen.get(parameter["name"], parameter["name"])
    return re.sub(r"{(\w+)}", lambda deel: f"{{{namen.get(deel[1], deel[1])}}}", pad), operaties


def _koppen(*namen: str) -> dict[str, Any]:
    return {naam: {"$ref": f"#/components/headers/{naam}"} for naam in namen}


def _bladzijde(answer: dict[str, Any]) -> bool:
    """Whether this is a list. It is answered one page at a time (`ApiView.bladzijde`); the generator knows the rows."""
    gevonden = False
    for inhoud in answer.get("content", {}).values():
        if inhoud.get("schema", {}).get("type") == "array":
            gevonden = True
            adres = {"type": ["string", "null"], "format": "uri"}
            inhoud["schema"] = {
                "type": "object",
                "required": ["count", "next", "previous", "results"],
                "properties": {
                    "count": {"type": "integer", "minimum": 0},
                    "next": adres,
                    "previous": adres,
                    "results": inhoud["schema"],
                },
            }
    return gevonden


def _problem_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "Een fout volgens RFC 9457.",
        "required": ["status", "title", "detail", "code"],
        "properties": {
            "type": {"type": "string"},
            "status": {"type": "integer"},
            "title": {"type": "string"},
            "detail": {"type": "string", "description": "Uitleg in gewone taal."},
            "code": {"type": "string", "description": "Vaste code."},
            "invalidParams": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "code", "reason"],
                    "properties": {
                        "name": {"type": "string", "description": "Pad met punten, zoals kind.geboortedatum."},
                        "code": {"type": "string"},
                        "reason": {"type": "string"},
                    },
                },
            },
            "gewijzigd": {"type": "boolean"},
            "gewijzigdDoor": {"type": "string"},
            "gewijzigdOp": {"type": ["string", "null"], "format": "date-time"},
        },
    }

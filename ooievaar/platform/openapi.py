"""The OpenAPI 3.1 document: what every operation shares is added here once, so that views say only what is theirs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

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
        if self.method in ("PUT", "PATCH", "DELETE", "POST") and "{" in self.path:
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
    components["headers"] = {"API-Version": {"description": "De versie van deze API.", "schema": {"type": "string"}}}
    components["responses"] = {
        f"Fout{status}": {
            "description": tekst,
            "headers": {"API-Version": {"$ref": "#/components/headers/API-Version"}},
            "content": {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{_PROBLEM}"}}},
        }
        for status, tekst in {**_ALTIJD, **_BIJ_SCHRIJVEN}.items()
    }
    for path in result.get("paths", {}).values():
        for method, operation in path.items():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            schrijft = method in ("post", "put", "patch", "delete")
            for status in {**_ALTIJD, **(_BIJ_SCHRIJVEN if schrijft else {})}:
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/Fout{status}"})
            for status, answer in operation["responses"].items():
                if status.startswith("2"):
                    answer.setdefault("headers", {})["API-Version"] = {"$ref": "#/components/headers/API-Version"}
    return result


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
            "gewijzigdOp": {"type": "string", "format": "date-time"},
        },
    }

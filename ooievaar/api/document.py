"""GET /openapi.json: the contract, open to anyone."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema

from ooievaar.platform.openapi import met_korte_namen
from ooievaar.platform.rendering import to_json
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView


@lru_cache(maxsize=1)
def _document() -> bytes:
    with translation.override("nl"):
        return to_json(met_korte_namen(SchemaGenerator().get_schema(request=None, public=True)))


class Document(ApiView):
    openbaar = True
    authentication_classes: list[Any] = []

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(
            _document(),
            content_type="application/json",
            headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"},
        )

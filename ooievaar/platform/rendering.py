"""JSON out, by orjson: moments in UTC with Z, dates as dates."""

from __future__ import annotations

from typing import Any

import orjson
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer

from ooievaar.platform.problems import MEDIA_TYPE


def to_json(data: Any) -> bytes:
    """Bytes of JSON. Moments must be aware (orjson would take a naive one for UTC); Django gives no others."""
    return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC | orjson.OPT_NON_STR_KEYS)


class JsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else to_json(data)


class Onderhandeling(DefaultContentNegotiation):
    """Who accepts problem documents accepts our JSON too; `?format=` is not a way to ask."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return super().select_renderer(request, renderers, None)

    def get_accept_list(self, request) -> list[str]:
        tokens = super().get_accept_list(request)
        return [*tokens, "application/json"] if any(t.startswith(MEDIA_TYPE) for t in tokens) else tokens

"""JSON in: at most 1 MB, at most 32 levels deep, UTF-8, and nothing that JSON does not have (NaN, lone surrogates)."""

from __future__ import annotations

from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from ooievaar.platform.errors import TeGroot

MAX_DEPTH = 32


class StrictJsonParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        content = stream.read(limit + 1)
        if len(content) > limit:
            raise TeGroot(_("Stuur ten hoogste 1 MB in één keer."))
        try:
            data = orjson.loads(content)
        except orjson.JSONDecodeError:
            raise ParseError(_("Dit is geen geldige JSON.")) from None
        if deeper_than(data, MAX_DEPTH):
            raise ParseError(_("De gegevens zitten te diep in elkaar."))
        return data


def deeper_than(data: Any, levels: int) -> bool:
    """Whether lists and objects are nested more than `levels` deep."""
    layer = [data]
    for _level in range(levels + 1):
        layer = [
            value
            for node in layer
            if isinstance(node, dict | list)
            for value in (node.values() if isinstance(node, dict) else node)
        ]
        if not layer:
            return False
    return any(isinstance(node, dict | list) for node in layer)

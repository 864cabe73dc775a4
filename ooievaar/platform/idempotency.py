"""An Idempotency-Key makes a POST safe to repeat: the first answer is kept for 7 days (api.md, Conventions).

The answer is stored in the transaction of the work itself. So a crash leaves either both or neither, and a retry
can not do the work twice. While the first request runs, a second one is told so instead of waiting.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils.translation import gettext as _
from rest_framework.response import Response

from ooievaar.models import BeantwoordVerzoek
from ooievaar.platform import clock
from ooievaar.platform.errors import AndereInhoud, NogBezig, Ongeldig
from ooievaar.platform.rendering import to_json
from ooievaar.platform.verzoek import Request

BEWAARD = timedelta(days=7)
HEADER = "Idempotency-Key"
_GELDIG = re.compile(r"[\x21-\x7e]{1,80}")
_BEWAARDE_KOPPEN = ("ETag", "Location")


def key_of(request: Request) -> str | None:
    """The key of a request, or None. Raises Ongeldig when it is not 1-80 visible characters."""
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not _GELDIG.fullmatch(key):
        raise Ongeldig([(HEADER, "ongeldig", _("Gebruik 1 tot 80 zichtbare tekens."))])
    return key


def answer_once(request: Request, key: str, run: Callable[[], Response]) -> Response:
    """Run the work and keep its answer, or give the kept answer again. Raises AndereInhoud, NogBezig."""
    user, path = request.user, request.path
    digest = _content_hash(request)
    with transaction.atomic():
        if not _lock(f"{user.pk} {path} {key}"):
            raise NogBezig
        nu = clock.nu()
        kept = BeantwoordVerzoek.objects.filter(gebruiker=user, pad=path, sleutel=key).first()
        if kept is not None and kept.op < nu - BEWAARD:
            kept.delete()
            kept = None
        if kept is not None:
            if kept.inhoud_hash != digest:
                raise AndereInhoud
            return Response(
                _read(kept.antwoord),
                status=kept.status,
                headers={**kept.koppen, "Idempotency-Replayed": "true"},
                content_type="application/problem+json" if kept.status >= 400 else None,
            )
        answer = run()
        if answer.status_code < 500:
            BeantwoordVerzoek.objects.create(
                gebruiker=user,
                pad=path,
                sleutel=key,
                inhoud_hash=digest,
                status=answer.status_code,
                antwoord=_written(answer.data),
                koppen={kop: answer[kop] for kop in _BEWAARDE_KOPPEN if kop in answer},
                op=nu,
            )
        return answer


def opruimen(*, nu: Any) -> int:
    """Delete answers older than 7 days; returns how many."""
    return BeantwoordVerzoek.objects.filter(op__lt=nu - BEWAARD).delete()[0]


def _lock(name: str) -> bool:
    """A lock on this key until the transaction ends; False when another request holds it."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _content_hash(request: Request) -> str:
    """The same content has the same hash, whatever the order of keys or the boundary of a form."""
    digest = hashlib.sha256()
    data = request.data
    if hasattr(data, "lists"):
        for name, values in sorted(data.lists()):
            for value in values:
                digest.update(f"{name}=".encode())
                if isinstance(value, UploadedFile):
                    for chunk in value.chunks():
                        digest.update(chunk)
                    value.seek(0)
                else:
                    digest.update(str(value).encode())
    else:
        digest.update(_canonical(data))
    return digest.hexdigest()


def _canonical(data: Any) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)


def _written(data: Any) -> str | None:
    """The answer as text of JSON: `jsonb` would order its names anew, and a replay is the same to the letter."""
    return None if data is None else to_json(data).decode()


def _read(kept: Any) -> Any:
    """The inverse of `_written`. What was kept before answers were text is still an object, for 7 days."""
    return orjson.loads(kept) if isinstance(kept, str) else kept

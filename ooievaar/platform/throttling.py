"""A ceiling on how often one user may call the API: far above what people and machines need, against what runs wild."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any
from uuid import UUID

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from ooievaar.platform import clock

_MINUUT = 60


class PerGebruiker(BaseThrottle):
    """At most `API_LIMIET_PER_MINUUT` calls of one user in one minute, by token or session; 0 means no limit.

    Counted in the memory of each web process, so it costs no call to the cache and holds when that is down; with n
    processes somebody may reach n times the limit. Only one minute is kept, so it can not grow.
    """

    _slot = threading.Lock()
    _minuut = 0
    _keren: Counter[UUID] = Counter()

    def __init__(self) -> None:
        self._wacht = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        limiet: int = settings.API_LIMIET_PER_MINUUT
        if not limiet or not request.user or not request.user.is_authenticated:
            return True
        nu = clock.nu().timestamp()
        minuut = int(nu) // _MINUUT
        kind = type(self)
        with self._slot:
            if kind._minuut != minuut:
                kind._minuut, kind._keren = minuut, Counter()
            kind._keren[request.user.pk] += 1
            te_vaak = kind._keren[request.user.pk] > limiet
        self._wacht = _MINUUT - nu % _MINUUT
        return not te_vaak

    def wait(self) -> float:
        """Seconds until the next minute begins; becomes Retry-After."""
        return self._wacht

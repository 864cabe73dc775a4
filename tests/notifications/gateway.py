"""An SMS gateway on this machine, over real HTTP: it remembers keys, and can refuse, hang or break off."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from tests.notifications.nepdienst import Nepdienst


class Gateway(Nepdienst):
    """`gedrag(sms)` gives a status, "hang" (accepts, then does not answer) or "breek" (accepts, then hangs up)."""

    pad = "/sms"

    def __init__(self, gedrag: Any = None) -> None:
        self.gedrag = gedrag or (lambda sms: 202)
        self.aangeboden: list[dict[str, Any]] = []
        self.bezorgd: dict[str, dict[str, Any]] = {}
        self.koppen: list[dict[str, str]] = []
        super().__init__()

    def ontvang(self, koppen: Any, inhoud: bytes) -> Any:
        sms = json.loads(inhoud)
        self.aangeboden.append(sms)
        self.koppen.append(dict(koppen))
        wat = self.gedrag(sms)
        if self.aangenomen(wat):
            self.bezorgd.setdefault(koppen["Idempotency-Key"], sms)
        return wat

    @property
    def keren(self) -> Counter[str]:
        """How often each key was offered."""
        return Counter(sms["sleutel"] for sms in self.aangeboden)

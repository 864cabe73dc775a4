"""A push service on this machine: it keeps the newest message of each topic, and can refuse, hang or break off."""

from __future__ import annotations

import base64
import os
from collections import Counter
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from notifications.models import Pushabonnement
from tests.notifications.nepdienst import Nepdienst


def b64(ruw: bytes) -> str:
    return base64.urlsafe_b64encode(ruw).decode().rstrip("=")


def vapid_sleutel() -> str:
    return b64(os.urandom(31).rjust(32, b"\x01"))


class Pushdienst(Nepdienst):
    """Answers with `status`, or "hang" (takes it, then does not answer) or "breek" (takes it, then hangs up)."""

    pad = "/push"

    def __init__(self) -> None:
        self.gekregen: list[tuple[dict[str, str], bytes]] = []
        # What a browser would show: one message per topic.
        self.getoond: dict[str, bytes] = {}
        self.status: Any = 201
        super().__init__()

    def ontvang(self, koppen: Any, inhoud: bytes) -> Any:
        self.gekregen.append((dict(koppen), inhoud))
        wat = self.status
        if self.aangenomen(wat):
            self.getoond[koppen["Topic"]] = inhoud
        return wat

    @property
    def keren(self) -> Counter[str]:
        """How often each topic was offered."""
        return Counter({n.lower(): w for n, w in koppen.items()}["topic"] for koppen, _inhoud in self.gekregen)

    def abonneer(self, gebruiker: Any, nu: Any, pad: str = "1") -> tuple[ec.EllipticCurvePrivateKey, bytes]:
        """A browser of this user that takes messages here; returns what it decrypts them with."""
        sleutel, auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        publiek = sleutel.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        Pushabonnement.objects.create(
            gebruiker=gebruiker, endpoint=f"{self.url}/{pad}", p256dh=b64(publiek), auth=b64(auth), aangemaakt_op=nu
        )
        return sleutel, auth

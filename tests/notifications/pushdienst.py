"""A push service on this machine: it keeps the newest message of each topic, and can refuse, hang or break off."""

from __future__ import annotations

import base64
import os
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from notifications.models import Pushabonnement


def b64(ruw: bytes) -> str:
    return base64.urlsafe_b64encode(ruw).decode().rstrip("=")


def vapid_sleutel() -> str:
    return b64(os.urandom(31).rjust(32, b"\x01"))


class Pushdienst:
    """Answers with `status`, or "hang" (takes it, then does not answer) or "breek" (takes it, then hangs up)."""

    def __init__(self) -> None:
        self.gekregen: list[tuple[dict[str, str], bytes]] = []
        # What a browser would show: one message per topic.
        self.getoond: dict[str, bytes] = {}
        self.status: Any = 201
        self._los = threading.Event()
        buiten = self

        class _Antwoord(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                inhoud = self.rfile.read(int(self.headers["Content-Length"]))
                buiten.gekregen.append((dict(self.headers), inhoud))
                wat = buiten.status
                if wat in ("hang", "breek") or wat < 300:
                    buiten.getoond[self.headers["Topic"]] = inhoud
                if wat == "hang":
                    buiten._los.wait(20)
                    return
                if wat == "breek":
                    self.connection.close()
                    return
                self.send_response(wat)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Antwoord)
        self.url = f"http://127.0.0.1:{self.server.server_port}/push"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

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

    def stop(self) -> None:
        self._los.set()
        self.server.shutdown()
        self.server.server_close()

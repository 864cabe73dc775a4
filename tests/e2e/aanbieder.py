"""A small OpenID Connect provider on this machine: whoever comes is signed in as `wie`, without a question."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

KLANT, GEHEIM = "ooievaar", "een-geheim-voor-de-proef"


class Aanbieder(ThreadingHTTPServer):
    """`wie` are the claims of who is signed in there; `gezien` what the authorization endpoint was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Antwoord)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.wie: dict[str, Any] = {}
        self.codes: set[str] = set()
        self.gezien: list[dict[str, str]] = []
        self.stuk = False


class _Antwoord(BaseHTTPRequestHandler):
    server: Aanbieder

    def log_message(self, *_args: object) -> None:
        pass

    def _stuur(self, inhoud: dict[str, Any], status: int = 200) -> None:
        lijf = json.dumps(inhoud).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(lijf)))
        self.end_headers()
        self.wfile.write(lijf)

    def do_GET(self) -> None:
        pad, vraag = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        url = self.server.url
        if pad == "/.well-known/openid-configuration":
            eind = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            adressen = {f"{naam}_endpoint": f"{url}/{pad}" for naam, pad in eind.items()}
            self._stuur({"issuer": url, "jwks_uri": f"{url}/jwks", **adressen})
        elif pad == "/authorize":
            self.server.gezien.append({naam: waarden[0] for naam, waarden in vraag.items()})
            code = secrets.token_urlsafe(16)
            self.server.codes.add(code)
            terug = urlencode({"code": code, "state": vraag["state"][0]})
            self.send_response(302)
            self.send_header("Location", f"{vraag['redirect_uri'][0]}?{terug}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif pad == "/userinfo" and self.headers.get("Authorization", "").startswith("Bearer "):
            self._stuur(self.server.wie)
        else:
            self._stuur({"error": "not_found"}, 404)

    def do_POST(self) -> None:
        lijf = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        code = lijf.get("code", [""])[0]
        if self.server.stuk or code not in self.server.codes or "code_verifier" not in lijf:
            self._stuur({"error": "invalid_grant"}, 400)
            return
        self.server.codes.discard(code)
        wie = {**self.server.wie, "iss": self.server.url, "aud": KLANT, "exp": int(time.time()) + 300}
        id_token = jwt.encode(wie, GEHEIM * 2, algorithm="HS256")
        self._stuur({"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": id_token})


@contextmanager
def aanbieder() -> Iterator[Aanbieder]:
    server = Aanbieder()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

"""An SMS gateway on this machine, over real HTTP: it remembers keys, and can refuse, hang or break off."""

from __future__ import annotations

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Gateway:
    """`gedrag(sms)` gives a status, "hang" (accepts, then does not answer) or "breek" (accepts, then hangs up)."""

    def __init__(self, gedrag: Any = None) -> None:
        self.gedrag = gedrag or (lambda sms: 202)
        self.aangeboden: list[dict[str, Any]] = []
        self.bezorgd: dict[str, dict[str, Any]] = {}
        self.koppen: list[dict[str, str]] = []
        self._los = threading.Event()
        buiten = self

        class _Antwoord(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sms = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                buiten.aangeboden.append(sms)
                buiten.koppen.append(dict(self.headers))
                wat = buiten.gedrag(sms)
                if wat in ("hang", "breek") or wat < 300:
                    buiten.bezorgd.setdefault(self.headers["Idempotency-Key"], sms)
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

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Antwoord)
        self.url = f"http://127.0.0.1:{self._server.server_port}/sms"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def keren(self) -> Counter[str]:
        """How often each key was offered."""
        return Counter(sms["sleutel"] for sms in self.aangeboden)

    def stop(self) -> None:
        self._los.set()
        self._server.shutdown()
        self._server.server_close()

"""A provider on this machine, over real HTTP: what it is offered it can take, refuse, hang on or break off."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Nepdienst:
    """`ontvang` says what happens to a request: a status, "hang" (no answer comes) or "breek" (it hangs up)."""

    pad = "/"

    def __init__(self) -> None:
        self._los = threading.Event()
        buiten = self

        class _Antwoord(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                wat = buiten.ontvang(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
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
        self.url = f"http://127.0.0.1:{self._server.server_port}{self.pad}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def ontvang(self, koppen: Any, inhoud: bytes) -> Any:
        raise NotImplementedError

    @staticmethod
    def aangenomen(wat: Any) -> bool:
        """Whether the provider took it, answered or not."""
        return wat in ("hang", "breek") or wat < 300

    def stop(self) -> None:
        self._los.set()
        self._server.shutdown()
        self._server.server_close()

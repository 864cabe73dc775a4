"""The web as `make run` starts it (granian, two workers of four threads), and clients that keep their connection."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson

from config.start import WEB


@contextmanager
def web() -> Iterator[int]:
    """granian on a free port with the bench's own paths beside the product's; gives the port."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    omgeving = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.instellingen"}
    proces = subprocess.Popen(
        [sys.executable, "-m", *WEB, "--port", str(poort)],
        env=omgeving,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wacht(poort, proces)
        yield poort
    finally:
        proces.terminate()
        proces.wait(15)


def _wacht(poort: int, proces: subprocess.Popen[bytes]) -> None:
    while proces.poll() is None:
        try:
            if Klant(poort).vraag("GET", "/api/v1/openapi.json")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the web ended with code {proces.returncode}")


class Klant:
    """One client: one connection that stays open, one token."""

    def __init__(self, poort: int, token: str = "") -> None:
        self._verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=60)
        self._koppen = {"Authorization": f"Bearer {token}"} if token else {}

    def vraag(self, methode: str, pad: str, lichaam: Any = None) -> tuple[int, bytes]:
        """Status and body of the answer."""
        koppen = {**self._koppen, "Content-Type": "application/json"} if lichaam is not None else self._koppen
        for poging in range(2):
            try:
                self._verbinding.request(methode, pad, orjson.dumps(lichaam) if lichaam is not None else None, koppen)
                antwoord = self._verbinding.getresponse()
                return antwoord.status, antwoord.read()
            except (BrokenPipeError, http.client.RemoteDisconnected):
                self._verbinding.close()  # the server ends a connection that was idle while others got ready
                if poging:
                    raise
        raise AssertionError

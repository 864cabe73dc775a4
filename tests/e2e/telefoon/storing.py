"""A bad network on purpose: a proxy between the browser and the site that breaks requests in every way there is.

    with Storing(site_port) as storing:
        storing.fout = lambda verzoek: "kwijt"      # decide per request; None lets it through
        page.goto(f"{storing.url}/app")

The faults: what a phone meets in a stairwell, and what a server does on a bad day.

    weiger    nobody answers the door: closed before anything was forwarded
    kwijt     the server did the work, its answer never arrived
    half      as kwijt, but half of the answer arrived
    hang      frozen: accepted, and silence until the phone gives up; never forwarded
    laat      as hang, but forwarded after the phone has given up
    dubbel    the network delivers the request twice, at once
    503 429 408 401 500   the server, or something before it, answers so
    portaal   a hotel's Wi-Fi: 200 with its own page
    vreemd    a proxy that answers 413 to everything: a fault that sending again does not mend
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

ALLE = ("weiger", "kwijt", "half", "hang", "laat", "dubbel", "503", "429", "408", "401", "500", "portaal")
_PROBLEEM = b'{"status":%d,"code":"proef","title":"proef","detail":"proef"}'


@dataclass
class Verzoek:
    """One request as it came in. `toestel` is the number in /t/<number>/…, which the site never sees."""

    methode: str
    pad: str
    koppen: list[bytes]
    lichaam: bytes
    toestel: str = ""

    @property
    def api(self) -> bool:
        return self.pad.startswith("/api/")

    def tekst(self) -> bytes:
        koppen = [k for k in self.koppen if not k.lower().startswith((b"connection:", b"accept-encoding:"))]
        regel = f"{self.methode} {self.pad} HTTP/1.1".encode()
        return b"\r\n".join([regel, *koppen, b"Connection: close", b"", b""]) + self.lichaam


@dataclass
class Storing:
    """The proxy, in a thread of its own. `laatheid`: seconds before a late request is forwarded after all."""

    doel: int
    fout: Callable[[Verzoek], str | None] = lambda verzoek: None
    laatheid: float = 12.0
    bestanden: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    verzoeken: list[tuple[str, str]] = field(default_factory=list)
    ondergaan: dict[str, int] = field(default_factory=dict)
    poort: int = 0
    _taken: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.poort}"

    def __enter__(self) -> Storing:
        self._lus = asyncio.new_event_loop()
        klaar = threading.Event()

        def draai() -> None:
            asyncio.set_event_loop(self._lus)
            server = self._lus.run_until_complete(asyncio.start_server(self._behandel, "127.0.0.1", self.poort))
            self.poort = server.sockets[0].getsockname()[1]
            klaar.set()
            self._lus.run_forever()
            server.close()
            for taak in asyncio.all_tasks(self._lus):
                taak.cancel()
            self._lus.run_until_complete(asyncio.sleep(0.1))

        self._draad = threading.Thread(target=draai, daemon=True)
        self._draad.start()
        klaar.wait(10)
        return self

    def __exit__(self, soort: type | None, fout: BaseException | None, spoor: TracebackType | None) -> None:
        self._lus.call_soon_threadsafe(self._lus.stop)
        self._draad.join(10)

    async def _behandel(self, lees: asyncio.StreamReader, schrijf: asyncio.StreamWriter) -> None:
        taak = asyncio.current_task()
        assert taak is not None
        self._taken.add(taak)  # the loop itself holds its tasks weakly
        taak.add_done_callback(self._taken.discard)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, OSError, asyncio.CancelledError):
            verzoek = await _lees(lees)
            if verzoek is not None:
                await self._antwoord(verzoek, lees, schrijf)
        schrijf.close()

    async def _antwoord(self, verzoek: Verzoek, lees: asyncio.StreamReader, schrijf: asyncio.StreamWriter) -> None:
        if verzoek.pad in self.bestanden:
            soort, inhoud = self.bestanden[verzoek.pad]
            schrijf.write(_http(200, soort, inhoud))
            await schrijf.drain()
            return
        fout = self.fout(verzoek) if verzoek.api else None
        if verzoek.api:
            self.verzoeken.append((verzoek.methode, verzoek.pad))
        if fout:
            self.ondergaan[fout] = self.ondergaan.get(fout, 0) + 1
        match fout:
            case None:
                await _stuur(schrijf, await self._haal(verzoek))
            case "weiger" | "genezen":  # the second is a sign between test and proxy, and no fault
                return
            case "kwijt":
                await self._haal(verzoek)
            case "half":
                antwoord = await self._haal(verzoek)
                await _stuur(schrijf, antwoord[: len(antwoord) // 2])
            case "dubbel":
                _een, twee = await asyncio.gather(self._haal(verzoek), self._haal(verzoek))
                await _stuur(schrijf, twee)
            case "hang":
                await lees.read(1)  # until the phone gives up
            case "laat":
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(lees.read(1), self.laatheid)
                await self._haal(verzoek)
            case "portaal":
                await _stuur(schrijf, _http(200, "text/html", b"<h1>Welkom! Accepteer de voorwaarden.</h1>"))
            case "vreemd":
                await _stuur(schrijf, _http(413, "application/problem+json", _PROBLEEM % 413, ours=True))
            case status:
                await _stuur(
                    schrijf, _http(int(status), "application/problem+json", _PROBLEEM % int(status), ours=True)
                )

    async def _haal(self, verzoek: Verzoek) -> bytes:
        """The site's answer; empty when there is no site."""
        try:
            lees, schrijf = await asyncio.open_connection("127.0.0.1", self.doel)
        except OSError:
            return b""
        try:
            schrijf.write(verzoek.tekst())
            await schrijf.drain()
            return await lees.read()
        except OSError:
            return b""
        finally:
            schrijf.close()


async def _lees(lees: asyncio.StreamReader) -> Verzoek | None:
    kop = await lees.readuntil(b"\r\n\r\n")
    regel, *koppen = kop[:-4].split(b"\r\n")
    methode, pad, _versie = regel.decode().split(" ", 2)
    lengte = next((int(k.split(b":")[1]) for k in koppen if k.lower().startswith(b"content-length:")), 0)
    lichaam = await lees.readexactly(lengte) if lengte else b""
    toestel = ""
    if pad.startswith("/t/"):
        _leeg, _t, toestel, rest = pad.split("/", 3)
        pad = f"/{rest}"
    return Verzoek(methode, pad, koppen, lichaam, toestel)


async def _stuur(schrijf: asyncio.StreamWriter, inhoud: bytes) -> None:
    schrijf.write(inhoud)
    await schrijf.drain()


def _http(status: int, soort: str, inhoud: bytes, *, ours: bool = False) -> bytes:
    koppen = (
        f"HTTP/1.1 {status} Proef\r\nContent-Type: {soort}\r\nContent-Length: {len(inhoud)}\r\nConnection: close\r\n"
    )
    return (koppen + ("API-Version: 1.0.0\r\n" if ours else "") + "\r\n").encode() + inhoud

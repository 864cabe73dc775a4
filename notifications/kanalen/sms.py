"""SMS, through a provider's HTTP gateway. How to add a provider: docs/kanalen.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

import requests
from django.conf import settings
from django.utils.module_loading import import_string

from notifications.kanalen.basis import GELUKT, Oordeel, Uitkomst, Zending
from ooievaar.selectors.bereik import smsnummers


@dataclass(frozen=True)
class Bezorgmelding:
    """What a provider reports later: the key we gave, and whether the phone got it."""

    sleutel: str
    bezorgd: bool


@dataclass(frozen=True)
class Ontvangen:
    """An answer of somebody, by SMS."""

    nummer: str
    tekst: str


class Smsdienst(Protocol):
    """A provider. One class per provider is all that another one needs; `settings.SMS_DIENST` names it.

    `sleutelvenster` and `per_seconde` as in `Verzendkanaal`.
    """

    sleutelvenster: timedelta | None
    per_seconde: float | None

    def stuur(self, zending: Zending) -> Uitkomst:
        """Hand over one SMS with `zending.id` as its key. Every fault is a verdict, never an exception."""
        ...

    def lees_bezorging(self, gegevens: Mapping[str, Any]) -> Bezorgmelding:
        """A delivery report of this provider. Raises KeyError or ValueError when it is none."""
        ...

    def lees_ontvangst(self, gegevens: Mapping[str, Any]) -> Ontvangen:
        """An incoming SMS of this provider. Raises KeyError or ValueError when it is none."""
        ...


class HttpSmsdienst:
    """A gateway that takes JSON, knows `Idempotency-Key`, and answers with the usual statuses of HTTP.

    `POST <SMS_URL>` with `{"sleutel", "van", "naar", "tekst"}` and `Authorization: Bearer <SMS_SLEUTEL>`.
    """

    sleutelvenster: timedelta | None = timedelta(hours=24)
    per_seconde: float | None = None
    # Connecting, and waiting for the answer: a stop of the family waits as long.
    _tijd = (5, 10)

    def __init__(self) -> None:
        self._sessie = requests.Session()
        self._sessie.headers["Authorization"] = f"Bearer {settings.SMS_SLEUTEL}"
        self.per_seconde = settings.SMS_PER_SECONDE or None

    def stuur(self, zending: Zending) -> Uitkomst:
        inhoud = {
            "sleutel": str(zending.id),
            "van": settings.SMS_AFZENDER,
            "naar": zending.adres,
            "tekst": zending.tekst,
        }
        try:
            antwoord = self._sessie.post(
                settings.SMS_URL,
                json=inhoud,
                headers={"Idempotency-Key": str(zending.id)},
                timeout=self._tijd,
                allow_redirects=False,
            )
        except (requests.ConnectTimeout, requests.exceptions.SSLError):
            return Uitkomst(Oordeel.LATER, "geenVerbinding")
        except requests.ConnectionError as fout:
            # Refused is certain; broken off half-way is not.
            if "NewConnectionError" in repr(fout):
                return Uitkomst(Oordeel.LATER, "geenVerbinding")
            return Uitkomst(Oordeel.ONZEKER, "afgebroken")
        except requests.RequestException:
            return Uitkomst(Oordeel.ONZEKER, "geenAntwoord")
        return _van_status(antwoord.status_code)

    def lees_bezorging(self, gegevens: Mapping[str, Any]) -> Bezorgmelding:
        status = gegevens["status"]
        if status not in ("bezorgd", "mislukt"):
            raise ValueError(status)
        return Bezorgmelding(str(gegevens["sleutel"]), status == "bezorgd")

    def lees_ontvangst(self, gegevens: Mapping[str, Any]) -> Ontvangen:
        return Ontvangen(str(gegevens["van"]), str(gegevens["tekst"]))


def _van_status(status: int) -> Uitkomst:
    """What an HTTP status says about the message."""
    match status:
        case 200 | 201 | 202:
            return GELUKT
        case 404 | 410 | 422:
            return Uitkomst(Oordeel.NOOIT, "onbekendNummer")
        case 401 | 403:
            # Our key, not the reader's number: everything waits until somebody has looked.
            return Uitkomst(Oordeel.LATER, "nietToegelaten")
        case 408 | 425 | 429 | 503:
            return Uitkomst(Oordeel.LATER, "tijdelijkGeweigerd")
        case _ if 400 <= status < 500:
            return Uitkomst(Oordeel.NOOIT, "afgewezen")
        case _:
            return Uitkomst(Oordeel.ONZEKER, "foutBijDienst")


def smsdienst() -> Smsdienst:
    """The provider of this installation."""
    dienst: Smsdienst = import_string(settings.SMS_DIENST)()
    return dienst


class SmsKanaal:
    naam = "sms"
    extern = True
    # One at a time, so that a family's stop waits for no more than its own message.
    partij = 1

    def __init__(self, dienst: Smsdienst | None = None) -> None:
        self._dienst = dienst or smsdienst()
        self.sleutelvenster = self._dienst.sleutelvenster
        self.per_seconde = self._dienst.per_seconde

    def adressen(
        self, *, gezin_ids: Iterable[UUID], ooievaarsmoeder_ids: Iterable[UUID], gebruiker_ids: Iterable[UUID]
    ) -> Mapping[UUID, str]:
        return smsnummers(gezin_ids=gezin_ids, ooievaarsmoeder_ids=ooievaarsmoeder_ids, gebruiker_ids=gebruiker_ids)

    def verzend(self, zendingen: Sequence[Zending]) -> Mapping[UUID, Uitkomst]:
        return {zending.id: self._dienst.stuur(zending) for zending in zendingen}

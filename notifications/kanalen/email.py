"""E-mail, through Django's mail settings. SMTP knows no idempotency keys: what may have left is never sent again."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage, get_connection

from notifications.kanalen.basis import GELUKT, Oordeel, Uitkomst, Zending
from ooievaar.selectors.bereik import emailadressen


class EmailKanaal:
    naam = "email"
    extern = True
    sleutelvenster: timedelta | None = None
    per_seconde: float | None = None
    # One at a time: a mail server may be slow, and a family's stop waits for no more than its own message.
    partij = 1

    def __init__(self) -> None:
        self._verbinding: Any = None

    def adressen(
        self, *, gezin_ids: Iterable[UUID], ooievaarsmoeder_ids: Iterable[UUID], gebruiker_ids: Iterable[UUID]
    ) -> Mapping[UUID, str]:
        return emailadressen(gezin_ids=gezin_ids, ooievaarsmoeder_ids=ooievaarsmoeder_ids, gebruiker_ids=gebruiker_ids)

    def verzend(self, zendingen: Sequence[Zending]) -> Mapping[UUID, Uitkomst]:
        return {zending.id: self._een(zending) for zending in zendingen}

    def _een(self, zending: Zending) -> Uitkomst:
        try:
            verbinding = self._open()
        except (smtplib.SMTPException, OSError):
            self._sluit()
            return Uitkomst(Oordeel.LATER, "geenVerbinding")
        bericht = EmailMessage(
            zending.onderwerp,
            zending.tekst,
            to=[zending.adres],
            connection=verbinding,
            # The same at every attempt, so that a mailbox can recognise a double.
            headers={
                "Message-ID": f"<{zending.id}@ooievaar>",
                "Auto-Submitted": "auto-generated",
                **_stopkoppen(zending.stoplink),
            },
        )
        try:
            bericht.send()
        except smtplib.SMTPRecipientsRefused as exc:
            return _van_code(min((code for code, _tekst in exc.recipients.values()), default=500))
        except smtplib.SMTPResponseException as exc:
            self._sluit()
            return _van_code(exc.smtp_code)
        except (smtplib.SMTPException, OSError):
            # Broken off half-way: the server may have taken it.
            self._sluit()
            return Uitkomst(Oordeel.ONZEKER, "afgebroken")
        return GELUKT

    def _open(self) -> Any:
        if self._verbinding is None:
            self._verbinding = get_connection()
        self._verbinding.open()
        return self._verbinding

    def _sluit(self) -> None:
        verbinding, self._verbinding = self._verbinding, None
        try:
            if verbinding is not None:
                verbinding.close()
        except (smtplib.SMTPException, OSError):
            pass


def _van_code(code: int) -> Uitkomst:
    """A server's refusal: 5xx for good, 4xx for now (RFC 5321, 4.2.1). Either way it has not taken the message."""
    return Uitkomst(Oordeel.NOOIT, "geweigerd") if code >= 500 else Uitkomst(Oordeel.LATER, "tijdelijkGeweigerd")


def _stopkoppen(link: str) -> dict[str, str]:
    """The mailbox's own stop button (RFC 2369, RFC 8058): it POSTs, so that a scanner that looks stops nothing."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if link else {}

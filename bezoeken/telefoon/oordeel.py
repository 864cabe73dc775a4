"""What comes in from a phone and what is said about it: plain values, without Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Status(StrEnum):
    """The verdict on one Handeling, as in api.md."""

    TOEGEPAST = "toegepast"
    AL_TOEGEPAST = "alToegepast"
    GEPARKEERD = "geparkeerd"
    GEWEIGERD = "geweigerd"


@dataclass(frozen=True)
class Oordeel:
    """A verdict; `code` says why, for everything that was not simply done."""

    status: Status
    code: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Ontvangen:
    """One Handeling as it arrived. With a `fout` it does not fit its schema, and nothing else in it counts.

    `gegevens` is what the service of its soort takes; `bewaarbaar` is the same content as JSON, without voucher codes.
    """

    id: UUID
    inhoud: str
    fout: str = ""
    soort: str = ""
    bezoek_id: UUID | None = None
    moment: datetime | None = None
    gegevens: Any = None
    bewaarbaar: Mapping[str, Any] | None = None

    @property
    def is_stop(self) -> bool:
        """A death, or a family that wants no contact at all: that never waits for anybody."""
        return self.soort == "overlijden" or (self.soort == "weigering" and bool(self.gegevens.get("alles")))

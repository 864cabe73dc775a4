"""What the local gateway was given: a file per SMS in DATA_DIR, next to the e-mails. Never in production."""

from __future__ import annotations

import email
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from pathlib import Path
from typing import Any

from django.conf import settings

_SLEUTEL = re.compile(r"^[0-9a-f-]{36}$")
# What the page shows: the newest of each.
_MEEST = 100


@dataclass(frozen=True)
class Gezien:
    """A message that went out."""

    kanaal: str
    op: datetime
    naar: str
    onderwerp: str
    tekst: str
    sleutel: str = ""


def _map() -> Path:
    folder = Path(settings.POSTVAK_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def bewaar_sms(sleutel: str, naar: str, tekst: str, nu: datetime) -> bool:
    """Keep an SMS once per key, as a real gateway does; False when it was there. Raises ValueError for a bad key."""
    if not _SLEUTEL.match(sleutel):
        raise ValueError("key")
    inhoud = json.dumps({"naar": naar, "tekst": tekst, "op": nu.isoformat()}, ensure_ascii=False)
    try:
        with (_map() / f"{sleutel}.json").open("x", encoding="utf-8") as bestand:
            bestand.write(inhoud)
    except FileExistsError:
        return False
    return True


def sms_met_sleutel(sleutel: str) -> dict[str, Any] | None:
    """What was kept under this key, or None."""
    pad = _map() / f"{sleutel}.json"
    if not _SLEUTEL.match(sleutel) or not pad.exists():
        return None
    gelezen: dict[str, Any] = json.loads(pad.read_text(encoding="utf-8"))
    return gelezen


def smsen() -> list[Gezien]:
    """The newest SMS, the last one first."""
    gevonden = []
    for pad in sorted(_map().glob("*.json"), key=lambda p: p.stat().st_mtime, reverse=True)[:_MEEST]:
        rij = json.loads(pad.read_text(encoding="utf-8"))
        gevonden.append(Gezien("sms", datetime.fromisoformat(rij["op"]), rij["naar"], "", rij["tekst"], pad.stem))
    return gevonden


def emails() -> list[Gezien]:
    """The newest e-mails that Django wrote to files, the last one first."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", "") or "/nonexistent")
    gevonden: list[Gezien] = []
    paden = sorted(folder.glob("*.log"), key=lambda p: p.stat().st_mtime, reverse=True) if folder.is_dir() else []
    for pad in paden[:_MEEST]:
        # One file holds the messages of one connection, each ended by a line of dashes.
        delen = re.split(r"\n-{79}\n", pad.read_text(encoding="utf-8", errors="replace"))
        gevonden.extend(_email(ruw, pad) for ruw in delen if ruw.strip())
    return sorted(gevonden, key=lambda m: m.op, reverse=True)[:_MEEST]


def _email(ruw: str, pad: Path) -> Gezien:
    bericht = email.message_from_string(ruw.lstrip("\n"), policy=policy.default)
    inhoud = bericht.get_body(("plain",))
    try:
        op = bericht["Date"].datetime
        # "-0000", as Django writes it, is UTC without a word about the local zone (RFC 5322, 3.3): naive in Python.
        op = op if op.tzinfo else op.replace(tzinfo=UTC)
    except (AttributeError, TypeError):
        op = datetime.fromtimestamp(pad.stat().st_mtime, tz=UTC)
    tekst = inhoud.get_content() if inhoud else ""
    return Gezien("email", op, str(bericht["To"] or ""), str(bericht["Subject"] or ""), tekst)

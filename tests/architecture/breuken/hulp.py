"""What the ways to break have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

NU = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAG = date(2026, 11, 24)


def anders(rij: Any, **velden: Any) -> None:
    """Change a row behind the back of every service."""
    type(rij)._default_manager.filter(pk=rij.pk).update(**velden)


def tweemaal(maak: Callable[..., object], **velden: Any) -> None:
    maak(**velden)
    maak(**velden)

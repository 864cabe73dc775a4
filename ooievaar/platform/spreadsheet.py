"""Cells for a spreadsheet: text that a program would take for a formula is kept text."""

from __future__ import annotations

_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n")


def cel(waarde: object) -> object:
    """The value as a cell. Text that begins like a formula gets an apostrophe in front (OWASP, CSV injection)."""
    return f"'{waarde}" if isinstance(waarde, str) and waarde.startswith(_FORMULE) else waarde

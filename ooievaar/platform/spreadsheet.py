"""Cells for a spreadsheet: text that a program would take for a formula is kept text."""

from __future__ import annotations

# Full-width signs too: a spreadsheet in Japanese or Chinese reads them as the others.
_FORMULE = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
# What XML has no place for: one such character in one cell and nobody could download the file any more.
_ONLEESBAAR = {teken: None for teken in range(32) if chr(teken) not in "\t\n\r"}


def cel(waarde: object) -> object:
    """The value as a cell. Text that begins like a formula gets an apostrophe in front (OWASP, CSV injection)."""
    if not isinstance(waarde, str):
        return waarde
    waarde = waarde.translate(_ONLEESBAAR)
    return f"'{waarde}" if waarde.startswith(_FORMULE) else waarde

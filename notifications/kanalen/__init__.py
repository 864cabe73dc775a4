"""The channels: what it takes to hand a message to somebody, and what is known when that goes wrong."""

from __future__ import annotations

from notifications.kanalen.app import AppKanaal
from notifications.kanalen.basis import Oordeel, Uitkomst, Verzendkanaal, Zending
from notifications.kanalen.brief import BriefKanaal
from notifications.kanalen.email import EmailKanaal

__all__ = ["AppKanaal", "BriefKanaal", "EmailKanaal", "Oordeel", "Uitkomst", "Verzendkanaal", "Zending", "standaard"]


def standaard() -> list[Verzendkanaal]:
    """The channels that this installation has. What is planned for another one waits until it expires."""
    return [AppKanaal(), BriefKanaal(), EmailKanaal()]

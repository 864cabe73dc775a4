"""`manage.py teken_toestand > docs/toestand.md`: the transition table of a visit, drawn from itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from bezoeken.toestand import OVERGANGEN, Status

_KOP = """\
# What may happen to a visit

Drawn from `bezoeken/toestand.py` by `manage.py teken_toestand`; a test keeps this page equal to it.
What is not here raises.
"""


class Command(BaseCommand):
    help = "Tekent de overgangen van een bezoek als Markdown, met een diagram in Mermaid."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n".join([_KOP, *_diagram(), "", *_tabel()]))


def _diagram() -> Iterator[str]:
    """Only the actions that lead to another state, those with the same two ends on one arrow."""
    pijlen: dict[tuple[Status, Status], list[str]] = {}
    for rij in OVERGANGEN:
        for van in _op_volgorde(rij.van):
            if rij.naar and rij.naar is not van:
                pijlen.setdefault((van, rij.naar), []).append(rij.actie)
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {Status.OPEN}")
    yield from (f"    {van} --> {naar}: {', '.join(acties)}" for (van, naar), acties in pijlen.items())
    yield "```"


def _tabel() -> Iterator[str]:
    yield from ("| action | from | to | meaning |", "|---|---|---|---|")
    for rij in OVERGANGEN:
        yield f"| {rij.actie} | {', '.join(_op_volgorde(rij.van))} | {rij.naar or '(stays)'} | {rij.betekenis} |"


def _op_volgorde(statussen: frozenset[Status]) -> list[Status]:
    """In the order of a visit's life: a set has none of its own."""
    return [status for status in Status if status in statussen]
